"""What contacts and organisers type about an entry as a whole: reasons, numbers, questions and answers."""

from django import forms
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


class ReleaseForm(forms.Form):
    """Until when the municipality may answer."""

    answer_by = WallTime(label=_("Answer by"), help_text=_("Swedish time."))
