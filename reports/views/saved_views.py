"""Views of lists that organisers keep: saved, renamed, thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards.models import Edition
from reports import permissions
from reports.actions import saved_views as actions
from reports.forms import RenameForm, ViewForm
from reports.lists.around import kept
from reports.lists.register import LISTS
from reports.models import SavedView


@require_POST
def view_save(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Keep the list's filters, order and columns under a name."""
    edition = _edition(request, key)

    permissions.may_save_view(request.user, edition).require()

    form = ViewForm(request.POST)
    query = kept(LISTS[name], QueryDict(request.POST.get("query", "")[:2000])).urlencode()
    if not form.is_valid():
        messages.error(request, _said(form))
        return _back(key, name, query)

    actions.save_view(
        edition=edition,
        list_name=name,
        name=form.cleaned_data["name"],
        query=query,
        shared=form.cleaned_data["shared"],
        by=request.user,
    )
    messages.success(request, _("The view “%(name)s” has been saved.") % {"name": form.cleaned_data["name"]})

    return _back(key, name, query)


@require_POST
def view_rename(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Give a view another name."""
    view = _view(request, key, pk)

    permissions.may_change_view(request.user, view).require()

    form = RenameForm(request.POST, view=view)
    if not form.is_valid():
        messages.error(request, _said(form))
        return _back(key, view.list_name, view.query)

    try:
        actions.rename_view(view=view, name=form.cleaned_data["name"], by=request.user)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The view is now called “%(name)s”.") % {"name": view.name})

    return _back(key, view.list_name, view.query)


@require_POST
def view_delete(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Throw a view away."""
    view = _view(request, key, pk)

    permissions.may_change_view(request.user, view).require()

    actions.delete_view(view=view, by=request.user)
    messages.success(request, _("The view has been deleted. Nothing that it showed has been touched."))

    return _back(key, view.list_name, "")


def _edition(request: HttpRequest, key: str) -> Edition:
    return get_object_or_404(Edition.objects.visible_to(request.user, timezone.now()), key=key)


def _view(request: HttpRequest, key: str, pk: int) -> SavedView:
    """A view of this edition; another person's own does not exist."""
    seen = SavedView.objects.visible_to(request.user).select_related("edition")
    return get_object_or_404(seen, edition=_edition(request, key), pk=pk)


def _said(form) -> str:
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def _back(key: str, name: str, query: str) -> HttpResponse:
    return redirect(reverse("organiser_list", args=[key, name]) + (f"?{query}" if query else ""))
