"""An organiser sees the site as somebody else: read-only, under a banner, for half an hour, in the journal.

What is chosen stands in the session. Without it a request costs no query more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Person, Role
from nominees.actions.viewing import parts_of, start_viewing, stop_viewing
from nominees.permissions import may_view_as

KEY = "viewing"
LASTS = timedelta(minutes=30)
READS = ("GET", "HEAD", "OPTIONS")
# What is a person's own, whoever may see the site as they do: the account, files, letters with their links.
OWN = ("/accounts/", "/account/", "/jobs/", "/letters/", "/invitations/", "/organiser/downloads/")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "ALTER", "DROP", "TRUNCATE", "COPY")

Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Viewing:
    """Whom the site is seen as, by which organiser, and until when."""

    seat: Role
    by: Person
    until: datetime

    @property
    def who(self) -> str:
        """The seat, else the person's name with the role."""
        return self.seat.seat or f"{self.seat.person} ({self.seat.get_kind_display()})"

    @property
    def stop_url(self) -> str:
        """Where to say that it is enough."""
        return reverse("viewing_stop")

    @property
    def back_url(self) -> str:
        """Where the organiser chose."""
        return reverse("viewing_page", args=[self.seat.edition.key])


def begin(request: HttpRequest, seat: Role, now: datetime) -> None:
    """Let the organiser who asks see the site as the holder of `seat`, from the next page on."""
    until = now + LASTS
    start_viewing(seat=seat, until=until, now=now, by=request.user)
    request.session[KEY] = {"seat": seat.pk, "by": request.user.pk, "until": until.isoformat()}


def end(request: HttpRequest, why: str) -> Viewing | None:
    """Stop, with the journal's row; gives what was, or None where nothing was."""
    found = _found(request)
    request.session.pop(KEY, None)
    if found is not None:
        stop_viewing(seat=found.seat, why=why, by=found.by)
    return found


def see_as_somebody_else(get_response: Handler) -> Handler:
    """Where the session says so, answer as the person chosen would be answered, and save nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or KEY not in request.session:
            return get_response(request)
        if request.method == "POST" and request.path == reverse("viewing_stop"):
            return get_response(request)
        if request.method == "POST" and request.path == reverse("account_logout"):
            end(request, "sign-out")
            return get_response(request)
        return _answer(request, get_response)

    return middleware


def _answer(request: HttpRequest, get_response: Handler) -> HttpResponse:
    now = timezone.now()
    found = _found(request)
    if found is None or found.until <= now or not _still_may(found, now):
        return _over(request, found, now)
    found.seat.person.roles_held  # noqa: B018 - read before the page, as the sign-in does for everybody
    request.viewing, request.user = found, found.seat.person
    if request.method not in READS:
        raise PermissionDenied(_("You see the site as somebody else, so nothing is saved. Stop first."))
    if request.path.startswith(OWN):
        raise PermissionDenied(_("This is the person's own, and nobody else sees it. Stop to see your own."))
    with connection.execute_wrapper(_refuse_to_write):
        return get_response(request)


def _over(request: HttpRequest, found: Viewing | None, now: datetime) -> HttpResponse:
    """It has ended by itself: by its time, or because something changed that it stood on."""
    end(request, "time" if found and found.until <= now else "right lost")
    if request.method not in READS:
        raise PermissionDenied(_("You no longer see the site as somebody else. Nothing has been saved."))
    messages.info(request, _("You no longer see the site as somebody else."))
    return redirect(found.back_url if found else "desk")


def _found(request: HttpRequest) -> Viewing | None:
    """What the session says, for as long as the one who began is the one signed in."""
    kept = request.session.get(KEY)
    if not kept or kept["by"] != request.user.pk:
        return None
    seats = Role.objects.select_related("person", "edition__fair", "edition__award")
    seat = seats.filter(pk=kept["seat"]).first()
    if seat is None:
        return None
    return Viewing(seat, request.user, datetime.fromisoformat(kept["until"]))


def _still_may(found: Viewing, now: datetime) -> bool:
    roles, contact_editions = parts_of(found.seat.person, now)
    held = any(role.pk == found.seat.pk for role in roles)
    return held and bool(may_view_as(found.by, found.seat, roles, contact_editions, now))


def _refuse_to_write(execute, sql, params, many, context):
    """The database itself is asked for nothing but reading."""
    if sql.lstrip().upper().startswith(WRITES):
        raise PermissionDenied(_("You see the site as somebody else, so nothing is saved. Stop first."))
    return execute(sql, params, many, context)
