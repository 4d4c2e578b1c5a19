"""A time as people type it in Sweden; one that does not exist, or exists twice, is refused in words."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.typed_days import within

FORMAT = "%Y-%m-%dT%H:%M"


class HiddenTime(forms.DateTimeInput):
    """A time as a hidden field carries it, written as the visible one."""

    input_type = "hidden"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format=FORMAT)


class WallTime(forms.DateTimeField):
    """A day and a time on a clock in Stockholm; gives the instant."""

    hidden_widget = HiddenTime
    default_error_messages = {
        "required": _("Give a day and a time."),
        "invalid": _("Write the day and the time as 2027-03-01 12:00."),
    }

    def __init__(self, **options) -> None:
        """Both what browsers send and what people write are read."""
        options.setdefault(
            "input_formats", [FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d kl %H:%M"]
        )
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT))
        super().__init__(**options)

    def to_python(self, value: object) -> datetime | None:
        """The instant; the clock is Stockholm's whatever the process's own."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return instant(value.replace(tzinfo=None)) if value.tzinfo is None else value
        for pattern in self.input_formats:
            try:
                typed = datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007 - the zone comes next
            except ValueError:
                continue
            within(typed.date())
            return instant(typed)
        raise ValidationError(self.error_messages["invalid"], code="invalid")


def instant(typed: datetime) -> datetime:
    """The instant of a wall time in Stockholm; ValidationError where summer time makes it none or two."""
    first, second = (typed.replace(tzinfo=formats.STOCKHOLM, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if first.utcoffset() < second.utcoffset():
        raise ValidationError(
            _("That time does not exist: the clocks go forward from 02:00 to 03:00 then. Choose another."),
            code="no_such_time",
        )
    raise ValidationError(
        _("That time comes twice: the clocks go back from 03:00 to 02:00 then. Choose another."),
        code="time_twice",
    )
