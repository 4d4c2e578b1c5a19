"""The public files: the keys that others rely on, the pages' filters, the same rows in every format."""

import csv
import io

import openpyxl
import pytest

from nominees.models import NominationEvent
from nominees.states import DatePrecision

NOMINATION_KEYS = ["year", "code", "name", "county", "group", "outcome", "themes", "source"]
ARTICLE = "Kvalitetsmagasinet: Eskilstuna redo för evolution"
APPLIED_2013 = (
    "https://kvalitetsmassan.se/2012/11/21/sa-jobbar-de-14-som-hoppas-bli-sveriges-kvalitetskommun/"
)
APPLIED_2015 = "https://kvalitetsmassan.se/2014/11/25/rekordmanga-vill-bli-sveriges-kvalitetskommun-2015/"
NOMINATED_2015 = "https://kvalitetsmagasinet.se/nomineringen-klar-till-sveriges-kvalitetskommun-2015/"
ESKILSTUNA = {
    "code": "0484",
    "name": "Eskilstuna",
    "county": "Södermanlands län",
    "group": "B3",
    "editions": [
        {"year": 2003, "outcome": "none", "events": []},
        {"year": 2005, "outcome": "none", "events": []},
        {"year": 2007, "outcome": "unknown", "events": []},
        {"year": 2009, "outcome": "unknown", "events": []},
        {"year": 2011, "outcome": "none", "events": []},
        {
            "year": 2013,
            "outcome": "nominated",
            "events": [
                {"event": "applied", "date": None, "source": APPLIED_2013},
                {"event": "nominated", "date": None, "source": ARTICLE},
            ],
        },
        {
            "year": 2015,
            "outcome": "nominated",
            "events": [
                {"event": "applied", "date": None, "source": APPLIED_2015},
                {"event": "nominated", "date": None, "source": NOMINATED_2015},
            ],
        },
        {"year": 2017, "outcome": "none", "events": []},
        {"year": 2019, "outcome": "none", "events": []},
        {"year": 2021, "outcome": "none", "events": []},
        {"year": 2023, "outcome": "none", "events": []},
        {"year": 2025, "outcome": "unknown", "events": []},
    ],
    "nomination_streak": {"editions": 2, "at_least": False, "last_year": 2015},
    "contributions": [
        {"year": 2011, "theme": "utmanar", "title": "Eskilstuna utmanar"},
        {"year": 2011, "theme": None, "title": "Eskilstuna–Manchester 1–1"},
        {"year": 2013, "theme": "inspirerar", "title": "Eskilstuna inspirerar"},
        {"year": 2013, "theme": None, "title": "Resultatstyrning i praktiken"},
        {"year": 2015, "theme": "evolution", "title": "Eskilstuna gör evolution"},
    ],
    "improvement_areas": [
        {"year": 2015, "direction": "outward", "title": "Högre attraktionskraft i stad och land"},
        {"year": 2015, "direction": "outward", "title": "Höjd utbildningsnivå"},
        {"year": 2015, "direction": "outward", "title": "Fler jobb och fler i arbete"},
        {"year": 2015, "direction": "outward", "title": "Ekologisk hållbarhet"},
        {"year": 2015, "direction": "inward", "title": "Stabil ekonomi"},
        {"year": 2015, "direction": "inward", "title": "Attraktiv arbetsgivare"},
        {"year": 2015, "direction": "inward", "title": "Högre kvalitet i processerna"},
    ],
}


def table_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def sheet_of(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_record_of_eskilstuna(past, client):
    assert client.get("/municipalities/0484.json").json() == ESKILSTUNA


def test_record_of_lulea(past, client):
    record = client.get("/municipalities/2580.json").json()
    (lulea,) = [each for each in record["editions"] if each["events"]]

    assert (lulea["year"], lulea["outcome"]) == (2019, "withdrew")
    assert [each["event"] for each in lulea["events"]] == ["applied", "nominated", "withdrew"]
    assert record["nomination_streak"] == {"editions": 1, "at_least": False, "last_year": 2019}


def test_record_of_a_municipality_that_nobody_knows_anything_about(past, client):
    record = client.get("/municipalities/2584.json").json()

    assert [each["outcome"] for each in record["editions"]] == [
        "none", "none", "unknown", "unknown", "none", "none",
        "none", "none", "none", "none", "none", "unknown",
    ]  # fmt: skip
    assert record["nomination_streak"] == {"editions": 0, "at_least": False, "last_year": None}
    assert (record["contributions"], record["improvement_areas"]) == ([], [])


@pytest.mark.parametrize(
    ("precision", "date"),
    [("day", "2015-11-03"), ("month", "2015-11"), ("year", "2015"), ("unknown", None)],
)
def test_a_date_is_as_exact_as_it_is_known(past, client, precision, date):
    event = NominationEvent.objects.filter(nomination__municipality__code="1261", kind="won")
    event.update(date="2015-11-03", precision=DatePrecision(precision))
    record = client.get("/municipalities/1261.json").json()

    assert [each["events"][-1]["date"] for each in record["editions"] if each["year"] == 2015] == [date]


def test_record_as_rows(past, client):
    rows = table_of(client.get("/municipalities/0484.csv"))

    assert rows[0] == ["year", "what", "kind", "text", "date", "source"]
    assert [row[1] for row in rows[1:]].count("outcome") == 12
    assert rows[-1] == ["2015", "challenge", "outward", "Social uthållighet", "", ARTICLE]
    assert sheet_of(client.get("/municipalities/0484.xlsx"))[1] == [2003, "outcome", "none", None, None, None]


@pytest.mark.parametrize("address", ["9999.json", "484.json", "habo.json", "0484.pdf", "04840.csv"])
def test_an_unknown_municipality_or_format_is_not_found(past, client, address):
    assert client.get(f"/municipalities/{address}").status_code == 404


def test_nominations(past, client):
    data = client.get("/nominations.json").json()

    assert (data["count"], len(data["rows"])) == (73, 73)
    assert {tuple(row) for row in data["rows"]} == {tuple(NOMINATION_KEYS)}
    assert data["rows"][0] == {
        "year": 2025,
        "code": "0840",
        "name": "Mörbylånga",
        "county": "Kalmar län",
        "group": "B4",
        "outcome": "won",
        "themes": [],
        "source": "https://kalmar.nu/?p=121798",
    }


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", 73),
        ("?year=2015", 17),
        ("?year=2015&year=2013&outcome=nominated", 6),
        ("?county=S%C3%B6dermanlands+l%C3%A4n", 3),
        ("?county=04&theme=evolution", 1),
        ("?q=h%C3%A5llbarhet&sort=name", 1),
        ("?year=2003&outcome=applied", 0),
    ],
)
def test_every_format_holds_the_same_rows(past, client, query, rows):
    data = client.get(f"/nominations.json{query}").json()
    flat = [
        [", ".join(value) if isinstance(value, list) else str(value) for value in row.values()]
        for row in data["rows"]
    ]
    workbook = sheet_of(client.get(f"/nominations.xlsx{query}"))
    sheet = [["" if value is None else str(value) for value in row] for row in workbook]

    assert data["count"] == len(flat) == rows
    assert table_of(client.get(f"/nominations.csv{query}")) == [NOMINATION_KEYS, *flat]
    assert sheet == [NOMINATION_KEYS, *flat]


def test_files_hold_the_rows_of_the_page_in_its_order(past, client):
    rows = client.get("/nominations.json?year=2015&sort=-name").json()["rows"]

    assert [row["name"] for row in rows][:3] == ["Örnsköldsvik", "Ängelholm", "Västerås"]


def test_municipalities(past, client):
    data = client.get("/municipalities.json?q=h%C3%A5bo").json()

    assert data == {
        "count": 1,
        "rows": [
            {
                "code": "0305",
                "name": "Håbo",
                "full_name": "Håbo kommun",
                "county": "Uppsala län",
                "group": "A2",
                "population": 23198,
                "population_date": "2025-09-30",
                "organisation_number": "212000-0241",
                "nominations": 0,
                "nominations_at_least": True,
                "streak": 0,
                "streak_at_least": False,
                "wins": 0,
            }
        ],
    }
    assert len(table_of(client.get("/municipalities.csv"))) == 291
    assert sheet_of(client.get("/municipalities.xlsx?county=03"))[1][0] == "0381"


def test_editions(past, client):
    rows = {row["year"]: row for row in client.get("/editions.json").json()["rows"]}

    assert list(rows) == list(range(2025, 2002, -2))
    assert rows[2013] == {
        "year": 2013,
        "ordinal": 6,
        "theme": "",
        "entry_mode": "application",
        "ceremony": "2013-11-19",
        "applicants": 14,
        "applicants_complete": True,
        "nominees": 2,
        "nominees_complete": False,
        "winners": ["Örebro"],
        "source": APPLIED_2013,
    }


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nominations.json?year=1999", "”1999” finns inte bland valen."),
        ("nominations.json?outcome=won&outcome=lost", "”lost” finns inte bland valen."),
        ("municipalities.json?group=Z9", "”Z9” finns inte bland valen."),
    ],
)
def test_a_wrong_filter_is_refused_with_a_sentence(past, client, address, sentence):
    as_json = client.get(f"/{address}")
    as_text = client.get(f"/{address.replace('.json', '.csv')}")

    assert (as_json.status_code, as_json.json()) == (400, {"error": sentence})
    assert (as_text.status_code, as_text.content.decode()) == (400, sentence)
    assert as_text["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("nominations.json", 3),
        ("nominations.csv?year=2015", 3),
        ("nominations.xlsx?year=2025", 3),
        ("municipalities.json", 4),
        ("municipalities.csv?q=habo", 4),
        ("editions.xlsx", 2),
        ("municipalities/0484.json", 7),
        ("municipalities/2584.csv", 7),
    ],
)
def test_files_ask_few_questions_however_many_rows(past, client, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        client.get(f"/{address}")


@pytest.mark.parametrize("address", ["nominations.csv", "nominations.xlsx", "municipalities/0484.json"])
def test_a_file_that_has_not_changed_is_not_sent_again(past, client, address):
    first = client.get(f"/{address}")
    again = client.get(f"/{address}", headers={"if-none-match": first["ETag"]})
    NominationEvent.objects.filter(nomination__municipality__code="0484").update(kind="applied")
    changed = client.get(f"/{address}", headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "public, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)
    assert not first.cookies


def test_what_a_signed_in_person_gets_stays_out_of_caches(story, client_of):
    response = client_of(story.outsider).get("/nominations.json")

    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store", "no-cache"}


def test_rehearsals_are_in_no_file_even_for_their_organiser(story, client_of, client):
    def files(browser):
        addresses = ["nominations.json", "municipalities.json", "editions.json", "municipalities/0484.json"]
        return [browser.get(f"/{address}").content for address in addresses]

    assert story.nominations["0484"].edition.is_rehearsal
    assert files(client_of(story.organiser)) == files(client_of(story.contacts["0484"])) == files(client)


def test_content_types_and_names(past, client):
    def head(address):
        response = client.get(f"/{address}")
        return response["Content-Type"], response.get("Content-Disposition")

    assert head("nominations.csv") == ("text/csv; charset=utf-8", 'attachment; filename="nominations.csv"')
    assert head("nominations.json") == ("application/json; charset=utf-8", None)
    assert head("municipalities/0484.xlsx") == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        'attachment; filename="0484.xlsx"',
    )


def test_files_are_only_read(past, client):
    assert client.post("/nominations.json").status_code == 405
