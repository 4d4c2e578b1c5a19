"""The sentences of a timeline, made of what is known; no query."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominees.states import Outcome
from nominees.streaks import Known, Standing, Streak

_ORDINALS = (
    gettext_lazy("first"),
    gettext_lazy("second"),
    gettext_lazy("third"),
    gettext_lazy("fourth"),
    gettext_lazy("fifth"),
    gettext_lazy("sixth"),
    gettext_lazy("seventh"),
    gettext_lazy("eighth"),
    gettext_lazy("ninth"),
    gettext_lazy("tenth"),
    gettext_lazy("eleventh"),
    gettext_lazy("twelfth"),
)
_HEADLINES = {
    Outcome.WON: gettext_lazy("Won"),
    Outcome.HONOURED: gettext_lazy("Honourable mention"),
    Outcome.WITHDREW: gettext_lazy("Withdrew"),
    Outcome.DECLINED: gettext_lazy("Nominated, but declined"),
    Outcome.NOMINATED: gettext_lazy("Nominated"),
    Outcome.NOT_NOMINATED: gettext_lazy("Applied, not nominated"),
    Outcome.APPLIED: gettext_lazy("Applied"),
}


def ordinal(number: int) -> str:
    """`second`; from the thirteenth in figures."""
    return str(_ORDINALS[number - 1]) if number <= len(_ORDINALS) else f"{number}"


def headline(standing: Standing, run: Streak) -> str:
    """`Nominated, the second edition in a row.`"""
    words = str(_HEADLINES[Outcome(standing.outcome)])
    if standing.outcome == Outcome.WITHDREW and standing.nominated:
        words = _("Nominated, but withdrew")
    if run.editions < 2:
        return f"{words}."
    values = {"what": words, "ordinal": ordinal(run.editions)}
    if run.at_least:
        return _("%(what)s, at least the %(ordinal)s edition in a row.") % values
    return _("%(what)s, the %(ordinal)s edition in a row.") % values


def detail(standing: Standing, nominees: Known, applicants: Known | None, *, screened: bool) -> str:
    """`One of 6 nominees among 17 applicants.` - as far as the lists are known."""
    numbers = {"nominees": nominees.number, "applicants": applicants}
    if nominees.at_least:
        return _in_part(applicants, screened=screened) % numbers
    if not standing.nominated:
        if applicants is None or screened:
            return _("%(nominees)s municipalities were nominated.") % numbers
        return _("One of %(applicants)s applicants; %(nominees)s were nominated.") % numbers
    if applicants is None:
        return _("One of %(nominees)s nominees.") % numbers
    if screened:
        return _("One of %(nominees)s nominees; %(applicants)s municipalities were screened.") % numbers
    return _("One of %(nominees)s nominees among %(applicants)s applicants.") % numbers


def _in_part(applicants: Known | None, *, screened: bool) -> str:
    if applicants is None:
        return _("The list of nominees is known in part.")
    if screened:
        return _("%(applicants)s municipalities were screened; the list of nominees is known in part.")
    return _("One of %(applicants)s applicants; the list of nominees is known in part.")


def contribution_remark(standing: Standing, nominees: Known) -> str:
    """Said of a contribution without an entry: it belongs to the fair, never to a nomination."""
    if standing.nominated is None:
        status = _("Whether the municipality was nominated is not known.")
    elif nominees.at_least:
        status = _("Not among the applicants.")
    else:
        status = _("Not among the %(number)s nominees.") % {"number": nominees}
    belongs = _("The contribution belongs to the fair, not to any nomination.")
    return f"{status} {belongs}"
