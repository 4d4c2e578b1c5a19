"""What the page for sending in says at its head, by state, versions and hour; no query."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.verdicts import Verdict
from nominees.models import Nomination, Submission
from nominees.states import NominationState

N = NominationState
_LEFT = {
    N.WITHDRAWN: _("The entry has been withdrawn"),
    N.DECLINED: _("The nomination has been declined"),
    N.HISTORIC: _("This entry belongs to the history"),
}
_STANDS = _("Version {number} stands as it was sent in until you send in again.")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading and a sentence; the sentence may be empty."""

    heading: object
    lead: object = ""


def head(
    entry: Nomination,
    last: Submission | None,
    *,
    has_changed: bool,
    has_gaps: bool,
    may_write: Verdict,
) -> Head:
    """`has_changed`: whether the entry says anything else than `last`, its last version."""
    if entry.state in _LEFT:
        return Head(_LEFT[entry.state], may_write.reason)
    if last is None:
        return _first(may_write, has_gaps=has_gaps)
    if not has_changed and entry.state == N.SUBMITTED:
        return Head(_("Your entry has been sent in"), _exactly(may_write))
    stands = format_lazy(_STANDS, number=last.number)
    if not may_write:
        sentence = _("Version {number} is the one that counts. {reason}")
        reason = format_lazy(sentence, number=last.number, reason=may_write.reason)
        return Head(_("Your last changes were not sent in") if has_changed else _REOPENED, reason)
    if has_gaps:
        return Head(_("What is missing before you can send in"), stands)
    return Head(_("You have changes that have not been sent in") if has_changed else _REOPENED, stands)


_REOPENED = _("The entry is open again")


def _first(may_write: Verdict, *, has_gaps: bool) -> Head:
    if not may_write:
        return Head(_("The entry has not been sent in"), may_write.reason)
    if has_gaps:
        return Head(_("What is missing before you can send in"))
    lead = _("Read it through once more. What you send in is frozen as a version with a receipt.")
    return Head(_("Everything is in place"), lead)


def _exactly(may_write: Verdict) -> object:
    if not may_write:
        return _("The jury reads exactly this version.")
    return _(
        "The jury reads exactly this version. Change and send in again as often as you like until the "
        "application closes."
    )
