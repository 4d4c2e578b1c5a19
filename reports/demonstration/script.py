"""The invented texts, as their data file tells them, and whom they are about."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

PASSWORD = "kvalitet-demo"  # noqa: S105 - public, and such accounts are refused where the award is real
DOMAIN = "demo.example"
CODES = ("1490", "0484", "1283", "1780", "1261", "1980")  # nominated in 2015, in the order of their names
BORAS, ESKILSTUNA = "1490", "0484"
JURORS = tuple(f"juror{number}" for number in range(1, 7))
SEATS = dict(zip(JURORS, "ABCDEF", strict=True))


@cache
def texts() -> dict:
    """Everything in texts.json."""
    return json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))


def labelled(text: str) -> str:
    """The text with the line above it that says it is invented."""
    return f"{texts()['label']}\n\n{text}"


def address(name: str) -> str:
    """`juror1` -> `juror1@demo.example`."""
    return f"{name}@{DOMAIN}"
