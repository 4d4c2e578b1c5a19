"""What a dry run offers to save: sealed for one person, so that a page can carry it to the confirmation."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from awards.models import Person
from criteria.lines import NOTES, Line, Paper
from criteria.scoring import Blank, Mark
from reports.workbook.archive import WorkbookError
from reports.workbook_import import ChangeLine, DryRun

LASTS = 24 * 3600  # seconds
MOST = 3_000_000  # characters in the page


@dataclass(frozen=True)
class Written:
    """One field to write. `code` is empty for a note."""

    assignment: int
    code: str
    what: str
    value: Mark | str | None


@dataclass(frozen=True)
class Offer:
    """The file's hash, the sheets' versions as they were compared, and what the file says instead."""

    sha256: str
    workbook: str
    scoring_round: int
    versions: dict[int, int]
    changes: tuple[Written, ...]
    conflicts: tuple[Written, ...]

    def papers(self, chosen: Container[int]) -> dict[int, tuple[int, Paper]]:
        """{assignment: (version, what to write)}; of the conflicts only those whose numbers are chosen."""
        taken = [each for number, each in enumerate(self.conflicts) if number in chosen]
        by_assignment: dict[int, list[Written]] = {}
        for each in (*self.changes, *taken):
            by_assignment.setdefault(each.assignment, []).append(each)
        return {pk: (self.versions[pk], _paper(fields)) for pk, fields in by_assignment.items()}


def offer_of(found: DryRun) -> Offer:
    """A dry run's own offer."""
    return Offer(
        found.sha256,
        found.workbook,
        found.scoring_round.pk,
        found.versions,
        _written(found.changes),
        _written(found.conflicts),
    )


def sealed(offer: Offer, person: Person) -> str:
    """The offer as one text that only this person can hand back. WorkbookError when it is too much."""
    told = {
        "sha256": offer.sha256,
        "workbook": offer.workbook,
        "round": offer.scoring_round,
        "versions": list(offer.versions.items()),
        "changes": [_told(each) for each in offer.changes],
        "conflicts": [_told(each) for each in offer.conflicts],
    }
    text = signing.dumps(told, salt=_salt(person), compress=True)
    if len(text) > MOST:
        says = _("The file changes more than can be looked at in one page. Upload a part of it first.")
        raise WorkbookError("too_much", says)
    return text


def unsealed(text: str, person: Person) -> Offer | None:
    """The offer that was sealed for the person within a day, or None."""
    try:
        told = signing.loads(text, salt=_salt(person), max_age=LASTS)
    except signing.BadSignature:
        return None
    return Offer(
        told["sha256"],
        told["workbook"],
        told["round"],
        dict(told["versions"]),
        tuple(_heard(each) for each in told["changes"]),
        tuple(_heard(each) for each in told["conflicts"]),
    )


def _salt(person: Person) -> str:
    return f"jury workbook of person {person.pk}"


def _written(lines: Iterable[ChangeLine]) -> tuple[Written, ...]:
    return tuple(Written(each.assignment, each.code, each.what, each.written) for each in lines)


def _told(each: Written) -> list[Any]:
    value = each.value
    if isinstance(value, Mark):
        value = {"blank": str(value.blank)} if value.blank is not None else {"value": str(value.value)}
    return [each.assignment, each.code, each.what, value]


def _heard(told: list[Any]) -> Written:
    assignment, code, what, value = told
    if isinstance(value, dict):
        blank = value.get("blank")
        value = Mark(blank=Blank(blank)) if blank else Mark(value=Decimal(value["value"]))
    return Written(assignment, code, what, value)


def _paper(fields: list[Written]) -> Paper:
    """The fields as a paper that mentions nothing else."""
    lines: dict[str, dict[str, Any]] = {}
    notes = {}
    for each in fields:
        if each.what in NOTES:
            notes[each.what] = each.value
        else:
            lines.setdefault(each.code, {})[each.what] = each.value
    return Paper(
        {code: Line(**given) for code, given in lines.items()},
        only=frozenset((code, what) for code, given in lines.items() for what in given),
        **notes,
    )
