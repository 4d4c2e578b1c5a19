"""The jury's decision: drafted from the standings, proposed, confirmed and frozen, replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from criteria import actions, pen, permissions
from criteria.attendance import Table, table_of
from criteria.decided import Row, gaps
from criteria.decision_forms import CorrectionForm, DraftForms
from criteria.decision_page import Shown, decisions_of
from criteria.models import Decision, Publication, Round
from criteria.progress import rounds_seen_by
from criteria.standings import Standings, standings_of
from criteria.states import IN_HAND, DecisionState, PublicationState, ScoreRoom
from criteria.views.noting import note_reading
from criteria.views.rounds import find_round, to_page
from nominees.submission_content import canonical

Act = Callable[..., object]


@dataclass(frozen=True)
class Found:
    """What the decision's pages stand on."""

    scoring_round: Round
    table: Table
    hidden: frozenset[int]
    standings: Standings

    @property
    def nominations(self) -> list[int]:
        """The entries of the round: all of them, those hidden from this person too."""
        return [*self.standings.readings.entries, *self.hidden]


@require_GET
def decision_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The decision as it stands, and what can be done with it."""
    found = _find(request, edition)

    return render(request, "criteria/decision.html", _page(request, found))


@require_POST
def decision_begin(request: HttpRequest, edition: str) -> HttpResponse:
    """Begin a decision with the places of the standings as a proposal."""
    found = _find(request, edition)

    actions.draft_decision(scoring_round=found.scoring_round, now=timezone.now(), by=request.user)
    messages.success(request, _("A draft is made from the standings. Nobody else is told of it."))
    return to_page(request, "decision_page", edition)


@require_POST
def decision_save(request: HttpRequest, edition: str) -> HttpResponse:
    """Keep the draft, and propose it where that was asked for."""
    found = _find(request, edition)
    decision = _latest(found)
    pen.may_write_decision(request.user, decision, found.nominations, found.table).require()

    forms = DraftForms(_codes(found), data=request.POST)
    if not forms.is_valid():
        return render(request, "criteria/decision.html", _page(request, found, forms))
    if not actions.save_decision(
        decision=decision, draft=forms.draft, version=forms.version, by=request.user
    ):
        return render(request, "criteria/decision.html", _page(request, found, forms, clash=True))

    if request.POST.get("then") != "propose":
        messages.success(request, _("The draft is saved."))
        return to_page(request, "decision_page", edition)
    lacking = gaps(decision, list(decision.rows.all()), found.standings)
    if lacking:
        messages.error(request, _("The draft is saved, but not proposed: %(what)s") % {"what": lacking[0]})
        return to_page(request, "decision_page", edition)
    actions.propose_decision(decision=decision, now=timezone.now(), by=request.user)
    messages.success(request, _("The decision is proposed and waits to be confirmed."))
    return to_page(request, "decision_page", edition)


@require_POST
def decision_four_eyes(request: HttpRequest, edition: str) -> HttpResponse:
    """Say whether another person must confirm."""
    found = _find(request, edition)

    four_eyes = request.POST.get("four_eyes") == "1"
    actions.set_four_eyes(decision=_latest(found), four_eyes=four_eyes, by=request.user)
    messages.success(request, _("Saved."))
    return to_page(request, "decision_page", edition)


@require_POST
def decision_return(request: HttpRequest, edition: str) -> HttpResponse:
    """Send a proposed decision back."""
    told = _("The decision is a draft again.")
    return _act(request, edition, actions.return_decision, told)


@require_POST
def decision_confirm(request: HttpRequest, edition: str) -> HttpResponse:
    """Confirm a proposed decision and freeze it."""
    told = _("The decision is confirmed and frozen. Nothing is public before it is published.")
    return _act(request, edition, actions.confirm_decision, told, now=timezone.now())


@require_POST
def decision_discard(request: HttpRequest, edition: str) -> HttpResponse:
    """Throw the draft away."""
    return _act(request, edition, actions.discard_decision, _("The draft is thrown away."))


@require_POST
def decision_correct(request: HttpRequest, edition: str) -> HttpResponse:
    """Begin a new decision that replaces the frozen one."""
    found = _find(request, edition)
    latest = _latest(found)
    here = found.scoring_round
    pen.may_correct_decision(request.user, latest, here, found.nominations, found.table).require()

    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return render(request, "criteria/decision.html", _page(request, found, correction=form))
    reason = form.cleaned_data["reason"]
    words = {"scoring_round": here, "reason": reason, "now": timezone.now()}
    actions.correct_decision(decision=latest, by=request.user, **words)
    messages.success(request, _("A new draft is begun. The frozen decision stays as it is."))
    return to_page(request, "decision_page", edition)


@require_GET
def decision_record(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """The frozen record as the very bytes that its sum was taken over."""
    found = _find(request, edition)
    visible = Decision.objects.visible_to(request.user).filter(edition=found.scoring_round.edition)
    decision = get_object_or_404(visible.select_related("edition"), number=number)
    pen.may_read_record(request.user, decision, found.table).require()

    response = HttpResponse(canonical(decision.record), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="decision-{edition}-{number}.json"'
    response["Cache-Control"] = "no-store"
    return response


def _find(request: HttpRequest, key: str) -> Found:
    """The round that a decision in hand rests on; else the one asked for; else the latest."""
    in_hand = Decision.objects.filter(round=OuterRef("pk"), state__in=IN_HAND)
    rounds = rounds_seen_by(request.user, key).annotate(binds=Exists(in_hand))
    scoring_round = find_round(request, rounds)
    request.edition = scoring_round.edition
    permissions.may_see_standings(request.user, scoring_round).require()
    note_reading(request, scoring_round.edition, ScoreRoom.DECISION)
    table = table_of(scoring_round.edition, getattr(scoring_round, "meeting", None))
    hidden = table.hidden_from(request.user)
    return Found(scoring_round, table, hidden, standings_of(scoring_round, hidden))


def _latest(found: Found) -> Decision:
    """The edition's latest decision, with the round that it rests on, be it this one or another."""
    latest = actions.latest_decision(found.scoring_round)
    if latest is None:
        raise Http404(_("There is no decision yet."))
    latest.edition = found.scoring_round.edition
    if latest.round_id == found.scoring_round.pk:
        latest.round = found.scoring_round
    return latest


def _codes(found: Found) -> dict[int, str]:
    """The entries in the order of the standings, with the codes that name their fields."""
    return {line.nomination: line.code for line in found.standings.lines}


def _act(request: HttpRequest, edition: str, act: Act, told: str, **words: object) -> HttpResponse:
    found = _find(request, edition)
    act(decision=_latest(found), by=request.user, **words)
    messages.success(request, told)
    return to_page(request, "decision_page", edition)


def _page(
    request: HttpRequest,
    found: Found,
    forms: DraftForms | None = None,
    *,
    clash: bool = False,
    correction: CorrectionForm | None = None,
) -> dict:
    user, table, nominations = request.user, found.table, found.nominations
    edition = found.scoring_round.edition
    shown = decisions_of(edition.pk, found.hidden)
    for each in shown:
        each.decision.edition = edition
        if each.decision.round_id == found.scoring_round.pk:
            each.decision.round = found.scoring_round
    latest = shown[0] if shown else None
    in_hand = latest if latest and latest.decision.state in IN_HAND else None
    frozen = tuple(each for each in shown if each.decision.is_frozen)
    context = {
        "edition": edition,
        "hidden": len(found.hidden),
        "in_hand": in_hand,
        "current": frozen[0] if frozen else None,
        "earlier": frozen[1:],
        "shows_agreed": found.standings.shows_agreed,
        "places": found.standings.readings.model.rounding.places,
        "may_set_four_eyes": pen.may_set_four_eyes(user, edition),
        "may_publish": pen.may_read_publishing(user, edition),
        "may_begin": pen.may_draft_decision(user, found.scoring_round, None, nominations, table),
        "clash": clash,
    }
    if in_hand:
        context |= _in_hand(user, found, in_hand, forms, clash=clash)
    elif frozen:
        decision = frozen[0].decision
        context |= {
            "may_correct": pen.may_correct_decision(user, decision, found.scoring_round, nominations, table),
            "correction": correction or CorrectionForm(),
            "waiting": Publication.objects.filter(edition=edition, state=PublicationState.WAITING).first(),
        }
    return context | {
        "may_read_record": pen.may_read_record(user, frozen[0].decision, table) if frozen else None
    }


def _in_hand(user, found: Found, shown: Shown, forms: DraftForms | None, *, clash: bool) -> dict[str, object]:
    decision, table, nominations = shown.decision, found.table, found.nominations
    rows = {row.nomination_id: Row.of(row) for row in shown.rows}
    initial = {
        "no_award": decision.no_award,
        "no_award_reason": decision.no_award_reason,
        "version": decision.version,
    }
    if forms is None or not clash:
        saved = forms
    else:
        data = forms.whole.data.copy()
        data["version"] = str(decision.version)
        saved = DraftForms(_codes(found), data=data)
    forms = saved or DraftForms(_codes(found), initial=initial, rows=rows)
    standing = {line.nomination: line for line in found.standings.lines}
    return {
        "forms": forms,
        "rows": [(standing[key], form) for key, form in forms.rows.items()],
        "is_draft": decision.state == DecisionState.DRAFT,
        "lacking": gaps(decision, shown.rows, found.standings) if not found.hidden else [],
        "may_write": pen.may_write_decision(user, decision, nominations, table),
        "may_return": pen.may_return_decision(user, decision, table),
        "may_confirm": pen.may_confirm_decision(user, decision, table),
    }
