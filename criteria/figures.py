"""A number inside a sentence, written with the decimal sign of whoever reads it."""

from decimal import Decimal

from django.utils.functional import lazy
from django.utils.translation import get_language

from awards.formats import number, written_language


def _written(value: Decimal) -> str:
    return number(value, language=written_language(get_language()))


figure = lazy(_written, str)
