"""Which column is which: guessed from headings in Swedish and English, or as it was said last time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from reports.importing.kinds import Kind

LOOKED_AT = 15  # rows at the top among which the headings are sought: a title may stand above them
_SIGNS = re.compile(r"[^\w]+|_+")


def heading_key(text: str) -> str:
    """A heading without case, signs and odd spaces: `E-post *` and `e post` are one."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()


def heading_row(rows: Sequence[tuple[int, Sequence[str]]], kind: Kind) -> int:
    """The place among `rows` of the one whose cells are most like headings; the first filled one in doubt."""
    known = {heading for field in kind.fields for heading in field.headings}
    scores = [
        sum(heading_key(cell) in known for cell in cells) or (0.5 if sum(map(bool, cells)) > 1 else 0)
        for _number, cells in rows[:LOOKED_AT]
    ]
    return scores.index(max(scores)) if scores else 0


def guessed(headings: Sequence[str], kind: Kind, remembered: Mapping[str, str]) -> list[str]:
    """A field's name for each heading, or "": what was said last time, the same words, then words within."""
    keys = [heading_key(heading) for heading in headings]
    found = [""] * len(keys)
    free = {field.name: field for field in kind.fields}
    for judge in (
        lambda key, field: remembered.get(key) == field.name,
        lambda key, field: key in field.headings,
        lambda key, field: any(
            f" {heading} " in f" {key} " for heading in field.headings if len(heading) > 3
        ),
    ):
        for place, key in enumerate(keys):
            if found[place] or not key or remembered.get(key) == "":
                continue
            name = next((each.name for each in free.values() if judge(key, each)), "")
            if name:
                found[place] = name
                del free[name]
    return found


def lacking(kind: Kind, mapping: Sequence[str], fills: Mapping[str, str]) -> list[str | Promise]:
    """What the columns still lack before a row can be read, a sentence each; a field twice is one too."""
    sentences: list[str | Promise] = []
    for field in kind.fields:
        if mapping.count(field.name) > 1:
            sentences.append(
                format_lazy(_("Two columns are said to be “{field}”. Choose one."), field=field.label)
            )
        if field.required and field.name not in mapping and not fills.get(field.name):
            sentences.append(format_lazy(_("No column is said to be “{field}”."), field=field.label))
    if kind.any_of and not any(name in mapping for name in kind.any_of):
        sentences.append(
            _("No column says which municipality a row is about, by code, name or organisation number.")
        )
    return sentences
