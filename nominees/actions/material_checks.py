"""Looking into uploaded files, one after another, outside the web: the worker's part of an upload.

Also the sweep: an upload writes its file first and its row after it, so a crash between the two leaves a file
that belongs to no row.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction

from awards import journal, stray_files
from nominees.letters import tell_of_refusal
from nominees.models import Material
from nominees.models.material import FOLDER
from nominees.states import MaterialState
from nominees.uploads.allowed import kind_of_type
from nominees.uploads.inspecting import Finding, inspect
from nominees.uploads.virus_scan import ScannerAwayError, scan

logger = logging.getLogger(__name__)
MOST_A_ROUND = 20


def check_waiting(now: datetime) -> int:
    """Check the files that wait, the oldest first; gives how many were settled."""
    waiting = Material.objects.waiting().select_related("nomination__edition", "nomination__municipality")[
        :MOST_A_ROUND
    ]
    return sum(check_material(material, now) for material in waiting)


def sweep_files(now: datetime) -> int:
    """Throw away old files that no material knows, once an hour; gives how many."""
    if not stray_files.is_time("materials"):
        return 0
    known = set(Material.objects.exclude(file="").values_list("file", flat=True))
    return stray_files.throw_away(Material.file.field.storage, FOLDER, known, now)


def check_material(material: Material, now: datetime) -> bool:
    """Let a file be opened, or refuse it with a letter; with a journal row. False without a verdict."""
    try:
        finding = _look(material)
    except ScannerAwayError as error:
        logger.warning("the virus scanner gives no verdict: %s", error)
        return False
    return _settle(material, finding, now)


def _look(material: Material) -> Finding:
    kind = kind_of_type(material.content_type)
    if kind is None or not material.file.storage.exists(material.file.name):
        return Finding("broken")
    with _copy(material) as file:
        if settings.CLAMD_SOCKET and (virus := scan(file, settings.CLAMD_SOCKET).virus):
            logger.warning("material %s: the virus scanner found %s", material.pk, virus)
            return Finding("virus")
        return inspect(file, kind.code)


@contextmanager
def _copy(material: Material) -> Iterator[IO[bytes]]:
    """The file on this machine's disk, wherever it is kept."""
    with tempfile.TemporaryFile() as copy, material.file.open("rb") as source:
        while part := source.read(65_536):
            copy.write(part)
        copy.flush()
        yield copy


def _put_back(refused: Material) -> bool:
    """The newest before a refused file that was not refused itself is the current one again, if there is any.

    Nothing comes back where the refused file has been replaced or removed meanwhile.
    """
    if not Material.objects.current().filter(pk=refused.pk).exists():
        return False
    before = refused
    while before := Material.objects.filter(replaced_by=before, removed_at=None).first():
        if before.state != MaterialState.REFUSED:
            return bool(Material.objects.filter(pk=before.pk, removed_at=None).update(replaced_by=None))
    return False


@transaction.atomic
def _settle(material: Material, finding: Finding, now: datetime) -> bool:
    state = MaterialState.REFUSED if finding.refusal else MaterialState.READY
    waiting = Material.objects.filter(pk=material.pk, state=MaterialState.CHECKING)
    changes = {"refusal": finding.refusal, "pages": finding.pages, "is_active": finding.is_active}
    if not waiting.update(state=state, **changes):
        return False
    journal.record(
        "check_material",
        material,
        by=None,
        edition=material.nomination.edition,
        nomination=material.nomination_id,
        state=str(state),
    )
    if finding.refusal:
        material.refusal = finding.refusal
        tell_of_refusal(material, is_back=_put_back(material), now=now)
    return True
