"""The rows of a table under import: their cells by field, and what each would do; no query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nominees.models import Municipality
from nominees.recognition import Gazetteer, has_rings
from reports.importing import values
from reports.importing.kinds import Kind
from reports.importing.reading import address_of
from reports.importing.values import ValueTroubleError
from reports.models import ImportDraft

T = TypeVar("T")
NEW, CHANGED, SAME, PROBLEM, LEFT_OUT = "new", "changed", "same", "problem", "left_out"
OUT = "out"
LABELS = {
    PROBLEM: pgettext_lazy("row", "problem"),
    CHANGED: pgettext_lazy("row", "changed"),
    NEW: pgettext_lazy("row", "new"),
    SAME: pgettext_lazy("row", "same"),
    LEFT_OUT: pgettext_lazy("row", "left out"),
}
_ODD = {
    "formula": _("{place} holds a formula without a result. Write the value itself."),
    "error": _("{place} holds a spreadsheet's error. Write the value itself."),
    "date": _("{place} holds a date that cannot be."),
    "control": _("{place} holds characters that can be neither printed nor seen. Write the cell anew."),
    "spill": _("{place} stands beside the last heading. Is a separator sign written inside a value?"),
}


@dataclass(frozen=True)
class Change:
    """One value that the import would write."""

    label: str | Promise
    old: str | Promise
    new: str | Promise


@dataclass(frozen=True)
class Row:
    """What one row of the file would do. `act` is what is handed to the action that writes it."""

    number: int
    status: str
    whom: str
    changes: tuple[Change, ...] = ()
    problems: tuple[str | Promise, ...] = ()
    candidates: tuple[Municipality, ...] = ()
    act: Any = None
    sends_letter: bool = False
    answer: str = ""

    @property
    def label(self) -> str | Promise:
        """The status in words."""
        return LABELS[self.status]


@dataclass
class Cells:
    """One row's cells by field, cleaned and filled, and the problems found in it so far."""

    number: int
    kind: Kind
    values: dict[str, str]
    answer: str = ""
    problems: list[str | Promise] = field(default_factory=list)
    candidates: tuple[Municipality, ...] = ()

    def text(self, name: str) -> str:
        """The cell as it stands."""
        return self.values.get(name, "")

    def take(self, name: str, parse: Callable[..., T], *args: Any) -> T | None:
        """The cell's value, or None when it is empty or a problem."""
        text = self.text(name)
        if not text:
            return None
        try:
            return parse(text, *args)
        except ValueTroubleError as trouble:
            self.say(name, trouble.says)
            return None

    def need(self, name: str, parse: Callable[..., T], *args: Any) -> T | None:
        """As `take`, where an empty cell is a problem."""
        if not self.text(name):
            self.say(name, _("the cell is empty."))
        return self.take(name, parse, *args)

    def say(self, name: str, sentence: str | Promise) -> None:
        """A problem with one field."""
        self.problems.append(format_lazy("{}: {}", self.kind.field(name).label, sentence))

    def municipality(self, gazetteer: Gazetteer, rings: bool) -> Municipality | None:
        """The one the row is about: as the organiser answered, else as it is recognised."""
        if answered := gazetteer.by_code.get(self.answer):
            return answered
        keys = {name: self.text(name) for name in ("code", "name", "number")}
        found = gazetteer.find(**keys, rings=rings)
        if found.municipality is None:
            self.problems.append(found.says)
            self.candidates = found.candidates
        return found.municipality

    @property
    def written(self) -> str:
        """The row in short, for one whose meaning is not clear."""
        said = [self.text(name) for name in ("name", "code", "number", "email") if self.text(name)]
        return ", ".join(said[:2]) or ", ".join(list(self.values.values())[:2])

    def problem(self, whom: str = "") -> Row:
        """The row as one that cannot be imported."""
        problems, candidates = tuple(self.problems), self.candidates
        return Row(self.number, PROBLEM, whom or self.written, (), problems, candidates)

    def row(
        self, whom: str, changes: list[Change], act: Any, *, is_new: bool, sends_letter: bool = False
    ) -> Row:
        """The row as one that can."""
        status = NEW if is_new else CHANGED if changes else SAME
        return Row(
            self.number,
            status,
            whom,
            tuple(changes),
            act=act if status != SAME else None,
            sends_letter=sends_letter and status != SAME,
        )


@dataclass
class Sheet:
    """The rows below the headings. `twice` finds a key that stood in an earlier row."""

    cells: list[Cells]
    rings: bool
    seen: dict[object, int] = field(default_factory=dict)

    def twice(self, cells: Cells, key: object) -> bool:
        """Whether an earlier row is about the same; the later one is the problem."""
        first = self.seen.setdefault(key, cells.number)
        if first == cells.number:
            return False
        says = format_lazy(_("Row {first} is about the same. Take one of them away."), first=first)
        cells.problems.append(says)
        return True


def sheet_of(draft: ImportDraft, kind: Kind) -> Sheet:
    """The draft's rows read by its columns."""
    rows = draft.table["rows"]
    odd: dict[int, list[tuple[int, str]]] = {}
    for number, column, code in draft.table["odd"]:
        odd.setdefault(number, []).append((column, code))
    cells = [
        _cells(draft, kind, number, texts, odd.get(number, []))
        for number, texts in rows[draft.headings + 1 :]
    ]
    return Sheet(cells, rings=any(has_rings(each.text("name")) for each in cells))


def _cells(
    draft: ImportDraft, kind: Kind, number: int, texts: list[str], odd: list[tuple[int, str]]
) -> Cells:
    mapped = {name: place for place, name in enumerate(draft.columns) if name}
    found = {name: texts[place] if place < len(texts) else "" for name, place in mapped.items()}
    cells = Cells(number, kind, {}, draft.answers.get(str(number), ""))
    used = set(mapped.values())
    codes = [(column, code) for column, code in odd if column - 1 in used]
    codes += [
        (place + 1, "control")
        for place in sorted(used)
        if place < len(texts) and values.has_control_characters(texts[place])
    ]
    codes += [(place + 1, "spill") for place in range(len(draft.columns), len(texts)) if texts[place].strip()]
    cells.problems = [format_lazy(_ODD[code], place=address_of(number, column)) for column, code in codes]
    cells.values = {name: values.cleaned(text) for name, text in found.items()}
    for name, fill in draft.fills.items():
        if not cells.values.get(name):
            cells.values[name] = values.cleaned(fill)
    return cells


def differing(pairs: Mapping[str | Promise, tuple[Any, Any]]) -> list[Change]:
    """A change for each label whose old and new value differ; a new value of None says nothing."""
    return [
        Change(label, "" if old is None else old, new)
        for label, (old, new) in pairs.items()
        if new is not None and new != old
    ]


def each_row(sheet: Sheet, judge: Callable[[Cells], Row]) -> Iterator[Row]:
    """Every row judged, except those that the organiser leaves out."""
    for cells in sheet.cells:
        if cells.answer == OUT:
            yield Row(cells.number, LEFT_OUT, cells.written)
        else:
            row = judge(cells)
            yield replace(row, answer=cells.answer) if cells.answer else row
