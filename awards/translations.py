"""Compiled translations: made from the catalogues by Python, so that nobody needs gettext."""

import os
import tempfile
from pathlib import Path

import polib
from django.conf import settings


def compile_stale(*, force: bool = False) -> list[Path]:
    """Compile each catalogue that is newer than its compiled file (or all); the catalogues compiled.

    The compiled file replaces the old one in one step: a server reading it meanwhile sees one or the other.
    """
    compiled = []
    for catalogue in catalogues():
        target = catalogue.with_suffix(".mo")
        if force or not target.exists() or target.stat().st_mtime < catalogue.stat().st_mtime:
            _replace(target, polib.pofile(str(catalogue)).to_binary())
            compiled.append(catalogue)
    return compiled


def catalogues() -> list[Path]:
    """Every catalogue of the project's own apps, in order."""
    return sorted(
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    )


def _replace(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f"{target.stem}-", suffix=".tmp")
    with os.fdopen(handle, "wb") as temporary:
        temporary.write(content)
    Path(name).replace(target)
