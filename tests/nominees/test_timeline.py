"""The pages as they are read: Eskilstuna's timeline, the editions, one entry."""

from datetime import date

import pytest

from nominees import edition_story, entry_story, timeline

ARTICLE = "Kvalitetsmagasinet: Eskilstuna redo för evolution"


@pytest.fixture
def eskilstuna(past):
    return timeline.municipality_page("0484", past.visitor, past.now)


def texts(page, refs):
    numbered = {note.number: note.publisher for note in page.sources}
    return [numbered[ref] for ref in refs]


@pytest.mark.parametrize("code", ["0484", "0513", "2584"])
def test_a_municipality_takes_seven_queries(past, django_assert_num_queries, code):
    with django_assert_num_queries(7):
        timeline.municipality_page(code, past.visitor, past.now)


def test_an_unknown_code_has_no_page(past):
    assert timeline.municipality_page("9999", past.visitor, past.now) is None


def test_timeline_of_eskilstuna(eskilstuna):
    assert [
        (each.year, each.headline, each.detail, [brought.title for brought in each.contributions])
        for each in eskilstuna.timeline
    ] == [
        (
            2015,
            "Nominerad, andra omgången i rad.",
            "En av 6 nominerade bland 17 sökande.",
            ["Eskilstuna gör evolution"],
        ),
        (
            2013,
            "Nominerad.",
            "En av 14 sökande; listan över nominerade är känd i delar.",
            ["Eskilstuna inspirerar", "Resultatstyrning i praktiken"],
        ),
        (2011, "", "", ["Eskilstuna utmanar", "Eskilstuna–Manchester 1–1"]),
    ]


def test_eskilstuna_2011_is_a_contribution_without_a_nomination(eskilstuna):
    entry = eskilstuna.timeline[-1]

    assert entry.remark == (
        "Inte bland de 5 nominerade. Inspelet hör till mässan, inte till någon nominering."
    )
    assert texts(eskilstuna, entry.remark_refs) == ["Kvalitetsmässan"]
    assert ([each.label for each in entry.winners], entry.happenings) == (["Kungsbacka"], ())


def test_every_fact_on_the_timeline_points_at_its_source(eskilstuna):
    latest = eskilstuna.timeline[0]

    assert texts(eskilstuna, latest.refs) == ["Kvalitetsmässan", "Kvalitetsmagasinet"]
    assert texts(eskilstuna, latest.contributions[0].refs) == [ARTICLE]
    assert [note.number for note in eskilstuna.sources] == list(range(1, 8))
    assert [each.label for each in latest.winners] == ["Kävlinge"]
    assert latest.ceremony == date(2015, 11, 3)


def test_seminar_names_its_partner(eskilstuna):
    seminar = eskilstuna.timeline[1].contributions[1]

    assert (str(seminar.kind_label), [each.label for each in seminar.partners_of("0484")]) == (
        "seminarium",
        ["Nacka"],
    )


def test_grid_of_eskilstuna(eskilstuna):
    assert [(each.year, each.nominated.words, each.brought.sign) for each in eskilstuna.grid] == [
        (2003, "ej nominerad", "?"),
        (2005, "ej nominerad", "?"),
        (2007, "okänt", "?"),
        (2009, "okänt", "?"),
        (2011, "ej nominerad", "U"),
        (2013, "nominerad", "I"),
        (2015, "nominerad", "E"),
        (2017, "ej nominerad", "?"),
        (2019, "ej nominerad", "?"),
        (2021, "ej nominerad", "?"),
        (2023, "ej nominerad", "?"),
        (2025, "okänt", "?"),
    ]


def test_what_eskilstuna_told_in_2015(eskilstuna):
    (told,) = eskilstuna.told

    assert (told.year, len(told.outward), len(told.inward), len(told.initiatives)) == (2015, 4, 3, 6)
    assert [(each.title, each.ahead_of) for each in told.added] == [("Social uthållighet", 2016)]
    assert len(told.challenges) == 6
    assert texts(eskilstuna, told.refs) == [ARTICLE]


def test_figures_of_eskilstuna(eskilstuna):
    assert str(eskilstuna.nominations) == "minst 2"
    assert (eskilstuna.nominated_years, eskilstuna.won_years) == ((2013, 2015), ())
    assert (len(eskilstuna.themed), len(eskilstuna.seminars)) == (3, 2)
    assert [each.name for each in eskilstuna.peers] == [
        "Borlänge", "Botkyrka", "Haninge", "Järfälla", "Kristianstad", "Norrtälje", "Södertälje",
    ]  # fmt: skip


def test_timeline_of_lulea(past):
    (entry,) = timeline.municipality_page("2580", past.visitor, past.now).timeline

    assert (entry.headline, entry.detail) == (
        "Nominerad, men drog sig ur.",
        "En av 5 nominerade bland 8 sökande.",
    )
    assert entry.notes == (
        "Efter nomineringen, på grund av kostnaden för mässan och för en konferens som vinnaren håller.",
    )


@pytest.mark.parametrize(
    ("code", "headline", "detail"),
    [
        ("1261", "Vann.", "En av 6 nominerade bland 17 sökande."),
        ("0840", "Vann.", "290 kommuner granskades; listan över nominerade är känd i delar."),
        ("0617", "Ansökte, nominerades inte.", "En av 9 sökande; 6 nominerades."),
        ("1494", "Ansökte, nominerades inte.", "En av 17 sökande; 6 nominerades."),
        ("1766", "Nominerad.", "En av 5 nominerade."),
    ],
)
def test_sentences(past, code, headline, detail):
    entry = timeline.municipality_page(code, past.visitor, past.now).timeline[0]

    assert (entry.headline, entry.detail) == (headline, detail)


def test_at_least_in_a_row_is_said(past):
    page = timeline.municipality_page("1980", past.visitor, past.now)

    assert page.timeline[0].headline == "Nominerad, minst andra omgången i rad."


def edition_page(past, key):
    edition = edition_story.findable(past.visitor, past.now).get(key=key)
    return edition_story.edition_page(edition, past.visitor, past.now)


def test_edition_2021_tells_of_its_three_dates(past):
    page = edition_page(past, "2021")

    assert [(str(each.status_label), each.date) for each in page.dates if each.code == "ceremony"] == [
        ("planerad", date(2021, 11, 16)),
        ("flyttad till", date(2022, 3, 7)),
        ("hölls", date(2022, 5, 2)),
    ]
    assert page.ceremony == date(2022, 5, 2)
    assert page.edition.year == 2021


def test_edition_2015(past, django_assert_num_queries):
    edition = edition_story.findable(past.visitor, past.now).get(key="2015")
    with django_assert_num_queries(2):
        page = edition_story.edition_page(edition, past.visitor, past.now)

    assert [each.name for each in page.nominees] == [
        "Kävlinge", "Borås", "Eskilstuna", "Helsingborg", "Karlstad", "Västerås",
    ]  # fmt: skip
    assert [each.name for each in page.winners] == ["Kävlinge"]
    assert len(page.others) == 11
    assert {each.outcome for each in page.others} == {"not_nominated"}
    assert (str(page.known_nominees), str(page.applicants)) == ("6", "17")
    assert [each.title for each in page.contributions] == ["Eskilstuna gör evolution"]


def test_edition_2013_says_at_least(past):
    page = edition_page(past, "2013")

    assert str(page.known_nominees) == "minst 2"
    assert {each.outcome for each in page.others} == {"applied"}


def test_entry_of_eskilstuna_2015(past, django_assert_num_queries):
    nomination = entry_story.findable(past.visitor, past.now).get(
        edition__key="2015", municipality__code="0484"
    )
    with django_assert_num_queries(5):
        page = entry_story.entry_page(nomination, past.visitor, past.now)

    assert [each.label for each in page.happenings] == ["Ansökte", "Nominerad"]
    assert [(each.question, each.answer) for each in page.asked] == [
        ("Varför ska ni vinna?", ""),
        ("Vilket område har ni arbetat mest med?", ""),
        ("Vilka är era största utmaningar?", ""),
        ("Vad skulle en vinst betyda?", ""),
    ]
    assert page.unanswered
    assert len(page.areas) == 7


def test_answers_for_the_jury_are_not_on_the_page(story):
    nomination = story.historic["0484"]
    section = nomination.edition.sections.create(code="x", title_sv="X")
    for audience in ("jury", "organiser", "public"):
        question = section.questions.create(
            code=audience, kind="long_text", text_sv=f"Fråga {audience}", audience=audience
        )
        nomination.answers.create(question=question, text=f"Svar {audience}")
    found = entry_story.findable(story.organiser, story.now).get(pk=nomination.pk)

    asked = entry_story.entry_page(found, story.organiser, story.now).asked
    assert [(each.question, each.answer) for each in asked] == [("Fråga public", "Svar public")]
