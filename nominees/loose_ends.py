"""What is half done in an entry beside its questions: rows without a name, files not checked yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from nominees.counts import counted
from nominees.models import Challenge, Contribution, Initiative, Material, Nomination
from nominees.states import MaterialState


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """An initiative, challenge or contribution without a name; or a file that is being checked."""

    what: str  # initiative, challenge, contribution, file
    pk: int
    name: str = ""


def loose_count() -> Combinable:
    """How many there are in a nomination, to be annotated; where there are none nobody asks further."""
    own = {"nomination": OuterRef("pk")}
    bearing = {"fair": OuterRef("edition__fair"), "municipalities": OuterRef("municipality")}
    return (
        counted(Initiative.objects.filter(title="", **own), "nomination")
        + counted(Challenge.objects.filter(title="", **own), "nomination")
        + counted(_nameless_contributions().filter(**bearing), "fair")
        + counted(_waiting_files().filter(**own), "nomination")
    )


def loose_ends(entries: Iterable[Nomination]) -> dict[int, tuple[LooseEnd, ...]]:
    """Those of each entry that has any (`loose_count`), by its pk. One query, none when nothing is loose."""
    loose = [entry for entry in entries if entry.loose_count]
    if not loose:
        return {}
    fairs = {(entry.edition.fair_id, entry.municipality_id): entry.pk for entry in loose}
    found: dict[int, list[LooseEnd]] = {entry.pk: [] for entry in loose}
    for what, pk, of, municipality, name in _rows(loose):
        entry = fairs.get((of, municipality)) if what == "contribution" else of
        if entry in found:
            found[entry].append(LooseEnd(what, pk, name))
    return {entry: tuple(sorted(each, key=lambda end: (end.what, end.pk))) for entry, each in found.items()}


def _rows(entries: list[Nomination]) -> QuerySet:
    """(what, pk, nomination or fair, municipality, name)."""
    nothing = Value(0)
    contributions = _nameless_contributions().filter(
        fair__in={entry.edition.fair_id for entry in entries},
        municipalities__in={entry.municipality_id for entry in entries},
    )
    files = _waiting_files().filter(nomination__in=entries)
    rows = _columns(files, "file", F("nomination"), nothing)
    return rows.union(
        _columns(contributions, "contribution", F("fair"), F("municipalities")),
        *(
            _columns(kind.objects.filter(title="", nomination__in=entries), what, F("nomination"), nothing)
            for what, kind in (("initiative", Initiative), ("challenge", Challenge))
        ),
        all=True,
    )


def _columns(rows: QuerySet, what: str, of: Combinable, municipality: Combinable) -> QuerySet:
    name = Cast(F("name"), TextField()) if what == "file" else Cast(Value(""), TextField())
    return (
        rows.order_by()
        .annotate(
            u_what=Cast(Value(what), TextField()),
            u_of=of,
            u_municipality=municipality,
            u_name=name,
        )
        .values_list("u_what", "pk", "u_of", "u_municipality", "u_name")
    )


def _nameless_contributions() -> QuerySet:
    """Those that can still be written, and that one municipality brings alone: a joint one stops nobody."""
    bearers = Contribution.municipalities.through.objects.filter(contribution=OuterRef("pk"))
    alone = counted(bearers, "contribution")
    return Contribution.objects.filter(title="", published_at=None).alias(bearers=alone).filter(bearers=1)


def _waiting_files() -> QuerySet:
    return Material.objects.current().filter(state=MaterialState.CHECKING)
