"""What it costs to take every score out: processor time, memory and queries of each format, row by row."""

from __future__ import annotations

import tempfile
import tracemalloc
from functools import partial

from django.utils import timezone
from django.utils.translation import override

from awards.models import Edition, Person
from benchmarks.world import World
from reports.catalogue.registry import named
from reports.catalogue.report import Asked
from reports.exporting import export

MEGABYTE = 1_000_000


def export_of(world: World, name: str, ending: str):
    """Work that writes a report of the world's edition to a file on the disk, and gives its bytes."""
    asked = _asked(world.edition, world.organiser)

    def write() -> bytes:
        with tempfile.TemporaryFile() as out, override("sv"):
            export(named(name), asked, ending, out)
            return out.read()

    return write


def peak_of(world: World, name: str, ending: str) -> str:
    """The most memory that Python holds at once while a report is written, in words."""
    tracemalloc.start()
    try:
        export_of(world, name, ending)()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return f"{peak / MEGABYTE:.0f} MB"


def exports(world: World) -> list[tuple[str, partial]]:
    """Every export of the scores, by what it is called."""
    return [
        (f"{name}.{ending}", partial(export_of, world, name, ending))
        for name in ("scores_long", "scores_wide")
        for ending in ("csv", "json", "xlsx")
    ]


def _asked(edition: Edition, person: Person) -> Asked:
    found = Edition.objects.select_related("award", "fair").get(pk=edition.pk)
    return Asked(found, Person.objects.get(pk=person.pk), timezone.now())
