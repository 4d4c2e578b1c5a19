"""What somebody wrote in a form that was refused or came after they were signed out; nothing is kept here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_TEXTS = 60
MOST_BYTES = 1_000_000
AS_LONG_AS_A_SENTENCE = 40  # signs; shorter ones without a space are choices, days and addresses
_NEVER_SHOWN = ("password", "csrfmiddlewaretoken", "next", "initial-")  # the last was shown, not written


def texts_in(post: Mapping) -> tuple[str, ...]:
    """The texts in a posted form that somebody would miss: sentences and paragraphs, each once, in order.

    >>> texts_in({"level": "editor", "reason": "Vi hinner inte.", "again": "Vi hinner inte."})
    ('Vi hinner inte.',)
    """
    values = (post[name] for name in post if not name.startswith(_NEVER_SHOWN))
    written = (value.strip() for value in values if isinstance(value, str))
    texts = dict.fromkeys(each for each in written if " " in each or len(each) > AS_LONG_AS_A_SENTENCE)
    return tuple(texts)[:MOST_TEXTS]


def texts_of(request: HttpRequest) -> tuple[str, ...]:
    """The same of a request. A large body, such as an upload's, is not read for it."""
    length = request.headers.get("Content-Length", "")
    if request.method != "POST" or not length.isdecimal() or int(length) > MOST_BYTES:
        return ()
    return texts_in(request.POST)


def as_file(texts: Iterable[str]) -> HttpResponse:
    """The texts as a text file, an empty line between."""
    content = "\r\n\r\n".join("\r\n".join(text.splitlines()) for text in texts) + "\r\n"
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="text.txt"'
    return response


class SignInFirst(LoginRequiredMiddleware):
    """As Django's, but a text that was posted after its writer was signed out comes back on a page."""

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponse:
        """To the sign-in page, or what was written with a link there."""
        if texts := texts_of(request):
            return render(request, "awards/signed_out.html", {"texts": texts}, status=401)
        return super().handle_no_permission(request, view_func)
