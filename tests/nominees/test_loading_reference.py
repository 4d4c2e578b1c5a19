"""The counties and municipalities: all there, loaded as often as one likes, never half."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from awards.models import JournalEntry
from nominees.loading.reference import load_reference
from nominees.loading.tables import SHIPPED, DataTroubleError, Shelf
from nominees.models import County, Municipality, MunicipalityName
from nominees.states import GROUPS

FILES = ("counties.csv", "municipalities.csv", "municipality_changes.csv")


@pytest.fixture
def folder(tmp_path):
    """A copy of the files that a test may damage."""
    for name in FILES:
        shutil.copy(SHIPPED / name, tmp_path)
    return tmp_path


def damage(folder, name, before, after):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def troubles(folder):
    with pytest.raises(DataTroubleError) as refused:
        load_reference(Shelf(folder))
    return refused.value.lines


def counts():
    return County.objects.count(), Municipality.objects.count(), MunicipalityName.objects.count()


def test_the_country_is_all_there(db):
    load_reference(Shelf())

    assert counts() == (21, 290, 6)
    assert set(Municipality.objects.values_list("group", flat=True)) == set(dict(GROUPS))
    botkyrka = Municipality.objects.select_related("county").get(code="0127")
    assert (botkyrka.name, botkyrka.full_name, botkyrka.county.letter) == (
        "Botkyrka",
        "Botkyrka kommun",
        "AB",
    )
    assert Municipality.objects.get(code="2514").full_name == "Kalix kommun"
    assert Municipality.objects.get(code="2080").full_name == "Falu kommun"


def test_municipalities_sort_in_swedish(db):
    load_reference(Shelf())
    names = list(Municipality.objects.values_list("name", flat=True))

    assert names[:3] == ["Ale", "Alingsås", "Alvesta"]
    assert names[-9:] == [
        "Örebro", "Örkelljunga", "Örnsköldsvik", "Östersund", "Österåker", "Östhammar", "Östra Göinge",
        "Överkalix", "Övertorneå",
    ]  # fmt: skip
    assert names.index("Åstorp") < names.index("Älmhult") < names.index("Öckerö")
    assert [name for name in names if name in ("Habo", "Håbo", "Hagfors")] == ["Habo", "Hagfors", "Håbo"]


def test_a_second_run_changes_nothing_and_says_so(db):
    first, second = StringIO(), StringIO()
    call_command("load_reference", stdout=first)
    call_command("load_reference", stdout=second)

    loaded = "counties 21, municipalities 290"
    assert first.getvalue() == f"Added: {loaded}, sources 5, former names and codes 6.\n"
    assert second.getvalue() == f"Nothing changed. As in the files: {loaded}, former names and codes 6.\n"
    assert counts() == (21, 290, 6)
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.thing, entry.data["added"]["municipalities"]) == (
        "load_reference",
        "municipality",
        290,
    )


def test_what_a_later_file_says_is_changed(db, folder):
    load_reference(Shelf(folder))
    damage(folder, "municipalities.csv", "B3,107076,", "B3,107999,")
    changes = load_reference(Shelf(folder))

    assert changes.sentence == "Changed: municipalities 1."
    assert Municipality.objects.get(code="0484").population == 107999
    assert JournalEntry.objects.count() == 2


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("name", "before", "after", "line"),
    [
        (
            "municipalities.csv", "212000-0357", "212000-0358",
            "municipalities.csv, row 42: the organisation number 212000-0358 is not right: "
            "its form or its check digit",
        ),
        (
            "municipalities.csv", "0484,Eskilstuna,", "484,Eskilstuna,",
            "municipalities.csv, row 42: the code “484” is not four digits",
        ),
        (
            "municipalities.csv", "0484,Eskilstuna,", "0180,Eskilstuna,",
            "municipalities.csv, row 42: the code 0180 does not begin with the county's code 04",
        ),
        (
            "municipalities.csv", "B3,107076,", "B33,107076,",
            "municipalities.csv, row 42: skr_group_2023 is “B33”, "
            "not one of A1, A2, B3, B4, B5, C6, C7, C8, C9",
        ),
        (
            "municipalities.csv", "B3,107076,", "B3,107 076,",
            "municipalities.csv, row 42: population is “107 076”, not a whole number",
        ),
        (
            "municipalities.csv", "107076,2025-09-30", "107076,2025-09-31",
            "municipalities.csv, row 42: population_date is “2025-09-31”, not a date such as 2015-11-03",
        ),
        (
            "municipalities.csv", "Eskilstuna,Eskilstuna kommun", "Eskilstuna," + "E" * 81,
            "municipalities.csv, row 42: full_name is longer than 80 characters: “" + "E" * 40 + "…”",
        ),
        (
            "municipalities.csv", "04,Södermanlands län,B3,107076", "04,Sörmlands län,B3,107076",
            "municipalities.csv, row 42: the county 04 is Södermanlands län in counties.csv",
        ),
        (
            "municipalities.csv", "107076,2025-09-30", "107076",
            "municipalities.csv, row 42: has 9 values, the header 10",
        ),
        (
            "municipality_changes.csv", "2023,name,Malung-Sälen", "2024,name,Malung-Sälen",
            "municipality_changes.csv, row 6: there is no municipality with the code “2024”",
        ),
        (
            "municipality_changes.csv", "2023,name,Malung,", "2023,nickname,Malung,",
            "municipality_changes.csv, row 5: kind is “nickname”, not one of name, code, alias",
        ),
        (
            "municipality_changes.csv", "0330,2003-01-01,,", "0330,2003-01-01,2002-01-01,",
            "municipality_changes.csv, row 2: valid_to 2002-01-01 is before valid_from 2003-01-01",
        ),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_and_nothing_is_loaded(folder, name, before, after, line):
    damage(folder, name, before, after)

    assert troubles(folder)[0] == line
    assert counts() == (0, 0, 0)


def test_every_wrong_row_is_told_at_once(db, folder):
    damage(folder, "municipalities.csv", "212000-0357", "212000-0358")
    damage(folder, "municipalities.csv", "212000-0142", "212000-0141")

    assert [line.split(":")[0] for line in troubles(folder)] == [
        "municipalities.csv, row 18",
        "municipalities.csv, row 42",
    ]


def test_a_cut_off_file_is_found_by_the_counties(db, folder):
    path = folder / "municipalities.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-2]), encoding="utf-8")

    assert troubles(folder) == [
        "counties.csv, row 22: Norrbottens län has 14 municipalities, municipalities.csv 12"
    ]


def test_a_double_row_is_told(db, folder):
    path = folder / "municipalities.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1]]), encoding="utf-8")

    assert troubles(folder) == ["municipalities.csv, row 292: is the same as row 291"]


def test_a_file_in_another_encoding_is_told(db, folder):
    path = folder / "municipalities.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))

    assert troubles(folder)[0] == "municipalities.csv, row 2: is not UTF-8"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "municipalities.csv: is empty"),
        (b"code,name\n0484,Eskilstuna\n", "municipalities.csv, row 1: the column kommun_name, county_code, "
         "county_name, skr_group_2023, population, population_date, org_number is missing"),
        (b"code\x00\n", "municipalities.csv: holds NUL characters"),
        (b'code,name\n"0484,Eskilstuna\n', "municipalities.csv, row 1: the column kommun_name, county_code, "
         "county_name, skr_group_2023, population, population_date, org_number is missing"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_told(db, folder, content, line):
    (folder / "municipalities.csv").write_bytes(content)

    assert troubles(folder)[0] == line


def test_the_command_tells_the_row_and_ends_with_2(db, folder):
    damage(folder, "municipalities.csv", "212000-0357", "212000-0358")
    with pytest.raises(CommandError) as refused:
        call_command("load_reference", "--from", str(folder))

    assert refused.value.returncode == 2
    assert str(refused.value) == (
        "municipalities.csv, row 42: the organisation number 212000-0358 is not right: "
        "its form or its check digit\nNothing was loaded."
    )


def test_the_command_refuses_a_folder_that_is_none(db, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("load_reference", "--from", str(tmp_path / "nowhere"))

    assert (refused.value.returncode, str(refused.value)) == (2, f"{tmp_path / 'nowhere'} is not a folder.")


def test_a_folder_may_hold_some_of_the_files(db, tmp_path):
    shutil.copy(SHIPPED / "counties.csv", tmp_path)
    load_reference(Shelf(tmp_path))

    assert counts() == (21, 290, 6)
