"""Choosing whom to see the site as, and stopping."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards.models import Edition, Person, Role
from awards.organised import organised_edition
from awards.states import RoleKind
from awards.swedish import sort_key
from awards.verdicts import Verdict
from nominees.models import Contact
from nominees.permissions import may_view_as
from reports import viewing


@dataclass(frozen=True, slots=True)
class Choice:
    """One seat, with whether the site may be seen from it."""

    seat: Role
    who: str
    verdict: Verdict


@never_cache
@require_safe
def viewing_page(request: HttpRequest, key: str) -> HttpResponse:
    """Everybody with a part in the edition, and as whom the organiser may see the site."""
    edition = organised_edition(request, key)

    choices = _choices(edition, request.user, timezone.now())
    context = {"edition": edition, "choices": choices, "minutes": int(viewing.LASTS.total_seconds() // 60)}
    return render(request, "reports/organiser/viewing.html", context)


@require_POST
def viewing_start(request: HttpRequest, key: str, seat: int) -> HttpResponse:
    """Begin to see the site as the holder of a seat."""
    edition = organised_edition(request, key)
    seats = Role.objects.filter(edition=edition).select_related("person", "edition")
    found = get_object_or_404(seats, pk=seat)

    viewing.begin(request, found, timezone.now())
    return redirect("desk")


@require_POST
def viewing_stop(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    ended = viewing.end(request, "asked")
    messages.success(request, _("You see the site as yourself again."))
    return redirect(ended.back_url if ended else "desk")


def _choices(edition: Edition, user: Person, now: datetime) -> tuple[Choice, ...]:
    """Three queries, whatever the number of seats."""
    seats = list(
        Role.objects.in_force(now).filter(edition=edition).select_related("person", "edition").order_by("pk")
    )
    people = [seat.person_id for seat in seats]
    roles = defaultdict(list)
    for role in Role.objects.in_force(now).filter(person__in=people).select_related("edition"):
        roles[role.person_id].append(role)
    contacts = Contact.objects.in_force(now).filter(person__in=people)
    editions, places = defaultdict(set), defaultdict(list)
    for person, its_edition, name in contacts.values_list("person_id", "edition_id", "municipality__name"):
        editions[person].add(its_edition)
        if its_edition == edition.pk:
            places[person].append(name)
    found = [
        Choice(
            seat,
            _named(seat, places),
            may_view_as(user, seat, roles[seat.person_id], editions[seat.person_id], now),
        )
        for seat in seats
    ]
    weight = list(RoleKind.values)
    return tuple(
        sorted(found, key=lambda each: (not each.verdict, weight.index(each.seat.kind), sort_key(each.who)))
    )


def _named(seat: Role, places: dict[int, list[str]]) -> str:
    where = ", ".join(places[seat.person_id]) if seat.kind == RoleKind.CONTACT else ""
    return where or str(seat)
