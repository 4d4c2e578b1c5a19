"""The policy table: for every address and role whether it is reached, refused in words, or not there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("policy.toml")
ALL, SIGNED_IN, ANONYMOUS = "all", "signed_in", "anonymous"


class Answer(StrEnum):
    """What a role gets."""

    REACHED = "reached"
    REFUSED = "refused"  # 403, with the reason
    NOTHING = "nothing"  # 404, as if it did not exist
    SIGN_IN = "sign_in"  # led to the sign-in page


@dataclass(frozen=True)
class Case:
    """One situation of one address."""

    url: str
    yes: tuple[str, ...]
    refused: tuple[str, ...] = ()
    says: str = ""
    method: str = "GET"
    data: dict = field(default_factory=dict)
    world: str = ""
    open: bool = False  # open to ask for those who have not signed in, too
    sv: str = ""
    en: str = ""

    def answer(self, role: str) -> Answer:
        """What `role` gets; `anonymous` is who has not signed in."""
        if ALL in self.yes:
            return Answer.REACHED
        if role == ANONYMOUS:
            return Answer.NOTHING if self.open else Answer.SIGN_IN
        if SIGNED_IN in self.yes or role in self.yes:
            return Answer.REACHED
        return Answer.REFUSED if role in self.refused else Answer.NOTHING


@dataclass(frozen=True)
class Page:
    """One address by its name, or all under a prefix."""

    name: str
    sv: str
    en: str
    cases: tuple[Case, ...]
    prefix: str = ""


@dataclass(frozen=True)
class Policy:
    """The whole table, in the file's order."""

    roles: tuple[str, ...]
    pages: tuple[Page, ...]


@cache
def policy() -> Policy:
    """The table as its file says it."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    roles, groups = tuple(table.pop("roles")), table.pop("groups")
    return Policy(roles, tuple(_page(name, row, groups) for name, row in table.items()))


def _page(name: str, row: dict, groups: dict[str, list[str]]) -> Page:
    cases = tuple(_case(dict(case), groups) for case in row["cases"])
    return Page(name, row["sv"], row["en"], cases, row.get("prefix", ""))


def _case(row: dict, groups: dict[str, list[str]]) -> Case:
    lists = {key: _spread(row.pop(key, ()), groups) for key in ("yes", "refused")}
    return Case(**lists, **row)


def _spread(names: list[str], groups: dict[str, list[str]]) -> tuple[str, ...]:
    """Roles, with each group's name replaced by its roles."""
    return tuple(role for name in names for role in groups.get(name, [name]))
