"""What a juror posts from the score form, read as a paper, with a sentence for each field gone wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.form_problems import Problem
from criteria import values
from criteria.lines import LONGEST, NOTES, TEXTS, Line, Paper, written_codes
from criteria.plan import plan_for
from criteria.score_form import text_label
from criteria.scoring import Mark, Node, ScoringModel
from criteria.states import RecusalReason

MOST_VERSION = 2**31 - 1


@dataclass(frozen=True)
class Posted:
    """The paper as far as it could be read, what was typed, and what is wrong, both by posted name."""

    paper: Paper
    typed: Mapping[str, str]
    problems: Mapping[str, object]
    titles: Mapping[str, str]  # label of each field with a problem
    version: int | None  # None where the post carried no token

    @property
    def is_sound(self) -> bool:
        """True when everything can be kept."""
        return not self.problems

    @property
    def summary(self) -> list[Problem]:
        """The problems with links to their fields."""
        return [Problem(str(text), self.titles[name], name) for name, text in self.problems.items()]


def read_sheet(model: ScoringModel, post: QueryDict, language: str) -> Posted:
    """Read the fields that the model knows. Others are ignored; what was not posted stays untouched."""
    reader = _Reader(post, language)
    for code in written_codes(model):
        reader.read_line(plan_for(model).by_code[code].node)
    notes = {name: reader.read_text(name, text_label(name)) for name in NOTES if name in post}
    paper = Paper(reader.lines, **notes, only=frozenset(reader.touched))
    return Posted(paper, reader.typed, reader.problems, reader.titles, _version(post.get("version")))


class _Reader:
    """Reads field after field, and remembers what was typed and what is wrong."""

    def __init__(self, post: QueryDict, language: str) -> None:
        self.post, self.language = post, language
        self.lines: dict[str, Line] = {}
        self.touched: set[tuple[str, str]] = set()
        self.typed: dict[str, str] = {}
        self.problems: dict[str, object] = {}
        self.titles: dict[str, str] = {}

    def read_line(self, node: Node) -> None:
        """The mark and the texts of one criterion, as far as they were posted."""
        found: dict[str, Mark | str | None] = {}
        title = node.title.in_language(self.language)
        name = f"criterion-{node.code}"
        if node.takes_mark and name in self.post:
            text, found["mark"], problem = _mark(self.post.getlist(name), node)
            self._note(name, text, problem, title)
        for what in TEXTS:
            if f"{what}-{node.code}" in self.post:
                label = f"{title}, {text_label(what)}"
                found[what] = self.read_text(f"{what}-{node.code}", label)
        if found:
            self.lines[node.code] = Line(**found)
            self.touched |= {(node.code, what) for what in found}

    def read_text(self, name: str, label: str) -> str:
        """One text, its line ends made alike."""
        text, problem = _text(self.post.get(name))
        self._note(name, text, problem, label)
        return text

    def _note(self, name: str, text: str, problem: object, label: str) -> None:
        self.typed[name] = text
        if problem:
            self.problems[name], self.titles[name] = problem, label


def _mark(raw: list[str], node: Node) -> tuple[str, Mark | None, object]:
    """(what was typed, the mark, the problem). A number field and its words post under one name."""
    given = list(dict.fromkeys(each.strip() for each in raw if each.strip()))
    if len(given) > 1:
        return given[0], None, _("Give either a number or one of the two words, not both.")
    text = given[0] if given else ""
    reading = values.parse(text, node)
    return text, reading.mark, reading.reason


def _text(raw: str) -> tuple[str, object]:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    if "\x00" in text:
        return text.replace("\x00", ""), _("The text holds a character that cannot be kept. Write it again.")
    if len(text) > LONGEST:
        sentence = _("The text is {length} characters long; at most {most} can be kept.")
        return text, format_lazy(sentence, length=len(text), most=LONGEST)
    return text, ""


def _version(raw: str | None) -> int | None:
    if raw is None:
        return None
    return int(raw) if raw.isascii() and raw.isdigit() and int(raw) <= MOST_VERSION else 0


class RecusalForm(forms.Form):
    """Why a juror stands aside."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=RecusalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("In your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Read by the chair and the organiser only."),
    )


class ReturnForm(forms.Form):
    """Why a juror who stood aside comes back."""

    reason = forms.CharField(
        label=_("Why the juror comes back"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the journal."),
        error_messages={"required": _("Say why.")},
    )
