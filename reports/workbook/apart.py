"""Runs a reader of uploaded files in a process of its own: little memory, little time, no database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from django.conf import settings

try:
    import resource
except ImportError:  # there is none on Windows
    resource = None

PATIENCE = 30  # seconds of the clock
KEPT_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL")
MEMORY = 280 * 2**20  # bytes of address space
SECONDS = 15  # of one processor


class TooHeavyError(Exception):
    """The reader took more memory or time than it may, or gave no answer."""


def answer_of(module: str, question: bytes) -> dict[str, Any]:
    """What `python -m module` answers in JSON to the question. TooHeavyError when it gives no answer."""
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(
            (sys.executable, "-m", module),
            input=question,
            capture_output=True,
            timeout=PATIENCE,
            cwd=settings.BASE_DIR,
            env={**environment, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise TooHeavyError from None


def limit() -> None:
    """Give this process's limits to the system, where it takes them (not on Windows). A reader's first."""
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue  # a system that does not keep this one
