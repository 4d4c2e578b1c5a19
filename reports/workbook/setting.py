"""What the sheets of one juror's workbook share, and the figures of one nomination in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from criteria.scoring import Tally
from reports.cells import Shown
from reports.workbook.figures import Figures
from reports.workbook.formulas import Formulas
from reports.workbook.layout import Layout
from reports.workbook.paper import Book
from reports.workbook.scales import Choice
from reports.workbook.spec import EntrySpec

if TYPE_CHECKING:
    from reports.workbook.overview_sheet import OverviewColumns


@dataclass(frozen=True)
class LineTexts:
    """A line's title with question, and its levels: in several fonts, and plain to reckon heights with."""

    title: Any
    levels: Any
    plain_title: str
    plain_levels: str


@dataclass(frozen=True)
class Judged:
    """One open nomination: what the site makes of its marks, and what the hidden cells show."""

    entry: EntrySpec
    tally: Tally
    figures: Mapping[str, Figures]
    rank: int | None  # None while anything is missing
    overview_row: int

    @property
    def left(self) -> int:
        """How many criteria still lack a mark."""
        return len(self.tally.missing)

    def status(self, leaves: int) -> str:
        """complete, nothing_applies, untouched or begun."""
        if not self.left:
            return "complete" if self.tally.value is not None else "nothing_applies"
        return "untouched" if self.left == leaves else "begun"


@dataclass(frozen=True)
class Setting:
    """What all sheets of a workbook share."""

    book: Book
    layout: Layout
    formulas: Formulas
    choices: Mapping[str, Choice]
    texts: Mapping[str, LineTexts]  # by code, of the lines that take a mark
    columns: OverviewColumns
    total_label: str
    overview: str  # the overview's title, quoted for formulas

    @property
    def places_format(self) -> str:
        """The number format of a value."""
        places = self.layout.model.rounding.places
        return "0." + "0" * places if places else "0"


def or_empty(value: Shown) -> Shown:
    """`value`, or the empty text that a formula shows for nothing."""
    return "" if value is None else value
