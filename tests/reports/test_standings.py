"""The standings as files: the page's rows, and a workbook that agrees with the site under any weights."""

import csv
import io
import json
import random
from dataclasses import replace

import openpyxl
import pytest
from django.http import QueryDict
from django.utils import translation

from criteria.combine import agreed_codes
from criteria.jury_analysis import analysis_of
from criteria.models import Recusal
from criteria.preset_files import preset
from criteria.readings import Agreed, Ordered, Reading, Readings
from criteria.standings import stand
from criteria.states import RecusalReason
from criteria.statistics import analysis
from criteria.statistics.table import from_triples
from criteria.what_if import read_wish, what_if
from reports.models import ExportReceipt
from reports.standings_rows import standing_rows, total_rows
from reports.standings_workbook import build_standings_workbook
from tests.criteria.jury import table
from tests.criteria.meeting import KARLSTAD, agree, opened, wishes
from tests.criteria.test_standings_page import CLEAR, KAVLINGE
from tests.reports.workbooks import ISSUED, differences, random_marks, recalculated


@pytest.fixture
def english():
    """Sentences in their source language."""
    with translation.override("en"):
        yield


def url(story, ending: str) -> str:
    return f"/editions/{story.edition.key}/standings.{ending}"


def invented(model, *, sheets: int = 4, entries: int = 5, style: str = "words", seed: int = 1) -> Readings:
    """A round of invented sheets on a model, without a database."""
    chance = random.Random(seed)  # noqa: S311 - fillings for tests, not secrets
    names = {number: f"Kommun {number}" for number in range(1, entries + 1)}
    seats = {number: f"Ledamot {number}" for number in range(1, sheets + 1)}
    rows = tuple(
        Reading(entry, seat, submitted=True, marks=random_marks(model, chance, style))
        for entry in names
        for seat in seats
    )
    codes = {number: f"{number:04d}" for number in names}
    return Readings(model, names, codes, seats, rows, frozenset(), dict.fromkeys(names, sheets))


def book_of(readings: Readings) -> bytes:
    return build_standings_workbook(stand(readings), edition="Övning", language="sv", now=ISSUED)


def reweighted(xlsx: bytes, weights: dict[str, float]) -> bytes:
    """The workbook with other weights typed into the tinted cells."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    sheet = book.worksheets[1]
    for row in sheet.iter_rows(min_row=5):
        if row[0].value in weights:
            row[3].value = weights[row[0].value]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MODELS = ["four-areas", "plain-1-5", "kommunkompassen-2020", "caf-2020-fine-tuned"]


def after_a_meeting(readings: Readings, *, seed: int) -> Readings:
    """The same round with some criteria agreed on, a dash among them, and two orders by the chair."""
    chance = random.Random(seed)  # noqa: S311 - fillings for tests, not secrets
    codes, agreed = agreed_codes(readings.model), {}
    for entry in list(readings.entries)[1:]:
        marks = random_marks(readings.model, chance, "words")
        some = chance.sample(codes, max(1, len(codes) // 2))
        agreed[entry] = {code: Agreed(marks[code], "Vi enades.", 1) for code in some}
    everybody = list(readings.entries)
    chance.shuffle(everybody)
    orders = (Ordered(tuple(everybody[:3]), "Bredare."), Ordered(tuple(reversed(everybody)), "Tyngre."))
    return replace(readings, agreed=agreed, orders=orders)


def with_ties(name: str, steps: tuple[str, ...], *, seed: int) -> Readings:
    """A round where many values are equal: whole numbers, few jurors, the chair among the steps."""
    model = preset(name)
    model = replace(model, tie_break=steps, rounding=replace(model.rounding, places=0))
    return invented(model, sheets=3, entries=7, seed=seed)


MODELS = ["four-areas", "plain-1-5", "kommunkompassen-2020", "caf-2020-fine-tuned"]
STEPS = {
    "chair": ("chair", "shared"),
    "all": ("criterion:A", "median", "preferred_share", "chair", "shared"),
    "preferred": ("preferred_share", "shared"),
}


@pytest.mark.office
def test_workbooks_agree_with_the_site_cell_by_cell(tmp_path):
    rounds = {name: invented(preset(name), seed=at) for at, name in enumerate(MODELS)}
    rounds |= {f"{name}-met": after_a_meeting(each, seed=3) for name, each in rounds.items()}
    rounds |= {
        f"ties-{name}": after_a_meeting(with_ties("four-areas", steps, seed=2), seed=5)
        for name, steps in STEPS.items()
    }
    files = {name: book_of(readings) for name, readings in rounds.items()}
    for name, path in recalculated(tmp_path, files).items():
        assert (name, differences(files[name], path)) == (name, {})
        check = openpyxl.load_workbook(path, data_only=True)["Kontroll"]
        pairs = [("D", None), ("K", None), ("E", "F"), ("L", "M")]
        for row in range(5, 5 + len(rounds[name].entries)):
            for one, other in pairs:
                said = check[f"{one}{row}"].value
                assert said in ((0, None) if other is None else (check[f"{other}{row}"].value,))


@pytest.mark.office
def test_changed_weights_give_the_sites_what_if(tmp_path):
    wishes = {"A": 5, "B": 60, "C1": 10}
    query = QueryDict("&".join(f"weight-{code}={weight}" for code, weight in wishes.items()))
    rounds = {"plain": invented(preset("four-areas"), seed=7)}
    rounds["met"] = after_a_meeting(rounds["plain"], seed=8)
    for name, steps in STEPS.items():
        rounds[name] = after_a_meeting(with_ties("four-areas", steps, seed=9), seed=10)
    files = {name: reweighted(book_of(readings), wishes) for name, readings in rounds.items()}
    for name, path in recalculated(tmp_path, files).items():
        book = openpyxl.load_workbook(path, data_only=True)
        then = what_if(rounds[name], read_wish(rounds[name], query))
        last = 4 + len(then.lines)
        rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=5, max_row=last)]
        found = {row[1]: (row[0], row[2], *(row[6:8] if then.shows_agreed else ())) for row in rows}
        assert (name, found) == (name, {line.municipality: _on_site(line, then) for line in then.lines})
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        assert book["Kontroll"][f"B{last + 2}"].value == 3


def _on_site(line, then) -> tuple:
    after = (float(line.agreed), line.agreed_place) if then.shows_agreed else ()
    return line.place, float(line.value), *after


def test_the_chairs_order_stands_in_the_workbook_with_its_reason():
    readings = after_a_meeting(with_ties("four-areas", STEPS["chair"], seed=2), seed=5)
    lines = stand(readings).lines
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(readings)), data_only=True).worksheets[0]
    said = [sheet[f"K{row}"].value or "" for row in range(5, 12)]

    assert said == [line.chairs_reason for line in lines]
    assert [line.place for line in lines] == [sheet[f"A{row}"].value for row in range(5, 12)]
    assert set(said) - {""} != set()


def test_a_large_round_shares_places_by_value(english):
    readings = invented(preset("plain-1-5"), sheets=2, entries=61, seed=4)
    book = openpyxl.load_workbook(io.BytesIO(book_of(readings)), data_only=True)

    assert len(book.sheetnames) == 4
    assert "what parts them stands on the site" in book.worksheets[0]["A3"].value


def test_a_rule_that_weights_in_cells_cannot_follow_is_told(english):
    readings = invented(preset("radar-like"), entries=2, sheets=3, style="full")
    book = openpyxl.load_workbook(io.BytesIO(book_of(readings)))
    assert "use the page What if?" in book.worksheets[1]["A3"].value
    assert book.worksheets[3]["C5"].data_type == "n"


def test_rows_are_the_pages(story, client_of):
    table(story, CLEAR)
    answer = client_of(story.chair).get(url(story, "json"))
    rows = json.loads(answer.content)["rows"]
    assert [(row["place"], row["municipality_code"], row["value"]) for row in rows][:3] == [
        (1, "1261", 5.0),
        (2, "0484", 4.0),
        (2, "1283", 4.0),
    ]
    assert (rows[1]["shared"], rows[0]["sheets"], rows[0]["group"]) == (True, 3, "a")
    assert "no-store" in answer["Cache-Control"]


def test_totals_are_what_analyse_scores_reads(story, client_of):
    table(story, CLEAR)
    content = client_of(story.chair).get(url(story, "csv"), {"rows": "totals"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert (rows[0], rows[1], len(rows)) == (
        ["entry", "juror", "score"],
        ["Kävlinge", "Ledamot A", "100.0"],
        19,
    )


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_files_are_sealed_and_leave_a_receipt(story, client_of, ending):
    client = client_of(story.chair)
    assert client.get(url(story, ending)).status_code == 403
    table(story, CLEAR)
    assert client.get(url(story, ending)).status_code == 200
    receipt = ExportReceipt.objects.get()
    assert (receipt.report, receipt.format, receipt.rows, receipt.person) == (
        "standings", ending, 6, story.chair,
    )  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_chair_who_stands_aside_gets_no_row_of_the_entry(story, client_of, ending):
    table(story, CLEAR)
    Recusal.objects.create(
        juror=story.seats["chair"], nomination=story.nominations[KAVLINGE], reason=RecusalReason.HOME
    )
    shown = {
        name: client_of(story.people[name]).get(url(story, ending)).content.decode()
        for name in ("chair", "deputy")
    }
    assert ("Kävlinge" in shown["chair"], "Kävlinge" in shown["deputy"]) == (False, True)


def test_the_workbook_of_the_page_opens(story, client_of):
    table(story, CLEAR)
    content = client_of(story.organiser).get(url(story, "xlsx")).content
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert len(book.sheetnames) == 6
    rows = [[cell.value for cell in row[:3]] for row in book.worksheets[0].iter_rows(min_row=5, max_row=6)]
    assert rows == [[1, "Kävlinge", 5], [2, "Eskilstuna", 4]]


def test_rows_say_what_the_meeting_agreed_on(story, client_of):
    agree(story, opened(story), KARLSTAD, wishes("5"))

    rows = json.loads(client_of(story.chair).get(url(story, "json")).content)["rows"]

    found = {
        row["municipality_code"]: (row["place"], row["agreed"], row["agreed_place"], row["agreed_on"])
        for row in rows
    }
    assert (found[KARLSTAD], found[KAVLINGE][1:]) == ((5, 5.0, 1, 12), (4.75, 2, 0))


def test_statistics_are_worked_out_anew_from_the_totals_in_the_file():
    standings = stand(invented(preset("plain-1-5"), sheets=4, entries=6, seed=3))
    triples = [(row.entry, row.juror, row.score) for row in total_rows(standings)]
    anew = analysis.analyse(from_triples(triples), scale=(0, 100))

    assert [row[0] for row in triples] != sorted(row[0] for row in triples)
    assert analysis.as_dict(anew) == analysis.as_dict(analysis_of(standings))


def test_rows_hide_what_a_gate_speaks_against():
    standings = stand(invented(preset("plain-1-5"), sheets=2, entries=6, seed=3))
    rows = standing_rows(standings, analysis_of(standings))

    assert {(row.adjusted, row.adjusted_place, row.first_probability) for row in rows} == {(None, None, None)}
