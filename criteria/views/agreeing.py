"""One entry at the consensus meeting: what is agreed on it, and who must leave the room."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from criteria import actions, pen, permissions
from criteria.actions import Agreement, AgreementConflict
from criteria.forms import RecusalForm
from criteria.meeting_forms import Written, read_values
from criteria.meeting_page import blocks_of, mark_words
from criteria.meeting_words import words_of
from criteria.plan import plan_for
from criteria.scoring import ScoringModel
from criteria.views.consensus import Found, find_meeting, language_here, meeting_in, topics_of
from criteria.views.rounds import to_page
from nominees.models import Nomination


@require_http_methods(["GET", "HEAD", "POST"])
def consensus_entry(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """One entry in large type: the jurors' scores, and what the meeting agrees on."""
    found = find_meeting(request, edition)
    line = next((line for line in found.standings.lines if line.code == code), None)
    if line is None:
        return _away(request, found, code)

    meeting, written, conflict = found.meeting, None, None
    if request.method == "POST":
        pen.may_agree(request.user, meeting_in(found), line.nomination, found.table).require()
        written = read_values(found.standings.readings.model, request.POST, language_here())
    if written is not None and not written.problems:
        saved = _agree(request, found, line.nomination, written)
        if not isinstance(saved, AgreementConflict):
            _tell(request, saved.changed)
            return redirect(
                (request.POST.get("then") == "next" and _after(request, found, code))
                or request.path + request.round_query
            )
        conflict = saved

    context = _entry_page(request, found, line.nomination, written, conflict)
    return render(request, "criteria/consensus_entry.html", {**context, "line": line, "meeting": meeting})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_aside(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Chair, deputy or organiser stands aside from an entry; whoever is next holds its pen."""
    found = find_meeting(request, edition)
    line = next((line for line in found.standings.lines if line.code == code), None)
    seat = next((seat for seat in found.table.seats if seat.person == request.user.pk), None)
    if line is None or seat is None:
        raise Http404

    form = RecusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.recuse(
            juror=request.user.roles.get(pk=seat.role),
            nomination=Nomination.objects.get(pk=line.nomination),
            now=timezone.now(),
            by=request.user,
            **form.cleaned_data,
        )
        told = _("You now stand aside from %(municipality)s and see nothing more of it.")
        messages.success(request, told % {"municipality": line.municipality})
        return to_page(request, "consensus_page", edition)

    context = {"form": form, "edition": found.edition, "line": line}
    return render(request, "criteria/consensus_aside.html", context)


def _entry_page(
    request: HttpRequest,
    found: Found,
    nomination: int,
    written: Written | None,
    conflict: AgreementConflict | None,
) -> dict:
    readings, names = found.standings.readings, request.GET.get("names") == "1"
    topics = topics_of(request, found, names=names)
    at = [topic.nomination for topic in topics].index(nomination)
    typed, problems = (written.typed, written.problems) if written else ({}, {})
    words = words_of(request.user, found.scoring_round.pk, nomination, names=names)
    may = pen.may_agree(request.user, found.meeting, nomination, found.table) if found.meeting else None
    return {
        "edition": found.edition,
        "topic": topics[at],
        "number": at + 1,
        "of": len(topics),
        "previous": topics[at - 1] if at else None,
        "next": topics[at + 1] if at + 1 < len(topics) else None,
        "names": names,
        "places": readings.model.rounding.places,
        "shows_agreed": found.standings.shows_agreed,
        "blocks": blocks_of(
            found.standings,
            nomination,
            names=names,
            typed=typed,
            problems=problems,
            said=words.by_criterion,
        ),
        "notes": words.notes,
        "problems": written.summary if written else [],
        "clashes": _clashes(readings.model, conflict),
        "token": conflict.saved.token if conflict else readings.tokens.get(nomination, 0),
        "may_agree": may,
        "away": found.table.away_from(nomination),
        "to_leave": found.table.to_leave(nomination),
        "left": written.left if written else frozenset(),
        "may_stand_aside": permissions.may_lead(request.user, found.edition),
    }


def _agree(
    request: HttpRequest, found: Found, nomination: int, written: Written
) -> Agreement | AgreementConflict:
    return actions.agree(
        meeting=meeting_in(found),
        nomination=Nomination.objects.get(pk=nomination),
        written=written.wishes,
        token=written.token,
        left=written.left,
        now=timezone.now(),
        by=request.user,
    )


def _clashes(model: ScoringModel, conflict: AgreementConflict | None) -> list[tuple[str, str, str, str]]:
    """(code, criterion, what stands saved, its reason) where somebody else agreed otherwise in between."""
    if conflict is None:
        return []
    empty, nodes = actions.Wish(None), plan_for(model).by_code
    return [
        (code, nodes[code].node.title.in_language(language_here()), mark_words(saved.mark), saved.reason)
        for code, wish in conflict.written.items()
        if (saved := conflict.saved.lines.get(code, empty)) != wish
    ]


def _tell(request: HttpRequest, changed: tuple[str, ...]) -> None:
    if changed:
        messages.success(request, _("Saved. The individual scores stay as they were."))
    else:
        messages.info(request, _("Nothing had changed, so nothing was saved."))


def _after(request: HttpRequest, found: Found, code: str) -> str:
    codes = [topic.code for topic in topics_of(request, found)]
    later = codes[codes.index(code) + 1 :]
    if not later:
        return reverse("consensus_page", args=[found.edition.key]) + request.round_query
    return reverse("consensus_entry", args=[found.edition.key, later[0]]) + request.round_query


def _away(request: HttpRequest, found: Found, code: str) -> HttpResponse:
    """The screen of somebody who stands aside: that they have left the room, and nothing more.

    Whom only a tie without an answer keeps out is led to where it is answered.
    """
    hidden = Nomination.objects.filter(pk__in=found.hidden, municipality__code=code).first()
    if hidden is None:
        raise Http404
    if (hidden.pk, request.user.pk) not in found.table.aside:
        messages.info(request, _("A tie of yours may stand in the way of this entry. Answer that first."))
        return redirect("conflict_page", found.edition.key)
    context = {"edition": found.edition}
    return render(request, "criteria/consensus_away.html", context)
