"""What a municipality was called, and by which code, on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nominees.models import Municipality, MunicipalityName


def name_on(municipality: Municipality, names: Iterable[MunicipalityName], day: date) -> str:
    """The name in force on `day`; today's where no other is known."""
    return _on(names, "name", day) or municipality.name


def code_on(municipality: Municipality, names: Iterable[MunicipalityName], day: date) -> str:
    """The code in force on `day`; today's where no other is known."""
    return _on(names, "code", day) or municipality.code


def aliases_on(names: Iterable[MunicipalityName], day: date) -> tuple[str, ...]:
    """What it also called itself on `day`."""
    return tuple(each.value for each in names if each.kind == "alias" and _holds(each, day))


def _on(names: Iterable[MunicipalityName], kind: str, day: date) -> str:
    return next((each.value for each in names if each.kind == kind and _holds(each, day)), "")


def _holds(name: MunicipalityName, day: date) -> bool:
    began = name.valid_from is None or name.valid_from <= day
    return began and (name.valid_to is None or day <= name.valid_to)
