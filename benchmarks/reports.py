"""What it costs to take every score out: processor time, memory and queries of each format, row by row."""

from __future__ import annotations

import tempfile
from functools import partial

from django.utils import timezone
from django.utils.translation import override

from awards.models import Edition, Person
from benchmarks.peak import peak_of_child
from benchmarks.world import World
from reports.catalogue.registry import named
from reports.catalogue.report import Asked
from reports.exporting import export

MEGABYTE = 1_000_000


def export_of(world: World, name: str, ending: str):
    """Work that writes a report of the world's edition to a file on the disk, and gives its bytes."""
    asked = _asked(world.edition.pk, world.organiser.pk)

    def write() -> bytes:
        with tempfile.TemporaryFile() as out, override("sv"):
            export(named(name), asked, ending, out)
            return out.read()

    return write


def export_to_disk(edition: int, person: int, name: str, ending: str) -> None:
    """Write a report to a file on the disk and read nothing back."""
    with tempfile.TemporaryFile() as out, override("sv"):
        export(named(name), _asked(edition, person), ending, out)


def peak_of(world: World, name: str, ending: str) -> str:
    """The most memory that a process holds which does nothing else than write this report, in words."""
    peak = peak_of_child(name, ending, world.edition.pk, world.organiser.pk)
    return f"{peak * 1024 / MEGABYTE:.0f} MB"


def exports(world: World) -> list[tuple[str, partial]]:
    """Every export of the scores, by what it is called."""
    return [
        (f"{name}.{ending}", partial(export_of, world, name, ending))
        for name in ("scores_long", "scores_wide")
        for ending in ("csv", "json", "xlsx")
    ]


def _asked(edition: int, person: int) -> Asked:
    found = Edition.objects.select_related("award", "fair").get(pk=edition)
    return Asked(found, Person.objects.get(pk=person), timezone.now())
