"""What is typed about letters: their words, when reminders go, and a letter to many."""

from __future__ import annotations

import re
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import addressees
from awards.letter_texts import USUAL, problems
from awards.letters import LetterText
from awards.mailing import ONE, Draft
from awards.shown_forms import ShownForm
from awards.states import LetterPurpose

FAR, MOST_DAYS = 60, 6
# Invitations are sent from the page of people, and what is decided is told by publishing it.
SENT_ELSEWHERE = (
    LetterPurpose.INVITATION_CONTACT,
    LetterPurpose.INVITATION_JURY,
    LetterPurpose.DECISION_OUTCOME,
    LetterPurpose.DECISION_PUBLISHED,
)
# To whom a kind of letter goes, unless another group is chosen.
USUAL_GROUP = {
    LetterPurpose.REMINDER_CONTACT: "contacts-unsubmitted",
    LetterPurpose.REMINDER_JUROR: "jurors-behind",
    LetterPurpose.NOMINATED: "contacts-nominated",
    LetterPurpose.NOT_NOMINATED: "contacts-others",
}


def writable() -> list[tuple[str, object]]:
    """The kinds of letters that are written by hand."""
    return [(each.value, each.label) for each in LetterPurpose if each not in SENT_ELSEWHERE]


class LetterBody(forms.CharField):
    """A letter's text with its lines as they stand; spaces alone are no text."""

    def __init__(self, rows: int, **options) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=20_000, strip=False, widget=widget, **options)

    def to_python(self, value: object) -> str:
        """The text, or nothing."""
        text = super().to_python(value)
        return text if text.strip() else ""


class TemplateForm(forms.Form):
    """An edition's own words for one kind of letter."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = LetterBody(16, label=_("Text"))
    was = forms.CharField(widget=forms.HiddenInput)  # the mark of what the page showed

    def __init__(self, *args, purpose: str, **options) -> None:
        super().__init__(*args, **options)
        self.usual = USUAL[LetterPurpose(purpose)]

    def clean(self) -> dict:
        """Only places that can be filled, and those without which the letter is useless."""
        typed = super().clean()
        for problem in problems(self.text, self.usual.names, self.usual.must) if not self.errors else ():
            self.add_error("body", problem)
        return typed

    @property
    def text(self) -> LetterText:
        """What was typed."""
        return LetterText(self.cleaned_data.get("subject", ""), self.cleaned_data.get("body", ""))


class ReminderForm(ShownForm):
    """Whether and when the edition reminds by itself."""

    is_on = forms.BooleanField(label=_("Remind by itself"), required=False)
    days = forms.CharField(
        label=_("Days before the deadline"),
        max_length=60,
        help_text=_("Such as 7, 3, 1. Reminders go in the morning, never at night or in a weekend."),
    )

    def clean_days(self) -> list[int]:
        """Whole days, each once, the most distant first."""
        parts = [part for part in re.split(r"[\s,;]+", self.cleaned_data["days"]) if part]
        if not parts or not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
            raise forms.ValidationError(_("Write whole days with commas between, such as 7, 3, 1."))
        days = sorted({int(part) for part in parts}, reverse=True)
        if days[-1] < 1 or days[0] > FAR:
            raise forms.ValidationError(_("Reminders go between 1 and 60 days before the deadline."))
        if len(days) > MOST_DAYS:
            raise forms.ValidationError(_("At most six reminders are sent before one deadline."))
        return days


class WriteForm(forms.Form):
    """A letter to a group or to one person, in Swedish and perhaps in English."""

    purpose = forms.ChoiceField(choices=writable, widget=forms.HiddenInput)
    group = forms.ChoiceField(label=_("To"))
    one = forms.ChoiceField(label=_("The person, when it is one"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = LetterBody(14, label=_("Text"))
    subject_en = forms.CharField(label=_("Subject in English"), max_length=200, required=False)
    body_en = LetterBody(
        10,
        label=_("Text in English"),
        required=False,
        help_text=_("To those who have chosen English. Left empty, everybody gets the Swedish letter."),
    )
    needs_approval = forms.BooleanField(
        label=_("Put them in the outbox as drafts"),
        required=False,
        help_text=_("They wait there until you approve them."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, edition, now, **options) -> None:
        super().__init__(*args, **options)
        self.edition, self.now = edition, now
        self.fields["group"].choices = [
            *((group.code, group.label) for group in addressees.groups()),
            (ONE, _("One person")),
        ]
        people = [
            (each.key, f"{each.about}: {each.person.get_full_name()}")
            for each in addressees.everybody(edition, now)
        ]
        self.fields["one"].choices = [("", _("Choose a person")), *people]

    def clean(self) -> dict:
        """The person where it is one, both English fields or none, and only places that can be filled."""
        typed = super().clean()
        if typed.get("group") == ONE and not typed.get("one") and "one" not in self.errors:
            self.add_error("one", _("Choose whom the letter is for."))
        if bool(typed.get("subject_en")) != bool(typed.get("body_en")):
            self.add_error("body_en", _("Write both the subject and the text in English, or neither."))
        if not self.errors:
            draft = self.draft
            names = draft.names(self.edition, self.now)
            for field, text in (("body", draft.swedish), ("body_en", draft.english)):
                for problem in problems(text, names) if text else ():
                    self.add_error(field, problem)
        return typed

    @property
    def draft(self) -> Draft:
        """What was typed."""
        typed = self.cleaned_data
        english = LetterText(typed["subject_en"], typed["body_en"]) if typed["subject_en"] else None
        one = typed["one"] if typed["group"] == ONE else ""
        swedish = LetterText(typed["subject"], typed["body"])
        return Draft(typed["purpose"], typed["group"], one, swedish, english)
