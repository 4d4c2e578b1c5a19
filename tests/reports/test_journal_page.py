"""The journal in words: newest first, with the files taken out, filtered, and cheap at any length."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.journal import record
from awards.models import JournalEntry
from criteria.actions import note_reading
from reports.journal_rows import JournalFilters, journal_rows
from reports.models import ExportReceipt
from tests.story import ESKILSTUNA

URL = "/organiser/editions/rehearsal-2027/journal/"


@pytest.fixture
def events(story):
    stage = story.edition.stages.get(kind="call")
    record("close_stage", stage, by=story.organiser, kind="call", reason="Tiden är ute")
    record("recuse", story.nominations[ESKILSTUNA], by=story.juror2)
    record("close_stage", stage, by=None, kind="call")
    record("pause_edition", story.call, by=story.organiser, edition=story.call)
    ExportReceipt.objects.create(
        person=story.chair, edition=story.edition, report="standings", format="csv", rows=6, at=timezone.now()
    )
    return story


def said(rows):
    return [(str(row.who), str(row.what), row.about, row.reason) for row in rows]


def test_rows_tell_everything_newest_first(events):
    assert said(journal_rows(events.edition)) == [
        ("Ordförande", "laddade ned en fil", "Ställning (csv, 6 rader)", ""),
        ("Systemet", "stängde ett skede", "Ansökan", ""),
        ("Ledamot B", "anmälde jäv för en nominering", "Eskilstuna", ""),
        ("organiser@story.example (arrangör)", "stängde ett skede", "Ansökan", "Tiden är ute"),
    ]


@pytest.mark.parametrize(
    ("filters", "verbs"),
    [
        ({"group": "export"}, ["export"]),
        ({"group": "edition"}, ["close_stage", "close_stage"]),
        ({"group": "scoring"}, ["recuse"]),
        ({"group": "other"}, []),
        ({"group": "read"}, []),
        ({"person": "system"}, ["close_stage"]),
    ],
)
def test_rows_are_filtered(events, filters, verbs):
    assert [row.verb for row in journal_rows(events.edition, JournalFilters(**filters))] == verbs


def test_rows_are_filtered_by_person_and_day(events):
    today = timezone.localdate()
    mine = JournalFilters(person=str(events.juror2.pk), since=today, until=today)
    before = JournalFilters(until=today - timedelta(days=1))

    assert [row.verb for row in journal_rows(events.edition, mine)] == ["recuse"]
    assert journal_rows(events.edition, before) == ()


@pytest.mark.parametrize("number", [1, 120])
def test_page_costs_ten_queries(events, client_of, number):
    for _ in range(number):
        record("save_sheet", events.nominations[ESKILSTUNA], by=events.juror1)
    client = client_of(events.organiser)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(URL)

    assert len(asked) == 10
    assert page.status_code == 200


def test_page_says_what_is_wrong_in_the_filters(events, client_of):
    page = client_of(events.organiser).get(URL, {"since": "igår", "person": "999999"}).content.decode()

    assert "Skriv dagen som 2027-11-16." in page
    assert "Tiden är ute" not in page


def test_page_shows_no_other_edition(events, client_of):
    page = client_of(events.organiser).get(URL).content.decode()

    assert JournalEntry.objects.filter(verb="pause_edition").count() == 1
    assert "pausade omgången" not in page


def test_page_is_for_the_organiser(events, client_of):
    assert client_of(events.chair).get(URL).status_code == 403
    assert client_of(events.other_organiser).get(URL).status_code == 404


@pytest.mark.parametrize("query", [{"since": "0001-01-01"}, {"until": "9999-12-31"}])
def test_page_survives_the_ends_of_the_calendar(events, client_of, query):
    page = client_of(events.organiser).get(URL, query)

    assert page.status_code == 200
    assert "Skriv en dag åren 2000 till 2100." in page.content.decode()


def test_rows_survive_the_ends_of_the_calendar(events):
    everything = JournalFilters(since=date(1, 1, 1), until=date(9999, 12, 31))

    assert journal_rows(events.edition, everything) == journal_rows(events.edition)


def test_rows_tell_who_read_the_scores(events):
    for room, by in (("statistics", events.chair), ("standings", events.chair), ("meeting", events.deputy)):
        note_reading(edition=events.edition, room=room, now=timezone.now(), by=by)
    mine = JournalFilters(group="read", person=str(events.chair.pk), since=timezone.localdate())

    assert said(journal_rows(events.edition, mine)) == [
        ("Ordförande", "läste ställningen", "", ""),
        ("Ordförande", "läste statistiken över poängen", "", ""),
    ]
    assert [row.verb for row in journal_rows(events.edition, JournalFilters(group="export"))] == ["export"]
    assert len(journal_rows(events.edition)) == 7


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("jury_binder", "Juryns pärm (pdf, 6 rader)"),
        ("own_binder", "En ledamots pärm (pdf, 6 rader)"),
        ("material_pack", "Allt material (pdf, 6 rader)"),
        ("own_material", "En ledamots material (pdf, 6 rader)"),
        ("diploma", "Ett diplom (pdf, 6 rader)"),
        ("protocol", "Juryprotokoll (pdf, 6 rader)"),
    ],
)
def test_every_paper_has_its_name(events, report, words):
    ExportReceipt.objects.create(edition=events.edition, report=report, format="pdf", rows=6)
    newest = journal_rows(events.edition, JournalFilters(group="export"))[0]

    assert (newest.about, str(newest.who)) == (words, "Systemet")
