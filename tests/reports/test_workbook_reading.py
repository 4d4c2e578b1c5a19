"""A workbook that comes back: read by keys however it was treated, and refused where it cannot be trusted."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl.worksheet.copier import WorksheetCopy

from criteria.scoring import Blank, Mark
from reports.workbook.archive import WorkbookError, refuse_at_sight
from reports.workbook.build import build_jury_workbook
from reports.workbook.limited import read_apart
from reports.workbook.organiser import build_organiser_workbook
from reports.workbook.reading import fields_of, read_workbook
from reports.workbook.spec import OrganiserSpec
from tests.reports.damages import damaged_copies
from tests.reports.test_workbook_sheets import MODEL, scored, six
from tests.reports.workbooks import ISSUED, KEY, PRESETS, entry, preset, recalculated, spec

PRESET_NAMES = sorted(each.stem for each in PRESETS.glob("*.json"))
KEYS, MODELS = {"k1": KEY}, {"four-areas-v1": MODEL}


@pytest.fixture(scope="module")
def content() -> bytes:
    return build_jury_workbook(six())


def read(content):
    return read_workbook(content, KEYS, MODELS)


def edited(content, edit) -> bytes:
    """The file after `edit(book)`, as a stranger's tool would save it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezipped(content, change) -> bytes:
    """The file with its parts passed through `change(name, part)`; None leaves a part out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = change(name, source.read(name))
            if part is not None:
                target.writestr(name, part)
    return out.getvalue()


def refusal(content) -> str:
    with pytest.raises(WorkbookError) as caught:
        read(content)
    return caught.value.code


def given(spec_):
    """What a file just issued must be read as: every field of every open nomination."""
    found = []
    for each in spec_.entries:
        if each.recused is not None:
            continue
        for area in MODEL.root.children:
            for leaf in area.children:
                criterion = each.criteria.get(leaf.code)
                mark = criterion.mark if criterion else None
                found.append((each.code, leaf.code, "score", mark))
                for name, text in (
                    ("strengths", criterion.strengths if criterion else ""),
                    ("improve", criterion.improvements if criterion else ""),
                    ("evidence", criterion.evidence if criterion else ""),
                ):
                    found.append((each.code, leaf.code, name, text))
        found.append((each.code, "_privat", "note", each.private_note))
        found.append((each.code, "_jury", "note", each.note_to_jury))
    return sorted(found, key=str)


def fields(reading):
    return sorted(
        (
            (each.entry, each.row, each.field, each.mark if each.field == "score" else each.text)
            for each in reading.fields
        ),
        key=str,
    )


def test_an_unchanged_file_says_what_was_issued(content):
    reading = read(content)

    assert (fields(reading), reading.problems) == (given(six()), [])
    assert (reading.payload["edition"], reading.payload["juror"]) == ("rehearsal-2027", "juror-7")


@pytest.mark.office
def test_a_file_saved_again_by_libreoffice_twice_says_the_same(content, tmp_path):
    once = recalculated(tmp_path / "one", {"book": content})["book"].read_bytes()
    twice = recalculated(tmp_path / "two", {"book": once})["book"].read_bytes()

    reading = read(twice)

    assert (fields(reading), reading.problems) == (given(six()), [])


def test_a_file_saved_again_by_openpyxl_says_the_same(content):
    reading = read(edited(content, id))

    assert (fields(reading), reading.problems) == (given(six()), [])


def test_a_field_carries_its_place_and_the_version_it_was_issued_with(content):
    field = next(
        each for each in fields_of(read(content), "0484") if (each.row, each.field) == ("A1", "strengths")
    )

    assert (field.place, field.base) == ("Eskilstuna!H7", 2)


VALUES = {
    4: Mark(value=Decimal(4)),
    5.0: Mark(value=Decimal(5)),
    "4": Mark(value=Decimal(4)),
    " 4 ": Mark(value=Decimal(4)),
    "４": Mark(value=Decimal(4)),
    "Inget underlag": Mark(blank=Blank.NO_EVIDENCE),
    "no evidence": Mark(blank=Blank.NO_EVIDENCE),
    " EJ TILLÄMPLIGT ": Mark(blank=Blank.NOT_APPLICABLE),
    None: None,
}


@pytest.mark.parametrize("typed", VALUES)
def test_a_score_is_read_as_people_write_it(content, typed):
    def write(book):
        book["Borås"]["F7"].value = typed

    reading = read(edited(content, write))

    field = next(each for each in fields_of(reading, "1490") if (each.row, each.field) == ("A1", "score"))
    assert (field.mark, reading.problems) == (VALUES[typed], [])


@pytest.mark.parametrize(
    ("typed", "number_format", "code"),
    [
        ("4,5", "General", "value"),
        (6, "General", "value"),
        (0, "General", "value"),
        (4.5, "General", "value"),
        (True, "General", "value"),
        (46_000, "yyyy-mm-dd", "value"),
        (4, "0.00%", "value"),
        ("fyra", "General", "value"),
        ("=2+2", "General", "formula"),
        ("#N/A", "General", "error"),
    ],
)
def test_what_is_no_score_is_a_problem_at_its_cell_and_no_value(content, typed, number_format, code):
    def write(book):
        cell = book["Borås"]["F7"]
        cell.value, cell.number_format = typed, number_format

    reading = read(edited(content, write))

    assert [(each.code, each.place) for each in reading.problems] == [(code, "Borås!F7")]
    assert [each for each in fields_of(reading, "1490") if (each.row, each.field) == ("A1", "score")] == []


def test_a_formula_with_a_result_counts_as_its_result(content):
    def change(name, part):
        if name != "xl/worksheets/sheet3.xml":
            return part
        head, tail = part.split(b'r="F7"', 1)
        rest = tail.split(b"</c>", 1)[1]
        return head + b'r="F7"><f>2+3</f><v>5</v></c>' + rest

    field = next(each for each in fields_of(read(rezipped(content, change)), "1490") if each.row == "A1")

    assert field.mark == Mark(value=Decimal(5))


def in_cell(address, xml):
    """Borås' sheet with this in place of the cell's own XML."""

    def change(name, part):
        if name != "xl/worksheets/sheet3.xml":
            return part
        return re.sub(rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % address.encode(), xml.encode(), part)

    return lambda content: rezipped(content, change)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="F7" t="str"><f>A1</f></c>',
        '<c r="F7"><f>A1</f></c>',
        '<c r="F7"><f>A1</f><v/></c>',
        '<c r="F7"><f>A1</f><v></v></c>',
        '<c r="F7" t="n"><f>A1</f></c>',
        '<c r="F7" t="b"><f>A1</f><v/></c>',
        '<c r="F7" t="str"><f>A1</f><v/></c>',
        '<c r="F7" t="str"><f>A1</f><v></v></c>',
    ],
)
def test_a_formula_that_gives_nothing_in_a_score_cell_is_a_problem_and_no_blank(content, cell):
    reading = read(in_cell("F7", cell)(content))

    assert [(each.code, each.place) for each in reading.problems] == [("formula", "Borås!F7")]
    assert [each for each in fields_of(reading, "1490") if (each.row, each.field) == ("A1", "score")] == []


def test_a_formula_without_a_result_in_a_text_cell_is_a_problem_and_no_blank(content):
    reading = read(in_cell("H7", '<c r="H7" t="str"><f>A1</f></c>')(content))

    assert [(each.code, each.place) for each in reading.problems] == [("formula", "Borås!H7")]


def test_numbers_and_truths_typed_as_text_stay_text(content):
    def write(book):
        book["Borås"]["H7"].value, book["Borås"]["I7"].value = 2015, True

    reading = read(edited(content, write))

    found = {each.field: each.text for each in fields_of(reading, "1490") if each.row == "A1"}
    assert (found["strengths"], found["improve"], reading.problems) == ("2015", "TRUE", [])


def swap_rows(sheet, one, other, columns):
    for letter in columns:
        first, second = sheet[f"{letter}{one}"], sheet[f"{letter}{other}"]
        first.value, second.value = second.value, first.value


def test_rows_sorted_whole_follow_their_keys(content):
    def sort(book):
        swap_rows(book["Eskilstuna"], 7, 11, "ABCDEFGHIJK")

    assert fields(read(edited(content, sort))) == given(six())


def test_rows_sorted_without_their_keys_are_not_read_and_say_so(content):
    def sort(book):
        swap_rows(book["Eskilstuna"], 7, 11, "BCDEFGHIJ")

    reading = read(edited(content, sort))

    assert [(each.code, each.place) for each in reading.problems] == [
        ("codes_differ", "Eskilstuna!B7"),
        ("codes_differ", "Eskilstuna!B11"),
    ]
    assert [each for each in fields_of(reading, "0484") if each.row in ("A1", "B1")] == []


def test_columns_moved_follow_their_machine_names(content):
    def move(book):
        sheet = book["Eskilstuna"]
        for row in range(4, 23):
            sheet[f"F{row}"].value, sheet[f"H{row}"].value = sheet[f"H{row}"].value, sheet[f"F{row}"].value

    assert fields(read(edited(content, move))) == given(six())


def test_sheets_renamed_and_moved_are_found_by_their_keys(content):
    def move(book):
        book["Eskilstuna"].title = "min favorit"
        book.move_sheet("min favorit", -2)

    assert fields(read(edited(content, move))) == given(six())


def test_a_sheet_that_is_gone_leaves_its_values_alone(content):
    reading = read(edited(content, lambda book: book.remove(book["Borås"])))

    assert [(each.code, each.place) for each in reading.problems] == [("sheet_missing", "1490")]
    assert list(fields_of(reading, "1490")) == []


def test_a_copied_sheet_is_refused_with_both_names(content):
    def copy(book):
        target = book.create_sheet("Borås kopia")
        WorksheetCopy(book["Borås"], target).copy_worksheet()

    with pytest.raises(WorkbookError) as caught:
        read(edited(content, copy))

    assert (
        caught.value.code,
        "Borås" in str(caught.value.says),
        "Borås kopia" in str(caught.value.says),
    ) == (
        "sheet_doubled",
        True,
        True,
    )


KEY_TEXT = "kk:nominering:0484"


def test_a_sheets_key_in_a_text_that_somebody_wrote_is_a_text():
    one = entry("1490", "Borås", scored(*[3] * 12), challenges=(KEY_TEXT,), private_note=KEY_TEXT)
    two = entry("0484", "Eskilstuna", {}, title=KEY_TEXT, summary=KEY_TEXT)

    reading = read(build_jury_workbook(spec(MODEL, [one, two])))

    found = [each.text for each in fields_of(reading, "1490") if each.row == "_privat"]
    assert (found, reading.problems, {each.entry for each in reading.fields}) == (
        [KEY_TEXT],
        [],
        {"1490", "0484"},
    )


@pytest.mark.parametrize("address", ["B1", "B2", "C3", "F7", "H7", "D23", "D30"])
def test_a_sheets_key_in_any_other_cell_hides_no_sheet(content, address):
    def write(book):
        book["Borås"][address].value = KEY_TEXT
        book["Läs mig"]["B9"].value = KEY_TEXT

    assert {each.entry for each in read(edited(content, write)).fields} == {
        "1490",
        "0484",
        "1283",
        "1780",
        "1261",
    }


@pytest.mark.parametrize("column", [1, 3])
def test_a_sheets_key_is_found_where_columns_were_inserted(content, column):
    reading = read(edited(content, lambda book: book["Borås"].insert_cols(column)))

    assert fields(reading) == given(six())


def test_a_sheet_without_its_row_of_names_is_told_and_not_read(content):
    reading = read(edited(content, lambda book: book["Borås"].delete_rows(4)))

    assert [(each.code, each.place) for each in reading.problems] == [("names_missing", "Borås")]
    assert list(fields_of(reading, "1490")) == []


def test_a_row_that_is_gone_or_doubled_is_named_and_not_read(content):
    def spoil(book):
        book["Borås"]["A7"].value = None
        book["Borås"]["A9"].value = "1490/A2"

    reading = read(edited(content, spoil))

    assert [(each.code, each.place) for each in reading.problems] == [
        ("row_missing", "Borås"),
        ("row_doubled", "Borås"),
        ("row_missing", "Borås"),
    ]
    assert [each for each in fields_of(reading, "1490") if each.row in ("A1", "A2", "A3")] == []


def test_a_column_that_is_gone_is_left_out_and_not_taken_for_empty(content):
    def spoil(book):
        book["Borås"]["H4"].value = None

    reading = read(edited(content, spoil))

    assert [(each.code, each.place) for each in reading.problems] == [("column_missing", "Borås")]
    assert {each.field for each in fields_of(reading, "1490")} == {"score", "improve", "evidence", "note"}


def test_merged_score_cells_are_a_problem(content):
    reading = read(edited(content, lambda book: book["Borås"].merge_cells("F7:F8")))

    assert [(each.code, each.place) for each in reading.problems] == [
        ("merged", "Borås!F7"),
        ("merged", "Borås!F8"),
    ]


def test_a_changed_weight_is_told_and_does_not_count(content):
    def spoil(book):
        book["Borås"]["E7"].value = 99

    reading = read(edited(content, spoil))

    assert [(each.code, each.place) for each in reading.problems] == [("locked_changed", "Borås!E7")]
    assert fields(reading) == given(six())


LOCKED_CELLS = {
    "C6": "Ett annat område",
    "C7": "Ett annat namn",
    "D7": "5   Alltid",
    "E6": 99,
    "E7": 99,
    "F3": 5,
    "G3": 100,
    "F6": 5,
    "F22": 5,
    "G6": "3 av 3 klara",
    "G7": "klar",
    "L7": 1,
    "M7": 1,
    "N22": 1,
    "O22": 1,
    "R7": 0,
}


@pytest.mark.parametrize(("address", "typed"), LOCKED_CELLS.items())
def test_another_locked_cell_that_was_changed_is_told_and_does_not_count(content, address, typed):
    def spoil(book):
        book["Borås"][address].value = typed

    reading = read(edited(content, spoil))

    assert [(each.code, each.place) for each in reading.problems] == [("locked_changed", f"Borås!{address}")]
    assert fields(reading) == given(six())


def test_all_locked_cells_of_a_sheet_are_told_at_once(content):
    def spoil(book):
        for address, typed in LOCKED_CELLS.items():
            book["Borås"][address].value = typed
        book["Karlstad"]["F22"].value = 5

    problems = read(edited(content, spoil)).problems

    assert [(each.code, each.place) for each in problems] == [
        ("locked_changed", "Borås!F3"),
        ("locked_changed", "Karlstad!F22"),
    ]
    with override("en"):
        assert "(F3, G3, C6, E6, F6, G6, …)" in str(problems[0].says)


def test_a_sheet_whose_formulas_alone_became_values_is_told(content):
    def spoil(book):
        for row in book["Borås"].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = 1

    assert [(each.code, each.place) for each in read(edited(content, spoil)).problems] == [
        ("locked_changed", "Borås!F3")
    ]


@pytest.mark.parametrize("address", ["C5", "G5", "H5", "I6", "J7", "K5", "L5", "M5"])
def test_a_formula_of_the_overview_that_became_a_value_is_told(content, address):
    def spoil(book):
        book["Översikt"][address].value = 5

    assert [(each.code, each.place) for each in read(edited(content, spoil)).problems] == [
        ("locked_changed", f"Översikt!{address}")
    ]


@pytest.mark.parametrize("name", PRESET_NAMES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_locked_cell_of_a_model_that_ships_with_us_is_told_in_an_unchanged_file(name, language):
    model = preset(name)
    key = f"{model.code}-v{model.version}"
    built = build_jury_workbook(spec(model, [entry("0484", "Eskilstuna", {})], language=language))

    assert read_workbook(built, KEYS, {key: model}).problems == []


def test_a_tool_that_keeps_values_alone_has_changed_no_locked_cell(content):
    def values_alone(book):
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        cell.value = None

    reading = read(edited(content, values_alone))

    assert (reading.problems, fields(reading)) == ([], given(six()))


def set_machine(address, value):
    def spoil(book):
        book["_kk"][address].value = value

    return spoil


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda book: book.remove(book["_kk"]), "no_mark"),
        (set_machine("A1", "x"), "no_mark"),
        (set_machine("B1", "2"), "other_format"),
        (set_machine("B2", "0" * 64), "mark_forged"),
        (set_machine("B4", 10**9), "no_mark"),
        (set_machine("B4", "många"), "no_mark"),
        (set_machine("B5", "x"), "mark_unreadable"),
    ],
)
def test_an_edited_mark_is_refused(content, spoil, code):
    assert refusal(edited(content, spoil)) == code


def test_a_file_signed_with_a_key_that_is_no_longer_used_is_refused(content):
    with pytest.raises(WorkbookError) as caught:
        read_workbook(content, {"k2": KEY}, MODELS)

    assert caught.value.code == "mark_unknown_key"


def test_a_file_of_an_older_scoring_model_is_refused(content):
    with pytest.raises(WorkbookError) as caught:
        read_workbook(content, KEYS, {})

    assert caught.value.code == "other_model"


def test_the_organisers_workbook_is_not_for_uploading():
    content = build_organiser_workbook(OrganiserSpec("r", "R", MODEL, (), (), ISSUED, "b1"))

    assert refusal(content) == "no_mark"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 61 * 2**20)
    return out.getvalue()


def with_part(name, part):
    def change(content):
        return added(content, name, part)

    return change


def added(content, name, part) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, part)
    return out.getvalue()


def in_part(name, old, new):
    def change(content):
        return rezipped(content, lambda each, part: part.replace(old, new) if each == name else part)

    return change


def without(name):
    def change(content):
        return rezipped(content, lambda each, part: None if each == name else part)

    return change


EMPTY_ROWS = b"<sheetData>" + b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(30, 30_000))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _content: b"", "empty"),
        (lambda _content: b"Kod;Poang\r\n0484;4\r\n", "not_a_workbook"),
        (lambda _content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_or_encrypted"),
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: content + b"\0" * 11 * 2**20, "too_large"),
        (lambda _content: bomb(), "too_large"),
        (with_part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "opendocument"),
        (with_part("xl/vbaProject.bin", b"x"), "macros"),
        (with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "external_links"),
        (with_part("customXml/item1.xml", b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'), "declarations"),
        (with_part("customXml/item2.xml", '<!DOCTYPE x><x/>'.encode("utf-16")), "declarations"),
        (
            in_part("[Content_Types].xml", b"spreadsheetml.sheet.main", b"spreadsheetml.template.main"),
            "not_a_workbook",
        ),
        (
            in_part(
                "[Content_Types].xml",
                b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                b"vnd.ms-excel.sheet.macroEnabled.main",
            ),
            "macros",
        ),
        (in_part("xl/worksheets/sheet3.xml", b"</sheetData>", b"<"), "damaged"),
        (in_part("xl/worksheets/sheet3.xml", b"<sheetData>", EMPTY_ROWS), "too_many_rows"),
        (in_part("xl/worksheets/sheet3.xml", b'r="F7"', b'r="F7777777777"'), "damaged"),
        (without("xl/worksheets/sheet4.xml"), "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_jury_workbook_is_refused(content, spoil, code):
    assert refusal(spoil(content)) == code


def test_a_file_damaged_at_random_is_refused_and_never_crashes_the_reader(content):
    codes = set()
    for _kind, damaged in damaged_copies(content, seed=7, count=21):
        try:
            read(damaged)
        except WorkbookError as error:
            codes.add(error.code)

    assert "damaged" in codes


def test_a_file_whose_directory_points_before_its_beginning_is_damaged(content):
    assert refusal(content[:300] + content[675:]) == "damaged"


@pytest.mark.parametrize("encoding", ["utf-7x", "utf-32"])
def test_a_part_in_an_encoding_that_nobody_knows_is_damaged(content, encoding):
    part = f'<?xml version="1.0" encoding="{encoding}"?><sst/>'.encode()

    changed = rezipped(content, lambda name, old: part if name.endswith("sheet3.xml") else old)

    assert refusal(changed) == ("damaged")


def test_a_row_with_a_number_of_another_script_is_read_as_no_number(content):
    reading = read(in_part("xl/worksheets/sheet3.xml", b'<row r="7"', '<row r="²"'.encode())(content))

    assert fields(reading) == given(six())


def crowded(_content) -> bytes:
    """An archive of many empty parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"p{number}", b"")
    return out.getvalue()


def more_than_told(content) -> bytes:
    """The crowded archive whose last record says that it is small."""
    out = bytearray(crowded(content))
    end = out.rindex(b"PK\x05\x06")
    out[end + 8 : end + 12] = struct.pack("<2H", 3, 3)
    return bytes(out)


def long_form(content, parts=None, size=None) -> bytes:
    """The archive with the long form of its last record before the short one, as some tools write it."""
    end = content.rindex(b"PK\x05\x06")
    told, told_size, offset = struct.unpack_from("<H2L", content, end + 10)
    parts, size = parts or told, size or told_size
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, parts, parts, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    return content[:end] + record + locator + content[end:]


def packed(_content) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 30 * 2**20)
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _content: b"", "empty"),
        (lambda _content: b"Kod;Poang\r\n", "not_a_workbook"),
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: content + b"\0" * 11 * 2**20, "too_large"),
        (lambda _content: bomb(), "too_large"),
        (packed, "too_large"),
        (crowded, "too_large"),
        (more_than_told, "too_large"),
        (lambda content: long_form(content, size=2**24), "too_large"),
        (lambda content: long_form(content, parts=20_000), "too_large"),
    ],
)
def test_a_file_is_refused_at_sight_without_unpacking_anything(content, spoil, code):
    with pytest.raises(WorkbookError) as caught:
        refuse_at_sight(spoil(content))

    assert caught.value.code == code


def test_a_sound_file_is_not_refused_at_sight(content):
    assert (refuse_at_sight(content), refuse_at_sight(long_form(content))) == (None, None)
    assert fields(read(long_form(content))) == given(six())


def test_a_file_refused_at_sight_starts_no_reader():
    """The models could not be told to a process: only a refusal before it gives the sentence."""
    with pytest.raises(WorkbookError) as caught:
        read_apart(bomb(), signing_keys={}, models={"m": object()}, owners=(), language="sv")

    assert caught.value.code == "too_large"


def test_the_reader_loads_neither_the_web_nor_a_writer_of_workbooks():
    told = "import sys, reports.workbook.reader_process as r; r._set_up(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())

    assert (
        loaded
        & {
            "openpyxl",
            "lxml",
            "django.db",
            "django.urls",
            "django.template",
            "django.core.mail",
            "criteria.combine",
            "reports.workbook.paper",
        }
        == set()
    )


def test_text_that_excel_escaped_comes_back_as_it_was_written():
    nasty = "rad ett\nrad två _x0041_ _x000D_ =1+1 🦌"
    one = entry("0484", "Eskilstuna", scored(*[3] * 12), private_note=nasty)

    reading = read(build_jury_workbook(spec(MODEL, [one])))

    assert [each.text for each in reading.fields if each.row == "_privat"] == [nasty]
