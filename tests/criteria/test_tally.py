"""One sheet added up: published examples, every aggregate, the blanks, and properties that always hold."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.scoring import Blank, Mark
from criteria.tally import ranges, tally
from tests.criteria.trees import NO_EVIDENCE, NOT_APPLICABLE, flat, group, leaf, marks, model, scale

PUBLISHED = flat(40, 35, 25)


def shown(result):
    return str(result.value), str(result.of_100)


def test_published_example():
    assert shown(tally(PUBLISHED, marks(a=4, b=3, c=5))) == ("3.90", "72.5")


def test_published_example_with_the_middle_not_applicable():
    result = tally(flat(40, 35, 25, places=4), marks(a=4, b=NOT_APPLICABLE, c=5))
    assert (str(result.value), result.exact) == ("4.3846", Fraction(285, 65))


def test_no_evidence_counts_as_the_scales_minimum():
    assert tally(PUBLISHED, marks(a=4, b=NO_EVIDENCE, c=5)).exact == Fraction(160 + 35 + 125, 100)


def test_missing_criterion_is_left_out_and_listed():
    result = tally(PUBLISHED, marks(c=5, a=4))
    assert (result.value, result.missing, result.scored, result.complete) == (
        Decimal("4.38"),
        ("b",),
        2,
        False,
    )


def test_empty_mark_is_no_mark():
    assert tally(PUBLISHED, {"a": Mark(), **marks(b=3, c=5)}).missing == ("a",)


def test_nothing_marked_gives_nothing():
    result = tally(PUBLISHED, {})
    assert (result.value, result.of_100, result.exact) == (None, None, None)
    assert result.missing == ("a", "b", "c")


def test_all_not_applicable_is_complete_but_has_no_value():
    result = tally(PUBLISHED, dict.fromkeys("abc", NOT_APPLICABLE))
    assert (result.value, result.complete, result.scored) == (None, True, 3)


def test_shown_values_of_every_node():
    result = tally(PUBLISHED, marks(a=4, b=NO_EVIDENCE, c=NOT_APPLICABLE))
    assert result.nodes == {"a": Decimal(4), "b": Decimal(1), "c": None, "total": Decimal("2.60")}


def two_areas(**more):
    areas = [
        group("A", [leaf("a1", 60), leaf("a2", 40)], weight=70),
        group("B", [leaf("b1", 50), leaf("b2", 50)], weight=30),
    ]
    return model(group("total", areas), **more)


def test_areas_are_weighed_unrounded():
    result = tally(two_areas(), marks(a1=4, a2=3, b1=2, b2=5))
    assert result.exact == Fraction(70, 100) * Fraction(36, 10) + Fraction(30, 100) * Fraction(35, 10)
    assert result.nodes["A"] == Decimal("3.60")


def test_wholly_not_applicable_area_gives_its_weight_to_the_others():
    result = tally(two_areas(), marks(a1=4, a2=3, b1=NOT_APPLICABLE, b2=NOT_APPLICABLE))
    assert (result.exact, result.nodes["B"], result.complete) == (Fraction(36, 10), None, True)


def test_not_applicable_redistributes_inside_its_own_area_only():
    result = tally(two_areas(), marks(a1=NOT_APPLICABLE, a2=3, b1=2, b2=5))
    assert result.exact == Fraction(70, 100) * 3 + Fraction(30, 100) * Fraction(35, 10)


def test_mean_weighs_equally():
    plain = model(group("total", [leaf("a"), leaf("b"), leaf("c")], "mean"))
    assert tally(plain, marks(a=1, b=2, c=5)).exact == Fraction(8, 3)


def test_different_ranges_are_compared_by_share_of_the_range():
    mixed = model(group("total", [leaf("a", 50), leaf("b", 50, on=scale("0", "10"))]))
    result = tally(mixed, marks(a=3, b=10))
    assert (result.exact, str(result.of_100)) == (Fraction(75), "75.0")
    assert ranges(mixed)["total"] == (Decimal(0), Decimal(100))


def points_model(**more):
    percent = scale("0", "100", "5")
    children = [leaf("a", points=120, on=percent), leaf("b", points=85, on=percent)]
    return model(group("total", children, "points_sum", max_points=Decimal(205)), **more)


def test_points_are_added():
    result = tally(points_model(), marks(a=50, b=45))
    assert (result.exact, str(result.of_100)) == (60 + Fraction(3825, 100), "47.9")
    assert ranges(points_model())["total"] == (Decimal(0), Decimal(205))


def test_missing_points_are_not_there_yet():
    assert tally(points_model(), marks(a=50)).exact == 60


def test_not_applicable_points_are_spread_over_the_rest():
    assert tally(points_model(), marks(a=50, b=NOT_APPLICABLE)).exact == Fraction(205, 2)


def test_points_of_a_subtree_are_its_share_of_them():
    inner = group("A", [leaf("a1", 60), leaf("a2", 40)], max_points=Decimal(200))
    tree = model(group("total", [inner, leaf("b", points=100)], "points_sum"))
    result = tally(tree, marks(a1=5, a2=3, b=2))
    assert result.exact == 200 * Fraction(8, 10) + 25


# Stated values -------------------------------------------------------------------------------------
def judged(limit="10"):
    percent = scale("0", "100", "5")
    parts = [leaf("p", on=percent, kind="attribute"), leaf("q", on=percent, kind="attribute")]
    part = group(
        "A", parts, "overall_judgement", max_points=Decimal(50), scale=percent, deviation_limit=Decimal(limit)
    )
    return model(group("total", [part], "points_sum"))


def test_overall_judgement_stands_at_the_proposal_until_it_is_stated():
    result = tally(judged(), marks(p=40, q=50))
    assert (result.proposed, result.exact) == ({"A": Decimal("45.00")}, Fraction(45 * 50, 100))


def test_proposal_is_half_up_to_the_step_of_the_scale():
    assert tally(judged(), marks(p=40, q=45)).proposed == {"A": Decimal("45.00")}


def test_stated_judgement_counts_and_a_deviation_beyond_the_limit_is_listed():
    near, far = tally(judged(), marks(p=40, q=50, A=55)), tally(judged(), marks(p=40, q=50, A=60))
    assert (near.exact, near.deviates) == (Fraction(55 * 50, 100), ())
    assert (far.exact, far.deviates) == (Fraction(60 * 50, 100), ("A",))


def test_stated_judgement_counts_before_its_parts_are_marked():
    result = tally(judged(), marks(A=60))
    assert (result.exact, result.missing, result.proposed) == (30, ("p", "q"), {})


def ladder():
    levels = [("0", "10"), ("11", "30"), ("31", "50"), ("51", "70")]
    rung = scale("0", "1")
    rungs = [leaf(code, on=rung, kind="attribute", may_be_not_applicable=False) for code in "pdc"]
    return model(group("total", rungs, "ladder", scale=scale("0", "70", bands=levels)))


@pytest.mark.parametrize(
    ("given_marks", "value", "outside"),
    [
        ({"p": 0, "d": 0, "c": 0}, 0, ()),
        ({"p": 1, "d": 0, "c": 1}, 11, ()),  # the second rung is missing, so the third does not count
        ({"p": 1, "d": 1, "c": 0, "total": 44}, 44, ()),
        ({"p": 1, "d": 1, "c": 0, "total": 60}, 50, ("total",)),
        ({"p": 1, "d": 1, "c": 1, "total": 20}, 51, ("total",)),
        ({"p": 1, "total": 30}, 30, ()),
    ],
)
def test_ladder_holds_the_value_to_the_band_reached_in_unbroken_order(given_marks, value, outside):
    result = tally(ladder(), marks(**given_marks))
    assert (result.exact, result.outside) == (value, outside)


def test_ladder_without_a_rung_marked_has_no_value():
    assert tally(ladder(), marks(total=60)).value is None


# Rounding ------------------------------------------------------------------------------------------
def test_half_goes_up_once_last():
    assert str(tally(flat(19, 181), marks(a=3, b=4)).value) == "3.91"  # 781/200 = 3.905
    assert str(tally(flat(65, 135), marks(a=2, b=3)).value) == "2.68"  # 535/200 = 2.675


def test_rounding_per_criterion_rounds_every_line_before_it_is_weighed():
    thirds = group("A", [leaf("a1"), leaf("a2"), leaf("a3")], "mean", weight=50)
    tree = group("total", [thirds, leaf("b", 50)])
    given_marks = marks(a1=4, a2=4, a3=5, b=4)
    assert tally(model(tree, places=1), given_marks).exact == Fraction(25, 6)
    assert tally(model(tree, at="per_criterion", places=1), given_marks).exact == Fraction(415, 100)


def test_rounding_per_product_rounds_every_share_before_they_are_added():
    given_marks = marks(a=4, b=2, c=2)
    assert tally(flat(33, 33, 34, places=1), given_marks).exact == Fraction(266, 100)
    assert tally(flat(33, 33, 34, at="per_product", places=1), given_marks).exact == Fraction(27, 10)


def test_rounding_per_product_rounds_points():
    assert tally(points_model(at="per_product", places=0), marks(a=50, b=45)).exact == 98


def test_rounding_per_product_keeps_a_product_when_another_is_not_applicable():
    result = tally(flat(40, 35, 25, at="per_product", places=4), marks(a=4, b=NOT_APPLICABLE, c=5))
    assert str(result.value) == "4.3846"


# What cannot be held -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given_marks", "complaint"),
    [
        (marks(a=6), "a: 6 is not on the scale 1-5"),
        (marks(a="3.5"), "a: 3.5 is not on the scale 1-5"),
        (marks(a="NaN"), "a: NaN is not on the scale 1-5"),
        (marks(x=3), "x is not in the model"),
        (marks(total=3), "total takes no mark"),
        (marks(total=NO_EVIDENCE), "total cannot hold this mark"),
        ({"a": Mark(Decimal(3), Blank.NO_EVIDENCE)}, "a cannot hold this mark"),
    ],
)
def test_mark_the_model_cannot_hold_is_refused(given_marks, complaint):
    with pytest.raises(ValueError, match=complaint):
        tally(PUBLISHED, given_marks)


def test_not_applicable_is_refused_where_the_criterion_always_applies():
    always = model(group("total", [leaf("a", 100, may_be_not_applicable=False)]))
    with pytest.raises(ValueError, match="a cannot be not applicable"):
        tally(always, marks(a=NOT_APPLICABLE))


# Properties ----------------------------------------------------------------------------------------
numbers = st.integers(1, 5).map(lambda number: Mark(value=Decimal(number)))
any_mark = st.one_of(numbers, numbers, st.just(NO_EVIDENCE), st.just(NOT_APPLICABLE), st.none())
weights = st.lists(st.decimals("0.01", "99", places=2), min_size=1, max_size=8)


@st.composite
def sheets(draw, filling=any_mark):
    """A flat model of any weights and a filling of it."""
    weight = draw(weights)
    places = draw(st.integers(0, 4))
    filled = {code: draw(filling) for code in "abcdefgh"[: len(weight)]}
    return weight, places, {code: mark for code, mark in filled.items() if mark is not None}


def by_decimals(weight, places, given_marks):
    """The same sum another way: 60 digits of Decimal, quantized half up."""
    pairs = [
        (share, Decimal(1) if given_marks[code].blank else given_marks[code].value)
        for code, share in zip("abcdefgh", weight, strict=False)
        if code in given_marks and given_marks[code].blank != Blank.NOT_APPLICABLE
    ]
    if not pairs:
        return None
    with localcontext() as context:
        context.prec = 60
        total = sum(share * value for share, value in pairs) / sum(share for share, _value in pairs)
        return total.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@given(sheets())
def test_total_equals_an_independent_computation(sheet):
    weight, places, given_marks = sheet
    assert tally(flat(*weight, places=places), given_marks).value == by_decimals(weight, places, given_marks)


@given(sheets(), st.randoms())
def test_order_of_criteria_does_not_matter(sheet, random):
    weight, places, given_marks = sheet
    children = [leaf(code, share) for code, share in zip("abcdefgh", weight, strict=False)]
    shuffled = random.sample(children, len(children))
    one, other = (
        model(group("total", each, weight_total=sum(weight)), places=places) for each in (children, shuffled)
    )
    assert tally(one, given_marks).exact == tally(other, given_marks).exact


@given(sheets(filling=numbers), st.data())
def test_higher_mark_never_lowers_the_total(sheet, data):
    weight, places, given_marks = sheet
    code = data.draw(st.sampled_from(sorted(given_marks)))
    higher = Mark(value=Decimal(data.draw(st.integers(int(given_marks[code].value), 5))))
    plain = flat(*weight, places=places)
    assert tally(plain, given_marks | {code: higher}).exact >= tally(plain, given_marks).exact


@given(sheets())
def test_total_lies_between_the_lowest_and_the_highest_mark(sheet):
    weight, places, given_marks = sheet
    exact = tally(flat(*weight, places=places), given_marks).exact
    counted = [1 if mark.blank else mark.value for mark in given_marks.values() if mark != NOT_APPLICABLE]
    assert exact is None if not counted else min(counted) <= exact <= max(counted)


@given(sheets())
def test_criterion_that_is_not_applicable_is_as_if_it_were_not_there(sheet):
    weight, places, given_marks = sheet
    more = flat(*weight, 7, places=places)
    added = given_marks | {"abcdefghi"[len(weight)]: NOT_APPLICABLE}
    assert tally(more, added).exact == tally(flat(*weight, places=places), given_marks).exact


@given(sheets(filling=numbers), st.integers(2, 50))
def test_scaling_all_weights_changes_nothing(sheet, times):
    weight, places, given_marks = sheet
    scaled = [share * times for share in weight]
    one, other = (
        tally(flat(*weight, places=places), given_marks),
        tally(flat(*scaled, places=places), given_marks),
    )
    assert (one.exact, one.of_100) == (other.exact, other.of_100)


AREAS = {"A": (30, (40, 35, 25)), "B": (25, (50, 30, 20)), "C": (45, (34, 33, 33))}


def by_workbook_formulas(given_marks, places):
    """The jury workbook's own formulas in whole numbers: L, M per area, LCM over areas, INT for half up."""
    lows = {}
    for area, (_weight, shares) in AREAS.items():
        counted = weighted = 0
        for place, share in enumerate(shares):
            mark = given_marks.get(f"{area}{place}")
            if mark is not None and mark.blank != Blank.NOT_APPLICABLE:
                counted += share
                weighted += share * (1 if mark.blank else int(mark.value))
        lows[area] = counted, weighted
    common = lcm(*(counted or 1 for counted, _weighted in lows.values()))
    top = sum(AREAS[area][0] * m * (common // c) for area, (c, m) in lows.items() if c)
    bottom = common * sum(AREAS[area][0] for area, (c, _m) in lows.items() if c)
    if not bottom:
        return None, None

    def half_up(n, d, p):
        return Decimal((2 * 10**p * n + d) // (2 * d)).scaleb(-p)

    return half_up(top, bottom, places), half_up(100 * (top - bottom), 4 * bottom, 1)


@given(
    st.fixed_dictionaries({f"{area}{place}": any_mark for area in AREAS for place in range(3)}),
    st.integers(0, 3),
)
def test_tree_adds_up_as_the_jury_workbook_does(filled, places):
    areas = [
        group(area, [leaf(f"{area}{place}", share) for place, share in enumerate(shares)], weight=weight)
        for area, (weight, shares) in AREAS.items()
    ]
    given_marks = {code: mark for code, mark in filled.items() if mark is not None}
    result = tally(model(group("total", areas), places=places), given_marks)
    assert (result.value, result.of_100) == by_workbook_formulas(given_marks, places)
