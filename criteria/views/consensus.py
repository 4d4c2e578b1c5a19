"""The consensus meeting: opened, attended, its agenda, equals parted, closed, its minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards import formats
from awards.states import RoleKind
from criteria import actions, pen, permissions
from criteria.agenda import Topic, agenda_of, ties_of
from criteria.attendance import Table, table_of
from criteria.decided import latest_on
from criteria.jury_analysis import analysis_of, is_large
from criteria.meeting_forms import AttendanceForm, OrderForm
from criteria.minutes import minutes_of, minutes_pdf
from criteria.models import ConsensusMeeting, Round
from criteria.progress import rounds_seen_by
from criteria.readings import hidden_from
from criteria.standings import Standings, standings_of
from criteria.states import MeetingState, ScoreRoom
from criteria.views.noting import note_reading
from criteria.views.rounds import find_round, to_page

NEVER = "no-store"


@dataclass(frozen=True)
class Found:
    """What every page of the meeting stands on."""

    scoring_round: Round
    meeting: ConsensusMeeting | None
    table: Table
    hidden: frozenset[int]
    standings: Standings

    @property
    def edition(self):
        """The meeting's edition."""
        return self.scoring_round.edition


@require_GET
def consensus_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The agenda in order of disagreement, who is there, and how far the meeting has come."""
    found = find_meeting(request, edition)

    form = AttendanceForm(table=found.table, initial=_attendance(found)) if found.meeting else None
    return render(request, "criteria/consensus.html", _agenda_page(request, found, form))


@require_POST
def meeting_open(request: HttpRequest, edition: str) -> HttpResponse:
    """Open the meeting."""
    found = find_meeting(request, edition)

    actions.open_meeting(scoring_round=found.scoring_round, now=timezone.now(), by=request.user)
    messages.success(request, _("The meeting is open. Say first who is there."))
    return to_page(request, "consensus_page", edition)


@require_POST
def meeting_close(request: HttpRequest, edition: str) -> HttpResponse:
    """End the meeting."""
    found = find_meeting(request, edition)

    actions.close_meeting(meeting=meeting_in(found), now=timezone.now(), by=request.user)
    messages.success(
        request, _("The meeting is closed. Its minutes are whole, and the decision can be made.")
    )
    return to_page(request, "consensus_page", edition)


@require_POST
def meeting_reopen(request: HttpRequest, edition: str) -> HttpResponse:
    """Take the meeting up again."""
    found = find_meeting(request, edition)

    actions.reopen_meeting(meeting=meeting_in(found), by=request.user)
    messages.success(request, _("The meeting is open again."))
    return to_page(request, "consensus_page", edition)


@require_POST
def meeting_attendance(request: HttpRequest, edition: str) -> HttpResponse:
    """Say who is there, and keep the chair's note."""
    found = find_meeting(request, edition)
    meeting = meeting_in(found)
    pen.may_keep_minutes(request.user, meeting).require()

    form = AttendanceForm(request.POST, table=found.table)
    if form.is_valid():
        given = form.cleaned_data
        present = {int(each) for each in given["present"]}
        words = {"present": present, "note": given["note"], "version": given["version"]}
        if actions.note_attendance(meeting=meeting, by=request.user, **words):
            messages.success(request, _("Attendance and note are saved."))
            return to_page(request, "consensus_page", edition)
        form.add_error(
            "note", _("Somebody else has saved another note: “%(note)s”.") % {"note": meeting.note}
        )
        form.data = {**form.data.dict(), "present": given["present"], "version": meeting.version}

    return render(request, "criteria/consensus.html", _agenda_page(request, found, form))


@require_POST
def meeting_order(request: HttpRequest, edition: str) -> HttpResponse:
    """Settle which of some equals goes first, with the reason."""
    found = find_meeting(request, edition)
    meeting = meeting_in(found)
    tied = {key: name for tie in ties_of(found.standings) for key, name in tie.items()}
    chosen = {key: name for key, name in tied.items() if f"place-{key}" in request.POST}
    pen.may_order_ties(request.user, meeting, chosen, found.table).require()

    form = OrderForm(request.POST, tied=chosen)
    if chosen and form.is_valid():
        words = {"nominations": form.order, "reason": form.cleaned_data["reason"]}
        actions.order_ties(meeting=meeting, now=timezone.now(), by=request.user, **words)
        messages.success(request, _("The order is kept, and stands with its reason in the minutes."))
        return to_page(request, "consensus_page", edition)

    attendance = AttendanceForm(table=found.table, initial=_attendance(found))
    return render(request, "criteria/consensus.html", _agenda_page(request, found, attendance, form))


@require_GET
def minutes_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The minutes, to read and to print."""
    found = find_meeting(request, edition)

    minutes = minutes_of(meeting_in(found), found.standings, found.hidden)
    return render(request, "criteria/minutes.html", {"edition": found.edition, "minutes": minutes})


@require_GET
def minutes_file(request: HttpRequest, edition: str) -> HttpResponse:
    """The minutes on paper."""
    found = find_meeting(request, edition)

    minutes = minutes_of(meeting_in(found), found.standings, found.hidden)
    response = HttpResponse(minutes_pdf(minutes, language_here()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_("minutes")}-{found.edition.key}.pdf"'
    response["Cache-Control"] = NEVER
    return response


def find_meeting(request: HttpRequest, key: str) -> Found:
    """The round, its meeting and its order, as far as the person may see; 404 and 403 for others."""
    scoring_round = find_round(request, rounds_seen_by(request.user, key))
    request.edition = scoring_round.edition
    pen.may_read_consensus(request.user, scoring_round).require()
    note_reading(request, scoring_round.edition, ScoreRoom.MEETING)
    meeting = getattr(scoring_round, "meeting", None)
    table = table_of(scoring_round.edition, meeting)
    hidden = hidden_from(request.user, scoring_round.edition)
    return Found(scoring_round, meeting, table, hidden, standings_of(scoring_round, hidden))


def meeting_in(found: Found) -> ConsensusMeeting:
    """The meeting that has been opened; 404 before."""
    if found.meeting is None:
        raise Http404(_("The meeting has not been opened."))
    return found.meeting


def topics_of(request: HttpRequest, found: Found, *, names: bool = False) -> tuple[Topic, ...]:
    """The agenda, with the statistics where the table is small enough to wait for."""
    statistics = None if is_large(found.standings) else analysis_of(found.standings)
    topics = agenda_of(found.standings, statistics, found.table, found.edition.key, names=names)
    return tuple(replace(topic, url=topic.url + request.round_query) for topic in topics)


def _attendance(found: Found) -> dict:
    """Everybody of the jury is there until somebody says otherwise."""
    said = any(seat.present is not None for seat in found.table.seats)
    jury = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.JUROR)
    present = [str(seat.role) for seat in found.table.seats if (seat.present if said else seat.kind in jury)]
    return {"present": present, "note": found.meeting.note, "version": found.meeting.version}


def _order_forms(found: Found, posted: OrderForm | None) -> list[OrderForm]:
    if found.meeting is None or found.meeting.state != MeetingState.OPEN:
        return []
    return [
        posted if posted is not None and set(posted.tied) == set(tie) else OrderForm(tied=tie)
        for tie in ties_of(found.standings)
    ]


def _agenda_page(
    request: HttpRequest, found: Found, form: AttendanceForm | None, order: OrderForm | None = None
) -> dict:
    names = request.GET.get("names") == "1"
    topics, user, meeting = topics_of(request, found, names=names), request.user, found.meeting
    orders = _order_forms(found, order)
    tied = [key for each in orders for key in each.tied]
    goes_on = meeting is not None and meeting.state == MeetingState.OPEN
    decision = None if goes_on else latest_on(found.scoring_round)
    return {
        "orders": orders,
        "may_order": pen.may_order_ties(user, meeting, tied, found.table) if orders else None,
        "edition": found.edition,
        "round": found.scoring_round,
        "meeting": meeting,
        "topics": topics,
        "names": names,
        "done": sum(topic.is_done for topic in topics),
        "begun": sum(bool(topic.agreed) for topic in topics),
        "hidden": len(found.hidden),
        "leads": permissions.may_lead(user, found.edition),
        "form": form,
        "said": any(seat.present is not None for seat in found.table.seats),
        "seats": found.table.seats,
        "may_open": pen.may_open_meeting(user, found.scoring_round, meeting, decision),
        "may_close": pen.may_close_meeting(user, meeting) if meeting else None,
        "may_reopen": pen.may_reopen_meeting(user, meeting, decision) if meeting else None,
        "may_keep": pen.may_keep_minutes(user, meeting) if meeting else None,
    }


def language_here() -> str:
    """The page's language, of the two that we write."""
    return formats.written_language(get_language())
