"""Which files may come in, told by first bytes and name alike, and which links to films. No query."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nominees.uploads.file_names import extension

HEAD = 1024  # bytes that are looked at
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
EMPTY = _("{name} is empty. Choose the file again.")
NAMELESS = _("The file has no name that can be shown. Give it another name and choose it again.")
WRONG_KIND = _("{name} cannot be taken. Choose a PDF, Word, Excel, PowerPoint, PNG or JPEG file.")
WRONG_CONTENT = _("{name} is called {ending} but holds something else. Save it anew and choose it again.")
NO_FILM = _("Write the whole address of the film, beginning with https://")


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: what it is called, what it begins with, and the type it is sent out as."""

    code: str
    endings: tuple[str, ...]
    begins: bytes
    content_type: str


KINDS = (
    FileKind("pdf", ("pdf",), b"%PDF-", "application/pdf"),
    FileKind("docx", ("docx",), _ZIP, f"{_OFFICE}wordprocessingml.document"),
    FileKind("xlsx", ("xlsx",), _ZIP, f"{_OFFICE}spreadsheetml.sheet"),
    FileKind("pptx", ("pptx",), _ZIP, f"{_OFFICE}presentationml.presentation"),
    FileKind("png", ("png",), b"\x89PNG\r\n\x1a\n", "image/png"),
    FileKind("jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff", "image/jpeg"),
)
ACCEPT = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)


@dataclass(frozen=True, slots=True)
class Look:
    """What the first bytes and the name told: the kind, or a sentence why not."""

    kind: FileKind | None
    refusal: object = ""


def look_at(name: str, head: bytes, size: int) -> Look:
    """Judge a file by its shown name, its first HEAD bytes and its size in bytes."""
    if not name:
        return Look(None, NAMELESS)
    if size == 0:
        return Look(None, format_lazy(EMPTY, name=name))
    ending = extension(name)
    kind = next((each for each in KINDS if ending in each.endings), None)
    if kind is None:
        return Look(None, format_lazy(WRONG_KIND, name=name))
    # A PDF may have a few bytes before its mark, as some scanners write it.
    fits = kind.begins in head if kind.code == "pdf" else head.startswith(kind.begins)
    return Look(kind) if fits else Look(None, format_lazy(WRONG_CONTENT, name=name, ending=ending.upper()))


def kind_of_type(content_type: str) -> FileKind | None:
    """The kind that is sent out as this type."""
    return next((each for each in KINDS if each.content_type == content_type), None)


def film_problem(link: str) -> object:
    """Why a link to a film cannot be taken; empty when it can. The address is never fetched."""
    try:
        URLValidator(schemes=["https"])(link)
        parts = urlsplit(link)
    except (ValidationError, ValueError):
        return NO_FILM
    return NO_FILM if parts.username or len(link) > 500 else ""
