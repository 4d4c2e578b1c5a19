"""What is typed to make an edition: its facts, and for a copy what comes along and how dates move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards import copying, permissions
from awards.edition_facts import EditionFacts, fair_of, problems_of
from awards.models import Award, Edition, Person
from awards.shifts import WITHOUT_DATES, Shift, between, whole_weeks
from awards.stage_templates import TEMPLATES
from awards.states import EntryMode
from awards.typed_days import TypedDay, ceremony_year

NEW_AWARD = "new"
WEEKS, FAIR, DAYS, NO_DATES = "weeks", "fair", "days", "none"
LARGEST_YEAR = 9999


def day_field(label: object, help_text: object = "") -> forms.DateField:
    """A day, as browsers send it and as people write it."""
    return TypedDay(
        label=label,
        help_text=help_text,
        input_formats=None,  # every way that the language knows
        error_messages={"invalid": _("Write the day as 2027-03-01.")},
    )


def ways_in() -> list[tuple[str, str]]:
    """How entries come into an edition."""
    return [(mode.value, capfirst(mode.label)) for mode in EntryMode]


class EditionForm(forms.Form):
    """The facts of an edition that does not exist yet. Awards are those that `person` may set up."""

    award = forms.ChoiceField(label=_("Award"))
    new_award_sv = forms.CharField(label=_("The new award's Swedish name"), max_length=200, required=False)
    new_award_en = forms.CharField(label=_("The new award's English name"), max_length=200, required=False)
    year = forms.IntegerField(
        label=_("The fair's year"),
        min_value=0,
        max_value=LARGEST_YEAR,
        help_text=_("Editions are called by the fair's year, even when the ceremony moves into another."),
        error_messages={"required": _("Write the year."), "invalid": _("Write the year with four digits.")},
    )
    is_rehearsal = forms.BooleanField(
        label=_("A rehearsal"),
        required=False,
        help_text=_("Behaves like a real edition, is never public, sends no letters, and can be wiped."),
    )
    key = forms.CharField(
        label=_("Key"),
        max_length=50,
        required=False,
        help_text=_("Stands in addresses. Empty: the year, as in 2027 or rehearsal-2027."),
    )
    entry_mode = forms.ChoiceField(label=_("Way in"), choices=ways_in, initial=EntryMode.APPLICATION)
    motto = forms.CharField(label=_("Motto"), max_length=200, required=False)
    theme = forms.CharField(label=_("The fair's theme"), max_length=200, required=False)
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    starts = day_field(_("The fair's first day"))
    ends = day_field(_("The fair's last day"))

    def __init__(self, person: Person, today: date, *args, **options) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.awards = {
            str(award.pk): award
            for award in Award.objects.order_by("pk")
            if permissions.may_set_up(person, award)
        }
        choices = [(pk, str(award)) for pk, award in self.awards.items()]
        if permissions.may_set_up(person, None):
            choices.append((NEW_AWARD, _("A new award")))
        else:
            del self.fields["new_award_sv"], self.fields["new_award_en"]
        self.fields["award"].choices = choices

    def clean(self) -> dict:
        """All that speaks against the edition, each by its field."""
        typed = super().clean()
        if "award" in typed and "year" in typed:
            for name, problem in problems_of(self.facts, self.today).items():
                self.refuse(name, problem)
        return typed

    def refuse(self, name: str, problem: object) -> None:
        """A sentence at the field, or above the form where it has none."""
        if name not in self.errors:
            self.add_error(name if name in self.fields else None, problem)

    @property
    def facts(self) -> EditionFacts:
        """What was typed."""
        typed = self.cleaned_data
        names = ("year", "is_rehearsal", "motto", "theme", "venue", "starts", "ends", "entry_mode")
        given = {name: typed[name] for name in names if name in typed}
        return EditionFacts(
            award=self.awards.get(typed["award"]),
            key=typed.get("key", "").strip(),
            new_award_sv=typed.get("new_award_sv", "").strip(),
            new_award_en=typed.get("new_award_en", "").strip(),
            **given,
        )


class NewEditionForm(EditionForm):
    """An edition from nothing: its stages come from a template."""

    template = forms.ChoiceField(
        label=_("Stages"),
        choices=lambda: [
            *((code, each.label) for code, each in TEMPLATES.items()),
            ("", _("None yet; I add them myself")),
        ],
        required=False,
        initial="application",
    )
    ceremony = day_field(
        _("Day of the ceremony"),
        _("The stages' dates follow from it and can be changed afterwards. Empty: stages without dates."),
    )

    def clean(self) -> dict:
        """A ceremony about the time of its fair."""
        typed = super().clean()
        if "year" in typed and (problem := ceremony_year(typed.get("ceremony"), typed["year"])):
            self.refuse("ceremony", problem)
        return typed


class CopyForm(EditionForm):
    """An edition made from another: which parts, and how far dates move."""

    parts = forms.MultipleChoiceField(
        label=_("What is copied"), widget=forms.CheckboxSelectMultiple, required=False
    )
    how = forms.ChoiceField(
        label=_("How dates move"),
        choices=[
            (WEEKS, _("As far as the fair moves, in whole weeks, so that weekdays hold")),
            (FAIR, _("Exactly as many days as the fair moves")),
            (DAYS, _("As many days as I write")),
            (NO_DATES, _("Not at all: stages and rounds come without dates")),
        ],
        widget=forms.RadioSelect,
        initial=WEEKS,
    )
    days = forms.IntegerField(
        label=_("Number of days"),
        required=False,
        min_value=-20000,
        max_value=20000,
        help_text=_("364 days are 52 weeks. Minus moves backwards."),
    )

    def __init__(self, source: Edition, person: Person, today: date, *args, **options) -> None:
        super().__init__(person, today, *args, **options)
        self.source = source
        offered = [part for part in copying.parts() if part.may(person, source)]
        self.fields["parts"].choices = [(part.name, part.label) for part in offered]
        self.fields["parts"].initial = [part.name for part in offered if part.chosen]

    def clean(self) -> dict:
        """A given number of days must be given; people need their seats."""
        typed = super().clean()
        if typed.get("how") == DAYS and typed.get("days") is None and "days" not in self.errors:
            self.add_error("days", _("Write how many days the dates move."))
        chosen = typed.get("parts", ())
        for part in copying.parts():
            if part.name in chosen and part.needs and part.needs not in chosen:
                self.add_error("parts", _("People are invited to seats, so copy the seats too."))
        return typed

    @property
    def shift(self) -> Shift:
        """How far dates move."""
        typed = self.cleaned_data
        if typed["how"] == NO_DATES:
            return WITHOUT_DATES
        if typed["how"] == DAYS:
            return Shift(typed["days"])
        fair = self.source.fair
        days = between(fair.starts, typed.get("starts") or self._known_start, typed["year"] - fair.label_year)
        return Shift(days if typed["how"] == FAIR else whole_weeks(days))

    @property
    def _known_start(self) -> date | None:
        fair = fair_of(self.facts)
        return fair.starts if fair else None

    def wishes(self) -> Iterator[tuple[str, str]]:
        """Everything that was asked for, as hidden fields carry it on."""
        for name in self.fields:
            for value in self.data.getlist(name):
                yield name, value
