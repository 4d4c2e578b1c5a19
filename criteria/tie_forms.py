"""Forms for what a juror undertakes and is tied to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.states import RecusalReason
from nominees.models import County, Municipality

MOST_TIES = 10
UNKNOWN = _("There is no municipality of that name. Write it as in “Eskilstuna”.")


class TieForm(forms.Form):
    """One tie: to a municipality, a whole county, or an organisation alone."""

    kind = forms.ChoiceField(
        label=_("Kind of tie"), choices=[("", _("Choose")), *RecusalReason.choices], required=False
    )
    municipality = forms.CharField(
        label=_("Municipality"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "municipalities", "autocomplete": "off"}),
    )
    county = forms.ModelChoiceField(
        label=_("or a whole county"), queryset=County.objects.all(), required=False, empty_label=_("Choose")
    )
    organisation = forms.CharField(label=_("or an organisation"), max_length=200, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean_municipality(self) -> Municipality | None:
        """The municipality of this name, in any case: borås is Borås, but Håbo is not Habo."""
        name = self.cleaned_data["municipality"].strip().casefold()
        if not name:
            return None
        found = next((each for each in Municipality.objects.all() if each.name.casefold() == name), None)
        if found is None:
            raise forms.ValidationError(UNKNOWN)
        return found

    def clean(self) -> dict:
        """A tie has a kind and names somebody, and ends after it began."""
        data = super().clean()
        named = any(data.get(name) for name in ("municipality", "county", "organisation"))
        if self.has_changed() and not data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Choose what kind of tie it is."))
        if data.get("kind") and not named and "municipality" not in self.errors:
            self.add_error("municipality", _("Name a municipality, a county or an organisation."))
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The tie ends before it begins."))
        return data

    @property
    def is_filled(self) -> bool:
        """Whether the row says anything."""
        return bool(self.cleaned_data.get("kind"))


TieFormSet = forms.formset_factory(
    TieForm, extra=2, max_num=MOST_TIES, absolute_max=MOST_TIES, validate_max=True
)


class UndertakingForm(forms.Form):
    """The juror's yes."""

    accepted = forms.BooleanField(
        label=_("I have read this and undertake it"),
        error_messages={"required": _("Tick the box to go on. Without it no entry opens.")},
    )


class UndertakingTextForm(forms.Form):
    """The organiser's text."""

    text_sv = forms.CharField(
        label=_("Swedish text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    text_en = forms.CharField(
        label=_("English text"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
