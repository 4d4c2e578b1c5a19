"""The start page, the list of editions, the method and the open data, as a visitor reads them."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from awards.models import Award, Edition
from nominees.front import front
from nominees.models import Municipality, Nomination, NominationEvent
from nominees.states import EventKind
from tests.nominees.reading import part, rows, words


def test_start_says_who_bears_the_title(past, client):
    page = client.get("/")

    assert part(page, "h1") == "Kommunerna som utvecklar Sverige"
    assert words(page).split("Omgång 2025")[0].split("Så utses vinnaren ")[1] == (
        "omgångar sedan 2003 12 nomineringar med källa minst 46 olika vinnare 12 "
        "Sveriges KvalitetsKommun 2025 Mörbylånga Kalmar län. Bär titeln till dess nästa vinnare utses. "
        "Kommunens sida "
    )


def test_start_lists_every_winner_newest_first(past, client):
    honours = re.search(r'<ol class="kv-honours".*?</ol>', client.get("/").content.decode(), re.DOTALL)

    assert re.findall(r">([^<>]+)</(?:time|a)>", honours.group()) == [
        "2025", "Mörbylånga", "2023", "Höganäs", "2021", "Nacka", "2019", "Sollentuna",
        "2017", "Helsingborg", "2015", "Kävlinge", "2013", "Örebro", "2011", "Kungsbacka",
        "2009", "Stockholm", "2007", "Lomma", "2005", "Umeå", "2003", "Botkyrka",
    ]  # fmt: skip


def test_start_shows_the_funnel_and_its_table_alike(past, client):
    page = client.get("/")
    drawing = part(page, "svg", -1)

    assert rows(page) == [
        ["2025", "290 granskade", "okänt", "Mörbylånga"],
        ["2023", "okänt", "4", "Höganäs"],
        ["2021", "9", "5", "Nacka"],
        ["2019", "8", "5", "Sollentuna"],
        ["2017", "9", "6", "Helsingborg"],
        ["2015", "17", "6", "Kävlinge"],
        ["2013", "14", "minst 2", "Örebro"],
        ["2011", "okänt", "5", "Kungsbacka"],
        ["2009", "okänt", "okänt", "Stockholm"],
        ["2007", "okänt", "okänt", "Lomma"],
        ["2005", "okänt", "5", "Umeå"],
        ["2003", "okänt", "5", "Botkyrka"],
    ]
    assert drawing.endswith(
        "2025 290 kommuner granskades på nyckeltal; antal nominerade okänt "
        "2023 4 nominerade, antal sökande okänt 2021 9 sökande, 5 nominerade "
        "2019 8 sökande, 5 nominerade 2017 9 sökande, 6 nominerade 2015 17 sökande, 6 nominerade "
        "2013 14 sökande, minst 2 nominerade 2011 5 nominerade, antal sökande okänt "
        "2009 Sökande och nominerade okända 2007 Sökande och nominerade okända "
        "2005 5 nominerade, antal sökande okänt 2003 5 nominerade, antal sökande okänt"
    )


def test_start_tells_of_the_record_and_the_fair(past, client):
    text = words(client.get("/"))

    assert re.findall(r"Rekordet .*?gissning\.|Kvalitetsmässan i .*?år\.", text) == [
        "Kvalitetsmässan i Göteborg, 11–13 november 2025. Hedersomnämnande för bästa utveckling över 3–4 år.",
        "Rekordet är 17 sökande, 2015. Där listor saknas står det, i stället för en gissning.",
    ]


def test_start_without_history_says_so(db, client):
    assert words(client.get("/")).endswith(
        "Ingen omgång är offentlig än "
        "Så snart en omgång publiceras står dess nominerade och vinnare här, med källor."
    )


def test_start_in_english_is_english(past, client):
    client.cookies["django_language"] = "en"

    assert part(client.get("/"), "h1") == "The municipalities that develop Sweden"


def test_editions_list_says_unknown_apart_from_none(past, client):
    page = client.get("/editions/")

    assert part(page, "p", 0) == "Tolv omgångar sedan 2003. Tolv olika kommuner har vunnit."
    assert [[row[0], row[1], row[2], row[3], row[6]] for row in rows(page)][:7] == [
        ["2025", "Mörbylånga", "okänt", "290 granskade", "okänt"],
        ["2023", "Höganäs", "4", "okänt", "21 nov 2023"],
        ["2021", "Nacka", "5", "9", "2 maj 2022"],
        ["2019", "Sollentuna", "5", "8", "12 nov 2019"],
        ["2017", "Helsingborg", "6", "9", "14 nov 2017"],
        ["2015", "Kävlinge", "6", "17", "3 nov 2015"],
        ["2013", "Örebro", "minst 2", "14", "19 nov 2013"],
    ]


def test_method_tells_of_five_ways(client, db):
    found = re.findall(r"<h3 class=\"kv-nowrap\">(.*?)</h3>", client.get("/method/").content.decode())

    assert found == ["2025–", "2021–2023", "2017–2019", "2011–2015", "2003–2009"]


def test_open_data_links_stand_beside_their_pages(client, db):
    links = re.findall(r'btn-sm" href="([^"]+)"', client.get("/open-data/").content.decode())

    assert links == [
        f"{page}.{ending}"
        for page in ("/nominations", "/municipalities", "/editions", "/municipalities/0484")
        for ending in ("xlsx", "csv", "json")
    ]
    assert {client.get(link).status_code for link in links[:9]} == {200}


@pytest.mark.parametrize("many", [1, 3, 60])
def test_front_pages_take_the_same_queries_for_few_and_many(story, client, many, django_assert_num_queries):
    copies = [edition_like(story.history, year) for year in range(1900, 1900 + many)]
    Edition.objects.bulk_create(copies)

    with django_assert_num_queries(6):
        start = client.get("/")
    with django_assert_num_queries(5):
        listed = client.get("/editions/")
    assert len(rows(listed)) == many + 1
    assert max(len(start.content), len(listed.content)) < 100_000


def edition_like(edition, year):
    """Another public edition, at the same fair."""
    return Edition(
        award=edition.award,
        fair=edition.fair,
        key=str(year),
        state=edition.state,
        nominee_list_complete=True,
        published_at=edition.published_at,
    )


def test_a_sister_award_has_its_own_figures_and_none_of_this_awards(story, client):
    before = front(AnonymousUser(), story.now)
    sister = edition_like(story.history, 2016)
    sister.award = Award.objects.create(slug="systerpris", name_sv="Systerpriset")
    sister.save()
    entry = Nomination.objects.create(
        edition=sister,
        municipality=Municipality.objects.get(code="1490"),
        published_at=story.history.published_at,
    )
    NominationEvent.objects.create(nomination=entry, kind=EventKind.WON)

    shown = front(AnonymousUser(), story.now)

    counts = [(line.round.nominees.number, [each.name for each in line.winners]) for line in shown.lines]
    assert sorted(counts) == [(1, ["Borås"]), (6, ["Kävlinge"])]
    assert (shown.own[0].edition, len(shown.own)) == (story.history, 1)
    assert (shown.nominations, shown.winners, shown.first_year) == (
        before.nominations,
        before.winners,
        before.first_year,
    )
    assert [each.edition for each in shown.won] == [story.history]
