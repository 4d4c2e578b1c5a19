"""The ticks before what cannot be undone."""

from django import forms
from django.utils.translation import gettext_lazy as _

PUT_AWAY = _("I know that everybody loses access, I too")
WITHOUT = _("Put it away without a package: none has been finished since the edition ended")


class SureForm(forms.Form):
    """One box; its words come with the page."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box if you are sure.")})

    def __init__(self, *args, words: object, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = words


class PutAwayForm(SureForm):
    """Everybody loses access; and a second box where there is no package."""

    without_package = forms.BooleanField(
        label=WITHOUT,
        error_messages={"required": _("Build the package first, or tick that you do without it.")},
    )

    def __init__(self, *args, has_package: bool, **kwargs):
        super().__init__(*args, words=PUT_AWAY, **kwargs)
        if has_package:
            del self.fields["without_package"]
