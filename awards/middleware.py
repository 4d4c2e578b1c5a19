"""What every request passes: sound input, the chosen language, private pages kept out of caches."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from awards.permissions import needs_second_factor

MOST_READ = 1_000_000  # bytes of a form in parts; a larger one brings a file
Handler = Callable[[HttpRequest], HttpResponse]


def _is_sound(request: HttpRequest) -> bool:
    raw = unquote_to_bytes(request.META.get("QUERY_STRING", "")) + unquote_to_bytes(
        request.get_full_path().split("?")[0]
    )
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in raw


def _holds_sound_form(request: HttpRequest) -> bool:
    """Of a form with a large file nothing: that is read by who receives it."""
    if request.method != "POST":
        return True
    try:
        if request.content_type == "application/x-www-form-urlencoded":
            unquote_to_bytes(request.body).decode("utf-8")
        elif request.content_type == "multipart/form-data" and _is_small(request):
            _read_texts(request.body, request.content_params.get("boundary", ""))
    except UnicodeDecodeError:
        return False
    return True


def _is_small(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or ""
    return length.isdecimal() and int(length) <= MOST_READ


def _read_texts(body: bytes, boundary: str) -> None:
    """Read every part that is no file; raises UnicodeDecodeError at the first that is no text."""
    for part in body.split(f"--{boundary}".encode()) if boundary else ():
        head, _gap, content = part.partition(b"\r\n\r\n")
        head.decode("utf-8")
        if b"filename" not in head.lower():
            content.decode("utf-8")


def refuse_broken_input(get_response: Handler) -> Handler:
    """Answer 400 to addresses with NUL bytes or broken UTF-8, and to forms with the latter, unread."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sentence = ""
        if not _is_sound(request):
            sentence = _("The address holds characters that cannot be read.")
        elif not _holds_sound_form(request):
            sentence = _("The form holds characters that cannot be read. Nothing was saved.")
        if sentence:
            return HttpResponseBadRequest(sentence, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


def choose_language(get_response: Handler) -> Handler:
    """Swedish unless the visitor chose English; the browser's own language decides nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def keep_private_pages_private(get_response: Handler) -> Handler:
    """Nothing that a signed-in person was shown stays in a cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


ALWAYS_REACHED = ("/accounts/", "/language/", "/healthz", "/readyz")
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def ask_for_second_factor(get_response: Handler) -> Handler:
    """Where the award is real, organisers and chairs reach nothing before they have a second factor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and _lacks_second_factor(request):
            messages.warning(
                request,
                _("Organisers and chairs sign in in two steps. Add a passkey or an authenticator app first."),
            )
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or request.path.startswith(ALWAYS_REACHED):
        return False
    if not needs_second_factor(request.user):
        return False
    return not Authenticator.objects.filter(user=request.user, type__in=SECOND_FACTORS).exists()
