"""What a report's file is made of, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.columns import Sheet


@dataclass(frozen=True)
class Document:
    """A file to be written. CSV holds the first sheet alone, JSON and workbooks hold them all."""

    name: str  # the report's, as commands and receipts know it
    title: str
    edition: str  # the edition in words: what stands above the title
    key: str  # ... and as addresses know it
    language: str  # sv or en
    made_at: datetime
    sheets: tuple[Sheet, ...]
    lines: tuple[str, ...] = ()  # said below the title: filters, what is left out
