"""The chair's standings: sealed while jurors score, exact, and blind where the reader stands aside."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from criteria.models import Recusal, Round, Score
from criteria.readings import hidden_from, readings_of
from criteria.standings import stand, standings_of
from criteria.states import RecusalReason, RoundState
from tests.criteria.jury import close, give, seats, table
from tests.story import BORAS, ESKILSTUNA

KAVLINGE, VASTERAS, KARLSTAD, HELSINGBORG = "1261", "1980", "1780", "1283"
CLEAR = {
    KAVLINGE: (5, 5, 5),
    HELSINGBORG: (4, 4, 4),
    ESKILSTUNA: (4, 4, 4),
    VASTERAS: (3, 3, 4),
    KARLSTAD: (2, 2, 3),
    BORAS: (1, 1, 2),
}


def page(story, name="standings_page") -> str:
    return reverse(name, args=[story.edition.key])


def order(standings) -> list[tuple]:
    return [(line.place, line.municipality, line.value) for line in standings.lines]


def test_places_are_shared_and_counted(story):
    scoring_round = table(story, CLEAR)
    assert order(standings_of(scoring_round)) == [
        (1, "Kävlinge", Decimal("5.00")),
        (2, "Eskilstuna", Decimal("4.00")),
        (2, "Helsingborg", Decimal("4.00")),
        (4, "Västerås", Decimal("3.33")),
        (5, "Karlstad", Decimal("2.33")),
        (6, "Borås", Decimal("1.33")),
    ]


def test_mean_median_and_spread_are_of_100(story):
    line = standings_of(table(story, CLEAR)).lines[3]
    assert (line.mean, line.median, line.spread) == (Decimal("58.3"), Decimal("50.0"), Decimal("14.4"))
    assert (line.jurors, line.readers) == (3, 3)


def test_an_order_is_worked_out_again_when_anything_changes(story):
    scoring_round = table(story, CLEAR)
    first = standings_of(scoring_round)
    assert standings_of(scoring_round) is first
    score = Score.objects.filter(sheet__assignment__nomination=story.nominations[BORAS]).first()
    Score.objects.filter(sheet=score.sheet).update(value=5)
    assert order(standings_of(scoring_round)) != order(first)


def test_an_unfinished_sheet_does_not_count(story):
    scoring_round = table(story, CLEAR)
    late = seats(story, 4)[3]
    give(story, late, BORAS, 5, done=False)
    line = standings_of(scoring_round).lines[-1]
    assert (line.municipality, line.jurors, line.readers) == ("Borås", 3, 4)


def test_a_tie_that_the_median_parts_names_the_median(story, client_of):
    table(story, {ESKILSTUNA: (4, 4, 1), KAVLINGE: (3, 3, 3)})
    answer = client_of(story.chair).get(page(story))
    assert [(row.line.place, row.line.municipality, row.decided) for row in answer.context["rows"]][:2] == [
        (1, "Eskilstuna", "avgjort av medianen"),
        (2, "Kävlinge", "avgjort av medianen"),
    ]


def test_the_scores_are_sealed_until_the_scoring_closes(story, client_of):
    client = client_of(story.chair)
    sealed = client.get(page(story))
    assert sealed.status_code == 403
    assert "förseglade tills bedömningen har stängt" in sealed.content.decode()
    close(story)
    assert client.get(page(story)).status_code == 200


@pytest.mark.parametrize("name", ["standings_page", "statistics_page", "what_if_page"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200), ("deputy", 200), ("organiser", 200), ("administrator", 200), ("juror1", 403),
        ("observer", 403), ("contact", 403), ("outsider", 404), ("other_organiser", 404),
        ("other_juror", 404),
    ],
)  # fmt: skip
def test_only_those_who_lead_see_the_order(story, client_of, who, status, name):
    table(story, CLEAR)
    assert client_of(story.people[who]).get(page(story, name)).status_code == status


def test_jurors_see_no_order_even_after_the_reveal(story, client_of):
    table(story, CLEAR)
    Round.objects.update(state=RoundState.REVEALED)
    assert client_of(story.juror1).get(page(story)).status_code == 403


def stand_aside(story, code: str) -> None:
    Recusal.objects.create(
        juror=story.seats["chair"],
        nomination=story.nominations[code],
        reason=RecusalReason.HOME,
        by=story.chair,
        at=story.now - timedelta(days=1),
    )


@pytest.mark.parametrize("name", ["standings_page", "statistics_page", "what_if_page"])
def test_a_chair_who_stands_aside_sees_nothing_of_the_entry(story, client_of, name):
    table(story, CLEAR)
    stand_aside(story, KAVLINGE)
    assert "Kävlinge" in client_of(story.deputy).get(page(story, name)).content.decode()
    assert "Kävlinge" not in client_of(story.chair).get(page(story, name)).content.decode()


def test_the_hidden_entry_moves_nothing_that_the_chair_sees(story):
    scoring_round = table(story, CLEAR)
    stand_aside(story, KAVLINGE)
    hidden = hidden_from(story.chair, story.edition)
    before = order(standings_of(scoring_round, hidden))
    Score.objects.filter(sheet__assignment__nomination=story.nominations[KAVLINGE]).update(value=1)
    assert order(standings_of(scoring_round, hidden)) == before
    assert before[0] == (1, "Eskilstuna", Decimal("4.00"))


def test_a_recused_juror_is_no_observation(story):
    scoring_round = table(story, CLEAR)
    Recusal.objects.create(
        juror=story.seats["juror3"], nomination=story.nominations[BORAS], reason=RecusalReason.HOME
    )
    line = standings_of(scoring_round).lines[-1]
    assert (line.municipality, line.value, line.jurors, line.readers) == ("Borås", Decimal("1.00"), 2, 2)


@pytest.mark.parametrize(
    "rows",
    [
        {ESKILSTUNA: (4,), KAVLINGE: (3,)},  # one juror
        {ESKILSTUNA: (4, 3, 2)},  # one entry
        {ESKILSTUNA: (3, 3, 3), KAVLINGE: (3, 3, 3)},  # constant
        {ESKILSTUNA: (4, 3, None, None), KAVLINGE: (None, None, 2, 3)},  # islands
        {ESKILSTUNA: (4, 3, None), KAVLINGE: (3, 3, 2), BORAS: (2, 1, None)},  # a juror with one reading
        {ESKILSTUNA: (None,)},  # nothing
    ],
    ids=["one juror", "one entry", "constant", "islands", "one reading", "nothing"],
)
@pytest.mark.parametrize("name", ["standings_page", "statistics_page", "what_if_page"])
def test_thin_tables_give_sentences(story, client_of, rows, name):
    table(story, rows)
    answer = client_of(story.chair).get(page(story, name))
    assert answer.status_code == 200
    assert [word for word in ("nan", "None", "inf%") if f">{word}<" in answer.content.decode()] == []


def test_all_recused_gives_a_sentence(story, client_of):
    table(story, CLEAR)
    for seat in seats(story, 3):
        for entry in story.nominations.values():
            Recusal.objects.create(juror=seat, nomination=entry, reason=RecusalReason.HOME)
    answer = client_of(story.chair).get(page(story))
    assert answer.context["headline"].heading == "Det finns ingen ordning än."


def test_page_asks_as_many_questions_for_one_as_for_six(story, client_of, django_assert_num_queries):
    table(story, {ESKILSTUNA: (4, 3, 2)})
    client = client_of(story.chair)
    client.get(page(story))
    with django_assert_num_queries(9):
        client.get(page(story))
    table(story, CLEAR)
    client.get(page(story))
    with django_assert_num_queries(9):
        client.get(page(story))


def test_readings_know_what_nobody_may_see(story):
    scoring_round = table(story, CLEAR)
    hidden = frozenset({story.nominations[BORAS].pk})
    readings = readings_of(scoring_round, hidden)
    assert set(readings.entries.values()) == {"Eskilstuna", "Helsingborg", "Karlstad", "Kävlinge", "Västerås"}
    assert len(stand(readings).lines) == 5


@pytest.mark.parametrize(("jurors", "shown"), [(3, True), (2, False)])
def test_adjusted_values_are_hidden_where_a_gate_speaks_against_them(story, client_of, jurors, shown):
    table(story, {code: marks[:jurors] for code, marks in CLEAR.items()})
    answer = client_of(story.chair).get(page(story))

    assert ("Just. plats" in answer.content.decode()) is shown
    assert (answer.context["rows"][0].adjusted is not None) is shown
