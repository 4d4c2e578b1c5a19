"""How the chair says who shall read how much: the wishes of a plan, and single changes by hand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from criteria.forms import RecusalForm
from criteria.models import Assignment, Round
from criteria.proposal import ANCHORS, SEED, entries_to_score
from nominees.models import Nomination

BALANCED, EVERYBODY = "balanced", "everybody"


class PlanForm(forms.Form):
    """The wishes: all read all, or so many readings of each entry."""

    how = forms.ChoiceField(
        label=_("Who reads what"),
        choices=[
            (EVERYBODY, _("Everybody reads everything")),
            (BALANCED, _("Each entry is read by some, dealt out evenly")),
        ],
        widget=forms.RadioSelect,
    )
    per = forms.IntegerField(
        label=_("Readings of each entry"),
        help_text=_("At least three, so that one juror's strictness can be told from quality."),
        min_value=1,
        max_value=99,
        required=False,
    )
    anchors = forms.IntegerField(
        label=_("Entries that everybody reads"),
        help_text=_("Two or three common entries hold the jury together."),
        min_value=0,
        max_value=20,
        required=False,
    )
    seed = forms.IntegerField(
        label=_("Seed of the lots"),
        help_text=_("The same number deals the same way again."),
        min_value=0,
        max_value=2**31 - 1,
        required=False,
    )

    def clean(self) -> dict:
        """A dealt-out plan needs to know how many readings."""
        cleaned = super().clean()
        if cleaned.get("how") == BALANCED and not cleaned.get("per") and "per" not in self.errors:
            self.add_error("per", _("Say how many jurors shall read each entry."))
        return cleaned

    @property
    def wishes(self) -> dict:
        """What propose and assign_jurors take."""
        found = self.cleaned_data
        everybody = found["how"] == EVERYBODY
        return {
            "per_nomination": None if everybody else found["per"],
            "everybody": everybody,
            "anchors": ANCHORS if found["anchors"] is None else found["anchors"],
            "seed": SEED if found["seed"] is None else found["seed"],
        }


class PairForm(forms.Form):
    """One juror and one entry, by the municipality's name or code."""

    juror = forms.TypedChoiceField(label=_("Juror"), coerce=int)
    municipality = forms.CharField(label=_("Municipality"), max_length=80, help_text=_("Name or code."))

    def __init__(
        self,
        scoring_round: Round,
        jurors: list[Role],
        data: object = None,
        hidden: frozenset[int] = frozenset(),
    ) -> None:
        """`hidden` are the entries (by id) that who asks stands aside from: nothing is done with them."""
        super().__init__(data)
        self.hidden = hidden
        self.scoring_round = scoring_round
        self.seats = {seat.pk: seat for seat in jurors}
        self.fields["juror"].choices = [(pk, str(seat)) for pk, seat in self.seats.items()]

    def clean_municipality(self) -> Nomination:
        """The entry of the municipality that was written; names are compared letter by letter."""
        wanted = self.cleaned_data["municipality"].strip().casefold()
        for entry in entries_to_score(self.scoring_round):
            if wanted in (entry.municipality.name.casefold(), entry.municipality.code):
                if entry.pk in self.hidden:
                    raise forms.ValidationError(_("You stand aside from this entry."))
                return entry
        raise forms.ValidationError(_("No entry in this edition comes from that municipality."))

    @property
    def seat(self) -> object:
        """The chosen seat."""
        return self.seats[self.cleaned_data["juror"]]

    @property
    def assignment(self) -> Assignment | None:
        """The assignment of the two, where there is one."""
        return (
            Assignment.objects.filter(
                round=self.scoring_round, juror=self.seat, nomination=self.cleaned_data["municipality"]
            )
            .select_related("round__edition__fair")
            .first()
        )


class AsideForm(RecusalForm, PairForm):
    """Which juror stands aside from which entry, and why, as the chair or the organiser says it."""

    field_order = ("juror", "municipality", "reason", "note")
