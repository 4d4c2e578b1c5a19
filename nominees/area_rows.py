"""Improvement areas, initiatives and challenges as rows of a writing page. Two queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, TextField, Value
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nominees.areas import LABELS, LIMITS, MISSING, MOST_AREAS, MOST_ROWS, lacking, row_values, too_long
from nominees.fields import Field, Typing
from nominees.models import Challenge, ImprovementArea, Initiative, Nomination
from nominees.states import Continuation, Direction

SINCE = (
    (Continuation.CONTINUED, _("Continues")),
    (Continuation.ACHIEVED, _("Achieved")),
    (Continuation.DROPPED, _("Dropped")),
)
DIRECTIONS = (
    (Direction.OUTWARD, _("Outward, for the inhabitants")),
    (Direction.INWARD, _("Inward, for how we work")),
)
HINTS = {
    "action": _("Describe it so that somebody outside the municipality understands."),
    "result": _("What became better, or why it is too early to tell."),
    "evidence": _("Where it says so: an appendix, a survey, a key figure."),
}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area with its fields."""

    pk: int
    title: str
    since: object  # continues from 2015, new
    lacks: object  # what is missing, in words; empty when complete
    fields: dict[str, Field]
    is_first: bool
    is_last: bool
    is_open: bool

    @property
    def anchor(self) -> str:
        """Where links lead."""
        return f"area-{self.pk}"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One initiative or challenge with its fields."""

    kind: str
    pk: int
    title: str
    fields: dict[str, Field]
    is_open: bool

    @property
    def anchor(self) -> str:
        """Where links lead."""
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Untold:
    """An area of the last entry that this one does not mention yet."""

    pk: int
    title: str
    direction: str


@dataclass(frozen=True)
class AreaPage:
    """Everything under the question on improvement areas."""

    outward: tuple[AreaRow, ...]
    inward: tuple[AreaRow, ...]
    initiatives: tuple[ListRow, ...]
    challenges: tuple[ListRow, ...]
    untold: tuple[Untold, ...]
    last_year: int | None

    @property
    def rows(self) -> tuple[AreaRow | ListRow, ...]:
        """All of them."""
        return self.outward + self.inward + self.initiatives + self.challenges

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another area."""
        return len(self.outward) + len(self.inward) >= MOST_AREAS

    @property
    def lists_full(self) -> bool:
        """Whether there is no room for another initiative or challenge."""
        return max(len(self.initiatives), len(self.challenges)) >= MOST_ROWS


def area_page(
    entry: Nomination, declared: Iterable[ImprovementArea], typing: Typing, opened: str
) -> AreaPage:
    """`opened` is the anchor of the row to show unfolded."""
    declared = list(declared)
    before = list(ImprovementArea.objects.filter(nomination=entry.last_id)) if entry.last_id else []
    laying = _Laying(entry, declared, before, typing, opened)
    rows = _listed(entry)
    told = {area.predecessor_id for area in declared}
    return AreaPage(
        laying.areas(Direction.OUTWARD),
        laying.areas(Direction.INWARD),
        tuple(laying.row(row) for row in rows if row["kind"] == "initiative"),
        tuple(laying.row(row) for row in rows if row["kind"] == "challenge"),
        tuple(
            Untold(area.pk, area.title, area.get_direction_display())
            for area in before
            if area.pk not in told and area.continuation not in (Continuation.ACHIEVED, Continuation.DROPPED)
        ),
        entry.last_year,
    )


class _Laying:
    """What the rows are laid out from."""

    def __init__(self, entry, declared, before, typing: Typing, opened: str) -> None:
        self.entry, self.declared, self.typing, self.opened = entry, declared, typing, opened
        self.before = tuple((str(area.pk), area.title) for area in before)
        self.own = tuple((str(area.pk), area.title or _("An area without a name")) for area in declared)

    def areas(self, direction: str) -> tuple[AreaRow, ...]:
        """The rows of one direction."""
        alike = [area for area in self.declared if area.direction == direction]
        return tuple(self._area(area, place, len(alike)) for place, area in enumerate(alike))

    def _area(self, area: ImprovementArea, place: int, of: int) -> AreaRow:
        fields = self._area_fields(area)
        lacks = _lacks(area)
        is_wrong = any(field.problem for field in fields.values())
        anchor = f"area-{area.pk}"
        return AreaRow(
            pk=area.pk,
            title=area.title,
            since=self._since(area),
            lacks=lacks,
            fields=fields,
            is_first=place == 0,
            is_last=place == of - 1,
            is_open=is_wrong or self.opened == anchor or (not self.opened and not area.title),
        )

    def _area_fields(self, area: ImprovementArea) -> dict[str, Field]:
        values = row_values("area", area)

        def field(name: str, widget: str, **more: object) -> Field:
            return self.typing.field(f"area-{area.pk}-{name}", values[name], LABELS[name], widget, **more)

        found = {
            "title": field("title", "line"),
            "direction": field("direction", "radios", options=DIRECTIONS),
            **{
                name: field(name, "long", words=LIMITS[name], hint=HINTS.get(name, ""), rows=height)
                for name, height in (("aim", 2), ("action", 5), ("result", 3), ("evidence", 2))
            },
        }
        if self.before:
            nothing, new = (("", _("Nothing: it is new")),), (("", _("Not said")),)
            found["predecessor"] = field("predecessor", "select", options=(*nothing, *self.before))
            found["continuation"] = field("continuation", "select", options=(*new, *SINCE))
        return found

    def _since(self, area: ImprovementArea) -> object:
        if not area.predecessor_id:
            return format_lazy(_("new {year}"), year=self.entry.edition.year)
        words = {
            Continuation.CONTINUED: _("continues from {year}"),
            Continuation.ACHIEVED: _("achieved since {year}"),
            Continuation.DROPPED: _("dropped since {year}"),
        }
        return format_lazy(words[area.continuation or Continuation.CONTINUED], year=self.entry.last_year)

    def row(self, row: dict) -> ListRow:
        """An initiative or a challenge."""
        prefix = f"{row['kind']}-{row['pk']}"

        def field(name: str, label: object, widget: str, **more: object) -> Field:
            return self.typing.field(f"{prefix}-{name}", row[name], label, widget, **more)

        fields = {"title": field("title", _("Name"), "line")}
        if row["kind"] == "initiative":
            fields["description"] = field("description", _("Description"), "long", rows=2)
        else:
            options = (("", _("Not said")), *DIRECTIONS)
            fields["direction"] = field("direction", LABELS["direction"], "select", options=options)
        options = (("", _("None of them")), *self.own)
        fields["area"] = field("area", _("Belongs to the area"), "select", options=options)
        is_wrong = any(each.problem for each in fields.values())
        return ListRow(
            row["kind"],
            row["pk"],
            row["title"],
            fields,
            is_wrong or not row["title"] or self.opened == prefix,
        )


def _lacks(area: ImprovementArea) -> object:
    if missing := lacking(area):
        what = ", ".join(str(MISSING[part]) for part in missing)
        return format_lazy(_("lacks {what}"), what=what)
    if long := too_long(area):
        what = ", ".join(str(LABELS[part]).lower() for part in long)
        return format_lazy(_("too long in {what}"), what=what)
    return ""


def _listed(entry: Nomination) -> list[dict]:
    """Initiatives and challenges in one query."""
    nothing = Value("", output_field=TextField())
    initiatives = (
        Initiative.objects.filter(nomination=entry)
        .order_by()
        .annotate(kind=Value("initiative", output_field=CharField()), said=nothing)
        .values_list("kind", "pk", "title", "description", "said", "area_id", "position")
    )
    challenges = (
        Challenge.objects.filter(nomination=entry)
        .order_by()
        .annotate(kind=Value("challenge", output_field=CharField()), said=nothing)
        .values_list("kind", "pk", "title", "said", "direction", "area_id", "position")
    )
    names = ("kind", "pk", "title", "description", "direction", "area", "position")
    rows = [dict(zip(names, row, strict=True)) for row in initiatives.union(challenges, all=True)]
    for row in rows:
        row["area"] = str(row["area"] or "")
    return sorted(rows, key=lambda row: (row["kind"], row["position"], row["pk"]))
