"""What people type on the ground floor."""

from django import forms
from django.utils.translation import gettext_lazy as _


class InvitationCodeForm(forms.Form):
    """The code from the letter; whether it is right is the action's business."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_(
            "Eight letters and digits from the letter we just sent. Capital or small does not matter."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code from the letter.")},
    )
