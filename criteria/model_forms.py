"""The form that brings in a scoring model."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria import model_files
from criteria.file_fields import ModelFileError
from criteria.scoring import ScoringModel

LARGEST = 2_000_000  # bytes


class ModelFileForm(forms.Form):
    """A file in the form that the product itself writes."""

    file = forms.FileField(
        label=_("Scoring model (JSON)"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> ScoringModel:
        """The model in the file, or where it goes wrong."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large to be a scoring model."))
        try:
            return model_files.read(file.read())
        except ModelFileError as error:
            raise forms.ValidationError(str(error)) from None
