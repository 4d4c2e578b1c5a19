"""What contacts and organisers type about an entry as a whole: reasons, numbers, questions and answers."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.wall_times import WallTime
from nominees.actions.questions import LONGEST_ANSWER
from nominees.actions.submissions import LONGEST_REASON
from nominees.words import tidy


class TidyText(forms.CharField):
    """Text as it is kept: letters composed, unseen signs taken out."""

    def to_python(self, value: object) -> str:
        """Tidied before it is measured."""
        return tidy(super().to_python(value))[0]


class ReasonForm(forms.Form):
    """Why an entry is reopened, withdrawn or declined."""

    reason = TidyText(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The municipality and the organiser read it. It is never published."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


class ReopenForm(ReasonForm):
    """Why an entry is reopened and, when the time has passed, until when it may be written."""

    until = WallTime(
        label=_("Open until"),
        required=False,
        help_text=_("Swedish time. For this municipality alone; leave it empty while all may still write."),
    )

    def __init__(self, *args, needs_time: bool, now: datetime, **options) -> None:
        super().__init__(*args, **options)
        self.now = now
        self.fields["until"].required = needs_time

    def clean_until(self) -> datetime | None:
        """A time that lies ahead."""
        until = self.cleaned_data["until"]
        if until is not None and until <= self.now:
            raise ValidationError(_("The new time must lie ahead."))
        return until


class DiaryNumberForm(forms.Form):
    """The number under which the municipality has registered the entry."""

    number = TidyText(
        label=_("Your diary number"),
        max_length=60,
        required=False,
        help_text=_("The number in your own register, such as KS/2027:123. It stands on the receipt."),
    )


class AnswerForm(forms.Form):
    """The answer to a question from the jury."""

    text = TidyText(
        label=_("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the answer.")},
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)  # the mark of the answer one saw


class ReleaseForm(forms.Form):
    """Until when the municipality may answer."""

    answer_by = WallTime(label=_("Answer by"), help_text=_("Swedish time."))
