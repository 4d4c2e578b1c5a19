"""A letter to many before it is sent: each as it will read, and whether the readers are still the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards import addressees
from awards.addressees import Addressee
from awards.letter_texts import written
from awards.letters import LetterText
from awards.models import Edition

ONE = "one"  # a single person instead of a group


@dataclass(frozen=True)
class Written:
    """One letter as it will be read."""

    reader: Addressee
    text: LetterText


@dataclass(frozen=True)
class Draft:
    """What the organiser has put together: for whom, and the words in Swedish and perhaps in English."""

    purpose: str
    group: str
    one: str  # the key of the single reader, where the group is ONE
    swedish: LetterText
    english: LetterText | None

    def names(self, edition: Edition, now: datetime) -> tuple[str, ...]:
        """The places that the readers' words can fill."""
        if self.group == ONE:
            return next((tuple(each.words) for each in self.readers(edition, now)), ())
        group = addressees.group_of(self.group)
        return group.names if group else ()

    def readers(self, edition: Edition, now: datetime) -> list[Addressee]:
        """Who would get it at this moment."""
        if self.group == ONE:
            return [each for each in addressees.everybody(edition, now) if each.key == self.one]
        group = addressees.group_of(self.group)
        return list(group.who(edition, now)) if group else []

    def letters(self, edition: Edition, now: datetime) -> list[Written]:
        """Each letter; nobody gets the very same letter twice."""
        found: dict[tuple[int, str, str], Written] = {}
        for reader in self.readers(edition, now):
            text = written(self._words_for(reader), reader.words)
            found.setdefault((reader.person.pk, text.subject, text.body), Written(reader, text))
        return list(found.values())

    def _words_for(self, reader: Addressee) -> LetterText:
        return self.english if self.english and reader.language == "en" else self.swedish


def fingerprint(letters: Sequence[Written]) -> str:
    """What stands for exactly these letters to exactly these readers."""
    facts = [
        [each.reader.key, each.reader.person.email, each.text.subject, each.text.body] for each in letters
    ]
    return hashlib.sha256(json.dumps(sorted(facts), ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """What has become different since the preview."""

    new: tuple[str, ...]
    gone: int

    @property
    def is_words_only(self) -> bool:
        """The same readers, but a letter reads differently: a deadline has moved."""
        return not self.new and not self.gone


def change(seen: Mapping[str, object] | Sequence[str], letters: Sequence[Written]) -> Change:
    """Compare the readers that were shown (their keys) with those of now."""
    keys = {each.reader.key for each in letters}
    new = tuple(each.reader.about for each in letters if each.reader.key not in set(seen))
    return Change(new, len(set(seen) - keys))
