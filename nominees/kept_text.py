"""What somebody typed, as plain text to keep when it could not be saved; no query."""

from __future__ import annotations

from collections.abc import Mapping


def kept_text(typed: Mapping[str, str]) -> str:
    """One paragraph a field, under the field's own name; empty ones left out."""
    paragraphs = [f"{name}\n{text}" for name, text in typed.items() if text]
    return "\r\n".join("\n\n".join(paragraphs).splitlines()) + "\r\n"
