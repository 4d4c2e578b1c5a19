"""A municipality's own people: who reads, writes and submits, as its contacts see and change it."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from awards import formats
from awards.actions.invitations import revoke_invitation
from nominees import permissions
from nominees.actions.contacts import change_level, end_contact, invite_contact
from nominees.models import Contact, Nomination
from nominees.people import colleagues_of, invited_to
from nominees.people_forms import LevelForm, OwnColleagueForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_colleagues(request: HttpRequest, pk: int) -> HttpResponse:
    """Who writes for the municipality, and a form to invite a colleague or a successor."""
    now = timezone.now()
    entry, mine = _own_entry(request, pk, now)
    verdict = permissions.may_invite_contact(request.user, entry.edition, entry.municipality)

    form = OwnColleagueForm(request.POST or None)
    if request.method == "POST":
        verdict.require()
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        succeeds = mine if typed.pop("takes_over") else None
        invite_contact(
            edition=entry.edition,
            municipality=entry.municipality,
            succeeds=succeeds,
            language=formats.written_language(get_language()),
            now=now,
            by=request.user,
            **typed,
        )
        messages.success(request, _("The invitation is on its way."))
        return redirect("application_colleagues", pk)

    request.edition = entry.edition
    contacts = colleagues_of(entry.edition, entry.municipality_id, now)
    context = {
        "entry": entry,
        "contacts": [(each, LevelForm(initial={"level": each.level})) for each in contacts],
        "invitations": invited_to(entry.edition, entry.municipality) if verdict else (),
        "form": form,
        "verdict": verdict,
        "mine": mine,
    }
    return render(
        request, "nominees/applications/colleagues.html", context, status=422 if form.errors else 200
    )


@require_POST
def colleague_end(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Let a colleague go."""
    now = timezone.now()
    entry, _mine = _own_entry(request, pk, now)
    found = _colleague(entry, contact, now)
    end_contact(contact=found, now=now, by=request.user)
    messages.success(request, _("The contact has been let go. What they wrote stays."))
    if found.person_id == request.user.pk:
        return redirect("application_list")
    return redirect("application_colleagues", pk)


@require_POST
def colleague_level(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Let a colleague do more, or less."""
    now = timezone.now()
    entry, _mine = _own_entry(request, pk, now)
    found = _colleague(entry, contact, now)
    form = LevelForm(request.POST)
    if not form.is_valid():
        raise Http404

    change_level(contact=found, level=form.cleaned_data["level"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect("application_colleagues", pk)


@require_POST
def colleague_uninvite(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Make an invitation to one's own municipality worthless."""
    now = timezone.now()
    entry, _mine = _own_entry(request, pk, now)
    verdict = permissions.may_invite_contact(request.user, entry.edition, entry.municipality)
    found = next(
        (each for each in invited_to(entry.edition, entry.municipality) if each.pk == invitation), None
    )
    if found is None:
        raise Http404

    revoke_invitation(invitation=found, verdict=verdict, now=now, by=request.user)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("application_colleagues", pk)


def _colleague(entry: Nomination, pk: int, now: datetime) -> Contact:
    colleagues = Contact.objects.in_force(now).select_related("edition", "municipality", "person")
    return get_object_or_404(colleagues, edition=entry.edition_id, municipality=entry.municipality_id, pk=pk)


def _own_entry(request: HttpRequest, pk: int, now: datetime) -> tuple[Nomination, Contact]:
    """An entry of a municipality that one writes for, with one's own place there."""
    entries = Nomination.objects.visible_to(request.user, now).select_related(
        "edition__fair", "edition__award", "municipality"
    )
    entry = get_object_or_404(entries, pk=pk)
    mine = (
        Contact.objects.in_force(now)
        .filter(person=request.user, edition=entry.edition, municipality=entry.municipality)
        .first()
    )
    if mine is None:
        raise Http404
    return entry, mine
