"""Finds the LibreOffice that recalculates workbooks in tests."""

import os
import shutil
from pathlib import Path

NAMES = ("soffice", "libreoffice")
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
)


def find_office() -> str | None:
    """The path of LibreOffice: `SOFFICE=` when set, else the first found; None where there is none."""
    if chosen := os.environ.get("SOFFICE"):
        return shutil.which(chosen)
    on_path = (shutil.which(name) for name in NAMES)
    elsewhere = (place for place in USUAL_PLACES if Path(place).is_file())
    return next((path for path in (*on_path, *elsewhere) if path), None)
