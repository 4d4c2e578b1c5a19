"""The statistics in words: no leader is called clear that is not, and thin tables say why they are silent."""

import pytest

from criteria.findings import Light, findings
from criteria.headline import headline, neighbours_of
from criteria.jury_analysis import analysis_of, criteria_out
from criteria.models import Score
from criteria.phrases import and_list, share
from criteria.standings import standings_of
from tests.criteria.jury import table
from tests.criteria.test_standings_page import BORAS, CLEAR, ESKILSTUNA, HELSINGBORG, KAVLINGE

pytestmark = pytest.mark.usefixtures("english")


def told(story, rows) -> tuple:
    """The headline and the lights by key."""
    standings = standings_of(table(story, rows))
    found = analysis_of(standings)
    return (
        headline(standings, found).heading,
        {each.key: each.light for each in findings(standings, found)},
    )


def test_a_clear_leader_is_called_so(story):
    heading, lights = told(story, CLEAR)
    assert heading == "Kävlinge leads. Places 2–3 cannot be told apart."
    assert lights == {
        "comparable": Light.HOLDS,
        "strictness": Light.CARE,
        "agreement": Light.HOLDS,
        "certainty": Light.CARE,
        "influence": Light.HOLDS,
        "oddities": Light.HOLDS,
    }


def test_no_leader_is_called_clear_that_is_not(story):
    rows = {KAVLINGE: (5, 2, 4), ESKILSTUNA: (2, 5, 3), BORAS: (4, 3, 2), HELSINGBORG: (3, 2, 3)}
    heading, lights = told(story, rows)
    assert heading == "Neighbours in places 1–4 cannot be told apart."
    assert lights["certainty"] == Light.FAILS


def test_only_the_next_in_the_order_is_called_too_close_to_tell_apart(story):
    rows = {KAVLINGE: (5, 5, 4), ESKILSTUNA: (4, 5, 4), BORAS: (4, 4, 4), HELSINGBORG: (4, 3, 4)}
    found = analysis_of(standings_of(table(story, rows)))

    assert set(found.certainty.group) == {"a"}
    assert neighbours_of(found) == {
        "Kävlinge": ("Eskilstuna",),
        "Eskilstuna": ("Kävlinge", "Borås"),
        "Borås": ("Eskilstuna", "Helsingborg"),
        "Helsingborg": ("Borås",),
    }


# The strict A and B read only who comes second by the rules, the generous C and D only who leads.
TURNED = {
    ESKILSTUNA: (None, None, 5, 5, 4),
    KAVLINGE: (4, 4, None, None, 4),
    BORAS: (2, 2, 4, 4, 2),
    HELSINGBORG: (1, 1, 3, 3, 1),
}


def test_an_order_that_the_adjusted_values_turn_round_is_not_said_to_hold(story):
    standings = standings_of(table(story, TURNED))
    found = analysis_of(standings)
    sure = findings(standings, found)[3]

    assert [line.municipality for line in standings.placed][:2] == ["Eskilstuna", "Kävlinge"]
    assert headline(standings, found).heading == (
        "Eskilstuna has the highest value. Adjusted for strictness, Kävlinge comes before Eskilstuna."
    )
    assert (sure.light, sure.title) == (Light.FAILS, "The draws give another first place")
    assert sure.sentence == "Kävlinge comes first in over 99% of the draws, but Eskilstuna does by the rules."


def test_one_juror_alone_tells_no_certainty(story):
    heading, lights = told(story, {KAVLINGE: (5,), ESKILSTUNA: (4,), BORAS: (3,)})
    assert heading == "Kävlinge has the highest value."
    silent = {key for key, light in lights.items() if light == Light.SILENT}
    assert silent == {"strictness", "agreement", "certainty", "influence"}


def test_islands_have_no_common_order(story):
    rows = {ESKILSTUNA: (4, 3, None, None), KAVLINGE: (None, None, 2, 3)}
    standings = standings_of(table(story, rows))
    first = findings(standings, analysis_of(standings))[0]
    assert (first.light, first.more[-1]) == (
        Light.FAILS,
        "One more reading would join two groups: Ledamot A reads Kävlinge.",
    )


def test_a_single_criterion_that_decides_is_named(story):
    rows = {KAVLINGE: (3, 3, 3), ESKILSTUNA: (3, 3, 3), BORAS: (2, 2, 2)}
    scoring_round = table(story, rows)
    for code, criterion, value in ((KAVLINGE, "A1", 5), (ESKILSTUNA, "B1", 4)):
        scores = Score.objects.filter(sheet__assignment__nomination=story.nominations[code])
        scores.filter(criterion=criterion).update(value=value)
    standings = standings_of(scoring_round)
    found = findings(standings, analysis_of(standings))[4]
    out = {one.code: one for one in criteria_out(standings)}

    assert len(out) == 12
    assert [(one.code, one.winners) for one in out.values() if one.winner_changed] == [
        ("A1", ("Eskilstuna",))
    ]
    assert (found.light, found.title, found.more) == (
        Light.FAILS,
        "One criterion decides the first place",
        (
            "Without the criterion Demokrati 1 the first place goes to Eskilstuna.",
            "The same winner and the same top whoever is left out.",
        ),
    )


def test_that_no_criterion_decides_is_said_beside_the_jurors(story):
    standings = standings_of(table(story, CLEAR))
    found = findings(standings, analysis_of(standings))[4]
    assert (found.light, found.title, found.more) == (
        Light.HOLDS,
        "No single juror decides",
        ("The same winner and the same top whichever criterion is left out.",),
    )


def test_the_same_everywhere_is_no_information(story):
    rows = dict.fromkeys((ESKILSTUNA, KAVLINGE, HELSINGBORG), (3, 3, 3))
    standings = standings_of(table(story, rows))
    agreement = findings(standings, analysis_of(standings))[2]
    assert (agreement.light, agreement.sentence) == (
        Light.SILENT,
        "Everybody gave the same score everywhere: that is no information about agreement.",
    )


def test_one_entry_is_the_only_one(story):
    heading, _lights = told(story, {ESKILSTUNA: (4, 3, 2)})
    assert heading == "Eskilstuna is the only entry with a value."


@pytest.mark.parametrize(
    ("value", "words"), [(0.999, "over 99%"), (0.001, "under 1%"), (0.63, "63%"), (0.99, "99%")]
)
def test_chances_promise_no_more_than_the_draws_know(value, words):
    assert share(value) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (list("ABCDEFG"), "A, B, C and 4 others")],
)
def test_lists_of_names(names, words):
    assert and_list(names) == words
