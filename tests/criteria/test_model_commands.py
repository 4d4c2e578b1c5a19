"""Scoring models in and out as files, from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from criteria.models import ScoringModel
from criteria.states import ModelState
from tests.story import four_areas

CODE = four_areas()["code"]


def run(*arguments, **options) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def refusal(*arguments) -> tuple[str, int]:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    return str(refused.value), refused.value.returncode


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "model.json"
    path.write_text(json.dumps(four_areas()), encoding="utf-8")
    return path


def test_model_comes_in_as_a_draft_and_out_again_the_same(db, english, file, tmp_path):
    assert run("import_scoring_model", str(file)) == f"{CODE}, version 1: draft.\n"

    run("export_scoring_model", CODE, out=tmp_path / "out.json")
    assert (
        run("import_scoring_model", str(tmp_path / "out.json"), "--activate")
        == f"{CODE}, version 1: active.\n"
    )
    assert run("export_scoring_model", CODE) == (tmp_path / "out.json").read_text(encoding="utf-8")
    assert ScoringModel.objects.get().state == ModelState.ACTIVE


def test_model_that_ships_with_us_goes_out_without_a_database_row(db):
    assert json.loads(run("export_scoring_model", "plain-1-5"))["code"] == "plain-1-5"


NAMES = {
    "code": [
        "",
        "../../x",
        "a/b",
        "a b",
        "å",
        "-a",
        "x" * 51,
        "a\n",
    ],
    "root": ["", "../x", "a/b", "a b", "å", "a,b", "x" * 41],
}


@pytest.mark.parametrize(
    ("where", "code"), [(where, code) for where, codes in NAMES.items() for code in codes]
)
def test_model_with_a_code_that_no_address_could_carry_is_refused(db, english, file, where, code):
    given = four_areas()
    (given if where == "code" else given["root"]["children"][0]["children"][0])["code"] = code
    file.write_text(json.dumps(given), encoding="utf-8")

    said, exit_code = refusal("import_scoring_model", str(file))

    sentence = {
        "code": "The model's code “{}” must be 1–50 letters a–z, digits or hyphens.",
        "root": "The code “{}” must be 1–40 letters a–z, digits, points, hyphens or low lines.",
    }[where]
    assert (said, exit_code, ScoringModel.objects.count()) == (sentence.format(code), 2, 0)


def test_unsound_model_is_kept_as_a_draft_and_not_activated(db, english, file):
    broken = four_areas()
    broken["root"]["children"][0]["weight"] = 29
    file.write_text(json.dumps(broken), encoding="utf-8")

    said = run("import_scoring_model", str(file)).splitlines()

    assert (said[0], len(said)) == (f"{CODE}, version 1: draft.", 2)
    assert refusal("import_scoring_model", str(file), "--activate")[1] == 2
    assert ScoringModel.objects.get().state == ModelState.DRAFT


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "{file}: The file is not readable JSON (1:2)."),
        ("[]", "{file}: Here there must be an object with named fields."),
        ('{"format": "scoring-model"}', None),
    ],
)
def test_damaged_file_is_one_sentence_and_nothing_kept(db, english, file, content, sentence):
    file.write_text(content, encoding="utf-8")

    said, code = refusal("import_scoring_model", str(file))

    assert (code, len(said.splitlines()), ScoringModel.objects.count()) == (2, 1, 0)
    assert sentence is None or said == sentence.format(file=file)


def test_unknown_file_and_unknown_model_are_one_sentence(db, english, tmp_path):
    assert refusal("import_scoring_model", str(tmp_path / "none.json")) == (
        f"{tmp_path / 'none.json'} cannot be read: No such file or directory.",
        2,
    )
    assert refusal("export_scoring_model", "nothing") == ("There is no scoring model nothing here.", 2)
