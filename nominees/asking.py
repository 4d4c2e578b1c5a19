"""An entry's questions with what it has answered, read in one query for any number of entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from nominees.models import Material, Nomination, Question
from nominees.states import MaterialState, QuestionKind
from nominees.words import count_pages, count_words

Q_PATH, S_PATH = "edition__sections__questions__", "edition__sections__"
_SECTION = ("code", "title_sv", "title_en", "guidance_sv", "guidance_en", "position")
_QUESTION = (
    "pk",
    "code",
    "kind",
    "text_sv",
    "text_en",
    "guidance_sv",
    "guidance_en",
    "required",
    "word_limit",
    "page_limit",
    "unit",
    "choices",
    "audience",
    "position",
)
_ANSWER = ("pk", "text", "number", "choice", "version", "saved_at")
GRADES = (
    ("0", _("not at all")),
    ("1", _("partly")),
    ("2", _("to a high degree")),
    ("3", _("fully")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one entry with its answer; texts in the language of the page."""

    entry: int
    section: str
    section_title: str
    section_guidance: str
    pk: int
    code: str
    kind: str
    text: str
    guidance: str
    required: bool
    word_limit: int | None
    page_limit: int | None
    unit: str
    choices: tuple[tuple[str, object], ...]
    audience: str
    answer_pk: int | None
    answer: str
    number: Decimal | None
    choice: str
    version: int
    saved_at: datetime | None
    has_file: bool

    @property
    def value(self) -> str:
        """The answer as one text: what a form posts and what is compared."""
        return _value(self.kind, self.answer, self.number, self.choice)

    @property
    def is_answered(self) -> bool:
        """Whether it says anything. Areas are counted by the application; key facts stand there already."""
        return self.has_file if self.kind == QuestionKind.FILE else bool(self.value)

    @property
    def is_too_long(self) -> bool:
        """Whether the text holds more than it may."""
        too_many = self.word_limit is not None and count_words(self.answer) > self.word_limit
        return too_many or (self.page_limit is not None and count_pages(self.answer) > self.page_limit)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a save must know of a question: how its answer is read, and what stands there."""

    pk: int
    code: str
    kind: str
    choices: tuple[tuple[str, object], ...]
    answer_pk: int | None
    value: str


def standing_answers(entry: Nomination, codes: Iterable[str]) -> tuple[Standing, ...]:
    """The entry's questions of these codes with what is answered. One light query, for saving."""
    given = FilteredRelation("answers", condition=Q(answers__nomination=entry.pk))
    rows = (
        Question.objects.filter(section__edition=entry.edition_id, code__in=tuple(codes))
        .annotate(given=given)
        .order_by()
        .values_list(
            "pk", "code", "kind", "choices", "given__pk", "given__text", "given__number", "given__choice"
        )
    )
    return tuple(
        Standing(pk, code, kind, _choices(kind, choices, "sv"), answer, _value(kind, text, number, choice))
        for pk, code, kind, choices, answer, text, number, choice in rows
    )


def _value(kind: str, text: str | None, number: Decimal | None, choice: str | None) -> str:
    """An answer as one text: what a form posts and what is compared."""
    if kind in (QuestionKind.GRADED, QuestionKind.CHOICE):
        return choice or ""
    if kind == QuestionKind.NUMBER:
        return "" if number is None else plain(number)
    return text or ""


def plain(number: Decimal) -> str:
    """12.5000 as 12.5, for comparing and posting."""
    return f"{number.normalize():f}" if number else "0"


def asked_of(entries: Iterable[Nomination]) -> dict[int, tuple[Asked, ...]]:
    """Entry -> its questions in order. One query."""
    pks = [entry.pk for entry in entries]
    language = formats.written_language(get_language())
    given = FilteredRelation(f"{Q_PATH}answers", condition=Q(**{f"{Q_PATH}answers__nomination": F("pk")}))
    files = (
        Material.objects.current()
        .exclude(state=MaterialState.REFUSED)
        .filter(nomination=OuterRef("pk"), question=OuterRef(f"{Q_PATH}pk"))
    )
    rows = (
        Nomination.objects.filter(pk__in=pks)
        .annotate(given=given, has_file=Exists(files))
        .exclude(**{f"{Q_PATH}pk": None})
        .order_by("pk", f"{S_PATH}position", f"{S_PATH}pk", f"{Q_PATH}position", f"{Q_PATH}pk")
        .values(
            "pk",
            "has_file",
            *(f"{S_PATH}{name}" for name in _SECTION),
            *(f"{Q_PATH}{name}" for name in _QUESTION),
            *(f"given__{name}" for name in _ANSWER),
        )
    )
    found: dict[int, list[Asked]] = {pk: [] for pk in pks}
    for row in rows:
        found[row["pk"]].append(_asked(row, language))
    return {pk: tuple(each) for pk, each in found.items()}


def _asked(row: dict, language: str) -> Asked:
    def of(path: str, name: str) -> str:
        return row[f"{path}{name}_{language}"] or row[f"{path}{name}_sv"]

    kind = row[f"{Q_PATH}kind"]
    return Asked(
        entry=row["pk"],
        section=row[f"{S_PATH}code"],
        section_title=of(S_PATH, "title"),
        section_guidance=of(S_PATH, "guidance"),
        text=of(Q_PATH, "text"),
        guidance=of(Q_PATH, "guidance"),
        choices=_choices(kind, row[f"{Q_PATH}choices"], language),
        answer_pk=row["given__pk"],
        answer=row["given__text"] or "",
        number=row["given__number"],
        choice=row["given__choice"] or "",
        version=row["given__version"] or 0,
        saved_at=row["given__saved_at"],
        has_file=row["has_file"],
        **{
            name: row[f"{Q_PATH}{name}"]
            for name in ("pk", "code", "kind", "required", "word_limit", "page_limit", "unit", "audience")
        },
    )


def _choices(kind: str, choices: list, language: str) -> tuple[tuple[str, object], ...]:
    """A graded item without grades of its own has the four of 2021."""
    if kind == QuestionKind.GRADED and not choices:
        return GRADES
    return tuple((each["code"], each.get(language) or each["sv"]) for each in choices)
