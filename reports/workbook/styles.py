"""How the workbook looks: one named style per kind of cell, in the product's colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

INK, MUTED, BRICK, PALE_BRICK = "FF1D2A2E", "FF5B6B70", "FF9A3412", "FFFBE9E2"
DEEP, ACCENT, AREA, INPUT, LINE, INPUT_LINE = (
    "FF0B4F57",
    "FF13707A",
    "FFE3F0EF",
    "FFE9F4F1",
    "FFC9D6D8",
    "FFBAD6D1",
)
PALE, SHUT, LEVEL_INK, WHITE, GOLD = "FFF1F7F6", "FFEEF0F1", "FF33464B", "FFFFFFFF", "FF9A7412"
FONT = "Calibri"


@dataclass(frozen=True)
class Look:
    """A named style in one line: font, ground, place, lines, number format, open for writing."""

    size: float = 10.5
    bold: bool = False
    ink: str = INK
    ground: str = ""
    across: str = "left"
    up: str = "center"
    wrap: bool = True
    indent: int = 1
    lines: str = "below"  # "" | below | box | sum
    format: str = "General"
    open: bool = False


_HEAD: dict[str, Any] = {"bold": True, "ink": WHITE, "ground": DEEP, "lines": ""}
_AREA: dict[str, Any] = {"bold": True, "ink": DEEP, "ground": AREA, "size": 11}
_MIDDLE: dict[str, Any] = {"across": "center", "indent": 0}
_FREE: dict[str, Any] = {"lines": "", "wrap": False, "indent": 0}

LOOKS: dict[str, Look] = {
    "KK Titel": Look(22, True, DEEP, **_FREE),
    "KK Underrubrik": Look(11, ink=MUTED, **_FREE),
    "KK Rubrik": Look(14, True, DEEP, **_FREE),
    "KK Länk": Look(10.5, ink=ACCENT, **_FREE),
    "KK Kolumn": Look(**_HEAD),
    "KK Kolumn mitt": Look(**_HEAD, **_MIDDLE),
    "KK Område": Look(**_AREA),
    "KK Område mitt": Look(**_AREA, **_MIDDLE),
    "KK Områdestext": Look(**{**_AREA, "bold": False, "size": 10}),
    "KK Delområde": Look(**{**_AREA, "ground": PALE, "size": 10.5}),
    "KK Delområde mitt": Look(**{**_AREA, "ground": PALE, "size": 10.5}, **_MIDDLE),
    "KK Delområdestext": Look(**{**_AREA, "ground": PALE, "bold": False, "size": 10}),
    "KK Cell": Look(),
    "KK Cell indrag": Look(indent=2),
    "KK Cell fet": Look(bold=True),
    "KK Cell nummer": Look(13, True, ACCENT),
    "KK Cell mitt": Look(**_MIDDLE),
    "KK Svag mitt": Look(ink=MUTED, **_MIDDLE),
    "KK Fakta": Look(**_FREE),
    "KK Fakta fet": Look(bold=True, **_FREE),
    "KK Cell rad": Look(),
    "KK Cell rad fet": Look(bold=True),
    "KK Namn": Look(12, True, ACCENT),
    "KK Tal": Look(13, True, DEEP, **_MIDDLE),
    "KK Nivåer": Look(9.5, ink=LEVEL_INK),
    "KK Inmatning poäng": Look(12.5, True, DEEP, INPUT, lines="box", open=True, **_MIDDLE),
    "KK Inmatning text": Look(ground=INPUT, up="top", lines="box", format="@", open=True),
    "KK Summa": Look(12, True, DEEP, lines="sum"),
    "KK Summa text": Look(10, ink=MUTED, lines="sum"),
    "KK Summa svag": Look(12, ink=MUTED, lines="sum", **_MIDDLE),
    "KK Summa mitt liten": Look(11, ink=MUTED, lines="sum", **_MIDDLE),
    "KK Summa mitt": Look(14, True, DEEP, lines="sum", **_MIDDLE),
    "KK Nyckeltalsetikett": Look(9.5, ink=MUTED, **{**_FREE, "across": "center", "up": "bottom"}),
    "KK Nyckeltal": Look(18, True, DEEP, **{**_FREE, "across": "center"}),
    "KK Rad": Look(),
    "KK Rad fet": Look(bold=True),
    "KK Rad tal": Look(across="right"),
    "KK Kolumn tal": Look(**_HEAD, across="right"),
    "KK Utmärkelse": Look(bold=True, ink=GOLD),
    "KK Jäv": Look(ink="FF5F6B6F", ground=SHUT),
    "KK Jäv mitt": Look(ink="FF5F6B6F", ground=SHUT, **_MIDDLE),
    "KK Maskin": Look(9, ink=MUTED, **_FREE),
}


class Styles(dict):
    """Style arrays by name; "KK Tal|0.00" is the style KK Tal with that number format, made on first use."""

    def __init__(self, book: Any) -> None:
        super().__init__()
        self._scratch = book.active["A1"]
        for name, look in LOOKS.items():
            book.add_named_style(_named(name, look))

    def __missing__(self, key: str) -> Any:
        name, _, number_format = key.partition("|")
        cell = self._scratch
        cell.style = name
        if number_format:
            cell.number_format = number_format
        self[key] = cell._style.__copy__()  # noqa: SLF001 - kept ready for many cells
        cell.style = "Normal"
        return self[key]


def inline_font(size: float, ink: str, *, bold: bool = False) -> Any:
    """A font for a part of a cell's text."""
    from openpyxl.cell.text import InlineFont  # noqa: PLC0415 - heavy, loaded when a workbook is written

    return InlineFont(rFont=FONT, sz=size, color=ink, b=bold or None)


def _named(name: str, look: Look) -> Any:
    from openpyxl import styles  # noqa: PLC0415 - heavy, loaded when a workbook is written

    line = styles.Side("thin", LINE)
    box = styles.Side("thin", INPUT_LINE)
    thick = styles.Side("medium", DEEP)
    borders = {
        "": styles.Border(),
        "below": styles.Border(bottom=line),
        "box": styles.Border(left=box, right=box, top=box, bottom=box),
        "sum": styles.Border(top=thick, bottom=thick),
    }
    return styles.NamedStyle(
        name=name,
        font=styles.Font(name=FONT, size=look.size, bold=look.bold, color=look.ink),
        fill=styles.PatternFill("solid", look.ground) if look.ground else styles.PatternFill(),
        alignment=styles.Alignment(look.across, look.up, wrap_text=look.wrap, indent=look.indent),
        border=borders[look.lines],
        number_format=look.format,
        protection=styles.Protection(locked=not look.open),
    )
