"""Two texts of the same field, side by side with their differences, for the person who chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from nominees.actions.answers import PREFIX
from nominees.area_rows import DIRECTIONS, SINCE
from nominees.areas import LABELS
from nominees.differences.texts import Piece, difference, in_first, in_second
from nominees.drafts import Clash, mark
from nominees.models import Answer, ImprovementArea, Nomination

_ROW = re.compile(r"(area|initiative|challenge|contribution)-([0-9]+)-([a-z]+)")
_WORDS = {**dict(DIRECTIONS), **dict(SINCE)}
_ROW_LABELS = {
    **LABELS,
    "description": _("Description"),
    "area": _("Belongs to the area"),
    "kind": _("Kind"),
    "theme": _("Theme"),
    "together": _("Together with"),
}


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """One field that clashed. `written` and `saved` as they would be posted; the pieces mark differences."""

    name: str
    label: object
    written: str
    saved: str
    written_pieces: tuple[Piece, ...]
    saved_pieces: tuple[Piece, ...]
    by: str = ""
    at: datetime | None = None

    @property
    def was(self) -> str:
        """The mark with which a chosen text can be saved."""
        return mark(self.saved)

    @property
    def is_text(self) -> bool:
        """Whether the two can be merged by hand."""
        return not self.name.endswith(
            ("-direction", "-continuation", "-predecessor", "-area", "-kind", "-theme")
        )


def two_texts(entry: Nomination, clashes: Iterable[Clash]) -> tuple[TwoTexts, ...]:
    """At most two queries: who saved the answers, and the names of the areas."""
    clashes = tuple(clashes)
    answers = _answers(entry, clashes)
    titles = _titles(entry, clashes)
    return tuple(_one(clash, answers, titles) for clash in clashes)


def _one(clash: Clash, answers: Mapping[str, Answer], titles: Mapping[str, str]) -> TwoTexts:
    pieces = difference(_shown(clash, clash.saved, titles), _shown(clash, clash.written, titles))
    both = {"written_pieces": in_second(pieces), "saved_pieces": in_first(pieces)}
    texts = {"name": clash.name, "written": clash.written, "saved": clash.saved}
    if answer := answers.get(clash.name):
        by = answer.saved_by.get_full_name() if answer.saved_by else ""
        return TwoTexts(label=_question(answer), by=by, at=answer.saved_at, **texts, **both)
    found = _ROW.fullmatch(clash.name)
    label = _ROW_LABELS.get(found[3], "") if found else clash.name
    if found and found[1] == "area" and (title := titles.get(found[2])):
        label = format_lazy("{title}: {what}", title=title, what=label)
    return TwoTexts(label=label, **texts, **both)


def _answers(entry: Nomination, clashes: tuple[Clash, ...]) -> dict[str, Answer]:
    codes = [clash.name.removeprefix(PREFIX) for clash in clashes if clash.name.startswith(PREFIX)]
    if not codes:
        return {}
    rows = Answer.objects.filter(nomination=entry, question__code__in=codes)
    return {f"{PREFIX}{row.question.code}": row for row in rows.select_related("question", "saved_by")}


def _titles(entry: Nomination, clashes: tuple[Clash, ...]) -> dict[str, str]:
    if not any(_ROW.fullmatch(clash.name) for clash in clashes):
        return {}
    entries = [pk for pk in (entry.pk, getattr(entry, "last_id", None)) if pk]
    rows = ImprovementArea.objects.filter(nomination__in=entries).values_list("pk", "title")
    return {str(pk): title for pk, title in rows}


def _shown(clash: Clash, value: str, titles: Mapping[str, str]) -> str:
    if clash.name.endswith(("-predecessor", "-area")):
        return titles.get(value, value)
    return str(_WORDS.get(value, value))


def _question(answer: Answer) -> str:
    language = formats.written_language(get_language())
    return getattr(answer.question, f"text_{language}") or answer.question.text_sv
