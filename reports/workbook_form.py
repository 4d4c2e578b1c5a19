"""The form that takes a filled-in jury workbook."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reports.cells import XLSX_TYPE
from reports.workbook.archive import LARGEST_FILE, too_large


class WorkbookForm(forms.Form):
    """One file, of at most ten megabytes; what is in it is judged by the reader."""

    file = forms.FileField(
        label=_("Your filled-in workbook (.xlsx)"),
        help_text=_("Nothing is saved yet: first you see every change."),
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX_TYPE}"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
            "max_length": _("The file's name is too long. Give it a shorter one."),
        },
        max_length=300,
    )

    def clean_file(self) -> UploadedFile:
        """The file, when it is not too large to be a jury workbook."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(too_large().says)
        return file
