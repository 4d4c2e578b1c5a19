"""Which municipalities resemble each other, as RKA weighs it together in Kolada; read once from our data."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "kolada_peers_2025.csv"
YEAR = 2025


@cache
def _peers() -> dict[str, tuple[str, ...]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: tuple(row["peer_codes"].split()) for row in csv.DictReader(lines)}


def peer_codes(code: str) -> tuple[str, ...]:
    """The codes of the similar municipalities, or none for a code that the list lacks."""
    return _peers().get(code, ())
