"""The jury's seats, as its organiser sets them out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions
from awards.actions import seats as actions
from awards.models import Edition
from awards.seats import seats_of
from awards.setup_forms import OfferForm, SeatChangeForm, SeatForm
from awards.views.setup import find


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_seats(request: HttpRequest, key: str) -> HttpResponse:
    """Every seat with who sits there, and a form to add one."""
    edition = find(request, key)

    form = SeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        seat = actions.SeatWords(**form.cleaned_data)
        if any(line.name.casefold() == seat.name.casefold() for line in seats_of(edition)):
            form.add_error("name", _("There is a seat of that name already."))
        else:
            actions.add_seat(edition=edition, seat=seat, by=request.user)
            messages.success(request, _("The seat is added. Nobody sits there yet."))
            return redirect("setup_seats", key)

    return _show(request, edition, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Rename a seat, or give it another organisation or panel; `?seat=` says which."""
    edition = find(request, key)
    line = next((each for each in seats_of(edition) if each.name == request.GET.get("seat")), None)
    if line is None:
        raise Http404

    verdict = permissions.may_change_set_up(request.user, edition)

    initial = {name: getattr(line, name) for name in ("name", "kind", "organisation", "panel")}
    form = SeatChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seat = actions.SeatWords(**form.cleaned_data)
        actions.change_seat(edition=edition, name=line.name, seat=seat, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("setup_seats", key)

    context = {"edition": edition, "form": form, "line": line, "verdict": verdict}
    return render(request, "awards/setup/seat.html", context, status=form.status)


@require_POST
def seat_remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take an empty seat away."""
    edition = find(request, key)
    actions.remove_seat(edition=edition, name=request.POST.get("seat", ""), by=request.user)
    messages.success(request, _("The seat is taken away."))
    return redirect("setup_seats", key)


@require_POST
def seat_offer(request: HttpRequest, key: str) -> HttpResponse:
    """Invite somebody to an empty seat."""
    edition = find(request, key)
    empty = [line.name for line in seats_of(edition) if line.is_empty]
    form = OfferForm(empty, request.POST)
    if not form.is_valid():
        return _show(request, edition, SeatForm(), form)

    typed = form.cleaned_data
    actions.offer_seat(
        edition=edition,
        name=typed["seat"],
        email=typed["email"],
        greeting=typed["greeting"],
        now=timezone.now(),
        by=request.user,
    )
    messages.success(request, _("The invitation is on its way."))
    return redirect("setup_seats", key)


def _show(
    request: HttpRequest, edition: Edition, form: SeatForm, offer: OfferForm | None = None
) -> HttpResponse:
    lines = seats_of(edition)
    empty = [line.name for line in lines if line.is_empty]
    wrong = next((each for each in (form, offer) if each is not None and each.errors), None)
    context = {
        "edition": edition,
        "lines": lines,
        "form": form,
        "offer": offer or (OfferForm(empty) if empty else None),
        "wrong": wrong,
        "verdict": permissions.may_change_set_up(request.user, edition),
    }
    return render(request, "awards/setup/seats.html", context, status=422 if wrong else 200)
