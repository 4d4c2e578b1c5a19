"""Files in any encoding and form become the same table; one that cannot be read has its sentence."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest

from reports.importing.reading import MOST_COLUMNS, MOST_ROWS, read_table
from reports.importing.reading_apart import UnreadableError, read_apart
from reports.importing.texts import TableError, rows_of
from tests.reports.tables import csv_of, xlsx_of

ROWS = [["Kommun", "Poäng"], ["Håbo", "61,5"], ["Malmö", "7"]]
NUMBERED = list(enumerate(ROWS, start=1))


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
@pytest.mark.parametrize("separator", [";", "\t"])
def test_encoding_and_separator_are_found_out(encoding, named, separator):
    found = read_table(csv_of(ROWS, separator, encoding))

    assert (found.rows, found.encoding, found.separator) == (NUMBERED, named, separator)


def test_commas_part_columns_and_stand_in_quoted_figures():
    found = read_table('Kommun,Poäng\n"Håbo","61,5"\nMalmö,7\n'.encode())

    assert (found.rows, found.separator) == (NUMBERED, ",")


def test_decimal_commas_do_not_part_columns():
    found = read_table("Kommun;Poäng;Riket\nHåbo;61,5;55,1\nMalmö;7,0;55,1\n".encode())

    assert found.separator == ";"


def test_stated_separator_is_believed():
    assert read_table("sep=|\r\nKommun|Poäng\r\nHåbo|61,5\r\n".encode()).rows == [
        (2, ["Kommun", "Poäng"]),
        (3, ["Håbo", "61,5"]),
    ]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_line_ends_of_every_system_are_read(end):
    content = end.join(";".join(row) for row in ROWS).encode()

    assert read_table(content).rows == NUMBERED


def test_text_in_quotes_keeps_its_lines():
    assert read_table(b'a;b\n"en\ntill";2\n').rows == [(1, ["a", "b"]), (2, ["en\ntill", "2"])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" ;; \r\n;;\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a;b\n\x00\x01\x02\x03", "binary"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 4, "encoding"),
        ("HÃ¥bo;1\n".encode(), "garbled"),
        (b'a;b\n"x;1\n', "not_csv"),
        (b"x" * 20_000, "not_csv"),
        (b"a;b\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b"a;" * MOST_COLUMNS + b"b\n", "too_many_columns"),
        (b"a" * (5 * 2**20 + 1), "too_large"),
    ],
)
def test_text_that_is_no_table_is_refused(content, code):
    with pytest.raises(TableError) as caught:
        read_table(content)

    assert caught.value.code == code


def test_workbook_becomes_plain_texts():
    rows = [
        ["Kod", "När", "Poäng", "Del", "Text"],
        [484, date(2027, 3, 5), 61.5, 0.25, "=1+1"],
    ]
    found = read_table(_with_percent(rows))

    assert found.rows == [
        (1, ["Kod", "När", "Poäng", "Del", "Text"]),
        (2, ["484", "2027-03-05", "61.5", "25 %", "?"]),
    ]
    assert found.odd == [(2, 5, "formula")]


def test_formula_with_a_stored_result_is_its_result():
    content = _rewritten(xlsx_of([["Poäng"], ["=1+1"]]), b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    found = read_table(content)

    assert (found.rows, found.odd) == ([(1, ["Poäng"]), (2, ["2"])], [])


def test_error_in_a_cell_is_told():
    content = _rewritten(xlsx_of([["Poäng"], [7]]), b't="n"><v>7</v>', b't="e"><v>#N/A</v>')

    assert read_table(content).odd == [(2, 1, "error")]


def test_days_since_1904_are_read():
    content = _rewritten(
        xlsx_of([["Dag"], [date(2027, 3, 5)]]), b"<workbookPr/>", b'<workbookPr date1904="1"/>'
    )

    assert read_table(content).rows[1] == (2, ["2031-03-06"])


def test_first_sheet_that_holds_something_is_read():
    found = read_table(xlsx_of([], [["a"]], [["b"]]))

    assert (found.sheet, found.other_sheets, found.rows) == ("Blad2", 1, [(1, ["a"])])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Filen innehåller inga rader."),
        (b"PK\x03\x04xxxx", "Filen är skadad. Öppna den, spara den igen som .xlsx och försök på nytt."),
        (
            b"\xd0\xcf\x11\xe0 old",
            "Filen är i det gamla formatet .xls eller har lösenord. Spara den som .xlsx utan lösenord.",
        ),
        (
            b'a;b\n"x;1\n',
            "Rad 2 går inte att läsa: ett citattecken saknas, eller en cell är alldeles för lång.",
        ),
        (
            b"a" * (5 * 2**20 + 1),
            "Filen är större än 5 MB, eller packas upp till långt mer än en lista. Dela upp den.",
        ),
    ],
)
def test_unreadable_file_has_its_sentence(content, says):
    with pytest.raises(UnreadableError) as caught:
        read_apart(content)

    assert str(caught.value.says) == says


def test_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    with pytest.raises(UnreadableError) as caught:
        read_apart(out.getvalue())

    assert caught.value.code == "too_large"


def test_table_read_apart_is_the_same():
    assert read_apart(csv_of(ROWS, encoding="cp1252")) == read_table(csv_of(ROWS, encoding="cp1252"))


def _with_percent(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active["D2"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rewritten(content, old, new):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        texts = {name: source.read(name) for name in source.namelist()}
        assert sum(text.count(old) for text in texts.values()) == 1
        for name, text in texts.items():
            target.writestr(name, text.replace(old, new))
    return out.getvalue()


def test_the_process_keeps_its_own_limit_of_a_cell():
    before = csv.field_size_limit()
    rows_of("a;b\n1;2\n")
    assert csv.field_size_limit() == before
