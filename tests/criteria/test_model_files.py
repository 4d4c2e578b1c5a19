"""A model's file: out and in again exactly, and every mistake named with its place."""

import copy
import json
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria import model_files
from criteria.model_files import ModelFileError
from criteria.scoring import (
    Band,
    Bilingual,
    Indicator,
    Node,
    Rounding,
    Scale,
    ScoringModel,
)
from tests.criteria.trees import flat, group, leaf, model, scale

SMALL = model_files.dump(flat(40, 60))

texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=12)
bilingual = st.builds(Bilingual, texts, texts)
decimals = st.decimals(-(10**6), 10**6, places=2)
bands = st.lists(st.builds(Band, decimals, decimals, bilingual, bilingual), max_size=3).map(tuple)
scales = st.builds(Scale, st.sampled_from(["s", "t"]), decimals, decimals, decimals, texts, bands)
indicators = st.builds(Indicator, texts, texts, texts, st.none() | decimals, st.none() | decimals)


def nodes(children):
    return st.builds(
        Node,
        code=texts,
        kind=texts,
        title=bilingual,
        guidance=bilingual,
        weight=st.none() | decimals,
        max_points=st.none() | decimals,
        scale=st.none() | scales,
        aggregate=texts,
        may_be_not_applicable=st.booleans(),
        children=children,
        weight_total=decimals,
        deviation_limit=st.none() | decimals,
        indicator=st.none() | indicators,
    )


trees = st.recursive(
    nodes(st.just(())), lambda below: nodes(st.lists(below, max_size=3).map(tuple)), max_leaves=6
).filter(lambda node: depth(node) <= model_files.DEEPEST)
models = st.builds(
    ScoringModel,
    code=texts,
    version=st.integers(0, 99),
    title=bilingual,
    note=bilingual,
    root=trees,
    rounding=st.builds(Rounding, texts, st.integers(0, 6)),
    juror_combine=texts,
    trim=st.integers(0, 3),
    incomplete=texts,
    tie_break=st.lists(texts, max_size=3).map(tuple),
    combine_on=texts,
    marked_by=texts,
)


def depth(node):
    return 1 + max((depth(child) for child in node.children), default=0)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(models)
def test_any_model_comes_back_as_it_was(whole):
    assert model_files.read(model_files.write(whole)) == whole


def test_levels_described_per_criterion_share_one_scale():
    def described(text):
        return Scale("s", Decimal(1), Decimal(2), Decimal(1), "choice", tuple(
            Band(Decimal(n), Decimal(n), Bilingual(str(n), str(n)), Bilingual(text, text)) for n in (1, 2)
        ))  # fmt: skip

    tree = model(group("total", [leaf("a", 50, on=described("x")), leaf("b", 50, on=described("y"))]))
    written = model_files.dump(tree)
    assert [each["code"] for each in written["scales"]] == ["s"]
    assert [child["descriptors"][0] for child in written["root"]["children"]] == [
        {"sv": "x", "en": "x"},
        {"sv": "y", "en": "y"},
    ]
    assert model_files.parse(written) == tree


def test_numbers_are_written_as_text():
    child = model_files.dump(flat("33.3", "66.7"))["root"]["children"][0]
    assert (child["weight"], child["scale"]) == ("33.3", "1-5")


def test_whole_numbers_and_decimal_numbers_in_the_file_are_read_exactly():
    content = model_files.write(flat("0.1", "99.9")).replace('"0.1"', "0.1").replace('"99.9"', "99.90")
    assert model_files.read(content) == flat("0.1", "99.9")


def changed(*path_and_value):
    """The small model's data with one field set (or removed, where the value is `...`)."""
    *path, last, value = path_and_value
    data = copy.deepcopy(SMALL)
    place = data
    for step in path:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return data


def complaint(read, what):
    with pytest.raises(ModelFileError) as caught:
        read(what)
    with override("en"):
        return str(caught.value)


ROOT = ("root", "children", 0)
NUMBER = "Here there must be a number, such as 40 or “4.5” (as text)."
TEXT = "Here there must be text of at most 4000 characters."
UNKNOWN, MISSING = "This field is not known here.", "This field is missing."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "Here there must be an object with named fields."),
        (changed("format", "poem"), "format: It must be “scoring-model”."),
        (changed("format_version", 2), "format_version: This version of the form is not known here."),
        (changed("root", ...), f"root: {MISSING}"),
        (changed("colour", "red"), f"colour: {UNKNOWN}"),
        (changed("code", 7), f"code: {TEXT}"),
        (changed("code", "\x00"), f"code: {TEXT}"),
        (changed("code", "x" * 4001), f"code: {TEXT}"),
        (changed("version", "1"), "version: Here there must be a whole number."),
        (changed("version", True), "version: Here there must be a whole number."),
        (changed("rounding", "places", -1), "rounding.places: Here there must be a whole number."),
        (changed("title", "Modell"), "title: Here there must be an object with named fields."),
        (changed("title", "de", "Modell"), f"title.de: {UNKNOWN}"),
        (changed("tie_break", "median"), "tie_break: Here there must be a list of at most 200."),
        (changed("tie_break", [1]), f"tie_break[0]: {TEXT}"),
        (changed(*ROOT, "weight", 0.4), f"root.children[0].weight: {NUMBER}"),
        (changed(*ROOT, "weight", "4,5"), f"root.children[0].weight: {NUMBER}"),
        (changed(*ROOT, "weight", "1e9"), f"root.children[0].weight: {NUMBER}"),
        (changed(*ROOT, "weight", True), f"root.children[0].weight: {NUMBER}"),
        (changed(*ROOT, "wieght", "40"), f"root.children[0].wieght: {UNKNOWN}"),
        (changed(*ROOT, "code", ...), f"root.children[0].code: {MISSING}"),
        (changed(*ROOT, "may_be_not_applicable", "no"),
         "root.children[0].may_be_not_applicable: It must be true or false."),
        (changed(*ROOT, "scale", "x"),
         "root.children[0].scale: There is no scale “x” among the file's scales."),
        (changed(*ROOT, "scale", {"code": "x"}), None),
        (changed(*ROOT, "descriptors", [{"sv": "x"}]),
         "root.children[0].descriptors: The scale has 0 levels, not 1."),
        (changed("root", "descriptors", []), "root.descriptors: Level texts need a scale beside them."),
        (changed("scales", 0, "step", "one"), f"scales[0].step: {NUMBER}"),
        (changed("scales", SMALL["scales"] * 2), "scales[1].code: The scale “1-5” is there twice."),
    ],
)  # fmt: skip
def test_mistake_is_named_with_its_place(data, said):
    heard = complaint(model_files.parse, data)
    if said is None:
        assert heard in {f"root.children[0].scale.{name}: {MISSING}" for name in ("min", "max", "step")}
    else:
        assert heard == said


def test_tree_that_is_too_deep_is_refused():
    node = leaf("a", 100)
    for level in range(model_files.DEEPEST):
        node = group(f"g{level}", [node])
    said = complaint(model_files.parse, model_files.dump(model(node)))
    place = "root" + ".children[0]" * model_files.DEEPEST
    assert said == f"{place}: The tree is deeper or larger than a scoring model can be."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is not readable JSON (1:1)."),
        ("{", "The file is not readable JSON (1:2)."),
        (b"\xff\xfe\x00", "The file is not readable JSON."),
        ("[" * 100_000, "The file is not readable JSON."),
        ('{"code": 1, "code": 2}', "code: This field is there twice."),
        ('{"code": NaN}', "“NaN” is not a number."),
        ("7" * 5000, "The file is not readable JSON."),
    ],
)
def test_content_that_is_no_model_is_refused(content, said):
    assert complaint(model_files.read, content) == said


def test_writing_is_readable_text_in_both_languages():
    whole = model(group("total", [leaf("a", 100, on=scale())]))
    assert '"sv": "Område total"' in model_files.write(whole)
    assert json.loads(model_files.write(whole)) == model_files.dump(whole)


def test_version_that_no_table_holds_is_refused():
    with pytest.raises(ModelFileError) as caught:
        model_files.parse({**SMALL, "version": 32_768})
    assert caught.value.path == "version"
    assert model_files.parse({**SMALL, "version": 32_767}).version == 32_767
