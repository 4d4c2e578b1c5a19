"""Material of an entry: uploading, replacing, describing and removing it, each with its journal row."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Person
from awards.verdicts import no
from nominees import permissions
from nominees.actions.turns import take_turn
from nominees.drafts import Clash, Written, compare
from nominees.models import Material, Nomination
from nominees.states import MaterialState
from nominees.uploads.allowed import film_problem
from nominees.uploads.receiving import NO_ROOM, Limits, Received
from nominees.words import tidy

logger = logging.getLogger(__name__)
GONE = _("This file has been replaced or removed, perhaps by a colleague. Load the page again.")
NOT_KEPT = _("{name} could not be kept just now. Try again in a while.")
MOST_WORDS = 300  # characters of a description


class NotKeptError(Exception):
    """The storage did not take the file; nothing was written."""


def limits_of(nomination: Nomination) -> Limits:
    """What may still come in for the entry. One query."""
    used = Material.objects.current().filter(nomination=nomination).aggregate(used=Sum("size"))["used"] or 0
    left = max(settings.MATERIAL_LIMIT - used, 0)
    return Limits(settings.MATERIAL_FILE_LIMIT, left, settings.MATERIAL_LIMIT)


def add_material(
    *,
    nomination: Nomination,
    received: Received,
    description: str = "",
    is_private: bool = False,
    question: int | None = None,
    replaces: int | None = None,
    now: datetime,
    by: Person,
) -> tuple[Material, bool]:
    """Keep a file that has come in, to be checked, perhaps in the place of another (`replaces`).

    The jury reads the old one until the entry is sent in anew. Gives the material and whether it is new: the
    same file posted twice is kept once. The file lies in the storage before its row is written, so that no
    row ever stands without its file.
    """
    permissions.may_upload(by, nomination, now).require()
    material = Material(
        nomination=nomination,
        question_id=question,
        name=received.name,
        description=one_line(description),
        content_type=received.kind.content_type,
        size=received.size,
        sha256=received.sha256,
        is_private=is_private,
        uploaded_at=now,
        uploaded_by=by,
    )
    if again := _alike(material):
        return _once_more(again, material, now, by), False
    _store(material, received)
    try:
        kept = _write(material, replaces, now, by)
    except BaseException:
        material.file.delete(save=False)
        raise
    if kept is not material:
        material.file.delete(save=False)
    return kept, kept is material


def _store(material: Material, received: Received) -> None:
    try:
        material.file.save(received.name, File(received.file), save=False)
    except Exception as error:  # a full disk, a bucket that is away: each storage has errors of its own
        logger.exception("the storage did not take a file")
        raise NotKeptError(str(format_lazy(NOT_KEPT, name=received.name))) from error


@transaction.atomic
def _write(material: Material, replaces: int | None, now: datetime, by: Person) -> Material:
    """The row and what it replaces; the entry's own row is locked first: two uploads never overfill."""
    nomination = material.nomination
    take_turn(nomination, now, by)
    if again := _alike(material):
        return again
    old = None
    if replaces is not None:
        old = Material.objects.current().filter(nomination=nomination, pk=replaces).first()
        if old is None:
            no(GONE).require()
        material.description = material.description or old.description
        material.is_private, material.question_id = old.is_private, old.question_id
    limits = limits_of(nomination)
    if material.size > limits.left + (old.size if old else 0):
        no(format_lazy(NO_ROOM, name=material.name, most=limits.in_all // 1_000_000)).require()
    material.save()
    if old is not None:
        Material.objects.filter(pk=old.pk).update(replaced_by=material)
    verb = "replace_material" if old else "add_material"
    journal.record(
        verb,
        material,
        by=by,
        edition=nomination.edition,
        nomination=nomination.pk,
        **({"old": old.pk} if old else {}),
    )
    return material


@transaction.atomic
def add_film(
    *,
    nomination: Nomination,
    link: str,
    description: str = "",
    is_private: bool = False,
    now: datetime,
    by: Person,
) -> Material:
    """Keep a link to a film, with a journal row. The address is never fetched; the same link is kept once."""
    permissions.may_upload(by, nomination, now).require()
    link = link.strip()
    if problem := film_problem(link):
        no(problem).require()
    take_turn(nomination, now, by)
    if again := Material.objects.current().filter(nomination=nomination, link=link).first():
        return again
    words = one_line(description)
    film = Material.objects.create(
        nomination=nomination,
        name=(words or link.removeprefix("https://"))[:255],
        description=words,
        link=link,
        is_private=is_private,
        state=MaterialState.READY,
        uploaded_at=now,
        uploaded_by=by,
    )
    journal.record("add_film", film, by=by, edition=nomination.edition, nomination=nomination.pk)
    return film


@transaction.atomic
def describe_material(
    *, nomination: Nomination, pk: int, written: Mapping[str, Written], now: datetime, by: Person
) -> tuple[Material, list[Clash]]:
    """Say what a file is and who may read it, with a journal row when anything changed.

    A field that bears the mark of what its page showed was not touched, and stays as it is. One that a
    colleague has changed meanwhile comes back as a clash, and then nothing is written. Who may read it holds
    for what it took the place of as well: a jury reads that until it is sent in again.
    """
    permissions.may_upload(by, nomination, now).require()
    take_turn(nomination, now, by)
    material = _current(nomination, pk)
    tidied = {name: Written(one_line(each.value), each.was) for name, each in written.items()}
    changes, clashes = compare(said_of(material), tidied)
    if clashes or not changes:
        return material, clashes
    if "is_private" in changes:
        material.is_private = bool(changes["is_private"])
        Material.objects.line_of(material).update(is_private=material.is_private)
    material.description = changes.get("description", material.description)
    material.save(update_fields=["description", "is_private"])
    journal.record("describe_material", material, by=by, edition=nomination.edition, nomination=nomination.pk)
    return material, []


def said_of(material: Material) -> dict[str, str]:
    """What is said of a file, as its form posts it."""
    return {"description": material.description, "is_private": "yes" if material.is_private else ""}


@transaction.atomic
def remove_material(*, nomination: Nomination, pk: int, now: datetime, by: Person) -> Material:
    """Take a file, and what it took the place of, out of the entry with a journal row.

    A version that was sent in with it still names it, and its package keeps it; the jury loses it at once.
    """
    permissions.may_upload(by, nomination, now).require()
    take_turn(nomination, now, by)
    material = _current(nomination, pk)
    Material.objects.line_of(material).filter(removed_at=None).update(removed_at=now)
    material.removed_at = now
    journal.record("remove_material", material, by=by, edition=nomination.edition, nomination=nomination.pk)
    return material


def one_line(raw: str) -> str:
    """A description as it is kept: one line, nothing unseen, at most MOST_WORDS characters."""
    return " ".join(tidy(raw)[0].split())[:MOST_WORDS].strip()


def _alike(material: Material) -> Material | None:
    """The same bytes under the same name, for the same question or for none in particular."""
    rows = (
        Material.objects.current()
        .filter(nomination=material.nomination, sha256=material.sha256, name=material.name)
        .exclude(state=MaterialState.REFUSED)
    )
    if material.question_id:
        rows = rows.filter(Q(question=material.question_id) | Q(question=None)).order_by(
            F("question").asc(nulls_last=True), "pk"
        )
    return rows.first()


@transaction.atomic
def _once_more(again: Material, said: Material, now: datetime, by: Person) -> Material:
    """The file is there already: what is said of it for the first time is noted, with a journal row."""
    nomination = said.nomination
    take_turn(nomination, now, by)
    noted = {}
    if said.question_id and not again.question_id:
        noted["question_id"] = said.question_id
    if said.description and not again.description:
        noted["description"] = said.description
    if said.is_private and not again.is_private:
        noted["is_private"] = True
    if noted:
        if "is_private" in noted:
            Material.objects.line_of(again).update(is_private=True)
        Material.objects.filter(pk=again.pk).update(**noted)
        again.refresh_from_db()
        journal.record(
            "describe_material", again, by=by, edition=nomination.edition, nomination=nomination.pk
        )
    return again


def _current(nomination: Nomination, pk: int) -> Material:
    material = Material.objects.current().filter(nomination=nomination, pk=pk).first()
    if material is None:
        no(GONE).require()
    return material
