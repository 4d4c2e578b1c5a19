"""Wiping a rehearsal wholly: whatever hangs on it on any floor, its files, its journal, its fair."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from awards import permissions
from awards.models import Edition, Fair, JournalEntry, Person
from awards.verdicts import no


def wipe_rehearsal(*, edition: Edition, by: Person | None) -> None:
    """Take a rehearsal away for ever, its journal too; a real edition is refused. Files go last."""
    permissions.may_organise(by, edition).require()
    if not edition.is_rehearsal:
        no(_("Only rehearsals can be wiped.")).require()
    key = edition.pk
    with transaction.atomic():
        files = _delete_with_all_that_hangs_on([edition])
        fair = Fair.objects.filter(pk=edition.fair_id, rehearsal=True, editions=None)
        files += _delete_with_all_that_hangs_on(list(fair))
        JournalEntry.objects.filter(edition_id=key, is_rehearsal=True).delete()
        transaction.on_commit(lambda: _throw_away(files))


@transaction.atomic
def forget_demonstration_people(*, by: Person | None) -> int:
    """Remove the demonstration's accounts that no rehearsal uses any more; gives how many."""
    permissions.may_organise(by, None).require()
    unused = list(Person.objects.filter(is_demonstration=True, roles=None))
    forgotten = 0
    for person in unused:
        try:
            with transaction.atomic():
                person.delete()
                forgotten += 1
        except (ProtectedError, RestrictedError):
            continue  # something of theirs is still there, and so are they
    return forgotten


def _delete_with_all_that_hangs_on(things: Iterable[models.Model]) -> list[models.fields.files.FieldFile]:
    """Delete, and first whatever points at it and would hold it back; gives the files left over."""
    things = list(things)
    files: list = []
    while things:
        collector = Collector(using=router.db_for_write(type(things[0])))
        try:
            collector.collect(things)
        except (ProtectedError, RestrictedError) as held:
            holders = held.args[1]
            files += _delete_with_all_that_hangs_on(_of_one_kind(holders))
            continue
        files += _files_of(collector)
        collector.delete()
        things = []
    return files


def _of_one_kind(things: Iterable[models.Model]) -> list[models.Model]:
    """The first ones of the same model: a collector takes one model at a time."""
    things = list(things)
    return [thing for thing in things if type(thing) is type(things[0])]


def _files_of(collector: Collector) -> list:
    rows = [row for each in collector.data.values() for row in each]
    for queryset in collector.fast_deletes:
        if _file_fields(queryset.model):
            rows += list(queryset)
    return [getattr(row, name) for row in rows for name in _file_fields(type(row)) if getattr(row, name)]


def _file_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, models.FileField)]  # noqa: SLF001 - Django's documented model interface


def _throw_away(files: Iterable) -> None:
    for file in files:
        file.storage.delete(file.name)
