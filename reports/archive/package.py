"""Building the package of an edition in a folder: data, tables, papers, originals, and a last look."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation

from awards import formats
from awards.jobs import Progress, in_silence
from awards.models import Edition
from nominees.models import Material
from nominees.states import MaterialState
from nominees.uploads.file_names import free_name
from reports.archive.manifest import problems_of, write_manifest
from reports.archive.papers import pdf_files
from reports.archive.readable import csv_files
from reports.archive.tables import tables_of, write_rows

CHUNK = 65_536
README = Path(__file__).with_name("LASMIG.txt")
STAGES = 5  # data, tables, papers, originals, the last look


class DamagedPackageError(Exception):
    """What was written is not what was read again."""


@dataclass(frozen=True)
class Package:
    """A finished package: how many files, their bytes together, and what could not be taken along."""

    folder: Path
    files: int
    size: int
    missing: tuple[str, ...]


def build_package(
    edition: Edition, folder: Path, *, now: datetime, progress: Progress = in_silence
) -> Package:
    """Write the whole package into an empty folder and read it again; nothing is held in memory as a whole.

    Raises FileExistsError where something lies in the folder, DamagedPackageError where the disk gave back
    something else than was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    originals = list(_originals(edition))
    steps = STAGES + len(originals)
    with translation.override("sv"):
        _write_data(edition, folder / "json")
        progress(1, steps)
        _write_all(folder / "csv", csv_files(edition))
        progress(2, steps)
        _write_all(folder / "pdf", pdf_files(edition, now))
        progress(3, steps)
        (folder / README.name).write_text(_readme(edition, now), encoding="utf-8-sig", newline="\r\n")
    missing = []
    for number, (name, material) in enumerate(originals, start=4):
        if reason := _copy(material, folder / "original" / name):
            missing.append(f"{name}: {reason}")
        progress(number, steps)
    written = write_manifest(folder, edition, missing, now)
    if problems := problems_of(folder):
        raise DamagedPackageError("; ".join(problems))
    progress(steps, steps)
    size = sum(each["size"] for each in written["files"])
    return Package(folder, len(written["files"]), size, tuple(missing))


def zipped_package(edition: Edition, *, now: datetime, progress: Progress) -> Path:
    """The same as one ZIP on the disk; the folder it was made in is gone afterwards."""
    folder = Path(tempfile.mkdtemp(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="package-"))
    try:
        build_package(edition, folder, now=now, progress=progress)
        handle, name = tempfile.mkstemp(dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".zip")
        os.close(handle)
        lying = Path(name)
        with zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(each for each in folder.rglob("*") if each.is_file()):
                packed.write(path, path.relative_to(folder).as_posix())
        return lying
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_data(edition: Edition, folder: Path) -> None:
    folder.mkdir()
    for name, rows in tables_of(edition):
        with (folder / f"{name}.json").open("w", encoding="utf-8") as target:
            write_rows(name, rows, target)


def _write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    folder.mkdir()
    for name, content in files:
        (folder / name).write_bytes(content)


def _readme(edition: Edition, now: datetime) -> str:
    made = f"{formats.day_long(now, 'sv', year=True)} {formats.clock(now)}".replace(formats.SPACE, " ")
    words = {"award": edition.award.name_sv, "edition": edition.title, "made": made}
    return README.read_text(encoding="utf-8").format(**words)


def _originals(edition: Edition) -> Iterator[tuple[str, Material]]:
    """(name in the package, material) of every file of the edition, in a folder a municipality."""
    rows = Material.objects.filter(nomination__edition=edition).exclude(file="")
    taken: dict[int, set[str]] = {}
    for material in rows.select_related("nomination__municipality").order_by(
        "nomination__municipality__sort_key", "pk"
    ):
        place = material.nomination.municipality
        own = taken.setdefault(place.pk, set())
        yield f"{free_name(f'{place.code} {place.name}', set())}/{free_name(material.name, own)}", material


def _copy(material: Material, target: Path) -> str:
    """Copy one file in pieces; gives why it could not be taken along, or nothing."""
    if material.state == MaterialState.REFUSED:
        return "refused at the check"
    if material.state != MaterialState.READY:
        return "not checked yet"
    if not material.file.storage.exists(material.file.name):
        return "not in the storage"
    target.parent.mkdir(parents=True, exist_ok=True)
    with material.file.open("rb") as source, target.open("wb") as written:
        shutil.copyfileobj(source, written, CHUNK)
    return ""
