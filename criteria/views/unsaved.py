"""A sheet that cannot be saved because its page is shut meanwhile: the text goes back to whoever typed it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.plain_text import sheet_fields, typed_as_text, typed_lines
from criteria.reading_list import Doorstep


def asks_for_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a reader."""
    return request.headers.get("Accept", "").startswith("application/json")


def signed_out(request: HttpRequest, assignment: int) -> HttpResponse:
    """Nothing of the entry is shown; a post gets its text back, and the way to sign in."""
    sign_in = f"{reverse('account_login')}?next={reverse('scoring_page', args=[assignment])}"
    if asks_for_json(request):
        return JsonResponse({"out": True}, status=401)
    if not sheet_fields(request.POST):
        return redirect(sign_in)
    lead = _("Nothing of this was saved, but nothing is lost: your text stands here. Sign in to put it back.")
    words = {"heading": _("You have been signed out"), "lead": lead, "onward_label": _("Sign in")}
    return _page(request, assignment, {**words, "onward": sign_in}, 401)


def shut_out(request: HttpRequest, assignment: int, doorstep: Doorstep) -> HttpResponse:
    """Something stands before the entry: a reader is led there, a post gets its text back."""
    if asks_for_json(request):
        return JsonResponse({"refusal": str(doorstep.reason)}, status=403)
    if not sheet_fields(request.POST):
        return redirect(doorstep.url)
    lead = _(
        "Nothing of this was saved, but nothing is lost: your text stands here, to be put back afterwards."
    )
    words = {"heading": doorstep.reason, "lead": lead, "onward_label": doorstep.label}
    return _page(request, assignment, {**words, "onward": doorstep.url}, 403)


def text_file(request: HttpRequest, assignment: int) -> HttpResponse:
    """What was posted, as a text file by the criteria's codes; nothing is read and nothing is kept."""
    response = HttpResponse(typed_as_text(request.POST), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{assignment}.txt"'
    return response


def _page(request: HttpRequest, assignment: int, words: dict, status: int) -> HttpResponse:
    post = request.POST
    typed = {"assignment": assignment, "fields": sheet_fields(post), "lines": list(typed_lines(post))}
    return render(request, "criteria/unsaved.html", {**words, **typed}, status=status)
