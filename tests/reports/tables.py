"""Tables as organisers have them: CSV in any encoding, workbooks with anything in a cell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile


def csv_of(rows: Sequence[Sequence[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """Rows as a text file."""
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def xlsx_of(rows: Sequence[Sequence[Any]], *more: Sequence[Sequence[Any]]) -> bytes:
    """Rows as the first sheet of a workbook, and further sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet_rows in enumerate((rows, *more), start=1):
        sheet = book.create_sheet(f"Blad{number}")
        for row in sheet_rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, edition, kind: str, content: bytes, *, name: str = "lista.csv", source: str = "SKR"):
    """Choose the file; the answer of the page that comes."""
    posted = {"edition": edition.key, "kind": kind, "source": source}
    return client.post("/organiser/import/", {**posted, "file": SimpleUploadedFile(name, content)})


def columns(client, address: str, **changed: str):
    """Take the columns as they were guessed, with some changed; the answer."""
    form = client.get(address).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    return client.post(
        address, {**said, **{name.replace("_", "-"): value for name, value in changed.items()}}
    )


def shown(client, edition, kind: str, content: bytes, *, name: str = "lista.csv", **changed: str):
    """Upload, take the columns, and give the page that shows the rows."""
    address = upload(client, edition, kind, content, name=name)["Location"]
    return client.get(columns(client, address, **changed)["Location"], {"show": "all"})


def results(page) -> list[tuple[int, str, str]]:
    """(row, status, what it is about) of each row shown."""
    return [(row.number, row.status, row.whom) for row in page.context["rows"]]


def problems(page) -> list[str]:
    """Every problem on the page, in words."""
    return [f"{row.number}: {problem}" for row in page.context["rows"] for problem in row.problems]


def confirm(client, page, **more: str):
    """Import what the page shows; the answer."""
    draft = page.context["draft"]
    posted = {"digest": page.context["page"].plan.digest, **more}
    return client.post(f"/organiser/import/{draft.pk}/confirm/", posted, follow=True)
