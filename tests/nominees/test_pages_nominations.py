"""The list of entries as a visitor reads it: filters, chips, order, count, pages and files."""

import re

import pytest

from nominees.models import Municipality, Nomination, NominationEvent
from nominees.states import EventKind
from tests.nominees.reading import part, plain, rows, words


def status(response) -> str:
    return plain(re.search(r'<p class="mb-0" role="status">.*?</p>', response.content.decode()).group())


def chips(response) -> list[tuple[str, str]]:
    found = re.findall(r'<a class="kv-chip" href="([^"]*)">(.*?)</a>', response.content.decode())
    return [
        (plain(f">{label}").removeprefix("Ta bort filtret "), url.replace("&amp;", "&"))
        for url, label in found
    ]


def test_list_counts_with_at_least(past, client):
    page = client.get("/nominations/")

    assert part(page, "h1") == "Nomineringar"
    assert status(page) == (
        "73 deltaganden, minst 46 nomineringar i 12 omgångar. "
        "Listorna för 2007, 2009, 2013 och 2025 är kända i delar."
    )
    assert len(rows(page)) == 50
    assert len(rows(client.get("/nominations/?page=2"))) == 23


def test_list_of_the_years_2011_to_2017(past, client):
    page = client.get("/nominations/?year=2011&year=2013&year=2015&year=2017&outcome=nominated&outcome=won")

    assert status(page) == "Minst 19 nomineringar i 4 omgångar. Listan för 2013 är känd i delar."
    assert [[row[0], row[1], row[2], row[3], row[4]] for row in rows(page)] == [
        ["Helsingborg", "1283", "2017 , Helsingborg", "Vann", "2"],
        ["Tyresö", "0138", "2017 , Tyresö", "Nominerad", "1"],
        ["Upplands Väsby", "0114", "2017 , Upplands Väsby", "Nominerad", "1"],
        ["Vallentuna", "0115", "2017 , Vallentuna", "Nominerad", "1"],
        ["Västerås", "1980", "2017 , Västerås", "Nominerad", "minst 2"],
        ["Örnsköldsvik", "2284", "2017 , Örnsköldsvik", "Nominerad", "1"],
        ["Borås", "1490", "2015 , Borås", "Nominerad", "1"],
        ["Eskilstuna", "0484", "2015 , Eskilstuna", "Nominerad", "2"],
        ["Helsingborg", "1283", "2015 , Helsingborg", "Nominerad", "1"],
        ["Karlstad", "1780", "2015 , Karlstad", "Nominerad", "minst 1"],
        ["Kävlinge", "1261", "2015 , Kävlinge", "Vann", "1"],
        ["Västerås", "1980", "2015 , Västerås", "Nominerad", "minst 1"],
        ["Eskilstuna", "0484", "2013 , Eskilstuna", "Nominerad", "1"],
        ["Örebro", "1880", "2013 , Örebro", "Vann", "1"],
        ["Kinda", "0513", "2011 , Kinda", "Nominerad", "1"],
        ["Kungsbacka", "1384", "2011 , Kungsbacka", "Vann", "minst 1"],
        ["Nacka", "0182", "2011 , Nacka", "Nominerad", "minst 1"],
        ["Uddevalla", "1485", "2011 , Uddevalla", "Nominerad", "minst 1"],
        ["Östersund", "2380", "2011 , Östersund", "Nominerad", "minst 1"],
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("outcome=won", "12 vinster i 12 omgångar."),
        ("outcome=not_nominated", "15 deltaganden i 3 omgångar."),
        ("theme=evolution", "1 nominering i 1 omgång."),
        ("q=Luleå", "1 nominering i 1 omgång."),
        ("q=finns-inte", "Inget stämmer."),
        ("year=1999", "Inget stämmer."),
    ],
)
def test_count_says_what_the_rows_are(past, client, query, said):
    assert status(client.get(f"/nominations/?{query}")) == said


def test_each_chip_leads_to_the_page_without_it(past, client):
    page = client.get("/nominations/?year=2015&year=2013&outcome=won&q=k&page=1")

    assert chips(page) == [
        ("”k”", "?year=2015&year=2013&outcome=won"),
        ("Omgång: 2015", "?year=2013&outcome=won&q=k"),
        ("Omgång: 2013", "?year=2015&outcome=won&q=k"),
        ("Utfall: Vann", "?year=2015&year=2013&q=k"),
    ]


def test_files_carry_the_same_filters_and_order_and_nothing_else(past, client):
    page = client.get("/nominations/?year=2015&outcome=won&sort=name&page=1&other=1").content.decode()

    assert re.findall(r'href="(/nominations\.[^"]+)"', page) == [
        f"/nominations.{ending}?year=2015&amp;outcome=won&amp;sort=name" for ending in ("xlsx", "csv", "json")
    ]


@pytest.mark.parametrize(
    ("sort", "first", "direction"),
    [
        ("name", "Arvika", "ascending"),
        ("-name", "Östersund", "descending"),
        ("-population", "Stockholm", "descending"),
        ("outcome", "Mörbylånga", "ascending"),
    ],
)
def test_headings_sort_and_say_so(past, client, sort, first, direction):
    page = client.get(f"/nominations/?sort={sort}")

    assert rows(page)[0][0] == first
    assert re.findall(r'aria-sort="(\w+)"', page.content.decode()) == [direction]


def test_unknown_order_is_the_usual_one(past, client):
    assert rows(client.get("/nominations/?sort=edition__note")) == rows(client.get("/nominations/"))


def test_wrong_value_is_named_at_its_field(past, client):
    text = words(client.get("/nominations/?year=1999&q=Borås"))

    assert re.findall(r"”1999” finns inte bland valen\.", text) == ["”1999” finns inte bland valen."]
    assert 'value="Borås"' in client.get("/nominations/?year=1999&q=Borås").content.decode()


def test_partly_known_editions_have_a_note(past, client):
    text = words(client.get("/nominations/"))

    assert text[text.index("2025: bara") :] == (
        "2025: bara en nominerad har källa. 2013: 14 kommuner sökte, men bara två nominerade har källa. "
        "2009: bara en nominerad har källa. 2007: bara en nominerad har källa."
    )


def test_rehearsals_and_drafts_are_in_no_list(story, client_of):
    for person in (story.organiser, story.contact, story.outsider):
        assert {row[2][:4] for row in rows(client_of(person).get("/nominations/"))} == {"2015"}


@pytest.mark.parametrize("many", [1, 3, 60])
def test_list_takes_the_same_queries_for_few_and_many(
    story, client, client_of, many, django_assert_num_queries
):
    NominationEvent.objects.filter(nomination__edition=story.history).delete()
    Nomination.objects.filter(edition=story.history).delete()
    entries = Nomination.objects.bulk_create(
        Nomination(edition=story.history, municipality=each, published_at=story.history.published_at)
        for each in municipalities(story, many)
    )
    NominationEvent.objects.bulk_create(
        NominationEvent(nomination=entry, kind=EventKind.NOMINATED) for entry in entries
    )

    with django_assert_num_queries(7):
        page = client.get("/nominations/")
    contact = client_of(story.contact)
    with django_assert_num_queries(10):
        contact.get("/nominations/")
    assert len(rows(page)) == min(many, 50)
    assert len(page.content) < 100_000


def municipalities(story, many):
    """So many municipalities that take part in nothing else."""
    county = story.municipalities["0484"].county
    return [
        Municipality.objects.create(
            code=f"{9000 + number}",
            name=f"Ort {number}",
            full_name=f"Orts kommun {number}",
            county=county,
            group="B3",
            population=1000 + number,
            population_date=story.municipalities["0484"].population_date,
            organisation_number=f"212009-{number:04d}",
        )
        for number in range(many)
    ]
