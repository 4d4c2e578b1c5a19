"""Where a formula looks: the rows of a model's nodes, the letters of its columns, what a score cell says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.cells import formula_text
from reports.workbook.expressions import added, on_scale, times
from reports.workbook.layout import scale_of
from reports.workbook.sums import Sum
from reports.workbook.words import Words


@dataclass(frozen=True)
class Columns:
    """The letters of one juror's columns on a nomination's sheet."""

    weight: str = "E"
    score: str = "F"
    state: str = "G"
    base: str = "K"
    w: str = "L"
    wv: str = "M"
    num: str = "N"
    den: str = "O"
    lcm: str = "P"
    proposal: str = "Q"
    changed: str = "R"


@dataclass(frozen=True)
class References:
    """Rows by node code, columns, words; `signed` sheets mark "not applicable" by a negative weight."""

    rows: Mapping[str, int]
    at: Columns
    words: Words
    signed: bool

    def row(self, node: Sum) -> int:
        """The node's row."""
        return self.rows[node.plan.code]

    def cell(self, column: str, node: Sum) -> str:
        """The cell of a node in a column, by the column's name: "num", "score" ..."""
        return f"{getattr(self.at, column)}{self.row(node)}"

    def word(self, name: str) -> str:
        """A word as a literal."""
        return formula_text(self.words[name])

    # --- what the state column says -----------------------------------------------------------------------

    def is_marked(self, node: Sum) -> str:
        """The leaf has a value that counts: a number on the scale, or no evidence."""
        state = self.cell("state", node)
        return f"OR({state}={self.word('state.done')},{state}={self.word('blank.no_evidence')})"

    def mark_units(self, node: Sum) -> str:
        """The leaf's value in units of its scale, given that it has one."""
        done = f"{self.cell('state', node)}={self.word('state.done')}"
        return f"IF({done},ROUND({times(node.unit, self.cell('score', node))},0),{node.lowest})"

    # --- what a stated group's score cell says (its state cell shows the proposal: not to be asked) ---------

    def is_stated(self, node: Sum) -> str:
        """The juror has stated the group's own value."""
        cell, scale = self.cell("score", node), scale_of(node.plan)
        says = f"TRIM({cell})={self.word('blank.no_evidence')}"
        number = f"IF(ISNUMBER({cell}),AND({on_scale(cell, scale)}),{says})"
        return f"IF(OR(ISERROR({cell}),ISLOGICAL({cell})),FALSE,{number})"

    def is_shut(self, node: Sum) -> str:
        """The juror has called the group not applicable."""
        cell = self.cell("score", node)
        if not node.plan.node.may_be_not_applicable:
            return "FALSE"
        return f"IF(ISERROR({cell}),FALSE,TRIM({cell})={self.word('blank.not_applicable')})"

    def stated_units(self, node: Sum) -> str:
        """The stated value in units of the group's scale, given that there is one."""
        cell = self.cell("score", node)
        return f"IF(ISNUMBER({cell}),ROUND({times(node.unit, cell)},0),{node.lowest})"

    # --- is a node not applicable -------------------------------------------------------------------------

    def may_be_excused(self, node: Sum) -> bool:
        """Whether the node can be not applicable at all."""
        if not node.children:
            return node.plan.node.may_be_not_applicable
        stated = node.is_marked and node.plan.node.may_be_not_applicable
        return stated or all(self.may_be_excused(child) for child in node.children)

    def is_excused(self, node: Sum) -> str:
        """The node is not applicable."""
        if not node.children:
            return f"{self.cell('state', node)}={self.word('blank.not_applicable')}"
        if node.aggregate == "ladder":
            return self.is_shut(node)
        below = self._all_below_excused(node) if all(map(self.may_be_excused, node.children)) else "FALSE"
        if not node.is_marked:
            return below
        return f"OR({self.is_shut(node)},AND({self.cell('den', node)}=0,{below}))"

    def _all_below_excused(self, node: Sum) -> str:
        cells = self.cells("w", node)
        if self._is_block(node):
            return f"SUMPRODUCT(--({cells[0]}:{cells[-1]}<0))={len(cells)}"
        return f"AND({','.join(f'{cell}<0' for cell in cells)})"

    # --- sums over a group's rows -------------------------------------------------------------------------

    def cells(self, column: str, node: Sum) -> list[str]:
        """The cells of a group's children in a column."""
        return [self.cell(column, child) for child in node.children]

    def sum(self, column: str, node: Sum) -> str:
        """The sum of a column over a group's children."""
        cells = self.cells(column, node)
        return f"SUM({cells[0]}:{cells[-1]})" if self._is_block(node) else added(cells)

    def counted(self, node: Sum) -> str:
        """The sum of the weights of the children that have a value."""
        if not self.signed:
            return self.sum("w", node)
        cells = self.cells("w", node)
        if self._is_block(node):
            return f'SUMIF({cells[0]}:{cells[-1]},">0")'
        return added([f"MAX(0,{cell})" for cell in cells])

    def less_excused(self, node: Sum) -> str:
        """What follows a group's declared points to leave out those not applicable."""
        cells = self.cells("w", node)
        if self._is_block(node):
            return f'+SUMIF({cells[0]}:{cells[-1]},"<0")'
        return "".join(f"+MIN(0,{cell})" for cell in cells)

    def _is_block(self, node: Sum) -> bool:
        """The children stand on rows next to each other."""
        return len(node.children) > 1 and not any(child.children for child in node.children[:-1])
