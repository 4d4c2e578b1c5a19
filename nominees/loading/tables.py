"""Data files as rows that know where they stand, so that a wrong one can be pointed at."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db.models import Model

SHIPPED = Path(__file__).resolve().parent.parent / "data"


class DataTroubleError(Exception):
    """Something in the files is wrong; `lines` says what, a line for each, and nothing was written."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass
class Troubles:
    """Collects what is wrong until everything has been read."""

    lines: list[str] = field(default_factory=list)

    def note(self, file: str, row: int | None, why: str) -> None:
        """One line: file, row, why."""
        self.lines.append(f"{file}, row {row}: {why}" if row else f"{file}: {why}")

    def stop_if_any(self) -> None:
        """Raise everything at once."""
        if self.lines:
            raise DataTroubleError(self.lines)


@dataclass(frozen=True)
class Row:
    """One row, numbered as a spreadsheet does (the header is 1). A wrong value is noted, and read as None."""

    file: str
    number: int
    values: dict[str, str]
    troubles: Troubles

    def trouble(self, why: str) -> None:
        """This row is wrong."""
        self.troubles.note(self.file, self.number, why)

    def text(self, column: str) -> str:
        """What stands there, without blanks around."""
        return self.values[column].strip()

    def required(self, column: str) -> str:
        """What stands there; nothing is wrong."""
        text = self.text(column)
        if not text:
            self.trouble(f"{column} is empty")
        return text

    def one_of(self, column: str, known: Iterable[str]) -> str:
        """One of the known values; anything else is wrong."""
        text, known = self.text(column), list(known)
        if text not in known:
            self.trouble(f"{column} is “{text}”, not one of {', '.join(known)}")
        return text

    def whole(self, column: str, *, needed: bool = True) -> int | None:
        """A whole number of digits only."""
        text = self.text(column)
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        if text or needed:
            self.trouble(f"{column} is “{text}”, not a whole number")
        return None

    def decimal(self, column: str, *, needed: bool = True) -> Decimal | None:
        """A number with a decimal point."""
        text = self.text(column)
        try:
            number = Decimal(text) if text else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            if text or needed:
                self.trouble(f"{column} is “{text}”, not a number")
            return None
        return number

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """A date as 2015-11-03."""
        text = self.text(column)
        try:
            return date.fromisoformat(text) if text or needed else None
        except ValueError:
            self.trouble(f"{column} is “{text}”, not a date such as 2015-11-03")
            return None

    def yes(self, column: str) -> bool:
        """Yes or no."""
        return self.one_of(column, ("yes", "no")) == "yes"

    def fits(self, model: type[Model], values: Mapping[str, object]) -> None:
        """Every text is short enough for its column in the database."""
        for name, value in values.items():
            limit = getattr(model._meta.get_field(name), "max_length", None)  # noqa: SLF001 - documented
            if isinstance(value, str) and limit and len(value) > limit:
                self.trouble(f"{name} is longer than {limit} characters: “{value[:40]}…”")


@dataclass
class Shelf:
    """The files to load: those of `folder`, and the product's own for what it lacks."""

    folder: Path = SHIPPED
    troubles: Troubles = field(default_factory=Troubles)

    def path(self, name: str) -> Path:
        """Where the file is."""
        own = self.folder / name
        return own if own.exists() else SHIPPED / name

    def rows(self, name: str, *columns: str) -> list[Row]:
        """The rows of a CSV file with these columns; a file that cannot be read is one trouble."""
        return list(self._rows(name, columns))

    def _rows(self, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
        text = self._text(name)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: list[str] | None = None
        seen: dict[tuple[str, ...], int] = {}
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if header is None:
                    header = cells
                    if missing := [column for column in columns if column not in header]:
                        self.troubles.note(name, 1, f"the column {', '.join(missing)} is missing")
                        return
                elif len(cells) != len(header):
                    self.troubles.note(name, number, f"has {len(cells)} values, the header {len(header)}")
                elif seen.setdefault(tuple(cells), number) != number:
                    self.troubles.note(name, number, f"is the same as row {seen[tuple(cells)]}")
                else:
                    yield Row(name, number, dict(zip(header, cells, strict=True)), self.troubles)
        except csv.Error as error:
            self.troubles.note(name, number + 1, f"is not CSV: {error}")
            return
        if text and number < 2:
            self.troubles.note(name, None, "holds no rows")

    def story(self, name: str) -> dict:
        """A JSON file that holds an object."""
        try:
            story = json.loads(self._text(name) or "{}")
        except json.JSONDecodeError as error:
            self.troubles.note(name, error.lineno, f"is not JSON: {error.msg}")
            return {}
        if not isinstance(story, dict):
            self.troubles.note(name, None, "is not a JSON object")
            return {}
        return story

    def _text(self, name: str) -> str:
        try:
            text = self.path(name).read_text(encoding="utf-8-sig")
            if text and "\x00" not in text:
                return text
            self.troubles.note(name, None, "holds NUL characters" if text else "is empty")
        except UnicodeDecodeError as error:
            row = error.object[: error.start].count(b"\n") + 1
            self.troubles.note(name, row, "is not UTF-8")
        except OSError as error:
            self.troubles.note(name, None, f"cannot be read: {error.strerror}")
        return ""
