"""Sources as numbered notes: each fact on a page carries the number of where it was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from awards.models import Source


@dataclass(frozen=True, slots=True)
class Footnote:
    """One line of a page's list of sources."""

    number: int
    text: str
    url: str
    publisher: str

    @property
    def anchor(self) -> str:
        """What a reference points at."""
        return f"k{self.number}"


@dataclass(slots=True)
class Footnotes:
    """Numbers sources in the order in which a page names them."""

    notes: dict[str, Footnote] = field(default_factory=dict)

    def number(self, text: str | None, publisher: str | None = "") -> tuple[int, ...]:
        """The number of a source as references are written: one, or none when there is no source."""
        if not text:
            return ()
        if text not in self.notes:
            source = Source(text=text, publisher=publisher or "")
            self.notes[text] = Footnote(len(self.notes) + 1, text, source.url, source.short)
        return (self.notes[text].number,)

    def numbers(self, *sources: tuple[str | None, str | None]) -> tuple[int, ...]:
        """The numbers of several (text, publisher), each once, in order."""
        found = [number for text, publisher in sources for number in self.number(text, publisher)]
        return tuple(dict.fromkeys(found))

    @property
    def listed(self) -> tuple[Footnote, ...]:
        """The list at the foot of the page."""
        return tuple(self.notes.values())
