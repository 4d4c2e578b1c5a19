"""Text from people stays text in every cell, in XLSX and in CSV."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from reports import cells
from tests.reports.workbooks import recalculated

# as given -> as it must come back
NASTY = {
    "=1+1": "=1+1",
    '=HYPERLINK("http://x.example","klicka")': '=HYPERLINK("http://x.example","klicka")',
    "+46 16 710 10 00": "+46 16 710 10 00",
    "-bra": "-bra",
    "@SUM(A1:A9)": "@SUM(A1:A9)",
    "|cmd": "|cmd",
    "#N/A": "#N/A",
    "#REF!": "#REF!",
    "#DIV/0!": "#DIV/0!",
    "0127": "0127",
    "TRUE": "TRUE",
    "1e5": "1e5",
    "2026-11-22": "2026-11-22",
    "4,5": "4,5",
    "400 %": "400 %",
    "'citat": "'citat",
    " mellanslag runt om ": " mellanslag runt om ",
    "rad ett\nrad två": "rad ett\nrad två",
    "rad ett\r\nrad två": "rad ett\nrad två",
    "rad ett\rrad två\x0brad tre\x0crad fyra": "rad ett\nrad två\nrad tre\nrad fyra",
    "noll\x00 klocka\x07 del\x7f": "noll· klocka· del·",
    "slut\ufffe\uffff": "slut··",
    "halv \ud83d hel": "halv · hel",
    "_x0041_": "_x0041_",
    "_x000B_ _x005F_ _x0041_x0042_": "_x000B_ _x005F_ _x0041_x0042_",
    "a\u030a o\u0308": "å ö",
    "Åsa Öberg – ”Modiga idéer” … ½ × 3": "Åsa Öberg – ”Modiga idéer” … ½ × 3",
    "<b>&amp;</b> ]]> &": "<b>&amp;</b> ]]> &",
    "🦌 älg": "🦌 älg",
    "\tindrag": "\tindrag",
    "\u202eomvänd": "\u202eomvänd",
}


def in_a_workbook(texts):
    return cells.xlsx_bytes("Prov", ["Text"], [[text] for text in texts])


def read_back(content) -> list[tuple[str, str]]:
    sheet = openpyxl.load_workbook(content).active
    return [(cell.data_type, cells.unescaped(cell.value)) for (cell,) in sheet.iter_rows(min_row=2)]


def test_nasty_text_stays_text_in_a_workbook():
    found = read_back(io.BytesIO(in_a_workbook(NASTY)))

    assert found == [("s", expected) for expected in NASTY.values()]


@pytest.mark.office
def test_nasty_text_stays_text_when_libreoffice_saves_it_again(tmp_path):
    path = recalculated(tmp_path, {"prov": in_a_workbook(NASTY)})["prov"]

    # openpyxl drops "x005F_" from shared strings, also where it was meant: read the part itself.
    with zipfile.ZipFile(path) as archive:
        strings = fromstring(archive.read("xl/sharedStrings.xml"))
    found = ["".join(item.itertext()) for item in strings]
    assert [cells.unescaped(text) for text in found] == list(dict.fromkeys(["Text", *NASTY.values()]))
    sheet = openpyxl.load_workbook(path).active
    assert [cell.data_type for (cell,) in sheet.iter_rows(min_row=2)] == ["s"] * len(NASTY)


def test_text_of_emoji_is_cut_by_utf16_units_with_a_notice():
    text = cells.plain_text("🦌" * 20_000, " … [{count}]")

    assert (cells.utf16_length(text), text[-9:], text[0]) == (32_000, "… [40000]", "🦌")


def test_text_at_the_limit_is_left_alone():
    assert cells.plain_text("å" * 32_000) == "å" * 32_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("-bra", "'-bra"),
        ("+46", "'+46"),
        ("@SUM", "'@SUM"),
        ("＝1+1", "'＝1+1"),
        ("\tx", "'\tx"),
        ("0127", "0127"),
        ("Eskilstuna", "Eskilstuna"),
        ("a=1", "a=1"),
    ],
)
def test_text_in_a_csv_starts_no_formula(text, expected):
    assert cells.csv_text(text) == expected


def test_a_csv_has_a_bom_semicolons_and_bare_numbers():
    content = cells.csv_bytes(["Kod", "Namn", "Värde"], [["0127", "Bot;kyrka", -3], ["0484", "=x", None]])

    assert content[:3] == b"\xef\xbb\xbf"
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")) == [
        ["Kod", "Namn", "Värde"],
        ["0127", "Bot;kyrka", "-3"],
        ["0484", "'=x", ""],
    ]


def test_a_plain_table_keeps_rows_types_and_leading_zeros():
    content = cells.xlsx_bytes("Nomineringar 2015", ["Kod", "År", "Värde"], [["0484", 2015, Decimal("3.68")]])

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert sheet.title == "Nomineringar 2015"
    assert list(sheet.values) == [("Kod", "År", "Värde"), ("0484", 2015, 3.68)]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n"]


@pytest.mark.parametrize(
    ("wanted", "taken", "expected"),
    [
        ("Borås", [], "Borås"),
        ("Borås", ["borås"], "Borås 2"),
        ("Habo", ["Håbo"], "Habo"),
        ("a/b:c*d?e[f]g\\h", [], "a b c d e f g h"),
        ("'Upplands-Bro'", [], "Upplands-Bro"),
        ("History", [], "History –"),
        ("", [], "–"),
        ("x" * 40, ["x" * 31], "x" * 29 + " 2"),
        ("🦌" * 20, [], "🦌" * 15),
    ],
)
def test_a_sheet_title_is_legal_and_unique(wanted, taken, expected):
    assert cells.sheet_title(wanted, taken) == expected


def test_header_text_doubles_ampersands_and_parts_digits_from_a_size():
    assert [cells.header_text(text) for text in ("R&D", "2015 års", "rad\ntvå")] == [
        "R&&D",
        " 2015 års",
        "rad två",
    ]


def test_names_of_cells_hold_only_letters_digits_and_underscores():
    assert cells.defined_name("total", "1490-a.b") == "kk_total_1490_a_b"


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_letters(number, letters):
    assert cells.column_letter(number) == letters


def test_raw_text_is_escaped_in_the_file_itself():
    with zipfile.ZipFile(io.BytesIO(in_a_workbook(["_x0041_"]))) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").decode()

    assert "<t>_x005F_x0041_</t>" in part
