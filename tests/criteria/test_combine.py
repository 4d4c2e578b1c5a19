"""Several jurors made into one value: each way to combine, on totals or on criteria, and what cannot be."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from criteria.combine import Sheet, combine, mean, median, trimmed_mean
from criteria.scoring import Mark
from criteria.tally import tally
from tests.criteria.trees import NO_EVIDENCE, NOT_APPLICABLE, flat, group, leaf, marks, model, scale

THREE = [Sheet(marks(a=4, b=3, c=5)), Sheet(marks(a=5, b=5, c=5)), Sheet(marks(a=2, b=1, c=2))]


def combined(sheets=THREE, **rules):
    return combine(flat(40, 35, 25, **rules), sheets)


def said(result):
    with override("en"):
        return str(result.reason)


def test_mean_of_totals_is_rounded_once():
    result = combined()
    exact = (Fraction(39, 10) + 5 + Fraction(165, 100)) / 3
    assert (result.exact, str(result.value), str(result.of_100)) == (exact, "3.52", "62.9")
    assert (result.jurors, said(result)) == (3, "")


def test_mean_of_every_node_is_shown():
    nodes = {code: str(value) for code, value in combined().nodes.items()}
    assert nodes == {"a": "3.67", "b": "3.00", "c": "4.00", "total": "3.52"}


def test_one_juror_gives_the_jurors_own_total():
    assert combined(THREE[:1]).value == tally(flat(40, 35, 25), THREE[0].marks).value


@pytest.mark.parametrize(
    ("count", "exact"), [(1, Fraction(39, 10)), (2, Fraction(89, 20)), (3, Fraction(39, 10))]
)
def test_median_of_totals(count, exact):
    assert combined(THREE[:count], juror_combine="median").exact == exact


def test_median_on_criteria_differs_from_median_on_totals():
    sheets = [Sheet(marks(a=5, b=1, c=1)), Sheet(marks(a=1, b=5, c=1)), Sheet(marks(a=1, b=1, c=5))]
    assert combined(sheets, juror_combine="median").exact == Fraction(240, 100)
    assert combined(sheets, juror_combine="median", combine_on="criterion").exact == 1


def test_mean_on_criteria_counts_those_who_gave_a_value():
    sheets = [Sheet(marks(a=4, b=NOT_APPLICABLE, c=5)), Sheet(marks(a=2, b=3, c=NO_EVIDENCE))]
    on_criteria = combined(sheets, combine_on="criterion")
    assert on_criteria.exact == Fraction(40 * 3 + 35 * 3 + 25 * 3, 100)
    assert combined(sheets).exact == (Fraction(285, 65) + Fraction(210, 100)) / 2


def test_criterion_not_applicable_to_all_is_not_applicable_to_the_jury():
    sheets = [Sheet(marks(a=4, b=NOT_APPLICABLE, c=5)), Sheet(marks(a=4, b=NOT_APPLICABLE, c=5))]
    assert combined(sheets, combine_on="criterion").exact == Fraction(285, 65)


def test_rounding_per_criterion_bites_on_the_jurys_values():
    sheets = [Sheet(marks(a=4, b=3, c=5)), Sheet(marks(a=5, b=3, c=5)), Sheet(marks(a=5, b=3, c=5))]
    result = combined(sheets, combine_on="criterion", at="per_criterion", places=1)
    assert result.exact == Fraction(40 * 47 + 35 * 30 + 25 * 50, 1000)


def test_stated_value_is_combined_in_place_of_its_parts():
    percent = scale("0", "100", "5")
    parts = [leaf("p", on=percent, kind="attribute"), leaf("q", on=percent, kind="attribute")]
    part = group("A", parts, "overall_judgement", max_points=Decimal(50), scale=percent)
    tree = model(group("total", [part], "points_sum"), combine_on="criterion")
    sheets = [Sheet(marks(p=40, q=50)), Sheet(marks(p=40, q=50, A=60))]
    assert combine(tree, sheets).exact == Fraction(50) * Fraction(525, 1000)


def test_trimmed_mean_drops_the_highest_and_the_lowest():
    sheets = [Sheet(marks(a=value, b=value, c=value)) for value in (1, 2, 3, 5, 5)]
    assert combined(sheets, juror_combine="trimmed", trim=1).exact == Fraction(10, 3)


def test_trimmed_mean_of_too_few_has_no_value_and_says_why():
    result = combined(juror_combine="trimmed", trim=1)
    assert (result.value, result.jurors) == (None, 3)
    assert said(result) == "The trimmed mean needs at least 5 score sheets; 3 count."


def test_trimmed_mean_of_too_few_on_one_criterion_says_why():
    sheets = [Sheet(marks(a=3, b=3, c=3))] * 4 + [Sheet(marks(a=3, b=NOT_APPLICABLE, c=3))]
    result = combined(sheets, juror_combine="trimmed", trim=1, combine_on="criterion")
    assert said(result) == "The trimmed mean needs at least 5 score sheets; 4 count."


def test_unfinished_sheet_does_not_count_by_default():
    begun = Sheet(marks(a=1), submitted=False)
    assert (combined([*THREE, begun]).exact, combined([begun]).value) == (combined().exact, None)
    assert said(combined([begun])) == "No score sheet counts yet."


def test_unfinished_sheet_counts_its_blanks_as_no_evidence_where_the_rules_say_so():
    begun = Sheet(marks(a=5), submitted=False)
    assert combined([begun], incomplete="as_no_evidence").exact == Fraction(200 + 35 + 25, 100)


def test_sheet_that_was_never_begun_is_no_observation():
    assert combined([Sheet({}, submitted=False)], incomplete="as_no_evidence").value is None


def test_consensus_is_all_that_counts_where_the_rules_say_so():
    rules = flat(40, 35, 25, juror_combine="consensus_only")
    assert combine(rules, THREE, consensus=marks(a=4, b=3, c=5)).exact == Fraction(39, 10)
    assert said(combine(rules, THREE)) == "There is no consensus score yet."


def test_severity_adjusted_takes_the_value_from_the_whole_table():
    rules = flat(40, 35, 25, juror_combine="severity_adjusted")
    result = combine(rules, THREE, adjusted=Fraction(725, 10))
    assert (str(result.value), str(result.of_100)) == ("3.90", "72.5")
    assert said(combine(rules, THREE)) == (
        "The severity of the jurors cannot be worked out from these score sheets."
    )


def test_jury_for_whom_nothing_applies_has_no_value():
    result = combined([Sheet(dict.fromkeys("abc", NOT_APPLICABLE))])
    assert (result.value, said(result)) == (None, "No score sheet counts yet.")


def test_averages_of_nothing_are_nothing():
    assert (mean([]), median([]), trimmed_mean([Fraction(1)] * 4, 1)) == (None, None, None)


numbers = st.integers(1, 5).map(lambda number: Mark(value=Decimal(number)))
juries = st.lists(st.fixed_dictionaries(dict.fromkeys("abc", numbers)).map(Sheet), min_size=1, max_size=9)
WAYS = [("mean", 0), ("median", 0), ("trimmed", 1)]


@given(juries, st.randoms(), st.sampled_from(WAYS), st.sampled_from(["total", "criterion"]))
def test_order_of_jurors_does_not_matter(jury, random, way, on):
    rules = {"juror_combine": way[0], "trim": way[1], "combine_on": on}
    shuffled = random.sample(jury, len(jury))
    assert combined(jury, **rules).exact == combined(shuffled, **rules).exact


@given(juries)
def test_mean_without_blanks_is_the_same_on_totals_and_on_criteria(jury):
    assert combined(jury).exact == combined(jury, combine_on="criterion").exact


@given(juries, st.sampled_from(WAYS[:2]))
def test_jury_lies_between_its_strictest_and_its_most_generous(jury, way):
    totals = [tally(flat(40, 35, 25), sheet.marks).exact for sheet in jury]
    exact = combined(jury, juror_combine=way[0]).exact
    assert min(totals) <= exact <= max(totals)
