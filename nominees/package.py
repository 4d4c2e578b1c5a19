"""A whole submission in one ZIP: content, documents, files, and a manifest with every SHA-256."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from awards import formats
from nominees.models import Material, Submission
from nominees.papers import PaperError, receipt_pdf, submission_pdf
from nominees.states import MaterialState
from nominees.submission_content import canonical
from nominees.uploads.file_names import apart

logger = logging.getLogger(__name__)
NO_PAPER = "could not be typeset"
IN_MEMORY = 5_000_000  # bytes; a larger package lies on the disk while it is sent
_PACKED = zipfile.ZIP_DEFLATED
_AS_IT_IS = zipfile.ZIP_STORED  # PDF, pictures and office files are compressed already


def package(submission: Submission, language: str) -> IO[bytes]:
    """The open file, at its start. Names are NFC and marked as UTF-8, so that å ä ö open anywhere."""
    at = formats.local(submission.submitted_at).timetuple()[:6]
    rows: list[dict] = []
    opened = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(opened, "w") as folder:

        def put(name: str, chunks: Iterator[bytes], how: int) -> None:
            sha256, size = hashlib.sha256(), 0
            info = zipfile.ZipInfo(name, at)
            info.compress_type = how
            with folder.open(info, "w", force_zip64=True) as target:
                for chunk in chunks:
                    sha256.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
            rows.append({"name": name, "size": size, "sha256": sha256.hexdigest()})

        put("content.json", iter([canonical(submission.content)]), _PACKED)
        with translation.override(language):
            entry, receipt, files = _("entry"), _("receipt"), _("files")
        missing = []
        for name, paper in ((f"{entry}.pdf", submission_pdf), (f"{receipt}.pdf", receipt_pdf)):
            try:
                made = paper(submission, language)
            except PaperError:
                logger.exception("a paper of submission %s could not be typeset", submission.pk)
                missing.append({"name": name, "why": NO_PAPER})
                continue
            put(name, iter([made]), _AS_IT_IS)
        for name, material in _materials(submission):
            if why := _why_not(material):
                missing.append({"name": f"{files}/{name}", "why": why})
                continue
            with material.file.open("rb") as source:
                put(f"{files}/{name}", iter(lambda source=source: source.read(65_536), b""), _AS_IT_IS)
        manifest = _manifest(submission, rows, missing)
        put("manifest.json", iter([manifest]), _PACKED)
        sums = "".join(f"{row['sha256']}  {row['name']}\n" for row in rows)
        put("SHA256SUMS", iter([sums.encode()]), _PACKED)
    opened.seek(0)
    return opened


def _why_not(material: Material | None) -> str:
    """Why a file that was sent in does not lie in the package; empty when it does."""
    if material is None:
        return "gone"
    if material.state == MaterialState.REFUSED:
        return f"refused: {material.refusal}"
    if material.state != MaterialState.READY:
        return "not checked yet"
    return "" if material.file.storage.exists(material.file.name) else "not in the storage"


def _manifest(submission: Submission, rows: list[dict], missing: list[dict]) -> bytes:
    """What the package holds; links to films stand in content.json only."""
    data = {
        "edition": submission.content["edition"],
        "municipality": submission.content["municipality"],
        "version": submission.number,
        "submitted_at": submission.submitted_at.isoformat(),
        "sha256": submission.sha256,
        "files": rows,
        "missing": missing,
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _materials(submission: Submission) -> Iterator[tuple[str, Material | None]]:
    """(its name in the package, the file as it was sent in), also when it has been replaced since."""
    frozen = [each for each in submission.content["materials"] if not each["link"]]
    found = Material.objects.filter(nomination=submission.nomination_id).in_bulk(
        [each["id"] for each in frozen]
    )
    for name, each in zip(apart(each["name"] for each in frozen), frozen, strict=True):
        yield name, found.get(each["id"])
