"""The models that come with the product: sound, exact out and in, in both languages, right in number."""

from decimal import Decimal

import pytest

from criteria import model_files
from criteria.activation import check
from criteria.preset_files import FOLDER, preset, preset_codes
from criteria.scoring import Mark, inputs, leaves, walk
from criteria.tally import ranges, tally
from tests.criteria.trees import NO_EVIDENCE, NOT_APPLICABLE

CODES = [
    "baldrige",
    "caf-2020-classical",
    "caf-2020-fine-tuned",
    "four-areas",
    "indicator-round",
    "kommunkompassen-2010",
    "kommunkompassen-2020",
    "plain-1-5",
    "radar-like",
]
OWN = ["four-areas", "plain-1-5"]
PROTECTED = ["baldrige", "caf-2020-classical", "caf-2020-fine-tuned", "radar-like"]


def test_presets_are_these():
    assert preset_codes() == CODES


def test_unknown_preset_is_refused():
    with pytest.raises(KeyError):
        preset("../settings")


@pytest.mark.parametrize("code", CODES)
def test_preset_can_be_activated(code):
    assert (preset(code).code, check(preset(code))) == (code, [])


@pytest.mark.parametrize("code", CODES)
def test_preset_goes_out_as_it_came_in(code):
    assert model_files.write(preset(code)) == FOLDER.joinpath(f"{code}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
def test_preset_is_named_in_both_languages(code):
    model = preset(code)
    titles = [model.title, model.note, *(node.title for node, _parent in walk(model))]
    labels = [band.label for node in inputs(model) for band in node.scale.bands]
    assert [text for text in titles + labels if not (text.sv and text.en)] == []


@pytest.mark.parametrize("code", OWN)
def test_own_preset_asks_and_describes_in_both_languages(code):
    model = preset(code)
    texts = [leaf.guidance for leaf in leaves(model)]
    texts += [band.descriptor for leaf in leaves(model) for band in leaf.scale.bands]
    assert [text for text in texts if not (text.sv and text.en)] == []
    assert {len(leaf.scale.bands) for leaf in leaves(model)} == {5}


@pytest.mark.parametrize("code", PROTECTED)
def test_protected_scheme_comes_with_structure_and_numbers_only(code):
    model = preset(code)
    texts = [node.guidance for node, _parent in walk(model)]
    texts += [band.descriptor for node in inputs(model) for band in node.scale.bands]
    assert {(text.sv, text.en) for text in texts} == {("", "")}


def test_four_areas_weigh_as_published():
    areas = preset("four-areas").root.children
    assert [int(area.weight) for area in areas] == [30, 25, 25, 20]
    assert {tuple(int(leaf.weight) for leaf in area.children) for area in areas} == {(40, 35, 25)}


def by_order(model, *values):
    return {leaf.code: Mark(Decimal(value)) for leaf, value in zip(leaves(model), values, strict=True)}


@pytest.mark.parametrize(
    ("given", "areas", "total", "of_100"),
    [
        ("434 433 443 444", ["3.65", "3.40", "3.75", "4.00"], "3.68", "67.1"),
        ("443 534 453 4-.", ["3.75", "4.05", "4.10", "2.60"], "3.68", "67.1"),
        ("343 43n 434 343", ["3.35", "3.53", "3.65", "3.35"], "3.47", "61.8"),
    ],
)
def test_four_areas_add_up_as_a_jury_workbook_was_recalculated(given, areas, total, of_100):
    words = {"-": NO_EVIDENCE, "n": NOT_APPLICABLE, ".": Mark()}
    model = preset("four-areas")
    signs = zip(leaves(model), given.replace(" ", ""), strict=True)
    result = tally(model, {leaf.code: words.get(sign) or Mark(Decimal(sign)) for leaf, sign in signs})
    assert [str(result.nodes[area]) for area in "ABCD"] == areas
    assert (str(result.value), str(result.of_100)) == (total, of_100)


@pytest.mark.parametrize(
    ("code", "published", "total", "of_100"),
    [
        ("kommunkompassen-2010", (61, 60, 73, 53, 70, 56, 65, 68), "506", "63.3"),
        ("kommunkompassen-2020", (73, 75, 80, 83, 86, 82, 86, 83), "648", "81.0"),
    ],
)
def test_kommunkompassen_sums_published_points(code, published, total, of_100):
    result = tally(preset(code), by_order(preset(code), *published))
    assert (str(result.value), str(result.of_100)) == (total, of_100)


@pytest.mark.parametrize(
    ("code", "counted", "highest"),
    [("baldrige", 7, 1000), ("radar-like", 76, 1000), ("caf-2020-fine-tuned", 96, 100), ("plain-1-5", 3, 5)],
)
def test_preset_reaches_its_highest_total(code, counted, highest):
    model = preset(code)
    result = tally(model, {leaf.code: Mark(leaf.scale.max) for leaf in leaves(model)})
    assert (len(leaves(model)), result.exact, str(result.of_100)) == (counted, highest, "100.0")
    assert ranges(model)[model.root.code][1] == highest


def test_baldrige_points_are_shares_of_1000():
    points = [int(leaf.max_points) for leaf in leaves(preset("baldrige"))]
    result = tally(preset("baldrige"), by_order(preset("baldrige"), 50, 45, 40, 35, 60, 55, 30))
    assert points == [120, 85, 85, 90, 85, 85, 450]
    assert result.exact == 60 + Decimal("38.25") + 34 + Decimal("31.5") + 51 + Decimal("46.75") + 135


def test_radar_like_parts_give_20_50_and_200_points():
    parts = [node for node, _parent in walk(preset("radar-like")) if node.aggregate == "overall_judgement"]
    assert sorted({int(part.max_points) for part in parts}) == [20, 50, 200]
    assert sum(part.max_points for part in parts) == 1000


def test_caf_has_28_subcriteria_and_the_ladder_holds_the_value():
    model = preset("caf-2020-classical")
    subcriteria = [node for criterion in model.root.children for node in criterion.children]
    marks = {
        f"1.1.{rung}": Mark(Decimal(given)) for rung, given in zip("PDCAX", (1, 1, 0, 1, 0), strict=True)
    }
    assert len(subcriteria) == 28
    assert tally(model, marks).nodes["1.1"] == 31
    assert tally(model, marks | {"1.1": Mark(Decimal(48))}).nodes["1.1"] == 48
    assert tally(model, marks | {"1.1": Mark(Decimal(75))}).outside == ("1.1",)


def test_caf_fine_tuned_is_the_mean_of_the_phases():
    model = preset("caf-2020-fine-tuned")
    marks = {
        f"1.1.{phase}": Mark(Decimal(given)) for phase, given in zip("PDCA", (60, 55, 30, 20), strict=True)
    }
    assert str(tally(model, marks).nodes["1.1"]) == "41.3"


def test_indicator_round_has_no_jurors_and_names_a_key_figure_for_every_criterion():
    model = preset("indicator-round")
    assert model.marked_by == "key_figures"
    assert [leaf.code for leaf in leaves(model) if not leaf.indicator.key_figure] == []
