"""LibreOffice, made to calculate every formula afresh, comes to exactly the site's figures."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from criteria.scoring import Mark, Rounding, Scale
from criteria.tally import tally
from reports.workbook.build import build_jury_workbook, ranks
from reports.workbook.layout import layout_of
from reports.workbook.overview_sheet import FIRST, columns_of
from tests.reports.workbooks import (
    differences,
    entry,
    preset,
    random_marks,
    recalculated,
    seeded,
    spec,
    weighted,
)

ONE_TO_FIVE = Scale("1-5", Decimal(1), Decimal(5), Decimal(1))
HALVES = Scale("halves", Decimal(1), Decimal(5), Decimal("0.5"))
TENTHS = Scale("tenths", Decimal(0), Decimal(10), Decimal("0.1"), "number")
FIVES = Scale("fives", Decimal(0), Decimal(100), Decimal(5))
BELOW = Scale("below", Decimal(-2), Decimal(2), Decimal(1))
FOUR = [
    ("30", ["40", "35", "25"]),
    ("25", ["40", "35", "25"]),
    ("25", ["40", "35", "25"]),
    ("20", ["40", "35", "25"]),
]
PRIMES = [
    ("31", ["37", "41", "23"]),
    ("29", ["43", "31", "29"]),
    ("23", ["53", "31", "17"]),
    ("17", ["61", "37", "3"]),
]
DECIMALS = [("33.5", ["37.5", "32.25", "30.25"]), ("41.5", ["50.5", "49.5"]), ("25", ["12.5", "87.5"])]
MODELS = {
    name: (preset(name), entries)
    for name, entries in {
        "four-areas": 14,
        "plain-1-5": 14,
        "kommunkompassen-2010": 8,
        "baldrige": 8,
        "indicator-round": 10,
        "caf-2020-classical": 2,
        "caf-2020-fine-tuned": 3,
        "radar-like": 3,
    }.items()
} | {
    "halves": (weighted("halves", FOUR, HALVES, Rounding("final", 2)), 14),
    "decimal-weights": (weighted("decimal-weights", DECIMALS, ONE_TO_FIVE, Rounding("final", 2)), 14),
    "fives-primes": (weighted("fives-primes", PRIMES, FIVES, Rounding("final", 1)), 14),
    "equal": (
        weighted("equal", [("1", ["1", "1", "1"]), ("1", ["1", "1"])], ONE_TO_FIVE, Rounding("final", 3)),
        30,
    ),
    "below-zero": (weighted("below-zero", FOUR, BELOW, Rounding("final", 2)), 10),
    "per-criterion": (weighted("per-criterion", FOUR, HALVES, Rounding("per_criterion", 1)), 14),
    "per-product": (weighted("per-product", FOUR, TENTHS, Rounding("per_product", 1)), 10),
    "whole": (weighted("whole", FOUR, TENTHS, Rounding("final", 0)), 10),
}
STYLES = ("full", "mixed", "words", "mixed", "full", "blank", "words", "nothing_applies")


def filled(name: str):
    """The nominations of a workbook: random fillings, the first two alike so that there is a tie."""
    model, count = MODELS[name]
    chance = seeded(name)
    fillings = [random_marks(model, chance, STYLES[number % len(STYLES)]) for number in range(count - 1)]
    return model, [
        entry(f"{number:04d}", f"Kommun {number}", marks)
        for number, marks in enumerate([fillings[0], *fillings], start=100)
    ]


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    return {name: build_jury_workbook(spec(filled(name)[0], filled(name)[1])) for name in MODELS}


@pytest.fixture(scope="module")
def recalculated_workbooks(workbooks, tmp_path_factory):
    return recalculated(tmp_path_factory.mktemp("office"), workbooks)


@pytest.mark.parametrize("name", MODELS)
def test_figures_beside_the_formulas_are_the_sites(name, workbooks):
    model, entries = filled(name)
    book = openpyxl.load_workbook(io.BytesIO(workbooks[name]), data_only=True)
    tallies = [tally(model, each.marks) for each in entries]
    places = ranks([each.value if each.complete else None for each in tallies])
    columns = columns_of(layout_of(model))
    overview = book["Översikt"]

    found = [
        (
            overview[f"{columns.value}{row}"].value,
            overview[f"{columns.of_100}{row}"].value,
            overview[f"{columns.rank}{row}"].value,
            overview[f"{columns.missing}{row}"].value,
        )
        for row in range(FIRST, FIRST + len(entries))
    ]

    assert found == [
        (
            None if each.value is None else float(each.value),
            None if each.of_100 is None else float(each.of_100),
            place or "–",
            len(each.missing),
        )
        for each, place in zip(tallies, places, strict=True)
    ]


@pytest.mark.office
@pytest.mark.parametrize("name", MODELS)
def test_libreoffice_calculates_every_cell_to_what_stands_beside_it(name, workbooks, recalculated_workbooks):
    assert differences(workbooks[name], recalculated_workbooks[name]) == {}


def test_the_published_example_is_worked_as_published():
    model = weighted("flat", [("100", ["40", "35", "25"])], ONE_TO_FIVE, Rounding("final", 4))
    marks = dict(zip(("A1.1", "A1.2", "A1.3"), map(Mark, map(Decimal, (4, 3, 5))), strict=True))

    book = openpyxl.load_workbook(
        io.BytesIO(build_jury_workbook(spec(model, [entry("0484", "Eskilstuna", marks)]))), data_only=True
    )

    assert [book["Eskilstuna"][address].value for address in ("F3", "G3", "H3", "I3")] == [3.9, 72.5, 0, 1]
