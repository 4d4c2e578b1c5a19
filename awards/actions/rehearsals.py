"""Wiping a rehearsal wholly: whatever hangs on it on any floor, its files, its journal, its fair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models, router, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from awards import permissions
from awards.models import Edition, Fair, JournalEntry, Person, Source
from awards.verdicts import no


def wipe_rehearsal(*, edition: Edition, by: Person | None) -> None:
    """Take a rehearsal away for ever, its journal too; a real edition is refused. Files go last."""
    permissions.may_organise(by, edition).require()
    if not edition.is_rehearsal:
        no(_("Only rehearsals can be wiped.")).require()
    key = edition.pk
    with transaction.atomic():
        gone = Gone()
        _delete_with_all_that_hangs_on([edition], gone)
        fair = Fair.objects.filter(pk=edition.fair_id, rehearsal=True, editions=None)
        _delete_with_all_that_hangs_on(list(fair), gone)
        _forget_sources(gone.sources)
        JournalEntry.objects.filter(edition_id=key, is_rehearsal=True).delete()
        transaction.on_commit(lambda: _throw_away(gone.files))


@dataclass
class Gone:
    """What deleted rows leave behind: their files, and the sources (by id) that they named."""

    files: list[models.fields.files.FieldFile] = field(default_factory=list)
    sources: set[int] = field(default_factory=set)


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


def _delete_with_all_that_hangs_on(things: Iterable[models.Model], gone: Gone) -> None:
    """Delete, and first whatever points at it and would hold it back; `gone` learns what is left over."""
    things = list(things)
    while things:
        collector = Collector(using=router.db_for_write(type(things[0])))
        try:
            collector.collect(things)
        except (ProtectedError, RestrictedError) as held:
            _delete_with_all_that_hangs_on(_of_one_kind(held.args[1]), gone)
            continue
        gone.files += _files_of(collector)
        gone.sources |= _sources_of(collector)
        collector.delete()
        things = []


def _sources_of(collector: Collector) -> set[int]:
    """Which sources the rows that go are the ones to name."""
    found: set[int | None] = set()
    for model, rows in collector.data.items():
        for name in _fields_to(model, Source):
            found.update(getattr(row, name) for row in rows)
    for queryset in collector.fast_deletes:
        for name in _fields_to(queryset.model, Source):
            found.update(queryset.values_list(name, flat=True))
    return {pk for pk in found if pk is not None}


def _forget_sources(keys: set[int]) -> None:
    """Delete the sources among these that nothing names any more."""
    unused = Source.objects.filter(pk__in=keys)
    for key in _fields_at(Source):
        named = key.model.objects.filter(**{f"{key.name}__in": keys})
        unused = unused.exclude(pk__in=named.values(key.name))
    unused.delete()


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


def _fields_at(target: type[models.Model]) -> list[models.ForeignKey]:
    """Every foreign key of the installation that points at this model, also those without a way back."""
    found = target._meta.get_fields(include_hidden=True)  # noqa: SLF001 - the same
    return [each.field for each in found if each.auto_created and each.one_to_many]


def _fields_to(model: type[models.Model], target: type[models.Model]) -> list[str]:
    """The columns of a model that point at another one."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented model interface
    return [each.attname for each in fields if each.related_model is target]


def _file_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, models.FileField)]  # noqa: SLF001 - Django's documented model interface


def _throw_away(files: Iterable) -> None:
    for file in files:
        file.storage.delete(file.name)
