"""What must hold after every crash: nothing answered is lost, nothing is half, nothing is twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from awards.models import JournalEntry, Letter
from benchmarks.contact import CODES, Contact
from nominees.models import Answer, Material, NominationEvent, Submission
from nominees.states import EventKind
from nominees.submission_content import fingerprint

SENT_IN = (EventKind.SUBMITTED, EventKind.SUPPLEMENTED)


class Marks:
    """Looks at the world after each round, and remembers what may only grow."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self.contacts = list(contacts)
        self.versions: dict[int, int] = {}
        self.journal = 0

    def broken(self) -> list[str]:
        """A sentence for each thing that does not hold."""
        found = [*_database(), *_files(), *self._growing()]
        for contact in self.contacts:
            found += [f"entry {contact.entry.pk}: {text}" for text in _of(contact)]
        return found

    def _growing(self) -> Iterator[str]:
        rows = JournalEntry.objects.count()
        if rows < self.journal:
            yield f"the journal shrank from {self.journal} to {rows} rows"
        self.journal = rows
        for pk, version in Answer.objects.values_list("pk", "version"):
            if version < self.versions.get(pk, 0):
                yield f"answer {pk} went back from version {self.versions[pk]} to {version}"
            self.versions[pk] = version


def strays() -> list[str]:
    """Files in the folder of materials that belong to no row."""
    rows = set(Material.objects.exclude(file="").values_list("file", flat=True))
    return sorted({str(path.relative_to(settings.MEDIA_ROOT)) for path in _kept()} - rows)


def _kept() -> Iterator[Path]:
    return (path for path in Path(settings.MEDIA_ROOT, "materials").rglob("*") if path.is_file())


def _database() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for question in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
            answer = cursor.execute(question).fetchall()
            if answer not in ([("ok",)], []):
                yield f"{question}: {answer[:3]}"


def _files() -> Iterator[str]:
    for material in Material.objects.exclude(file=""):
        if not material.file.storage.exists(material.file.name):
            yield f"material {material.pk} has no file"
            continue
        with material.file.open("rb") as file:
            content = file.read()
        if (len(content), hashlib.sha256(content).hexdigest()) != (material.size, material.sha256):
            yield f"material {material.pk} holds other bytes than were received"


def _of(contact: Contact) -> Iterator[str]:
    while contact.strange:
        yield contact.strange.pop(0)
    yield from _answers(contact)
    yield from _uploads(contact)
    yield from _submissions(contact)


def _answers(contact: Contact) -> Iterator[str]:
    """What was answered as saved is there, or what was sent after it, whole."""
    kept = dict(Answer.objects.filter(nomination=contact.entry).values_list("question__code", "text"))
    for code in CODES:
        may_be = [contact.known.get(code), *contact.hoped.get(code, [])]
        if code in contact.known and kept.get(code) not in may_be:
            yield f"{code} holds {kept.get(code, '')[:40]!r}, not {may_be[0][:40]!r} or later"
    for code, texts in contact.hoped.items():
        if kept.get(code) in texts:  # it was written although nobody heard so
            contact.known[code] = kept[code]
            contact.saves += 1
        contact.hoped[code] = []
    rows = _journal(contact, "save_draft")
    if rows != contact.saves:
        yield f"{rows} saves in the journal, {contact.saves} texts were kept"


def _uploads(contact: Contact) -> Iterator[str]:
    rows = Counter(Material.objects.filter(nomination=contact.entry).values_list("sha256", flat=True))
    for digest, size in contact.files.items():
        if rows[digest] != 1:
            yield f"an answered upload of {size} bytes has {rows[digest]} rows"
    if (written := _journal(contact, "add_material")) != rows.total():
        yield f"{written} uploads in the journal, {rows.total()} files"


def _submissions(contact: Contact) -> Iterator[str]:
    kept = list(Submission.objects.filter(nomination=contact.entry).order_by("number"))
    if [each.number for each in kept] != list(range(1, len(kept) + 1)):
        yield f"the versions are numbered {[each.number for each in kept]}"
    events = NominationEvent.objects.filter(nomination=contact.entry, kind__in=SENT_IN).count()
    if not len(kept) == events == _journal(contact, "submit"):
        yield f"{len(kept)} versions, {events} events, {_journal(contact, 'submit')} in the journal"
    texts = []
    for each in kept:
        if each.sha256 != fingerprint(each.content):
            yield f"version {each.number} has another hash than its content"
        if (letters := Letter.objects.filter(once_key=f"receipt:{each.pk}").count()) != 1:
            yield f"version {each.number} has {letters} receipts"
        answers = (answer for part in each.content["sections"] for answer in part["answers"])
        texts.append({answer["code"]: answer["text"] for answer in answers})
    for known in contact.sent_in:
        if known not in texts:
            yield "a version that was answered as sent in is not there"


def _journal(contact: Contact, verb: str) -> int:
    about = JournalEntry.objects.filter(verb=verb)
    if verb == "add_material":
        return about.filter(data__nomination=contact.entry.pk).count()
    return about.filter(thing="nomination", thing_id=contact.entry.pk).count()
