"""The organisers' home, one edition in hand, and the turns that it takes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards import chronicle, formats, menu, permissions
from awards.links import address_of
from awards.organised import organised_edition
from reports import edition_turns, organising

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def organiser_home(request: HttpRequest) -> HttpResponse:
    """Every edition that one organises: where it stands, what comes next and what stands in the way."""
    permissions.may_organise_something(request.user).require()

    language = formats.written_language(get_language())
    home = organising.home(request.user, timezone.now(), language)
    return render(
        request, "reports/organiser/home.html", {"home": home, "new_url": address_of("edition_new")}
    )


@never_cache
@require_safe
def organiser_edition(request: HttpRequest, key: str) -> HttpResponse:
    """One edition: its stages with what remains before each, its turns, its rooms and the latest events."""
    edition = organised_edition(request, key)

    shown = organising.running(edition, request.user, timezone.now())
    rooms = [item for item in menu.items_for(request) if item.place == menu.Place.EDITION]
    context = {
        "edition": edition,
        "running": shown,
        "offers": edition_turns.offers(request.user, edition),
        "rooms": rooms,
        "latest": chronicle.latest(edition),
    }
    return render(request, "reports/organiser/edition.html", context)


@never_cache
@require_http_methods(METHODS)
def edition_turn(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Ask before the edition opens, pauses, goes on, is put off, ends or says that nobody won; then do it."""
    edition = organised_edition(request, key)
    turn = edition_turns.BY_VERB.get(verb)
    if turn is None:
        raise Http404

    turn.may(request.user, edition).require()

    form = edition_turns.form_of(turn, edition, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                turn.act(edition=edition, by=request.user, **form.cleaned_data)
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, turn.done)
            return redirect("organiser_edition", edition.key)
    lines = edition_turns.lines_of(turn, edition)
    context = {"edition": edition, "turn": turn, "form": form, "lines": lines}
    return render(request, "reports/organiser/turn.html", context)
