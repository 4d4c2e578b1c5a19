"""The standings as files: the page's rows, and a workbook that agrees with the site under any weights."""

import csv
import io
import json
import random

import openpyxl
import pytest
from django.http import QueryDict
from django.utils import translation

from criteria.models import Recusal
from criteria.preset_files import preset
from criteria.readings import Reading, Readings
from criteria.standings import stand
from criteria.states import RecusalReason
from criteria.what_if import read_wish, what_if
from reports.models import ExportReceipt
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


@pytest.mark.office
def test_workbooks_agree_with_the_site_cell_by_cell(tmp_path):
    files = {name: book_of(invented(preset(name), seed=at)) for at, name in enumerate(MODELS)}
    for name, path in recalculated(tmp_path, files).items():
        assert (name, differences(files[name], path)) == (name, {})


@pytest.mark.office
def test_changed_weights_give_the_sites_what_if(tmp_path, english):
    readings = invented(preset("four-areas"), seed=7)
    wish = read_wish(readings, QueryDict("weight-A=5&weight-B=60&weight-C1=10"))
    changed = reweighted(book_of(readings), {"A": 5, "B": 60, "C1": 10})
    sheet = openpyxl.load_workbook(recalculated(tmp_path, {"changed": changed})["changed"], data_only=True)
    order = sheet.worksheets[0]
    rows = [[cell.value for cell in row[:3]] for row in order.iter_rows(min_row=5, max_row=9)]
    then = what_if(readings, wish)
    by_value = [1 + sum(other.value > line.value for other in then.lines) for line in then.lines]
    assert rows == [
        [place, line.municipality, float(line.value)]
        for place, line in zip(by_value, then.lines, strict=True)
    ]
    assert sheet.worksheets[3]["B11"].value == 3


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
    assert len(book.sheetnames) == 4
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
