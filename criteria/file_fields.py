"""Reading single fields of a model's file: each is what it should be, or an error that names its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.scoring import Bilingual

MOST_ITEMS = 200
LONGEST_TEXT = 4000
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")

Json = dict[str, Any]


class ModelFileError(ValueError):
    """What is wrong with the file: `path` says where (root.children[2].scale), `reason` what."""

    def __init__(self, path: str, reason: str | Promise) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else str(self.reason)


def fields(data: object, path: str, required: set[str], optional: set[str]) -> Json:
    """An object with all the `required` fields and no others than the `optional` ones."""
    if not isinstance(data, dict):
        raise ModelFileError(path, _("Here there must be an object with named fields."))
    for name in required:
        if name not in data:
            raise ModelFileError(below(path, name), _("This field is missing."))
    for name in data:
        if name not in required and name not in optional:
            raise ModelFileError(below(path, str(name)), _("This field is not known here."))
    return data


def items(data: object, path: str, read_one: Callable[[object, str], Any]) -> list[Any]:
    """A list, each item read by `read_one(item, path)`."""
    if not isinstance(data, list) or len(data) > MOST_ITEMS:
        reason = format_lazy(_("Here there must be a list of at most {most}."), most=MOST_ITEMS)
        raise ModelFileError(path, reason)
    return [read_one(each, f"{path}[{place}]") for place, each in enumerate(data)]


def text(data: object, path: str) -> str:
    """Text of a reasonable length, empty or not."""
    if not isinstance(data, str) or len(data) > LONGEST_TEXT or "\x00" in data:
        reason = format_lazy(_("Here there must be text of at most {most} characters."), most=LONGEST_TEXT)
        raise ModelFileError(path, reason)
    return data


def bilingual(data: object, path: str) -> Bilingual:
    """An object with `sv` and `en`, either of which may be left out."""
    both = fields(data, path, set(), {"sv", "en"})
    return Bilingual(text(both.get("sv", ""), f"{path}.sv"), text(both.get("en", ""), f"{path}.en"))


def whole(data: object, path: str) -> int:
    """A whole number from 0."""
    if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data <= 1_000_000:
        raise ModelFileError(path, _("Here there must be a whole number."))
    return data


def number(data: object, path: str) -> Decimal:
    """A decimal number, as text or as a whole number; never a binary fraction."""
    if isinstance(data, int) and not isinstance(data, bool):
        data = str(data)
    if not isinstance(data, str) or not _NUMBER.fullmatch(data):
        raise ModelFileError(path, _("Here there must be a number, such as 40 or “4.5” (as text)."))
    return Decimal(data)


def number_or_none(data: object, path: str) -> Decimal | None:
    """The same, or nothing."""
    return None if data is None else number(data, path)


def below(path: str, name: str) -> str:
    """The path of a field in the object at `path`."""
    return f"{path}.{name}" if path else name
