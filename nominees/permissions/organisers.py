"""What the organiser may do with an edition's entries, questions and outcomes: one verdict a verb."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from awards import permissions as ground
from awards.models import Edition, Fair, Person, Role
from awards.states import ENDED, EditionState, RoleKind
from awards.verdicts import YES, Verdict, first_refusal, no
from nominees.models import (
    Contribution,
    Nomination,
    NominationEvent,
)
from nominees.states import EventKind

STOPPED = {
    EditionState.PLANNED: _("The edition has not begun, so nothing can be saved yet."),
    EditionState.PAUSED: _("The edition is paused, so nothing can be saved now."),
    EditionState.POSTPONED: _("The edition is postponed, so nothing can be saved now."),
    EditionState.CANCELLED: _("The edition is cancelled, so nothing more can be saved."),
    EditionState.CONCLUDED: _("The edition is concluded, so nothing more can be saved."),
    EditionState.ARCHIVED: _("The edition is archived, so nothing more can be saved."),
}


SETTLED = {
    EditionState.CANCELLED: _("The edition is cancelled, so nothing is said of its outcome."),
    EditionState.CONCLUDED: _(
        "The edition is concluded. Its outcome changes only by correcting the decision."
    ),
    EditionState.ARCHIVED: _("The edition is archived, so its outcome stays as it is."),
}


def edition_lives(edition: Edition) -> Verdict:
    """Whether anything is still arranged in the edition."""
    return no(STOPPED[edition.state]) if edition.state in ENDED else YES


def organises(user: Person, edition: Edition) -> Verdict:
    """Whether this is the edition's organiser."""
    if user.holds(edition, RoleKind.ORGANISER):
        return YES
    return no(_("Only the edition's organiser may do this."))


def may_change_questionnaire(user: Person | None, edition: Edition) -> Verdict:
    """Exchange the questions: the edition's organiser, before anybody has begun to answer.

    Whoever runs the server (None) may mend them later too: what has been answered stays in any case.
    """
    if user is not None and Nomination.objects.filter(edition=edition).exists():
        return no(_("Entries have been begun, so the questions stay as they are."))
    return ground.may_change_set_up(user, edition)


def may_release_questions(user: Person, edition: Edition) -> Verdict:
    """Send the jury's questions on to the municipalities, or hold them back: the organiser."""
    return first_refusal(organises(user, edition), edition_lives(edition))


def may_tell_outcomes(user: Person | None, edition: Edition) -> Verdict:
    """Let what a jury decided become part of the entries' history: the organiser, or the clock (None)."""
    return YES if user is None else organises(user, edition)


def may_publish_entries(user: Person | None, edition: Edition) -> Verdict:
    """Let the public see entries, or see them no longer: the organiser, or the clock (None)."""
    return may_tell_outcomes(user, edition)


def may_publish_contribution(
    user: Person, contribution: Contribution, edition: Edition, now: datetime
) -> Verdict:
    """Let the public see what a municipality brings to the edition's fair: the organiser."""
    if contribution.is_public(now):
        return no(_("The contribution is public already."))
    if not contribution.title:
        return no(_("The contribution has no title yet."))
    return _may_let_out(user, contribution, edition)


def may_hide_contribution(
    user: Person, contribution: Contribution, edition: Edition, now: datetime
) -> Verdict:
    """Take it from the public's sight, so that the municipality can change it: the organiser."""
    if not contribution.is_public(now):
        return no(_("The contribution is not public."))
    return _may_let_out(user, contribution, edition)


def _may_let_out(user: Person, contribution: Contribution, edition: Edition) -> Verdict:
    if contribution.fair_id != edition.fair_id:
        return no(_("The contribution belongs to another fair."))
    return organises(user, edition)


def may_import_entries(user: Person, edition: Edition) -> Verdict:
    """Bring in a list of entries, contacts or seats: the organiser, while the edition lives."""
    return first_refusal(organises(user, edition), edition_lives(edition))


def may_import_evaluations(user: Person, edition: Edition) -> Verdict:
    """Bring in external evaluations, which hold for every edition: never out of a rehearsal."""
    if edition.is_rehearsal:
        return no(_("External scores hold for every edition, so a rehearsal cannot bring them in."))
    return may_import_entries(user, edition)


def may_declare_no_award(user: Person, edition: Edition) -> Verdict:
    """Say that the edition gives no award: the organiser, while nobody has been told a winner."""
    if not (verdict := first_refusal(organises(user, edition), _may_tell_of_award(edition))):
        return verdict
    if edition.no_award:
        return no(_("It has already been said that no award is given."))
    won = NominationEvent.objects.filter(nomination__edition=edition, kind=EventKind.WON)
    if won.exists():
        return no(_("A winner has been announced. Correct the decision first."))
    return YES


def may_take_back_no_award(user: Person, edition: Edition) -> Verdict:
    """Say that an award may be given after all: the organiser."""
    if not (verdict := first_refusal(organises(user, edition), _may_tell_of_award(edition))):
        return verdict
    return YES if edition.no_award else no(_("It has not been said that no award is given."))


def _may_tell_of_award(edition: Edition) -> Verdict:
    if edition.state == EditionState.PLANNED:
        return no(_("The edition has not begun."))
    return no(SETTLED[edition.state]) if edition.state in SETTLED else YES


def may_add_theme(user: Person, fair: Fair) -> Verdict:
    """Add a theme for contributions: whoever organises an edition at the fair."""
    organises = user.is_superuser or any(
        role.kind == RoleKind.ORGANISER and role.edition.fair_id == fair.pk for role in user.roles_held
    )
    return YES if organises else no(_("Only the edition's organiser may do this."))


def may_view_as(
    user: Person, seat: Role, roles: Sequence[Role], contact_editions: Collection[int], now: datetime
) -> Verdict:
    """See the site as the holder of `seat` does: the organiser, where that shows nothing kept from them.

    `roles` are all that the person holds now, `contact_editions` where they are a contact: what they reach by
    any of them would be seen too.
    """
    if not (verdict := organises(user, seat.edition)):
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
