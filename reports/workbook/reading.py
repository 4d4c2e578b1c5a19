"""Reads a juror's workbook that came back: what stands in the juror's cells, and what could not be read.

Recognised by keys, never by titles or places. Nothing is guessed: what is missing or doubled is a problem
with a name, and a field that was not found is left out, which is not the same as an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.scoring import Mark, Node, ScoringModel, inputs
from criteria.values import parse
from reports.cells import column_letter, plain_text
from reports.workbook.archive import Archive, WorkbookError
from reports.workbook.fingerprint import FORMAT, MAX_CHUNKS, TITLE, VERSION, FingerprintError, opened
from reports.workbook.layout import MOST_AREAS, layout_of
from reports.workbook.locked import (
    LOCKED,
    LockedRow,
    changed_in_overview,
    changed_on,
    has_formulas,
    locked_rows,
    told,
)
from reports.workbook.raw_sheets import RawCell, RawSheet, read_sheets

SHEET_KEY = re.compile(r"kk:nominering:([0-9A-Za-z][0-9A-Za-z._-]{0,39})")
TEXT_FIELDS = {"strengths": 1, "improve": 2, "evidence": 3}  # place among a row's versions
NOTES = ("_privat", "_jury")
NO_RESULT = _("The cell holds a formula without a result. Write the value itself.")
FIRST_COLUMN = 1  # where the writer puts the keys
NEEDED = ("key", "code", "score", *TEXT_FIELDS, "levels", "weight")
NAMED = (*NEEDED, *(name for name in LOCKED if name not in NEEDED))


@dataclass(frozen=True)
class Problem:
    """Something that could not be read: a code for tests, where it is ("Eskilstuna!F7"), and a sentence."""

    code: str
    place: str
    says: str | Promise
    entry: str = ""  # the nomination's code


@dataclass(frozen=True)
class ReadField:
    """One field as it stands in the file. `row` is a criterion's code, "_privat" or "_jury"."""

    entry: str
    row: str
    field: str  # score, strengths, improve, evidence or note
    place: str
    base: int  # the version it had when the file was issued
    mark: Mark | None = None  # of a score
    text: str = ""  # of the others


@dataclass
class WorkbookReading:
    """What a file says: whose it is, its fields, and the problems in the order of the sheets."""

    payload: Mapping[str, Any]
    fields: list[ReadField] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(
    content: bytes,
    signing_keys: Mapping[str, bytes],
    models: Mapping[str, ScoringModel],
    owners: Container[tuple[str, str]] | None = None,
) -> WorkbookReading:
    """Read an uploaded file. WorkbookError when nothing in it may be used.

    `models` are the scoring models that a file may be about, by "code-vN". `owners` are the (edition, juror)
    whose files may be read; without it that is for the caller to ask of `payload`.
    """
    sheets = read_sheets(Archive(content))
    payload = _payload(sheets, signing_keys)
    if owners is not None and (payload.get("edition"), payload.get("juror")) not in owners:
        says = _("The file is another juror's, or of another edition. Fetch your own and fill in that one.")
        raise WorkbookError("other_owner", says)
    model = models.get(str(payload.get("model")))
    if model is None:
        says = _(
            "The file was made for an older scoring model. Fetch a new one and paste your values into it."
        )
        raise WorkbookError("other_model", says)
    reading = WorkbookReading(payload)
    nodes = {node.code: node for node in inputs(model)}
    locked = locked_rows(model, str(payload.get("language"))) if has_formulas(sheets) else {}
    found, expected = _by_entry(sheets), _expected(payload)
    if locked:
        _look_at_overview(reading, sheets, model, expected)
    for entry, keys in expected.items():
        sheet = found.get(entry)
        if sheet is None:
            says = format_lazy(
                _("The sheet of nomination {code} is gone. Its values stay as they are."), code=entry
            )
            reading.problems.append(Problem("sheet_missing", entry, says, entry))
        else:
            _SheetReader(reading, sheet, entry, keys, nodes, locked).read()
    return reading


# --- whose file -------------------------------------------------------------------------------------------


def _payload(sheets: list[RawSheet], signing_keys: Mapping[str, bytes]) -> dict[str, Any]:
    machine = next((sheet for sheet in sheets if sheet.title == TITLE), None)
    if machine is None or _value(machine, 1, 1) != FORMAT:
        raise _no_mark()
    if str(_value(machine, 1, 2)) != str(VERSION):
        raise WorkbookError(
            "other_format", _("The file was made by another version of this site. Fetch a new one.")
        )
    count = _value(machine, 4, 2)
    if not isinstance(count, int) or not 0 < count <= MAX_CHUNKS:
        raise _no_mark()
    chunks = [str(_value(machine, 5 + number, 2) or "") for number in range(count)]
    try:
        return opened(str(_value(machine, 2, 2) or ""), chunks, signing_keys)
    except FingerprintError as error:
        says = _(
            "The file's mark is not ours or has been changed. Fetch a new file and paste your values into it."
        )
        raise WorkbookError(f"mark_{error.args[0]}", says) from None


def _value(sheet: RawSheet, row: int, column: int) -> object:
    cell = sheet.cells.get((row, column))
    return cell.value if cell else None


def _no_mark() -> WorkbookError:
    says = _("The file's mark is missing. Fetch a new file and paste your values into it.")
    return WorkbookError("no_mark", says)


def _expected(payload: Mapping[str, Any]) -> dict[str, dict[str, list[int]]]:
    """The signed base versions: by entry, by row."""
    found: dict[str, dict[str, list[int]]] = {}
    for key, versions in payload["cells"].items():
        entry, _slash, row = key.partition("/")
        found.setdefault(entry, {})[row] = versions
    return found


def _by_entry(sheets: list[RawSheet]) -> dict[str, RawSheet]:
    """The sheet of each nomination; one without its row of names counts where no other carries the key."""
    found: dict[str, RawSheet] = {}
    nameless: list[tuple[str, RawSheet]] = []
    for sheet in sheets:
        codes, named = _sheet_keys(sheet)
        if not named:
            nameless += [(code, sheet) for code in codes]
            continue
        if len(codes) > 1:
            says = format_lazy(
                _("The sheet “{sheet}” carries two nominations. Fetch a new file."), sheet=sheet.title
            )
            raise WorkbookError("sheet_of_two", says)
        for code in codes:
            if code in found:
                says = format_lazy(
                    _("The sheets “{one}” and “{other}” are one nomination. Delete the copy and try again."),
                    one=found[code].title,
                    other=sheet.title,
                )
                raise WorkbookError("sheet_doubled", says)
            found[code] = sheet
    for code, sheet in nameless:
        found.setdefault(code, sheet)
    return found


def _sheet_keys(sheet: RawSheet) -> tuple[set[str], bool]:
    """The nominations that a sheet's own column of keys names, and whether a row of names led to it.

    Nobody writes in that column. A key in any other cell is a text that somebody wrote.
    """
    columns = {column for columns in _name_rows(sheet).values() for column in columns.get("key", ())}
    codes = _keys_in(sheet, columns) or _keys_in(sheet, {FIRST_COLUMN})
    return codes, bool(columns)


def _keys_in(sheet: RawSheet, columns: Container[int]) -> set[str]:
    return {
        match[1]
        for (_row, column), cell in sheet.cells.items()
        if column in columns and isinstance(cell.value, str) and (match := SHEET_KEY.fullmatch(cell.value))
    }


def _name_rows(sheet: RawSheet) -> dict[int, dict[str, list[int]]]:
    """The rows that name the columns, each as {machine name: the columns it stands in}."""
    rows: dict[int, dict[str, list[int]]] = {}
    for (row, column), cell in sheet.cells.items():
        if isinstance(cell.value, str) and cell.value in NAMED:
            rows.setdefault(row, {}).setdefault(cell.value, []).append(column)
    return {row: names for row, names in rows.items() if names.keys() >= {"key", "code", "score"}}


def _look_at_overview(
    reading: WorkbookReading, sheets: list[RawSheet], model: ScoringModel, entries: Collection[str]
) -> None:
    top = len(layout_of(model).top)
    changed = changed_in_overview(sheets, top if top <= MOST_AREAS else 0, entries)
    if changed is not None:
        sheet, places = changed
        row, column = places[0]
        place = f"{sheet.title}!{column_letter(column)}{row}"
        reading.problems.append(Problem("locked_changed", place, told(places)))


# --- one nomination ---------------------------------------------------------------------------------------


@dataclass
class _SheetReader:
    """Reads the fields of one nomination's sheet into a reading."""

    reading: WorkbookReading
    sheet: RawSheet
    entry: str
    keys: Mapping[str, list[int]]
    nodes: Mapping[str, Node]
    locked: Mapping[str, LockedRow]
    columns: dict[str, int] = field(default_factory=dict)
    names_row: int = 0

    def read(self) -> None:
        """Find the columns by their machine names, the rows by their keys, and read what is the juror's."""
        if not self._find_columns():
            return
        rows = self._rows_by_key()
        for row, versions in self.keys.items():
            numbers = rows.get(f"{self.entry}/{row}", [])
            if len(numbers) != 1:
                self._missing_or_doubled(row, numbers)
            elif row in NOTES:
                self._read_text(row, "note", numbers[0], ("levels", versions[0]))
            elif row not in self.nodes:
                self._problem("unknown_row", numbers[0], "key", _("The scoring model has no such criterion."))
            elif self._codes_agree(row, numbers[0]):
                self._read_row(row, numbers[0], versions)
        self._look_at_locked(rows)

    def _look_at_locked(self, rows: Mapping[str, list[int]]) -> None:
        """Tell once of all the sheet's locked cells that were changed."""
        found = [
            (numbers[0], row)
            for key, row in self.locked.items()
            if len(numbers := rows.get(f"{self.entry}/{key}", [])) == 1
        ]
        if found and (places := changed_on(self.sheet, self.columns, found, self.names_row)):
            place = f"{self.sheet.title}!{column_letter(places[0][1])}{places[0][0]}"
            self.reading.problems.append(Problem("locked_changed", place, told(places), self.entry))

    def _find_columns(self) -> bool:
        rows = _name_rows(self.sheet)
        if len(rows) != 1:
            self._sheet_problem(
                "names_missing", _("The hidden row that names the columns is gone or doubled.")
            )
            return False
        ((self.names_row, here),) = rows.items()
        for name in NAMED:
            places = here.get(name, [])
            if len(places) == 1:
                self.columns[name] = places[0]
            elif name in NEEDED:
                says = format_lazy(_("The column “{name}” is gone or doubled; it was not read."), name=name)
                self._sheet_problem("column_missing", says)
        return {"key", "code"} <= set(self.columns)

    def _rows_by_key(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for (row, column), cell in self.sheet.cells.items():
            if column == self.columns["key"] and isinstance(cell.value, str):
                rows.setdefault(cell.value, []).append(row)
        return rows

    def _missing_or_doubled(self, row: str, numbers: list[int]) -> None:
        if numbers:
            places = ", ".join(str(number) for number in numbers)
            says = format_lazy(
                _("{row} stands on rows {places}. Delete the copy; none of them was read."),
                row=row,
                places=places,
            )
            self._sheet_problem("row_doubled", says)
        else:
            says = format_lazy(_("The row of {row} is gone. Its values stay as they are."), row=row)
            self._sheet_problem("row_missing", says)

    def _codes_agree(self, row: str, number: int) -> bool:
        cell = self.sheet.cells.get((number, self.columns["code"]))
        if cell is not None and str(cell.value).strip() == row:
            return True
        says = format_lazy(
            _("The row's hidden key says {row}, its code something else. Sort whole rows. It was not read."),
            row=row,
        )
        self._problem("codes_differ", number, "code", says)
        return False

    def _read_row(self, row: str, number: int, versions: list[int]) -> None:
        if "score" in self.columns:
            self._read_score(row, number, versions[0])
        for name, place in TEXT_FIELDS.items():
            if name in self.columns:
                self._read_text(row, name, number, (name, versions[place]))

    def _read_score(self, row: str, number: int, base: int) -> None:
        cell = self._cell(number, "score")
        if cell is _REFUSED:
            return
        if cell is not None and cell.is_formula and cell.value == "":
            self._problem("formula", number, "score", NO_RESULT)
            return
        found = parse(_typed(cell), self.nodes[row], percent=bool(cell and cell.percent))
        if not found.ok:
            self._problem("value", number, "score", found.reason)
            return
        place = self._place(number, "score")
        self.reading.fields.append(ReadField(self.entry, row, "score", place, base, mark=found.mark))

    def _read_text(self, row: str, name: str, number: int, where: tuple[str, int]) -> None:
        column, base = where
        if column not in self.columns:
            return
        cell = self._cell(number, column)
        if cell is _REFUSED:
            return
        text = plain_text(_as_text(cell)) if cell else ""
        place = self._place(number, column)
        self.reading.fields.append(ReadField(self.entry, row, name, place, base, text=text))

    def _cell(self, number: int, column: str) -> RawCell | None:
        """The cell, or _REFUSED after the problem was noted."""
        at = (number, self.columns[column])
        cell = self.sheet.cells.get(at)
        if self.sheet.covers(*at):
            self._problem(
                "merged", number, column, _("The cell is merged with others. Split it and try again.")
            )
            return _REFUSED
        if cell is not None and cell.kind == "formula":
            self._problem("formula", number, column, NO_RESULT)
            return _REFUSED
        if cell is not None and cell.kind == "error":
            says = format_lazy(_("The cell holds an error ({value})."), value=str(cell.value))
            self._problem("error", number, column, says)
            return _REFUSED
        return cell

    def _place(self, number: int, column: str) -> str:
        return f"{self.sheet.title}!{column_letter(self.columns[column])}{number}"

    def _problem(self, code: str, number: int, column: str, says: str | Promise) -> None:
        self.reading.problems.append(Problem(code, self._place(number, column), says, self.entry))

    def _sheet_problem(self, code: str, says: str | Promise) -> None:
        self.reading.problems.append(Problem(code, self.sheet.title, says, self.entry))


_REFUSED = RawCell("", "refused", None)


def _typed(cell: RawCell | None) -> object:
    """A cell's value as the scale's reader takes it."""
    if cell is None:
        return None
    return date.min if cell.kind == "date" else cell.value


def _as_text(cell: RawCell) -> str:
    """A text cell's value; a number or a truth typed there is taken as it was written."""
    return {True: "TRUE", False: "FALSE"}[cell.value] if isinstance(cell.value, bool) else str(cell.value)


def fields_of(reading: WorkbookReading, entry: str) -> Iterator[ReadField]:
    """The fields of one nomination."""
    return (each for each in reading.fields if each.entry == entry)
