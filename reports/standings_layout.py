"""What the sheets of the standings workbook share: the desk they are written on, and how they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from criteria.plan import Plan
from criteria.standings import Standings
from reports.cells import Page, column_letter
from reports.workbook import paper

FIRST = 5  # the first row of every list


@dataclass
class Desk:
    """What the sheets share while they are written."""

    standings: Standings
    book: paper.Book
    plan: Plan
    live: bool
    places: int
    weights: dict[str, str] = field(default_factory=dict)  # node code -> address of the weight in use
    columns: dict[str, str] = field(default_factory=dict)  # node code -> column on the sheets of scores
    areas: dict[tuple[int, str], str] = field(default_factory=dict)  # (entry, node code) -> its sheets' cells
    totals: dict[tuple[int, int], str] = field(default_factory=dict)  # (entry, seat) -> that sheet's total
    meeting: dict[str, str] = field(default_factory=dict)  # node code -> column after the meeting, with sheet

    @property
    def format(self) -> str:
        """The number format of values."""
        return "0." + "0" * self.places if self.places else "0"

    @property
    def nodes(self) -> list[Plan]:
        """Every node, depth first, groups before what they hold."""
        return _flat(self.plan)

    @property
    def shows_meeting(self) -> bool:
        """Whether there is anything agreed that the weights can be tried on."""
        return self.live and self.standings.shows_agreed

    @property
    def rows(self) -> range:
        """The rows of the entries, in the order of the standings, the same on every sheet of entries."""
        return range(FIRST, FIRST + len(self.standings.lines))


def head(page: Page, title: str, note: str, heads: Sequence[str]) -> None:
    """Title, note and the columns' names."""
    page.text("A1", title, "KK Titel")
    if note:
        page.text("A3", note, "KK Underrubrik")
    for number, name in enumerate(heads, start=1):
        page.text(f"{column_letter(number)}4", name, "KK Kolumn mitt" if number > 2 else "KK Kolumn")
    for row, height in ((1, 33), (4, 32)):
        page.sheet.row_dimensions[row].height = height
    page.sheet.freeze_panes = f"C{FIRST}"


def _flat(plan: Plan) -> list[Plan]:
    return [plan, *(each for child in plan.children for each in _flat(child))]
