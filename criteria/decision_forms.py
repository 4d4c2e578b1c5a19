"""What is posted from the decision's page: an outcome for each entry, or why no award is given."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from criteria.actions.decisions import Draft
from criteria.decided import TWO_WINNERS, Row
from criteria.states import DecidedOutcome

LONGEST = 4_000
MOST = 2**31 - 1
WINNER = DecidedOutcome.WINNER


class RowForm(forms.Form):
    """What is decided of one entry."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DecidedOutcome.choices)
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=999, required=False)
    motivation_sv = forms.CharField(
        label=_("The jury's motivation in Swedish"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two to four sentences. Needed for winners and honourable mentions."),
    )
    motivation_en = forms.CharField(
        label=_("The motivation in English"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def row(self) -> Row:
        """The same as the action takes it."""
        return Row(**self.cleaned_data)


class DecisionForm(forms.Form):
    """What is decided of the award as a whole."""

    no_award = forms.BooleanField(label=_("No award is given"), required=False)
    no_award_reason = forms.CharField(
        label=_("Why no award is given"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)


class DraftForms:
    """The form of the whole with one for each entry (by nomination id), as one thing."""

    def __init__(
        self,
        codes: Mapping[int, str],
        *,
        data: QueryDict | None = None,
        initial: Mapping[str, object] | None = None,
        rows: Mapping[int, Row] | None = None,
    ) -> None:
        """`codes` name the entries' fields; `initial` and `rows` are what stands in the draft."""
        rows = rows or {}
        self.whole = DecisionForm(data, initial=initial)
        self.rows = {
            key: RowForm(data, prefix=code, initial=vars(rows[key]) if key in rows else None)
            for key, code in codes.items()
        }

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        """All of them, for the summary of problems."""
        return (self.whole, *self.rows.values())

    def is_valid(self) -> bool:
        """Whether all of them can be kept; each is asked, so that each tells its problems."""
        kept = all([form.is_valid() for form in self.forms])  # noqa: C419 - every one is to be asked
        alone = [form for form in self.rows.values() if form.cleaned_data.get("outcome") == WINNER]
        for form in alone if len(alone) > 1 else ():
            form.add_error("outcome", TWO_WINNERS)
        return kept and len(alone) < 2

    @property
    def draft(self) -> Draft:
        """What the draft is to say."""
        whole = self.whole.cleaned_data
        rows = {key: form.row for key, form in self.rows.items()}
        return Draft(rows, whole["no_award"], whole["no_award_reason"])

    @property
    def version(self) -> int:
        """The token of the draft that was written on."""
        return self.whole.cleaned_data["version"]


class CorrectionForm(forms.Form):
    """Why a frozen decision is replaced."""

    reason = forms.CharField(
        label=_("What was wrong, and what the new decision changes"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
