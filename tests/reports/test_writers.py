"""The same rows as CSV, JSON and workbook: text stays text, codes keep their zeros, times are times."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils import translation

from reports.columns import Column, Formula, Kind, Sheet, plain, shown
from reports.writers.csv_file import write_csv
from reports.writers.document import Document
from reports.writers.json_file import write_json
from reports.writers.xlsx_file import write_xlsx

AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight in Stockholm
WALL = datetime.fromisoformat("2026-11-23T00:30")  # a workbook's times have no zone
MIDNIGHT = datetime.fromisoformat("2026-11-23T00:00")
COLUMNS = (
    Column("code", "Kod", Kind.CODE),
    Column("name", "Namn"),
    Column("text", "Text", Kind.LONG),
    Column("count", "Antal", Kind.COUNT),
    Column("value", "Värde", Kind.FIGURE),
    Column("day", "Dag", Kind.DAY),
    Column("at", "När", Kind.MOMENT),
    Column("state", "Läge", Kind.WORD, words={"done": "klar"}),
    Column("yes", "Ja?", Kind.TRUTH),
    Column("many", "Flera", Kind.MANY),
    Column("mark", "Betyg", Kind.MARK),
)
FULL = (
    "0127", "Botkyrka", "en rad\nen till", 1200, Decimal("4.50"), date(2026, 11, 23), AT, "done", True,
    ("a", "b"), "ej tillämpligt",
)  # fmt: skip
EMPTY = ("", None, "", None, None, None, None, "", None, (), None)
NASTY = [
    "=1+1", "+46 8", "-bra", "@SUM(A1)", "#REF!", "_x0041_", "a\x0bb", "\t=1", "TRUE", "1e5", "2026-01-01",
    "</t><script>", "x" * 40_000, "https://example.org/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def swedish():
    with translation.override("sv"):
        yield


def document(*sheets):
    return Document(
        "r", "Rapport", "Sveriges KvalitetsKommun 2027", "2027", "sv", AT, sheets, ("Filter: a.",)
    )


def sheet(*rows, columns=COLUMNS, name="rows", title="Rader"):
    return Sheet(name, title, columns, iter(rows))


def written(write, *sheets):
    out = io.BytesIO()
    count = write(document(*sheets), out)
    return count, out.getvalue()


def book_of(*sheets):
    return openpyxl.load_workbook(io.BytesIO(written(write_xlsx, *sheets)[1]))


def test_csv_is_what_a_swedish_spreadsheet_opens():
    count, content = written(write_csv, sheet(FULL, EMPTY))
    assert (count, content[:3]) == (2, b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1] == [
        "0127", "Botkyrka", "en rad\nen till", "1200", "4,5", "2026-11-23", "2026-11-23 00:30", "Klar", "ja",
        "a, b", "ej tillämpligt",
    ]  # fmt: skip
    assert rows[2] == [""] * len(COLUMNS)


def test_json_keeps_keys_codes_and_nothing_as_null():
    count, content = written(write_json, sheet(FULL, EMPTY), sheet(("x",), columns=COLUMNS[:1], name="more"))
    found = json.loads(content)
    assert (count, found["count"], found["report"], found["edition"]) == (2, 2, "r", "2027")
    assert found["rows"][0] == {
        "code": "0127", "name": "Botkyrka", "text": "en rad\nen till", "count": 1200, "value": 4.5,
        "day": "2026-11-23", "at": "2026-11-22T23:30:00+00:00", "state": "done", "yes": True,
        "many": ["a", "b"], "mark": "ej tillämpligt",
    }  # fmt: skip
    assert (found["rows"][1]["value"], found["sheets"]) == (None, {"more": [{"code": "x"}]})


def test_json_of_no_rows_is_an_empty_list():
    assert json.loads(written(write_json, sheet())[1])["rows"] == []


def test_workbook_keeps_every_value_as_what_it_is():
    page = book_of(sheet(FULL, EMPTY)).active
    row = [cell.value for cell in page[6]]
    assert row == [
        "0127", "Botkyrka", "en rad\nen till", 1200, 4.5, MIDNIGHT, WALL,
        "Klar", "ja", "a, b", "ej tillämpligt",
    ]  # fmt: skip
    assert [cell.number_format for cell in page[6]][:7] == [
        "@", "General", "General", "#,##0", "General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm",
    ]  # fmt: skip
    assert {cell.value for cell in page[7]} == {None}


def test_workbook_has_title_header_filter_and_frozen_panes():
    book = book_of(sheet(FULL, EMPTY))
    page = book.active
    assert [page[f"A{row}"].value for row in (1, 2, 3)] == [
        "Rapport – Rader", "Sveriges KvalitetsKommun 2027, skriven 2026-11-22 23:30", "Filter: a.",
    ]  # fmt: skip
    assert [cell.value for cell in page[5]] == [column.label for column in COLUMNS]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("C6", "A5:K7", "$5:$5")
    assert (book.properties.language, book.properties.title) == (
        "sv-SE", "Rapport – Sveriges KvalitetsKommun 2027",
    )  # fmt: skip
    assert page.row_dimensions[6].height == 2 * 14.5 + 6


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG, Kind.WORD, Kind.MARK])
def test_text_from_people_is_text_and_nothing_else(kind):
    columns = (Column("text", "Text", kind),)
    page = book_of(sheet(*((text,) for text in NASTY), columns=columns)).active
    cells = [row[0] for row in page.iter_rows(min_row=6)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(NASTY)
    assert [cell.value for cell in cells][:5] == [
        text.capitalize() if kind == Kind.WORD and text[0].isalpha() else text for text in NASTY[:5]
    ]
    assert len(cells[12].value) <= 32_767


def test_csv_of_nasty_texts_starts_no_formula():
    columns = (Column("text", "Text"),)
    content = written(write_csv, sheet(*((text,) for text in NASTY), columns=columns))[1]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[0] for row in rows[1:5]] == ["'=1+1", "'+46 8", "'-bra", "'@SUM(A1)"]


def test_sheets_of_a_workbook_have_filters_of_their_own():
    book = book_of(sheet(*[FULL] * 3), sheet(*[FULL] * 500, name="more", title="Fler"))
    assert [(page.title, page.auto_filter.ref, page.max_row) for page in book] == [
        ("Rader", "A5:K8", 8), ("Fler", "A5:K505", 505),
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(written(write_xlsx, sheet(*[FULL] * 3))[1])) as parts:
        assert "$A$5:$K$8" in parts.read("xl/workbook.xml").decode()


def test_formula_carries_its_value():
    columns = (Column("n", "N", Kind.FIGURE), Column("v", "V", Kind.MARK))
    rows = [(Formula("1+1", 2), Formula('IF(A6=2,"lika","olika")', "lika"))]
    content = written(write_xlsx, sheet(*rows, columns=columns))[1]
    asked, had = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=only).active for only in (False, True)
    )
    assert [cell.value for cell in asked[6]] == ["=1+1", '=IF(A6=2,"lika","olika")']
    assert [cell.value for cell in had[6]] == [2, "lika"]


@pytest.mark.parametrize(
    ("kind", "value", "page", "cell"),
    [
        (Kind.COUNT, 1200, "1\N{NO-BREAK SPACE}200", 1200),
        (Kind.COUNT, 0, "0", 0),
        (Kind.CODE, 0, "0", "0"),
        (Kind.SIZE, 2_400_000, "2,4\N{NO-BREAK SPACE}MB", 2_400_000),
        (Kind.TRUTH, False, "nej", "nej"),
        (Kind.TRUTH, None, "", None),
        (Kind.MANY, (), "", None),
        (Kind.MOMENT, AT, "23\N{NO-BREAK SPACE}nov\N{NO-BREAK SPACE}2026 00:30", WALL),
    ],
)  # fmt: skip
def test_value_is_shown_and_written(kind, value, page, cell):
    column = Column("x", "X", kind)
    assert (shown(column, value, "sv"), plain(column, value)) == (page, cell)
