"""What a submission holds, as canonical JSON with its SHA-256, and as chapters to read; no query."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from awards import formats
from nominees.areas import LABELS, PARTS
from nominees.models import Contribution
from nominees.paper_signs import is_seen
from nominees.states import Continuation, Direction, QuestionKind

FORMAT = "submission"
KINDS = dict(Contribution.KINDS)
_NOT_TEXT = (QuestionKind.FILE, QuestionKind.IMPROVEMENT_AREAS, QuestionKind.KEY_FACTS)


@dataclass(frozen=True, slots=True)
class Line:
    """One text with what it answers; the label is empty where the heading says enough."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its answer, an area, a contribution, a file. `is_named`: the title is theirs."""

    key: str
    title: str
    lines: tuple[Line, ...]
    note: str = ""
    is_named: bool = False

    @property
    def heading(self) -> str:
        """The title, or words for one that says nothing."""
        return self.title if is_seen(self.title) else _("Without a name")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the submission."""

    title: str
    items: tuple[Item, ...]


# Bytes ----------------------------------------------------------------------------------------------
def canonical(content: Mapping) -> bytes:
    """The bytes that the SHA-256 is taken over: UTF-8, keys in order, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: Mapping) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def is_same(content: Mapping, other: Mapping) -> bool:
    """Whether the municipality says the same in both.

    What others set is aside: a question's words, and a joint contribution that a partner has written.
    """
    both = (*content["contributions"], *other["contributions"])
    partners = {each["id"] for each in both if not each.get("is_own", True)}
    return _own_words(content, partners) == _own_words(other, partners)


def _own_words(content: Mapping, partners: Collection[int]) -> dict:
    """What a municipality itself has said; `partners` are the contributions (by id) that others wrote."""
    answers = {
        (part["code"], each["code"]): (each["text"], each["number"], each["choice"])
        for part in content["sections"]
        for each in part["answers"]
        if is_text(each) and (each["text"] or each["number"] is not None or each["choice"])
    }
    files = [
        (each["id"], each["name"], each["description"], each["is_private"], each["question"])
        for each in content["materials"]
    ]
    brought = [
        {name: each[name] for name in ("id", "title", "kind", "theme", "together")}
        for each in content["contributions"]
        if each["id"] not in partners
    ]
    rows = {name: content[name] for name in ("areas", "initiatives", "challenges")}
    competes = not content["contribution_only"]
    return {"answers": answers, "files": files, "competes": competes, "brought": brought, **rows}


# To read --------------------------------------------------------------------------------------------
def chapters(content: Mapping, language: str) -> tuple[Chapter, ...]:
    """The submission in the order of its parts; the labels in the language in force."""
    found = [
        Chapter(in_language(part["title"], language), _answers(part, language))
        for part in content["sections"]
    ]
    found += [
        Chapter(_("Improvement areas"), tuple(_area(each) for each in content["areas"])),
        Chapter(_("Initiatives"), tuple(_topic("initiative", each) for each in content["initiatives"])),
        Chapter(_("Challenges"), tuple(_topic("challenge", each) for each in content["challenges"])),
        Chapter(
            _("Contributions to the fair"),
            tuple(_contribution(each, language) for each in content["contributions"]),
        ),
        Chapter(_("Material"), tuple(_material(each, language) for each in content["materials"])),
    ]
    return tuple(chapter for chapter in found if chapter.items)


def _answers(part: Mapping, language: str) -> tuple[Item, ...]:
    return tuple(
        Item(
            key=f"answer-{part['code']}-{each['code']}",
            title=in_language(each["question"], language),
            lines=(Line("", "", said(each, language)),),
        )
        for each in part["answers"]
        if is_text(each)
    )


def said(answer: Mapping, language: str) -> str:
    """An answer as a person reads it: the words of a choice, a number with its unit, the text."""
    if answer["chosen"]:
        return in_language(answer["chosen"], language)
    if answer["number"] is not None:
        figure = formats.number(Decimal(answer["number"]), None, language)
        return f"{figure} {answer['unit']}".strip()
    return answer["text"]


def _area(area: Mapping) -> Item:
    notes = [str(Direction(area["direction"]).label)]
    if area["continuation"]:
        since = str(Continuation(area["continuation"]).label)
        before = area["builds_on"]
        notes.append(f"{since} ({before['year']}: {before['title']})" if before else since)
    lines = (Line(name, str(LABELS[name]), area[name]) for name in PARTS)
    return Item(
        f"area-{area['id']}",
        area["title"],
        tuple(line for line in lines if line.text),
        " · ".join(notes),
        is_named=True,
    )


def _topic(kind: str, topic: Mapping) -> Item:
    text = topic.get("description", "")
    return Item(
        f"{kind}-{topic['id']}",
        topic["title"],
        (Line("", "", text),) if text else (),
        topic["area"],
        is_named=True,
    )


def _contribution(each: Mapping, language: str) -> Item:
    notes = [str(KINDS[each["kind"]])]
    notes += [in_language(each["theme"], language)] if each["theme"] else []
    notes += (
        [_("together with %(names)s") % {"names": ", ".join(each["together"])}] if each["together"] else []
    )
    return Item(f"contribution-{each['id']}", each["title"], (), " · ".join(notes), is_named=True)


def _material(each: Mapping, language: str) -> Item:
    notes = [each["link"]] if each["link"] else [formats.size(each["size"], language)]
    notes += [_("for the organiser only")] if each["is_private"] else []
    lines = []
    if each["description"]:
        lines.append(Line("description", _("Description"), each["description"]))
    if each["sha256"]:
        lines.append(Line("sha256", "SHA-256", each["sha256"]))
    return Item(f"material-{each['id']}", each["name"], tuple(lines), " · ".join(notes), is_named=True)


def texts(content: Mapping, language: str) -> Iterator[tuple[str, Chapter, Item, Line]]:
    """Every text with a key that stays the same from version to version: titles and notes count as texts."""
    for chapter in chapters(content, language):
        for item in chapter.items:
            if item.is_named:
                yield f"{item.key}-title", chapter, item, Line("title", "", item.title)
            if item.note:
                yield f"{item.key}-note", chapter, item, Line("note", "", item.note)
            for line in item.lines:
                yield f"{item.key}-{line.key}", chapter, item, line


def is_text(answer: Mapping) -> bool:
    """Whether the answer is read as words; files, areas and key facts stand in places of their own."""
    return answer["kind"] not in _NOT_TEXT


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words in this language, in Swedish where they are missing."""
    return words.get(language) or words["sv"]
