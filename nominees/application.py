"""An application as a whole: its parts, how complete each is, and what is still missing, with links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from awards.models import Person
from awards.prepared import Prepared
from nominees import afterwards, areas
from nominees.asking import Asked, asked_of
from nominees.deadlines import read_stages
from nominees.loose_ends import LooseEnd, loose_count, loose_ends
from nominees.models import Contact, Contribution, ImprovementArea, JuryQuestion, Material, Nomination
from nominees.states import MaterialState, NominationState, QuestionKind


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or too long before the entry can be sent in."""

    text: object
    where: object  # the part's title
    url: str
    may_be_left: bool = False  # a file being checked: the entry can be sent in without it


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


@dataclass(frozen=True)
class Application:
    """Everything that the side index, the to-do list and the page for sending in show."""

    nomination: Nomination
    parts: tuple[Part, ...]
    asked: tuple[Asked, ...]
    areas: tuple[ImprovementArea, ...]

    @property
    def may_leave_files(self) -> bool:
        """Whether nothing but files that are being checked stands in the way."""
        return bool(self.gaps) and all(gap.may_be_left for gap in self.gaps)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What stands in the way of sending in, in the order of the parts."""
        return tuple(gap for part in self.parts for gap in part.gaps)

    @property
    def done(self) -> int:
        """How many parts that ask for something are complete."""
        return sum(1 for part in self.counted if not part.gaps)

    @property
    def counted(self) -> tuple[Part, ...]:
        """The parts that ask for something."""
        return tuple(part for part in self.parts if part.css != "is-later")

    @property
    def next_part(self) -> Part | None:
        """Where to go on: the first part with a gap."""
        return next((part for part in self.parts if part.gaps), None)

    def after(self, code: str) -> Part:
        """The part that follows, or the last one."""
        codes = [part.code for part in self.parts]
        place = codes.index(code) + 1 if code in codes else 0
        return self.parts[min(place, len(codes) - 1)]


def part_url(entry: int, code: str) -> str:
    """The page of a part: a section's code, or contributions, material, submit."""
    return reverse("application_section", args=[entry, code])


def _seen(*, user: int, now: datetime, pk: int) -> QuerySet:
    person = Person(pk=user)
    return with_surroundings(Nomination.objects.visible_to(person, now), person, now).filter(pk=pk)


def _briefly(pk: int) -> QuerySet:
    return Nomination.objects.filter(pk=pk).select_related("edition", "municipality").order_by("pk")


_SEEN = Prepared(_seen, user=int, now=datetime, pk=int)
_OWN = Prepared(
    lambda user, now, pk: _briefly(pk).written_by(Person(pk=user), now)[:1], user=int, now=datetime, pk=int
)


def find_entry(user: Person, pk: int, now: datetime) -> Nomination | None:
    """The entry with all that its pages ask permissions about; None when `user` may not see it. Two queries.

    Sets `levels` (this person's own), `last_id` and `last_year` (the entry to start from), `material_count`,
    `contribution_count`, `question_count` (questions from the jury that wait for an answer) and `links` (what
    the floors above tell the municipality), and `loose_count` (what is half done beside the questions).
    """
    if user.is_superuser:
        found = list(with_surroundings(Nomination.objects.filter(pk=pk), user, now))
    else:
        found = _SEEN.things(user=user.pk, now=now, pk=pk)
    if not found:
        return None
    (entry,) = found
    entry.levels = {user.pk: entry.own_level} if entry.own_level else {}
    entry.links = afterwards.links(entry) if entry.own_level else ()
    read_stages(entry.edition, entry.municipality.code)
    return entry


def find_briefly(user: Person, pk: int, now: datetime) -> Nomination | None:
    """The entry with what a save asks about, and no more: this person's own level, and the stages.

    A contact's own entry is found by a light query; only where there is none the whole door is asked.
    """
    found = _OWN.things(user=user.pk, now=now, pk=pk)
    entry = found[0] if found else _briefly(pk).visible_to(user, now).first()
    if entry is None:
        return None
    level = getattr(entry, "own_level", None)
    entry.levels = {user.pk: level} if level else {}
    read_stages(entry.edition, entry.municipality.code)
    return entry


def last_entry_id(entry: Nomination) -> int | None:
    """The entry that this one builds on: as its finder annotated, else by a query."""
    if not hasattr(entry, "last_id"):
        entry.last_id = (
            Nomination.objects.filter(pk=entry.pk)
            .annotate(last=Coalesce(F("carried_from"), Subquery(_earlier().values("pk")[:1])))
            .values_list("last", flat=True)
            .first()
        )
    return entry.last_id


def with_surroundings(entries: QuerySet, user: Person, now: datetime) -> QuerySet:
    """Annotate own_level, last_id, last_year, the four counts and what is told beside the entry."""
    return entries.select_related("edition__fair", "edition__award", "municipality").annotate(
        **afterwards.annotations(),
        own_level=Subquery(_own(user, now).values("level")[:1]),
        last_id=Coalesce(F("carried_from"), Subquery(_earlier().values("pk")[:1])),
        last_year=Coalesce(
            F("carried_from__edition__fair__label_year"),
            Subquery(_earlier().values("edition__fair__label_year")[:1]),
        ),
        material_count=_count(
            Material.objects.current().exclude(state=MaterialState.REFUSED).filter(nomination=OuterRef("pk")),
            "nomination",
        ),
        contribution_count=_count(
            Contribution.objects.exclude(title="").filter(
                fair=OuterRef("edition__fair"), municipalities=OuterRef("municipality")
            ),
            "fair",
        ),
        loose_count=loose_count(),
        question_count=_count(
            JuryQuestion.objects.filter(nomination=OuterRef("pk"), answered_at=None).exclude(
                released_at=None
            ),
            "nomination",
        ),
    )


def application(entry: Nomination) -> Application:
    """One application. Two queries, three when something is half done."""
    return applications([entry])[entry.pk]


def applications(entries: Iterable[Nomination]) -> dict[int, Application]:
    """Several, by their pk. Two queries however many, three when something is half done."""
    entries = list(entries)
    asked, loose = asked_of(entries), loose_ends(entries)
    declared: dict[int, list[ImprovementArea]] = {entry.pk: [] for entry in entries}
    for area in ImprovementArea.objects.filter(nomination__in=entries).order_by(
        "nomination", "-direction", "position", "pk"
    ):
        declared[area.nomination_id].append(area)
    return {
        entry.pk: Application(
            entry,
            tuple(_parts(entry, asked[entry.pk], declared[entry.pk], loose.get(entry.pk, ()))),
            asked[entry.pk],
            tuple(declared[entry.pk]),
        )
        for entry in entries
    }


# The parts ------------------------------------------------------------------------------------------
def _parts(
    entry: Nomination,
    asked: tuple[Asked, ...],
    declared: list[ImprovementArea],
    loose: tuple[LooseEnd, ...],
):
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
        Gap(
            format_lazy(sentence, name=end.name),
            title,
            f"{url}#material-{end.pk}",
            may_be_left=not end.is_required,
        )
        for end in loose
        if end.what == "file"
    )
    css = "is-begun" if gaps else "is-done"
    return Part("material", title, url, css, format_lazy(words, count=entry.material_count), gaps)


# Around the entry -----------------------------------------------------------------------------------
def _earlier() -> QuerySet:
    """The municipality's entries in earlier editions of the award; a rehearsal's only seen in rehearsals.

    A rehearsal's contacts may be invented people: of what is no rehearsal they build on public history alone.
    """
    history = Q(edition__is_rehearsal=False, state=NominationState.HISTORIC, published_at__isnull=False)
    return (
        Nomination.objects.filter(
            Q(edition__is_rehearsal=OuterRef("edition__is_rehearsal")) | history,
            municipality=OuterRef("municipality"),
            edition__award=OuterRef("edition__award"),
            edition__fair__label_year__lt=OuterRef("edition__fair__label_year"),
        )
        .exclude(state=NominationState.DRAFT)
        .order_by("-edition__fair__label_year", "-pk")
    )


def _own(user: Person, now: datetime) -> QuerySet:
    """This person's contact row in force for an entry."""
    return Contact.objects.in_force(now).filter(
        person=user, edition=OuterRef("edition"), municipality=OuterRef("municipality")
    )


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(counted[:1]), 0)
