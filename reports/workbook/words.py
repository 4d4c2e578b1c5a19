"""The workbook's words in its own language: they stand in formulas and come back with the file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

LANGUAGES = ("sv", "en")
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Words:
    """One language: texts by dotted name, numbers and moments as it writes them."""

    language: str
    tables: dict[str, dict[str, Any]]

    def __getitem__(self, name: str) -> Any:
        table, _, key = name.partition(".")
        return self.tables[table][key]

    def say(self, name: str, /, **values: object) -> str:
        """The text `name` with its places filled in."""
        return self[name].format(**values)

    def pair(self, name: str, /, **values: object) -> tuple[str, str]:
        """The heading and the sentence of `name`, both filled in."""
        heading, sentence = self[name]
        return heading.format(**values), sentence.format(**values)

    def number(self, value: Decimal | int) -> str:
        """4 -> "4", 0.5 -> "0,5", 2645.5 -> "2 645,5" in Swedish (with a space that does not break)."""
        text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text if self.language == "en" else text.translate({44: NO_BREAK, 46: ","})

    def fixed(self, value: Decimal, places: int) -> str:
        """`value` with exactly `places` decimals."""
        text = f"{value:,.{places}f}"
        return text if self.language == "en" else text.translate({44: NO_BREAK, 46: ","})

    def places(self, count: int) -> str:
        """ "2 decimals", in words."""
        return self.say(f"readme.places_{count}" if count < 2 else "readme.places_many", count=count)

    def moment(self, when: datetime) -> str:
        """A moment as people in Sweden read it off the wall."""
        local = when.astimezone(ZoneInfo("Europe/Stockholm"))
        return self.say(
            "common.moment",
            day=local.day,
            month=self["common.months"][local.month - 1],
            year=local.year,
            hour=f"{local:%H}",
            minute=f"{local:%M}",
        )


@cache
def words_in(language: str) -> Words:
    """The words in `language` ("sv", "en", "en-gb" ...); Swedish where the workbook does not speak it."""
    known = "en" if language.startswith("en") else "sv"
    path = Path(__file__).with_name(f"words.{known}.toml")
    return Words(known, tomllib.loads(path.read_text(encoding="utf-8")))
