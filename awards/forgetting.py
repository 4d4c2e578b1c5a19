"""Whose names go when an edition's people are forgotten, and what each floor lets go of with them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from awards.models import Edition, Invitation, Letter, Person, Role
from awards.states import EditionState

NOWHERE = "anonym.invalid"  # no letter ever gets there: the ending is reserved for that
Forget = Callable[[Edition, Collection[int]], None]
_floors: list[Forget] = []


def register(forget: Forget) -> None:
    """Let `forget(edition, people)` take away what a floor keeps of people. Called in apps.py: ready()."""
    if forget not in _floors:
        _floors.append(forget)


def everywhere(edition: Edition, people: Collection[int]) -> None:
    """Let every floor forget these people, by their numbers."""
    for forget in _floors:
        forget(edition, people)


@dataclass(frozen=True)
class Concerned:
    """Whom it concerns: people by number, those who stay as they are, and what was written to them."""

    people: tuple[int, ...]
    kept: int
    letters: int
    invitations: int


def concerned(edition: Edition, by: Person | None) -> Concerned:
    """Four queries. Who has a part in an edition that is not archived stays, and administrators, and `by`."""
    elsewhere = (
        Role.objects.filter(person=OuterRef("pk"))
        .exclude(edition=edition)
        .exclude(edition__state=EditionState.ARCHIVED)
    )
    here = Person.objects.filter(roles__edition=edition).exclude(email__endswith=f"@{NOWHERE}").distinct()
    goes = here.filter(~Exists(elsewhere), is_superuser=False)
    if by is not None:
        goes = goes.exclude(pk=by.pk)
    people = tuple(goes.order_by("pk").values_list("pk", flat=True))
    written_to = {"email__endswith": f"@{NOWHERE}"}
    return Concerned(
        people=people,
        kept=here.count() - len(people),
        letters=Letter.objects.filter(edition=edition).exclude(**written_to).count(),
        invitations=Invitation.objects.filter(edition=edition).exclude(**written_to).count(),
    )
