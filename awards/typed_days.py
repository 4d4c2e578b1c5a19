"""The days that people may type: one bound for the whole house, and its sentence."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
YEARS_FROM_FAIR = 2  # so far from the fair's year may a ceremony be


def is_within(day: date) -> bool:
    """Whether the day lies among the years that an edition can have to do with."""
    return FIRST <= day <= LAST


def within(day: date) -> None:
    """ValidationError for a day that is a slip of the pen."""
    if not is_within(day):
        raise ValidationError(
            format_lazy(_("Write a day in the years {first} to {last}."), first=FIRST.year, last=LAST.year),
            code="out_of_reach",
        )


def ceremony_year(day: date | None, year: int) -> object:
    """What is wrong with a ceremony's day for the fair of that year; None when nothing is."""
    if day is None or abs(day.year - year) <= YEARS_FROM_FAIR:
        return None
    return format_lazy(
        _("The ceremony of the fair of {year} cannot be in {other}."), year=year, other=day.year
    )


class TypedDay(forms.DateField):
    """A day as browsers send it and as people write it, within the bound."""

    default_error_messages = {"invalid": _("Write the day as 2027-11-16.")}
    default_validators = [within]

    def __init__(self, **options) -> None:
        """Not needed unless it is said; drawn with the browser's own calendar."""
        options.setdefault("required", False)
        options.setdefault("input_formats", ["%Y-%m-%d"])
        options.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)
