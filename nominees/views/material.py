"""Material of an application: uploading it, with or without a script, changing, removing, opening it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import trouble
from nominees import permissions
from nominees.actions import materials as actions
from nominees.application import application
from nominees.asking import asked_of
from nominees.drafts import Clash, Written
from nominees.material_files import archive, attachment, sealed
from nominees.material_page import SENT, material_page
from nominees.models import Material, Nomination
from nominees.states import MaterialState, QuestionKind
from nominees.uploads.allowed import ACCEPT
from nominees.uploads.file_names import display_name
from nominees.uploads.receiving import MOST_FILES, Limits, ReceivingHandler
from nominees.views.applications import find

NOTHING = Limits(0, 0, 0)


@dataclass(frozen=True)
class Told:
    """What was kept and what was not, in sentences."""

    kept: tuple[str, ...]
    refusals: tuple[str, ...]


@csrf_exempt  # the form's token is checked by _receive, once it is known how much may come in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_material(request: HttpRequest, pk: int) -> HttpResponse:
    """The material and the form to upload more; a post brings files."""
    now = timezone.now()
    entry = find(request, pk, now)

    if request.method != "POST":
        return _show(request, entry, now)

    may_upload = permissions.may_upload(request.user, entry, now)
    handler = ReceivingHandler(request, actions.limits_of(entry) if may_upload else NOTHING)
    request.upload_handlers = [handler]
    return _receive(request, pk, handler)


@csrf_protect
def _receive(request: HttpRequest, pk: int, handler: ReceivingHandler) -> HttpResponse:
    """The files have come in; who may bring them is asked at the hour when the last byte was here."""
    _whole = request.POST
    now = timezone.now()
    entry = find(request, pk, now)
    try:
        permissions.may_upload(request.user, entry, now).require()
        told = _keep(request, entry, handler, now)
    except PermissionDenied as refusal:
        return _answer(request, entry, now, Told((), (str(refusal),)), 403)
    except actions.NotKeptError as error:
        return _answer(request, entry, now, Told((), (str(error),)), 503)
    except DatabaseError as error:
        if (sentence := trouble.in_words(error)) is None:
            raise
        return _answer(request, entry, now, Told((), (sentence,)), 503)
    return _answer(request, entry, now, told, 422 if told.refusals else 200)


def _keep(request: HttpRequest, entry: Nomination, handler: ReceivingHandler, now: datetime) -> Told:
    if handler.receipt.is_flooded:
        sentence = _("Nothing was taken: at most %(most)s files can be sent at a time. Send fewer at a time.")
        return Told((), (sentence % {"most": MOST_FILES},))
    question = _question(entry, request.POST.get("question", ""))
    replaces = request.POST.get("replaces", "")
    told, refusals = [], [str(each) for each in handler.receipt.refusals]
    for received in handler.receipt.files:
        try:
            material, is_new = actions.add_material(
                nomination=entry,
                received=received,
                description=request.POST.get("description", ""),
                is_private=bool(request.POST.get("is_private")),
                question=question,
                replaces=_number(replaces) if replaces else None,
                now=now,
                by=request.user,
            )
        except PermissionDenied as refusal:
            refusals.append(str(refusal))
            continue
        sentence = _("%(name)s has been uploaded.") if is_new else _("%(name)s is there already.")
        told.append(f"{sentence % {'name': material.name}} {_again(entry, material)}".strip())
    if not told and not refusals:
        refusals.append(_("Choose a file first."))
    return Told(tuple(told), tuple(refusals))


def _again(entry: Nomination, material: Material) -> str:
    """What is to be done for the jury to get a file that came after the entry was sent in."""
    if entry.state not in SENT or material.is_private:
        return ""
    return _("Send in again so that the jury gets the file.")


def _question(entry: Nomination, raw: str) -> int | None:
    """The question that the file answers; only one that this entry is asked, and that asks for a file."""
    if not raw:
        return None
    asked = asked_of([entry])[entry.pk]
    if _number(raw) not in {each.pk for each in asked if each.kind == QuestionKind.FILE}:
        raise PermissionDenied(_("That choice does not exist. Choose one from the list."))
    return int(raw)


def _number(raw: str) -> int:
    """A posted key; 0, which nothing has, for what is none."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 18 else 0


@require_POST
def material_film(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a link to a film."""
    now = timezone.now()
    entry = find(request, pk, now)

    link = request.POST.get("link", "")
    try:
        actions.add_film(
            nomination=entry,
            link=link,
            description=request.POST.get("description", ""),
            is_private=bool(request.POST.get("is_private")),
            now=now,
            by=request.user,
        )
    except PermissionDenied as refusal:
        status = 422 if permissions.may_upload(request.user, entry, now) else 403
        film = {"link": link, "description": request.POST.get("description", "")}
        return _show(request, entry, now, refusals=(str(refusal),), film=film, status=status)
    messages.success(request, _("The link to the film has been saved."))
    return redirect("application_material", entry.pk)


@require_POST
def material_change(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    """Say what a file is, and who may read it."""
    now = timezone.now()
    entry = find(request, pk, now)

    fields = ("description", "is_private")
    written = {
        name: Written(request.POST.get(name, ""), request.POST.get(f"was-{name}", "")) for name in fields
    }
    changed, clashes = actions.describe_material(
        nomination=entry, pk=material, written=written, now=now, by=request.user
    )
    if clashes:
        return _show(request, entry, now, refusals=[_both(changed, each) for each in clashes], status=409)
    messages.success(request, _("%(name)s has been changed.") % {"name": changed.name})
    return redirect("application_material", entry.pk)


def _both(material: Material, clash: Clash) -> str:
    """What stands, and what was written, where a colleague was first."""
    if clash.name == "is_private":
        sentence = _("A colleague has changed who may read %(name)s. Nothing was saved: look at it again.")
        return sentence % {"name": material.name}
    sentence = _(
        "A colleague has described %(name)s meanwhile as “%(saved)s”, and you as “%(written)s”. Nothing of "
        "yours was saved: change the description again if yours is to hold."
    )
    return sentence % {"name": material.name, "saved": clash.saved, "written": clash.written}


@require_POST
def material_remove(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    """Take a file out of the entry."""
    now = timezone.now()
    entry = find(request, pk, now)

    gone = actions.remove_material(nomination=entry, pk=material, now=now, by=request.user)
    messages.success(request, _("%(name)s has been removed.") % {"name": gone.name})
    return redirect("application_material", entry.pk)


@never_cache
@require_safe
def material_file(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    """One file as an attachment, to those who may read the entry; also one that has been replaced."""
    entry = find(request, pk, timezone.now())

    files = Material.objects.filter(nomination=entry, state=MaterialState.READY, removed_at=None)
    return attachment(get_object_or_404(files.exclude(file=""), pk=material))


@never_cache
@require_safe
def material_zip(request: HttpRequest, pk: int) -> HttpResponse:
    """Every file of the entry in one ZIP."""
    entry = find(request, pk, timezone.now())

    files = Material.objects.current().filter(nomination=entry, state=MaterialState.READY).exclude(file="")
    if not files:
        raise Http404
    name = display_name(f"{entry.municipality} {entry.edition.year}.zip")
    return sealed(
        FileResponse(archive(files), as_attachment=True, filename=name, content_type="application/zip")
    )


def _answer(request: HttpRequest, entry: Nomination, now: datetime, told: Told, status: int) -> HttpResponse:
    """To the script: sentences and the list anew. To a reader: the page."""
    if request.headers.get("Accept", "").startswith("application/json"):
        page = material_page(entry, ())
        context = {
            "page": page,
            "entry": entry,
            "may_write": permissions.may_upload(request.user, entry, now),
        }
        rows = render_to_string("nominees/material/rows.html", context, request)
        return JsonResponse({"told": told.kept, "refused": told.refusals, "rows": rows}, status=status)
    for sentence in told.kept:
        messages.success(request, sentence)
    if told.refusals:
        return _show(request, entry, now, refusals=told.refusals, status=status)
    return redirect("application_material", entry.pk)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was said of files that were not taken, to stand in the form again."""
    if request.method != "POST" or request.POST.get("replaces"):
        return {}
    return {name: request.POST.get(name, "") for name in ("description", "question", "is_private")}


def _show(
    request: HttpRequest,
    entry: Nomination,
    now: datetime,
    *,
    refusals: Sequence[str] = (),
    film: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    found = application(entry)
    context = {
        "entry": entry,
        "application": found,
        "page": material_page(entry, found.asked),
        "here": "material",
        "may_write": permissions.may_upload(request.user, entry, now),
        "refusals": refusals,
        "film": film or {},
        "typed": _typed(request) if refusals and film is None else {},
        "accept": ACCEPT,
        "most_files": MOST_FILES,
    }
    return render(request, "nominees/material/page.html", context, status=status)
