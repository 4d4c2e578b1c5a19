"""Receiving files while they stream in: counted, hashed and cut off on the way, never held in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nominees.uploads.allowed import HEAD, FileKind, look_at
from nominees.uploads.file_names import display_name

MOST_FILES = 20
MOST_COMING = 99  # one more and Django drops the whole form, with what was said of the files
TOO_LARGE = _("{name} is larger than {most} MB. Make it smaller, or describe it and link to it instead.")
NO_ROOM = _("{name} does not fit: the material of an entry may be {most} MB in all. Remove something first.")
TOO_MANY = _("{name} was not taken: at most {most} files can be sent at a time. Send it again by itself.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes may come: a file, what is left for the entry, and what the entry may have in all."""

    a_file: int
    left: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Received:
    """One file that has come in whole and looks like what it says it is."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    file: UploadedFile


@dataclass
class Receipt:
    """What came of one request: the files, and a sentence for each that was not taken.

    `is_flooded`: so many came that none is kept.
    """

    files: list[Received] = field(default_factory=list)
    refusals: list[object] = field(default_factory=list)
    is_flooded: bool = False


class ReceivingHandler(TemporaryFileUploadHandler):
    """Writes to a temporary file while hashing; stops writing at the limit but reads the request to its end.

    Reading on matters: a browser that is cut off shows an error of its own instead of our sentence.
    """

    def __init__(self, request, limits: Limits) -> None:
        super().__init__(request)
        self.limits, self.receipt = limits, Receipt()
        self.coming, self.total = 0, 0

    def new_file(self, *args, **kwargs) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.shown = display_name(self.file_name)
        self.head, self.size, self.sha256 = b"", 0, hashlib.sha256()
        self.coming += 1
        if self.coming > MOST_COMING:
            self.receipt.is_flooded = True
            self.file.close()
            raise StopUpload(connection_reset=False)
        if self.coming > MOST_FILES:
            self._skip(format_lazy(TOO_MANY, name=self.shown, most=MOST_FILES))

    def receive_data_chunk(self, raw_data, start):
        """A part of it, at most 64 kB."""
        self.size += len(raw_data)
        if self.size > self.limits.a_file:
            self._skip(format_lazy(TOO_LARGE, name=self.shown, most=self.limits.a_file // 1_000_000))
        if self.total + self.size > self.limits.left:
            self._skip(format_lazy(NO_ROOM, name=self.shown, most=self.limits.in_all // 1_000_000))
        if len(self.head) < HEAD:
            self.head += raw_data[: HEAD - len(self.head)]
        self.sha256.update(raw_data)
        return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        """It has come whole; whether it is taken depends on what it is."""
        look = look_at(self.shown, self.head, file_size)
        if look.kind is None:
            self.receipt.refusals.append(look.refusal)
            self.file.close()
            return None
        self.total += file_size
        done = super().file_complete(file_size)
        self.receipt.files.append(Received(self.shown, look.kind, file_size, self.sha256.hexdigest(), done))
        return done

    def _skip(self, sentence: object) -> None:
        self.receipt.refusals.append(sentence)
        self.file.close()
        raise SkipFile
