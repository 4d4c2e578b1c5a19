"""The parts of an application: how complete each is, and what is still missing, with links; no query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from nominees import areas
from nominees.asking import Asked
from nominees.loose_ends import LooseEnd
from nominees.models import ImprovementArea, Nomination
from nominees.states import NominationState, QuestionKind


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or too long before the entry can be sent in."""

    text: object
    where: object  # the part's title
    url: str
    may_wait: bool = False  # a file being checked: the entry can be sent in with it as it is


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the side index, and one page."""

    code: str
    title: object
    url: str
    css: str  # is-done, is-begun, is-open, is-later
    words: object
    gaps: tuple[Gap, ...] = ()

    @property
    def icon(self) -> str:
        """The drawing beside it."""
        return {"is-done": "check", "is-begun": "half", "is-open": "open"}.get(self.css, "next")


def part_url(entry: int, code: str) -> str:
    """The page of a part: a section's code, or contributions, material, submit."""
    return reverse("application_section", args=[entry, code])


def parts_of(
    entry: Nomination,
    asked: tuple[Asked, ...],
    declared: list[ImprovementArea],
    loose: tuple[LooseEnd, ...],
) -> Iterator[Part]:
    """Each part in the order of the side index."""
    if not entry.contribution_only:
        sections: dict[str, list[Asked]] = {}
        for each in asked:
            sections.setdefault(each.section, []).append(each)
        for code, questions in sections.items():
            yield _section(entry, code, questions, declared, loose)
    yield _contributions(entry, loose)
    if not entry.contribution_only:
        yield _material(entry, loose)
    words = "" if entry.state != NominationState.SUBMITTED else _("sent in")
    yield Part("submit", _("Review and submit"), part_url(entry.pk, "submit"), "is-later", words)


def _section(
    entry: Nomination,
    code: str,
    questions: list[Asked],
    declared: list[ImprovementArea],
    loose: tuple[LooseEnd, ...],
) -> Part:
    title, url = questions[0].section_title, part_url(entry.pk, code)
    gaps, wanted, begun = [], 0, False
    for each in questions:
        if each.kind == QuestionKind.IMPROVEMENT_AREAS:
            found, count = _area_gaps(each, declared, title, url)
            nameless = list(_nameless(loose, ("initiative", "challenge"), title, url))
            gaps += found + nameless
            wanted += count + len(nameless)
            begun = begun or bool(declared)
        else:
            gaps += _question_gaps(each, title, url)
            wanted += each.required
            begun = begun or each.is_answered
    if gaps:
        done = max(wanted - len(gaps), 0)
        css = "is-begun" if begun else "is-open"
        words = (
            format_lazy(_("{done} of {of}"), done=done, of=wanted)
            if begun
            else pgettext_lazy("part", "not begun")
        )
    elif wanted or begun:
        css, words = "is-done", pgettext_lazy("part", "complete")
    else:
        css, words = "is-later", pgettext_lazy("part", "optional")
    return Part(code, title, url, css, words, tuple(gaps))


def _question_gaps(each: Asked, title: str, url: str):
    link = f"{url}#answer-{each.code}"
    if each.kind == QuestionKind.FILE:
        link = part_url(each.entry, "material")
    if each.required and not each.is_answered and each.kind != QuestionKind.KEY_FACTS:
        yield Gap(each.text, title, link)
    elif each.is_too_long:
        yield Gap(format_lazy(_("{what}: the text is too long"), what=each.text), title, link)


def _area_gaps(each: Asked, declared: list[ImprovementArea], title: str, url: str) -> tuple[list[Gap], int]:
    """What the areas lack, one gap an area, and how many areas are counted."""
    gaps = []
    for area in declared:
        name = area.title or _("An area without a name")
        missing, long = areas.lacking(area), areas.too_long(area)
        link = f"{url}?row=area-{area.pk}#area-{area.pk}-{(missing or long or ('title',))[0]}"
        if missing:
            what = ", ".join(str(areas.MISSING[part]) for part in missing)
            gaps.append(Gap(format_lazy("{name}: {what}", name=name, what=what), title, link))
        elif long:
            what = ", ".join(str(areas.LABELS[part]).lower() for part in long)
            sentence = format_lazy(_("{name}: too long in {what}"), name=name, what=what)
            gaps.append(Gap(sentence, title, link))
    if each.required and not declared:
        gaps.append(Gap(each.text, title, f"{url}#answer-{each.code}"))
    return gaps, max(len(declared), int(each.required))


_NAMELESS = {
    "initiative": _("An initiative without a name"),
    "challenge": _("A challenge without a name"),
    "contribution": _("A contribution without a name"),
}


def _nameless(loose: tuple[LooseEnd, ...], kinds: tuple[str, ...], title: object, url: str):
    """A gap for each row without a name, with the way to its field."""
    for end in loose:
        if end.what in kinds:
            anchor = f"{end.what}-{end.pk}"
            yield Gap(_NAMELESS[end.what], title, f"{url}?row={anchor}#{anchor}-title")


def _contributions(entry: Nomination, loose: tuple[LooseEnd, ...]) -> Part:
    title, url = _("Contributions to the fair"), part_url(entry.pk, "contributions")
    gaps = tuple(_nameless(loose, ("contribution",), title, url))
    if gaps:
        number = entry.contribution_count
        words = format_lazy(_("{done} of {of}"), done=number, of=number + len(gaps))
        return Part("contributions", title, url, "is-begun", words, gaps)
    if entry.contribution_count:
        words = ngettext_lazy("{count} contribution", "{count} contributions", entry.contribution_count)
        return Part(
            "contributions", title, url, "is-done", format_lazy(words, count=entry.contribution_count)
        )
    if entry.contribution_only:
        gap = Gap(_("What you bring to the fair"), title, url)
        return Part("contributions", title, url, "is-open", pgettext_lazy("part", "not begun"), (gap,))
    return Part("contributions", title, url, "is-later", pgettext_lazy("part", "optional"))


def _material(entry: Nomination, loose: tuple[LooseEnd, ...]) -> Part:
    title, url = _("Material"), part_url(entry.pk, "material")
    if not entry.material_count:
        return Part("material", title, url, "is-later", pgettext_lazy("part", "optional"))
    words = ngettext_lazy("{count} file", "{count} files", entry.material_count)
    sentence = _("{name} is still being checked, which takes a minute at most. Load the page again then.")
    gaps = tuple(
        Gap(format_lazy(sentence, name=end.name), title, f"{url}#material-{end.pk}", may_wait=True)
        for end in loose
        if end.what == "file"
    )
    css = "is-begun" if gaps else "is-done"
    return Part("material", title, url, css, format_lazy(words, count=entry.material_count), gaps)
