"""Has an uploaded table read outside the web process, and says in words why one cannot be."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reports.importing.reading import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, RawTable
from reports.workbook.apart import TooHeavyError, answer_of
from reports.workbook.archive import WorkbookError, refuse_at_sight

READER = "reports.importing.reader_process"
MEGABYTES = LARGEST_FILE // 2**20
_SAYS: dict[str, str | Promise] = {
    "empty": _("The file holds no rows."),
    "too_large": format_lazy(
        _("The file is larger than {most} MB, or unpacks to far more than a list does. Divide it."),
        most=MEGABYTES,
    ),
    "too_many_rows": format_lazy(_("The file has more than {most} rows. Divide it."), most=MOST_ROWS),
    "too_many_columns": format_lazy(
        _("The file has more than {most} columns. Take away those that are not needed."), most=MOST_COLUMNS
    ),
    "encoding": _("The file's text cannot be read. Save it as CSV in UTF-8, or as .xlsx, and try again."),
    "binary": _("This is not a table. Save it as .xlsx or CSV and try again."),
    "garbled": _(
        "The file's å, ä and ö were destroyed by an earlier program. Save the original anew as CSV in UTF-8."
    ),
    "not_csv": _("Row {row} cannot be read: a quotation mark is missing, or a cell is far too long."),
    "too_heavy": _("The file takes far more to read than a list does. Copy its values to a new file."),
    "damaged": _("The file is damaged. Open it, save it again as .xlsx and try again."),
    "not_a_workbook": _("This is not a table. Save it as .xlsx or CSV and try again."),
    "old_or_encrypted": _(
        "The file is an old .xls file or has a password. Save it as .xlsx without a password."
    ),
    "opendocument": _("This is an OpenDocument file. Save it as .xlsx and try again."),
    "macros": _("The file holds macros. Save it as .xlsx without macros and try again."),
    "external_links": _("The file links to other files. Break the links, save as .xlsx and try again."),
    "declarations": _("The file holds something a workbook never does."),
}


class UnreadableError(Exception):
    """Nothing in the file may be used; `code` names the reason, `says` is the sentence."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.says = format_lazy(_SAYS.get(code, _SAYS["damaged"]), row=row or "")


def read_apart(content: bytes) -> RawTable:
    """As `read_table`, in a process of its own; what is refused at sight costs none. UnreadableError."""
    if len(content) > LARGEST_FILE:
        raise UnreadableError("too_large")
    try:
        if content.startswith(b"PK"):
            refuse_at_sight(content)
        found = answer_of(READER, content)
    except WorkbookError as error:
        raise UnreadableError(error.code) from None
    except TooHeavyError:
        raise UnreadableError("too_heavy") from None
    if "code" in found:
        raise UnreadableError(found["code"], found["row"])
    rows = [(number, cells) for number, cells in found.pop("rows")]
    odd = [tuple(each) for each in found.pop("odd")]
    return RawTable(**found, rows=rows, odd=odd)
