"""Letting people in and out: an edition's people for its organiser, colleagues for a contact."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import formats
from awards import permissions as ground
from awards.actions import invitations, people
from awards.models import Edition, Invitation, Role
from nominees import permissions
from nominees.actions.contacts import end_contact, invite_contact
from nominees.models import Contact, Nomination
from nominees.people import colleagues_of, people_of
from nominees.people_forms import InviteContactForm, InvitePersonForm, OwnColleagueForm


@never_cache
@require_safe
def people_page(request: HttpRequest, key: str) -> HttpResponse:
    """Roles, contacts and invitations of an edition, and two forms to invite by."""
    return _show(request, _edition(request, key))


@require_POST
def person_invite(request: HttpRequest, key: str) -> HttpResponse:
    """Invite somebody to the jury or to the organisers."""
    edition = _edition(request, key)
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
    edition = _edition(request, key)
    form = InviteContactForm(request.POST, prefix="contact")
    if not form.is_valid():
        return _show(request, edition, contact_form=form)

    invite_contact(edition=edition, now=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, _("The invitation is on its way."))
    return redirect("people_page", key)


@require_POST
def invitation_resend(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A new letter with a new link; the link sent before stops working."""
    invitation = get_object_or_404(Invitation, edition=_edition(request, key), pk=pk)
    invitations.resend_invitation(invitation=invitation, now=timezone.now(), by=request.user)
    messages.success(request, _("A new letter is on its way. The earlier link no longer works."))
    return redirect("people_page", key)


@require_POST
def invitation_revoke(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Make an invitation worthless."""
    invitation = get_object_or_404(Invitation, edition=_edition(request, key), pk=pk)
    invitations.revoke_invitation(invitation=invitation, now=timezone.now(), by=request.user)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("people_page", key)


@require_POST
def role_end(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """End somebody's role."""
    role = get_object_or_404(Role.objects.select_related("edition"), edition=_edition(request, key), pk=pk)
    people.end_role(role=role, now=timezone.now(), by=request.user)
    messages.success(request, _("The role has ended. What was done in it stays."))
    return redirect("people_page", key)


@require_POST
def contact_end(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Let a municipality's contact go."""
    contacts = Contact.objects.select_related("edition", "municipality", "person")
    contact = get_object_or_404(contacts, edition=_edition(request, key), pk=pk)
    end_contact(contact=contact, now=timezone.now(), by=request.user)
    messages.success(request, _("The contact has been let go. What they wrote stays."))
    return redirect("people_page", key)


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
    context = {"entry": entry, "contacts": contacts, "form": form, "verdict": verdict, "mine": mine}
    return render(
        request, "nominees/applications/colleagues.html", context, status=422 if form.errors else 200
    )


@require_POST
def colleague_end(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Let a colleague go."""
    now = timezone.now()
    entry, _mine = _own_entry(request, pk, now)
    colleagues = Contact.objects.in_force(now).select_related("edition", "municipality", "person")
    found = get_object_or_404(
        colleagues, edition=entry.edition_id, municipality=entry.municipality_id, pk=contact
    )
    end_contact(contact=found, now=now, by=request.user)
    messages.success(request, _("The contact has been let go. What they wrote stays."))
    if found.person_id == request.user.pk:
        return redirect("application_list")
    return redirect("application_colleagues", pk)


def _edition(request: HttpRequest, key: str) -> Edition:
    edition = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("fair", "award"), key=key
    )
    ground.may_organise(request.user, edition).require()
    return edition


def _own_entry(request: HttpRequest, pk: int, now) -> tuple[Nomination, Contact]:
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


def _show(
    request: HttpRequest,
    edition: Edition,
    person_form: InvitePersonForm | None = None,
    contact_form: InviteContactForm | None = None,
) -> HttpResponse:
    request.edition = edition
    only_absent = request.GET.get("only") == "absent"
    context = {
        "edition": edition,
        "people": people_of(edition, timezone.now(), only_absent=only_absent),
        "only_absent": only_absent,
        "person_form": person_form or InvitePersonForm(prefix="person"),
        "contact_form": contact_form or InviteContactForm(prefix="contact"),
        "wrong": person_form or contact_form,
    }
    return render(request, "nominees/people.html", context, status=422 if context["wrong"] else 200)
