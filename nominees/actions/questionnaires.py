"""Giving an edition its questionnaire, and telling it as a file again."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Edition, Person
from awards.verdicts import no
from nominees import permissions
from nominees.models import Answer, Material, Question, Section
from nominees.questionnaire_files import QuestionLine, Questionnaire, SectionLine, Words


@transaction.atomic
def give_questionnaire(
    *, edition: Edition, questionnaire: Questionnaire, by: Person | None
) -> dict[str, Question]:
    """Make the edition's questions those of the questionnaire, with a journal row; gives them by code.

    Sections and questions are known by their codes: one that stays keeps its answers, one that is no longer
    asked goes, and is refused when somebody has answered it.
    """
    permissions.may_change_questionnaire(by, edition).require()
    _forget(edition, questionnaire)
    sections = {section.code: section for section in edition.sections.all()}
    standing = {question.code: question for question in Question.objects.filter(section__edition=edition)}
    asked = {}
    for place, line in enumerate(questionnaire.sections, start=1):
        section = sections.get(line.code) or Section(edition=edition, code=line.code)
        _set(section, position=place, **_texts("title", line.title), **_texts("guidance", line.guidance))
        for number, question in enumerate(line.questions, start=1):
            row = standing.get(question.code) or Question(code=question.code)
            asked[question.code] = _set(row, section=section, position=number, **_values(question))
    edition.sections.exclude(code__in=[line.code for line in questionnaire.sections]).delete()
    journal.record("give_questionnaire", edition, by=by, edition=edition, questionnaire=questionnaire.code)
    return asked


def questionnaire_of(edition: Edition) -> Questionnaire:
    """The edition's questionnaire as it stands. Two queries."""
    sections = edition.sections.prefetch_related("questions")
    return Questionnaire(
        edition.key,
        Words(edition.title),
        tuple(
            SectionLine(
                section.code,
                Words(section.title_sv, section.title_en),
                Words(section.guidance_sv, section.guidance_en),
                tuple(_line(question) for question in section.questions.all()),
            )
            for section in sections
        ),
    )


def _forget(edition: Edition, questionnaire: Questionnaire) -> None:
    """Take away the questions that are no longer asked."""
    kept = [question.code for section in questionnaire.sections for question in section.questions]
    gone = Question.objects.filter(section__edition=edition).exclude(code__in=kept)
    said = Answer.objects.filter(question__in=gone).exclude(text="", choice="", number=None)
    answered = said.values_list("question__code", flat=True).first()
    answered = (
        answered
        or Material.objects.filter(question__in=gone).values_list("question__code", flat=True).first()
    )
    if answered:
        sentence = _("The question {code} has answers and must stay in the questionnaire.")
        no(format_lazy(sentence, code=answered)).require()
    Answer.objects.filter(question__in=gone).delete()
    gone.delete()


def _set(row, **values: object):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def _values(line: QuestionLine) -> dict:
    return {
        "kind": line.kind,
        "required": line.required,
        "word_limit": line.words,
        "page_limit": line.pages,
        "unit": line.unit,
        "choices": [{"code": code, "sv": words.sv, "en": words.en} for code, words in line.choices],
        "audience": line.audience,
        **_texts("text", line.text),
        **_texts("guidance", line.guidance),
    }


def _texts(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_sv": words.sv, f"{name}_en": words.en}


def _line(question: Question) -> QuestionLine:
    return QuestionLine(
        code=question.code,
        kind=question.kind,
        text=Words(question.text_sv, question.text_en),
        guidance=Words(question.guidance_sv, question.guidance_en),
        required=question.required,
        words=question.word_limit,
        pages=question.page_limit,
        unit=question.unit,
        choices=tuple((each["code"], Words(each["sv"], each.get("en", ""))) for each in question.choices),
        audience=question.audience,
    )
