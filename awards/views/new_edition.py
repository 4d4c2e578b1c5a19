"""A new edition: from nothing, or from an earlier one that is looked through first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards import copying, permissions
from awards.actions import setting_up
from awards.copying import Line, Part
from awards.edition_facts import NotPossibleError
from awards.edition_forms import CopyForm, NewEditionForm
from awards.models import Edition, JournalEntry

SEEN = "seen"  # the fingerprint of the preview that is agreed to


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_new(request: HttpRequest) -> HttpResponse:
    """Make an edition from nothing."""
    now = timezone.now()

    _may_set_up_any(request)

    today = timezone.localdate(now)
    form = NewEditionForm(request.user, today, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        plan = {"template": form.cleaned_data["template"], "ceremony": form.cleaned_data["ceremony"]}
        try:
            edition = setting_up.create_edition(facts=form.facts, **plan, now=now, by=request.user)
        except NotPossibleError as error:
            _tell(form, error)
        else:
            messages.success(request, _("The edition is set up, and you organise it."))
            if passed := passed_times(edition.stages.values_list("closes_at", flat=True), now):
                messages.warning(request, passed)
            return redirect("edition_setup", edition.key)

    sources = Edition.objects.copyable_by(request.user).select_related("fair", "award")
    context = {"form": form, "sources": sources.order_by("-fair__label_year", "key")}
    return render(request, "awards/setup/new.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_copy(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what is copied, show exactly that, and on agreement make it: all or nothing."""
    now = timezone.now()
    source = _source(request, key)

    permissions.may_set_up(request.user, source.award).require()

    asked = request.POST if request.method == "POST" else request.GET if "year" in request.GET else None
    form = _copy_form(request, source, now, asked)
    if asked is None or not form.is_valid():
        return _ask(request, source, form)
    names = tuple(form.cleaned_data["parts"])
    parts = setting_up.chosen_parts(source, names, request.user)
    found, fingerprint = _found(source, parts, form), _fingerprint(source, parts, form)
    if request.method == "POST" and request.POST.get(SEEN) == fingerprint:
        facts, shift = form.facts, form.shift
        try:
            edition = setting_up.copy_edition(
                source=source, facts=facts, names=names, shift=shift, now=now, by=request.user
            )
        except NotPossibleError as error:
            _tell(form, error)
            return _ask(request, source, form)
        messages.success(request, _("The edition is set up, and you organise it."))
        return redirect("edition_copied", edition.key)

    if request.method == "POST" and SEEN in request.POST:
        messages.warning(request, _("The edition has been changed meanwhile. This is what is copied now."))
    context = {"source": source, "facts": form.facts, "shift": form.shift, "found": found}
    context |= {"wishes": list(form.wishes()), "fingerprint": fingerprint, "this": request.path}
    lines = [line for each in found for line in each.lines]
    context |= {"passed": passed_times((line.new_closes for line in lines), now)}
    context |= {"missed": missed_year(lines, form.facts.year)}
    return render(request, "awards/setup/copy_preview.html", context)


@never_cache
@require_safe
def edition_copied(request: HttpRequest, key: str) -> HttpResponse:
    """What was copied into an edition, as the journal keeps it, with where to change each part."""
    visible = Edition.objects.visible_to(request.user).select_related("fair", "award")
    edition = get_object_or_404(visible, key=key)

    permissions.may_organise(request.user, edition).require()

    entry = JournalEntry.objects.filter(verb="copy_edition", thing="edition", thing_id=edition.pk).first()
    if entry is None:
        raise Http404
    source = Edition.objects.filter(pk=entry.data["source"]).select_related("fair", "award").first()
    known = {part.name: part for part in copying.parts()}
    found = [
        Found(part, [_told(line) for line in each["lines"]], part.change(edition))
        for each in entry.data["parts"]
        if (part := known.get(each["name"]))
    ]
    request.edition = edition
    context = {"edition": edition, "source": source, "found": found, "at": entry.at}
    return render(request, "awards/setup/copied.html", context)


@dataclass(frozen=True, slots=True)
class Found:
    """A part with its lines, and where it is changed."""

    part: Part
    lines: list[Line]
    url: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether any line has times."""
        return any(line.is_dated for line in self.lines)


def passed_times(times: Iterable[datetime | None], now: datetime) -> str:
    """That some closing times lie behind us, so that somebody looks again; nothing when none does."""
    count = sum(1 for each in times if each is not None and each <= now)
    if not count:
        return ""
    said = ngettext(
        "One closing time has passed already. Look at the dates.",
        "%(count)s closing times have passed already. Look at the dates.",
        count,
    )
    return said % {"count": count}


def missed_year(lines: Iterable[Line], year: int) -> str:
    """That all dates lie before or after the fair's year, so that the shift is looked at again."""
    times = [each for line in lines for each in (line.new_opens, line.new_closes) if each]
    years = {timezone.localtime(each).year for each in times}
    if not years or min(years) <= year <= max(years):
        return ""
    told = {"year": year, "first": min(years), "last": max(years)}
    if told["first"] == told["last"]:
        return _("The fair is in %(year)s, but all dates lie in %(first)s. Choose how dates move.") % told
    return (
        _("The fair is in %(year)s, but all dates lie in %(first)s to %(last)s. Choose how dates move.")
        % told
    )


def _may_set_up_any(request: HttpRequest) -> None:
    """Whoever organises something may make an edition of that award; who organises nothing may not."""
    held = [role.edition.award for role in request.user.roles_held if role.kind == "organiser"]
    permissions.may_set_up(request.user, held[0] if held else None).require()


def _source(request: HttpRequest, key: str) -> Edition:
    """An edition to copy from; one that is only seen says why it cannot be."""
    editions = Edition.objects.select_related("fair", "award")
    source = editions.copyable_by(request.user).filter(key=key).first()
    if source is None:
        source = get_object_or_404(editions.visible_to(request.user), key=key)
        permissions.may_copy(request.user, source).require()
    return source


def _copy_form(request: HttpRequest, source: Edition, now: datetime, asked: object) -> CopyForm:
    initial = {
        "award": str(source.award_id),
        "year": source.year + 2,
        "entry_mode": source.entry_mode,
        "is_rehearsal": source.is_rehearsal,
    }
    return CopyForm(source, request.user, timezone.localdate(now), asked, initial=initial)


def _ask(request: HttpRequest, source: Edition, form: CopyForm) -> HttpResponse:
    context = {"source": source, "form": form}
    return render(request, "awards/setup/copy.html", context, status=422 if form.errors else 200)


def _found(source: Edition, parts: tuple[Part, ...], form: CopyForm) -> list[Found]:
    return [Found(part, list(part.preview(source, form.shift))) for part in parts]


def _fingerprint(source: Edition, parts: tuple[Part, ...], form: CopyForm) -> str:
    """The same for the same preview, in any language's page."""
    with override(settings.LANGUAGE_CODE):
        rows = [
            (each.part.name, str(line.text), line.new_opens, line.new_closes, line.whom)
            for each in _found(source, parts, form)
            for line in each.lines
        ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _tell(form, error: NotPossibleError) -> None:
    for name, problem in error.problems.items():
        form.refuse(name, problem)


def _told(kept: dict) -> Line:
    """A line as the journal keeps it, in the reader's language."""
    words = ("text", "text_en")
    times = {name: datetime.fromisoformat(value) for name, value in kept.items() if name not in words}
    text = kept["text_en"] if "text_en" in kept and get_language() == "en" else kept["text"]
    return Line(text, **times)
