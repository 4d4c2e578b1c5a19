"""Saving improvement areas, initiatives and challenges as rows; adding, ordering and removing them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Person
from awards.verdicts import no
from nominees import permissions
from nominees.actions.turns import take_turn
from nominees.application import last_entry_id
from nominees.areas import FIELDS, LINKS, MOST_AREAS, MOST_ROWS, row_values
from nominees.drafts import Saved, Written, mark, settle
from nominees.models import Challenge, ImprovementArea, Initiative, Nomination
from nominees.states import Continuation, Direction
from nominees.succession import settle_succession
from nominees.typed import read_choice, read_text, read_title
from nominees.words import LONGEST

ROWS: dict[str, type[Model]] = {"area": ImprovementArea, "initiative": Initiative, "challenge": Challenge}
MOST = {"area": MOST_AREAS, "initiative": MOST_ROWS, "challenge": MOST_ROWS}
GONE = _(
    "This row is no longer in the application; a colleague may have removed it. Nothing of it was saved."
)
WRITTEN_SINCE = _(
    "A colleague has written in this row since you opened the page, so it stays. Read it, and remove it then."
)
_NAME = re.compile(r"(area|initiative|challenge)-([0-9]{1,18})-([a-z_]+)")


def write_rows(*, nomination: Nomination, written: Mapping[str, Written]) -> Saved:
    """Write what was changed in rows that exist, within the caller's transaction."""
    posted: dict[str, dict[int, dict[str, Written]]] = {}
    for name, typed in written.items():
        if found := _NAME.fullmatch(name):
            kind, pk, field = found.groups()
            posted.setdefault(kind, {}).setdefault(int(pk), {})[field] = typed
    saved = Saved()
    for kind, rows in posted.items():
        stored = ROWS[kind].objects.filter(nomination=nomination).in_bulk()
        reader = _Reader(nomination, kind)
        for pk, fields in rows.items():
            saved += _write_row(reader, stored.get(pk), f"{kind}-{pk}-", fields)
    return saved


def _write_row(reader: _Reader, row: Model | None, prefix: str, fields: Mapping[str, Written]) -> Saved:
    """One row; its fields clash one by one."""
    if row is None:
        return Saved(problems={f"{prefix}{name}": GONE for name in fields})
    sound, problems = {}, {}
    for name in FIELDS[reader.kind]:
        if name not in fields:
            continue
        value, problem = reader.read(name, fields[name].value)
        if problem:
            problems[f"{prefix}{name}"] = problem
        else:
            sound[f"{prefix}{name}"] = Written(value, fields[name].was)
    stored = {f"{prefix}{name}": value for name, value in row_values(reader.kind, row).items()}
    changes, saved = settle(stored, sound, problems)
    if reader.kind == "area":
        changes, saved = settle_succession(prefix, stored, changes, saved)
    if changes:
        reader.write(row, {name.removeprefix(prefix): value for name, value in changes.items()})
    return saved


class _Reader:
    """Reads and writes the fields of one kind of row."""

    def __init__(self, nomination: Nomination, kind: str) -> None:
        self.nomination, self.kind = nomination, kind
        self._known: dict[str, set[str]] = {}

    def read(self, name: str, raw: str) -> tuple[str, object]:
        """(the value, the problem)."""
        if name == "title":
            return read_title(raw)
        if name == "direction":
            empty = [""] if self.kind == "challenge" else []
            return read_choice(raw, Direction.values) if raw or empty else (raw, _("Choose a direction."))
        if name == "continuation":
            return read_choice(raw, Continuation.values)
        if name in LINKS:
            return read_choice(raw, self._linkable(name))
        return read_text(raw, LONGEST)

    def write(self, row: Model, changes: Mapping[str, str]) -> None:
        """Put the changes on the row."""
        values = {
            f"{name}_id" if name in LINKS else name: (int(value) if value else None)
            if name in LINKS
            else value
            for name, value in changes.items()
        }
        for name, value in values.items():
            setattr(row, name, value)
        if self.kind == "area":
            row.version = F("version") + 1
            values["version"] = row.version
        row.save(update_fields=list(values))

    def _linkable(self, name: str) -> set[str]:
        """The areas that may be named: of the last entry, or of this one. Asked once, when needed."""
        if name not in self._known:
            entry = last_entry_id(self.nomination) if name == "predecessor" else self.nomination.pk
            pks = ImprovementArea.objects.filter(nomination=entry).values_list("pk", flat=True)
            self._known[name] = {str(pk) for pk in pks}
        return self._known[name]


# Rows come, move and go -----------------------------------------------------------------------------
@transaction.atomic
def add_row(*, nomination: Nomination, kind: str, now: datetime, by: Person) -> Model:
    """An empty row at the end, with a journal row; an empty one that stands there already is used again."""
    permissions.may_write(by, nomination, now).require()
    take_turn(nomination, now, by)
    rows = ROWS[kind].objects.filter(nomination=nomination)
    if empty := rows.filter(title="").first():
        return empty
    if rows.count() >= MOST[kind]:
        no(format_lazy(_("There can be at most {most} rows here."), most=MOST[kind])).require()
    last = rows.aggregate(last=Max("position"))["last"] or 0
    start = {"direction": Direction.OUTWARD} if kind == "area" else {}
    row = ROWS[kind].objects.create(nomination=nomination, title="", position=last + 1, **start)
    journal.record(f"add_{kind}", row, by=by, edition=nomination.edition, nomination=nomination.pk)
    return row


@transaction.atomic
def take_area(
    *, nomination: Nomination, predecessor: int, continuation: str, now: datetime, by: Person
) -> ImprovementArea:
    """Go on with an area of the last entry, or say that it was achieved or dropped; once for each."""
    permissions.may_write(by, nomination, now).require()
    take_turn(nomination, now, by)
    before = ImprovementArea.objects.filter(nomination=last_entry_id(nomination), pk=predecessor).first()
    if before is None or continuation not in Continuation.values:
        no(GONE).require()
    rows = ImprovementArea.objects.filter(nomination=nomination)
    if taken := rows.filter(predecessor=before).first():
        return taken
    if rows.count() >= MOST_AREAS:
        no(format_lazy(_("There can be at most {most} rows here."), most=MOST_AREAS)).require()
    area = ImprovementArea.objects.create(
        nomination=nomination,
        direction=before.direction,
        title=before.title,
        aim=before.aim,
        position=(rows.aggregate(last=Max("position"))["last"] or 0) + 1,
        predecessor=before,
        continuation=continuation,
    )
    journal.record("take_area", area, by=by, edition=nomination.edition, nomination=nomination.pk)
    return area


@transaction.atomic
def remove_row(
    *,
    nomination: Nomination,
    kind: str,
    pk: int,
    written: Mapping[str, Written] | None = None,
    now: datetime,
    by: Person,
) -> bool:
    """Take a row away with a journal row; False when it was gone already.

    `written` is what the page posts beside: refused when the row holds a text that neither was shown there
    nor comes from there, for a colleague has written it since.
    """
    permissions.may_write(by, nomination, now).require()
    take_turn(nomination, now, by)
    row = ROWS[kind].objects.filter(nomination=nomination, pk=pk).first()
    if row is None:
        return False
    reader = _Reader(nomination, kind)
    for name, held in row_values(kind, row).items():
        shown = (written or {}).get(f"{kind}-{pk}-{name}")
        if not (shown and shown.was) or shown.was == mark(held):
            continue
        value, _problem = reader.read(name, shown.value)
        if value != held:
            no(WRITTEN_SINCE).require()
    journal.record(f"remove_{kind}", row, by=by, edition=nomination.edition, nomination=nomination.pk)
    row.delete()
    return True


@transaction.atomic
def move_area(*, nomination: Nomination, pk: int, places: int, now: datetime, by: Person) -> bool:
    """Move an area up (-1) or down (1) among those of its direction, with a journal row."""
    permissions.may_write(by, nomination, now).require()
    take_turn(nomination, now, by)
    rows = list(ImprovementArea.objects.filter(nomination=nomination).order_by("position", "pk"))
    area = next((row for row in rows if row.pk == pk), None)
    if area is None:
        return False
    alike = [row for row in rows if row.direction == area.direction]
    there = alike.index(area) + places
    if not 0 <= there < len(alike):
        return False
    alike.remove(area)
    alike.insert(there, area)
    for position, row in enumerate(alike, start=1):
        row.position = position
    ImprovementArea.objects.bulk_update(alike, ["position"])
    journal.record("move_area", area, by=by, edition=nomination.edition, nomination=nomination.pk)
    return True
