"""The protocol of an edition: who judged, on what terms, who stood aside, what was decided and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from awards import formats
from awards.models import Edition, Person, Role
from awards.states import RoleKind
from criteria.decided import MOTIVATED, decision_in_force
from criteria.models import Acceptance, Assignment, Attendance, ConsensusMeeting, Decision, Recusal, Round
from criteria.readings import hidden_from
from criteria.states import DecidedOutcome, RecusalReason, SheetState
from nominees.papers import typeset

PAPER = Path(__file__).parents[1] / "paper" / "protocol.typ"
JURY = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.JUROR)
Rows = list[list[str]]


def protocol_pdf(
    edition: Edition, *, by: Person | None, now: datetime | None = None, language: str = "sv"
) -> bytes:
    """The protocol with lines to sign on; what `by` stands aside from is left out of the decision."""
    now = now or timezone.now()
    hidden = hidden_from(by, edition) if by else frozenset()
    with translation.override(language):
        seats = list(edition.roles.of_kind(*JURY).select_related("person"))
        seats.sort(key=lambda seat: (JURY.index(seat.kind), seat.seat, seat.pk))
        who = [_("Seat"), _("Person"), _("Organisation"), _("Undertaking")]
        words = {
            "lead": _("A rehearsal: everything in it is invented.") if edition.is_rehearsal else "",
            "parts": [
                _part(
                    _("The jury"), (2, 3, 3, 3), who,
                    _jury(seats, edition, language), _("No jury has been appointed."),
                ),
                _part(
                    _("Who has stood aside"), (2, 3, 5), [_("Seat"), _("Municipality"), _("Reason")],
                    _recusals(edition), _("Nobody has stood aside from any entry."),
                ),
                _part(
                    _("Rounds of scoring"), (3, 4, 4, 3),
                    [_("Round"), _("Scoring model"), _("Time"), _("Sheets done")],
                    _rounds(edition, language), _("No round of scoring has been held."),
                ),
                _part(
                    _("The consensus meeting"), (3, 7), [_("What"), _("Who and when")],
                    _meetings(edition, language), _("No meeting has been held."),
                ),
            ],
            "decision": _decision(edition, hidden, language),
            "signatures": _signatures(seats),
        }  # fmt: skip
        title = _("Protocol, %(award)s %(edition)s") % {
            "award": edition.award.name_sv,
            "edition": edition.title,
        }
    return typeset(PAPER, title, words, language, now)


def _part(title: str, widths: tuple[int, ...], head: list[str], lines: Rows, nothing: str) -> dict:
    return {"title": title, "widths": widths, "head": head, "lines": lines, "nothing": nothing}


def _jury(seats: list[Role], edition: Edition, language: str) -> Rows:
    """Each seat with its holder, and when the undertaking in force or an earlier one was accepted."""
    accepted: dict[int, Acceptance] = {}
    rows = Acceptance.objects.filter(undertaking__edition=edition).select_related("undertaking")
    for each in rows.order_by("undertaking__version"):
        accepted[each.person_id] = each
    return [
        [
            _seat(seat),
            _holder(seat, language),
            seat.organisation or "–",
            _accepted(accepted.get(seat.person_id), language),
        ]
        for seat in seats
    ]


def _seat(seat: Role) -> str:
    """The seat, with what kind it is where its name does not tell."""
    kind = capfirst(str(seat.get_kind_display()))
    if not seat.seat:
        return kind
    return seat.seat if seat.kind == RoleKind.JUROR or seat.seat == kind else f"{seat.seat} ({kind.lower()})"


def _holder(seat: Role, language: str) -> str:
    name = seat.person.name or "–"
    if seat.ended_at is None:
        return name
    return _("%(name)s, until %(day)s") % {"name": name, "day": formats.day(seat.ended_at, language)}


def _accepted(acceptance: Acceptance | None, language: str) -> str:
    if acceptance is None:
        return _("not accepted")
    return _("version %(version)s, %(day)s") % {
        "version": acceptance.undertaking.version,
        "day": formats.day(acceptance.at, language),
    }


def _recusals(edition: Edition) -> Rows:
    """Those in force; the free note stays in the house."""
    rows = Recusal.objects.filter(juror__edition=edition, lifted_at=None).select_related(
        "juror__person", "nomination__municipality"
    )
    return [
        [
            row.juror.seat or row.juror.person.name or "–",
            row.nomination.municipality.name,
            capfirst(str(RecusalReason(row.reason).label)),
        ]
        for row in rows.order_by("juror__seat", "nomination__municipality__sort_key")
    ]


def _rounds(edition: Edition, language: str) -> Rows:
    given = Assignment.objects.counting().filter(round=OuterRef("pk"))
    rows = Round.objects.filter(edition=edition).annotate(
        sheets=_number(given.filter(sheet__state=SheetState.DONE)), readings=_number(given)
    )
    return [
        [
            row.title or _("Round %(number)s") % {"number": row.position},
            _("%(title)s, version %(version)s")
            % {"title": row.scoring_model.title_sv, "version": row.scoring_model.version},
            formats.DASH.join(formats.day(at, language) or "…" for at in (row.opens_at, row.closes_at)),
            _("%(done)s of %(of)s") % {"done": row.sheets, "of": row.readings},
        ]
        for row in rows.select_related("scoring_model").order_by("position")
    ]


def _number(given: QuerySet[Assignment]) -> Coalesce:
    """How many of the outer round's assignments these are."""
    number = given.order_by().values("round").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def _meetings(edition: Edition, language: str) -> Rows:
    lines: Rows = []
    for meeting in ConsensusMeeting.objects.filter(round__edition=edition).order_by("pk"):
        seats = Attendance.objects.filter(meeting=meeting).select_related("seat__person")
        present = [_name(each.seat) for each in seats if each.present]
        absent = [_name(each.seat) for each in seats if not each.present]
        lines += [
            [_("Opened"), _moment(meeting.opened_at, language)],
            [_("Closed"), _moment(meeting.closed_at, language) or _("still under way")],
            [_("Present"), ", ".join(present) or _("not noted")],
        ]
        lines += [[_("Absent"), ", ".join(absent)]] if absent else []
    return lines


def _name(seat: Role) -> str:
    return seat.seat or seat.person.name or capfirst(str(seat.get_kind_display()))


def _moment(at: datetime | None, language: str) -> str:
    return f"{formats.day_long(at, language, year=True)} {formats.clock(at)}" if at else ""


def _decision(edition: Edition, hidden: frozenset[int], language: str) -> dict:
    decision = decision_in_force(edition)
    words = {
        "title": _("The decision"),
        "said": [_("No decision has been confirmed yet.")],
        "head": [_("Municipality"), _("Outcome"), _("Place")],
        "lines": [],
        "motivations": [],
        "sha256": "",
        "check": _("SHA-256 of the frozen record that the decision follows from"),
    }
    if decision is None:
        return words
    rows = [
        row
        for row in decision.rows.select_related("nomination__municipality")
        if row.nomination_id not in hidden
    ]
    rows.sort(key=lambda row: (row.place or 999, row.nomination.municipality.sort_key))
    return words | {
        "said": list(_said(decision, hidden, language)),
        "lines": [
            [
                row.nomination.municipality.full_name,
                str(DecidedOutcome(row.outcome).label),
                str(row.place or "–"),
            ]
            for row in rows
        ],
        "motivations": [
            [row.nomination.municipality.full_name, row.motivation_sv]
            for row in rows
            if row.outcome in MOTIVATED and row.motivation_sv
        ],
        "sha256": decision.sha256,
    }


def _said(decision: Decision, hidden: frozenset[int], language: str) -> Iterable[str]:
    yield _("Decision %(number)s was confirmed %(at)s.") % {
        "number": decision.number,
        "at": _moment(decision.confirmed_at, language),
    }
    if decision.replaces_id:
        yield _("It replaces decision %(number)s: %(reason)s") % {
            "number": decision.replaces.number,
            "reason": decision.replaces_reason,
        }
    if decision.no_award:
        yield _("No award is given: %(reason)s") % {"reason": decision.no_award_reason}
    if decision.announced_at is None:
        yield _("It has not been announced.")
    if hidden:
        yield _("Entries that you stand aside from are left out.")


def _signatures(seats: list[Role]) -> dict:
    """Lines for whoever kept the protocol, each chair and deputy in office, and one who checks it."""
    lines = [[_("Kept by"), ""]]
    lines += [
        [capfirst(str(seat.get_kind_display())), seat.person.name]
        for seat in seats
        if seat.kind in (RoleKind.CHAIR, RoleKind.DEPUTY) and seat.ended_at is None
    ]
    return {"title": _("Signatures"), "lines": [*lines, [_("Checked by"), ""]]}
