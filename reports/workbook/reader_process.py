"""Reads one workbook in a process of its own, which knows no database and may take little of the machine.

`python -m reports.workbook.reader_process` takes on its input one line of JSON (what `limited.py` asks) and
then the file's bytes, and writes one JSON object. A file that was refused is an answer, not a failure.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import override

from criteria import model_files
from reports.workbook.apart import limit
from reports.workbook.archive import WorkbookError
from reports.workbook.reading import ReadField, read_workbook

FLOORS = ("awards", "nominees", "criteria", "reports")


def main() -> None:
    """Take the limits on, read, answer."""
    limit()
    content = sys.stdin.buffer.read()
    question, _break, file = content.partition(b"\n")
    del content
    asked = json.loads(question)
    _set_up()
    with override(asked["language"]):
        sys.stdout.write(json.dumps(answer(asked, file)))


def answer(asked: dict[str, Any], file: bytes) -> dict[str, Any]:
    """What stands in the file, or why it was refused, in the language that is on."""
    keys = {name: bytes.fromhex(key) for name, key in asked["signing_keys"].items()}
    models = {name: model_files.parse(definition) for name, definition in asked["models"].items()}
    owners = {(edition, juror) for edition, juror in asked["owners"]}
    try:
        reading = read_workbook(file, keys, models, owners)
    except WorkbookError as error:
        return {"code": error.code, "says": str(error.says)}
    return {
        "payload": {name: value for name, value in reading.payload.items() if name != "cells"},
        "fields": [_told(each) for each in reading.fields],
        "problems": [[each.code, each.place, str(each.says), each.entry] for each in reading.problems],
    }


def _told(each: ReadField) -> list[Any]:
    value = each.mark.value if each.mark else None
    blank = each.mark.blank if each.mark else None
    mark = [None if value is None else str(value), None if blank is None else str(blank)]
    return [each.entry, each.row, each.field, each.place, each.base, mark, each.text]


def _set_up() -> None:
    """Django's translation with our words and nothing else: no apps, no database, no keys but those sent."""
    root = Path(__file__).resolve().parents[2]
    settings.configure(
        USE_I18N=True,
        LANGUAGE_CODE="sv",
        LANGUAGES=[("sv", "Svenska"), ("en", "English")],
        LOCALE_PATHS=[root / floor / "locale" for floor in FLOORS],
    )
    apps.populate(settings.INSTALLED_APPS)  # none; django.setup() would also load logging, mail and the web


if __name__ == "__main__":
    main()
