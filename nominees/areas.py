"""What an improvement area must tell before it can be sent in; no query."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nominees.states import Continuation
from nominees.words import count_words

MOST_AREAS = 10
MOST_ROWS = 30  # initiatives, and challenges
PARTS = ("aim", "action", "result", "evidence")
LIMITS = {"aim": 60, "action": 300, "result": 200, "evidence": 100}  # words
LABELS = {
    "title": _("Area"),
    "direction": _("Direction"),
    "aim": _("Aim"),
    "action": _("What we did"),
    "result": _("Result"),
    "evidence": _("Evidence"),
    "predecessor": _("Builds on"),
    "continuation": _("Since last time"),
}
MISSING = {
    "title": _("the name"),
    "aim": _("the aim"),
    "action": _("what you did"),
    "result": _("the result"),
}
FIELDS = {
    "area": ("title", "direction", "aim", "action", "result", "evidence", "predecessor", "continuation"),
    "initiative": ("title", "description", "area"),
    "challenge": ("title", "direction", "area"),
}
LINKS = ("predecessor", "area")
_ENDED = (Continuation.ACHIEVED, Continuation.DROPPED)


def lacking(area) -> tuple[str, ...]:
    """The parts that are still empty. An area that ended needs only its name and how it went."""
    needed = ("title", "result") if area.continuation in _ENDED else ("title", "aim", "action", "result")
    return tuple(part for part in needed if not getattr(area, part).strip())


def too_long(area) -> tuple[str, ...]:
    """The parts that hold more words than they may."""
    return tuple(part for part in PARTS if count_words(getattr(area, part)) > LIMITS[part])


def row_values(kind: str, row) -> dict[str, str]:
    """A row as its fields post it, by field name."""
    return {
        name: str(getattr(row, f"{name}_id") or "") if name in LINKS else getattr(row, name)
        for name in FIELDS[kind]
    }
