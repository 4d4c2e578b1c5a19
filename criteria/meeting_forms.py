"""What is posted from the meeting's screens: values with their reasons, who is there, who goes first."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.form_problems import Problem
from criteria import values
from criteria.actions.meetings import Wish
from criteria.attendance import Table
from criteria.combine import agreed_codes
from criteria.plan import plan_for
from criteria.scoring import ScoringModel

LONGEST = 4_000
MOST = 2**31 - 1


@dataclass
class Written:
    """The values as far as they could be read, what was typed, and what is wrong, both by posted name."""

    wishes: dict[str, Wish] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    problems: dict[str, object] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    token: int | None = None
    left: frozenset[int] = frozenset()

    @property
    def summary(self) -> list[Problem]:
        """The problems with links to their fields."""
        return [Problem(str(text), self.titles[name], name) for name, text in self.problems.items()]


def read_values(model: ScoringModel, post: QueryDict, language: str) -> Written:
    """Read the criteria that the meeting agrees on; what was not posted stays untouched."""
    written = Written(token=whole_number(post.get("token")), left=numbers(post.getlist("left")))
    for code in agreed_codes(model):
        if f"value-{code}" in post:
            _read(written, model, code, post, language)
    return written


def _read(written: Written, model: ScoringModel, code: str, post: QueryDict, language: str) -> None:
    node = plan_for(model).by_code[code].node
    value, reason = f"value-{code}", f"reason-{code}"
    typed = written.typed
    typed[value] = post[value].replace("\x00", "").strip()
    typed[reason] = tidy_lines(post.get(reason, ""))
    title = node.title.in_language(language)
    reading = values.parse(typed[value], node)
    if not reading.ok:
        written.problems[value], written.titles[value] = reading.reason, title
    if len(typed[reason]) > LONGEST:
        sentence = _("The text is {length} characters long; at most {most} can be kept.")
        written.problems[reason] = format_lazy(sentence, length=len(typed[reason]), most=LONGEST)
    elif typed[value] and not typed[reason]:
        written.problems[reason] = _("Write in a few words why you agreed on this value.")
    elif typed[reason] and not typed[value]:
        written.problems[value] = _("Write the value you agreed on, or take the reason away.")
    for name in (value, reason):
        if name in written.problems:
            written.titles[name] = title
    written.wishes[code] = Wish(reading.mark, typed[reason] if reading.mark else "")


def tidy_lines(text: str) -> str:
    """A text with its line ends made alike, without what cannot be kept."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def whole_number(raw: str | None) -> int | None:
    """A posted token; -1, which fits nothing, where it is no number; None where none was posted."""
    if raw is None:
        return None
    return int(raw) if raw.isascii() and raw.isdigit() and int(raw) <= MOST else -1


def numbers(raw: list[str]) -> frozenset[int]:
    """Posted ids."""
    return frozenset(int(each) for each in raw if each.isascii() and each.isdigit() and int(each) <= MOST)


class AttendanceForm(forms.Form):
    """Who is there, and the chair's note."""

    present = forms.MultipleChoiceField(
        label=_("Present"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("The chair's note"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the minutes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)

    def __init__(self, *args, table: Table, **options) -> None:
        """The seats of the table are the choices."""
        super().__init__(*args, **options)
        self.fields["present"].choices = [(str(seat.role), seat.name) for seat in table.seats]


class OrderForm(forms.Form):
    """The chair's order of equals: a place for each, and why."""

    reason = forms.CharField(
        label=_("Why in this order"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, tied: dict[int, str], **options) -> None:
        """One field for each of the equals."""
        super().__init__(*args, **options)
        self.tied = tied
        choices = [("", _("Choose")), *((str(place), str(place)) for place in range(1, len(tied) + 1))]
        for key, name in tied.items():
            self.fields[f"place-{key}"] = forms.ChoiceField(label=name, choices=choices)
        self.order_fields([*(f"place-{key}" for key in tied), "reason"])

    def clean(self) -> dict:
        """No place twice."""
        data = super().clean()
        given = [data[f"place-{key}"] for key in self.tied if f"place-{key}" in data]
        if len(set(given)) != len(given):
            self.add_error(f"place-{next(iter(self.tied))}", _("Give each of the equals its own place."))
        return data

    @property
    def order(self) -> list[int]:
        """The equals, best first."""
        return sorted(self.tied, key=lambda key: int(self.cleaned_data[f"place-{key}"]))
