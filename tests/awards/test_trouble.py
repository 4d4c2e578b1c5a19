"""The machine's troubles become sentences, and our own mistakes do not."""

import errno

import pytest
from django.db import IntegrityError, OperationalError
from django.utils.translation import override

from awards.trouble import in_words


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OperationalError("database or disk is full"),
            "The disk is full. Nothing half-written was kept. Make room, then try again.",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "db.sqlite3"),
            "The disk is full. Nothing half-written was kept. Make room, then try again.",
        ),
        (
            OperationalError("database is locked"),
            "Another program is using the database. Nothing was changed. Wait a moment, then try again.",
        ),
        (
            OperationalError("unable to open database file"),
            "The database cannot be written. Nothing was changed. Check who owns the data folder.",
        ),
        (
            OperationalError("connection to server on socket failed"),
            "The database server does not answer. Nothing was changed. Check that it runs and DATABASE_URL.",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "data"),
            "data cannot be written. Check who owns it, or choose another DATA_DIR.",
        ),
        (
            NotADirectoryError(errno.ENOTDIR, "Not a directory", "data"),
            "data is not a folder that can be used. Choose another DATA_DIR.",
        ),
        (IntegrityError("UNIQUE constraint failed: awards_person.email"), None),
        (ValueError("no trouble of the machine"), None),
    ],
)
def test_error_in_words(error, sentence):
    with override("en"):
        assert in_words(error) == sentence
