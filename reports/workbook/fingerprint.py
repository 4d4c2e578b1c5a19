"""The mark that says whose workbook this is and which versions its cells had, signed and in chunks."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from criteria.scoring import inputs

if TYPE_CHECKING:
    from reports.workbook.spec import WorkbookSpec

TITLE = "_kk"  # of the hidden sheet that carries the mark
FORMAT = "kk-jurybok"
VERSION = 1
CHUNK = 8_000
MAX_CHUNKS = 400


class FingerprintError(Exception):
    """The mark cannot be trusted; `args[0]` is the reason in one word: unreadable, unknown_key or forged."""


@dataclass(frozen=True)
class Seal:
    """A signed payload as it stands on the machine sheet."""

    mac: str
    chunks: tuple[str, ...]


def payload_of(spec: WorkbookSpec) -> dict[str, Any]:
    """What a juror's workbook is signed with: who, what, when, and the base version of each open cell."""
    cells: dict[str, list[int]] = {}
    for entry in spec.entries:
        if entry.recused is not None:
            continue
        for node in inputs(spec.model):
            given = entry.criteria.get(node.code)
            cells[f"{entry.code}/{node.code}"] = list(given.versions) if given else [0, 0, 0, 0]
        cells[f"{entry.code}/_privat"] = [entry.private_note_version]
        cells[f"{entry.code}/_jury"] = [entry.note_to_jury_version]
    return {
        "v": VERSION,
        "id": spec.workbook_id,
        "key": spec.key_id,
        "edition": spec.edition_key,
        "juror": spec.juror_key,
        "model": f"{spec.model.code}-v{spec.model.version}",
        "issued": spec.issued_at.isoformat(),
        "language": spec.language,
        "cells": cells,
    }


def seal(payload: Mapping[str, Any], signing_key: bytes) -> Seal:
    """Sign `payload`: canonical JSON, base64url, HMAC-SHA256 over the joined base64 text."""
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    text = base64.urlsafe_b64encode(canonical.encode()).decode().rstrip("=")
    chunks = tuple(text[start : start + CHUNK] for start in range(0, len(text), CHUNK))
    return Seal(_mac(text, signing_key), chunks)


def opened(mac: str, chunks: Sequence[str], signing_keys: Mapping[str, bytes]) -> dict[str, Any]:
    """The payload of a seal whose signature is true under the key it names; else FingerprintError."""
    text = "".join(chunks)
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        payload = json.loads(raw)
        key = signing_keys.get(payload["key"])
    except (binascii.Error, ValueError, TypeError, KeyError, RecursionError):
        raise FingerprintError("unreadable") from None
    if key is None:
        raise FingerprintError("unknown_key")
    if not hmac.compare_digest(_mac(text, key).encode(), mac.encode("utf-8", "replace")):
        raise FingerprintError("forged")
    return payload


def _mac(text: str, signing_key: bytes) -> str:
    return hmac.new(signing_key, text.encode(), hashlib.sha256).hexdigest()
