"""The themes that contributions may carry: an organiser adds to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.models import Edition
from nominees import permissions
from nominees.actions.contributions import add_theme
from nominees.forms import ThemeForm
from nominees.models import Theme


@require_http_methods(["GET", "HEAD", "POST"])
def theme_list(request: HttpRequest, key: str) -> HttpResponse:
    """All themes, and a form for another."""
    visible = Edition.objects.visible_to(request.user, timezone.now()).select_related("fair", "award")
    edition = get_object_or_404(visible, key=key)
    request.edition = edition
    if not permissions.may_add_theme(request.user, edition.fair):
        raise Http404

    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        theme = add_theme(edition=edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(theme)s can now be chosen.") % {"theme": theme.title_sv})
        return redirect("theme_list", edition.key)
    context = {"edition": edition, "form": form, "themes": Theme.objects.all()}
    return render(request, "nominees/applications/themes.html", context)
