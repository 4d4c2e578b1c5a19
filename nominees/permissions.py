"""Who may read, write, send in and answer for a municipality: one verdict a verb, for actions and pages.

The clock is the server's and is passed in. An entry that a person may not see at all is never asked about
here: `Nomination.objects.visible_to(user)` comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards import permissions as ground
from awards.models import Edition, Fair, Person, Role
from awards.moves import Move, find
from awards.states import EditionState, EntryMode, RoleKind, StageKind, StageState
from awards.verdicts import YES, Verdict, first_refusal, no
from nominees.deadlines import Window, window
from nominees.models import (
    Contact,
    Contribution,
    JuryQuestion,
    Municipality,
    Nomination,
    NominationEvent,
)
from nominees.states import NOMINATION_MOVES, ContactLevel, EventKind, NominationState, Route

N = NominationState
WRITABLE = (N.DRAFT, N.REOPENED, N.ACCEPTED, N.SUBMITTED)  # what is sent in stays frozen as it was sent
WRITERS = (ContactLevel.EDITOR, ContactLevel.SUBMITTER)
STOPPED = {
    EditionState.PLANNED: _("The edition has not begun, so nothing can be saved yet."),
    EditionState.PAUSED: _("The edition is paused, so nothing can be saved now."),
    EditionState.POSTPONED: _("The edition is postponed, so nothing can be saved now."),
    EditionState.CANCELLED: _("The edition is cancelled, so nothing more can be saved."),
    EditionState.CONCLUDED: _("The edition is concluded, so nothing more can be saved."),
    EditionState.ARCHIVED: _("The edition is archived, so nothing more can be saved."),
}
GONE = {
    N.WITHDRAWN: _("The entry has been withdrawn, so it is no longer written."),
    N.DECLINED: _("The nomination has been declined, so nothing more is written."),
    N.HISTORIC: _("This entry belongs to the history and is not written here."),
}


# Setting up ------------------------------------------------------------------------------------------
def may_change_questionnaire(user: Person, edition: Edition) -> Verdict:
    """Exchange the questions: the edition's organiser, before anybody has begun to answer."""
    if Nomination.objects.filter(edition=edition).exists():
        return no(_("Entries have been begun, so the questions stay as they are."))
    return ground.may_change_set_up(user, edition)


# Reading and writing --------------------------------------------------------------------------------
def may_read_entry(user: Person, nomination: Nomination) -> Verdict:
    """Read answers and material before anything is public: the municipality's contacts and the organiser."""
    if user.pk in nomination.levels or user.is_superuser:
        return YES
    if user.holds(nomination.edition, RoleKind.ORGANISER, RoleKind.OBSERVER):
        return YES
    return no(_("Only the municipality's own contacts and the organiser read this."))


def may_write(user: Person, nomination: Nomination, now: datetime) -> Verdict:
    """Save answers, areas and contributions: one who writes, an entry still in, a door still open."""
    return first_refusal(
        _is_one_of(user, nomination, WRITERS),
        _is_still_in(nomination),
        is_open(nomination, now),
    )


def may_upload(user: Person, nomination: Nomination, now: datetime) -> Verdict:
    """Add, replace, describe or remove material: as writing."""
    return may_write(user, nomination, now)


def may_set_diary_number(user: Person, nomination: Nomination) -> Verdict:
    """Note the municipality's own diary number: one who writes, at any time while the edition lives."""
    return first_refusal(_is_one_of(user, nomination, WRITERS), _edition_lives(nomination.edition))


def may_start_entry(user: Person, edition: Edition, municipality: Municipality, now: datetime) -> Verdict:
    """Begin an application: one who writes for the municipality, where applying is the way in."""
    level = (
        Contact.objects.in_force(now)
        .filter(person=user, edition=edition, municipality=municipality)
        .values_list("level", flat=True)
        .first()
    )
    if level not in WRITERS:
        return no(_("Only those who write for the municipality may do this."))
    if edition.entry_mode != EntryMode.APPLICATION:
        return no(_("Nobody applies in this edition: the municipalities are nominated."))
    if Nomination.objects.filter(edition=edition, municipality=municipality).exists():
        return no(_("The municipality already has an entry in this edition."))
    return is_open(Nomination(edition=edition, municipality=municipality), now)


def is_open(nomination: Nomination, now: datetime) -> Verdict:
    """Whether the municipality's door is open at this instant: edition, stage and clock say so."""
    edition = nomination.edition
    if edition.state in STOPPED:
        return no(STOPPED[edition.state])
    found = window(nomination)
    return YES if found.is_open(now) else no(_closed(found, now))


# Sending in and withdrawing -------------------------------------------------------------------------
def may_submit(
    user: Person, nomination: Nomination, now: datetime, missing: Sequence[object] = ()
) -> Verdict:
    """Send the entry in. `missing` names what is still required, in words."""
    return first_refusal(
        _is_one_of(user, nomination, (ContactLevel.SUBMITTER,)),
        _in_source(find(NOMINATION_MOVES, "submit"), nomination),
        is_open(nomination, now),
        _complete(missing),
    )


def may_reopen(user: Person, nomination: Nomination) -> Verdict:
    """Let the municipality write again after it has sent in: the organiser, with a reason."""
    return first_refusal(
        _organises(user, nomination.edition),
        _in_source(find(NOMINATION_MOVES, "reopen"), nomination),
        _edition_lives(nomination.edition),
    )


def may_withdraw(user: Person, nomination: Nomination) -> Verdict:
    """Take the entry back: one who submits, with a reason, while the edition lives."""
    return first_refusal(
        _is_one_of(user, nomination, (ContactLevel.SUBMITTER,)),
        _in_source(find(NOMINATION_MOVES, "withdraw"), nomination),
        _edition_lives(nomination.edition),
    )


# Nominated by others --------------------------------------------------------------------------------
def may_answer_nomination(user: Person, nomination: Nomination, now: datetime) -> Verdict:
    """Accept a nomination that others made, or decline it, before its own deadline."""
    return _may_answer("accept", user, nomination, now)


def may_decline_nomination(user: Person, nomination: Nomination, now: datetime) -> Verdict:
    """Decline it, also after having accepted, before its own deadline."""
    return _may_answer("decline", user, nomination, now)


def _may_answer(verb: str, user: Person, nomination: Nomination, now: datetime) -> Verdict:
    if nomination.route == Route.APPLICATION:
        return no(_("The municipality has applied itself. To leave, withdraw the application."))
    return first_refusal(
        _is_one_of(user, nomination, (ContactLevel.SUBMITTER,)),
        _in_source(find(NOMINATION_MOVES, verb), nomination),
        _in_time_to_answer(nomination, now),
    )


def _in_time_to_answer(nomination: Nomination, now: datetime) -> Verdict:
    if nomination.answer_by is None:
        return is_open(nomination, now)
    if nomination.edition.state in STOPPED:
        return no(STOPPED[nomination.edition.state])
    return YES if nomination.answer_by > now else no(_passed(nomination.answer_by, now))


# Questions from the jury ----------------------------------------------------------------------------
def may_ask_question(user: Person, seat: Role, nomination: Nomination) -> Verdict:
    """Ask the municipality something: a juror, from the own seat, while the entry is in."""
    if seat.person_id != user.pk or seat.kind != RoleKind.JUROR or seat.edition_id != nomination.edition_id:
        return no(_("Only the edition's jurors ask questions."))
    return first_refusal(_is_still_in(nomination), _edition_lives(nomination.edition))


def may_answer_question(
    user: Person, question: JuryQuestion, now: datetime, nomination: Nomination | None = None
) -> Verdict:
    """Answer a released question before its date, once or again."""
    nomination = nomination or question.nomination
    if question.released_at is None:
        return no(_("The question has not been sent to the municipality."))
    if question.answer_by and question.answer_by <= now:
        return no(_passed(question.answer_by, now))
    return first_refusal(
        _is_one_of(user, nomination, WRITERS), _is_still_in(nomination), _edition_lives(nomination.edition)
    )


def may_release_questions(user: Person, edition: Edition) -> Verdict:
    """Send the jury's questions on to the municipalities, or hold them back: the organiser."""
    return first_refusal(_organises(user, edition), _edition_lives(edition))


# What the jury decided ------------------------------------------------------------------------------
def may_tell_outcomes(user: Person | None, edition: Edition) -> Verdict:
    """Let what a jury decided become part of the entries' history: the organiser, or the clock (None)."""
    return YES if user is None else _organises(user, edition)


def may_publish_entries(user: Person | None, edition: Edition) -> Verdict:
    """Let the public see entries, or see them no longer: the organiser, or the clock (None)."""
    return may_tell_outcomes(user, edition)


# Lists brought in -----------------------------------------------------------------------------------
def may_import_entries(user: Person, edition: Edition) -> Verdict:
    """Bring in a list of entries, contacts or seats: the organiser, while the edition lives."""
    return first_refusal(_organises(user, edition), _edition_lives(edition))


def may_import_evaluations(user: Person, edition: Edition) -> Verdict:
    """Bring in external evaluations, which hold for every edition: never out of a rehearsal."""
    if edition.is_rehearsal:
        return no(_("External scores hold for every edition, so a rehearsal cannot bring them in."))
    return may_import_entries(user, edition)


def may_declare_no_award(user: Person, edition: Edition) -> Verdict:
    """Say that the edition gives no award: the organiser, while nobody has been told a winner."""
    if not (verdict := first_refusal(_organises(user, edition), _may_tell_of_award(edition))):
        return verdict
    if edition.no_award:
        return no(_("It has already been said that no award is given."))
    won = NominationEvent.objects.filter(nomination__edition=edition, kind=EventKind.WON)
    if won.exists():
        return no(_("A winner has been announced. Correct the decision first."))
    return YES


def may_take_back_no_award(user: Person, edition: Edition) -> Verdict:
    """Say that an award may be given after all: the organiser."""
    if not (verdict := first_refusal(_organises(user, edition), _may_tell_of_award(edition))):
        return verdict
    return YES if edition.no_award else no(_("It has not been said that no award is given."))


def _may_tell_of_award(edition: Edition) -> Verdict:
    if edition.state == EditionState.PLANNED:
        return no(_("The edition has not begun."))
    if edition.state == EditionState.ARCHIVED:
        return no(_("The edition is archived, so its outcome stays as it is."))
    return YES


# Contributions to the fair --------------------------------------------------------------------------
def may_bring(user: Person, nomination: Nomination, now: datetime) -> Verdict:
    """Say what the municipality brings to the fair: as writing its entry."""
    return may_write(user, nomination, now)


def may_change_contribution(
    user: Person, contribution: Contribution, nomination: Nomination, now: datetime
) -> Verdict:
    """Change a contribution that the entry's municipality wrote for its fair and that is not public yet."""
    if contribution.owner_id not in (None, nomination.municipality_id):
        return no(
            _("Another municipality has written this contribution and alone changes it. You may leave it.")
        )
    return may_leave_contribution(user, contribution, nomination, now)


def may_leave_contribution(
    user: Person, contribution: Contribution, nomination: Nomination, now: datetime
) -> Verdict:
    """Take one's own municipality out of a contribution that is not public yet."""
    if contribution.fair_id != nomination.edition.fair_id:
        return no(_("The contribution belongs to another fair."))
    if contribution.published_at and contribution.published_at <= now:
        return no(_("The contribution is public. Ask the organiser to change it."))
    return may_bring(user, nomination, now)


def may_add_theme(user: Person, fair: Fair) -> Verdict:
    """Add a theme for contributions: whoever organises an edition at the fair."""
    organises = user.is_superuser or any(
        role.kind == RoleKind.ORGANISER and role.edition.fair_id == fair.pk for role in user.roles_held
    )
    return YES if organises else no(_("Only the edition's organiser may do this."))


# Colleagues -----------------------------------------------------------------------------------------
def may_invite_contact(user: Person | None, edition: Edition, municipality: Municipality) -> Verdict:
    """Invite somebody to write for a municipality: the organiser, and who submits for it already."""
    if user is None or user.holds(edition, RoleKind.ORGANISER):
        return _edition_lives(edition)
    own = Contact.objects.in_force().filter(
        person=user, edition=edition, municipality=municipality, level=ContactLevel.SUBMITTER
    )
    if own.exists():
        return _edition_lives(edition)
    return no(_("Only the organiser, and the colleague who submits for the municipality, may do this."))


def may_change_contact(user: Person | None, contact: Contact) -> Verdict:
    """Change what a contact may do, or let go of one; a municipality keeps somebody who submits."""
    verdict = may_invite_contact(user, contact.edition, contact.municipality)
    if not verdict or contact.level != ContactLevel.SUBMITTER:
        return verdict
    others = Contact.objects.in_force().filter(
        edition=contact.edition, municipality=contact.municipality, level=ContactLevel.SUBMITTER
    )
    if others.exclude(pk=contact.pk).exists():
        return YES
    return no(_("Somebody must be able to submit for the municipality. Invite a successor first."))


# Seeing the site as somebody else -------------------------------------------------------------------
def may_view_as(
    user: Person, seat: Role, roles: Sequence[Role], contact_editions: Collection[int], now: datetime
) -> Verdict:
    """See the site as the holder of `seat` does: the organiser, where that shows nothing kept from them.

    `roles` are all that the person holds now, `contact_editions` where they are a contact: what they reach by
    any of them would be seen too.
    """
    if not (verdict := _organises(user, seat.edition)):
        return verdict
    if seat.person_id == user.pk:
        return no(_("This is your own seat."))
    if seat.ended_at and seat.ended_at <= now:
        return no(_("The role has ended."))
    if seat.person.is_superuser or not seat.person.is_active:
        return no(_("Nobody sees the site as an administrator, or as somebody who may not sign in."))
    everywhere = {role.edition_id: role.edition for role in roles}
    if not all(user.holds(edition, RoleKind.ORGANISER) for edition in everywhere.values()) or (
        set(contact_editions) - set(everywhere)
    ):
        return no(
            _("The person has a part in an edition that you do not organise, and you would see that too.")
        )
    return first_refusal(*(_shows_no_secret(role) for role in (seat, *roles)))


def _shows_no_secret(role: Role) -> Verdict:
    """Contacts and observers see nothing that organisers do not; jurors see scores: only rehearsed ones."""
    if role.kind in (RoleKind.CONTACT, RoleKind.OBSERVER):
        return YES
    if role.kind == RoleKind.JUROR and role.edition.is_rehearsal:
        return YES
    if role.kind == RoleKind.JUROR:
        return no(_("A juror's scores are sealed from organisers. Rehearse it in a rehearsal instead."))
    if role.kind == RoleKind.ORGANISER:
        return no(_("Nobody sees the site as another organiser."))
    return no(_("What the chair sees of the scores is not shown to anybody else."))


# What the verdicts share ----------------------------------------------------------------------------
def _is_one_of(user: Person, nomination: Nomination, levels: Sequence[str]) -> Verdict:
    level = nomination.levels.get(user.pk)
    if level in levels:
        return YES
    if level == ContactLevel.EDITOR:
        return no(_("You may write but not submit. Ask the colleague who submits for your municipality."))
    if level == ContactLevel.VIEWER:
        return no(_("You may read but not write. Ask the organiser to let you write."))
    return no(_("Only those who write for the municipality may do this."))


def _is_still_in(nomination: Nomination) -> Verdict:
    if nomination.state in GONE:
        return no(GONE[nomination.state])
    if nomination.state == N.DRAFT and nomination.route != Route.APPLICATION:
        return no(_("Accept the nomination first; then you can write."))
    return YES


def _edition_lives(edition: Edition) -> Verdict:
    ended = (EditionState.CANCELLED, EditionState.CONCLUDED, EditionState.ARCHIVED)
    return no(STOPPED[edition.state]) if edition.state in ended else YES


def _organises(user: Person, edition: Edition) -> Verdict:
    if user.holds(edition, RoleKind.ORGANISER):
        return YES
    return no(_("Only the edition's organiser may do this."))


def _in_source(move: Move, nomination: Nomination) -> Verdict:
    if nomination.state not in move.sources:
        return no(move.says)
    unanswered = nomination.state == N.DRAFT and nomination.route != Route.APPLICATION
    if unanswered and move.verb not in ("accept", "decline"):
        return no(_("Accept the nomination first; then you can write."))
    return YES


def _complete(missing: Sequence[object]) -> Verdict:
    if not missing:
        return YES
    sentence = ngettext_lazy(
        "{count} thing is missing. Everything you have written is saved.",
        "{count} things are missing. Everything you have written is saved.",
        len(missing),
    )
    return no(format_lazy(sentence, count=len(missing)))


def _closed(found: Window, now: datetime) -> object:
    """Why nothing is taken, in words."""
    if found.stage is None:
        return _("The edition has no stage for applications yet.")
    if found.stage.state == StageState.AHEAD:
        return _("The application has not opened yet.")
    if found.closes_at is None or found.closes_at > now:
        return _("The application has closed, so nothing more can be saved.")
    if found.stage.kind == StageKind.NOMINATION:
        sentence = _("The time to describe the nomination ended {at}, so nothing more can be saved.")
    else:
        sentence = _("The application closed {at}, so nothing more can be saved.")
    return format_lazy(sentence, at=_at(found.closes_at, now))


def _passed(deadline: datetime, now: datetime) -> object:
    return format_lazy(_("The last time to answer was {at}."), at=_at(deadline, now))


def _at(when: datetime, now: datetime) -> str:
    return formats.deadline(when, formats.written_language(get_language()), now=now)
