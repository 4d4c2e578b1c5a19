"""Who leads the jury's work: assignments, standing aside, progress, standings and the undertaking."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Person, Role
from awards.states import RoleKind
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria.models import (
    Recusal,
    Round,
)
from criteria.permissions.roles import holds
from criteria.permissions.sheets import is_open
from criteria.readings import hidden_from
from criteria.states import (
    LEADS,
    SEALED,
)


def may_assign(user: Person, edition: Edition, nomination: int | None = None) -> Verdict:
    """Whether the person may give jurors entries to read; `nomination` only where they do not stand aside."""
    verdict = holds(user, edition, *LEADS)
    if verdict and nomination is not None and nomination in hidden_from(user, edition):
        return no(_("You stand aside from this entry."))
    return verdict


def may_recuse(user: Person, juror: Role, nomination: int | None = None) -> Verdict:
    """Whether somebody may let this juror stand aside: the juror, the chair or the organiser.

    `nomination`: the two latter only where they do not stand aside themselves.
    """
    if juror.person_id == user.pk:
        return YES
    return may_assign(user, juror.edition, nomination)


def may_clear_conflict(user: Person, juror: Role) -> Verdict:
    """Whether somebody may answer that a tie is no conflict: only the juror whose tie it is."""
    if juror.person_id == user.pk:
        return YES
    return no(_("Only the juror whose tie it is answers for it."))


def may_lift_recusal(user: Person, recusal: Recusal) -> Verdict:
    """Whether a juror who stood aside may come back: the chair or the organiser decides, never the juror."""
    if recusal.juror.person_id == user.pk:
        return no(_("Only the chair or the organiser can let you back in."))
    if recusal.lifted_at is not None:
        return no(_("The juror is already back."))
    return may_assign(user, recusal.juror.edition, recusal.nomination_id)


def may_see_progress(user: Person, edition: Edition) -> Verdict:
    """Whether the person may see how far each juror has come; never what they gave."""
    return holds(user, edition, *LEADS)


def may_remind(user: Person, scoring_round: Round, now: datetime) -> Verdict:
    """Whether jurors who are behind may be reminded: by those who lead, while the round takes scores."""
    return first_refusal(holds(user, scoring_round.edition, *LEADS), is_open(scoring_round, now))


def may_lead(user: Person, edition: Edition) -> Verdict:
    """Whether the person leads the edition's jury work: organiser, chair or deputy."""
    return holds(user, edition, *LEADS)


def may_see_standings(user: Person, scoring_round: Round) -> Verdict:
    """Whether the person may see values and places: those who lead, once individual scoring has closed."""
    if not (verdict := holds(user, scoring_round.edition, *LEADS)):
        return verdict
    if scoring_round.state in SEALED:
        return no(_("The scores are sealed until the scoring has closed, so that nobody is led by others."))
    return YES


def may_issue_undertaking(user: Person, edition: Edition) -> Verdict:
    """Whether the person may write the text that jurors accept before they read."""
    return holds(user, edition, RoleKind.ORGANISER)


def may_accept_undertaking(user: Person, edition: Edition) -> Verdict:
    """Whether the person is to accept it: the jurors of the edition."""
    if user.holds(edition, RoleKind.JUROR):
        return YES
    return no(_("Only jurors of the edition accept its undertaking."))
