"""Files of an entry on their way out: one as an attachment that runs nothing, or all in one ZIP."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO

from django.http import FileResponse, Http404

from awards import formats
from nominees.models import Material
from nominees.uploads.file_names import apart

IN_MEMORY = 2_000_000  # bytes; a larger archive lies on the disk while it is sent
OLDEST = (1980, 1, 1, 0, 0, 0)


def attachment(material: Material) -> FileResponse:
    """The file to keep, never to be shown in the page's place; 404 when the storage has lost it."""
    if not material.file.storage.exists(material.file.name):
        raise Http404
    response = FileResponse(
        material.file.open("rb"),
        as_attachment=True,
        filename=material.name,
        content_type=material.content_type,
    )
    return sealed(response)


def sealed(response: FileResponse) -> FileResponse:
    """Nothing in it is run or guessed at by the browser."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def archive(materials: Iterable[Material]) -> IO[bytes]:
    """All files in one ZIP, open at its start. Names are NFC and marked as UTF-8: å ä ö open anywhere."""
    files = [each for each in materials if each.file and each.file.storage.exists(each.file.name)]
    opened = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(opened, "w") as folder:
        for name, material in zip(apart(each.name for each in files), files, strict=True):
            at = formats.local(material.uploaded_at).timetuple()[:6]
            info = zipfile.ZipInfo(name, max(at, OLDEST))
            with material.file.open("rb") as source, folder.open(info, "w", force_zip64=True) as target:
                while part := source.read(65_536):
                    target.write(part)
    opened.seek(0)
    return opened
