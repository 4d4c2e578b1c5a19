"""The notes in the history's data files, for those who read English: the files are written in Swedish."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Swedish as in the file: a text whose translation is the file's own
NOTES = {
    "En nominerad kommun drog sig ur. Senare listor nämner fyra eller fem nominerade.": _(
        "One nominated municipality withdrew. Later lists name four or five nominees."
    ),
    "Ingen söker. Alla 290 kommuner granskas på nyckeltal, och de nominerade tackar ja eller nej.": _(
        "Nobody applies. All 290 municipalities are screened by key figures; the nominees accept or decline."
    ),
    "Sökte men nominerades inte.": _("Applied, but was not nominated."),
    "Efter nomineringen, på grund av kostnaden för mässan och för en konferens som vinnaren håller.": _(
        "After the nomination, because of what the fair and a conference held by the winner cost."
    ),
    "Första planen": _("The first plan"),
    "Andra planen": _("The second plan"),
    "Tredje datumet": _("The third date"),
}


def in_reader_language(note: str) -> str:
    """The note in English where the reader reads English and it is one of ours, else as it was written."""
    return str(NOTES[note]) if note in NOTES and not (get_language() or "sv").startswith("sv") else note
