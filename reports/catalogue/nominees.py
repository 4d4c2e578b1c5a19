"""The nominees with what they work on, and what they brought to the fairs, year by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards.formats import written_language
from nominees.models import Contribution, Nomination, NominationEvent
from nominees.states import Continuation, Direction, Outcome
from nominees.streaks import NOMINATING
from nominees.works import Work, Works, works_of
from reports.catalogue.report import Asked, Report
from reports.columns import Column, Kind, Sheet
from reports.lists.entries import entries_of

YEAR = Column("year", gettext_lazy("Year"), Kind.CODE)
CODE = Column("code", gettext_lazy("Code"), Kind.CODE)
NAME = Column("name", gettext_lazy("Municipality"))
OUTCOME = Column("outcome", gettext_lazy("Outcome"), Kind.WORD, words=dict(Outcome.choices))
NOMINEES = (
    CODE,
    NAME,
    OUTCOME,
    Column("county", gettext_lazy("County")),
    Column("group", gettext_lazy("Group")),
    Column("population", gettext_lazy("Population"), Kind.COUNT),
    Column("outward", gettext_lazy("Improvement areas, outward"), Kind.LONG, width=46),
    Column("inward", gettext_lazy("Improvement areas, inward"), Kind.LONG, width=46),
    Column("themes", gettext_lazy("Themes by year"), Kind.LONG, width=34),
)
AREAS = (
    YEAR,
    CODE,
    NAME,
    Column("direction", gettext_lazy("Direction"), Kind.WORD, words=dict(Direction.choices)),
    Column("area", gettext_lazy("Improvement area"), Kind.LONG, of="title", width=40),
    Column("continuation", gettext_lazy("Since last time"), Kind.WORD, words=dict(Continuation.choices)),
    Column("aim", gettext_lazy("Aim"), Kind.LONG),
    Column("action", gettext_lazy("What was done"), Kind.LONG),
    Column("result", gettext_lazy("Result"), Kind.LONG),
    Column("evidence", gettext_lazy("Evidence"), Kind.LONG),
)
KINDS = dict(Contribution.KINDS)
BROUGHT = (
    YEAR,
    CODE,
    NAME,
    Column("theme", gettext_lazy("Theme")),
    Column("title", gettext_lazy("Title"), Kind.LONG, width=50),
    Column("kind", gettext_lazy("Kind"), Kind.WORD, words=KINDS),
)


@dataclass(frozen=True, slots=True)
class Area:
    """An improvement area with the nomination that tells of it."""

    nomination: int
    year: int
    code: str
    name: str
    work: Work

    @property
    def row(self) -> tuple:
        """Its cells, in the order of AREAS."""
        work = self.work
        texts = (work.title, work.continuation, work.aim, work.action, work.result, work.evidence)
        return (self.year, self.code, self.name, work.direction, *texts)


def nominees(asked: Asked) -> Sequence[Sheet]:
    """The edition's nominees; their improvement areas of all years; their contributions of all years.

    Of other editions only what the asker may see. Five queries.
    """
    entries = list(_nominees(asked).with_outcome().select_related("municipality__county"))
    entries.sort(key=lambda entry: entry.municipality.sort_key)
    places = [entry.municipality_id for entry in entries]
    areas = list(_areas(asked, places))
    brought = list(_brought(asked, places))
    return (
        Sheet("nominees", _("Nominees"), NOMINEES, _rows(entries, areas, brought)),
        Sheet("areas", _("Improvement areas"), AREAS, [area.row for area in areas]),
        Sheet("contributions", _("Contributions"), BROUGHT, brought),
    )


def _nominees(asked: Asked) -> QuerySet[Nomination]:
    told = NominationEvent.objects.filter(nomination=OuterRef("pk"), kind__in=NOMINATING)
    return entries_of(asked).filter(Exists(told), contribution_only=False)


def _areas(asked: Asked, places: list[int]) -> list[Area]:
    """Of these municipalities in this edition and the earlier ones of the award, the latest first.

    As they were sent in: two queries, and one for which entries.
    """
    door = Nomination.objects.visible_to(asked.by, asked.now) if asked.by else Nomination.objects.all()
    edition = asked.edition
    seen = door.filter(
        municipality__in=places,
        edition__award=edition.award_id,
        edition__fair__label_year__lte=edition.year,
        edition__is_rehearsal__in={False, edition.is_rehearsal},
    )
    works = works_of(seen, asked.now)
    rows = seen.order_by("municipality__sort_key", "-edition__fair__label_year", "pk").values_list(
        "pk", "edition__fair__label_year", "municipality__code", "municipality__name"
    )
    return [
        Area(pk, year, code, name, each)
        for pk, year, code, name in rows
        for each in works.get(pk, Works()).areas
    ]


def _brought(asked: Asked, places: Iterable[int] | None) -> QuerySet:
    """(year, code, name, theme, title, kind) of what municipalities brought, the latest first."""
    door = Contribution.objects.visible_to(asked.by, asked.now) if asked.by else Contribution.objects.all()
    edition = asked.edition
    rows = door.filter(fair__rehearsal__in={False, edition.is_rehearsal}, fair__label_year__lte=edition.year)
    rows = rows.filter(fair=edition.fair_id) if places is None else rows.filter(municipalities__in=places)
    theme = "theme__title_en" if written_language(get_language()) == "en" else "theme__title_sv"
    return rows.order_by("municipalities__sort_key", "-fair__label_year", "pk").values_list(
        "fair__label_year", "municipalities__code", "municipalities__name", theme, "title", "kind"
    )


def _rows(entries: Iterable[Nomination], areas: Iterable[Area], brought: Iterable[tuple]) -> Iterable[tuple]:
    titles: dict[tuple[int, str], list[str]] = defaultdict(list)
    for area in areas:
        titles[area.nomination, area.work.direction].append(area.work.title)
    themes: dict[str, list[str]] = defaultdict(list)
    for year, code, _name, theme, title, _kind in brought:
        themes[code].append(f"{year} {theme or title}")
    for entry in entries:
        place = entry.municipality
        yield (
            place.code,
            place.name,
            entry.outcome,
            place.county.name,
            place.group,
            place.population,
            "\n".join(titles[entry.pk, Direction.OUTWARD]),
            "\n".join(titles[entry.pk, Direction.INWARD]),
            "\n".join(themes[place.code]),
        )


def contributions(asked: Asked) -> Sequence[Sheet]:
    """What municipalities bring to the edition's fair: one query."""
    return [Sheet("contributions", _("Contributions"), BROUGHT, _brought(asked, None))]


def _pairs(asked: Asked) -> QuerySet:
    """A contribution of two municipalities is two rows."""
    door = Contribution.objects.visible_to(asked.by, asked.now) if asked.by else Contribution.objects.all()
    return Contribution.municipalities.through.objects.filter(
        contribution__in=door.filter(fair=asked.edition.fair_id)
    )


REPORTS = (
    Report(
        "nominees",
        gettext_lazy("Nominees"),
        gettext_lazy("The nominees with their improvement areas and themes, year by year."),
        nominees,
        _nominees,
        order=30,
    ),
    Report(
        "contributions",
        gettext_lazy("Contributions to the fair"),
        gettext_lazy("Mottos, stands and seminars at the edition's fair, with their themes."),
        contributions,
        _pairs,
        order=31,
    ),
)
