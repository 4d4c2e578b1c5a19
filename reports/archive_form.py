"""The tick before what cannot be undone."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SureForm(forms.Form):
    """One box; its words come with the page."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box if you are sure.")})

    def __init__(self, *args, words: object, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = words
