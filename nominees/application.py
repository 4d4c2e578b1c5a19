"""An application as a whole: the entry as its pages find it, its parts, and what is missing in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from awards.models import Person
from awards.prepared import Prepared
from nominees import afterwards
from nominees.asking import Asked, asked_of
from nominees.counts import counted
from nominees.deadlines import read_stages
from nominees.loose_ends import loose_count, loose_ends
from nominees.models import Contact, Contribution, ImprovementArea, JuryQuestion, Material, Nomination
from nominees.parts import Gap, Part, parts_of
from nominees.states import MaterialState, NominationState


@dataclass(frozen=True)
class Application:
    """Everything that the side index, the to-do list and the page for sending in show."""

    nomination: Nomination
    parts: tuple[Part, ...]
    asked: tuple[Asked, ...]
    areas: tuple[ImprovementArea, ...]

    @property
    def waits_for_check(self) -> bool:
        """Whether nothing but files that are being checked stands in the way."""
        return bool(self.gaps) and all(gap.may_wait for gap in self.gaps)

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
        material_count=counted(
            Material.objects.current().exclude(state=MaterialState.REFUSED).filter(nomination=OuterRef("pk")),
            "nomination",
        ),
        contribution_count=counted(
            Contribution.objects.exclude(title="").filter(
                fair=OuterRef("edition__fair"), municipalities=OuterRef("municipality")
            ),
            "fair",
        ),
        loose_count=loose_count(),
        question_count=counted(
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
            tuple(parts_of(entry, asked[entry.pk], declared[entry.pk], loose.get(entry.pk, ()))),
            asked[entry.pk],
            tuple(declared[entry.pk]),
        )
        for entry in entries
    }


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
