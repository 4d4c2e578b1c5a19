"""A draft's whole effect: every row with what it would do, how many of each, and a mark of all that."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from awards.verdicts import YES, Verdict, no
from reports.importing import contacts, evaluations, jurors, nominations
from reports.importing.kinds import CONTACTS, EVALUATIONS, JURORS, KINDS, NOMINATIONS
from reports.importing.rows import LABELS, PROBLEM, Row, sheet_of
from reports.models import ImportDraft

PLANNERS = {
    NOMINATIONS.name: nominations.plan,
    CONTACTS.name: contacts.plan,
    JURORS.name: jurors.plan,
    EVALUATIONS.name: evaluations.plan,
}


@dataclass(frozen=True)
class Plan:
    """Every row in the order of the file. `digest` changes with the file, the columns and the database."""

    rows: tuple[Row, ...]
    digest: str

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each status, all named."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in LABELS}

    @property
    def acts(self) -> list:
        """What is handed to the action that writes."""
        return [row.act for row in self.rows if row.act is not None]

    @property
    def letters(self) -> int:
        """How many invitations go out."""
        return sum(row.sends_letter for row in self.rows)

    @property
    def verdict(self) -> Verdict:
        """Whether there is something to write, and nothing in the way of it."""
        counts = self.counts
        if counts[PROBLEM]:
            sentence = ngettext_lazy(
                "One row has a problem. Mend it in the file, or leave it out.",
                "{count} rows have problems. Mend them in the file, or leave them out.",
                counts[PROBLEM],
            )
            return no(format_lazy(sentence, count=counts[PROBLEM]))
        if not self.acts:
            return no(_("The site says all of this already. There is nothing to import."))
        return YES


def plan_of(draft: ImportDraft, now: datetime) -> Plan:
    """What the draft would do now: at most four queries, however many rows."""
    rows = tuple(PLANNERS[draft.kind](sheet_of(draft, KINDS[draft.kind]), draft.edition, now))
    told = [
        [
            row.number,
            row.status,
            row.whom,
            repr(row.act),
            [[str(each.old), str(each.new)] for each in row.changes],
        ]
        for row in rows
    ]
    written = json.dumps([draft.kind, draft.sha256, draft.columns, draft.fills, told], ensure_ascii=False)
    return Plan(rows, hashlib.sha256(written.encode()).hexdigest())
