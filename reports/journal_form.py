"""By whom, what and when the journal is searched; a value that is not understood empties it and says so."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.links import Link
from awards.swedish import sort_key
from awards.typed_days import TypedDay
from awards.verb_groups import LABELS
from reports.journal_rows import SYSTEM, JournalFilters, People


class JournalForm(forms.Form):
    """Four fields, none of them needed."""

    person = forms.ChoiceField(label=_("Who"), required=False)
    group = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *LABELS.items()]
    )
    since = TypedDay(label=_("From"))
    until = TypedDay(label=_("To and including"))

    def __init__(self, *args, people: People, **options) -> None:
        super().__init__(*args, **options)
        names = [(str(pk), str(name)) for pk, name in people.names.items()]
        names.sort(key=lambda choice: sort_key(choice[1]))
        self.fields["person"].choices = [("", _("Everybody")), *names, (SYSTEM, _("The system"))]
        for field in self.fields.values():
            field.error_messages["invalid"] = _("Write the day as 2027-11-16.")
            field.error_messages["invalid_choice"] = _("“%(value)s” is not among the choices.")

    @property
    def filters(self) -> JournalFilters:
        """What was asked for, when the form is sound."""
        return JournalFilters(**self.cleaned_data)

    def chips(self, query: QueryDict, language: str) -> tuple[Link, ...]:
        """What is chosen, each with the address without it."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return tuple(
            Link(self._in_words(name, value, language), f"?{urlencode(_without(query, name))}")
            for name, value in chosen.items()
        )

    def _in_words(self, name: str, value: object, language: str) -> str:
        field = self.fields[name]
        shown = dict(field.choices)[value] if hasattr(field, "choices") else formats.day(value, language)
        return say("%(label)s: %(value)s") % {"label": field.label, "value": shown}


def _without(query: QueryDict, name: str) -> list[tuple[str, str]]:
    kept = ("person", "group", "since", "until")
    return [(each, query[each]) for each in kept if each != name and query.get(each)]
