"""What the organiser chooses before a decision is public: when, which letters; and why it is taken back."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.wall_times import WallTime
from criteria.publishing import is_too_far
from criteria.publishing_letters import LABELS

NOW, LATER = "now", "later"
LONGEST = 2_000


class PublishForm(forms.Form):
    """Now, or at a wall time in Stockholm that lies ahead; with which letters."""

    when = forms.ChoiceField(
        label=_("When it becomes public"),
        choices=[(NOW, _("Now, as soon as I confirm")), (LATER, _("At a time I choose"))],
        widget=forms.RadioSelect,
        initial=LATER,
    )
    at = WallTime(
        label=_("Day and time"),
        required=False,
        help_text=_("Swedish time. Nobody sees anything before it, and nobody needs to be at the keyboard."),
    )
    letters = forms.MultipleChoiceField(
        label=_("Letters"),
        choices=list(LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They leave when the decision becomes public, not before."),
    )

    def __init__(self, *args, now: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["at"].required = self.data.get("when") != NOW

    def clean(self) -> dict:
        """A chosen time must be there and lie ahead."""
        data = super().clean()
        if data.get("when") == NOW:
            data["at"] = None
        elif data.get("at") and data["at"] <= self.now:
            self.add_error("at", _("That time has passed. Choose a later one, or publish now."))
        elif data.get("at") and is_too_far(data["at"], self.now):
            self.add_error("at", _("That time lies more than two years ahead. Choose an earlier one."))
        return data


class TakeBackForm(forms.Form):
    """Why what is public is taken back."""

    reason = forms.CharField(
        label=_("Why it is taken back"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the journal. The public does not see it."),
        error_messages={"required": _("Write why it is taken back.")},
    )
