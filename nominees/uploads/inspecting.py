"""Starts the process that looks into a file, and gives its finding in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

MOST_SECONDS = 60  # on the clock; the process itself is bounded harder
KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # what a Python needs to start; no setting of ours
SCRIPT = Path(__file__).with_name("inspection.py")
REFUSALS = {
    "broken": _("The file is broken and cannot be opened. Save it anew and upload it again."),
    "encrypted": _("The file is locked by a password. Save it without one and upload it again."),
    "other": _("The file holds something else than its name says. Save it anew and upload it again."),
    "macros": _("The file holds macros. Save it without them and upload it again."),
    "virus": _("The virus scanner stopped the file. Ask your IT support before you upload it again."),
    "bomb": _("The file is too large when it is opened. Make it smaller and upload it again."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. `refusal` is a key of REFUSALS, empty when the file is sound."""

    refusal: str = ""
    pages: int | None = None
    is_active: bool = False


def inspect(file: IO[bytes], kind: str) -> Finding:
    """Look into an open file on the disk, from its start. One that takes too much is broken."""
    file.seek(0)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(SCRIPT), kind],
            stdin=file,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=True,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return Finding("broken")
    if told["found"] != "sound":
        return Finding(told["found"])
    return Finding("", told.get("pages"), told.get("active", False))
