"""The questionnaire as a part of an edition: shown on the set-up page, copied into the next edition."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.copying import Copying, Line, Part
from awards.models import Edition
from awards.shifts import Shift
from nominees.actions.questionnaires import give_questionnaire, questionnaire_of


def _sections(edition: Edition, _shift: Shift) -> Iterator[Line]:
    english = formats.written_language(get_language()) == "en"
    for section in edition.sections.prefetch_related("questions"):
        count = len(section.questions.all())
        said = ngettext_lazy("{count} question", "{count} questions", count)
        title = (section.title_en if english else "") or section.title_sv
        yield Line(format_lazy("{title}, {said}", title=title, said=format_lazy(said, count=count)))


def _copy(copied: Copying) -> None:
    questionnaire = questionnaire_of(copied.source)
    if questionnaire.sections:
        give_questionnaire(edition=copied.target, questionnaire=questionnaire, by=copied.by)


QUESTIONNAIRE = Part(
    "questionnaire",
    _("Questionnaire"),
    _sections,
    _copy,
    lambda edition: reverse("setup_questionnaire", args=[edition.key]),
    order=20,
    about=_("What municipalities answer. It is chosen before the first entry."),
)
