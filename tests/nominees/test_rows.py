"""The rows of the lists: who, in which order, and how few questions they ask the database."""

from dataclasses import astuple

import pytest

from awards.models import Award, Edition, Fair, Source
from nominees import rows
from nominees.models import Municipality, Nomination, NominationEvent
from nominees.states import EventKind


def nominations(past, **filters):
    entries = rows.listed_nominations(past.visitor, past.now).filter(**filters)
    return rows.nomination_rows(entries, past.visitor, past.now)


def test_there_are_73_entries(past):
    found = nominations(past)

    assert len(found) == 73
    assert {each.outcome for each in found} == {"won", "withdrew", "nominated", "not_nominated", "applied"}
    assert sum(each.outcome == "won" for each in found) == 12


def test_latest_edition_first_and_names_in_swedish_order(past):
    found = [(each.year, each.name) for each in nominations(past, edition__key__in=["2015", "2023"])]

    assert found == [
        (2023, "Arvika"), (2023, "Höganäs"), (2023, "Karlskoga"), (2023, "Ulricehamn"),
        (2015, "Borås"), (2015, "Eskilstuna"), (2015, "Grästorp"), (2015, "Helsingborg"),
        (2015, "Karlskrona"),
        (2015, "Karlstad"), (2015, "Kävlinge"), (2015, "Lidköping"), (2015, "Norsjö"), (2015, "Sigtuna"),
        (2015, "Strängnäs"), (2015, "Tranemo"), (2015, "Tyresö"), (2015, "Varberg"), (2015, "Västerås"),
        (2015, "Ängelholm"), (2015, "Örnsköldsvik"),
    ]  # fmt: skip


def test_the_source_is_that_of_the_strongest_event(past):
    (kavlinge,) = nominations(past, edition__key="2015", municipality__code="1261")
    (lulea,) = nominations(past, municipality__code="2580")

    assert (kavlinge.outcome, kavlinge.source_name) == ("won", "Kävlinge kommun")
    assert (lulea.outcome, lulea.source_name) == ("withdrew", "Vallentunanya")


def test_themes_are_the_municipalitys_at_that_fair(past):
    assert [
        (each.year, each.themes) for each in nominations(past, municipality__code__in=["0484", "0182"])
    ] == [
        (2021, ()),
        (2015, ("evolution",)),
        (2013, ("inspirerar",)),
        (2011, ()),  # Nacka; Eskilstuna's theme of 2011 belongs to no entry
        (2003, ()),
    ]


def test_runs_are_given_when_asked_for(past):
    entries = rows.listed_nominations(past.visitor, past.now).filter(edition__key="2015")
    found = rows.nomination_rows(entries, past.visitor, past.now, runs=True)

    assert {each.name: str(each.run.known) for each in found if each.run.editions} == {
        "Borås": "1", "Eskilstuna": "2", "Helsingborg": "1", "Karlstad": "minst 1", "Kävlinge": "1",
        "Västerås": "minst 1",
    }  # fmt: skip


@pytest.mark.parametrize("number", [1, 3, 60])
def test_nominations_take_two_queries_and_four_with_runs(past, django_assert_num_queries, number):
    entries = rows.listed_nominations(past.visitor, past.now)[:number]
    with django_assert_num_queries(2):
        assert len(rows.nomination_rows(entries, past.visitor, past.now)) == number
    entries = rows.listed_nominations(past.visitor, past.now)[:number]
    with django_assert_num_queries(4):
        rows.nomination_rows(entries, past.visitor, past.now, runs=True)


@pytest.mark.parametrize("number", [1, 3, 60])
def test_municipalities_take_three_queries(past, django_assert_num_queries, number):
    with django_assert_num_queries(3):
        found = rows.municipality_rows(rows.listed_municipalities()[:number], past.visitor, past.now)

    assert len(found) == number


@pytest.mark.parametrize("number", [1, 3, 12])
def test_editions_take_two_queries(past, django_assert_num_queries, number):
    editions = rows.listed_editions(past.visitor, past.now)[:number]
    with django_assert_num_queries(2):
        assert len(rows.edition_rows(editions, past.visitor, past.now)) == number


def test_municipality_row(past):
    only = rows.listed_municipalities().filter(code="1980")
    (vasteras,) = rows.municipality_rows(only, past.visitor, past.now)

    assert astuple(vasteras)[:5] == ("1980", "Västerås", "Västerås kommun", "Västmanlands län", "B3")
    assert (vasteras.nominations, vasteras.nominations_at_least) == (3, True)
    assert (vasteras.streak, vasteras.streak_at_least, vasteras.wins) == (2, True, 0)


def test_edition_row(past):
    editions = {each.year: each for each in _editions(past)}

    assert list(editions) == [2025, 2023, 2021, 2019, 2017, 2015, 2013, 2011, 2009, 2007, 2005, 2003]
    assert (editions[2013].applicants, editions[2013].nominees, editions[2013].nominees_complete) == (
        14,
        2,
        False,
    )
    assert str(editions[2021].ceremony) == "2022-05-02"
    assert editions[2025].winners == ("Mörbylånga",)


def _editions(past):
    return rows.edition_rows(rows.listed_editions(past.visitor, past.now), past.visitor, past.now)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("name", ["Arvika", "Borås", "Botkyrka"]),
        ("-name", ["Östersund", "Örnsköldsvik", "Örnsköldsvik"]),
        ("code", ["Upplands Väsby", "Upplands Väsby", "Vallentuna"]),
        ("population", ["Norsjö", "Norsjö", "Norsjö"]),
        ("outcome", ["Mörbylånga", "Höganäs", "Nacka"]),
        ("nothing", ["Mörbylånga", "Arvika", "Höganäs"]),
        ("municipality__nominations__motivation", ["Mörbylånga", "Arvika", "Höganäs"]),
    ],
)
def test_order_is_chosen_among_those_on_offer(past, order, first):
    entries = rows.in_order(rows.listed_nominations(past.visitor, past.now), rows.NOMINATION_ORDERS, order)

    assert [each.municipality.name for each in entries[:3]] == first


def test_counted_says_at_least_where_a_list_is_partial(past):
    entries = rows.listed_nominations(past.visitor, past.now)
    some = entries.filter(edition__key__in=["2011", "2013", "2015", "2017"])

    assert str(rows.counted(entries)) == "minst 46"
    assert str(rows.counted(some)) == "minst 19"
    assert str(rows.counted(some.exclude(edition__key="2013"))) == "17"


def test_only_public_competing_entries_of_real_editions_are_listed(past):
    """Made so that it could leak: it is listed as soon as the one thing that hides it is changed."""
    fair = Fair.objects.create(label_year=2027)
    edition = Edition.objects.create(
        award=Edition.objects.first().award, fair=fair, key="2027", published_at=past.now
    )
    source = Source.objects.create(text="Hemligt protokoll")
    entry = Nomination.objects.create(
        edition=edition, municipality=Municipality.objects.get(code="0484"), published_at=past.now
    )
    NominationEvent.objects.create(nomination=entry, kind=EventKind.NOMINATED, source=source)

    def listed():
        return [each.source for each in nominations(past, edition__key="2027")]

    assert listed() == ["Hemligt protokoll"]
    for hidden, shown in (
        ({"published_at": None}, {"published_at": past.now}),
        ({"contribution_only": True}, {"contribution_only": False}),
    ):
        Nomination.objects.filter(pk=entry.pk).update(**hidden)
        assert listed() == []
        Nomination.objects.filter(pk=entry.pk).update(**shown)
    for hidden in ({"is_rehearsal": True}, {"is_rehearsal": False, "published_at": None}):
        Edition.objects.filter(pk=edition.pk).update(**hidden)
        assert listed() == []
    Edition.objects.filter(pk=edition.pk).update(published_at=past.now)
    assert listed() == ["Hemligt protokoll"]


def test_a_sister_awards_entry_stands_in_no_run_of_this_award(past):
    winner = Nomination.objects.get(edition__key="2025", events__kind=EventKind.WON)
    sister = Edition.objects.create(
        award=Award.objects.create(slug="systerpris", name_sv="Systerpris"),
        fair=winner.edition.fair,
        key="syster-2025",
        published_at=past.now,
    )
    Nomination.objects.create(edition=sister, municipality=winner.municipality, published_at=past.now)
    entries = rows.listed_nominations(past.visitor, past.now).filter(
        municipality=winner.municipality, edition__fair=winner.edition.fair
    )

    found = rows.nomination_rows(entries, past.visitor, past.now, runs=True)

    assert [(each.edition_key, each.run is not None) for each in found] == [
        ("2025", True),
        ("syster-2025", False),
    ]
