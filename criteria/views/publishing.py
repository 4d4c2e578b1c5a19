"""Publishing the decision: what is pending, what it comes to, now or at an instant, stopped or taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards import formats
from awards.models import Edition
from criteria import actions, pen
from criteria.attendance import Table, table_of
from criteria.models import Decision, Publication
from criteria.progress import latest_of
from criteria.publishing import reach_of
from criteria.publishing_form import PublishForm, TakeBackForm
from criteria.publishing_letters import LABELS
from criteria.states import DecisionState
from criteria.views.scoring import language


@dataclass(frozen=True)
class Found:
    """What the pages stand on; `latest` is the decision with the highest number, or None."""

    edition: Edition
    table: Table
    latest: Decision | None
    publications: tuple[Publication, ...]  # the latest first

    @property
    def waiting(self) -> Publication | None:
        """What is planned."""
        return next((each for each in self.publications if each.waits), None)

    @property
    def published(self) -> Publication | None:
        """What the public sees."""
        return next((each for each in self.publications if each.is_published), None)

    @property
    def pending(self) -> Decision | None:
        """The decision that is frozen and not told."""
        is_pending = self.latest is not None and self.latest.state == DecisionState.CONFIRMED
        return self.latest if is_pending else None


@never_cache
@require_safe
def publish_page(request: HttpRequest, edition: str) -> HttpResponse:
    """What waits to be told, what is planned, what is public, and when each was."""
    found = _find(request, edition)

    return render(request, "criteria/publish.html", _page(request, found))


@never_cache
@require_safe
def publish_check(request: HttpRequest, edition: str) -> HttpResponse:
    """What the chosen publishing comes to, counted and by name; nothing happens yet."""
    found = _find(request, edition)
    decision = _pending(found)
    _may_publish(request, found, decision).require()

    form = PublishForm(request.GET, now=timezone.now())
    if not form.is_valid():
        return render(request, "criteria/publish.html", _page(request, found, form=form))

    return render(request, "criteria/publish_check.html", _dialog(found, decision, form))


@require_POST
def publication_make(request: HttpRequest, edition: str) -> HttpResponse:
    """Publish now, or plan it; shown once more where something has changed since the organiser looked."""
    found = _find(request, edition)
    decision = _pending(found)
    _may_publish(request, found, decision).require()

    form = PublishForm(request.POST, now=timezone.now())
    if not form.is_valid():
        return render(request, "criteria/publish.html", _page(request, found, form=form))
    chosen, now = form.cleaned_data, timezone.now()
    words = {"at": chosen["at"], "letters": chosen["letters"], "seen": request.POST.get("seen", "")}

    try:
        made = actions.plan_publication(decision=decision, now=now, by=request.user, **words)
    except actions.HasChanged:
        context = _dialog(found, decision, form) | {"has_changed": True}
        return render(request, "criteria/publish_check.html", context, status=409)
    messages.success(request, _told(made))
    return redirect("publish_page", edition)


@require_POST
def publication_stop(request: HttpRequest, edition: str) -> HttpResponse:
    """Let what is planned not happen."""
    found = _find(request, edition)
    if found.waiting is None:
        raise Http404(_("Nothing is planned."))

    actions.stop_publication(publication=found.waiting, now=timezone.now(), by=request.user)
    messages.success(request, _("Stopped. The decision stays as it is, and nothing becomes public."))
    return redirect("publish_page", edition)


@require_POST
def publication_take_back(request: HttpRequest, edition: str) -> HttpResponse:
    """Take what is public back at once."""
    found = _find(request, edition)
    if found.published is None:
        raise Http404(_("Nothing is published."))
    pen.may_unpublish(request.user, found.published).require()

    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return render(request, "criteria/publish.html", _page(request, found, taking_back=form))
    reason = form.cleaned_data["reason"]
    actions.unpublish(publication=found.published, reason=reason, now=timezone.now(), by=request.user)
    messages.success(request, _("Taken back. The public sees the decision no longer."))
    return redirect("publish_page", edition)


def _find(request: HttpRequest, key: str) -> Found:
    rows = Edition.objects.visible_to(request.user).select_related("fair", "award")
    edition = rows.filter(key=key).first()
    if edition is None:
        raise Http404
    request.edition = edition
    pen.may_read_publishing(request.user, edition).require()
    decisions = Decision.objects.filter(edition=edition).select_related("round__meeting", "replaced_by")
    decision = decisions.defer("record", "replaced_by__record").order_by("-number").first()
    scoring_round = decision.round if decision else latest_of(edition.rounds.select_related("meeting"))
    publications = Publication.objects.filter(edition=edition).select_related(
        "decision__round__meeting", "planned_by", "ended_by"
    )
    for each in (shown := tuple(publications.defer("decision__record").order_by("-pk"))):
        each.edition = each.decision.edition = edition
    if decision is not None:
        decision.edition = edition
    return Found(edition, table_of(edition, getattr(scoring_round, "meeting", None)), decision, shown)


def _pending(found: Found) -> Decision:
    if found.latest is None:
        raise Http404(_("There is no decision yet."))
    return found.latest


def _may_publish(request: HttpRequest, found: Found, decision: Decision):
    return pen.may_publish_decision(request.user, decision, found.table, found.latest, found.waiting)


def _page(
    request: HttpRequest,
    found: Found,
    *,
    form: PublishForm | None = None,
    taking_back: TakeBackForm | None = None,
) -> dict[str, object]:
    user, now = request.user, timezone.now()
    context = {
        "edition": found.edition,
        "found": found,
        "may_publish": None,
        "hides": bool(found.table.hidden_from(user)),
    }
    if found.pending is not None:
        context |= {
            "may_publish": _may_publish(request, found, found.pending),
            "form": form or PublishForm(now=now, initial={"letters": list(LABELS)}),
        }
    if found.waiting is not None:
        context["may_stop"] = pen.may_stop_publication(user, found.waiting)
    if found.published is not None:
        context |= {
            "may_take_back": pen.may_unpublish(user, found.published),
            "taking_back": taking_back or TakeBackForm(),
        }
    told = found.waiting.decision if found.waiting else found.pending
    if told is not None and not context["hides"]:
        letters = found.waiting.letters if found.waiting else list(LABELS)
        context["reach"] = reach_of(told, letters, now)
    return context


def _dialog(found: Found, decision: Decision, form: PublishForm) -> dict[str, object]:
    chosen, now = form.cleaned_data, timezone.now()
    return {
        "edition": found.edition,
        "decision": decision,
        "reach": reach_of(decision, chosen["letters"], now),
        "form": form,
        "at": chosen["at"],
        "wall": formats.local(chosen["at"]).strftime("%Y-%m-%dT%H:%M") if chosen["at"] else "",
    }


def _told(made: Publication) -> str:
    if made.waits:
        when = formats.deadline(made.at, language(), now=timezone.now())
        return _("Planned. The decision becomes public %(when)s by itself.") % {"when": when}
    letters = made.edition.letters.filter(once_key__startswith=f"publication:{made.pk}:").count()
    return ngettext(
        "The decision is public. %(n)s letter is on its way.",
        "The decision is public. %(n)s letters are on their way.",
        letters,
    ) % {"n": letters}
