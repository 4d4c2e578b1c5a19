"""How the criteria weigh: each with its weight and its share of the whole, so that nobody has to multiply."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from criteria.plan import Plan
from criteria.rounding import half_up
from reports.cells import Page, cut_utf16
from reports.workbook.layout import Layout
from reports.workbook.paper import Book, row_height


def write_weights(book: Book, page: Page, layout: Layout, row: int, width: float) -> int:
    """The table of weights in columns B to D from `row` on; returns its last row."""
    words = book.words
    points = layout.model.root.aggregate == "points_sum"
    page.text(f"B{row}", words["overview.weights"], "KK Rubrik")
    heads = words["overview.points_head" if points else "overview.weights_head"]
    page.text(f"B{row + 1}", heads[0], "KK Kolumn")
    page.text(f"C{row + 1}", heads[1], "KK Kolumn mitt")
    page.text(f"D{row + 1}", heads[2], "KK Kolumn mitt")
    page.sheet.row_dimensions[row].height, page.sheet.row_dimensions[row + 1].height = 26, 24
    shares = shares_of(layout)
    at = row + 2
    for line in layout.lines:
        if line.plan.code not in shares:
            continue  # a part of a stated group: it has no weight of its own
        group = not line.is_leaf and line.depth == 1
        name, middle = ("KK Område", "KK Område mitt") if group else ("KK Cell indrag", "KK Cell mitt")
        title = f"{line.plan.code}  {line.node.title.in_language(words.language)}"
        page.text(f"B{at}", cut_utf16(title, 90), name)
        page.value(f"C{at}", line.weight, middle)
        page.number(f"D{at}", half_up(shares[line.plan.code], 6), f"{middle}|0.0 %")
        row_height(page, at, 20 if group else 18, (title, width))
        at += 1
    return at - 1


def shares_of(layout: Layout) -> dict[str, Fraction]:
    """Each node's share of the whole, by code, where the rule is a weighing (not a ladder or a judgement)."""
    found: dict[str, Fraction] = {}
    _share(layout.root, Fraction(1), layout, found)
    return found


def _share(plan: Plan, share: Fraction, layout: Layout, found: dict[str, Fraction]) -> None:
    lines = layout.below(plan.code)
    weights = [line.weight for line in lines if line.weight is not None]
    if not lines or len(weights) < len(lines):
        return
    total = sum(weights, Decimal(0))
    for line, weight in zip(lines, weights, strict=True):
        found[line.plan.code] = share * Fraction(weight) / Fraction(total)
        _share(line.plan, found[line.plan.code], layout, found)
