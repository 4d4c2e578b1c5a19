"""Editions and entries as they are read, by everybody and by those who work with them."""

import re

import pytest

from nominees.models import Contribution
from tests.nominees.reading import part, plain, rows, same_bytes, words


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("2015", "Kävlinge vann 2015 bland 6 nominerade och 17 sökande"),
        ("2013", "Örebro vann 2013 bland minst 2 nominerade och 14 sökande"),
        ("2011", "Kungsbacka vann 2011 bland 5 nominerade"),
        ("2009", "Stockholm vann 2009"),
        ("2025", "Mörbylånga vann 2025 bland 290 granskade kommuner"),
    ],
)
def test_heading_says_who_won_among_how_many(past, client, key, heading):
    assert part(client.get(f"/editions/{key}/"), "h1") == heading


def test_nominees_stand_with_the_winner_first_and_the_others_below(past, client):
    page = client.get("/editions/2015/")
    text = words(page)

    assert [row[:2] for row in rows(page)] == [
        ["Kävlinge", "Vann"],
        ["Borås", "Nominerad"],
        ["Eskilstuna", "Nominerad"],
        ["Helsingborg", "Nominerad"],
        ["Karlstad", "Nominerad"],
        ["Västerås", "Nominerad"],
    ]
    assert re.sub(r" källa \d", "", text[text.index("Ansökte utan") : text.index("Inspel på")]) == (
        "Ansökte utan att nomineras (11) Grästorp Karlskrona Lidköping Norsjö Sigtuna Strängnäs Tranemo "
        "Tyresö Varberg Ängelholm Örnsköldsvik "
    )


def test_ceremony_of_2021_was_planned_moved_and_held(past, client):
    page = client.get("/editions/2021/")
    dates = re.search(r"Datum</h3>.*?</dl>", page.content.decode(), re.DOTALL).group()

    assert re.findall(r"Prisutdelningen .*?\.", words(page)) == [
        "Prisutdelningen planerades till 16 nov 2021, flyttades till 7 mars 2022 och hölls 2 maj 2022."
    ]
    assert re.sub(r" källa \d", "", plain(f">{dates}")) == (
        "Datum De nominerade offentliggörs 17 maj 2021 Prisutdelning, planerad 16 nov 2021 "
        "Prisutdelning, flyttad till 7 mars 2022 Prisutdelning 2 maj 2022"
    )


def test_neighbours_are_the_editions_before_and_after(past, client):
    pages = {key: client.get(f"/editions/{key}/").content.decode() for key in ("2003", "2015", "2025")}

    assert {key: re.findall(r'<a rel="(\w+)" href="([^"]+)"', page) for key, page in pages.items()} == {
        "2003": [("next", "/editions/2005/")],
        "2015": [("prev", "/editions/2013/"), ("next", "/editions/2017/")],
        "2025": [("prev", "/editions/2023/")],
    }


def test_motivation_stands_where_one_is_supplied(story, client):
    winner = story.historic["1261"]
    winner.motivation = "Kommunen visar vägen."
    winner.save()

    assert re.findall(r"Juryns motivering Kommunen visar vägen\.", words(client.get("/editions/2015/"))) == [
        "Juryns motivering Kommunen visar vägen."
    ]


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/editions/2015/0484/", "Eskilstuna nominerades 2015"),
        ("/editions/2015/1261/", "Kävlinge vann 2015"),
        ("/editions/2015/1444/", "Grästorp ansökte 2015 men nominerades inte"),
        ("/editions/2013/1780/", "Karlstad ansökte 2013"),
        ("/editions/2019/2580/", "Luleå nominerades 2019 men drog sig ur"),
    ],
)
def test_entry_says_what_it_came_to(past, client, address, heading):
    assert part(client.get(address), "h1") == heading


def test_interview_has_questions_whose_answers_are_not_supplied(past, client):
    text = words(client.get("/editions/2015/0484/"))

    assert text[text.index("Intervjuns frågor") : text.index("Källor")] == (
        "Intervjuns frågor Frågorna ställdes i en intervju. Svar som källan saknar lämnas tomma här. "
        "Varför ska ni vinna? Svaret finns inte i källan. "
        "Vilket område har ni arbetat mest med? Svaret finns inte i källan. "
        "Vilka är era största utmaningar? Svaret finns inte i källan. "
        "Vad skulle en vinst betyda? Svaret finns inte i källan. "
    )


HIDDEN = ["/editions/rehearsal-2027/", "/editions/rehearsal-2027/0484/", "/editions/rehearsal-2029/1490/"]


@pytest.mark.parametrize("address", HIDDEN)
def test_rehearsal_is_as_if_it_did_not_exist(story, client, client_of, address):
    nothing = address.replace("rehearsal-20", "rehearsal-19")

    for visitor in (client, client_of(story.outsider)):
        hidden, missing = visitor.get(address), visitor.get(nothing)
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert same_bytes(hidden, address) == same_bytes(missing, nothing)
    assert client_of(story.organiser).get(address).status_code == 200


def test_contact_sees_the_own_draft_and_no_other(story, client_of):
    contact = client_of(story.contact)
    own = contact.get("/editions/rehearsal-2029/0484/")

    assert re.findall(r"Inte publicerad: [^.]+\.", words(own)) == [
        "Inte publicerad: bara ni som arbetar med den ser den."
    ]
    assert contact.get("/editions/rehearsal-2029/1490/").status_code == 404
    assert re.findall(
        r"/editions/rehearsal-2029/(\d{4})/", contact.get("/editions/rehearsal-2029/").content.decode()
    ) == ["0484"]


def test_unpublished_entry_of_a_public_edition_is_as_if_it_did_not_exist(story, client, client_of):
    story.historic["1490"].published_at = None
    story.historic["1490"].save()
    hidden, missing = client.get("/editions/2015/1490/"), client.get("/editions/2015/9999/")

    assert (hidden.status_code, same_bytes(hidden, "1490")) == (404, same_bytes(missing, "9999"))
    assert [row[0] for row in rows(client.get("/editions/2015/"))] == [
        "Kävlinge", "Eskilstuna", "Helsingborg", "Karlstad", "Västerås",
    ]  # fmt: skip


def test_rehearsal_carries_its_banner_and_the_public_pages_do_not(story, client_of):
    organiser = client_of(story.organiser)

    assert [
        organiser.get(address).content.count(b'<section class="kv-rehearsal"')
        for address in ("/editions/rehearsal-2027/", "/editions/2015/", "/")
    ] == [1, 0, 0]


@pytest.mark.parametrize("many", [1, 3, 60])
def test_edition_and_entry_take_the_same_queries_for_few_and_many(
    story, client, client_of, many, django_assert_num_queries
):
    for number in range(many):
        brought = Contribution.objects.create(
            fair=story.history.fair, title=f"Inspel {number}", published_at=story.history.published_at
        )
        brought.municipalities.add(story.municipalities["0484"])

    with django_assert_num_queries(7):
        edition = client.get("/editions/2015/")
    with django_assert_num_queries(8):
        entry = client.get("/editions/2015/0484/")
    contact = client_of(story.contact)
    with django_assert_num_queries(10):
        contact.get("/editions/2015/")
    assert [page.content.count(b"<strong>Inspel ") for page in (edition, entry)] == [many, many]
    assert max(len(edition.content), len(entry.content)) < 100_000


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("sv", "En nominerad kommun drog sig ur. Senare listor nämner fyra eller fem nominerade."),
        ("en", "One nominated municipality withdrew. Later lists name four or five nominees."),
    ],
)
def test_sources_that_disagree_are_told(past, client, language, note):
    page = client.get("/editions/2019/", headers={"cookie": f"django_language={language}"})

    assert words(page).count(note) == 1


@pytest.mark.parametrize(
    ("who", "heading"),
    [
        ("organiser", "Minst 6 kommuner är nominerade Repetition 2027"),
        ("contact", "Omgång Repetition 2027"),
        ("juror3", "Omgång Repetition 2027"),
    ],
)
def test_only_who_sees_all_nominees_is_told_their_number(story, client_of, who, heading):
    page = client_of(story.people[who]).get(f"/editions/{story.edition.key}/")

    assert part(page, "h1") == heading
