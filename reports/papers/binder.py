"""The jury's binder: everything that was sent in, one application after the other, in a single PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import formats
from awards.jobs import Progress, in_silence
from awards.models import Edition, Person
from nominees.frozen import content_of
from nominees.models import Material, Nomination, Submission
from nominees.papers import typeset
from nominees.receipt import sent_at
from nominees.states import Audience
from nominees.submission_content import Chapter, chapters
from reports.papers.reach import UNSENT, all_entries, own_entries

PAPER = Path(__file__).parents[1] / "paper" / "binder.typ"


@dataclass(frozen=True)
class Bound:
    """One application as it is bound: what it says, and the version it was sent in as (None: never)."""

    entry: Nomination
    content: Mapping
    submission: Submission | None
    open_files: frozenset[int]

    @property
    def is_draft(self) -> bool:
        """Whether it has not been sent in."""
        return self.submission is None and self.entry.state in UNSENT


def binder_pdf(
    edition: Edition,
    *,
    by: Person | None,
    own: bool = False,
    with_drafts: bool = False,
    now: datetime | None = None,
    language: str = "sv",
    progress: Progress = in_silence,
) -> bytes:
    """The binder of an edition, as far as `by` may read it; `own` binds a juror's own entries.

    It holds what the jury may read, whoever orders it: answers for the organiser only and private files are
    left out. `with_drafts` lets in what has not been sent in.
    """
    now = now or timezone.now()
    entries = bound_entries(edition, by=by, own=own, with_drafts=with_drafts, now=now)
    return binder_of(edition, entries, now=now, language=language, progress=progress)


def bound_entries(
    edition: Edition, *, by: Person | None, own: bool, with_drafts: bool, now: datetime
) -> list[Bound]:
    """The applications in Swedish order: three queries, and a few for each that was never sent in here."""
    reach = own_entries if own else all_entries
    entries = list(reach(by, edition, now))
    sent = _last_versions(entries)
    files = Material.objects.for_jury_as_sent().filter(nomination__in=entries)
    open_files = frozenset(files.values_list("pk", flat=True))
    found = []
    for entry in entries:
        submission = sent.get(entry.pk)
        if submission is None and entry.state in UNSENT and not with_drafts:
            continue
        content = submission.content if submission else content_of(entry)
        found.append(Bound(entry, content, submission, open_files))
    return found


def how_many(edition: Edition, *, by: Person | None, now: datetime) -> int:
    """How many applications the binder would hold, without drafts. One query."""
    is_sent = Exists(Submission.objects.filter(nomination=OuterRef("pk")))
    return all_entries(by, edition, now).filter(is_sent | ~Q(state__in=UNSENT)).count()


def binder_of(
    edition: Edition, entries: list[Bound], *, now: datetime, language: str, progress: Progress = in_silence
) -> bytes:
    """The PDF of these applications. A step for each, and one for the typesetting."""
    steps = len(entries) + 1
    with translation.override(language):
        written = []
        for number, bound in enumerate(entries, start=1):
            written.append(_entry(bound, language))
            progress(number, steps)
        words = {
            "cover": _cover(edition, entries, now, language),
            "contents": _("Contents"),
            "entries": written,
            "files": {"title": _("Material"), "head": [_("File"), _("Pages"), _("Size")]},
            "empty": _("Not answered."),
            "nothing": _("The entry holds nothing yet."),
            "nobody": _("There is no entry to bind."),
        }
        title = _("The jury's binder, %(award)s %(edition)s") % _names(edition)
    made = typeset(PAPER, title, words, language, now, apart=True)
    progress(steps, steps)
    return made


def for_jury(content: Mapping) -> dict:
    """The content without what only the organiser reads, and without the list of files."""
    sections = [
        {**part, "answers": [each for each in part["answers"] if each["audience"] != Audience.ORGANISER]}
        for part in content["sections"]
    ]
    return {**content, "sections": sections, "materials": []}


def _last_versions(entries: Iterable[Nomination]) -> dict[int, Submission]:
    newest = Submission.objects.filter(nomination=OuterRef("nomination")).order_by("-number").values("number")
    rows = Submission.objects.filter(nomination__in=entries, number=Subquery(newest[:1]))
    return {row.nomination_id: row for row in rows}


def _names(edition: Edition) -> dict[str, str]:
    return {"award": edition.award.name_sv, "edition": edition.title}


def _cover(edition: Edition, entries: list[Bound], now: datetime, language: str) -> dict:
    count = len(entries)
    made = f"{formats.day_long(now, language, year=True)} {formats.clock(now)}"
    notes = [_("Confidential until the award has been announced. For the jury only.")]
    if edition.is_rehearsal:
        notes.insert(0, _("A rehearsal: everything in it is invented."))
    return {
        "heading": _("The jury's binder"),
        "edition": f"{edition.award.name_sv} {edition.title}",
        "facts": [
            [_("Fair"), str(edition.fair)],
            [_("It holds"), ngettext("%(n)s application", "%(n)s applications", count) % {"n": count}],
            [_("Made"), made],
        ],
        "note": " ".join(notes),
    }


def _entry(bound: Bound, language: str) -> dict:
    place = bound.entry.municipality
    return {
        "name": place.name,
        "title": place.full_name,
        "facts": _facts(bound, language),
        "note": _("A draft that has not been sent in. It may still change.") if bound.is_draft else "",
        "chapters": [_chapter(each) for each in chapters(for_jury(bound.content), language)],
        "files": list(_files(bound, language)),
    }


def _facts(bound: Bound, language: str) -> list[list[str]]:
    place = bound.entry.municipality
    population = formats.number(place.population, 0, language)
    facts = [
        [_("County"), place.county.name],
        [_("Municipality code"), place.code],
        [_("Population"), f"{population} ({formats.day(place.population_date, language)})"],
    ]
    if bound.submission:
        facts.append([_("Sent in"), sent_at(bound.submission, language)])
        facts.append([_("Version"), str(bound.submission.number)])
    return facts


def _chapter(chapter: Chapter) -> dict:
    return {
        "title": chapter.title,
        "items": [
            {
                "title": item.title,
                "note": capfirst(item.note),
                "lines": [[line.label, line.text.split("\n")] for line in item.lines],
            }
            for item in chapter.items
        ],
    }


def _files(bound: Bound, language: str) -> Iterator[dict]:
    """What the jury may open of what was sent in."""
    for each in bound.content["materials"]:
        if each["id"] in bound.open_files:
            yield {
                "name": each["name"],
                "note": " · ".join(text for text in (each["description"], each["link"]) if text),
                "pages": str(each["pages"] or "–"),
                "size": formats.size(each["size"], language) if each["size"] else "–",
            }
