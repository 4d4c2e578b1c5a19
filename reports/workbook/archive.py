"""Opens an uploaded file with suspicion: every limit is checked before anything in it is believed."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree, common
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEGABYTE = 2**20
LARGEST_FILE = 10 * MEGABYTE
LARGEST_SUM = 60 * MEGABYTE
LARGEST_PART = 40 * MEGABYTE
MOST_PARTS = 500
LARGEST_DIRECTORY = 256 * 2**10  # bytes
MOST_PACKED = 300  # times smaller than the part, which no workbook's part is
PACKED_MATTERS = MEGABYTE
DIRECTORY_END_MARK = b"PK\x05\x06"
DIRECTORY_END = struct.Struct("<4s4H2LH")
LONG_END_MARK = b"PK\x06\x06"
LONG_END = struct.Struct("<4sQ2H2L4Q4sLQL")  # zip64: the long record and what points to it
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BROKEN = (  # what zipfile raises where offsets, names or packed bytes make no sense
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    LookupError,
    EOFError,
    RuntimeError,  # a password, or a packing that is not known
    OSError,
    OverflowError,
)
FORBIDDEN = tuple(
    text.encode(encoding)
    for text in ("<!DOCTYPE", "<!doctype", "<!ENTITY", "<!entity")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


class WorkbookError(Exception):
    """The file cannot be read at all. `code` names the reason, `says` is the sentence for the juror."""

    def __init__(self, code: str, says: str | Promise) -> None:
        super().__init__(code)
        self.code, self.says = code, says


class Archive:
    """The parts of an .xlsx whose sizes and kinds were found acceptable."""

    def __init__(self, content: bytes) -> None:
        self._zip = _opened(content)
        self._budget = LARGEST_SUM
        self.names = frozenset(self._zip.namelist())
        self._refuse_kinds()
        self._refuse_declarations()

    def part(self, name: str) -> bytes:
        """A part's bytes, read under the limits. WorkbookError when it is missing or damaged."""
        try:
            with self._zip.open(name) as stream:
                found = stream.read(LARGEST_PART + 1)
        except BROKEN:
            raise damaged() from None
        if len(found) > LARGEST_PART:
            raise too_large()
        return found

    def elements(self, name: str, tags: tuple[str, ...]) -> Iterator[Any]:
        """The elements of a part that have one of these tags (without namespace), each complete."""
        yield from parsed(self.part(name), tags)

    def _refuse_kinds(self) -> None:
        if "mimetype" in self.names:
            raise WorkbookError(
                "opendocument", _("This is an OpenDocument file. Save it as .xlsx and try again.")
            )
        if "[Content_Types].xml" not in self.names or "xl/workbook.xml" not in self.names:
            raise not_a_workbook()
        types = {
            element.get("PartName"): element.get("ContentType", "")
            for element in self.elements("[Content_Types].xml", ("Override",))
        }
        if any("macroEnabled" in kind for kind in types.values()) or "xl/vbaProject.bin" in self.names:
            raise WorkbookError(
                "macros", _("The file holds macros. Save it as .xlsx without macros and try again.")
            )
        if types.get("/xl/workbook.xml") != MAIN_TYPE:
            raise not_a_workbook()
        if any(name.startswith("xl/externalLinks/") for name in self.names):
            says = _("The file links to other files. Break the links, save as .xlsx and try again.")
            raise WorkbookError("external_links", says)

    def _refuse_declarations(self) -> None:
        """No document type and no entity in any part, also those we never read."""
        for name in self.names:
            if name.endswith((".xml", ".rels", ".vml")):
                content = self.part(name)
                self._budget -= len(content)
                if self._budget < 0:
                    raise too_large()
                if any(text in content for text in FORBIDDEN):
                    raise WorkbookError("declarations", _("The file holds something a workbook never does."))


def refuse_at_sight(content: bytes) -> None:
    """WorkbookError for what the first bytes and the archive's own table of contents give away.

    Nothing is unpacked, so that this may be asked before a process is started to read the file.
    """
    _opened(content).close()


def parsed(content: bytes, tags: tuple[str, ...]) -> Iterator[Any]:
    """Complete elements with one of `tags`; what is not needed is let go, so that memory stays flat."""
    try:
        for _event, element in ElementTree.iterparse(
            io.BytesIO(content), events=("end",), forbid_dtd=True, forbid_entities=True, forbid_external=True
        ):
            if element.tag.rpartition("}")[2] in tags:
                yield element
                element.clear()
    except common.DefusedXmlException:
        raise WorkbookError("declarations", _("The file holds something a workbook never does.")) from None
    except (ElementTree.ParseError, ValueError, LookupError):  # also an encoding that nobody knows
        raise damaged() from None


def damaged() -> WorkbookError:
    """The file is broken."""
    return WorkbookError("damaged", _("The file is damaged. Save it again as .xlsx, or fetch a new one."))


def too_large() -> WorkbookError:
    """The file is larger than a jury workbook can be."""
    return WorkbookError("too_large", _("The file is much larger than a jury workbook. Fetch a new one."))


def not_a_workbook() -> WorkbookError:
    """The file is something else."""
    return WorkbookError("not_a_workbook", _("This is not an .xlsx file. Save it as .xlsx and try again."))


def _opened(content: bytes) -> zipfile.ZipFile:
    if not content:
        raise WorkbookError("empty", _("The file is empty."))
    if len(content) > LARGEST_FILE:
        raise too_large()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        says = _("The file is an old .xls file or has a password. Save it as .xlsx without a password.")
        raise WorkbookError("old_or_encrypted", says)
    if not content.startswith(b"PK"):
        raise not_a_workbook()
    _refuse_directory(content)
    try:
        found = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN:
        raise damaged() from None
    entries = found.infolist()
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MOST_PARTS or sum(sizes) > LARGEST_SUM or max(sizes, default=0) > LARGEST_PART:
        raise too_large()
    if any(entry.file_size > max(PACKED_MATTERS, MOST_PACKED * entry.compress_size) for entry in entries):
        raise too_large()
    if len({entry.filename for entry in entries}) < len(entries) or any(
        entry.flag_bits & 1 for entry in entries
    ):
        raise damaged()
    return found


def _refuse_directory(content: bytes) -> None:
    """A table of contents that is gone, or so long that listing it would itself be work."""
    start = content.rfind(DIRECTORY_END_MARK)
    if start < 0 or len(content) - start < DIRECTORY_END.size:
        raise damaged()
    _mark, _disk, _first, _here, parts, size, _offset, _comment = DIRECTORY_END.unpack_from(content, start)
    if start >= LONG_END.size:
        long = LONG_END.unpack_from(content, start - LONG_END.size)
        if long[0] == LONG_END_MARK:
            parts, size = long[7], long[8]
    if parts > MOST_PARTS or size > LARGEST_DIRECTORY:
        raise too_large()
