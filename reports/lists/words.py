"""Codes of letters and journal in words."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from awards.states import LetterPurpose

_PURPOSES = dict(LetterPurpose.choices) | {
    "invitation": _("invitation"),
    "receipt": _("receipt of an entry"),
    "material-refused": _("a file was refused"),
    "extension": _("a later last time"),
    "entry-reopened": _("an entry was opened again"),
    "entry-withdrawn": _("an entry was withdrawn"),
    "entry-accepted": _("a nomination was accepted"),
    "entry-declined": _("a nomination was declined"),
    "decision-stopped": _("a publication was stopped"),
    "feedback-release": _("the jury's feedback"),
    "feedback-withdrawal": _("feedback was taken back"),
    "feedback-reply": _("a reply to the feedback"),
}


def purpose_in_words(purpose: str) -> object:
    """What a letter is for; one that nobody has named with its joints taken out."""
    return _PURPOSES.get(purpose, purpose.replace("_", " ").replace("-", " "))


def thing_in_words(thing: str) -> object:
    """The kind of thing that a journal line is about."""
    return _things().get(thing, thing)


@cache
def _things() -> dict[str, object]:
    ours = ("awards", "nominees", "criteria", "reports")
    return {
        model._meta.model_name: model._meta.verbose_name  # noqa: SLF001 - Django's documented model interface
        for app in ours
        for model in apps.get_app_config(app).get_models()
    }
