"""Sources of facts by their text, with the publisher's name for the addresses that we know."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from awards.models import Source
from nominees.loading.tables import Shelf
from nominees.loading.writing import Changes, bring


def publishers(shelf: Shelf) -> dict[str, str]:
    """{host of an address: what its publisher is called}."""
    rows = shelf.rows("publishers.csv", "host", "publisher")
    return {row.required("host"): row.required("publisher") for row in rows}


def bring_sources(changes: Changes, texts: Iterable[str], named: dict[str, str]) -> dict[str, Source]:
    """The stored source of each text; an empty text has none."""
    texts = list(dict.fromkeys(text for text in texts if text))
    wanted = [{"text": text, "publisher": named.get(urlsplit(text).netloc, "")} for text in texts]
    stored = Source.objects.filter(text__in=texts)
    mine = Changes()
    found = bring(mine, "sources", stored, ("text",), wanted, only_new=("publisher",))
    changes.count("sources", read=0, added=mine.added["sources"])  # read often: several facts share one
    return {text: source for (text,), source in found.items()}
