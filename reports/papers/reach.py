"""Which entries a person may carry out in a file: the jury's own, or all but those that are shut to them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from awards.models import Edition, Person
from criteria.models import Assignment
from criteria.readings import hidden_from
from nominees.models import Nomination
from nominees.states import LEFT, NominationState

UNSENT = (NominationState.DRAFT, NominationState.REOPENED, NominationState.ACCEPTED)
WITH_PLACE = ("municipality__county", "edition__fair", "edition__award")


def own_entries(person: Person, edition: Edition, now: datetime) -> QuerySet[Nomination]:
    """What a juror reads in this edition: nothing that they stand aside from or owe an answer about."""
    mine = Assignment.objects.open_to(person, now).filter(round__edition=edition)
    return _in_order(Nomination.objects.filter(pk__in=mine.values("nomination")))


def all_entries(person: Person | None, edition: Edition, now: datetime) -> QuerySet[Nomination]:
    """Every competing entry that is in, without those that this person stands aside from in any seat."""
    entries = Nomination.objects.filter(edition=edition, contribution_only=False).exclude(state__in=LEFT)
    return _in_order(entries.exclude(pk__in=shut_to(person, edition, now)))


def shut_to(person: Person | None, edition: Edition, now: datetime) -> frozenset[int]:
    """What nothing is shown of to the person; nothing is shut to the operator (None). One query."""
    return hidden_from(person, edition, now) if person else frozenset()


def _in_order(entries: QuerySet[Nomination]) -> QuerySet[Nomination]:
    return entries.select_related(*WITH_PLACE).order_by("municipality__sort_key", "pk")
