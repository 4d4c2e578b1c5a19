"""Starting from the last entry, seeing what has changed since, and taking part without competing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nominees import permissions
from nominees.actions.entries import carry_over, compete
from nominees.application import application
from nominees.changes import changes
from nominees.views.applications import find


@never_cache
@require_safe
def application_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The last entry beside this one; only the municipality's own contacts read it."""
    now = timezone.now()
    entry = find(request, pk, now)
    if not entry.last_id or request.user.pk not in entry.levels:
        raise Http404

    found = application(entry)
    context = {
        "entry": entry,
        "application": found,
        "changes": changes(found),
        "may_write": permissions.may_write(request.user, entry, now),
    }
    return render(request, "nominees/applications/changes.html", context)


@require_POST
def application_carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what this entry does not say yet."""
    now = timezone.now()
    entry = find(request, pk, now)

    permissions.may_write(request.user, entry, now).require()

    brought = carry_over(nomination=entry, now=now, by=request.user)
    sentence = ngettext(
        "%(number)s text or row has been taken over. What you had written is as it was.",
        "%(number)s texts and rows have been taken over. What you had written is as it was.",
        brought,
    )
    nothing = _("There was nothing more to take over. What you had written is as it was.")
    messages.success(request, sentence % {"number": brought} if brought else nothing)
    return redirect("application_page", entry.pk)


@require_POST
def application_compete(request: HttpRequest, pk: int) -> HttpResponse:
    """Compete, or only bring something to the fair; the texts stay either way."""
    now = timezone.now()
    entry = find(request, pk, now)

    permissions.may_write(request.user, entry, now).require()

    compete(nomination=entry, competes=request.POST.get("competes") == "yes", now=now, by=request.user)
    return redirect("application_list")
