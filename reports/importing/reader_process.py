"""Reads one uploaded table in a process of its own, which knows no database and may take little memory.

`python -m reports.importing.reader_process` takes the file's bytes on its input and writes one JSON object. A
file that was refused is an answer, not a failure; the reasons are codes, which the web process puts in words.
"""

from __future__ import annotations

import json
import sys

from reports.importing.reading import TableError, WorkbookError, read_table, told
from reports.workbook.apart import limit


def main() -> None:
    """Take the limits on, read, answer."""
    limit()
    content = sys.stdin.buffer.read()
    try:
        answer = told(read_table(content))
    except TableError as error:
        answer = {"code": error.code, "row": error.row}
    except WorkbookError as error:
        answer = {"code": error.code, "row": None}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
