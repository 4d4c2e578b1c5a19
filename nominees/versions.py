"""The versions of an entry that were sent in: which, when, by whom, and what happened between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nominees.differences.versions import Changed, changes
from nominees.frozen import content_of
from nominees.models import Nomination, NominationEvent, Submission
from nominees.states import DECIDED, EventKind
from nominees.submission_content import is_same

MOVES = (
    EventKind.APPLIED,
    EventKind.NOMINATED,
    EventKind.ACCEPTED,
    EventKind.DECLINED,
    EventKind.SUBMITTED,
    EventKind.SUPPLEMENTED,
    EventKind.REOPENED,
    EventKind.WITHDREW,
)


@dataclass(frozen=True)
class History:
    """All versions, the newest first; and two of them compared, where there are two."""

    versions: tuple[Submission, ...]
    events: tuple[NominationEvent, ...]
    first: int | None
    second: int | None
    changed: tuple[Changed, ...]

    @property
    def last(self) -> Submission | None:
        """The version that counts."""
        return self.versions[0] if self.versions else None


def versions_of(entry: Nomination) -> QuerySet:
    """The versions without their content, with who sent them in, the newest first."""
    return (
        Submission.objects.filter(nomination=entry)
        .select_related("submitted_by")
        .defer("content")
        .order_by("-number")
    )


def find_version(entry: Nomination, number: str = "") -> Submission | None:
    """The version of that number, or the last one. One query."""
    found = Submission.objects.filter(nomination=entry).select_related("submitted_by").order_by("-number")
    if number:
        found = found.filter(number=int(number)) if number.isdecimal() and len(number) < 9 else found.none()
    submission = found.first()
    if submission:
        submission.nomination = entry
    return submission


def history(entry: Nomination, first: str, second: str, language: str, now: datetime) -> History:
    """At most three queries. Without a choice the last version is compared with the one before it.

    What is decided about the entry is not among what happened until it is told.
    """
    versions = tuple(versions_of(entry))
    numbers = [each.number for each in versions]
    chosen = [int(each) for each in (first, second) if each.isdecimal() and int(each) in numbers]
    if len(chosen) < 2:
        chosen = numbers[1::-1]
    if len(chosen) < 2:
        return History(versions, _events(entry, now), None, None, ())
    pair = sorted(chosen)
    contents = dict(
        Submission.objects.filter(nomination=entry, number__in=pair).values_list("number", "content")
    )
    changed = changes(contents[pair[0]], contents[pair[1]], language)
    return History(versions, _events(entry, now), pair[0], pair[1], changed)


def _events(entry: Nomination, now: datetime) -> tuple[NominationEvent, ...]:
    events = entry.events.filter(kind__in=MOVES).select_related("by").order_by("-pk")
    return tuple(events if entry.is_told(now) else events.exclude(kind__in=DECIDED))


def has_changed(entry: Nomination, last: Submission) -> bool:
    """Whether the entry says anything else now than in its last version. The queries of `content_of`.

    What the check has found in a file that went along is no change of theirs.
    """
    sent = [each["id"] for each in last.content["materials"]]
    return not is_same(content_of(entry, ("sv",), unchecked=sent), last.content)
