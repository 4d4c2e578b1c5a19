"""The real history read back: what is known, what is not, and how long streaks are."""

from datetime import timedelta

import pytest

from awards.models import Award, Edition, Fair
from awards.states import EditionState
from nominees import history
from nominees.models import Municipality, Nomination, NominationEvent
from nominees.streaks import Known, Streak
from tests.story import ESKILSTUNA


@pytest.fixture
def told(past):
    """The whole history as anybody reads it."""
    return history.chronicle(past.visitor, past.now)


def municipality(code):
    return Municipality.objects.get(code=code)


def outcomes(told, code):
    return {each.year: str(each.outcome) for each in told.standings(municipality(code).pk)}


def test_reading_takes_two_queries(past, django_assert_num_queries):
    with django_assert_num_queries(2):
        history.chronicle(past.visitor, past.now)


@pytest.mark.parametrize(
    ("code", "year", "in_a_row"),
    [
        ("1283", 2017, "2"),
        ("0138", 2017, "1"),
        ("0114", 2017, "1"),
        ("0115", 2017, "1"),
        ("1980", 2017, "minst 2"),
        ("2284", 2017, "1"),
        ("1490", 2015, "1"),
        ("0484", 2015, "2"),
        ("1283", 2015, "1"),
        ("1780", 2015, "minst 1"),
        ("1261", 2015, "1"),
        ("1980", 2015, "minst 1"),
        ("0484", 2013, "1"),
        ("1880", 2013, "1"),
        ("0513", 2011, "1"),
        ("1384", 2011, "minst 1"),
        ("0182", 2011, "minst 1"),
        ("1485", 2011, "minst 1"),
        ("2380", 2011, "minst 1"),
    ],
)
def test_in_a_row_as_of_an_edition(told, code, year, in_a_row):
    assert str(told.run_until(municipality(code).pk, year).known) == in_a_row


@pytest.mark.parametrize(
    ("code", "streak"),
    [
        ("0484", Streak(2, False, 2015)),  # Eskilstuna
        ("0115", Streak(3, False, 2021)),  # Vallentuna 2017, 2019, 2021
        ("1284", Streak(2, True, 2023)),  # Höganäs: who was nominated in 2025 is not known
        ("1980", Streak(2, True, 2017)),  # Västerås: applied in 2013
        ("1262", Streak(2, True, 2007)),  # Lomma: 2009 is not known
        ("0127", Streak(2, True, 2005)),  # Botkyrka: 2007 is not known
        ("0180", Streak(1, False, 2021)),  # Stockholm 2009 and 2021: the latest on a tie
        ("2580", Streak(1, False, 2019)),  # Luleå withdrew after its nomination
        ("0840", Streak(1, False, 2025)),  # Mörbylånga: surely not nominated in 2023
        ("2584", Streak(0)),  # Kiruna
    ],
)
def test_longest_streak(told, code, streak):
    assert told.streak(municipality(code).pk) == streak


def test_eskilstuna_in_every_edition(told):
    assert outcomes(told, "0484") == {
        2003: "none", 2005: "none", 2007: "unknown", 2009: "unknown", 2011: "none", 2013: "nominated",
        2015: "nominated", 2017: "none", 2019: "none", 2021: "none", 2023: "none", 2025: "unknown",
    }  # fmt: skip


def test_lulea_was_nominated_and_withdrew(told):
    lulea = municipality("2580")
    standing = next(each for each in told.standings(lulea.pk) if each.year == 2019)
    events = NominationEvent.objects.filter(nomination__municipality=lulea).values_list("kind", flat=True)

    assert (standing.outcome, standing.nominated) == ("withdrew", True)
    assert list(events) == ["applied", "nominated", "withdrew"]
    assert told.nominations(lulea.pk) == Known(1, True)


def test_applied_to_a_partly_known_edition_is_neither_nominated_nor_not(told):
    karlstad = {each.year: each for each in told.standings(municipality("1780").pk)}

    assert (karlstad[2013].outcome, karlstad[2013].nominated) == ("applied", None)
    assert (karlstad[2017].outcome, karlstad[2017].nominated) == ("none", False)


def test_everything_that_is_known_together(told):
    codes = dict(Municipality.objects.values_list("pk", "code"))

    assert told.all_nominations == Known(46, True)
    assert [codes[winner] for _edition, winner in told.winners] == [
        "0127", "2480", "1262", "0180", "1384", "1880", "1261", "1283", "0163", "0182", "1284", "0840",
    ]  # fmt: skip
    assert told.wins(municipality("1261").pk) == 1
    assert told.wins(municipality("0484").pk) == 0


def test_funnel_says_what_is_not_known(told):
    def numbers(edition):
        funnel = told.funnel(edition)
        return str(funnel.applicants), str(funnel.nominees), funnel.nominees_unknown, len(funnel.winners)

    assert {edition.key: numbers(edition) for edition in told.editions} == {
        "2003": ("None", "5", False, 1),
        "2005": ("None", "5", False, 1),
        "2007": ("None", "minst 1", True, 1),
        "2009": ("None", "minst 1", True, 1),
        "2011": ("None", "5", False, 1),
        "2013": ("14", "minst 2", False, 1),
        "2015": ("17", "6", False, 1),
        "2017": ("9", "6", False, 1),
        "2019": ("8", "5", False, 1),
        "2021": ("9", "5", False, 1),
        "2023": ("None", "4", False, 1),
        "2025": ("290", "minst 1", True, 1),
    }


def test_the_outcome_of_the_database_is_the_outcome_of_the_rule(past):
    entries = Nomination.objects.with_outcome().select_related("edition__fair").prefetch_related("events")
    ruled = {
        each.pk: history.standing_in(each.edition, [event.kind for event in each.events.all()]).outcome
        for each in entries
    }

    assert {each.pk: each.outcome for each in entries} == ruled
    assert len(ruled) == 73


def test_an_edition_under_way_belongs_to_history_once_its_entries_are_public(past):
    def years():
        return [edition.key for edition in history.told(past.visitor, past.now)][-2:]

    award = Award.objects.get()
    fair = Fair.objects.create(label_year=2027)
    edition = Edition.objects.create(
        award=award, fair=fair, key="2027", state=EditionState.RUNNING, published_at=past.now
    )
    entry = Nomination.objects.create(edition=edition, municipality=municipality("0484"))
    assert years() == ["2023", "2025"]

    Nomination.objects.filter(pk=entry.pk).update(published_at=past.now)
    assert years() == ["2025", "2027"]


def test_rehearsals_sisters_and_the_unpublished_are_no_history(past):
    own = Award.objects.get()
    sister = Award.objects.create(
        slug="sveriges-digitaliseringskommun", name_sv="Sveriges DigitaliseringsKommun"
    )
    later = past.now + timedelta(days=1)
    for key, award, rehearsal, published in (
        ("rehearsal-2027", own, True, past.now),
        ("2027-digital", sister, False, past.now),
        ("2027", own, False, later),
    ):
        Edition.objects.create(
            award=award,
            fair=Fair.objects.create(label_year=2027, rehearsal=True),
            key=key,
            is_rehearsal=rehearsal,
            published_at=published,
            state=EditionState.CONCLUDED,
        )

    assert [edition.key for edition in history.told(past.visitor, past.now)][-1] == "2025"
    assert [edition.key for edition in history.told(past.visitor, later)][-1] == "2027"


@pytest.mark.parametrize(
    ("edition_state", "state", "outcome"),
    [
        ("running", "draft", "applied"),
        ("running", "submitted", "applied"),
        ("running", "historic", "not_nominated"),
        ("concluded", "draft", "applied"),
        ("concluded", "submitted", "not_nominated"),
    ],
)
def test_a_complete_list_says_nothing_of_what_is_not_decided(story, edition_state, state, outcome):
    Edition.objects.filter(pk=story.call.pk).update(state=edition_state, nominee_list_complete=True)
    entries = Nomination.objects.filter(pk=story.drafts[ESKILSTUNA].pk)
    entries.update(state=state)

    assert entries.with_outcome().get().outcome == outcome
