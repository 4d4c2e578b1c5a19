"""The workbook's formulas: how a row's state, weight, contribution and value are worked out live."""

from __future__ import annotations

from dataclasses import dataclass

from reports.cells import formula_text
from reports.workbook.expressions import added, carried, factor, half_up, on_scale, ratio, times, units
from reports.workbook.layout import Layout, Line, scale_of
from reports.workbook.references import Columns, References
from reports.workbook.stated_formulas import ladder, overall_judgement, rung
from reports.workbook.sums import STATED, Sum, is_signed
from reports.workbook.words import Words


@dataclass(frozen=True)
class LineFormulas:
    """The formulas of one row, without "="; "" where the row has none."""

    state: str = ""
    w: str = ""
    wv: str = ""
    num: str = ""
    den: str = ""
    lcm: str = ""
    proposal: str = ""
    changed: str = ""
    shown: str = ""  # of a group: its value


class Formulas:
    """All formulas of a model on one juror's columns, by node code."""

    def __init__(self, layout: Layout, root: Sum, words: Words, columns: Columns) -> None:
        self.layout, self.root, self.words, self.at = layout, root, words, columns
        self.rounding = layout.model.rounding
        rows = {line.plan.code: line.row for line in layout.lines} | {root.plan.code: layout.total_row}
        self.to = References(rows, columns, words, is_signed(root))
        self.by_code: dict[str, LineFormulas] = {}
        self._walk(root, None)

    @property
    def total(self) -> LineFormulas:
        """The total's row."""
        return self.by_code[self.root.plan.code]

    def of_100(self) -> str:
        """The total on a scale from 0 to 100, one decimal."""
        num, den = self.to.cell("num", self.root), self.to.cell("den", self.root)
        lo, span = self.root.plan.lo, self.root.plan.hi - self.root.plan.lo
        top = times(100 * span.denominator, carried(lo.denominator, lo.numerator, num, den))
        bottom = times(lo.denominator * span.numerator, den)
        return f'IF({den}=0,"",{half_up(top, bottom, 1, exact=self.root.exact)})'

    def left(self) -> str:
        """How many lines still lack a value that counts."""
        area = f"{self.at.state}{self.layout.lines[0].row}:{self.at.state}{self.layout.last_row}"
        return added([f"COUNTIF({area},{word})" for word in self._gaps()])

    def done_of(self, line: Line) -> str:
        """ "2 av 3 klara": how many of a group's leaves have a mark."""
        leaves = self.layout.leaves_below(line)
        area = f"{self.at.state}{leaves[0].row}:{self.at.state}{leaves[-1].row}"
        gaps = "".join(f"-COUNTIF({area},{word})" for word in self._gaps())
        tail = self.words.say("common.done_of", count=f"{self.words['common.of']} {len(leaves)}")
        return f"({len(leaves)}{gaps})&{formula_text(f' {tail}')}"

    def _gaps(self) -> list[str]:
        return [self.to.word(f"state.{name}") for name in ("missing", "outside", "invalid")]

    def _walk(self, node: Sum, parent: Sum | None) -> None:
        for child in node.children:
            self._walk(child, node)
        found = self._group(node) if node.children else {}
        if parent is not None:
            found |= rung(self.to, parent, node) if parent.aggregate == "ladder" else self._up(parent, node)
        if node.plan.node.takes_mark:
            found |= self._given(node)
        self.by_code[node.plan.code] = LineFormulas(**found)

    # --- what the juror gave ------------------------------------------------------------------------------

    def _given(self, node: Sum) -> dict[str, str]:
        score, base = self.to.cell("score", node), self.to.cell("base", node)
        changed = f"IF(ISERROR({score}),1,IF(TRIM({score})=TRIM({base}),0,1))"
        return {"state": self._state(node), "changed": changed}

    def _state(self, node: Sum) -> str:
        cell, word, scale = self.to.cell("score", node), self.to.word, scale_of(node.plan)
        invalid, no_evidence = word("state.invalid"), word("blank.no_evidence")
        other = invalid
        if node.plan.node.may_be_not_applicable:
            excused = word("blank.not_applicable")
            other = f"IF(TRIM({cell})={excused},{excused},{invalid})"
        fits = f"AND({on_scale(cell, scale)})"
        return (
            f"IF(OR(ISERROR({cell}),ISLOGICAL({cell})),{invalid},"
            f"IF(ISNUMBER({cell}),IF({fits},{word('state.done')},{word('state.outside')}),"
            f'IF(TRIM({cell})="",{self._empty(node)},'
            f"IF(TRIM({cell})={no_evidence},{no_evidence},{other}))))"
        )

    def _empty(self, node: Sum) -> str:
        """What an empty score cell is called. A stated group is never missing: its parts speak for it."""
        if not node.children:
            return self.to.word("state.missing")
        num, den = self.to.cell("num", node), self.to.cell("den", node)
        proposed = formula_text(self.words.say("entry.proposed", value=""))
        return f'IF({den}=0,"–",{proposed}&{half_up(num, den, self.rounding.places)})'

    # --- what goes up to the group ------------------------------------------------------------------------

    def _up(self, parent: Sum, node: Sum) -> dict[str, str]:
        """The counted weight and the contribution of a row to the group it stands in."""
        weight = "1"
        if parent.aggregate not in STATED:
            weight = f"ROUND({ratio(self.to.cell('weight', node), node.ratio)},0)"
        there = f"{self.to.cell('den', node)}>0" if node.children else self.to.is_marked(node)
        otherwise = "0"
        if self.to.signed and self.to.may_be_excused(node):
            otherwise = f"IF({self.to.is_excused(node)},-{weight},0)"
        w = self.to.cell("w", node)
        contribution = self._contribution(parent, node, w)
        return {"w": f"IF({there},{weight},{otherwise})", "wv": f"IF({w}>0,{contribution},0)"}

    def _contribution(self, parent: Sum, node: Sum, w: str) -> str:
        num = self.to.cell("num", node) if node.children else self.to.mark_units(node)
        den = str(node.own) if node.own else self.to.cell("den", node)
        weighted = parent.aggregate not in ("points_sum", *STATED)
        at = "final" if parent.aggregate in STATED else self.rounding.at
        power = 10**self.rounding.places
        if at == "per_criterion":
            num, den = units(num, den, power), str(power)
        value = carried(node.carry.a, node.carry.b, num, den)
        if weighted:
            value = f"{w}*{factor(value)}"
        if at == "per_product":
            declared = parent.declared if weighted else 1
            return times(declared, units(value, times(node.carry.c * declared, den), power))
        return self._spread(parent, times(parent.scale // node.carry.c, value), den)

    def _spread(self, parent: Sum, value: str, den: str) -> str:
        """A contribution brought over the group's common denominator."""
        if not parent.exact:
            return f"{factor(value)}/{den}"
        if parent.common and den.isdigit():
            return times(parent.common // int(den), value)
        common = str(parent.common) if parent.common else self.to.cell("lcm", parent)
        return f"{factor(value)}*({common}/{den})" if den != "1" else f"{factor(value)}*{common}"

    # --- a group's own value ------------------------------------------------------------------------------

    def _group(self, node: Sum) -> dict[str, str]:
        num, den = self.to.cell("num", node), self.to.cell("den", node)
        found = {} if node.common else {"lcm": f"LCM({','.join(self._lcm_parts(node))})"}
        if node.aggregate == "ladder":
            return found | ladder(self.to, node)
        if node.aggregate == "overall_judgement":
            return found | overall_judgement(self.to, node)
        shown = half_up(num, den, self.rounding.places, exact=node.exact)
        own = self._points(node) if node.aggregate == "points_sum" else self._mean(node)
        return found | own | {"shown": f'IF({den}=0,"",{shown})'}

    def _lcm_parts(self, node: Sum) -> list[str]:
        steady = {child.own for child in node.children if child.own} - {1}
        cells = [self.to.cell("den", child) for child in node.children if not child.own]
        return [*map(str, sorted(steady)), *(f"IF({cell}=0,1,{cell})" for cell in cells)]

    def _mean(self, node: Sum) -> dict[str, str]:
        counted = self.to.counted(node)
        if node.common:
            den = times(node.scale * node.common, counted)
        else:
            den = f"{times(node.scale, self.to.cell('lcm', node))}*{factor(counted)}"
        return {"num": self.to.sum("wv", node), "den": den}

    def _points(self, node: Sum) -> dict[str, str]:
        top = self.to.sum("wv", node)
        common = str(node.common) if node.common else self.to.cell("lcm", node)
        rest = times(node.scale, common)
        if node.kept_back:
            top = times(node.declared, top)
            rest = f"{rest}*({node.declared}{self.to.less_excused(node)})"
        return {"num": top, "den": f"IF({factor(self.to.counted(node))}=0,0,{rest})"}
