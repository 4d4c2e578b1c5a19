"""Has an uploaded workbook read outside the web process, with little memory, little time and no database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from criteria.scoring import Blank, Mark
from reports.workbook.apart import TooHeavyError, answer_of
from reports.workbook.archive import WorkbookError, refuse_at_sight
from reports.workbook.reading import Problem, ReadField, WorkbookReading

READER = "reports.workbook.reader_process"


def read_apart(
    content: bytes,
    *,
    signing_keys: Mapping[str, bytes],
    models: Mapping[str, dict],
    owners: Iterable[tuple[str, str]],
    language: str,
) -> WorkbookReading:
    """As `read_workbook`, in a process of its own; `models` are definitions as in a model's file.

    What is refused at sight costs no process. WorkbookError also when the file takes more memory or time
    than a jury workbook does.
    """
    refuse_at_sight(content)
    question = {
        "language": language,
        "signing_keys": {name: key.hex() for name, key in signing_keys.items()},
        "models": dict(models),
        "owners": list(owners),
    }
    found = _asked(json.dumps(question).encode() + b"\n" + content)
    if "code" in found:
        raise WorkbookError(found["code"], found["says"])
    return WorkbookReading(
        payload=found["payload"],
        fields=[_field(each) for each in found["fields"]],
        problems=[Problem(*each) for each in found["problems"]],
    )


def _asked(question: bytes) -> dict[str, Any]:
    try:
        return answer_of(READER, question)
    except TooHeavyError:
        says = _("The file takes far more to read than a jury workbook does. Fetch a new one.")
        raise WorkbookError("too_heavy", says) from None


def _field(told: list[Any]) -> ReadField:
    entry, row, name, place, base, (value, blank), text = told
    found = None
    if value is not None:
        found = Mark(value=Decimal(value))
    elif blank is not None:
        found = Mark(blank=Blank(blank))
    return ReadField(entry, row, name, place, base, mark=found, text=text)
