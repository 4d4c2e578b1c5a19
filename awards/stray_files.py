"""Files that no row knows: what a process left that was killed between writing a file and writing its row.

A file is always written first and its row after it, so that no row ever stands without its file. Whatever
lies in the storage longer than KEPT_FOR and belongs to no row is such a stray, and is thrown away.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import Storage

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)  # long enough to put an old copy of the database back and think again
EVERY = timedelta(hours=1)


def is_time(what: str) -> bool:
    """Whether it is this worker's turn to look for strays of this kind: once in EVERY, whichever worker."""
    return cache.add(f"stray-files:{what}", True, EVERY.total_seconds())


def throw_away(storage: Storage, folder: str, known: Collection[str], now: datetime) -> int:
    """Delete the old files below `folder` whose names are not in `known`; gives how many."""
    gone = 0
    for name in _below(storage, folder):
        if name in known:
            continue
        with suppress(FileNotFoundError):  # another worker may be doing the same
            if storage.get_modified_time(name) > now - KEPT_FOR:
                continue
            storage.delete(name)
            logger.warning("The file %s belonged to no row and has been thrown away.", name)
            gone += 1
    return gone


def throw_away_unfinished(now: datetime) -> int:
    """Delete what an upload or a half-made package left that was cut off by a crash; gives how many."""
    gone = 0
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*"):
        with suppress(OSError):
            if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                gone += 1
    return gone


def _below(storage: Storage, folder: str) -> Iterator[str]:
    """The names of all files in a folder and the folders in it."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for each in folders:
        yield from _below(storage, f"{folder}/{each}")
