"""Values as people write them in Sweden: figures, days and words; what cannot be one has its sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nominees.states import DatePrecision

T = TypeVar("T")
YEARS = range(1900, 2101)
NOTHING = ("", "-", "–", "—")
SHOWN = 60  # characters of a wrong value that are repeated

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ud800-\udfff]")
_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")
_FIGURE = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:(?P<group>[.,])[0-9]{3})+(?P<mark>[.,])[0-9]+")

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_NAME = re.compile(r"^(?:(?:må|ti|on|to|fr|lö|sö)[a-zåäö]*\.?,?\s+)?(?:den\s+)?")
_CLOCK = re.compile(r"[\st]+(?:kl\.?\s*)?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./ ]\s?([0-9]{4})")
_NAMED = re.compile(rf"([0-9]{{1,2}})(?:\.|:[ae])?\s*({_MONTH})\.?\s*([0-9]{{4}})")
_MONTH_ONLY = re.compile(rf"({_MONTH})\.?\s*([0-9]{{4}})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ][0-9]{2}")


class ValueTroubleError(Exception):
    """The cell says something that cannot be; `says` is the sentence."""

    def __init__(self, says: str | Promise) -> None:
        super().__init__()
        self.says = says


@dataclass(frozen=True)
class When:
    """A day, a month or a year, as exactly as it was written."""

    day: date
    precision: str = DatePrecision.DAY

    @property
    def written(self) -> str:
        """`2021-02-03`, `2021-02` or `2021`."""
        return self.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def cleaned(text: str) -> str:
    """One line of NFC text without blanks around or signs that nobody sees; a lone dash is nothing."""
    text = " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
    return "" if text in NOTHING else text


def has_control_characters(text: str) -> bool:
    """Whether the text holds what can be neither printed nor seen (line breaks and tabs are no trouble)."""
    return bool(_CONTROL.search(text))


def plain(text: str, most: int) -> str:
    """Text as it stands, not longer than its place and nothing that a spreadsheet takes for a formula."""
    if len(text) > most:
        raise ValueTroubleError(format_lazy(_("The text is longer than {most} characters."), most=most))
    if _FORMULA.match(text):
        raise _trouble(_("“{text}” begins like a formula. Write the value itself."), text)
    return text


def address(text: str) -> str:
    """An e-mail address in small letters."""
    text = text.removeprefix("mailto:").lower()
    try:
        validate_email(text)
    except ValidationError:
        raise _trouble(_("“{text}” is not an e-mail address."), text) from None
    return text


def chosen(text: str, words: Mapping[str, T]) -> T:
    """The value that one of the known words stands for."""
    found = words.get(text.casefold())
    if found is None:
        first: dict[T, str] = {}
        for word, value in words.items():
            first.setdefault(value, word)
        known = ", ".join(first.values())
        says = format_lazy(
            _("“{text}” is not known here. Write one of: {known}."), text=_cut(text), known=known
        )
        raise ValueTroubleError(says)
    return found


def figure(text: str, places: int = 2) -> Decimal:
    """A number with decimal comma or point, `1 234,5` or `1.234,5`; no more decimals than `places`."""
    if len(text) > SHOWN:
        raise _trouble(_("“{text}” is not a number."), text)
    bare = text.replace("\N{MINUS SIGN}", "-").replace(" ", "").replace("\u00a0", "")
    grouped = _GROUPED.fullmatch(bare)
    if grouped and grouped["group"] != grouped["mark"]:
        bare = bare.replace(grouped["group"], "")
    if not _FIGURE.fullmatch(bare) or len(bare) > 18:
        raise _trouble(_("“{text}” is not a number."), text)
    number = Decimal(bare.replace(",", "."))
    if number != round(number, places):
        says = format_lazy(_("“{text}” has more than {most} decimals."), text=_cut(text), most=places)
        raise ValueTroubleError(says)
    return number


def whole(text: str, most: int) -> int:
    """A whole number from 1 to `most`; a spreadsheet's `3.0` is 3."""
    number = figure(text)
    if number != int(number) or not 1 <= number <= most:
        says = format_lazy(_("“{text}” is not a whole number from 1 to {most}."), text=_cut(text), most=most)
        raise ValueTroubleError(says)
    return int(number)


def when(text: str) -> When:
    """A day, a month or a year in any form that is written in Sweden; a doubtful one is asked about."""
    if len(text) > SHOWN:
        raise _not_a_date(text)
    bare = _CLOCK.sub("", _DAY_NAME.sub("", text.casefold()))
    if match := _YEAR_FIRST.fullmatch(bare):
        return _day(text, match[1], match[3], match[4])
    if match := _DAY_FIRST.fullmatch(bare):
        if int(match[2]) > 12 >= int(match[1]):
            raise _trouble(_("“{text}” has the month first. Write the date as 2027-03-05."), text)
        return _day(text, match[3], match[2], match[1])
    if match := _NAMED.fullmatch(bare):
        return _day(text, match[3], _MONTHS[match[2]], match[1])
    if match := _MONTH_ONLY.fullmatch(bare):
        return _month(text, match[2], _MONTHS[match[1]])
    if bare.isascii() and bare.isdigit():
        return _digits(text, bare)
    if match := _YEAR_MONTH.fullmatch(bare):
        return _month(text, match[1], match[2])
    if _SHORT_YEAR.fullmatch(bare):
        raise _trouble(_("The year of “{text}” is unclear. Write the date as 2027-03-05."), text)
    raise _not_a_date(text)


def whole_day(text: str) -> date:
    """As `when`, where a month or a year is not enough."""
    found = when(text)
    if found.precision != DatePrecision.DAY:
        raise _trouble(_("“{text}” is not a whole date. Write it as 2027-03-05."), text)
    return found.day


def _digits(text: str, bare: str) -> When:
    if len(bare) == 8:
        return _day(text, bare[:4], bare[4:6], bare[6:])
    if len(bare) == 6:  # as Swedish authorities number: year, month, day
        return _day(text, f"20{bare[:2]}", bare[2:4], bare[4:])
    if len(bare) == 4:
        return When(_checked(text, int(bare), 1, 1), DatePrecision.YEAR)
    if len(bare) == 5:
        raise _trouble(
            _("“{text}” is a spreadsheet's own number of a day. Format the column as a date."), text
        )
    raise _not_a_date(text)


def _day(text: str, year: str, month: str | int, day: str) -> When:
    return When(_checked(text, int(year), int(month), int(day)))


def _month(text: str, year: str, month: str | int) -> When:
    return When(_checked(text, int(year), int(month), 1), DatePrecision.MONTH)


def _checked(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _trouble(_("There is no such day as “{text}”."), text) from None
    if found.year not in YEARS:
        raise _trouble(_("The year of “{text}” cannot be right."), text)
    return found


def _not_a_date(text: str) -> ValueTroubleError:
    return _trouble(_("“{text}” is not a date. Write it as 2027-03-05."), text)


def _trouble(sentence: str | Promise, text: str) -> ValueTroubleError:
    return ValueTroubleError(format_lazy(sentence, text=_cut(text)))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
