"""The same rows in three formats: readable, exact, and nothing a spreadsheet would run."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.tables import FORMATS, fingerprint, table


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    number: int | None
    themes: tuple[str, ...] = ()
    day: date | None = None
    known: bool = True


COLUMNS = ("code", "name", "number", "themes", "day", "known")
ROWS = (
    Row("0484", "Eskilstuna", 2, ("utmanar", "evolution"), date(2015, 11, 3)),
    Row("0305", "Håbo", None, known=False),
    Row("0127", '=HYPERLINK("http://example.org")', -5),
)


def written(ending, rows=ROWS):
    return FORMATS[ending].write(table("rows", "Rader: åäö", COLUMNS, rows))


def test_csv_has_bom_semicolons_and_keys():
    assert written("csv").decode("utf-8") == (
        "\ufeffcode;name;number;themes;day;known\r\n"
        "0484;Eskilstuna;2;utmanar, evolution;2015-11-03;true\r\n"
        "0305;Håbo;;;;false\r\n"
        '0127;"\'=HYPERLINK(""http://example.org"")";-5;;;true\r\n'
    )


def test_json_keeps_lists_and_nulls():
    assert json.loads(written("json")) == {
        "count": 3,
        "rows": [
            {
                "code": "0484",
                "name": "Eskilstuna",
                "number": 2,
                "themes": ["utmanar", "evolution"],
                "day": "2015-11-03",
                "known": True,
            },
            {"code": "0305", "name": "Håbo", "number": None, "themes": [], "day": None, "known": False},
            {
                "code": "0127",
                "name": '=HYPERLINK("http://example.org")',
                "number": -5,
                "themes": [],
                "day": None,
                "known": True,
            },
        ],
    }
    assert "Håbo".encode() in written("json")


def test_xlsx_keeps_codes_as_text_and_numbers_as_numbers():
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx"))).active

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        list(COLUMNS),
        ["0484", "Eskilstuna", 2, "utmanar, evolution", "2015-11-03", "true"],
        ["0305", "Håbo", None, None, None, "false"],
        ["0127", '=HYPERLINK("http://example.org")', -5, None, None, "true"],
    ]
    assert [sheet["A2"].data_type, sheet["C2"].data_type, sheet["B4"].data_type] == ["s", "n", "s"]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("Rader  åäö", "A2", "A1:F4")
    assert sheet["A1"].font.bold


def test_an_empty_table_has_its_header():
    assert written("csv", ()) == "\ufeffcode;name;number;themes;day;known\r\n".encode()
    assert json.loads(written("json", ())) == {"count": 0, "rows": []}
    assert openpyxl.load_workbook(io.BytesIO(written("xlsx", ()))).active.max_row == 1


@given(st.text(max_size=40))
def test_text_comes_back_from_csv_as_text(text):
    line = list(
        csv.reader(io.StringIO(written("csv", [Row("1", text, 0)]).decode("utf-8-sig")), delimiter=";")
    )

    assert line[1][0] == "1"
    assert line[1][1][:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("ending", FORMATS)
def test_fingerprint_follows_the_rows_and_the_format(ending):
    rows = [["0484", 2], ["0305", None]]

    assert fingerprint(ending, rows) == fingerprint(ending, [["0484", 2], ["0305", None]])
    assert fingerprint(ending, rows) != fingerprint(ending, [["0484", 3], ["0305", None]])
    assert fingerprint(ending, rows) != fingerprint("other", rows)
