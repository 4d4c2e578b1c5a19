"""Writing an application: my applications, a section a page, saving, and keeping what could not be saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import formats, trouble
from awards.form_problems import Problem
from awards.models import Edition
from awards.shell import WayBack
from nominees import permissions
from nominees.actions.entries import start_entry
from nominees.actions.writing import save_draft
from nominees.application import application, find_briefly, find_entry
from nominees.contribution_page import contribution_page
from nominees.deadlines import window
from nominees.drafts import Saved, mark
from nominees.fields import FRESH, Typing
from nominees.home import home
from nominees.kept_text import kept_text
from nominees.models import Municipality, Nomination
from nominees.parts import part_url
from nominees.posted import Posted, read_posted, read_typed
from nominees.section_page import SectionPage, section_page
from nominees.two_texts import two_texts
from nominees.views.rows import follow

CLASHES = gettext_lazy(
    "A colleague has saved another text here meanwhile. Save again to see both and choose."
)
NOTHING_READ = gettext_lazy("Nothing was saved: the page sent no text that can be read. Load it again.")


@dataclass(frozen=True)
class Visit:
    """One post to a writing page."""

    request: HttpRequest
    entry: Nomination
    section: str
    posted: Posted
    now: datetime


@never_cache
@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    """My municipality's home: what is missing, until when, and earlier years."""
    now = timezone.now()

    found = home(request.user, now)
    if not found.lines and not any(role.kind == "contact" for role in request.user.roles_held):
        raise Http404
    if found.first:
        request.edition, request.deadline = found.first.entry.edition, found.first.deadline
    elif found.openings:
        request.edition, request.deadline = found.openings[0].edition, found.openings[0].closes_at
    return render(request, "nominees/applications/list.html", {"home": found})


@require_POST
def application_new(request: HttpRequest) -> HttpResponse:
    """Begin the municipality's application."""
    now = timezone.now()
    edition = get_object_or_404(
        Edition.objects.visible_to(request.user, now), key=request.POST.get("edition", "")
    )
    municipality = get_object_or_404(Municipality, code=request.POST.get("municipality", ""))

    entry = start_entry(edition=edition, municipality=municipality, now=now, by=request.user)
    return redirect("application_page", entry.pk)


@require_safe
def application_page(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the part where something is missing."""
    entry = find(request, pk, timezone.now())

    found = application(entry)
    return redirect((found.next_part or found.parts[0]).url)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One section; a post saves it, with or without a script. A signed-out post gets its text back."""
    if not request.user.is_authenticated:
        return _signed_out(request)
    now = timezone.now()
    if request.method != "POST":
        return show_section(request, find(request, pk, now), section, now)
    entry = find(request, pk, now, briefly=True)

    visit = Visit(request, entry, section, read_posted(request.POST), now)
    try:
        saved = _save(visit)
        if saved.problems or saved.clashes or _asks_for_json(request):
            return _answer(visit, saved)
        onward = follow(request, entry, section, now)
    except PermissionDenied as refusal:
        return _refused(visit, str(refusal), 403)
    except DatabaseError as error:
        if (sentence := trouble.in_words(error)) is None:
            raise
        return _refused(visit, sentence, 503)
    messages.success(request, _("Saved %(at)s.") % {"at": formats.clock(now)})
    if visit.posted.notice:
        messages.warning(request, visit.posted.notice)
    return redirect(onward)


@login_not_required
@require_POST
def application_text(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """What was typed, as a text file; nothing is read and nothing is kept here."""
    response = HttpResponse(kept_text(read_typed(request.POST)), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{section}-{pk}.txt"'
    return response


def find(request: HttpRequest, pk: int, now: datetime, *, briefly: bool = False) -> Nomination:
    """The entry of a writing page, for those who may read it; 404 for all others.

    `briefly`: only with what a save asks about; a page needs the rest.
    """
    entry = (find_briefly if briefly else find_entry)(request.user, pk, now)
    if entry is None or not permissions.may_read_entry(request.user, entry):
        raise Http404
    found = window(entry)
    request.way_back = WayBack(_("Back to the application"), reverse("application_page", args=[entry.pk]))
    request.edition = entry.edition
    request.deadline = found.closes_at if found.has_begun else None
    return entry


def show_section(
    request: HttpRequest,
    entry: Nomination,
    section: str,
    now: datetime,
    *,
    typing: Typing = FRESH,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The section as it stands, or with what was typed and why it was not kept."""
    if not hasattr(entry, "contribution_count"):
        entry = find(request, entry.pk, now)
    found = application(entry)
    opened = request.GET.get("row", "")
    if section == "contributions":
        page = contribution_page(entry, now, typing, opened)
    else:
        reads_last = request.user.pk in entry.levels
        page = section_page(found, section, now, typing=typing, opened=opened, reads_last=reads_last)
    if page is None:
        raise Http404
    may_write = permissions.may_write(request.user, entry, now)
    context = {
        "entry": entry,
        "application": found,
        "page": page,
        "here": section,
        "may_write": may_write,
        "is_locked": not may_write and not typing.typed,
        "refusal": refusal,
        "problems": _summary(page, typing),
        "url": part_url(entry.pk, section),
    }
    template = "contributions" if section == "contributions" else "section"
    return render(request, f"nominees/applications/{template}.html", context, status=status)


def _save(visit: Visit) -> Saved:
    if visit.posted.refusal:
        raise PermissionDenied(visit.posted.refusal)
    return save_draft(
        nomination=visit.entry,
        written=visit.posted.written,
        is_pausing=_asks_for_json(visit.request),
        now=visit.now,
        by=visit.request.user,
    )


def _answer(visit: Visit, saved: Saved) -> HttpResponse:
    """To a script: marks, sentences. To a reader: the page with its problems, or both texts side by side."""
    if _asks_for_json(visit.request):
        return _script_answer(visit, saved)
    if saved.problems:
        clashing = {clash.name: CLASHES for clash in saved.clashes}
        was = {name: each for name, each in visit.posted.was.items() if name not in saved.kept}
        typing = Typing({**visit.posted.typed, **saved.kept}, {**clashing, **saved.problems}, was)
        return show_section(visit.request, visit.entry, visit.section, visit.now, typing=typing)
    context = {
        "entry": visit.entry,
        "texts": two_texts(visit.entry, saved.clashes),
        "url": part_url(visit.entry.pk, visit.section),
        "do": visit.request.POST.get("do", "save"),
    }
    return render(visit.request, "nominees/applications/conflict.html", context, status=409)


def _script_answer(visit: Visit, saved: Saved) -> HttpResponse:
    if not (saved.kept or saved.problems or saved.clashes):
        return JsonResponse({"refusal": NOTHING_READ}, status=422)
    data = {
        "saved": formats.clock(visit.now),
        "was": {name: mark(value) for name, value in saved.kept.items()},
        "now": _otherwise(visit.posted, saved),
        "notice": str(visit.posted.notice),
    }
    if saved.problems:
        data["problems"] = {name: str(text) for name, text in saved.problems.items()}
        return JsonResponse(data, status=422)
    if saved.clashes:
        data["conflict"] = _("A colleague saved the same text before you. Save here to see both and choose.")
        return JsonResponse(data, status=409)
    return JsonResponse(data)


def _otherwise(posted: Posted, saved: Saved) -> dict[str, str]:
    """What stands otherwise than it was posted, for the page to show."""
    return {name: value for name, value in saved.kept.items() if posted.typed.get(name) != value}


def _refused(visit: Visit, sentence: str, status: int) -> HttpResponse:
    if _asks_for_json(visit.request):
        return JsonResponse({"refusal": sentence}, status=status)
    return show_section(
        visit.request,
        visit.entry,
        visit.section,
        visit.now,
        typing=Typing(visit.posted.typed, {}, visit.posted.was),
        refusal=sentence,
        status=status,
    )


def _summary(page: SectionPage, typing: Typing) -> list[Problem]:
    """What could not be kept, with links to the fields."""
    return [
        Problem(str(text), str(page.labels.get(name, "")), name if name in page.labels else "")
        for name, text in typing.problems.items()
    ]


def _signed_out(request: HttpRequest) -> HttpResponse:
    """The text comes back to whoever typed it; nothing of the application is shown."""
    sign_in = f"{reverse('account_login')}?next={request.path}"
    if request.method != "POST":
        return redirect(sign_in)
    if _asks_for_json(request):
        return JsonResponse({"out": True}, status=401)
    context = {
        "typed": read_typed(request.POST),
        "sign_in": sign_in,
        "text_url": f"{request.path}text/",
    }
    return render(request, "nominees/applications/signed_out.html", context, status=401)


def _asks_for_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
