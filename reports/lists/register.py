"""Which lists there are."""

from __future__ import annotations

from reports.lists.entries import ENTRIES, FILES, PLACES
from reports.lists.journal import JOURNAL
from reports.lists.jury import JURORS
from reports.lists.kinds import ListKind
from reports.lists.letters import LETTERS
from reports.lists.people import CONTACTS

LISTS: dict[str, ListKind] = {
    kind.name: kind for kind in (ENTRIES, PLACES, CONTACTS, JURORS, FILES, LETTERS, JOURNAL)
}
