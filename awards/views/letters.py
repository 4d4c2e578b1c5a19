"""The outbox as the organiser sees it: what waits, what has left, what failed and why."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards import permissions
from awards.actions import letters as actions
from awards.models import Edition, Letter
from awards.states import LetterState

A_PAGE = 50


@never_cache
@require_safe
def letter_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every letter of the edition, those that need somebody first."""
    edition = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("fair", "award"), key=key
    )

    permissions.may_organise(request.user, edition).require()

    chosen = request.GET.get("state", "")
    letters = edition.letters.defer("body", "attachment").select_related("to")
    if chosen in LetterState.values:
        letters = letters.filter(state=chosen)
    request.edition = edition
    page = Paginator(letters, A_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "page": page, "states": LetterState.choices, "chosen": chosen}
    return render(request, "awards/letter_list.html", context)


@never_cache
@require_safe
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it will be read, and what may be done with it."""
    letter = _find(request, pk)

    request.edition = letter.edition
    verdict = permissions.may_handle_letter(request.user, letter)
    return render(request, "awards/letter_page.html", {"letter": letter, "verdict": verdict})


@require_POST
def letter_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft go out."""
    letter = actions.approve_letter(letter=_find(request, pk), now=timezone.now(), by=request.user)
    messages.success(request, _("The letter goes out within a minute."))
    return redirect("letter_page", letter.pk)


@require_POST
def letter_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed letter again."""
    letter = actions.retry_letter(letter=_find(request, pk), now=timezone.now(), by=request.user)
    messages.success(request, _("The letter is tried again within a minute."))
    return redirect("letter_page", letter.pk)


@require_POST
def letter_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a letter that has not left."""
    letter = actions.cancel_letter(letter=_find(request, pk), by=request.user)
    messages.success(request, _("The letter has been stopped."))
    return redirect("letter_page", letter.pk)


def _find(request: HttpRequest, pk: int) -> Letter:
    """A letter of an edition that this person organises; any other does not exist."""
    visible = Edition.objects.visible_to(request.user)
    letter = get_object_or_404(
        Letter.objects.filter(edition__in=visible).select_related("edition__fair", "edition__award", "to"),
        pk=pk,
    )
    permissions.may_organise(request.user, letter.edition).require()
    return letter
