"""What a juror asks a municipality."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """One question; the organiser reads it before the municipality does."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=2_000,
        help_text=_("The organiser reads it first. The municipality never learns who asked."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the question.")},
    )
