"""The score table: entries x jurors with gaps, and how it is read from a long file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

COLUMNS = ("entry", "juror", "score")
MOST = 1e9  # a score beyond it, up or down, is a slip, and its squares would drown every other


class TableProblem(ValueError):  # noqa: N818 - a problem with the file, told in its message
    """A line that cannot be read; the message says which and why."""


@dataclass(frozen=True)
class ScoreTable:
    """`y` is entries x jurors (float64), NaN where nobody scored; both in order of first appearance."""

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    y: np.ndarray

    @property
    def seen(self) -> np.ndarray:
        """Boolean entries x jurors: True where there is a score."""
        return ~np.isnan(self.y)

    @property
    def readings(self) -> int:
        """How many scores there are."""
        return int(self.seen.sum())

    @property
    def complete(self) -> bool:
        """Whether every juror scored every entry."""
        return bool(self.y.size) and bool(self.seen.all())

    def scored_only(self) -> ScoreTable:
        """Without the entries and jurors that have no score at all."""
        rows, columns = self.seen.any(axis=1), self.seen.any(axis=0)
        entries = tuple(name for name, kept in zip(self.entries, rows, strict=True) if kept)
        jurors = tuple(name for name, kept in zip(self.jurors, columns, strict=True) if kept)
        return ScoreTable(entries, jurors, self.y[rows][:, columns])

    def in_order(self) -> ScoreTable:
        """The same scores with entries and jurors in order of their names."""
        rows = sorted(range(len(self.entries)), key=self.entries.__getitem__)
        columns = sorted(range(len(self.jurors)), key=self.jurors.__getitem__)
        return ScoreTable(
            tuple(self.entries[row] for row in rows),
            tuple(self.jurors[column] for column in columns),
            self.y[np.ix_(rows, columns)],
        )


def from_triples(triples: Iterable[tuple[str, str, float | None]]) -> ScoreTable:
    """A table from (entry, juror, score); None is a reading that gave no score."""
    entries: dict[str, int] = {}
    jurors: dict[str, int] = {}
    cells: list[tuple[int, int, float]] = []
    for entry, juror, score in triples:
        row = entries.setdefault(entry, len(entries))
        column = jurors.setdefault(juror, len(jurors))
        if score is not None:
            cells.append((row, column, score))
    y = np.full((len(entries), len(jurors)), np.nan)
    for row, column, score in cells:
        y[row, column] = score
    return ScoreTable(tuple(entries), tuple(jurors), y)


def read_csv(text: str) -> ScoreTable:
    """Read a long table `entry,juror,score`; semicolons, a byte order mark and decimal commas are understood.

    TableProblem names the line and the reason: a missing column, an empty name, a score that is no finite
    number, the same entry and juror twice.
    """
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","
    )
    try:
        header = [name.strip().casefold() for name in next(rows, [])]
        order = [header.index(name) for name in COLUMNS]
    except csv.Error as error:
        raise _unreadable(1, error) from None
    except ValueError:
        raise TableProblem(_("Line 1: the columns must be entry, juror and score.")) from None
    return from_triples(_triples(rows, order))


def _triples(rows: Iterable[list[str]], order: list[int]) -> Iterable[tuple[str, str, float | None]]:
    met: dict[tuple[str, str], int] = {}
    reader, line = enumerate(rows, start=2), 1
    while True:
        try:
            line, row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unreadable(line + 1, error) from None
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(order):
            raise TableProblem(_("Line %(line)s: a column is missing.") % {"line": line})
        entry, juror, score = (row[position].strip() for position in order)
        if not entry or not juror:
            raise TableProblem(_("Line %(line)s: the entry or the juror is empty.") % {"line": line})
        if (entry, juror) in met:
            raise TableProblem(
                _("Line %(line)s: %(juror)s has already scored %(entry)s on line %(first)s.")
                % {"line": line, "juror": juror, "entry": entry, "first": met[entry, juror]}
            )
        met[entry, juror] = line
        yield entry, juror, _number(score, line)


def _unreadable(line: int, error: csv.Error) -> TableProblem:
    """Too long a cell, or what else is no CSV, with its line."""
    return TableProblem(
        _("Line %(line)s: it cannot be read as CSV (%(why)s).") % {"line": line, "why": error}
    )


def _number(text: str, line: int) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", ".").replace("\u2212", "-").replace("\xa0", ""))
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or "_" in text:
        raise TableProblem(
            _("Line %(line)s: “%(text)s” is not a number.") % {"line": line, "text": text[:40]}
        )
    if abs(value) > MOST:
        raise TableProblem(
            _("Line %(line)s: the score “%(text)s” is too large.") % {"line": line, "text": text[:40]}
        )
    return value
