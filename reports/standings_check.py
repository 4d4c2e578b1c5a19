"""The workbook's check sheet: each entry's value and place on the site and in the file, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from criteria.combine import Sheet, agreed, average_of
from criteria.standings import Standing
from reports.cells import Page, Shown, quoted
from reports.standings_formulas import jury_formula, rounded
from reports.standings_layout import FIRST, Desk, head
from reports.standings_ties import Equals, after_meeting, can_follow, official
from reports.workbook.check_sheet import difference, signed_format


def write_check(desk: Desk, page: Page, weights: str) -> None:
    """Each entry's value on the site and in this file, and what the order is made of."""
    note = _("With the official weights every difference is 0.")
    heads = (
        _("Municipality"), _("On the site"), _("In this file"), _("Difference"), _("Place here"),
        _("Place on the site"), _("Position in the order"), _("Before rounding"),
    )  # fmt: skip
    after = (
        _("After the meeting: on the site"), _("In this file"), _("Difference"), _("Place here"),
        _("Place on the site"), _("Before rounding"), _("The chair's reason"),
    )  # fmt: skip
    shows_more = desk.shows_meeting or any(line.chairs_reason for line in desk.standings.lines)
    head(page, _("Check"), note, heads + (after if shows_more else ()))
    for row, line in zip(desk.rows, desk.standings.lines, strict=True):
        page.text(f"A{row}", line.municipality, "KK Cell fet")
        _write_value(desk, page, row, line)
        page.value(f"F{row}", line.place or "–", "KK Cell mitt")
        if desk.shows_meeting:
            page.sheet.column_dimensions["I"].width = 18
            _write_agreed(desk, page, row, line)
            page.value(f"M{row}", line.agreed_place or "–", "KK Cell mitt")
        page.value(f"O{row}", line.chairs_reason or None, "KK Cell")
    _write_places(desk, page)
    for row, line in zip(desk.rows, desk.standings.lines, strict=True):
        position, shown_position = _position(row, desk.rows, line, desk.standings.lines)
        page.formula(f"G{row}", position, shown_position, "KK Svag mitt")
    changed = f"SUMPRODUCT(--({weights}!$C${FIRST}:$C$400<>{weights}!$D${FIRST}:$D$400))"
    below = desk.rows.stop + 1
    page.text(f"A{below}", _("Weights that are not the official ones"), "KK Fakta")
    page.formula(f"B{below}", changed, 0, "KK Cell mitt")


def _write_value(desk: Desk, page: Page, row: int, line: Standing) -> None:
    """The jurors' value: on the site, here, and what lies between."""
    style, model = f"KK Cell mitt|{desk.format}", desk.standings.readings.model
    shown = "" if line.value is None else line.value
    area = desk.areas.get((line.nomination, desk.plan.code))
    page.value(f"B{row}", line.value, style)
    if desk.live and area:
        exact = average_of(model)([total.exact for total in line.totals if total.counts])
        shown_exact = "" if exact is None else float(exact)
        page.formula(f"H{row}", jury_formula(model, area), shown_exact, "KK Svag mitt")
        page.formula(f"C{row}", rounded(f"H{row}", desk.places), shown, style)
    else:
        page.value(f"C{row}", line.value, style)
    signed = f"KK Cell mitt|{signed_format(desk.places)}"
    page.formula(f"D{row}", difference(row, "B", "C", desk.places), 0, signed)


def _write_agreed(desk: Desk, page: Page, row: int, line: Standing) -> None:
    """The same with what the meeting agreed on; without any agreement the jurors' value stands."""
    style = f"KK Cell mitt|{desk.format}"
    shown = "" if line.agreed is None else line.agreed
    page.value(f"I{row}", line.agreed, style)
    if line.agreed_on:
        total = f"{desk.meeting[desk.plan.code]}${row}"
        page.formula(f"N{row}", total, _exact_after(desk, line), "KK Svag mitt")
        page.formula(f"J{row}", rounded(f"N{row}", desk.places), shown, style)
    else:
        page.formula(f"J{row}", f'IF(ISNUMBER(C{row}),C{row},"")', shown, style)
    signed = f"KK Cell mitt|{signed_format(desk.places)}"
    page.formula(f"K{row}", difference(row, "I", "J", desk.places), 0, signed)


def _exact_after(desk: Desk, line: Standing) -> Shown:
    readings = desk.standings.readings
    marks = {code: each.mark for code, each in readings.agreed[line.nomination].items()}
    rows = readings.by_nomination[line.nomination]
    found = agreed(readings.model, [Sheet(row.marks, submitted=row.submitted) for row in rows], marks)
    return "" if found.exact is None else float(found.exact)


def _write_places(desk: Desk, page: Page) -> None:
    """The places here: parted by the rules' steps where the file can follow them, else by value alone."""
    here = quoted(page.sheet.title)
    columns = [("C", "E", official, _("Value"))]
    if desk.shows_meeting:
        columns.append(("J", "L", after_meeting, _("After the meeting")))
    if can_follow(desk):
        book = desk.book
        equals = Equals(desk, book.add(_("Equals"), {"A": 28}), book.add(_("Pairs"), {"A": 28}))
        title = quoted(equals.page.sheet.title)
        for value, place, begun, name in columns:
            order = equals.follow(begun(desk, [f"{here}!${value}${row}" for row in desk.rows]), name)
            for row, number in zip(desk.rows, order.places, strict=True):
                page.formula(f"{place}{row}", f"{title}!${order.column}${row}", number or "–", "KK Cell mitt")
        return
    lines = desk.standings.lines
    for value, place, _begun, _name in columns:
        area = f"${value}${desk.rows.start}:${value}${desk.rows.stop - 1}"
        given = [line.agreed if value == "J" else line.value for line in lines]
        for row, number in zip(desk.rows, given, strict=True):
            formula = f'IF(ISNUMBER({value}{row}),RANK({value}{row},{area},0),"–")'
            page.formula(f"{place}{row}", formula, place_among(number, given) or "–", "KK Cell mitt")


def place_among(value: Decimal | None, values: Sequence[Decimal | None]) -> int | None:
    """The place by value alone."""
    return None if value is None else 1 + sum(other is not None and other > value for other in values)


def _position(row, rows, line, lines) -> tuple[str, int]:
    """A row of its own for every entry: equals in the site's order, those without a value last."""
    area, before = f"$E${rows.start}:$E${rows.stop - 1}", f"$E${rows.start}:$E${row}"
    text = (
        f'IF(ISNUMBER(E{row}),COUNTIF({area},"<"&E{row})+COUNTIF({before},E{row}),'
        f"COUNT({area})+ROWS({before})-COUNT({before}))"
    )
    return text, next(at for at, each in enumerate(lines, start=1) if each is line)
