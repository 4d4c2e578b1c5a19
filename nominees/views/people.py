"""Letting people in and out: an edition's people, for its organiser."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards.actions import invitations, people
from awards.models import Edition, Invitation, Role
from awards.organised import organised_edition
from nominees.actions.contacts import end_contact, invite_contact
from nominees.models import Contact
from nominees.people import People, people_of
from nominees.people_forms import InviteContactForm, InvitePersonForm


@never_cache
@require_safe
def people_page(request: HttpRequest, key: str) -> HttpResponse:
    """Roles, contacts and invitations of an edition, and two forms to invite by."""
    return _show(request, organised_edition(request, key))


@require_POST
def person_invite(request: HttpRequest, key: str) -> HttpResponse:
    """Invite somebody to the jury or to the organisers."""
    edition = organised_edition(request, key)
    form = InvitePersonForm(request.POST, prefix="person")
    if not form.is_valid():
        return _show(request, edition, person_form=form)

    typed = form.cleaned_data
    invitations.invite(
        email=typed["email"],
        edition=edition,
        kind=typed["kind"],
        details={name: typed[name].strip() for name in ("seat", "organisation", "panel", "name")},
        greeting=typed["greeting"],
        now=timezone.now(),
        by=request.user,
    )
    messages.success(request, _("The invitation is on its way."))
    return redirect("people_page", key)


@require_POST
def contact_invite(request: HttpRequest, key: str) -> HttpResponse:
    """Invite somebody to write for a municipality."""
    edition = organised_edition(request, key)
    form = InviteContactForm(request.POST, prefix="contact")
    if not form.is_valid():
        return _show(request, edition, contact_form=form)

    invite_contact(edition=edition, now=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, _("The invitation is on its way."))
    return redirect("people_page", key)


@require_POST
def invitation_resend(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A new letter with a new link; the link sent before stops working."""
    invitation = get_object_or_404(Invitation, edition=organised_edition(request, key), pk=pk)
    invitations.resend_invitation(invitation=invitation, now=timezone.now(), by=request.user)
    messages.success(request, _("A new letter is on its way. The earlier link no longer works."))
    return redirect("people_page", key)


@require_POST
def invitation_revoke(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Make an invitation worthless."""
    invitation = get_object_or_404(Invitation, edition=organised_edition(request, key), pk=pk)
    invitations.revoke_invitation(invitation=invitation, now=timezone.now(), by=request.user)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("people_page", key)


@require_POST
def role_end(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """End somebody's role."""
    role = get_object_or_404(
        Role.objects.select_related("edition"), edition=organised_edition(request, key), pk=pk
    )
    people.end_role(role=role, now=timezone.now(), by=request.user)
    messages.success(request, _("The role has ended. What was done in it stays."))
    return redirect("people_page", key)


@require_POST
def contact_end(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Let a municipality's contact go."""
    contacts = Contact.objects.select_related("edition", "municipality", "person")
    contact = get_object_or_404(contacts, edition=organised_edition(request, key), pk=pk)
    end_contact(contact=contact, now=timezone.now(), by=request.user)
    messages.success(request, _("The contact has been let go. What they wrote stays."))
    return redirect("people_page", key)


def _show(
    request: HttpRequest,
    edition: Edition,
    person_form: InvitePersonForm | None = None,
    contact_form: InviteContactForm | None = None,
) -> HttpResponse:
    request.edition = edition
    only_absent = request.GET.get("only") == "absent"
    found = people_of(edition, timezone.now(), only_absent=only_absent)
    context = {
        "edition": edition,
        "people": found,
        "only_absent": only_absent,
        "person_form": person_form or InvitePersonForm(prefix="person", initial=_seat(request, found)),
        "contact_form": contact_form or InviteContactForm(prefix="contact"),
        "wrong": person_form or contact_form,
    }
    return render(request, "nominees/people.html", context, status=422 if context["wrong"] else 200)


def _seat(request: HttpRequest, people: People) -> dict[str, str]:
    """What the form of an invitation begins with: the empty seat that was chosen."""
    chosen = next((seat for seat in people.seats if seat.name == request.GET.get("seat")), None)
    if chosen is None:
        return {}
    return {
        "seat": chosen.name,
        "kind": chosen.kind,
        "organisation": chosen.organisation,
        "panel": chosen.panel,
    }
