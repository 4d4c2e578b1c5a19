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
    """Of a plain form only: what comes in parts may be a large file, and is read by who receives it."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return True
    try:
        unquote_to_bytes(request.body).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
