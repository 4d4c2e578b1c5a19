"""How figures, days and times are written in Swedish and English; no request, no query, no clock."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MONTHS = {
    "sv": _words("januari februari mars april maj juni juli augusti september oktober november december"),
    "en": _words("January February March April May June July August September October November December"),
}
_MONTHS_SHORT = {
    "sv": _words("jan feb mars apr maj juni juli aug sep okt nov dec"),
    "en": _words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
}
_WEEKDAYS = {
    "sv": _words("måndag tisdag onsdag torsdag fredag lördag söndag"),
    "en": _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
_MARKS = {"sv": (SPACE, ","), "en": (",", ".")}
_UNITS = {
    "sv": {"minute": ("minut", "minuter"), "hour": ("timme", "timmar"), "month": ("månad", "månader")},
    "en": {"minute": ("minute", "minutes"), "hour": ("hour", "hours"), "month": ("month", "months")},
}
_RELATIVE = {
    "sv": {"in": "om {}", "ago": "för {} sedan", "now": "nu", "today": "i dag", "tomorrow": "i morgon",
           "yesterday": "i går", "day": ("dag", "dagar")},
    "en": {"in": "in {}", "ago": "{} ago", "now": "now", "today": "today", "tomorrow": "tomorrow",
           "yesterday": "yesterday", "day": ("day", "days")},
}  # fmt: skip


def written_language(code: str | None) -> str:
    """The language of the two that we write (`sv` or `en`) for a code such as `sv`, `en-gb` or None."""
    return "en" if (code or "sv").lower().startswith("en") else "sv"


def number(value, decimals: int | None = None, language: str = "sv") -> str:
    """`2645.5` as `2 645,5` (no-break space) or `2,645.5`; rounds half up; None gives an empty string.

    Without `decimals` the figure is written as it stands, trailing zeros of a float or Decimal taken away.
    Negative figures carry a true minus sign.
    """
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    if decimals is None:
        text = f"{exact.normalize():f}" if exact else "0"
    else:
        text = f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):f}"
    sign = MINUS if text.startswith("-") and text.strip("-0.") else ""
    whole, _point, fraction = text.lstrip("-").partition(".")
    group, mark = _MARKS[language]
    return sign + f"{int(whole):,}".replace(",", group) + (mark + fraction if fraction else "")


def signed(value, decimals: int | None = None, language: str = "sv") -> str:
    """A difference with its sign: `+4,3`, `−4,8`, `0`."""
    text = number(value, decimals, language)
    return "+" + text if text and not text.startswith(MINUS) and text.strip("0,.") else text


def percent(share, decimals: int = 0, language: str = "sv") -> str:
    """A share between 0 and 1 as `25 %` (Swedish, no-break space) or `25%`."""
    if share is None or share == "":
        return ""
    figure = number(Decimal(str(share)) * 100, decimals, language)
    return figure + (SPACE + "%" if language == "sv" else "%")


def size(count: int | None, language: str = "sv") -> str:
    """A file's size in bytes as `812 byte`, `38 kB`, `2,4 MB` (powers of ten)."""
    if count is None:
        return ""
    if count < 1000:
        return f"{count}{SPACE}byte" if language == "sv" or count == 1 else f"{count}{SPACE}bytes"
    for power, unit in ((1, "kB"), (2, "MB"), (3, "GB")):
        if count < 999_500 * 1000 ** (power - 1) or unit == "GB":
            break
    scaled = Decimal(count) / 1000**power
    return number(scaled, 0 if power == 1 else 1, language) + SPACE + unit


def span(first, last) -> str:
    """`2–4`, or `2` when both ends are the same."""
    return f"{first}" if first == last else f"{first}{DASH}{last}"


def local(when: datetime) -> datetime:
    """The same instant on a clock in Stockholm."""
    return when.astimezone(STOCKHOLM)


def _as_day(when: date | datetime) -> date:
    return local(when).date() if isinstance(when, datetime) else when


def day(when: date | datetime | None, language: str = "sv") -> str:
    """`22 nov 2026`, held together by no-break spaces."""
    if not when:
        return ""
    on = _as_day(when)
    return f"{on.day}{SPACE}{_MONTHS_SHORT[language][on.month - 1]}{SPACE}{on.year}"


def day_long(when: date | datetime | None, language: str = "sv", *, year: bool = False) -> str:
    """`fredag 25 september`, with the year when it is asked for."""
    if not when:
        return ""
    on = _as_day(when)
    words = [_WEEKDAYS[language][on.weekday()], str(on.day), _MONTHS[language][on.month - 1]]
    return SPACE.join(words + ([str(on.year)] if year else []))


def month(when: date | datetime | None, language: str = "sv") -> str:
    """`november 2014`: a date whose day is not known."""
    return f"{_MONTHS[language][when.month - 1]}{SPACE}{when.year}" if when else ""


def clock(when: datetime | None) -> str:
    """`14:03` in Stockholm."""
    return f"{local(when):%H:%M}" if when else ""


def deadline(when: datetime | None, language: str = "sv", *, now: datetime | None = None) -> str:
    """`fredag 25 september 23:59`; with the year when `now` lies in another year."""
    if not when:
        return ""
    other_year = now is not None and local(now).year != local(when).year
    return f"{day_long(when, language, year=other_year)}{SPACE}{clock(when)}"


def until(when: datetime, now: datetime, language: str = "sv") -> str:
    """How long is left: `om 6 dagar`, `i morgon`, `om 3 timmar`, `om 12 minuter`, `nu`."""
    words, left = _RELATIVE[language], when - now
    days = (_as_day(when) - _as_day(now)).days
    if left < timedelta(minutes=1):
        return words["now"]
    if days == 1 and left >= timedelta(hours=12):
        return words["tomorrow"]
    return words["in"].format(_length(left, days, language))


def since(when: datetime, now: datetime, language: str = "sv") -> str:
    """How long ago: `för 5 minuter sedan`, `i går`, `för 6 dagar sedan`, `nu`."""
    words, gone = _RELATIVE[language], now - when
    days = (_as_day(now) - _as_day(when)).days
    if gone < timedelta(minutes=1):
        return words["now"]
    if days == 1:
        return words["yesterday"]
    return words["ago"].format(_length(gone, days, language))


def _length(stretch: timedelta, days: int, language: str) -> str:
    minutes = int(stretch.total_seconds() // 60)
    if minutes < 60:
        return _count(minutes, _UNITS[language]["minute"])
    if days < 1 or minutes < 12 * 60:
        return _count(minutes // 60, _UNITS[language]["hour"])
    if days < 60:
        return _count(days, _RELATIVE[language]["day"])
    return _count(round(days / 30.44), _UNITS[language]["month"])


def _count(how_many: int, words: tuple[str, str]) -> str:
    return f"{how_many}{SPACE}{words[0] if how_many == 1 else words[1]}"


def moment(when: datetime | None, now: datetime, language: str = "sv") -> str:
    """When something happened: `i dag 14:03`, `i går 09:20`, `18 sep 16:11`, `18 sep 2024 16:11`."""
    if not when:
        return ""
    days = (_as_day(now) - _as_day(when)).days
    if days in (0, 1):
        named = _RELATIVE[language]["today" if days == 0 else "yesterday"]
        return f"{named} {clock(when)}".replace(" ", SPACE)
    on = day(when, language)
    if local(when).year == local(now).year:
        on = on.rsplit(SPACE, 1)[0]
    return f"{on}{SPACE}{clock(when)}"
