"""What the clock brings: every app registers the work it wants looked at when time has passed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError

logger = logging.getLogger(__name__)

DueWork = Callable[[datetime], int]
_work: list[DueWork] = []


def register(work: DueWork) -> None:
    """Let the worker call `work(now)`, which gives how many things it moved. Called in apps.py: ready()."""
    if work not in _work:
        _work.append(work)


def run(now: datetime) -> int:
    """Do all that is due. One app's trouble keeps no other from its work; the database's concerns all."""
    moved = 0
    for work in _work:
        try:
            moved += work(now)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("%s failed", getattr(work, "__qualname__", work))
    return moved
