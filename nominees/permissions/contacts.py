"""Who may read, write, send in and answer for a municipality: one verdict a verb."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.models import Edition, Person, Role
from awards.moves import Move, find
from awards.states import EntryMode, RoleKind, StageKind, StageState
from awards.verdicts import YES, Verdict, first_refusal, no
from nominees.deadlines import Window, window
from nominees.models import (
    Contact,
    Contribution,
    JuryQuestion,
    Municipality,
    Nomination,
)
from nominees.permissions.organisers import STOPPED, edition_lives, organises
from nominees.states import NOMINATION_MOVES, WRITERS, ContactLevel, NominationState, Route

N = NominationState
WRITABLE = (N.DRAFT, N.REOPENED, N.ACCEPTED, N.SUBMITTED)  # what is sent in stays frozen as it was sent
GONE = {
    N.WITHDRAWN: _("The entry has been withdrawn, so it is no longer written."),
    N.DECLINED: _("The nomination has been declined, so nothing more is written."),
    N.HISTORIC: _("This entry belongs to the history and is not written here."),
}


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
    return first_refusal(_is_one_of(user, nomination, WRITERS), edition_lives(nomination.edition))


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
        organises(user, nomination.edition),
        _in_source(find(NOMINATION_MOVES, "reopen"), nomination),
        edition_lives(nomination.edition),
    )


def may_withdraw(user: Person, nomination: Nomination) -> Verdict:
    """Take the entry back: one who submits, with a reason, while the edition lives."""
    return first_refusal(
        _is_one_of(user, nomination, (ContactLevel.SUBMITTER,)),
        _in_source(find(NOMINATION_MOVES, "withdraw"), nomination),
        edition_lives(nomination.edition),
    )


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


def may_ask_question(user: Person, seat: Role, nomination: Nomination) -> Verdict:
    """Ask the municipality something: a juror, from the own seat, while the entry is in."""
    if seat.person_id != user.pk or seat.kind != RoleKind.JUROR or seat.edition_id != nomination.edition_id:
        return no(_("Only the edition's jurors ask questions."))
    return first_refusal(_is_still_in(nomination), edition_lives(nomination.edition))


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
        _is_one_of(user, nomination, WRITERS), _is_still_in(nomination), edition_lives(nomination.edition)
    )


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
    if contribution.is_public(now):
        return no(_("The contribution is public. Ask the organiser to change it."))
    return may_bring(user, nomination, now)


def may_invite_contact(user: Person | None, edition: Edition, municipality: Municipality) -> Verdict:
    """Invite somebody to write for a municipality: the organiser, and who submits for it already."""
    if user is None or user.holds(edition, RoleKind.ORGANISER):
        return edition_lives(edition)
    own = Contact.objects.in_force().filter(
        person=user, edition=edition, municipality=municipality, level=ContactLevel.SUBMITTER
    )
    if own.exists():
        return edition_lives(edition)
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
