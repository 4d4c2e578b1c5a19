"""The funnel's geometry and words, on editions as they are known."""

import pytest

from nominees.charts import Bar, Round, funnel, most_applied, words
from nominees.streaks import Known


def a_round(title="2015", applicants=17, nominees=6, **more) -> Round:
    known = [None if number is None else Known(number) for number in (applicants, nominees)]
    return Round(title, f"/editions/{title}/", *known, winners=("Kävlinge",), **more)


SCREENED = a_round("2025", 290, None, screened=True)
PARTLY = Round("2013", "/editions/2013/", Known(14), Known(2, at_least=True), winners=("Örebro",))


def test_funnel_draws_one_bar_for_each_edition():
    drawn = funnel([a_round(), a_round("2011", None, 5)])

    assert drawn.bars == (
        Bar("2015", 22, 578, 204, True, "17 sökande, 6 nominerade", 652),
        Bar("2011", 52, 0, 170, True, "5 nominerade, antal sökande okänt", 244),
    )
    assert (drawn.width, drawn.height) == (880, 82)


def test_funnel_shrinks_when_more_apply_than_fit():
    drawn = funnel([a_round(applicants=34, nominees=17)])

    assert (drawn.bars[0].applicants, drawn.bars[0].nominees) == (578, 289)


def test_funnel_of_nothing_is_empty():
    assert funnel([]).bars == ()


def test_screened_municipalities_are_words_and_no_bar():
    drawn = funnel([SCREENED, a_round()])

    assert drawn.bars[0].applicants == 0
    assert drawn.bars[0].words == "290 kommuner granskades på nyckeltal; antal nominerade okänt"
    assert drawn.bars[1].applicants == 578


@pytest.mark.parametrize(
    ("each", "said"),
    [
        (PARTLY, "14 sökande, minst 2 nominerade"),
        (a_round(applicants=None, nominees=None), "Sökande och nominerade okända"),
        (a_round(applicants=None, nominees=None, under_way=True), "Pågår"),
        (a_round(applicants=9, nominees=None), "9 sökande, antal nominerade okänt"),
    ],
)
def test_words_say_what_is_unknown(each, said):
    assert words(each) == said


def test_most_applied_leaves_screenings_out():
    assert most_applied([SCREENED, PARTLY, a_round()]) == a_round()


def test_table_cells_say_unknown_and_at_least():
    assert (PARTLY.applicants_words, PARTLY.nominees_words) == ("14", "minst 2")
    assert (SCREENED.applicants_words, SCREENED.nominees_words) == ("290 granskade", "okänt")


def test_description_names_the_record_and_the_screening():
    assert funnel([SCREENED, a_round()]).description == (
        "Liggande staplar, en omgång per rad. Flest sökte 2015: 17 sökande, 6 nominerade. "
        "2025: 290 kommuner granskades på nyckeltal; antal nominerade okänt."
    )
