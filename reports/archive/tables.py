"""Every table that hangs on an edition, found by following its keys, so that no new one is forgotten."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import IO

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from awards.models import Edition

FLOORS = ("awards", "nominees", "criteria", "reports")
ROWS_AT_A_TIME = 1000
# What no key leads to from the row itself.
PATHS = {
    "awards.edition": "pk",
    "awards.award": "editions",
    "awards.fair": "editions",
    "awards.journalentry": "edition_id",
    "nominees.municipality": "nominations__edition",
    "nominees.contribution": "fair__editions",
    "nominees.contribution_municipalities": "contribution__fair__editions",
    "nominees.theme": "contributions__fair__editions",
    "criteria.scoringmodel": "rounds__edition",
}
# Letters, invitations and lists on their way in are about people; jobs expire; views are habits.
LEFT_OUT = frozenset(
    {
        "awards.person",
        "awards.invitation",
        "awards.job",
        "awards.letter",
        "criteria.tie",
        "reports.importdraft",
        "reports.columnmemory",
        "reports.savedview",
    }
)
# A juror's own notes, free words about people, what was searched for, secrets.
COLUMNS_LEFT_OUT = {
    "criteria.scoresheet": {"private_note"},
    "criteria.recusal": {"note"},
    "nominees.contact": {"title"},
    "reports.exportreceipt": {"details", "filters"},
}
NEVER = frozenset({"email", "password", "secret_hash", "code_hash"})


def tables_of(edition: Edition) -> Iterator[tuple[str, QuerySet]]:
    """(name, its rows in this edition) of each table, by name."""
    for model in sorted(_models(), key=lambda each: each._meta.label_lower):  # noqa: SLF001 - Django's documented model interface
        name = model._meta.label_lower  # noqa: SLF001 - Django's documented model interface
        path = PATHS.get(name) or path_to_edition(model)
        if path and name not in LEFT_OUT:
            wanted = edition.pk
            rows = model._default_manager.filter(pk__in=_keys(model, path, wanted))  # noqa: SLF001 - as above
            yield name, rows.order_by("pk")


def path_to_edition(model: type[models.Model]) -> str:
    """The shortest way along the table's keys to an edition, such as `nomination__edition`; or nothing."""
    waiting: deque[tuple[type[models.Model], str]] = deque([(model, "")])
    met = {model}
    while waiting:
        here, path = waiting.popleft()
        for field in here._meta.concrete_fields:  # noqa: SLF001 - Django's documented model interface
            target = field.related_model
            if target is None or target in met:
                continue
            there = f"{path}{field.name}"
            if target is Edition:
                return there
            met.add(target)
            waiting.append((target, f"{there}__"))
    return ""


def write_rows(name: str, rows: QuerySet, target: IO[str]) -> int:
    """The rows as a JSON list of objects, one a line; gives how many. People stand there by number."""
    left_out = COLUMNS_LEFT_OUT.get(name, set()) | NEVER
    columns = [
        field.attname
        for field in rows.model._meta.concrete_fields  # noqa: SLF001 - Django's documented model interface
        if field.name not in left_out and not isinstance(field, models.BinaryField)
    ]
    count = 0
    target.write("[")
    for row in rows.values(*columns).iterator(ROWS_AT_A_TIME):
        target.write(",\n" if count else "\n")
        target.write(json.dumps(row, ensure_ascii=False, default=_written))
        count += 1
    target.write("\n]\n")
    return count


def _models() -> Iterator[type[models.Model]]:
    for floor in FLOORS:
        yield from apps.get_app_config(floor).get_models(include_auto_created=True)


def _keys(model: type[models.Model], path: str, wanted: int) -> QuerySet:
    return model._default_manager.filter(**{path: wanted}).order_by().values("pk")  # noqa: SLF001 - Django's documented model interface


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value)} has no place in a package")
