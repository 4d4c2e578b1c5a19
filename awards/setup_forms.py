"""What is typed to change an edition's set-up: facts, stages, partners, seats."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards.edition_facts import fair_days, fair_year
from awards.edition_forms import day_field, ways_in
from awards.models import Edition
from awards.models.seat import SEATED
from awards.shown_forms import ShownForm
from awards.states import RoleKind, StageKind


class FactsForm(ShownForm):
    """The edition's own facts and the fair's."""

    motto = forms.CharField(label=_("Motto"), max_length=200, required=False)
    entry_mode = forms.ChoiceField(label=_("Way in"), choices=ways_in)
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands on the edition's own page."),
    )
    theme = forms.CharField(label=_("The fair's theme"), max_length=200, required=False)
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    starts = day_field(_("The fair's first day"))
    ends = day_field(_("The fair's last day"))

    def __init__(self, edition: Edition, data: object = None, *, with_fair: object = True) -> None:
        fair = edition.fair
        super().__init__(
            data,
            initial={
                **{name: getattr(edition, name) for name in ("motto", "entry_mode", "note")},
                **{name: getattr(fair, name) for name in ("theme", "venue", "starts", "ends")},
            },
        )
        self.year = fair.label_year
        if not with_fair:
            for name in ("theme", "venue", "starts", "ends"):
                del self.fields[name]

    def clean_note(self) -> str:
        """Lines end as they are kept, so that a text nobody touched is no change."""
        return self.cleaned_data["note"].replace("\r\n", "\n")

    def clean(self) -> dict:
        """The fair's days make sense."""
        typed = super().clean()
        asked = {
            "starts": fair_year(typed.get("starts"), self.year),
            "ends": fair_days(typed.get("starts"), typed.get("ends")),
        }
        for name, problem in asked.items():
            if problem and name in self.fields:
                self.add_error(name, problem)
        return typed


class AddStageForm(forms.Form):
    """A stage that the edition has not, and where it comes."""

    kind = forms.ChoiceField(label=_("Stage"))
    after = forms.ChoiceField(label=_("Comes after"), required=False)

    def __init__(self, edition: Edition, data: object = None) -> None:
        super().__init__(data)
        self.stages = {str(stage.pk): stage for stage in edition.stages.all()}
        has = {stage.kind for stage in self.stages.values()}
        self.fields["kind"].choices = [(k.value, k.label) for k in StageKind if k not in has]
        places = [(pk, stage.what) for pk, stage in self.stages.items()]
        self.fields["after"].choices = [("", _("Nothing: it comes first")), *places]
        self.fields["after"].initial = places[-1][0] if places else ""

    @property
    def place(self):
        """The stage before, or None."""
        return self.stages.get(self.cleaned_data["after"])


class PartnerForm(forms.Form):
    """An organisation behind the edition."""

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    part = forms.CharField(
        label=_("Its part"),
        max_length=200,
        required=False,
        help_text=_("Such as main partner."),
    )


class SeatForm(forms.Form):
    """A seat and to whom it belongs."""

    name = forms.CharField(
        label=_("Seat"),
        max_length=80,
        help_text=_("What the others see, such as Juror A. The seat stays when its holder changes."),
    )
    kind = forms.ChoiceField(
        label=_("Role"),
        choices=lambda: [(kind.value, capfirst(kind.label)) for kind in SEATED],
        initial=RoleKind.JUROR,
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    panel = forms.CharField(label=_("Panel"), max_length=80, required=False)


class SeatChangeForm(ShownForm, SeatForm):
    """The same of a seat that is there already."""


class OfferForm(forms.Form):
    """Somebody who is asked to take an empty seat."""

    seat = forms.ChoiceField(label=_("Seat"))
    email = forms.EmailField(label=_("E-mail address"))
    greeting = forms.CharField(
        label=_("Your own lines in the letter"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, empty: list[str], data: object = None) -> None:
        super().__init__(data)
        self.fields["seat"].choices = [(name, name) for name in empty]
