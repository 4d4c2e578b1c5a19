"""Every reason why a model cannot be used, each as one sentence."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from criteria.activation import check
from criteria.scoring import Bilingual, Indicator, Rounding
from tests.criteria.trees import flat, group, leaf, model, scale

SOUND = flat(40, 60)


def said(whole, **more):
    with override("en"):
        return [str(problem) for problem in check(whole, **more)]


def with_scale(**more):
    return model(group("total", [leaf("a", 100, on=scale(**more))]))


def test_sound_model_has_no_problem():
    assert said(SOUND) == []


def test_several_problems_are_all_told():
    tree = group("total", [leaf("a", 40), leaf("a", 50)])
    assert said(model(tree, places=9, tie_break=("coin",))) == [
        "Round to between 0 and 6 decimals.",
        "The tie-break “coin” is not known.",
        "The code a is used 2 times.",
        "The weights in total sum to 90, not to 100.",
    ]


def test_numbers_are_written_in_the_readers_language():
    whole = model(group("total", [leaf("a", "99.5")]))
    assert said(whole) == ["The weights in total sum to 99.5, not to 100."]
    with override("sv"):
        assert "99,5" in str(check(whole)[0])


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"rounding": Rounding("often")}, "The rounding “often” is not known."),
        ({"juror_combine": "mode"}, "The way “mode” to combine jurors is not known."),
        ({"combine_on": "area"}, "Jurors cannot be combined on “area”."),
        ({"incomplete": "guess"}, "The rule “guess” for unfinished sheets is not known."),
        ({"marked_by": "dice"}, "A model cannot be marked by “dice”."),
        ({"title": Bilingual()}, "The model has no title."),
        ({"version": 0}, "The version must be at least 1."),
        ({"trim": 1}, "Only the trimmed mean leaves out the highest and the lowest."),
        ({"juror_combine": "trimmed"},
         "The trimmed mean must leave out at least one highest and one lowest."),
        ({"tie_break": ("chair", "chair")}, "The tie-break “chair” is there twice."),
        ({"tie_break": ("criterion:x",)}, "The tie-break names x, which is not in the model."),
        ({"tie_break": ("shared", "chair")},
         "Nothing comes after a shared place: put it last among the tie-breaks."),
        ({"root": leaf("a")}, "The model has no criteria."),
        ({"marked_by": "key_figures", "root": group("total", [leaf("a", 100)])}, "a needs a key figure."),
    ],
)  # fmt: skip
def test_rule_that_cannot_hold_is_told(rules, sentence):
    assert said(replace(SOUND, **rules)) == [sentence]


def test_trimming_needs_enough_jurors():
    trimmed = replace(SOUND, juror_combine="trimmed", trim=2)
    assert said(trimmed, jurors=7) == []
    assert said(trimmed, jurors=6) == [
        "Leaving out 2 highest and 2 lowest needs 7 jurors; there are 6.",
    ]


@pytest.mark.parametrize(
    ("children", "sentence"),
    [
        ([leaf("a", 100), group("B", [], weight=None)], None),
        ([leaf("a/b", 100)],
         "The code “a/b” must be 1–40 letters a–z, digits, points, hyphens or low lines."),
        ([leaf("_a", 100)],
         "The code “_a” must be 1–40 letters a–z, digits, points, hyphens or low lines."),
        ([leaf("a", 50), leaf("A", 50)], "The code a is used 2 times."),
        ([leaf("a", 100, kind="star")], "a: the kind “star” is not known."),
        ([replace(leaf("a", 100), title=Bilingual())], "a has no title."),
        ([leaf("a", 100), leaf("b", 0)], "b needs a weight above 0."),
        ([leaf("a", 100), leaf("b")], "b needs a weight above 0."),
        ([leaf("a", 100, points=0)], "a needs maximum points above 0."),
        ([replace(leaf("a", 100), scale=None)], "a has no scale."),
        ([leaf("a", 100, indicator=Indicator("N1"))], "a has a key figure, but jurors mark this model."),
        ([group("B", [leaf("a", 100)], "sum", weight=100)], "B: the way “sum” to add up is not known."),
        ([replace(group("B", [leaf("a", 100)], weight=100), kind="criterion")],
         "B has parts below it and must be a group."),
        ([leaf("a", 50), leaf("b", 50, on=scale("0", "9", code="1-5"))],
         "Two different scales are called “1-5”."),
    ],
)  # fmt: skip
def test_tree_that_cannot_hold_is_told(children, sentence):
    expected = [sentence] if sentence else ["B needs a weight above 0.", "The group B is empty."]
    assert said(model(group("total", children))) == expected


def test_declared_total_may_be_another():
    ten = [leaf("a", 4), leaf("b", 6)]
    assert said(model(group("total", ten, weight_total=Decimal(10)))) == []


@pytest.mark.parametrize(
    ("ends", "step", "given_as", "bands", "sentences"),
    [
        (("1", "5"), "1", "slider", (), ["a: the way “slider” to give a value is not known."]),
        (("5", "5"), "1", "number", (), ["a: the scale must end above where it begins."]),
        (("1", "5"), "3", "number", (), ["a: the step 3 does not divide the scale."]),
        (("1", "5"), "0", "number", (), ["a: the step 0 does not divide the scale."]),
        (("0", "100"), "1", "choice", (), ["a: 101 values are too many to choose among."]),
        (("0", "100"), "5", "band_then_number", (), ["a: the scale needs levels to choose among first."]),
        (("0", "20"), "5", "number", [("0", "5"), ("10", "20")], []),
        (("0", "20"), "5", "number", [("0", "5"), ("15", "20")], ["a: no level holds 10."]),
        (("0", "20"), "5", "number", [("0", "0"), ("15", "20")], ["a: no level holds 5–10."]),
        (("0", "20"), "5", "number", [("5", "15")], ["a: no level holds 0.", "a: no level holds 20."]),
        (("0", "20"), "5", "number", [("0", "10"), ("10", "20")], ["a: the levels 0–10 and 10–20 overlap."]),
        (("0", "20"), "5", "number", [("10", "20"), ("0", "5")],
         ["a: the levels must go from the lowest to the highest."]),
        (("0", "20"), "5", "number", [("0", "5"), ("10", "25")], ["a: the levels reach outside the scale."]),
        (("0", "20"), "5", "number", [("10", "5")], ["a: the level 10 ends before it begins."]),
        (("0", "20"), "5", "number", [("0", "7"), ("10", "20")],
         ["a: a level ends between two steps of the scale."]),
    ],
)  # fmt: skip
def test_scale_that_cannot_hold_is_told(ends, step, given_as, bands, sentences):
    assert said(with_scale(lo=ends[0], hi=ends[1], step=step, given_as=given_as, bands=bands)) == sentences


def points(*most, **more):
    children = [leaf(code, points=each) for code, each in zip("ab", most, strict=True)]
    return model(group("total", children, "points_sum", **more))


def test_points_must_sum_to_what_is_declared():
    assert said(points(120, 85)) == []
    assert said(points(120, 85, max_points=Decimal(205))) == []
    assert said(points(120, 85, max_points=Decimal(200))) == ["The points in total sum to 205, not to 200."]
    assert said(points(120, None)) == ["b needs maximum points above 0."]


def ladder(bands, **rung):
    rungs = [leaf(code, on=scale("0", "1"), kind="attribute", **rung) for code in "pd"]
    return model(group("total", rungs, "ladder", scale=scale("0", "30", bands=bands)))


def test_ladder_needs_a_level_more_than_its_rungs():
    levels = [("0", "10"), ("11", "20"), ("21", "30")]
    assert said(ladder(levels, may_be_not_applicable=False)) == []
    assert said(ladder(levels)) == ["The rungs of the ladder total must always apply."]
    assert said(ladder([("0", "30")], may_be_not_applicable=False)) == [
        "The ladder total has 2 rungs and needs 3 levels, not 1.",
    ]


def test_stated_value_needs_a_scale_and_single_parts():
    inner = group("B", [leaf("a", 100)])
    whole = model(group("total", [inner], "overall_judgement", deviation_limit=Decimal(-1)))
    assert said(whole) == [
        "total has no scale.",
        "total: only single parts may lie below a stated value.",
        "total: the allowed deviation cannot be below 0.",
    ]


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        (Indicator(""), "a needs a key figure."),
        (Indicator("N1", direction="up"), "a: the direction must be + or -."),
        (Indicator("N1", "guess"), "a: the method “guess” is not known."),
        (Indicator("N1", "line"), "a: the line needs a lower end below its upper end."),
        (Indicator("N1", "line", "+", Decimal(5), Decimal(5)),
         "a: the line needs a lower end below its upper end."),
    ],
)  # fmt: skip
def test_key_figure_that_cannot_be_made_into_a_mark_is_told(indicator, sentence):
    whole = model(group("total", [leaf("a", 100, indicator=indicator)]), marked_by="key_figures")
    assert said(whole) == [sentence]
