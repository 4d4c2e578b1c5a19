"""Rows of a sheet as XML, for tables too long for memory: text stays text, formulas carry their value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from reports.cells import Shown, column_letter, escaped, plain_text
from reports.workbook.cached import number_text

SHORT = 100  # names and words come again and again; long texts do not, and are not kept
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's times have no zone
DAY = 86_400

Body = Callable[[Any], str]  # what stands after a cell's address


def row_xml(number: int, letters: Sequence[str], bodies: Sequence[str], height: float = 0) -> str:
    """One row; a body is what a `body` function gave, and an empty one leaves the cell out."""
    cells = "".join(
        f'<c r="{letter}{number}{body}' for letter, body in zip(letters, bodies, strict=True) if body
    )
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{cells}</row>'


def letters(count: int) -> tuple[str, ...]:
    """A, B, C ... of so many columns."""
    return tuple(column_letter(number) for number in range(1, count + 1))


def blank(style: int) -> str:
    """A cell that holds nothing and has its style."""
    return f'" s="{style}"/>'


def text(style: int, notice: str) -> Body:
    """What writes text from anyone as text and nothing else."""
    start = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'

    def make(value: object) -> str:
        return f"{start}{escape(escaped(plain_text(str(value), notice)))}</t></is></c>"

    short = lru_cache(maxsize=16_384)(make)
    return lambda value: short(value) if len(value) < SHORT else make(value)


def number(style: int) -> Body:
    """What writes a number."""

    @lru_cache(maxsize=4096)
    def make(value: int | float | Decimal) -> str:
        return f'" s="{style}"><v>{number_text(value)}</v></c>'

    return make


def moment(style: int) -> Body:
    """What writes a day, or a time without zone, as the number that spreadsheets count days with."""

    def make(value: date) -> str:
        when = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
        since = when - EPOCH
        days = since.days if not since.seconds else f"{since.days + since.seconds / DAY:.9f}"
        return f'" s="{style}"><v>{days}</v></c>'

    return make


def formula(style: int, words: str, shown: Shown) -> str:
    """A formula (without its "=") with the value it has now."""
    if isinstance(shown, str):
        return f'" s="{style}" t="str"><f>{escape(words)}</f><v>{escape(escaped(plain_text(shown)))}</v></c>'
    return f'" s="{style}"><f>{escape(words)}</f><v>{number_text(shown or 0)}</v></c>'
