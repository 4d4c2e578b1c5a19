"""The outbox as the organiser sees it: what waits, what has left, what failed and why."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards import invitation_links, permissions
from awards.actions import letters as actions
from awards.models import Edition, Letter
from awards.organised import organised_edition
from awards.states import LetterState

A_PAGE = 50
A_SCREEN = 20  # letters shown whole


@never_cache
@require_safe
def letters_home(request: HttpRequest) -> HttpResponse:
    """Every letter of the editions that one organises, or of one of them; those of a state, if asked for."""
    editions = list(Edition.objects.organised_by(request.user).select_related("fair", "award"))
    if not editions:
        raise Http404
    asked = request.GET.get("edition", "")
    edition = next((each for each in editions if each.key == asked), None)
    if asked and edition is None:
        raise Http404
    edition = edition or (editions[0] if len(editions) == 1 else None)

    chosen = request.GET.get("state", "")
    letters = Letter.objects.filter(edition__in=[edition] if edition else editions)
    counts = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    if chosen in LetterState.values:
        letters = letters.filter(state=chosen)
    letters = letters.defer("body", "attachment").select_related("to", "edition__fair", "edition__award")
    pages = Paginator(letters, A_PAGE)
    pages.count = counts.get(chosen, 0) if chosen in LetterState.values else sum(counts.values())
    request.edition = edition
    context = {
        "edition": edition,
        "editions": editions,
        "page": pages.get_page(request.GET.get("page")),
        "states": [(value, label, counts.get(value, 0)) for value, label in LetterState.choices],
        "chosen": chosen,
        "drafts": _waiting(edition, LetterState.DRAFT) if counts.get(LetterState.DRAFT) else None,
        "failed": _waiting(edition, LetterState.FAILED) if counts.get(LetterState.FAILED) else None,
    }
    return render(request, "awards/letters/home.html", context)


@never_cache
@require_safe
def letter_list(request: HttpRequest, key: str) -> HttpResponse:
    """Where an edition's outbox used to be: on to its part of the letters."""
    organised_edition(request, key)
    query = urlencode({"edition": key} | ({"state": request.GET["state"]} if "state" in request.GET else {}))
    return redirect(f"{reverse('letters_home')}?{query}")


@never_cache
@require_safe
def inbox_page(request: HttpRequest, key: str) -> HttpResponse:
    """A rehearsal's inbox: what would have gone out by mail, whole; real editions have none."""
    edition = organised_edition(request, key)
    if not edition.is_rehearsal:
        raise Http404
    request.edition = edition
    kept = edition.letters.filter(state=LetterState.KEPT).defer("attachment").order_by("-sent_at", "-pk")
    page = Paginator(kept, A_SCREEN).get_page(request.GET.get("page"))
    links = invitation_links.bodies_of(list(page.object_list))
    letters = [(letter, links[letter.pk]) for letter in page.object_list]
    return render(
        request, "awards/letters/inbox.html", {"edition": edition, "page": page, "letters": letters}
    )


@never_cache
@require_safe
def own_letters(request: HttpRequest) -> HttpResponse:
    """The letters sent to oneself, whether the mail arrived or not."""
    letters = Letter.objects.read_by(request.user).defer("attachment").select_related("edition__award")
    page = Paginator(letters.select_related("edition__fair"), A_SCREEN).get_page(request.GET.get("page"))
    return render(request, "awards/letters/own.html", {"page": page})


@require_POST
def letters_approve(request: HttpRequest, key: str) -> HttpResponse:
    """Let all drafts of an edition go out."""
    edition = organised_edition(request, key)
    count = actions.approve_all(edition=edition, shown=_shown(request), now=timezone.now(), by=request.user)
    told = ngettext("One letter is on its way.", "%(count)s letters are on their way.", count)
    messages.success(request, told % {"count": count})
    return redirect("letter_list", key)


@require_POST
def letters_retry(request: HttpRequest, key: str) -> HttpResponse:
    """Try all failed letters of an edition again."""
    edition = organised_edition(request, key)
    count = actions.retry_all(edition=edition, shown=_shown(request), now=timezone.now(), by=request.user)
    told = ngettext("One letter is on its way.", "%(count)s letters are on their way.", count)
    messages.success(request, told % {"count": count})
    return redirect("letter_list", key)


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


def _waiting(edition: Edition | None, state: str) -> dict[str, object] | None:
    """How many letters a button for all of them concerns, and exactly which; none over several editions."""
    if edition is None:
        return None
    numbers = list(edition.letters.filter(state=state).values_list("pk", flat=True))
    return {"count": len(numbers), "shown": actions.shown_of(numbers)}


def _shown(request: HttpRequest) -> str:
    """Which letters the page showed."""
    return request.POST.get("shown", "")


def _find(request: HttpRequest, pk: int) -> Letter:
    """A letter of an edition that this person organises; any other does not exist."""
    visible = Edition.objects.visible_to(request.user)
    letter = get_object_or_404(
        Letter.objects.filter(edition__in=visible).select_related("edition__fair", "edition__award", "to"),
        pk=pk,
    )
    permissions.may_organise(request.user, letter.edition).require()
    return letter
