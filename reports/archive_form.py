"""The ticks before what cannot be undone."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

PUT_AWAY = _("I know that everybody loses access, I too")
WITHOUT = _("Put it away without a package: none has been finished since the edition ended")

COPY_FIRST = _(
    "If there is to be a next edition, copy this one first: afterwards only an administrator can set one up."
)


class SureForm(forms.Form):
    """One box; its words come with the page."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box if you are sure.")})

    def __init__(self, *args, words: object, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = words


class PutAwayForm(SureForm):
    """Everybody loses access; and further boxes where there is no package, or letters that have not left."""

    without_package = forms.BooleanField(
        label=WITHOUT,
        error_messages={"required": _("Build the package first, or tick that you do without it.")},
    )

    without_letters = forms.BooleanField(
        error_messages={"required": _("Send or stop the letters first, or tick that they are stopped.")},
    )

    def __init__(self, *args, has_package: bool, stranded: int, is_last: bool, **kwargs):
        """`stranded`: how many letters nobody can send afterwards; `is_last`: one organises no other."""
        super().__init__(*args, words=PUT_AWAY, **kwargs)
        if is_last:
            self.fields["sure"].help_text = COPY_FIRST
        if has_package:
            del self.fields["without_package"]
        if stranded:
            self.fields["without_letters"].label = _unsent(stranded)
        else:
            del self.fields["without_letters"]


def _unsent(count: int) -> str:
    says = ngettext(
        "Stop the letter that waits for approval or could not be sent",
        "Stop the %(count)s letters that wait for approval or could not be sent",
        count,
    )
    return says % {"count": count}
