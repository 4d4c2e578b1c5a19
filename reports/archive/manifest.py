"""The manifest of a package: every file with its size and SHA-256, written last and read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from awards.models import Edition

NAME = "manifest.json"
FORMAT, VERSION = "edition-package", 1


def write_manifest(folder: Path, edition: Edition, missing: Sequence[str], now: datetime) -> dict:
    """Sum up everything that lies in the folder, and write it down; gives what was written."""
    content = {
        "format": FORMAT,
        "format_version": VERSION,
        "edition": edition.key,
        "made_at": now.isoformat(),
        "files": [
            {"name": name, "size": path.stat().st_size, "sha256": _sum(path)} for name, path in _below(folder)
        ],
        "missing": list(missing),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
    return content


def problems_of(folder: Path) -> list[str]:
    """What in the folder is not as its manifest says, a line each; nothing when the package is whole."""
    content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    lying = dict(_below(folder))
    found = []
    for each in content["files"]:
        path = lying.pop(each["name"], None)
        if path is None:
            found.append(f"{each['name']}: missing")
        elif path.stat().st_size != each["size"]:
            found.append(f"{each['name']}: {path.stat().st_size} bytes, not {each['size']}")
        elif _sum(path) != each["sha256"]:
            found.append(f"{each['name']}: another SHA-256")
    return found + [f"{name}: not in the manifest" for name in lying]


def _below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file but the manifest itself, by its name from the folder, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != NAME:
            yield name, path


def _sum(path: Path) -> str:
    with path.open("rb") as lying:
        return hashlib.file_digest(lying, "sha256").hexdigest()
