"""What is typed to invite somebody."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards.states import RoleKind
from nominees.models import Municipality
from nominees.states import ContactLevel


def seats() -> list[tuple[str, str]]:
    """The roles that are invited to the jury and the organisers."""
    return [(kind.value, capfirst(kind.label)) for kind in RoleKind if kind != RoleKind.CONTACT]


def levels() -> list[tuple[str, str]]:
    """What a contact may do."""
    return [(level.value, capfirst(level.label)) for level in ContactLevel]


class GreetingForm(forms.Form):
    """What a letter of invitation also says, in one's own words; the last field of its form."""

    greeting = forms.CharField(
        label=_("Your own lines in the letter"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def order_fields(self, field_order) -> None:
        """The greeting last, where no other order is wanted."""
        super().order_fields(field_order or [name for name in self.fields if name != "greeting"])


class InvitePersonForm(GreetingForm):
    """Somebody to the jury or to the organisers."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    kind = forms.ChoiceField(label=_("Role"), choices=seats, initial=RoleKind.JUROR)
    seat = forms.CharField(
        label=_("Seat"),
        max_length=80,
        required=False,
        help_text=_("What the others see, such as Juror A. The seat stays when its holder changes."),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    panel = forms.CharField(label=_("Panel"), max_length=80, required=False)


class InviteColleagueForm(GreetingForm):
    """Somebody to write for one's own municipality."""

    email = forms.EmailField(label=_("E-mail address"))
    level = forms.ChoiceField(label=_("May"), choices=levels, initial=ContactLevel.EDITOR)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)


class LevelForm(forms.Form):
    """What a colleague may do."""

    level = forms.ChoiceField(label=_("May"), choices=levels)


class SuccessorField(forms.Form):
    """Whether the invited colleague takes over one's own place."""

    takes_over = forms.BooleanField(
        label=_("Takes over after me"),
        required=False,
        help_text=_(
            "When the invitation is accepted you no longer reach the application, and your successor may do "
            "at least what you may. All you wrote stays."
        ),
    )


class InviteContactForm(InviteColleagueForm):
    """Somebody to write for a municipality, as the organiser invites."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.order_by("sort_key"),
        to_field_name="code",
        empty_label=_("Choose a municipality"),
    )
    field_order = ["municipality", "email", "level", "title", "greeting"]


class OwnColleagueForm(InviteColleagueForm, SuccessorField):
    """A colleague, who may be one's successor."""

    field_order = ["email", "level", "title", "takes_over", "greeting"]


class HandOverForm(GreetingForm):
    """Who takes over after somebody."""

    email = forms.EmailField(label=_("The successor's e-mail address"))
    name = forms.CharField(label=_("Name"), max_length=150, required=False)


class PeopleListForm(GreetingForm):
    """A list pasted from a spreadsheet or a mail."""

    people = forms.CharField(
        label=_("The list"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("One person a line: name; e-mail address; role; organisation or municipality."),
    )
