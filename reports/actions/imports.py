"""A table on its way in: kept for a day, read by its columns, asked about, imported whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards.actions.invitations import invite
from awards.actions.people import correct_seat
from awards.journal import record
from awards.models import Edition, Person, Role
from awards.verdicts import no
from nominees.actions.contacts import correct_contact, invite_contact
from nominees.actions.imports import import_entries, import_evaluations
from nominees.models import Contact, Municipality
from nominees.states import ContactLevel
from reports import permissions
from reports.cells import plain_text
from reports.importing.columns import guessed, heading_key, heading_row
from reports.importing.contacts import ContactWanted
from reports.importing.jurors import SeatWanted
from reports.importing.kinds import CONTACTS, EVALUATIONS, KINDS, NOMINATIONS
from reports.importing.plan import Plan, plan_of
from reports.importing.reading_apart import read_apart
from reports.models import ColumnMemory, ImportDraft


class MovedError(Exception):
    """What the import would do is no longer what was shown."""


def start_import(
    *, edition: Edition, kind: str, name: str, content: bytes, source: str, now: datetime, by: Person
) -> ImportDraft:
    """Read the file apart, guess its columns, keep it for its person. UnreadableError when it is no table."""
    permissions.may_import(by, edition, kind).require()
    table = asdict(read_apart(content))
    wanted = KINDS[kind]
    memory = ColumnMemory.objects.filter(person=by, kind=kind).first()
    headings = heading_row(table["rows"], wanted)
    titles = table["rows"][headings][1]
    return ImportDraft.objects.create(
        person=by,
        edition=edition,
        kind=kind,
        name=plain_text(name)[:300],
        source=source,
        sha256=hashlib.sha256(content).hexdigest(),
        table=table,
        headings=headings,
        columns=guessed(titles, wanted, memory.columns if memory else {}),
        fills={"source": source} if wanted.needs_source else {},
        created_at=now,
    )


@transaction.atomic
def choose_columns(
    *, draft: ImportDraft, columns: Sequence[str], fills: Mapping[str, str], by: Person
) -> ImportDraft:
    """Say which column is which; the person's next table of the kind is read the same way."""
    permissions.may_import(by, draft.edition, draft.kind).require()
    draft.columns, draft.fills, draft.is_mapped = list(columns), dict(fills), True
    draft.save(update_fields=["columns", "fills", "is_mapped"])
    titles = draft.table["rows"][draft.headings][1]
    said = {
        heading_key(title): name for title, name in zip(titles, columns, strict=True) if heading_key(title)
    }
    memory, _is_new = ColumnMemory.objects.get_or_create(person=by, kind=draft.kind)
    memory.columns = {**memory.columns, **said}
    memory.save(update_fields=["columns"])
    return draft


def answer_rows(*, draft: ImportDraft, answers: Mapping[str, str], by: Person) -> ImportDraft:
    """Say which municipality a doubtful row is about, or leave a row out; an empty answer takes one back."""
    permissions.may_import(by, draft.edition, draft.kind).require()
    kept = {**draft.answers, **answers}
    draft.answers = {row: answer for row, answer in kept.items() if answer}
    draft.save(update_fields=["answers"])
    return draft


@transaction.atomic
def import_table(*, draft: ImportDraft, digest: str, greeting: str = "", now: datetime, by: Person) -> Plan:
    """Write what was shown under `digest`, all of it; the journal keeps the file's hash, source and counts.

    MovedError, and nothing written, when the file, its columns or the database say something else by now.
    The addresses in the draft are let go.
    """
    permissions.may_import(by, draft.edition, draft.kind).require()
    claimed = ImportDraft.objects.filter(pk=draft.pk, person=by, imported_at=None).update(imported_at=now)
    if not claimed:
        no(_("This table has already been imported.")).require()
    draft.edition = Edition.objects.select_for_update().get(pk=draft.edition_id)
    plan = plan_of(draft, now)
    if plan.digest != digest:
        raise MovedError
    plan.verdict.require()
    _write(draft, plan, greeting, now, by)
    draft.imported_at, draft.counts = now, plan.counts
    draft.table, draft.answers = {}, {}
    draft.save(update_fields=["counts", "table", "answers"])
    told = {"kind": draft.kind, "sha256": draft.sha256, "source": draft.source, **plan.counts}
    record("import_table", draft, by=by, edition=draft.edition, **told)
    return plan


@transaction.atomic
def discard_import(*, draft: ImportDraft, by: Person) -> None:
    """Let the table go; nothing of it was written. The journal keeps that there was one."""
    permissions.may_import(by, draft.edition, draft.kind).require()
    record("discard_import", draft, by=by, edition=draft.edition, kind=draft.kind)
    draft.delete()


def forget_imports(now: datetime) -> int:
    """Let go of tables that lie there since more than a day; gives how many. The clock's work."""
    return ImportDraft.objects.expired(now).delete()[1].get("reports.ImportDraft", 0)


def _write(draft: ImportDraft, plan: Plan, greeting: str, now: datetime, by: Person) -> None:
    if draft.kind == NOMINATIONS.name:
        import_entries(edition=draft.edition, entries=plan.acts, now=now, by=by)
    elif draft.kind == EVALUATIONS.name:
        import_evaluations(edition=draft.edition, areas=plan.acts, by=by)
    elif draft.kind == CONTACTS.name:
        _write_contacts(draft.edition, plan.acts, greeting, now, by)
    else:
        _write_seats(draft.edition, plan.acts, greeting, now, by)


def _write_contacts(
    edition: Edition, acts: list[ContactWanted], greeting: str, now: datetime, by: Person
) -> None:
    """Whoever is to submit comes first, so that no municipality is without."""
    municipalities = Municipality.objects.in_bulk({each.municipality for each in acts})
    contacts = Contact.objects.select_related("edition", "municipality").in_bulk(
        {each.contact for each in acts if each.contact}
    )
    for each in sorted(acts, key=lambda act: act.level != ContactLevel.SUBMITTER):
        if each.contact:
            correct_contact(contact=contacts[each.contact], level=each.level, title=each.title, by=by)
            continue
        invite_contact(
            email=each.email,
            edition=edition,
            municipality=municipalities[each.municipality],
            level=each.level,
            title=each.title,
            greeting=greeting,
            now=now,
            by=by,
        )


def _write_seats(edition: Edition, acts: list[SeatWanted], greeting: str, now: datetime, by: Person) -> None:
    roles = Role.objects.select_related("edition").in_bulk({each.role for each in acts if each.role})
    for each in acts:
        seat = {"seat": each.seat, "organisation": each.organisation, "panel": each.panel}
        if each.role:
            correct_seat(role=roles[each.role], by=by, **seat)
        else:
            invite(
                email=each.email,
                edition=edition,
                kind=each.kind,
                details=seat,
                greeting=greeting,
                now=now,
                by=by,
            )
