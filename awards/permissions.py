"""Who may do what on the ground floor: one function a verb, each answering a Verdict.

`person` is None where the operator speaks at the server's own terminal; that person may do everything.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Invitation, Job, Letter, Person, Role
from awards.moves import Move
from awards.states import EditionState, JobState, LetterState, RoleKind
from awards.verdicts import YES, Verdict, first_refusal, no

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


def may_invite(person: Person | None, edition: Edition | None) -> Verdict:
    """Invite people into an edition."""
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
    """Invite somebody to take a seat over from its holder."""
    if role.ended_at and role.ended_at <= now:
        return no(_("This role has already ended."))
    return may_organise(person, role.edition)


def may_accept(invitation: Invitation, now: datetime) -> Verdict:
    """Use an invitation: not revoked, not used, in time."""
    if invitation.revoked_at:
        return no(_("This invitation has been withdrawn. Ask the organiser for a new one."))
    if invitation.accepted_at:
        return no(_("This invitation has already been used. Sign in with your e-mail address instead."))
    if invitation.expires_at <= now:
        return no(_("This invitation has expired. Ask the organiser for a new one."))
    return YES


def may_change_invitation(person: Person | None, invitation: Invitation) -> Verdict:
    """Revoke or resend an invitation that nobody has used."""
    if invitation.accepted_at:
        return no(_("The invitation has already been used."))
    if invitation.revoked_at:
        return no(_("The invitation has already been withdrawn."))
    return may_organise(person, invitation.edition)


def may_move_edition(person: Person | None, edition: Edition, move: Move) -> Verdict:
    """Take an edition to its next state."""
    return first_refusal(may_organise(person, edition), _stands_in(move, edition.state))


def may_move_stage(person: Person | None, edition: Edition, move: Move, state: str) -> Verdict:
    """Open, close or reopen a stage."""
    return first_refusal(may_organise(person, edition), _stands_in(move, state))


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
