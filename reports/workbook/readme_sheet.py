"""The first sheet: what to do, the ways not to score, how the model calculates, what is good to know."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from criteria.scoring import ScoringModel, walk
from reports.cells import Page
from reports.workbook.layout import Layout
from reports.workbook.paper import Book, portrait, print_area, row_height
from reports.workbook.scales import range_text
from reports.workbook.spec import WorkbookSpec

WIDTHS = {"A": 14, "B": 5, "C": 30, "D": 84}


def add_readme(book: Book, spec: WorkbookSpec, layout: Layout, total_label: str, subtitle: str) -> Page:
    """Write the instruction sheet."""
    words = book.words
    page = book.add(words["sheet.readme"], WIDTHS, hidden=["A"])
    portrait(page)
    page.text("A1", "kk:lasmig", "KK Maskin")
    page.text("B1", words["readme.title"], "KK Titel")
    page.text("B2", subtitle, "KK Underrubrik")
    page.sheet.row_dimensions[1].height, page.sheet.row_dimensions[2].height = 36, 20
    row = _steps(book, page, layout, 4)
    row = _blanks(book, page, layout, row + 1)
    row = write_part(
        page, words["readme.arithmetic"], list(arithmetic_lines(book, spec.model, total_label)), row + 1
    )
    row = write_part(page, words["readme.good_to_know"], list(_good_to_know(book, spec)), row + 1)
    print_area(page, f"B1:D{row - 1}")
    return page


def _steps(book: Book, page: Page, layout: Layout, row: int) -> int:
    words = book.words
    page.text(f"B{row}", words["readme.how"], "KK Rubrik")
    page.sheet.row_dimensions[row].height = 26
    scales = {range_text(line.scale, words) for line in layout.inputs}
    scale = next(iter(scales)) if len(scales) == 1 else words["readme.scale_many"]
    for number, (heading, sentence) in enumerate(words["readme.steps"], start=1):
        text = sentence.format(scale=scale)
        page.number(f"B{row + number}", number, "KK Cell nummer")
        _line(page, row + number, heading, text)
    return row + len(words["readme.steps"]) + 1


def _blanks(book: Book, page: Page, layout: Layout, row: int) -> int:
    words = book.words
    page.text(f"B{row}", words["readme.blanks"], "KK Rubrik")
    page.sheet.row_dimensions[row].height = 26
    for letter, head in zip("CD", words["readme.blanks_head"], strict=True):
        page.text(f"{letter}{row + 1}", head, "KK Kolumn")
    page.sheet.row_dimensions[row + 1].height = 22
    lows = {line.scale.min for line in layout.inputs}
    lowest = f", {words.number(next(iter(lows)))}" if len(lows) == 1 else ""
    applies = {line.node.may_be_not_applicable for line in layout.inputs}
    lines = [
        tuple(words["readme.blank_empty"]),
        (words["blank.no_evidence"], words.say("readme.blank_no_evidence", lowest=lowest)),
    ]
    if True in applies:
        name = "readme.blank_not_applicable" if applies == {True} else "readme.blank_not_applicable_some"
        lines.append((words["blank.not_applicable"], words[name]))
    for number, (heading, text) in enumerate(lines, start=row + 2):
        _line(page, number, heading, text)
    return row + 2 + len(lines)


def write_part(page: Page, title: str, lines: list[tuple[str, str]], row: int) -> int:
    """A heading with (heading, sentence) rows in columns B to D from `row` on; returns the next free row."""
    page.text(f"B{row}", title, "KK Rubrik")
    page.sheet.row_dimensions[row].height = 26
    for number, (heading, text) in enumerate(lines, start=row + 1):
        _line(page, number, heading, text)
    return row + 1 + len(lines)


def _line(page: Page, row: int, heading: str, text: str) -> None:
    page.text(f"C{row}", heading, "KK Cell fet")
    page.text(f"D{row}", text, "KK Cell")
    row_height(page, row, 24, (heading, WIDTHS["C"] * 0.9), (text, WIDTHS["D"]))


def arithmetic_lines(book: Book, model: ScoringModel, total_label: str) -> Iterator[tuple[str, str]]:
    """How the model calculates, in (heading, sentence) rows."""
    words = book.words
    groups = [node for node, _parent in walk(model) if node.children]
    inner = list(dict.fromkeys(node.aggregate for node in groups[1:]))
    for aggregate in inner:
        if len(inner) > 1 and aggregate == model.root.aggregate:
            continue  # the total's line says it
        name = words["rule.area"] if len(inner) == 1 else words[f"rule.name_{aggregate}"]
        yield words.pair(f"rule.{aggregate}", name=name)
    yield _total_rule(book, model, total_label, has_areas=bool(inner))
    rounding = model.rounding
    places = words.places(rounding.places)
    kind = f"readme.rounding_{rounding.at}"
    yield words["readme.rounding"], words.say(kind, places=places, example=_rounding_example(book, model))
    yield words.pair("readme.rank")
    scales = {(line.scale.min, line.scale.max) for line, _p in walk(model) if line.scale}
    if (
        scales == {(Decimal(1), Decimal(5))}
        and model.root.aggregate == "weighted_mean"
        and rounding.places == 2
    ):
        yield words.pair("readme.example")


def _total_rule(book: Book, model: ScoringModel, total_label: str, *, has_areas: bool) -> tuple[str, str]:
    heading, sentence = book.words.pair(f"rule.{model.root.aggregate}", name=total_label)
    if not has_areas or model.rounding.at != "final":
        return heading, sentence
    return heading, f"{sentence} {book.words['rule.total_from_groups']}"


def _rounding_example(book: Book, model: ScoringModel) -> str:
    """A half going up, on this model's scale: "3,905 blir 3,91"."""
    places = model.rounding.places
    scales = [node.scale for node, _parent in walk(model) if node.scale]
    middle = int((scales[0].min + scales[0].max) / 2)
    half = Decimal(5).scaleb(-places - 1)
    tenths = {0: Decimal(0), 1: Decimal("0.4")}.get(places, Decimal("0.9"))
    before = middle + tenths + half
    after = before + half
    return book.words.say(
        "readme.rounding_example",
        before=book.words.fixed(before, places + 1),
        after=book.words.fixed(after, places),
    )


def _good_to_know(book: Book, spec: WorkbookSpec) -> Iterator[tuple[str, str]]:
    words = book.words
    recused = sum(entry.recused is not None for entry in spec.entries)
    if recused:
        yield words.pair("readme.recused", count=recused, all=len(spec.entries))
    for name in ("changed_on_site", "your_file", "secrecy"):
        yield words.pair(f"readme.{name}")
    yield words.pair("readme.mark", id=spec.workbook_id, model=f"{spec.model.code}-v{spec.model.version}")
