"""Inviting a whole list, and handing a seat or a municipality over to a successor."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awards import permissions as ground
from awards.actions.invitations import invite_successor
from awards.models import Edition, Role
from awards.organised import organised_edition
from awards.states import RoleKind
from nominees.actions.contacts import invite_contact
from nominees.actions.people_list import ListMovedError, invite_list
from nominees.models import Contact
from nominees.people_forms import HandOverForm, PeopleListForm
from nominees.people_list import Checked, checked

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def people_list(request: HttpRequest, key: str) -> HttpResponse:
    """Paste a list, see line by line what would happen, and invite all of them or nobody."""
    edition = organised_edition(request, key)
    ground.may_invite(request.user, edition).require()
    form = PeopleListForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, edition, form, None)
    now, text = timezone.now(), form.cleaned_data["people"]
    found = checked(text, edition, now)
    if "confirm" not in request.POST or not found.may_be_written:
        return _show(request, edition, form, found)

    try:
        count = invite_list(
            edition=edition,
            text=text,
            seen=request.POST.get("seen", ""),
            greeting=form.cleaned_data["greeting"],
            now=now,
            by=request.user,
        )
    except ListMovedError as moved:
        messages.error(request, _("Something has changed since you read the list. Look again."))
        return _show(request, edition, form, moved.now)
    told = ngettext("One invitation is on its way.", "%(count)s invitations are on their way.", count)
    messages.success(request, told % {"count": count})
    return redirect("people_page", key)


@never_cache
@require_http_methods(METHODS)
def role_hand_over(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Invite somebody to take over a seat; whoever holds it stays until that is accepted."""
    edition, now = organised_edition(request, key), timezone.now()
    roles = Role.objects.select_related("edition__fair", "edition__award", "person")
    role = get_object_or_404(roles.exclude(kind=RoleKind.CONTACT), edition=edition, pk=pk)
    ground.may_hand_over(request.user, role, now).require()

    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_successor(role=role, now=now, by=request.user, **form.cleaned_data)
        except PermissionDenied as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("people_page", key)
    return _hand_over(request, edition, form, role.person, role.seat or role.get_kind_display())


@never_cache
@require_http_methods(METHODS)
def contact_hand_over(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Invite somebody to take over after a municipality's contact."""
    edition, now = organised_edition(request, key), timezone.now()
    contacts = Contact.objects.in_force(now).select_related("edition", "municipality", "person")
    contact = get_object_or_404(contacts, edition=edition, pk=pk)

    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invite_contact(
            edition=edition,
            municipality=contact.municipality,
            level=contact.level,
            title=contact.title,
            succeeds=contact,
            now=now,
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, _("The invitation is on its way."))
        return redirect("people_page", key)
    return _hand_over(request, edition, form, contact.person, contact.municipality.full_name)


def _show(
    request: HttpRequest, edition: Edition, form: PeopleListForm, found: Checked | None
) -> HttpResponse:
    context = {"edition": edition, "form": form, "found": found}
    wrong = form.errors or (found and (found.problem or found.problems))
    return render(request, "nominees/people_list.html", context, status=422 if wrong else 200)


def _hand_over(request: HttpRequest, edition: Edition, form: HandOverForm, person, place) -> HttpResponse:
    context = {"edition": edition, "form": form, "person": person, "place": place}
    return render(request, "nominees/hand_over.html", context, status=422 if form.errors else 200)
