"""What people type, read as a mark or refused in one sentence."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from criteria.scoring import Blank, Mark
from criteria.values import Reading, parse
from tests.criteria.trees import group, leaf, scale

ONE_TO_FIVE = leaf("a", 100)
HALVES = leaf("a", 100, on=scale("1", "5", "0.5"))
PERCENT = leaf("a", 100, on=scale("0", "100", "5"))
ALWAYS = leaf("a", 100, may_be_not_applicable=False)
HELP = " Write a number from 1 to 5 in steps of 1."


def said(reading):
    with override("en"):
        return str(reading.reason)


@pytest.mark.parametrize(
    "raw",
    [
        "4",
        " 4 ",
        "4,0",
        "4.0",
        "+4",
        "\u00a04\t",
        "４",
        "４．０",
        "04",
        "\u200b4",
        "4\ufeff",
        "\u200e4\u00ad",
        4,
        4.0,
        Decimal("4.00"),
    ],
)
def test_whole_number_is_read(raw):
    assert str(parse(raw, ONE_TO_FIVE).mark.value) == "4"


@pytest.mark.parametrize("raw", ["4,5", "4.5", "4.50", "４，５", 4.5, 4.500000000001, Decimal("4.5")])
def test_half_step_is_read_with_as_many_decimals_as_the_scale(raw):
    assert str(parse(raw, HALVES).mark.value) == "4.5"


@pytest.mark.parametrize("raw", ["45", "45 %", "45%", "４５％", 45])
def test_percent_is_read_on_a_scale_of_100(raw):
    assert parse(raw, PERCENT) == Reading(Mark(Decimal(45)))


def test_number_shown_as_percent_is_read_on_a_scale_of_100():
    assert parse(0.45, PERCENT, percent=True) == Reading(Mark(Decimal(45)))


def test_number_shown_as_percent_is_refused_elsewhere():
    reading = parse(4, ONE_TO_FIVE, percent=True)
    assert said(reading) == "The cell shows a percentage, and this scale has none." + HELP


@pytest.mark.parametrize("raw", [None, "", "   ", "\u00a0", "\n"])
def test_nothing_clears_the_mark(raw):
    assert parse(raw, ONE_TO_FIVE) == Reading()


@pytest.mark.parametrize(
    ("raw", "blank"),
    [
        ("no_evidence", Blank.NO_EVIDENCE),
        ("inget underlag", Blank.NO_EVIDENCE),
        (" Inget  Underlag ", Blank.NO_EVIDENCE),
        ("No evidence", Blank.NO_EVIDENCE),
        ("not_applicable", Blank.NOT_APPLICABLE),
        ("EJ TILLÄMPLIGT", Blank.NOT_APPLICABLE),
        ("ej tilla\u0308mpligt", Blank.NOT_APPLICABLE),
        ("not applicable", Blank.NOT_APPLICABLE),
    ],
)
def test_words_for_the_two_blanks_are_read(raw, blank):
    assert parse(raw, ONE_TO_FIVE) == Reading(Mark(blank=blank))


def test_not_applicable_is_refused_where_the_criterion_always_applies():
    assert said(parse("not_applicable", ALWAYS)) == "This criterion always applies." + HELP


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("6", "6 is outside the scale."),
        ("0", "0 is outside the scale."),
        ("-4", "−4 is outside the scale."),
        ("−4", "−4 is outside the scale."),
        ("4,5", "4.5 is between two steps of the scale."),
        (4.5, "4.5 is between two steps of the scale."),
        (4.3000000000000003, "4.3 is between two steps of the scale."),
        ("four", "“four” is not a score."),
        ("4²", "“4²” is not a score."),
        ("④", "“④” is not a score."),
        ("٤", "“٤” is not a score."),
        ("4 5", "“4 5” is not a score."),
        ("1e0", "“1e0” is not a score."),
        ("1_0", "“1_0” is not a score."),
        ("NaN", "“NaN” is not a score."),
        ("4,5,6", "“4,5,6” is not a score."),
        ("=2+2", "“=2+2” is not a score."),
        ("x" * 50, "“" + "x" * 40 + "…” is not a score."),
        ("400 %", "“400 %” is a percentage, and this scale has none."),
        (True, "TRUE and FALSE are not scores."),
        (dt.date(2026, 4, 5), "A date or a time is not a score."),
        (dt.datetime(2026, 4, 5, tzinfo=dt.UTC), "A date or a time is not a score."),
        (dt.time(4, 5), "A date or a time is not a score."),
        (float("nan"), "This is not a number."),
        (float("inf"), "This is not a number."),
        (1e300, "The number is outside the scale."),
        (["4"], "This is not a score."),
    ],
)
def test_anything_else_is_refused_in_a_sentence(raw, sentence):
    assert said(parse(raw, ONE_TO_FIVE)) == sentence + HELP


def test_numbers_in_the_sentence_follow_the_readers_language():
    reading = parse("4.75", HALVES)
    with override("sv"):
        swedish = str(reading.reason)
    assert "4,75" in swedish
    assert said(reading) == (
        "4.75 is between two steps of the scale. Write a number from 1 to 5 in steps of 0.5."
    )


@pytest.mark.parametrize("raw", ["4", 4, "no_evidence"])
def test_group_that_adds_up_takes_no_mark(raw):
    assert said(parse(raw, group("total", [ONE_TO_FIVE]))) == "No score is given here."
