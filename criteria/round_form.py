"""When a round of scoring closes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ClosingForm(forms.Form):
    """A wall time in Stockholm; one that does not exist or comes twice is refused with a sentence."""

    closes_at = forms.DateTimeField(
        label=_("The scoring closes"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={
            "required": _("Write when the scoring closes."),
            "invalid": _("Write a day and a time, such as 2027-03-01 12:00."),
        },
    )
