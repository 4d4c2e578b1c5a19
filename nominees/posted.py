"""What a writing page posts, as far as it can be read without asking the database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nominees.drafts import Written
from nominees.words import tidy

MOST_FIELDS = 600
_NAME = re.compile(r"(answer-[\w-]{1,60}|(area|initiative|challenge|contribution)-[0-9]{1,18}-[a-z]{1,20})")
TOO_MANY = _("The form holds more rows than it may. Load the page again.")
TAKEN_OUT = _("Signs that nobody sees were taken out of the text. Read it through.")


@dataclass(frozen=True)
class Posted:
    """The fields by name; `refusal` when the whole is nothing that our page can have sent."""

    written: Mapping[str, Written]
    notice: object = ""
    refusal: object = ""

    @property
    def typed(self) -> dict[str, str]:
        """Only what was typed, by name."""
        return {name: field.value for name, field in self.written.items()}

    @property
    def was(self) -> dict[str, str]:
        """The marks that came with it, by name."""
        return {name: field.was for name, field in self.written.items()}


def read_typed(post: QueryDict) -> dict[str, str]:
    """Everything that was typed, by name, whatever was chosen at a clash: to give it back, not to save it."""
    typed = {}
    for name in post:
        if _NAME.fullmatch(name):
            typed[name] = tidy(post[name])[0]
            merged = tidy(post.get(f"merged-{name}", ""))[0]
            if merged and merged != typed[name]:
                typed[f"merged-{name}"] = merged
    return typed


def read_posted(post: QueryDict) -> Posted:
    """Read the fields that a writing page knows, and follow the choices made at a clash."""
    names = [name for name in post if _NAME.fullmatch(name)]
    if len(names) > MOST_FIELDS:
        return Posted({}, refusal=TOO_MANY)
    written, notice = {}, ""
    for name in names:
        use = post.get(f"use-{name}", "written")
        if use == "saved":
            continue
        raw = post.get(f"merged-{name}", "") if use == "merged" else post[name]
        value, is_changed = tidy(raw)
        notice = TAKEN_OUT if is_changed else notice
        written[name] = Written(value, post.get(f"was-{name}", ""))
    return Posted(written, notice)
