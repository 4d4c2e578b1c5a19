"""The six statistics against published tables, and against what must hold for every table."""

import json
import math

import numpy as np
import pytest
from django.core.management import call_command
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.statistics import agreement, analysis, certainty, comparability, influence, oddities, severity
from criteria.statistics.table import ScoreTable, TableProblem, from_triples, read_csv

GAP = math.nan
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]
# Shrout & Fleiss (1979), table 2: six targets, four judges.
TARGETS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def table(rows) -> ScoreTable:
    """Entries e1.. by jurors j1.."""
    y = np.array(rows, dtype=float)
    entries = tuple(f"e{i + 1}" for i in range(y.shape[0]))
    return ScoreTable(entries, tuple(f"j{j + 1}" for j in range(y.shape[1])), y)


def test_alpha_of_krippendorffs_example():
    found = agreement.alpha(table(np.array(OBSERVERS).T))
    assert {metric: round(value, 3) for metric, value in found.items()} == {
        "nominal": 0.743,
        "ordinal": 0.815,
        "interval": 0.849,
        "ratio": 0.797,
    }


def test_alpha_by_the_closed_form_equals_the_library():
    by_unit = table(np.array(OBSERVERS, dtype=float).T)
    paired = by_unit.y[by_unit.seen.sum(axis=1) >= 2]
    assert math.isclose(agreement.interval_alpha(paired), agreement.alpha(by_unit)["interval"], rel_tol=1e-12)


def test_alpha_of_a_single_value_is_no_information():
    assert agreement.alpha(table([[3, 3], [3, 3]])) == dict.fromkeys(agreement.METRICS)


def test_icc_of_shrout_and_fleiss():
    found = agreement.icc(table(TARGETS))
    assert [round(value, 2) for value in (found.single, found.mean, found.consistency)] == [0.29, 0.62, 0.71]


def test_icc_of_an_incomplete_table_is_not_given():
    assert agreement.icc(table([[1, 2], [3, GAP]])) is None


def test_variance_of_a_complete_table_equals_the_analysis_of_variance():
    found = severity.variance(table(TARGETS))
    # mean squares by hand: between 11.2417, judges 32.4861, error 1.0194
    expected = ((11.241667 - 1.019444) / 4, (32.486111 - 1.019444) / 6, 1.019444, 127 / 24)
    given_back = (found.entry, found.juror, found.residual, found.mean)
    assert np.allclose(given_back, expected, rtol=1e-5)


def test_reliability_of_a_complete_table_equals_the_icc():
    full = table(TARGETS)
    steady = agreement.reliability(full, severity.variance(full))
    assert [round(steady.single, 4), round(steady.mean, 4)] == [0.2898, 0.6201]


def test_jurors_needed_follows_spearman_and_brown():
    assert [agreement.jurors_needed(0.5), agreement.jurors_needed(0.2898), agreement.jurors_needed(0.0)] == [
        4,
        10,
        None,
    ]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_a_noiseless_additive_table_is_recovered_exactly(seed):
    dice = np.random.default_rng(seed)
    quality, strictness = dice.integers(20, 90, 6).astype(float), dice.integers(-8, 9, 5).astype(float)
    strictness -= strictness.mean()
    strictness[0] += 1.0
    strictness -= strictness.mean()
    y = quality[:, None] + strictness[None, :]
    y[0, 1] = y[3, 2] = y[5, 4] = GAP
    found = analysis.analyse(table(y))
    assert np.allclose(found.adjusted.values, quality, atol=1e-8)
    assert np.allclose(found.adjusted.severity, strictness, atol=1e-8)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_a_constant_added_to_one_juror_changes_only_that_jurors_strictness(seed):
    dice = np.random.default_rng(seed)
    y = dice.normal(60, 10, (7, 1)) + dice.normal(0, 5, (1, 5)) + dice.normal(0, 3, (7, 5))
    parts = severity.Variance(
        entry=100, juror=1e9, residual=9, mean=60, p_juror=0
    )  # least squares in the limit
    moved = y.copy()
    moved[:, 2] += 10
    before, after = severity.adjust(table(y), parts), severity.adjust(table(moved), parts)
    shift = after.severity - before.severity
    assert np.allclose(shift - shift.mean(), np.array([0, 0, 10, 0, 0]) - 2, atol=1e-4)
    assert np.allclose((after.values - before.values) - 2, 0, atol=1e-4)


@given(st.permutations(range(5)), st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_permuting_the_jurors_changes_nothing(order, seed):
    dice = np.random.default_rng(seed)
    y = dice.normal(60, 10, (6, 1)) + dice.normal(0, 5, (1, 5)) + dice.normal(0, 3, (6, 5))
    y[1, 2] = y[4, 0] = GAP
    first, second = table(y), table(y[:, list(order)])
    assert np.allclose(
        analysis.analyse(first).adjusted.values, analysis.analyse(second).adjusted.values, atol=1e-4
    )
    assert np.allclose(influence.means(first), influence.means(second))


def test_islands_are_named_and_joined_by_one_reading():
    found = comparability.comparability(table([[1, 2, GAP], [2, 3, GAP], [GAP, GAP, 4]]))
    assert [island.jurors for island in found.islands] == [("j1", "j2"), ("j3",)]
    assert found.joins == (("e3", "j1"),)


def test_a_single_reading_that_holds_the_jury_together_is_named():
    found = comparability.comparability(table([[1, GAP], [2, 3], [GAP, 4]]))
    assert found.connected
    assert found.bridges == (("e2", "j2"), ("e2", "j1"))


def test_islands_have_no_adjusted_order():
    found = analysis.as_dict(analysis.analyse(table([[1, 2, GAP], [2, 3, GAP], [GAP, GAP, 4]])))
    assert (found["adjusted"], found["variance"], len(found["components"])) == (None, None, 2)


def test_a_clear_leader_is_first_in_nearly_all_draws():
    full = table([[90, 91, 89, 90], [60, 61, 60, 59], [59, 61, 60, 60], [60, 60, 59, 61]])
    sure = analysis.analyse(full).certainty
    assert round(float(sure.first[0]), 3) == 1.0
    assert sure.group == ("a", "b", "b", "b")
    assert (int(sure.low[0]), int(sure.high[0])) == (1, 1)


def test_first_probabilities_sum_to_one():
    sure = analysis.analyse(table(TARGETS)).certainty
    assert math.isclose(sure.first.sum(), 1, abs_tol=1e-9)


def test_draws_repeat_with_the_seed():
    found = analysis.analyse(table(TARGETS)).adjusted
    again = [certainty.certainty(found, seed=7).first.tolist() for _ in range(2)]
    assert again[0] == again[1]


def test_draws_have_the_covariance_of_the_formula():
    found = analysis.analyse(table(TARGETS)).adjusted
    drawn = np.vstack([chunk for _, chunk in certainty.drawn_chunks(found, 1, 40_000)])
    assert np.allclose(np.cov(drawn.T) + found.common, found.covariance(), atol=0.06)


def test_leaving_a_juror_out_tells_the_changed_winner():
    found = {one.juror: one for one in influence.leave_one_out(table([[5, 5, 1], [4, 4, 5], [1, 1, 1]]))}
    assert (found["j3"].winner_changed, found["j3"].winners, found["j3"].largest_move) == (True, ("e1",), 1)
    assert found["j1"].winner_changed is False


def test_an_odd_score_is_found_and_a_fair_one_is_not():
    y = np.array([[60 + 5 * i + j for j in range(6)] for i in range(8)], dtype=float)
    y += np.random.default_rng(3).normal(0, 1, y.shape)
    y[2, 3] += 15
    found = analysis.analyse(table(y), scale=(0, 100))
    assert [(odd.entry, odd.juror) for odd in found.odd] == [("e3", "j4")]


def test_leverage_is_that_of_least_squares_when_nothing_is_shrunk():
    y = np.array(TARGETS, dtype=float)
    y[0, 1] = GAP
    found = severity.adjust(table(y), severity.Variance(1, 1e12, 1, 0, 0))
    design = []
    seen = ~np.isnan(y)
    for i, j in zip(*np.nonzero(seen), strict=True):
        row = np.zeros(10)
        row[i], row[6 + j] = 1, 1
        design.append(row)
    design = np.array(design)
    hat = np.diag(design @ np.linalg.pinv(design))
    fitted = design @ np.linalg.lstsq(design, y[seen], rcond=None)[0]
    z = (y[seen] - fitted) / np.sqrt(1 - hat)
    far = oddities.odd_scores(found)
    worst = int(np.argmax(np.abs(z)))
    assert far == () or math.isclose(far[0].z, z[worst], rel_tol=1e-4)
    assert np.allclose((found.values[:, None] + found.severity)[seen], fitted, atol=1e-6)


def test_wide_spreads_and_flat_jurors_are_named():
    full = table([[10, 90, 50], [50, 60, 50]])
    assert [(wide.entry, wide.share) for wide in oddities.wide_spreads(full, 0, 100)] == [("e1", 0.8)]
    assert oddities.jurors_without_spread(full) == ("j3",)


@pytest.mark.parametrize(
    "rows",
    [
        [[1.0]],
        [[1.0, 2.0]],
        [[1.0], [2.0]],
        [[3.0, 3.0], [3.0, 3.0]],
        [[1.0, GAP], [GAP, 2.0]],
        [[1.0, 2.0, 3.0], [2.0, 1.0, GAP]],
        [[GAP, GAP], [GAP, GAP]],
    ],
)
def test_a_table_too_thin_says_so_and_never_falls(rows):
    found = analysis.analyse(table(rows))
    assert analysis.notes(found) != []
    json.dumps(analysis.as_dict(found), allow_nan=False)


def test_gates_say_why_strictness_is_not_told():
    found = analysis.analyse(table([[1.0, 2.0], [2.0, 4.0], [3.0, 3.0]]))
    assert len(found.gates) == 2


@pytest.mark.parametrize("rows", [[[1.0], [2.0], [4.0]], [[1.0, 3.0, 4.0, 6.0]]])
def test_one_juror_or_one_entry_tells_neither_agreement_nor_certainty(rows):
    found = analysis.analyse(table(rows))
    assert (found.reliability, found.needed, found.certainty) == (None, None, None)
    assert found.alpha == dict.fromkeys(agreement.METRICS)


def test_islands_tell_nothing_of_who_decides():
    found = analysis.analyse(table([[4.0, 3.0, GAP, GAP], [GAP, GAP, 2.0, 3.0]]))
    assert found.left_out == ()


TWO_JURORS = [[1.0, 2.0], [2.0, 4.0], [3.0, 3.0], [5.0, 6.0]]


@pytest.mark.parametrize(
    "rows",
    [TWO_JURORS, [[4.0, 2.0, GAP, GAP], [GAP, 3.0, 5.0, GAP], [GAP, GAP, 2.0, 4.0], [1.0, GAP, GAP, 2.0]]],
)
def test_a_connected_table_has_adjusted_values_and_what_speaks_against_them_in_the_notes(rows, english):
    found = analysis.analyse(table(rows))
    data = analysis.as_dict(found)
    assert sorted(data["adjusted"]) == ["e1", "e2", "e3", "e4"]
    assert sorted(data["severity"]) == list(found.table.jurors)
    assert sorted(data["rank_interval"]) == sorted(data["first_probability"]) == ["e1", "e2", "e3", "e4"]
    assert "Too few scores in all to tell strictness from chance." in data["notes"]
    assert data["notes"][: len(found.gates)] == [str(gate) for gate in found.gates]


def test_what_a_gate_speaks_against_is_withheld_from_the_pages_file():
    found = analysis.as_dict(analysis.withheld(analysis.analyse(table(TWO_JURORS))))
    keys = ("adjusted", "severity", "first_probability", "rank_interval", "groups", "seed")
    assert {found[key] for key in keys} == {None}


@pytest.mark.parametrize(
    "rows", [[[1.0], [2.0], [4.0]], [[1.0, 3.0, 4.0]], [[3.0, 3.0], [3.0, 3.0]], [[1.0, GAP], [GAP, 2.0]]]
)
def test_what_cannot_be_computed_is_null(rows):
    found = analysis.as_dict(analysis.analyse(table(rows)))
    assert (found["adjusted"], found["severity"], found["first_probability"]) == (None, None, None)
    assert found["notes"] != []


def test_without_a_score_to_spare_chance_cannot_be_told():
    found = analysis.as_dict(analysis.analyse(table([[1.0, 2.0], [GAP, 3.0]])))
    assert (found["adjusted"] is None, found["first_probability"], found["rank_interval"]) == (
        False,
        None,
        None,
    )


def test_the_gates_are_worded_in_the_language_of_whoever_reads_them():
    with override("sv"):
        found = analysis.analyse(table(TWO_JURORS))
        swedish = str(found.gates[0])
    with override("en"):
        assert str(found.gates[0]) == (
            "Fewer than three jurors have scored: strictness cannot be told from quality."
        )
    assert swedish.startswith("Färre än tre")


def test_the_command_prints_two_jurors_in_words(tmp_path, capsys, english):
    file = tmp_path / "scores.csv"
    file.write_text("entry,juror,score\nx,A,1\nx,B,2\ny,A,3\ny,B,5\nz,A,2\n")
    call_command("analyse_scores", str(file))
    shown = capsys.readouterr().out
    assert shown.splitlines()[0] == "3 entries, 2 jurors, 5 scores."
    assert [len(line.split()) for line in shown.splitlines()[3:6]] == [6, 6, 6]


@given(st.permutations(range(20)), st.integers(0, 2**32 - 1))
@settings(max_examples=5, deadline=None)
def test_rows_in_another_order_give_the_same_file(order, seed):
    dice = np.random.default_rng(seed)
    scores = dice.normal(60, 10, (5, 1)) + dice.normal(0, 5, (1, 4)) + dice.normal(0, 3, (5, 4))
    rows = [(f"e{e}", f"j{j}", float(scores[e, j])) for e in range(5) for j in range(4)]
    first, second = from_triples(rows), from_triples([rows[at] for at in order])
    assert analysis.as_dict(analysis.analyse(first)) == analysis.as_dict(analysis.analyse(second))


def test_a_long_file_is_read_with_semicolons_commas_and_a_mark():
    read = read_csv("\ufeffEntry;Juror;Score\r\nBorås;A;4,5\r\nBorås;B;\r\nHåbo;A;3\r\n")
    assert (read.entries, read.jurors) == (("Borås", "Håbo"), ("A", "B"))
    assert read.y[0, 0] == 4.5
    assert np.isnan(read.y[0, 1])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "1"),
        ("a,b,c\n", "1"),
        ("entry,juror,score\nx,A\n", "2"),
        ("entry,juror,score\n,A,3\n", "2"),
        ("entry,juror,score\nx,A,bra\n", "2"),
        ("entry,juror,score\nx,A,inf\n", "2"),
        ("entry,juror,score\nx,A,1\nx,A,2\n", "3"),
    ],
)
def test_a_malformed_file_is_answered_with_the_line(text, says):
    with pytest.raises(TableProblem, match=rf"(?:rad|Rad|Line) {says}"):
        read_csv(text)


def test_the_command_prints_json_with_the_promised_keys(tmp_path, capsys):
    file = tmp_path / "scores.csv"
    lines = [f"e{i},j{j},{v}" for i, row in enumerate(TARGETS) for j, v in enumerate(row)]
    file.write_text("entry,juror,score\n" + "\n".join(lines))
    call_command("analyse_scores", str(file), "--json")
    found = json.loads(capsys.readouterr().out)
    assert sorted(found) == sorted(
        [
            "components",
            "variance",
            "severity",
            "raw",
            "adjusted",
            "icc",
            "reliability",
            "alpha",
            "first_probability",
            "rank_interval",
            "leave_one_out",
            "odd_scores",
            "notes",
            "groups",
            "wide_spreads",
            "seed",
        ]
    )
    assert round(found["icc"]["2,1"], 2) == 0.29


@pytest.mark.parametrize(
    "content",
    [
        b"entry,juror,score\nx,A,bra\n",
        b"\xff\xfe\x00",
        b"entry,juror,score\nx,A,1e308\n",
        b"entry,juror,score\nx,A,-1e308\n",
        b"x" * 200_000 + b",juror,score\n",
    ],
)
def test_the_command_leaves_with_two_on_a_malformed_file(tmp_path, capsys, content):
    file = tmp_path / "scores.csv"
    file.write_bytes(content)
    with pytest.raises(SystemExit) as left:
        call_command("analyse_scores", str(file))
    assert left.value.code == 2
    assert str(file) in capsys.readouterr().err


def test_too_long_a_cell_is_answered_with_its_line(english):
    text = "entry,juror,score\nx,A,1\ny,A,2\n" + "z" * 200_000 + ",A,3\n"
    with pytest.raises(TableProblem, match=r"^Line 4: "):
        read_csv(text)


@pytest.mark.parametrize("options", [["--seed", "-5"], ["--scale", "nan", "100"], ["--scale", "5", "1"]])
def test_the_command_leaves_with_two_on_a_wrong_option(tmp_path, options):
    file = tmp_path / "scores.csv"
    file.write_text("entry,juror,score\nx,A,1\n")
    with pytest.raises(SystemExit) as left:
        call_command("analyse_scores", str(file), *options)
    assert left.value.code == 2


def test_the_command_says_it_when_the_file_is_not_there(capsys):
    with pytest.raises(SystemExit) as left:
        call_command("analyse_scores", "nowhere.csv")
    assert left.value.code == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_triples_keep_the_order_of_first_appearance():
    built = from_triples([("b", "y", 1.0), ("a", "x", None), ("a", "y", 2.0)])
    assert (built.entries, built.jurors, built.readings) == (("b", "a"), ("y", "x"), 2)
