"""A pasted list of people to invite: read line by line, each told what will happen or what is wrong."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Invitation, Role
from awards.states import RoleKind
from nominees.models import Contact, Municipality
from nominees.recognition import Recognised, gazetteer

MOST_LINES = 500
_OPEN = "\0"  # no text that is posted holds it
COLUMNS = ("name", "email", "role", "place")
HEADINGS = {
    "namn": "name",
    "name": "name",
    "e-post": "email",
    "epost": "email",
    "e-postadress": "email",
    "mejl": "email",
    "e-mail": "email",
    "email": "email",
    "roll": "role",
    "role": "role",
    "organisation": "place",
    "kommun": "place",
    "organisation/kommun": "place",
    "kommun/organisation": "place",
    "municipality": "place",
    "plats": "seat",
    "seat": "seat",
    "panel": "panel",
}
ROLES = {
    "ledamot": RoleKind.JUROR,
    "jurymedlem": RoleKind.JUROR,
    "juror": RoleKind.JUROR,
    "ordförande": RoleKind.CHAIR,
    "chair": RoleKind.CHAIR,
    "vice ordförande": RoleKind.DEPUTY,
    "deputy": RoleKind.DEPUTY,
    "deputy chair": RoleKind.DEPUTY,
    "observatör": RoleKind.OBSERVER,
    "observer": RoleKind.OBSERVER,
    "arrangör": RoleKind.ORGANISER,
    "organiser": RoleKind.ORGANISER,
    "kontakt": RoleKind.CONTACT,
    "kontaktperson": RoleKind.CONTACT,
    "contact": RoleKind.CONTACT,
}


class Fate(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    SAME = "same"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Line:
    """One line with what it says, what will happen, and why not."""

    number: int
    name: str = ""
    email: str = ""
    kind: str = ""
    place: str = ""
    seat: str = ""
    panel: str = ""
    municipality: Municipality | None = None
    fate: Fate = Fate.NEW
    why: object = ""

    @property
    def role(self) -> object:
        """The role in words."""
        return RoleKind(self.kind).label if self.kind else ""


@dataclass(frozen=True)
class Checked:
    """The whole list. It is written wholly or not at all."""

    lines: tuple[Line, ...]
    problem: object = ""  # of the list as a whole

    @property
    def new(self) -> tuple[Line, ...]:
        """Those who will be invited."""
        return tuple(line for line in self.lines if line.fate == Fate.NEW)

    @property
    def problems(self) -> int:
        """How many lines must be mended first."""
        return sum(line.fate == Fate.PROBLEM for line in self.lines)

    @property
    def may_be_written(self) -> bool:
        """Whether there is somebody to invite and nothing to mend."""
        return bool(self.new) and not self.problems and not self.problem

    @property
    def fingerprint(self) -> str:
        """What stands for exactly these invitations."""
        facts = [f"{line.number}|{line.email}|{line.kind}|{line.place}|{line.fate}" for line in self.lines]
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def checked(text: str, edition: Edition, now: datetime) -> Checked:
    """Read a pasted list: five queries, however long it is."""
    rows = _rows(text)
    if len(rows) > MOST_LINES:
        return Checked((), format_lazy(_("A list has at most {most} lines. Divide it."), most=MOST_LINES))
    if not rows:
        return Checked((), _("There is nobody in the list."))
    known = _Known(edition, now)
    return Checked(tuple(_once_each([known.judge(line) for line in _lines(rows)])))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """(number, cells) of every line that says something; the separator is tab, semicolon or comma.

    A line with a quotation mark that is not closed, which would swallow all that follow, is one cell: see
    `_is_open`.
    """
    text = unicodedata.normalize("NFC", text.replace("\ufeff", "").replace("\N{NO-BREAK SPACE}", " "))
    lines = re.split(r"\r\n|\r|\n", text)
    first = next((line for line in lines if line.strip()), "")
    separator = next((each for each in "\t;" if each in first), ",")
    rows = [(number, _cells(line, separator)) for number, line in enumerate(lines, start=1)]
    return [(number, row) for number, row in rows if any(row)]


def _cells(line: str, separator: str) -> list[str]:
    reader = csv.reader([line, ""], delimiter=separator)
    row = next(reader)
    if reader.line_num > 1:
        return [_OPEN + line.strip()]
    return [" ".join(cell.split()) for cell in row]


def _is_open(row: list[str]) -> bool:
    """Whether a quotation mark on the line was not closed."""
    return row[0].startswith(_OPEN)


def _lines(rows: list[tuple[int, list[str]]]) -> Iterable[Line]:
    names = [HEADINGS.get(cell.casefold().rstrip(":"), "") for cell in rows[0][1]]
    columns: Iterable[str] = COLUMNS
    if "email" in names:
        columns, rows = names, rows[1:]
    else:
        rows = [(number, _two_cells(row)) for number, row in rows]
    for number, row in rows:
        if _is_open(row):
            broken = Line(number, name=row[0].removeprefix(_OPEN)[:150])
            yield _refused(
                broken, _("A quotation mark is not closed on this line. Close it or take it away.")
            )
            continue
        typed = dict(zip(columns, row, strict=False))
        typed |= _parted(typed)
        kind = ROLES.get(typed.get("role", "").casefold(), "")
        fields = {name: typed.get(name, "")[:150] for name in ("name", "place")}
        fields |= {name: typed.get(name, "")[:80] for name in ("seat", "panel")}
        email = typed.get("email", "").lower()
        line = Line(number, email=email, kind=kind, **fields)
        if typed.get("role") and not kind:
            line = _refused(line, _("“{role}” is not a role here. Write for instance ledamot or kontakt."),
                            role=typed["role"])  # fmt: skip
        yield line


def _parted(typed: Mapping[str, str]) -> dict[str, str]:
    """Name and address where both stand in the address's cell, as letter programs write: Åsa <asa@...>."""
    name, address = parseaddr(typed.get("email", ""))
    if "<" not in typed.get("email", "") or "@" not in address:
        return {}
    return {"email": address, "name": typed.get("name", "") or name}


def _two_cells(row: list[str]) -> list[str]:
    """A line without headings whose first cell holds both name and address, with a cell for each."""
    name, address = parseaddr(row[0])
    if "<" not in row[0] or "@" not in address:
        return row
    return [name, address, *row[2 if row[1:2] == [""] else 1 :]]


def _refused(line: Line, why: object, **words: str) -> Line:
    return replace(line, fate=Fate.PROBLEM, why=format_lazy(why, **words) if words else why)


def _once_each(lines: list[Line]) -> list[Line]:
    """An address that stands twice is a problem, but for a contact of several municipalities."""
    first: dict[str, Line] = {}
    found = []
    for line in lines:
        before = first.setdefault(line.email, line)
        two_homes = line.kind == before.kind == RoleKind.CONTACT and line.municipality != before.municipality
        if line.email and before is not line and not two_homes and line.fate != Fate.PROBLEM:
            found.append(
                _refused(line, _("The address stands on line {number} too."), number=str(before.number))
            )
        else:
            found.append(line)
    return found


class _Known:
    """What the edition and the country already hold."""

    def __init__(self, edition: Edition, now: datetime) -> None:
        self.municipalities = gazetteer()
        roles = Role.objects.filter(edition=edition, ended_at=None).exclude(kind=RoleKind.CONTACT)
        contacts = Contact.objects.in_force(now).filter(edition=edition)
        waiting = Invitation.objects.filter(
            edition=edition, accepted_at=None, revoked_at=None, expires_at__gt=now
        )
        self.members = {(email, kind, None) for email, kind in roles.values_list("person__email", "kind")}
        self.members |= {
            (email, RoleKind.CONTACT.value, code)
            for email, code in contacts.values_list("person__email", "municipality__code")
        }
        self.invited = {
            (email, kind, details.get("municipality"))
            for email, kind, details in waiting.values_list("email", "kind", "details")
        }

    def judge(self, line: Line) -> Line:
        """The line with its municipality and its fate."""
        if line.fate == Fate.PROBLEM:
            return line
        try:
            validate_email(line.email)
        except ValidationError:
            return _refused(line, _("The e-mail address is missing or not valid."))
        found = self._home(line)
        if not line.kind and (found.municipality or len(found.candidates) > 1):
            line = replace(line, kind=RoleKind.CONTACT)
        if not line.kind:
            return _refused(line, _("The role is missing."))
        if line.kind == RoleKind.CONTACT:
            if found.municipality is None:
                return _refused(line, found.says)
            line = replace(line, municipality=found.municipality, place=found.municipality.full_name)
        return self._met(line)

    def _home(self, line: Line) -> Recognised:
        """The municipality that the line is about; sought where it may be a contact's."""
        if line.kind not in ("", RoleKind.CONTACT):
            return Recognised()
        if not line.place:
            says = _("There is no municipality called “{place}”.")
            return Recognised(says=format_lazy(says, place="–"))
        return self.municipalities.find(name=line.place)

    def _met(self, line: Line) -> Line:
        key = (line.email, str(line.kind), line.municipality.code if line.municipality else None)
        if key in self.members:
            return replace(line, fate=Fate.SAME, why=_("Takes part already; nothing happens."))
        if key in self.invited:
            return replace(line, fate=Fate.SAME, why=_("Is already invited; nothing happens."))
        return line
