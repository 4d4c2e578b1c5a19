"""Pages that belong to nobody's work: health, language, and what every public site says about itself."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.models import Person
from awards.typed_text import as_file, texts_in, texts_of


@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def favicon(_request: HttpRequest) -> HttpResponse:
    """The mark, for whoever asks at the address that browsers guess."""
    return HttpResponseRedirect(static("awards/mark.svg"))


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language, for the person too, and go back to the page."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"

    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=60 * 60 * 24 * 365,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
        if request.user.is_authenticated:
            Person.objects.filter(pk=request.user.pk).update(language=chosen)
    return response


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "awards/accessibility.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why and how long."""
    return render(request, "awards/privacy.html")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Why not, in the words of the verdict, and what somebody wrote who was refused, to keep."""
    context = {"exception": str(exception), "texts": texts_of(request)}
    return render(request, "403.html", context, status=403)


@login_not_required
@require_POST
def typed_text(request: HttpRequest) -> HttpResponse:
    """What could not be saved, as a text file; nothing is read and nothing is kept here."""
    return as_file(texts_in(request.POST))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read, in words; its body is not looked into again, which would fail again."""
    sentence = ""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        sentence = _("The form holds more than can be taken at once. Nothing was saved. Send less at a time.")
    if sentence and request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"refusal": sentence}, status=400)
    page = render_to_string("400.html", {"sentence": sentence})
    return HttpResponseBadRequest(page)
