"""Locked cells of an uploaded workbook that were changed all the same: told, for they do not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from criteria.scoring import Node
from reports.cells import plain_text
from reports.workbook.raw_sheets import RawSheet

LOCKED = ("criterion", "weight", "state")  # the machine names of the columns that are looked at
LANGUAGES = ("sv", "en")  # a workbook is in one of them
TOLERANCE = 1e-9


def changed_in_row(
    sheet: RawSheet, columns: Mapping[str, int], number: int, node: Node, weight: Decimal | None
) -> Iterator[tuple[str, Promise]]:
    """(column, what to say) for the name and the weight of a row, where they are not the model's."""
    titles = tuple(plain_text(node.title.in_language(language)) for language in LANGUAGES)
    if "criterion" in columns and not _text(sheet, columns["criterion"], number).startswith(titles):
        yield (
            "criterion",
            _("The criterion's name has been changed in the file. That does not count; the model's applies."),
        )
    if "weight" in columns and weight is not None and not _is(sheet, columns["weight"], number, weight):
        yield (
            "weight",
            _("The weight has been changed in the file. That does not count; the model's weight applies."),
        )


def formula_gone(sheet: RawSheet, columns: Mapping[str, int], numbers: Iterable[int]) -> int | None:
    """The first row whose state is no longer a formula, where some still are; None where all is well.

    A tool that keeps values alone has removed all formulas: nobody changed a cell then.
    """
    if "state" not in columns:
        return None
    live = {number: _is_formula(sheet, columns["state"], number) for number in numbers}
    gone = [number for number, is_formula in live.items() if not is_formula]
    return min(gone) if gone and any(live.values()) else None


def _text(sheet: RawSheet, column: int, number: int) -> str:
    cell = sheet.cells.get((number, column))
    return plain_text(cell.value) if cell is not None and isinstance(cell.value, str) else ""


def _is(sheet: RawSheet, column: int, number: int, weight: Decimal) -> bool:
    cell = sheet.cells.get((number, column))
    if cell is None or cell.kind != "number" or not isinstance(cell.value, int | float):
        return False
    return abs(cell.value - float(weight)) <= TOLERANCE


def _is_formula(sheet: RawSheet, column: int, number: int) -> bool:
    cell = sheet.cells.get((number, column))
    return cell is not None and cell.is_formula
