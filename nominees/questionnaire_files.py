"""An edition's questionnaire as a file: a sentence for each fault, and written again alike; no query."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nominees.states import Audience, QuestionKind

SHIPPED = Path(__file__).with_name("questionnaires")
# Other pages of an application have these addresses.
RESERVED = frozenset(
    {
        *("answer", "carry-over", "changes", "colleagues", "competing", "contributions", "diary", "history"),
        *(
            "material",
            "new",
            "package",
            "print",
            "questions",
            "receipt",
            "reopen",
            "submit",
            "text",
            "withdraw",
        ),
    }
)
MOST_SECTIONS, MOST_QUESTIONS, LONGEST = 30, 100, 2000
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_SECTION = {"code", "title", "guidance", "questions"}
_QUESTION = {"code", "kind", "text", "guidance", "required", "words", "pages", "unit", "choices", "audience"}
_WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.GRADED)


class QuestionnaireFileError(ValueError):
    """What is wrong with the file: `place` says where (sections[2].questions[0]), `reason` what."""

    def __init__(self, place: str, reason: str | Promise) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else str(self.reason)


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in both languages; English may be empty."""

    sv: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question as the file tells it."""

    code: str
    kind: str
    text: Words
    guidance: Words = Words()
    required: bool = False
    words: int | None = None
    pages: int | None = None
    unit: str = ""
    choices: tuple[tuple[str, Words], ...] = ()
    audience: str = Audience.JURY


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section as the file tells it."""

    code: str
    title: Words
    guidance: Words = Words()
    questions: tuple[QuestionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The whole."""

    code: str
    title: Words
    sections: tuple[SectionLine, ...]
    note: str = field(default="")


def shipped_codes() -> list[str]:
    """The questionnaires that come with the product."""
    return sorted(path.stem for path in SHIPPED.glob("*.json"))


def shipped(code: str) -> Questionnaire:
    """One of them. KeyError when there is none of that code."""
    if code not in shipped_codes():
        raise KeyError(code)
    return read(SHIPPED.joinpath(f"{code}.json").read_bytes())


def read(content: bytes) -> Questionnaire:
    """A questionnaire from its file; QuestionnaireFileError names the place and the fault."""
    top = _fields(_unwrapped(content), "", {"format", "code", "title", "sections"}, {"note"})
    if top["format"] != "questionnaire":
        raise QuestionnaireFileError("format", _("The file is not a questionnaire."))
    sections = tuple(_list(top["sections"], "sections", MOST_SECTIONS, _section))
    _unique((section.code for section in sections), "sections")
    codes = [question.code for section in sections for question in section.questions]
    _unique(codes, "sections")
    return Questionnaire(
        _code(top["code"], "code"),
        _words(top["title"], "title"),
        sections,
        _text(top.get("note", ""), "note"),
    )


def write(questionnaire: Questionnaire) -> str:
    """The file of a questionnaire; reading it gives the same again."""
    data = {
        "format": "questionnaire",
        "code": questionnaire.code,
        "title": _both(questionnaire.title),
        **({"note": questionnaire.note} if questionnaire.note else {}),
        "sections": [_section_data(section) for section in questionnaire.sections],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _unwrapped(content: bytes) -> object:
    """JSON where the text begins with a brace or bracket, else TOML."""
    try:
        text = content.decode("utf-8-sig").lstrip()
        return json.loads(text) if text[:1] in ("{", "[") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise QuestionnaireFileError("", _("The file is neither JSON nor TOML in UTF-8.")) from error


# Reading --------------------------------------------------------------------------------------------
def _section(data: object, place: str) -> SectionLine:
    found = _fields(data, place, {"code", "title", "questions"}, _SECTION)
    code = _code(found["code"], f"{place}.code")
    if code in RESERVED:
        raise QuestionnaireFileError(f"{place}.code", _("This code is the address of another page."))
    return SectionLine(
        code,
        _words(found["title"], f"{place}.title"),
        _words(found.get("guidance", {}), f"{place}.guidance", may_be_empty=True),
        tuple(_list(found["questions"], f"{place}.questions", MOST_QUESTIONS, _question)),
    )


def _question(data: object, place: str) -> QuestionLine:
    found = _fields(data, place, {"code", "kind", "text"}, _QUESTION)
    kind, audience = found["kind"], found.get("audience", Audience.JURY)
    if kind not in QuestionKind.values:
        raise QuestionnaireFileError(f"{place}.kind", _("There is no such kind of question."))
    if audience not in Audience.values:
        raise QuestionnaireFileError(f"{place}.audience", _("There are no such readers."))
    if not isinstance(found.get("required", False), bool):
        raise QuestionnaireFileError(f"{place}.required", _("Here there must be true or false."))
    choices = tuple(_list(found.get("choices", []), f"{place}.choices", MOST_QUESTIONS, _choice))
    _unique((code for code, _words_ in choices), f"{place}.choices")
    if (choices and kind not in _WITH_CHOICES) or (kind == QuestionKind.CHOICE and not choices):
        raise QuestionnaireFileError(f"{place}.choices", _("Choices go with questions that are chosen."))
    return QuestionLine(
        code=_code(found["code"], f"{place}.code"),
        kind=kind,
        text=_words(found["text"], f"{place}.text"),
        guidance=_words(found.get("guidance", {}), f"{place}.guidance", may_be_empty=True),
        required=found.get("required", False),
        words=_limit(found.get("words"), f"{place}.words"),
        pages=_limit(found.get("pages"), f"{place}.pages"),
        unit=_text(found.get("unit", ""), f"{place}.unit")[:40],
        choices=choices,
        audience=audience,
    )


def _choice(data: object, place: str) -> tuple[str, Words]:
    found = _fields(data, place, {"code", "sv"}, {"en"})
    return _code(found["code"], f"{place}.code"), Words(
        _text(found["sv"], f"{place}.sv"), _text(found.get("en", ""), f"{place}.en")
    )


def _fields(data: object, place: str, required: set[str], optional: set[str]) -> dict:
    if not isinstance(data, dict):
        raise QuestionnaireFileError(place, _("Here there must be an object with named fields."))
    for name in sorted(required - data.keys()):
        raise QuestionnaireFileError(f"{place}.{name}".strip("."), _("This field is missing."))
    for name in data.keys() - required - optional:
        raise QuestionnaireFileError(f"{place}.{name}".strip("."), _("This field is not known here."))
    return data


def _list(data: object, place: str, most: int, read_one) -> Iterator:
    if not isinstance(data, list) or len(data) > most:
        reason = format_lazy(_("Here there must be a list of at most {most}."), most=most)
        raise QuestionnaireFileError(place, reason)
    return (read_one(each, f"{place}[{number}]") for number, each in enumerate(data))


def _words(data: object, place: str, *, may_be_empty: bool = False) -> Words:
    both = _fields(data, place, set(), {"sv", "en"})
    words = Words(_text(both.get("sv", ""), f"{place}.sv"), _text(both.get("en", ""), f"{place}.en"))
    if not words.sv and not may_be_empty:
        raise QuestionnaireFileError(f"{place}.sv", _("The Swedish text is missing."))
    return words


def _text(data: object, place: str) -> str:
    if not isinstance(data, str) or len(data) > LONGEST or "\x00" in data:
        reason = format_lazy(_("Here there must be text of at most {most} characters."), most=LONGEST)
        raise QuestionnaireFileError(place, reason)
    return data


def _code(data: object, place: str) -> str:
    if not isinstance(data, str) or not _CODE.fullmatch(data):
        raise QuestionnaireFileError(place, _("A code is small letters a to z, digits and hyphens."))
    return data


def _limit(data: object, place: str) -> int | None:
    if data is not None and (not isinstance(data, int) or isinstance(data, bool) or not 0 < data <= 20_000):
        raise QuestionnaireFileError(place, _("A limit is a whole number above zero."))
    return data


def _unique(codes, place: str) -> None:
    seen = set()
    for code in codes:
        if code in seen:
            raise QuestionnaireFileError(place, format_lazy(_("{code} stands there twice."), code=code))
        seen.add(code)


# Writing --------------------------------------------------------------------------------------------
def _section_data(section: SectionLine) -> dict:
    guidance = {"guidance": _both(section.guidance)} if section.guidance.sv else {}
    questions = [_question_data(question) for question in section.questions]
    return {"code": section.code, "title": _both(section.title), **guidance, "questions": questions}


def _question_data(question: QuestionLine) -> dict:
    data = {
        "code": question.code,
        "kind": question.kind,
        "text": _both(question.text),
        "guidance": _both(question.guidance) if question.guidance.sv else None,
        "required": question.required or None,
        "words": question.words,
        "pages": question.pages,
        "unit": question.unit or None,
        "choices": [{"code": code, **_both(words)} for code, words in question.choices] or None,
        "audience": question.audience if question.audience != Audience.JURY else None,
    }
    return {name: value for name, value in data.items() if value is not None}


def _both(words: Words) -> dict:
    return {"sv": words.sv, **({"en": words.en} if words.en else {})}
