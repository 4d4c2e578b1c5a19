"""Filters match exactly, repeat, and refuse what they do not know; search is exact about å, ä and ö."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from awards.swedish import search_pattern
from nominees import rows
from nominees.filters import MunicipalityFilter, NominationFilter, choices_on_offer
from nominees.models import Contribution, ImprovementArea, Municipality, Nomination, Theme


@pytest.fixture
def chosen(past):
    """Filter the entries: (year, name) of each that is left."""

    def chosen(query):
        filters = NominationFilter(
            QueryDict(query),
            rows.listed_nominations(past.visitor, past.now),
            user=past.visitor,
            now=past.now,
        )
        assert filters.is_valid()
        return [(entry.edition.year, entry.municipality.name) for entry in filters.qs]

    return chosen


@pytest.fixture
def found(past):
    """Search the municipalities: their names."""

    def found(query):
        filters = MunicipalityFilter(
            QueryDict(query), rows.listed_municipalities(), user=past.visitor, now=past.now
        )
        assert filters.is_valid()
        return [each.name for each in filters.qs]

    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("year=2025", [(2025, "Mörbylånga")]),
        ("year=2025&year=2007", [(2025, "Mörbylånga"), (2007, "Lomma")]),
        ("outcome=withdrew", [(2019, "Luleå")]),
        ("outcome=won&year=2013&year=2015", [(2015, "Kävlinge"), (2013, "Örebro")]),
        ("outcome=honoured", []),
        ("county=04&year=2015", [(2015, "Eskilstuna"), (2015, "Strängnäs")]),
        ("county=Södermanlands län&year=2015", [(2015, "Eskilstuna"), (2015, "Strängnäs")]),
        ("county=20&county=08", [(2025, "Mörbylånga")]),
        ("group=A1", [(2021, "Stockholm"), (2009, "Stockholm")]),
        ("theme=evolution", [(2015, "Eskilstuna")]),
        ("theme=evolution&theme=inspirerar", [(2015, "Eskilstuna"), (2013, "Eskilstuna")]),
        ("theme=utmanar", []),
        ("year=2015&outcome=&county=&group=&theme=&q=eskil", [(2015, "Eskilstuna")]),
        ("q=0484", [(2015, "Eskilstuna"), (2013, "Eskilstuna")]),
        ("q=hållbarhet", [(2015, "Eskilstuna")]),
        ("q=EKOLOGISK hållbar", [(2015, "Eskilstuna")]),
        ("q=gör evolution", [(2015, "Eskilstuna")]),
        ("q=hallbarhet", []),
        ("q=ÄNGELHOLM&year=2019", [(2019, "Ängelholm")]),
        ("q=angelholm", []),
        ("q=%25", []),
        ("q=_", []),
        ("q=.*", []),
        ("q=***:x", []),
        ("q=(", []),
        ("page=2&sort=name&year=2025", [(2025, "Mörbylånga")]),
    ],
)
def test_filter_of_nominations(chosen, query, expected):
    assert chosen(query) == expected


def test_no_filter_lists_everything(chosen):
    assert len(chosen("")) == 73


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=habo", ["Habo"]),
        ("q=HABO", ["Habo"]),
        ("q=håbo", ["Håbo"]),
        ("q=HÅBO", ["Håbo"]),
        ("q=Ha%CC%8Abo", ["Håbo"]),  # the ring as a character of its own
        ("q=malung", ["Malung-Sälen"]),
        ("q=region gotland", ["Gotland"]),
        ("q=1917", ["Heby"]),
        ("q=falu", ["Falun"]),
        ("q=upplands v", ["Upplands Väsby"]),
        ("q=Upplands-Bro", ["Upplands-Bro"]),
        ("q=098", ["Gotland"]),
        ("q=öster", ["Österåker", "Östersund"]),
        ("county=09", ["Gotland"]),
        ("county=Gotlands län&county=08&group=C9", ["Borgholm"]),
        ("group=A1", ["Göteborg", "Malmö", "Stockholm"]),
    ],
)
def test_filter_of_municipalities(found, query, expected):
    assert sorted(found(query)) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("year=1999", "year", "”1999” finns inte bland valen."),
        ("year=2015&year=15", "year", "”15” finns inte bland valen."),
        ("county=Habo", "county", "”Habo” finns inte bland valen."),
        ("county=4", "county", "”4” finns inte bland valen."),
        ("group=b3", "group", "”b3” finns inte bland valen."),
        ("outcome=winner", "outcome", "”winner” finns inte bland valen."),
        ("outcome=unknown", "outcome", "”unknown” finns inte bland valen."),
        ("theme=Evolution", "theme", "”Evolution” finns inte bland valen."),
        ("q=" + "x" * 101, "q", "Sök på högst 100 tecken."),
    ],
)
def test_an_unknown_value_is_told_at_its_field_and_shows_nothing(past, query, field, sentence):
    filters = NominationFilter(
        QueryDict(query), rows.listed_nominations(past.visitor, past.now), user=past.visitor, now=past.now
    )

    assert dict(filters.errors) == {field: [sentence]}
    assert (filters.problem, list(filters.qs)) == (sentence, [])


def test_choices_take_one_query(past, django_assert_num_queries):
    with django_assert_num_queries(1):
        filters = NominationFilter(
            QueryDict("year=2015"),
            rows.listed_nominations(past.visitor, past.now),
            user=past.visitor,
            now=past.now,
        )
        assert filters.is_valid()
    choices = filters.on_offer
    assert [value for value, _label in choices["year"]][:2] == ["2025", "2023"]
    assert [label for _value, label in choices["county"]][-2:] == ["Örebro län", "Östergötlands län"]
    assert [value for value, _label in choices["theme"]] == ["evolution", "inspirerar", "utmanar"]


def test_themes_are_offered_in_the_pages_language(past):
    with override("en"):
        offered = NominationFilter(
            QueryDict(""), Nomination.objects.none(), user=past.visitor, now=past.now
        ).on_offer

    assert offered["theme"] == [
        ("utmanar", "challenges"), ("evolution", "evolution"), ("inspirerar", "inspires"),
    ]  # fmt: skip


def test_themes_of_rehearsals_and_of_fairs_ahead_are_not_offered(story):
    for code, fair, published in (
        ("ovning", story.call.fair, story.now), ("sedan", story.history.fair, None),
    ):  # fmt: skip
        theme = Theme.objects.create(code=code, title_sv=code)
        Contribution.objects.create(fair=fair, title="Inspel", theme=theme, published_at=published)
    Theme.objects.create(code="oanvant", title_sv="oanvänt")

    for person in (AnonymousUser(), story.organiser, story.contact):
        offered = choices_on_offer(person, story.now)["theme"]
        assert [value for value, _title in offered] == ["evolution"]


def test_search_does_not_reach_what_is_not_public(story, client_of):
    """The words stand in a rehearsal's area and in an unpublished contribution; published, they are found."""
    draft = story.nominations["0484"]
    ImprovementArea.objects.create(nomination=draft, direction="inward", title="Hemlig viskning")
    secret = Contribution.objects.create(fair=story.history.fair, title="Osagd viskning")
    secret.municipalities.add(draft.municipality)

    def found(person):
        filters = NominationFilter(
            QueryDict("q=viskning"),
            rows.listed_nominations(person, story.now),
            user=person,
            now=story.now,
        )
        assert filters.is_valid()
        return [(entry.edition.key, entry.municipality.code) for entry in filters.qs]

    assert found(story.organiser) == found(story.contacts["0484"]) == found(story.outsider) == []
    Contribution.objects.filter(pk=secret.pk).update(published_at=story.now)
    assert found(story.outsider) == [("2015", "0484")]


@given(st.text(alphabet="abåäöÅÄÖé.*+?()[]{}|\\^$-–% 09", min_size=1, max_size=12))
def test_search_pattern_finds_the_text_itself_in_any_case(text):
    for written in (text, text.lower(), text.upper()):
        assert re.search(search_pattern(written), f"x{text}x").group() == text


@pytest.mark.parametrize("written", ["åre", "ÅRE", "Åre"])
def test_the_database_folds_swedish_letters(past, written):
    places = Municipality.objects.filter(name__regex=f"^{search_pattern(written)}$")

    assert [each.name for each in places] == ["Åre"]
