"""The machine's own troubles in words: a full disk, a locked database, a folder closed to us."""

import errno

from django.db import DatabaseError
from django.utils.translation import gettext as _

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.EEXIST, errno.ENOTDIR, errno.ENOENT}


def in_words(error: BaseException) -> str | None:
    """What happened, that nothing is lost, and what to do; None where the machine is not to blame."""
    if isinstance(error, DatabaseError):
        return _database(str(error))
    if isinstance(error, OSError):
        return _system(error)
    return None


def _database(message: str) -> str | None:
    words = message.lower()
    if "disk is full" in words or "no space left" in words:
        return _("The disk is full. Nothing half-written was kept. Make room, then try again.")
    if "locked" in words:
        return _("Another program is using the database. Nothing was changed. Wait a moment, then try again.")
    if "readonly" in words or "read-only" in words or "unable to open" in words:
        return _("The database cannot be written. Nothing was changed. Check who owns the data folder.")
    if "connection" in words or "connect" in words or "could not translate host" in words:
        return _(
            "The database server does not answer. Nothing was changed. Check that it runs and DATABASE_URL."
        )
    return None


def _system(error: OSError) -> str | None:
    place = error.filename or ""
    if error.errno in _NO_SPACE:
        return _("The disk is full. Nothing half-written was kept. Make room, then try again.")
    if error.errno in _NO_RIGHT:
        return _("%(place)s cannot be written. Check who owns it, or choose another DATA_DIR.") % {
            "place": place
        }
    if error.errno in _NO_FOLDER:
        return _("%(place)s is not a folder that can be used. Choose another DATA_DIR.") % {"place": place}
    return None
