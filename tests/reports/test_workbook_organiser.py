"""The organiser's workbook: a column per juror, and what they come to together, live and exactly."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from criteria.combine import Combined, Sheet, combine
from criteria.scoring import Rounding, ScoringModel
from criteria.tally import tally
from reports.workbook.organiser import build_organiser_workbook
from reports.workbook.spec import OrganiserEntrySpec, OrganiserSpec, SeatSpec, SheetSpec
from tests.reports.test_workbook_formulas import FIVES, FOUR, PRIMES
from tests.reports.workbooks import (
    ISSUED,
    SIX,
    differences,
    entry,
    eskilstuna_2015,
    preset,
    random_marks,
    recalculated,
    seeded,
    weighted,
)

FOUR_AREAS = preset("four-areas")
MODELS = {
    "mean": (FOUR_AREAS, 6),
    "median-odd": (replace(FOUR_AREAS, juror_combine="median"), 5),
    "median-even": (replace(FOUR_AREAS, juror_combine="median"), 6),
    "trimmed": (replace(FOUR_AREAS, juror_combine="trimmed", trim=1), 8),
    "too-few-to-trim": (replace(FOUR_AREAS, juror_combine="trimmed", trim=2), 5),
    "by-criterion": (replace(FOUR_AREAS, combine_on="criterion"), 5),
    "unfinished-counts": (replace(FOUR_AREAS, incomplete="as_no_evidence"), 5),
    "points": (preset("baldrige"), 4),
    "large-numbers": (weighted("primes", PRIMES, FIVES, Rounding("final", 1)), 9),
    "three-places": (weighted("three", FOUR, FIVES, Rounding("final", 3)), 4),
}


def spec(model: ScoringModel, entries, seats=(), **more) -> OrganiserSpec:
    return OrganiserSpec(
        "rehearsal-2027",
        "Sveriges KvalitetsKommun 2027",
        model,
        tuple(seats),
        tuple(entries),
        ISSUED,
        "b1",
        **more,
    )


def seats(count: int) -> tuple[SeatSpec, ...]:
    return tuple(SeatSpec(f"seat-{number}", f"Juror {number}") for number in range(1, count + 1))


def filled(name: str) -> OrganiserSpec:
    """Six nominations: juror 2 recused from the first, the last juror midway, all others submitted."""
    model, count = MODELS[name]
    chance = seeded(name)
    entries = []
    for code, town, _county, _population in SIX:
        sheets = {}
        for number, seat in enumerate(seats(count), start=1):
            if (number, town) == (2, "Borås"):
                sheets[seat.key] = SheetSpec(recused=True)
            elif number == count:
                sheets[seat.key] = SheetSpec(random_marks(model, chance, "mixed"), state="påbörjad")
            else:
                style = chance.choice(["full", "words"])
                sheets[seat.key] = SheetSpec(
                    random_marks(model, chance, style), submitted=True, state="inlämnad"
                )
        entries.append(OrganiserEntrySpec(entry(code, town, {}), sheets))
    return spec(model, entries, seats(count))


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    return {name: build_organiser_workbook(filled(name)) for name in MODELS}


@pytest.fixture(scope="module")
def recalculated_workbooks(workbooks, tmp_path_factory):
    return recalculated(tmp_path_factory.mktemp("office"), workbooks)


@pytest.mark.office
@pytest.mark.parametrize("name", MODELS)
def test_libreoffice_comes_to_the_jurys_figures(name, workbooks, recalculated_workbooks):
    assert differences(workbooks[name], recalculated_workbooks[name]) == {}


@pytest.mark.parametrize("name", MODELS)
def test_the_combined_values_are_the_sites(name, workbooks):
    given = filled(name)
    overview = openpyxl.load_workbook(io.BytesIO(workbooks[name]), data_only=True)["Översikt"]

    found = [overview.cell(row, 3 + len(given.seats)).value for row in range(5, 11)]

    expected = [
        combine(
            given.model, [Sheet(s.marks, s.submitted) for s in each.sheets.values() if not s.recused]
        ).value
        for each in given.entries
    ]
    assert found == [None if value is None else float(value) for value in expected]


def test_each_juror_has_a_column_with_the_own_total(workbooks):
    given = filled("mean")
    book = openpyxl.load_workbook(io.BytesIO(workbooks["mean"]), data_only=True)

    row = [cell.value for cell in book["Eskilstuna"][22]][5:11]
    heads = [cell.value for cell in book["Eskilstuna"][5]][5:11]

    assert heads == [f"Juror {number}" for number in range(1, 7)]
    assert row == [float(tally(given.model, sheet.marks).value) for sheet in given.entries[1].sheets.values()]


def test_a_recused_jurors_marks_are_never_written():
    marks = random_marks(FOUR_AREAS, seeded(1), "full")
    sheets = {"seat-1": SheetSpec(marks, submitted=True), "seat-2": SheetSpec(marks, recused=True)}
    one = OrganiserEntrySpec(entry("1490", "Borås", {}), sheets)

    sheet = openpyxl.load_workbook(io.BytesIO(build_organiser_workbook(spec(FOUR_AREAS, [one], seats(2)))))[
        "Borås"
    ]

    assert [sheet[f"G{number}"].value for number in range(6, 26)] == [None] * 18 + ["jäv", None]


def test_the_check_sheet_compares_every_juror_and_all_together(workbooks):
    book = openpyxl.load_workbook(io.BytesIO(workbooks["mean"]), data_only=True)

    verdicts = [cell.value for (cell,) in book["Kontroll"]["G5:G45"]]

    assert verdicts == ["lika"] * 41  # six nominations by six jurors, less the recused one, and six together


def test_ties_show_both_the_shared_place_and_the_place_after_the_rules():
    marks = random_marks(FOUR_AREAS, seeded(2), "full")
    alike = {"seat-1": SheetSpec(marks, submitted=True)}
    entries = [OrganiserEntrySpec(entry(code, town, {}), alike) for code, town, _c, _p in SIX[:2]]
    decided = spec(FOUR_AREAS, entries, seats(1), chair_order={"1490": 2, "0484": 1})

    overview = openpyxl.load_workbook(io.BytesIO(build_organiser_workbook(decided)), data_only=True)[
        "Översikt"
    ]

    assert [cell.value for cell in overview[4]][5:7] == ["Plats", "Efter särskiljning"]
    assert [[cell.value for cell in overview[row]][5:7] for row in (5, 6)] == [[1, 2], [1, 1]]


def test_a_value_that_only_the_site_can_work_out_is_given_as_it_is():
    model = replace(FOUR_AREAS, juror_combine="consensus_only")
    marks = random_marks(model, seeded(3), "full")
    common = combine(model, [], consensus=marks)
    one = OrganiserEntrySpec(entry("1490", "Borås", {}), {}, common)

    sheet = openpyxl.load_workbook(io.BytesIO(build_organiser_workbook(spec(model, [one], seats(2)))))[
        "Borås"
    ]

    assert isinstance(common, Combined)
    assert [sheet[f"{letter}26"].value for letter in "FGH"] == [
        float(common.value),
        float(common.of_100),
        "webbplatsens värde",
    ]


def test_an_edition_without_a_jury_has_empty_score_cells_to_fill_in():
    entries = [
        OrganiserEntrySpec(replace(eskilstuna_2015(random_marks(FOUR_AREAS, seeded(4), "full")), criteria={}))
    ]

    book = openpyxl.load_workbook(
        io.BytesIO(build_organiser_workbook(spec(FOUR_AREAS, entries))), data_only=True
    )

    sheet = book["Eskilstuna"]
    criteria = [row for row in range(6, 22) if not sheet[f"A{row}"].value.startswith("_")]
    assert [sheet[f"F{row}"].value for row in criteria] == [None] * 12
    assert [sheet[f"F{row}"].protection.locked for row in criteria] == [False] * 12
    assert sheet.data_validations.dataValidation[0].promptTitle == "Poäng"
    assert [sheet[f"D{row}"].value for row in (38, 39, 40)] == [
        "Höja stadens och landsbygdens attraktionskraft",
        "Höja utbildningsnivån",
        "Fler jobb och fler i arbete",
    ]


@pytest.mark.office
def test_scores_typed_into_an_empty_workbook_are_added_up(tmp_path):
    marks = random_marks(FOUR_AREAS, seeded(5), "full")
    content = build_organiser_workbook(
        spec(FOUR_AREAS, [OrganiserEntrySpec(entry("0484", "Eskilstuna", {}))])
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Eskilstuna"]
    for row in range(6, 22):
        mark = marks.get(sheet[f"A{row}"].value)
        if mark is not None:
            sheet[f"F{row}"].value = int(mark.value)
    typed = io.BytesIO()
    book.save(typed)

    path = recalculated(tmp_path, {"typed": typed.getvalue()})["typed"]

    overview = openpyxl.load_workbook(path, data_only=True)["Översikt"]
    total = tally(FOUR_AREAS, marks)
    assert [overview[f"{letter}5"].value for letter in "CDEF"] == [
        float(total.value),
        float(total.value),
        float(total.of_100),
        1,
    ]
