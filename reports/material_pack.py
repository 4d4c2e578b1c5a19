"""All material of an edition in one ZIP with an index, written to the disk piece by piece."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import formats
from awards.jobs import Progress, in_silence
from awards.models import Edition, Person
from nominees.models import Material, Nomination
from nominees.states import MaterialState
from nominees.uploads.file_names import free_name
from reports.cells import csv_bytes
from reports.papers.binder import Bound, bound_entries

CHUNK = 65_536


@dataclass(frozen=True)
class Piece:
    """One line of the index. `path` is empty where the ZIP holds no file; `note` says why."""

    entry: Nomination
    material: Material
    path: str
    note: str = ""


def pack_materials(
    edition: Edition,
    *,
    by: Person | None,
    own: bool = False,
    with_drafts: bool = False,
    now: datetime,
    language: str,
    progress: Progress = in_silence,
) -> tuple[Path, list[Piece]]:
    """The finished ZIP on the disk, and what it tells of.

    A juror's own (`own`) holds what the jury may open; the organiser's all that was sent in, also what is
    for the organiser only. One file at a time passes through the memory, in small pieces.
    """
    entries = bound_entries(edition, by=by, own=own, with_drafts=with_drafts, now=now)
    with translation.override(language):
        pieces = list(_pieces(entries, own=own))
        with (
            tempfile.NamedTemporaryFile(
                dir=settings.FILE_UPLOAD_TEMP_DIR, suffix=".zip", delete=False
            ) as lying,
            zipfile.ZipFile(lying, "w") as folder,
        ):
            _put(folder, "INDEX.txt", now, [_readable(edition, pieces, now, language)])
            _put(folder, "index.csv", now, [_table(pieces)])
            for number, piece in enumerate(pieces, start=1):
                if piece.path:
                    _put(folder, piece.path, piece.material.uploaded_at, _chunks(piece.material))
                progress(number, len(pieces))
    return Path(lying.name), pieces


def sum_of(path: Path) -> str:
    """The SHA-256 of a file on the disk."""
    with path.open("rb") as lying:
        return hashlib.file_digest(lying, "sha256").hexdigest()


def _pieces(entries: list[Bound], *, own: bool) -> Iterator[Piece]:
    """Every file and film of these entries, as it was sent in or, of a draft, as it lies there now."""
    wanted = {each["id"]: bound for bound in entries for each in bound.content["materials"]}
    files = Material.objects.in_bulk(list(wanted))
    taken: dict[int, set[str]] = defaultdict(set)
    for pk, bound in wanted.items():
        material = files.get(pk)
        if material is None or (own and pk not in bound.open_files):
            continue
        place = bound.entry.municipality
        note = _why_not(material)
        path = ""
        if not note:
            name = free_name(f"{place.code} {place.name}", set())
            path = f"{name}/{free_name(material.name, taken[bound.entry.pk])}"
        yield Piece(bound.entry, material, path, note)


def _why_not(material: Material) -> str:
    if material.link:
        return _("a film on the web")
    if material.state != MaterialState.READY:
        return _("has not been checked, and is left out")
    if not material.file.storage.exists(material.file.name):
        return _("is missing in the storage")
    return ""


def _chunks(material: Material) -> Iterator[bytes]:
    with material.file.open("rb") as source:
        yield from iter(lambda: source.read(CHUNK), b"")


def _put(folder: zipfile.ZipFile, name: str, at: datetime, chunks: Iterator[bytes] | list[bytes]) -> None:
    """Office files, pictures and PDF are compressed already; UTF-8 names open rightly anywhere."""
    info = zipfile.ZipInfo(name, formats.local(at).timetuple()[:6])
    with folder.open(info, "w", force_zip64=True) as target:
        for chunk in chunks:
            target.write(chunk)


# The index --------------------------------------------------------------------------------------------
def _table(pieces: list[Piece]) -> bytes:
    head = [
        _("Municipality code"), _("Municipality"), _("File in this folder"), _("File name"),
        _("Description"), _("Type"), _("Size in bytes"), _("Pages"), "SHA-256",
        _("For the organiser only"), _("Link"), _("Note"),
    ]  # fmt: skip
    return csv_bytes(head, (_row(piece) for piece in pieces))


def _row(piece: Piece) -> list[str | int]:
    material, place = piece.material, piece.entry.municipality
    return [
        place.code, place.name, piece.path, material.name, material.description, material.content_type,
        material.size, material.pages or "", material.sha256, _("yes") if material.is_private else _("no"),
        material.link, piece.note,
    ]  # fmt: skip


def _readable(edition: Edition, pieces: list[Piece], now: datetime, language: str) -> bytes:
    """The index for people: plain lines with Windows' line ends, marked as UTF-8."""
    held = sum(1 for piece in pieces if piece.path)
    lines = [
        _("Material, %(award)s %(edition)s") % {"award": edition.award.name_sv, "edition": edition.title},
        ngettext("%(n)s file, made %(at)s", "%(n)s files, made %(at)s", held)
        % {"n": held, "at": f"{formats.day(now, language)} {formats.clock(now)}"},
        _("The same list is in index.csv, with every file's SHA-256."),
    ]
    entry = None
    for piece in pieces:
        if piece.entry.pk != entry:
            entry = piece.entry.pk
            lines += ["", f"{piece.entry.municipality.full_name} ({piece.entry.municipality.code})"]
        lines.append(f"  {_line(piece, language)}")
    if not pieces:
        lines += ["", _("There is no material.")]
    text = "\r\n".join([*lines, ""]).replace(formats.SPACE, " ")
    return b"\xef\xbb\xbf" + text.encode()


def _line(piece: Piece, language: str) -> str:
    material = piece.material
    about = [piece.path or material.name]
    if material.size:
        about.append(formats.size(material.size, language))
    if material.pages:
        about.append(ngettext("%(n)s page", "%(n)s pages", material.pages) % {"n": material.pages})
    about += [text for text in (material.description, material.link, piece.note) if text]
    about += [_("for the organiser only")] if material.is_private else []
    return ", ".join(about)
