"""Choosing a questionnaire: one that comes with the product, or a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from nominees.questionnaire_files import QuestionnaireFileError, read, shipped, shipped_codes

LARGEST = 1_000_000  # bytes


def choices() -> list[tuple[str, object]]:
    """The questionnaires that come with the product, by title."""
    english = formats.written_language(get_language()) == "en"
    found = [(code, shipped(code).title) for code in shipped_codes()]
    return [("", _("Choose")), *((code, (words.en if english else "") or words.sv) for code, words in found)]


class QuestionnaireForm(forms.Form):
    """One of the two; the file when there is one. `cleaned_data["found"]` is the questionnaire."""

    shipped = forms.ChoiceField(label=_("One that is ready"), choices=choices, required=False)
    file = forms.FileField(
        label=_("or a file (JSON or TOML)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,.toml,application/json,application/toml"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self) -> object:
        """The questionnaire in the file, or where it goes wrong."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large to be a questionnaire."))
        try:
            return read(file.read())
        except QuestionnaireFileError as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict:
        """Something must be chosen."""
        typed = super().clean()
        code = typed.get("shipped")
        typed["found"] = typed.get("file") or (shipped(code) if code else None)
        if typed["found"] is None and not self.errors:
            raise forms.ValidationError(_("Choose a questionnaire or a file."))
        return typed
