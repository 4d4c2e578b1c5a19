"""Typed values as they are kept, each with a sentence for what cannot be; no query."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nominees.asking import Standing, plain
from nominees.paper_signs import is_seen
from nominees.states import QuestionKind
from nominees.words import LONGEST

_MOST = Decimal(10) ** 11  # with four decimals fifteen digits: any database gives them back alike
_PLACES = Decimal("0.0001")
_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")  # 1.250: in Swedish a thousand or one and a quarter
_SPACES = dict.fromkeys(map(ord, " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"))


def read_answer(asked: Standing, raw: str) -> tuple[str, object]:
    """(the value as it is kept, the problem). With a problem the value is the raw text."""
    if asked.kind in (QuestionKind.GRADED, QuestionKind.CHOICE):
        return read_choice(raw, [code for code, _words in asked.choices])
    if asked.kind == QuestionKind.NUMBER:
        return read_number(raw)
    return read_text(raw, 300 if asked.kind == QuestionKind.SHORT_TEXT else LONGEST)


def read_text(raw: str, most: int) -> tuple[str, object]:
    """Text of at most `most` characters."""
    if len(raw) <= most:
        return raw, ""
    sentence = _("The text is {length} characters long; at most {most} can be saved. Shorten it.")
    return raw, format_lazy(sentence, length=len(raw), most=most)


def read_title(raw: str) -> tuple[str, object]:
    """A name in one line; signs that nobody sees make none."""
    line = " ".join(raw.split())
    return read_text(line if is_seen(line) else "", 200)


def read_choice(raw: str, codes: Collection[str]) -> tuple[str, object]:
    """One of the codes, or nothing."""
    if not raw or raw in codes:
        return raw, ""
    return raw, _("That choice does not exist. Choose one from the list.")


def read_number(raw: str) -> tuple[str, object]:
    """A number with comma or point, spaces between thousands allowed; kept to four decimals."""
    text = raw.translate(_SPACES).replace("\N{MINUS SIGN}", "-")
    if not text:
        return "", ""
    if _TWO_WAYS.fullmatch(text):
        whole, part = text.replace(".", ""), plain(Decimal(text)).replace(".", ",")
        sentence = _("{typed} can be read in two ways. Write {whole} or {part}, whichever you mean.")
        return raw, format_lazy(sentence, typed=text, whole=whole, part=part)
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return raw, _("Write a number with digits, such as 1250 or 12,5.")
    if number.is_finite() and abs(number) < _MOST:
        number = number.quantize(_PLACES)  # rounding may carry it over the edge: look again
    if not number.is_finite() or abs(number) >= _MOST:
        return raw, _("The number is too large to be saved.")
    return plain(number), ""
