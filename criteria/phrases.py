"""Figures, chances and lists of names as the jury's pages say them, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats

NAMED = 4  # how many names a sentence bears


def figure(value: float, decimals: int = 1) -> str:
    """A number in the reader's language."""
    return formats.number(round(float(value), decimals + 2), decimals, _language())


def share(value: float) -> str:
    """A chance: `over 99 %`, `under 1 %`, `63 %`."""
    if value > 0.99:
        return _("over %(share)s") % {"share": formats.percent(0.99, 0, _language())}
    if value < 0.01:
        return _("under %(share)s") % {"share": formats.percent(0.01, 0, _language())}
    return formats.percent(round(float(value), 2), 0, _language())


def and_list(names: Sequence[str]) -> str:
    """`A, B and C`; beyond a handful `A, B, C and 9 others`."""
    names = list(names)
    if len(names) > NAMED + 1:
        rest = len(names) - NAMED + 1
        return _("%(names)s and %(count)s others") % {"names": ", ".join(names[: NAMED - 1]), "count": rest}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _language() -> str:
    return formats.written_language(get_language())
