"""Municipalities as a visitor reads them: the list of all, and the pages of Eskilstuna, Luleå and others."""

import re

import pytest

from awards.models import Edition
from nominees.models import Municipality, Nomination, NominationEvent
from nominees.states import EventKind
from tests.nominees.reading import part, plain, rows, same_bytes, words


def lead(response) -> str:
    return plain(re.search(r'<p class="kv-lead">.*?</p>', response.content.decode(), re.DOTALL).group())


def section(response, heading: str) -> str:
    """The words from one heading to the next of the same weight."""
    parts = re.split(r"<h2[^>]*>", response.content.decode().split("</main>")[0])
    return next(plain(f">{each}") for each in parts if plain(f">{each}").startswith(heading))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "0484",
            "Nominerad två omgångar i rad, 2013 och 2015. "
            "På mässan tre gånger, med ett nytt tema varje gång: utmanar, inspirerar, evolution.",
        ),
        ("2580", "Nominerad 2019, men drog sig ur."),
        ("0840", "Vann 2025."),
        ("0182", "Vann 2021. Nominerad tre gånger: 2003, 2011 och 2021. På mässan 2013."),
        ("1444", "Ansökte 2015. Ingen nominering har källa."),
        ("0643", "Ingen nominering har källa."),
    ],
)
def test_the_lead_says_the_most_important(past, client, code, said):
    assert lead(client.get(f"/municipalities/{code}/")) == said


def test_grid_tells_not_nominated_from_unknown(past, client):
    nominated, brought = rows(client.get("/municipalities/0484/"))

    assert nominated == ["Nominerad", "– ej nominerad", "– ej nominerad", "? okänt", "? okänt",
                         "– ej nominerad", "nominerad", "nominerad", "– ej nominerad", "– ej nominerad",
                         "– ej nominerad", "– ej nominerad", "? okänt"]  # fmt: skip
    assert brought == ["Inspel", *["? okänt"] * 4, "U utmanar", "I inspirerar", "E evolution",
                       *["? okänt"] * 5]  # fmt: skip


def test_timeline_of_eskilstuna_reads_as_one_story(past, client):
    assert section(client.get("/municipalities/0484/"), "Tidslinje") == (
        "Tidslinje "
        "2015 Nominerad, andra omgången i rad. En av 6 nominerade bland 17 sökande. källa 1 källa 2 "
        "Inspel på mässan: Eskilstuna gör evolution . källa 3 "
        "Vinnare: Kävlinge . Priset delades ut 3 nov 2015. Läs mer 2015 "
        "2013 Nominerad. En av 14 sökande; listan över nominerade är känd i delar. källa 4 källa 3 "
        "Inspel på mässan: Eskilstuna inspirerar . källa 3 "
        "Seminarium med Nacka: ”Resultatstyrning i praktiken” . källa 5 "
        "Vinnare: Örebro . Priset delades ut 19 nov 2013. Läs mer 2013 "
        "2011 Inspel på mässan: Eskilstuna utmanar . källa 3 "
        "Seminarium: ”Eskilstuna–Manchester 1–1” . källa 6 "
        "Inte bland de 5 nominerade. Inspelet hör till mässan, inte till någon nominering. källa 7 "
        "Vinnare: Kungsbacka . Priset delades ut 15 nov 2011."
    )


def test_improvement_areas_are_four_outward_and_three_inward(past, client):
    assert section(client.get("/municipalities/0484/"), "Förbättringsområden 2015") == (
        "Förbättringsområden 2015 Sju områden ur nomineringen: fyra utåt, tre inåt. källa 3 "
        "Utåt: för dem som bor och verkar här Högre attraktionskraft i stad och land Höjd utbildningsnivå "
        "Fler jobb och fler i arbete Ekologisk hållbarhet "
        "Inåt: för hur kommunen arbetar Stabil ekonomi Attraktiv arbetsgivare "
        "Högre kvalitet i processerna Tillgänglighet och effektivitet. "
        "Tillkommer inför 2016: Social uthållighet, en femte utmaning utåt."
    )


def test_facts_stand_beside(past, client):
    page = client.get("/municipalities/0484/").content.decode()
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)

    assert [(name, value.replace("\N{NO-BREAK SPACE}", " ")) for name, value in facts] == [
        ("Kommunkod", "0484"),
        ("Län", "Södermanlands län"),
        ("Kommungrupp (SKR 2023)", "B3"),
        ("Folkmängd 30\N{NO-BREAK SPACE}sep\N{NO-BREAK SPACE}2025", "107 076"),
        ("Organisationsnummer", "212000-0357"),
        ("Nomineringar", "minst 2"),
        ("Längsta svit", "2 omgångar"),
        ("Kända inspel", "3 teman, 2 seminarier"),
        ("Vinster", "0"),
    ]


def test_former_names_and_aliases_are_told(past, client):
    malung, gotland = (words(client.get(f"/municipalities/{code}/")) for code in ("2023", "0980"))

    assert re.findall(r"Tidigare namn \S+ till 31 dec 2007", malung) == [
        "Tidigare namn Malung till 31 dec 2007"
    ]
    assert re.findall(r"Kallas även \w+ \w+", gotland) == ["Kallas även Region Gotland"]


def test_lulea_was_nominated_and_withdrew(past, client):
    assert section(client.get("/municipalities/2580/"), "Tidslinje").startswith(
        "Tidslinje 2019 Nominerad, men drog sig ur. En av 5 nominerade bland 8 sökande."
    )


def test_municipality_that_does_not_exist_is_a_swedish_404(past, client):
    missing = client.get("/municipalities/9999/")

    assert (missing.status_code, part(missing, "h1")) == (404, "Sidan finns inte")
    assert same_bytes(missing, "9999") == same_bytes(client.get("/municipalities/9998/"), "9998")


def test_list_sorts_in_swedish_and_counts(past, client):
    last = client.get("/municipalities/?page=6")

    assert words(last).split(" kommuner Ladda ned")[0].endswith("290")
    assert [row[0] for row in rows(last)][-8:] == [
        "Örkelljunga", "Örnsköldsvik", "Östersund", "Österåker",
        "Östhammar", "Östra Göinge", "Överkalix", "Övertorneå",
    ]  # fmt: skip
    assert [row[0] for row in rows(last) if row[0][0] in "ÅÄ"] == [
        "Åmål", "Ånge", "Åre", "Årjäng", "Åsele", "Åstorp", "Åtvidaberg",
        "Älmhult", "Älvdalen", "Älvkarleby", "Älvsbyn", "Ängelholm",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=habo", ["Habo"]),
        ("q=Håbo", ["Håbo"]),
        ("q=malung", ["Malung-Sälen"]),
        ("county=04&group=B3", ["Eskilstuna"]),
        ("county=21&sort=-population", ["Gävle", "Sandviken", "Hudiksvall"]),
    ],
)
def test_list_filters_and_sorts(past, client, query, names):
    assert [row[0] for row in rows(client.get(f"/municipalities/?{query}"))][: len(names)] == names


def test_unknown_order_is_no_order(past, client):
    usual = rows(client.get("/municipalities/"))

    assert rows(client.get("/municipalities/?sort=organisation_number")) == usual


@pytest.mark.parametrize("many", [1, 3, 60])
def test_municipality_takes_the_same_queries_for_few_and_many(story, client, many, django_assert_num_queries):
    eskilstuna = story.municipalities["0484"]
    for year in range(1900, 1900 + many):
        edition = Edition.objects.create(
            award=story.history.award,
            fair=story.history.fair,
            key=str(year),
            state=story.history.state,
            published_at=story.history.published_at,
        )
        entry = Nomination.objects.create(
            edition=edition, municipality=eskilstuna, published_at=story.history.published_at
        )
        NominationEvent.objects.create(nomination=entry, kind=EventKind.NOMINATED)

    with django_assert_num_queries(8):
        page = client.get("/municipalities/0484/")
    with django_assert_num_queries(6):
        client.get("/municipalities/")
    assert page.content.count(b'<li class="is-nominated">') == many + 1
    assert len(page.content) < 100_000


def test_list_of_all_is_small(past, client):
    assert Municipality.objects.count() == 290
    assert len(client.get("/municipalities/").content) < 100_000
