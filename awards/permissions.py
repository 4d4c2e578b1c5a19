"""Who may do what on the ground floor: one function a verb, each answering a Verdict.

`person` is None where the operator speaks at the server's own terminal; that person may do everything.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from awards.models import Award, Edition, Invitation, Job, Letter, Person, Role, Stage
from awards.moves import Move, find
from awards.states import (
    AFTERWARDS,
    STAGE_MOVES,
    WRITING_STAGES,
    EditionState,
    JobState,
    LetterState,
    RoleKind,
    StageState,
)
from awards.verdicts import YES, Verdict, first_refusal, no

ENDED = {
    EditionState.CANCELLED: _("The edition is cancelled, so nothing in it changes any more."),
    EditionState.CONCLUDED: _("The edition is concluded, so nothing in it changes any more."),
    EditionState.ARCHIVED: _("The edition is archived, so nothing in it changes any more."),
}
NEEDS_SECOND_FACTOR = (RoleKind.ORGANISER, RoleKind.CHAIR, RoleKind.DEPUTY)


def may_organise(person: Person | None, edition: Edition | None) -> Verdict:
    """Set up an edition: its organisers; the whole installation: administrators."""
    if person is None or person.is_superuser:
        return YES
    if edition is None:
        return no(_("Only an administrator may do this."))
    if person.holds(edition, RoleKind.ORGANISER):
        return YES
    return no(_("Only the edition's organiser may do this."))


def may_set_up(person: Person | None, award: Award | None) -> Verdict:
    """Set up a new edition: of an award that one organises now; of a new award only administrators."""
    if person is None or person.is_superuser:
        return YES
    held = {role.edition.award_id for role in person.roles_held if role.kind == RoleKind.ORGANISER}
    if not held:
        return no(_("Only an administrator, or somebody who organises an edition now, sets up a new one."))
    if award is None:
        return no(_("Only an administrator sets up a new award."))
    if award.pk not in held:
        return no(_("Only an administrator, or an organiser of the award, sets up an edition of it."))
    return YES


def may_copy(person: Person | None, source: Edition) -> Verdict:
    """Take over an edition's set-up into a new one; never its entries or scores."""
    if person is None or Edition.objects.copyable_by(person).filter(pk=source.pk).exists():
        return YES
    return no(_("Only an administrator, or an organiser of the award, copies this edition."))


def may_change_set_up(person: Person | None, edition: Edition) -> Verdict:
    """Change what an edition consists of, until it ends."""
    if edition.state in ENDED:
        return no(ENDED[edition.state])
    return may_organise(person, edition)


def may_copy_people(person: Person | None, source: Edition) -> Verdict:
    """Invite an edition's people into a new one: addresses are read only where one still organises."""
    if source.state == EditionState.ARCHIVED:
        return no(ENDED[EditionState.ARCHIVED])
    return may_organise(person, source)


def may_change_fair(person: Person | None, edition: Edition) -> Verdict:
    """Change theme, venue and dates of the fair: who organises every edition that is given there."""
    others = edition.fair.editions.exclude(pk=edition.pk)
    if person is not None and any(not may_organise(person, other) for other in others):
        return no(_("Other editions are given at the same fair, so only an administrator changes it."))
    return may_change_set_up(person, edition)


def may_remove_stage(person: Person | None, stage: Stage) -> Verdict:
    """Take a stage away: while it lies ahead and nothing hangs on it."""
    if stage.state != StageState.AHEAD:
        return no(_("The stage has begun, so it stays."))
    if any(each.municipality_code for each in stage.extensions.all()):
        return no(_("A municipality has a time of its own in the stage, so it stays."))
    return may_change_set_up(person, stage.edition)


def may_swap_stages(person: Person | None, stage: Stage, other: Stage | None) -> Verdict:
    """Let two neighbours change places: while both lie ahead."""
    if other is None:
        return no(_("There is no place further in that direction."))
    if stage.state != StageState.AHEAD or other.state != StageState.AHEAD:
        return no(_("A stage that has begun keeps its place."))
    return may_change_set_up(person, stage.edition)


def may_invite(person: Person | None, edition: Edition | None) -> Verdict:
    """Invite people into an edition that has not ended."""
    if edition is not None and edition.state in ENDED:
        return no(ENDED[edition.state])
    return may_organise(person, edition)


def may_appoint(person: Person | None, edition: Edition) -> Verdict:
    """Give somebody a role."""
    return may_organise(person, edition)


def may_end_role(person: Person | None, role: Role) -> Verdict:
    """End somebody's role; nobody ends the last organiser's."""
    others = role.edition.roles.in_force().of_kind(RoleKind.ORGANISER).exclude(pk=role.pk)
    if role.kind == RoleKind.ORGANISER and not others.exists():
        return no(_("An edition keeps at least one organiser. Appoint another one first."))
    return may_organise(person, role.edition)


def may_hand_over(person: Person | None, role: Role, now: datetime) -> Verdict:
    """Invite somebody to take a seat over from its holder; somebody still puts a concluded edition away."""
    if not _takes_in(role.edition, role.kind):
        return no(ENDED[role.edition.state])
    if role.ended_at and role.ended_at <= now:
        return no(_("This role has already ended."))
    return may_organise(person, role.edition)


def may_accept(invitation: Invitation, now: datetime) -> Verdict:
    """Use an invitation: not revoked, not used, in time, and while the edition takes people in."""
    if invitation.revoked_at:
        return no(_("This invitation has been withdrawn. Ask the organiser for a new one."))
    if invitation.accepted_at:
        return no(_("This invitation has already been used. Sign in with your e-mail address instead."))
    if invitation.expires_at <= now:
        return no(_("This invitation has expired. Ask the organiser for a new one."))
    edition = invitation.edition
    if edition is not None and not _takes_in(edition, invitation.kind):
        return no(ENDED[edition.state])
    return YES


def may_change_invitation(person: Person | None, invitation: Invitation) -> Verdict:
    """Revoke or resend an invitation that nobody has used."""
    if invitation.accepted_at:
        return no(_("The invitation has already been used."))
    if invitation.revoked_at:
        return no(_("The invitation has already been withdrawn."))
    return may_organise(person, invitation.edition)


def may_resend_invitation(person: Person | None, invitation: Invitation) -> Verdict:
    """Send an unused invitation once more, while the edition takes people in."""
    edition = invitation.edition
    if edition is not None and not _takes_in(edition, invitation.kind):
        return no(ENDED[edition.state])
    return may_change_invitation(person, invitation)


def may_move_edition(person: Person | None, edition: Edition, move: Move) -> Verdict:
    """Take an edition to its next state."""
    return first_refusal(may_organise(person, edition), _stands_in(move, edition.state))


def may_organise_something(person: Person) -> Verdict:
    """Come to the organisers' home: whoever organises an edition now, and administrators."""
    if person.is_superuser or any(role.kind == RoleKind.ORGANISER for role in person.roles_held):
        return YES
    return no(_("Only organisers have a home here."))


def may_move_stage(person: Person | None, stage: Stage, move: Move) -> Verdict:
    """Open, close or reopen a stage."""
    return first_refusal(
        may_organise(person, stage.edition),
        _is_alive(stage.edition),
        _goes_on(stage),
        _stands_in(move, stage.state),
    )


def may_open_stage(person: Person | None, stage: Stage) -> Verdict:
    """Let a stage begin, in an edition that has itself begun."""
    if stage.edition.state == EditionState.PLANNED:
        return no(_("The edition has not begun. Open the edition first."))
    return may_move_stage(person, stage, find(STAGE_MOVES, "open_stage"))


def may_schedule(person: Person | None, edition: Edition) -> Verdict:
    """Change when stages open and close."""
    return first_refusal(may_organise(person, edition), _is_alive(edition))


def may_set_times(person: Person | None, stage: Stage) -> Verdict:
    """Change a stage's times: while it lies ahead or is under way."""
    if not (verdict := first_refusal(may_schedule(person, stage.edition), _goes_on(stage))):
        return verdict
    if stage.state == StageState.CLOSED:
        return no(_("The stage has closed and keeps its times. Reopen it to change them."))
    return YES


def may_extend_stage(person: Person | None, stage: Stage, municipality_code: str = "") -> Verdict:
    """Lengthen a stage: for all while it is not over, for one municipality where municipalities write."""
    if not municipality_code:
        return may_set_times(person, stage)
    if not (verdict := first_refusal(may_schedule(person, stage.edition), _goes_on(stage))):
        return verdict
    if stage.kind not in WRITING_STAGES:
        return no(_("Only a stage in which municipalities write can be extended for one of them."))
    if stage.state == StageState.AHEAD:
        return no(_("The stage has not opened yet. Change its times instead."))
    return YES


def may_anonymise(person: Person | None, edition: Edition) -> Verdict:
    """Forget the people of an archived edition: who organised it to the end, administrators, the operator.

    Archiving has ended the organiser's part; this is all that is left of it.
    """
    if edition.state != EditionState.ARCHIVED:
        return no(_("People are forgotten once the edition has been archived."))
    if person is None or person.is_superuser:
        return YES
    if Role.objects.filter(edition=edition, person=person, kind=RoleKind.ORGANISER, ended_at=None).exists():
        return YES
    return no(_("Only the edition's organiser may do this."))


def may_write_letters(person: Person | None, edition: Edition) -> Verdict:
    """Write letters, change their words and say when reminders go: the organiser, until the archive."""
    if edition.state == EditionState.ARCHIVED:
        return no(_("The edition is archived, so no more letters are written."))
    return may_organise(person, edition)


def may_handle_letter(person: Person | None, letter: Letter) -> Verdict:
    """Approve, cancel or send again a letter that has not left."""
    if letter.state in (LetterState.SENT, LetterState.KEPT):
        return no(_("The letter has already been sent."))
    return may_organise(person, letter.edition)


def may_fetch_file(person: Person, job: Job, now: datetime) -> Verdict:
    """Fetch the file of one's own finished job until it expires."""
    if job.person_id != person.pk:
        return no(_("This file belongs to somebody else."))
    if job.state != JobState.DONE:
        return no(_("The file is not ready yet."))
    if not job.file or (job.expires_at and job.expires_at <= now):
        return no(_("The file has expired. Order it again."))
    return YES


def needs_second_factor(person: Person) -> bool:
    """Whether this person's roles ask for more than a password or a code."""
    return person.is_superuser or any(role.kind in NEEDS_SECOND_FACTOR for role in person.roles_held)


def _stands_in(move: Move, state: str) -> Verdict:
    return YES if state in move.sources else no(move.says)


def _goes_on(stage: Stage) -> Verdict:
    """In a concluded edition only what comes after the decision still moves."""
    if stage.edition.state == EditionState.CONCLUDED and stage.kind not in AFTERWARDS:
        return no(_("The edition is concluded: only ceremony, feedback and archive still move."))
    return YES


def _takes_in(edition: Edition, kind: str) -> bool:
    """Whether somebody may still come into the edition in such a role."""
    is_to_put_away = edition.state == EditionState.CONCLUDED and kind == RoleKind.ORGANISER
    return edition.state not in ENDED or is_to_put_away


def _is_alive(edition: Edition) -> Verdict:
    if edition.state == EditionState.CANCELLED:
        return no(_("The edition is cancelled, so its stages stay as they are."))
    if edition.state == EditionState.ARCHIVED:
        return no(_("The edition is archived, so its stages stay as they are."))
    return YES
