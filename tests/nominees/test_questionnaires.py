"""A questionnaire of any era comes from a file, goes back to one, and never loses an answer."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from nominees import questionnaire_files as files
from nominees.actions.questionnaires import give_questionnaire, questionnaire_of
from nominees.models import Answer, Question

SHIPPED = ["2013-four-questions", "2021-five-steps", "2025-four-descriptions", "interview"]


def small(**changes):
    question = {"code": "varfor", "kind": "long_text", "text": {"sv": "Varför?"}} | changes.pop(
        "question", {}
    )
    section = {"code": "del", "title": {"sv": "Del"}, "questions": [question]} | changes.pop("section", {})
    whole = {"format": "questionnaire", "code": "liten", "title": {"sv": "Liten"}, "sections": [section]}
    return json.dumps(whole | changes).encode()


def test_shipped_questionnaires_are_the_four_eras():
    assert files.shipped_codes() == SHIPPED
    assert {code: len(files.shipped(code).sections) for code in SHIPPED} == dict(
        zip(SHIPPED, (3, 5, 4, 1), strict=True)
    )


@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_questionnaire_is_written_as_it_was_read(code):
    assert files.write(files.shipped(code)) == (files.SHIPPED / f"{code}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"\xff", ""),
        (b"[]", ""),
        (small(format="other"), "format"),
        (small(code="Stor"), "code"),
        (small(more=1), "more"),
        (small(section={"code": "submit"}), "sections[0].code"),
        (small(section={"title": {"en": "Part"}}), "sections[0].title.sv"),
        (small(question={"kind": "essay"}), "sections[0].questions[0].kind"),
        (small(question={"words": 0}), "sections[0].questions[0].words"),
        (small(question={"required": "yes"}), "sections[0].questions[0].required"),
        (small(question={"kind": "choice"}), "sections[0].questions[0].choices"),
        (small(question={"text": {"sv": "x" * 2001}}), "sections[0].questions[0].text.sv"),
    ],
)
def test_faulty_file_is_refused_with_its_place(content, place):
    with pytest.raises(files.QuestionnaireFileError) as trouble:
        files.read(content)
    assert trouble.value.place == place


def test_edition_gives_back_the_questionnaire_it_was_given(story):
    given = files.shipped("2021-five-steps")
    give_questionnaire(edition=story.elsewhere, questionnaire=given, by=story.other_organiser)

    assert questionnaire_of(story.elsewhere).sections == given.sections
    give_questionnaire(edition=story.elsewhere, questionnaire=given, by=story.other_organiser)
    assert questionnaire_of(story.elsewhere).sections == given.sections


def test_question_with_answers_must_stay(story):
    other = files.shipped("2025-four-descriptions")
    with pytest.raises(PermissionDenied):
        give_questionnaire(edition=story.call, questionnaire=other, by=None)
    assert Question.objects.filter(section__edition=story.call).count() == 2

    Answer.objects.update(text="")
    give_questionnaire(edition=story.call, questionnaire=other, by=None)
    assert Answer.objects.count() == 0


def test_question_that_moves_to_another_section_keeps_its_answers(story):
    give_questionnaire(edition=story.call, questionnaire=files.shipped("2013-four-questions"), by=None)
    assert (
        Answer.objects.filter(question__code="varfor", question__section__title_sv="Varför ni").count() == 6
    )


def test_only_the_organiser_gives_a_questionnaire(story):
    with pytest.raises(PermissionDenied):
        give_questionnaire(edition=story.call, questionnaire=files.shipped("interview"), by=story.contact)


def test_organiser_gives_none_once_an_entry_has_been_begun(story):
    Answer.objects.all().delete()
    with pytest.raises(PermissionDenied):
        give_questionnaire(edition=story.call, questionnaire=files.shipped("interview"), by=story.organiser)
    assert Question.objects.filter(section__edition=story.call).count() == 2


def test_command_imports_a_file_and_exports_it_again(story, tmp_path, capsys):
    path = tmp_path / "liten.json"
    path.write_bytes(small(code=story.elsewhere.key, title={"sv": story.elsewhere.title}))
    call_command("import_questionnaire", str(path), edition="rehearsal-2031")
    assert capsys.readouterr().out == "rehearsal-2031 asks 1 questions in 1 sections.\n"

    call_command("export_questionnaire", edition="rehearsal-2031")
    assert files.read(capsys.readouterr().out.encode()).sections == files.read(path.read_bytes()).sections


def test_command_tells_the_fault_and_writes_nothing(story, tmp_path):
    path = tmp_path / "fel.json"
    path.write_bytes(small(question={"kind": "essay"}))
    with pytest.raises(CommandError, match=r"sections\[0\]\.questions\[0\]\.kind.*\nNothing was imported\."):
        call_command("import_questionnaire", str(path), edition="rehearsal-2031")
    assert story.elsewhere.sections.count() == 0
