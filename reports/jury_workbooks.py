"""The jury's workbooks of an edition: who gets which, filled from the database and built as files."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.models import Edition, Person, Role
from awards.states import RoleKind
from criteria.definitions import tree_of
from criteria.models import Assignment, Recusal, Round, Score, ScoreSheet
from criteria.preset_files import preset
from criteria.scoring import ScoringModel
from criteria.sheets import mark_of
from criteria.states import RecusalReason, RoundState, SheetState
from nominees.models import Nomination
from nominees.states import NominationState, Outcome
from reports.jury_entries import entry_specs
from reports.models import ExportReceipt
from reports.workbook.build import build_jury_workbook
from reports.workbook.fingerprint import payload_of
from reports.workbook.organiser import build_organiser_workbook
from reports.workbook.spec import (
    CriterionSpec,
    EntrySpec,
    OrganiserEntrySpec,
    OrganiserSpec,
    SeatSpec,
    SheetSpec,
    WorkbookSpec,
)

DEFAULT_MODEL = "four-areas"  # editions from before there were rounds here, such as 2015
OUT = (NominationState.WITHDRAWN, NominationState.DECLINED)


@dataclass(frozen=True)
class Issued:
    """A finished file with the name a person sees, and how many nominations it holds."""

    name: str
    content: bytes
    rows: int

    @property
    def sha256(self) -> str:
        """The file's hash."""
        return hashlib.sha256(self.content).hexdigest()


def round_of(edition: Edition) -> Round | None:
    """The edition's latest round of individual scoring, with its model; None in editions without."""
    return edition.rounds.select_related("scoring_model", "edition__fair").order_by("-position").first()


def model_of(scoring_round: Round | None) -> ScoringModel:
    """The tree that the workbook is built on."""
    return tree_of(scoring_round.scoring_model) if scoring_round else preset(DEFAULT_MODEL)


def is_sealed(scoring_round: Round | None) -> bool:
    """Whether nobody but the juror may see scores yet."""
    return scoring_round is not None and scoring_round.state in (RoundState.PLANNED, RoundState.OPEN)


def entries_of(edition: Edition, scoring_round: Round | None) -> list[int]:
    """The nominations that the jury reads: those assigned, else the nominees, else all that are in."""
    inside = Nomination.objects.filter(edition=edition, contribution_only=False).exclude(state__in=OUT)
    if scoring_round is not None:
        assigned = inside.filter(assignments__round=scoring_round).distinct().values_list("pk", flat=True)
        if found := list(assigned):
            return found
    nominees = inside.with_outcome().filter(outcome__in=[Outcome.WON, Outcome.HONOURED, Outcome.NOMINATED])
    return list(nominees.values_list("pk", flat=True)) or list(inside.values_list("pk", flat=True))


# One juror ------------------------------------------------------------------------------------------
def juror_workbook(
    juror: Role,
    scoring_round: Round,
    *,
    now: datetime,
    language: str,
    with_scores: bool = True,
    by: Person | None,
) -> Issued:
    """Build the juror's own workbook and keep a receipt of it with its fingerprint: at most ten queries.

    `with_scores=False` leaves scores and notes out: what others may carry while scoring is sealed.
    """
    with override(language):
        spec = _juror_spec(juror, scoring_round, now=now, language=language, with_scores=with_scores)
        name = _file_name(scoring_round.edition, juror.seat)
        issued = Issued(name, build_jury_workbook(spec), len(spec.entries))
    details = {"workbook": spec.workbook_id, "juror": juror.pk, "issued": payload_of(spec)}
    _receipt("jury_workbook", issued, scoring_round.edition, by=by, at=now, details=details)
    return issued


def _juror_spec(
    juror: Role, scoring_round: Round, *, now: datetime, language: str, with_scores: bool
) -> WorkbookSpec:
    assigned = list(
        Assignment.objects.filter(round=scoring_round, juror=juror)
        .exclude(nomination__state=NominationState.WITHDRAWN)
        .order_by("position", "pk")
    )
    recused = dict(Recusal.objects.filter(juror=juror, lifted_at=None).values_list("nomination_id", "reason"))
    told = entry_specs([each.nomination_id for each in assigned], now, language)
    given = _given(assigned) if with_scores else {}
    entries = [
        _stub(told[each.nomination_id], recused[each.nomination_id])
        if each.nomination_id in recused
        else replace(told[each.nomination_id], **given.get(each.pk, {}))
        for each in assigned
    ]
    edition = scoring_round.edition
    return WorkbookSpec(
        edition_key=edition.key,
        edition_title=title_of(edition),
        model=model_of(scoring_round),
        entries=tuple(entries),
        issued_at=now,
        workbook_id=secrets.token_hex(8),
        signing_key=signing_key(),
        key_id=key_id(signing_key()),
        juror_key=str(juror.pk),
        juror_label=juror.seat or str(juror.person),
        language=language,
    )


def _stub(entry: EntrySpec, reason: str) -> EntrySpec:
    return EntrySpec(entry.code, entry.name, entry.title, recused=str(RecusalReason(reason).label))


def _given(assigned: list[Assignment]) -> dict[int, dict]:
    """{assignment id: fields of EntrySpec} of what the juror has written so far: two queries."""
    sheets = {row.assignment_id: row for row in ScoreSheet.objects.filter(assignment__in=assigned)}
    scores: dict[int, dict[str, CriterionSpec]] = defaultdict(dict)
    for row in Score.objects.filter(sheet__assignment__in=assigned, is_latest=True):
        scores[row.sheet_id][row.criterion] = CriterionSpec(
            mark_of(row.value, row.blank), row.strengths, row.improvements, row.evidence, (row.version,) * 4
        )
    return {
        key: {
            "criteria": scores[sheet.pk],
            "private_note": sheet.private_note,
            "private_note_version": sheet.version,
            "note_to_jury": sheet.note_to_jury,
            "note_to_jury_version": sheet.version,
        }
        for key, sheet in sheets.items()
    }


# All jurors together ----------------------------------------------------------------------------------
def organiser_workbook(
    edition: Edition,
    *,
    now: datetime,
    language: str,
    hidden: frozenset[int] = frozenset(),
    sealed: bool,
    by: Person | None,
) -> Issued:
    """Build the workbook of all nominations with a column per juror: at most ten queries.

    `sealed` leaves every score out and tells only how far each juror is; `hidden` nominations are left out.
    """
    scoring_round = round_of(edition)
    with override(language):
        spec = _organiser_spec(edition, scoring_round, now, language, hidden, sealed=sealed)
        issued = Issued(_file_name(edition, ""), build_organiser_workbook(spec), len(spec.entries))
    details = {"workbook": spec.workbook_id, "sealed": sealed}
    _receipt("organiser_workbook", issued, edition, by=by, at=now, details=details)
    return issued


def _organiser_spec(
    edition: Edition,
    scoring_round: Round | None,
    now: datetime,
    language: str,
    hidden: frozenset[int],
    *,
    sealed: bool,
) -> OrganiserSpec:
    wanted = [pk for pk in entries_of(edition, scoring_round) if pk not in hidden]
    told = entry_specs(wanted, now, language)
    jurors = edition.roles.in_force(now).of_kind(RoleKind.JUROR)
    seats = list(jurors.select_related("person").order_by("seat", "pk"))
    sheets = _sheets(scoring_round, sealed=sealed) if scoring_round else {}
    return OrganiserSpec(
        edition_key=edition.key,
        edition_title=title_of(edition),
        model=model_of(scoring_round),
        seats=tuple(SeatSpec(str(seat.pk), seat.seat or str(seat.person)) for seat in seats),
        entries=tuple(OrganiserEntrySpec(told[pk], sheets.get(pk, {})) for pk in told),
        issued_at=now,
        workbook_id=secrets.token_hex(8),
        language=language,
    )


def _sheets(scoring_round: Round, *, sealed: bool) -> dict[int, Mapping[str, SheetSpec]]:
    """{nomination id: {seat: SheetSpec}}: three queries. A recused juror's marks are never read out."""
    marks: dict[int, dict] = defaultdict(dict)
    if not sealed:
        rows = Score.objects.filter(sheet__assignment__round=scoring_round, is_latest=True)
        for sheet, criterion, value, blank in rows.values_list("sheet_id", "criterion", "value", "blank"):
            if mark := mark_of(value, blank):
                marks[sheet][criterion] = mark
    aside = set(
        Recusal.objects.filter(juror__edition=scoring_round.edition_id, lifted_at=None).values_list(
            "juror_id", "nomination_id"
        )
    )
    found: dict[int, dict[str, SheetSpec]] = defaultdict(dict)
    rows = Assignment.objects.filter(round=scoring_round)
    for juror, nomination, sheet, state in rows.values_list(
        "juror_id", "nomination_id", "sheet", "sheet__state"
    ):
        recused = (juror, nomination) in aside
        found[nomination][str(juror)] = SheetSpec(
            marks={} if recused else marks[sheet],
            submitted=state == SheetState.DONE and not sealed,
            recused=recused,
            state=_state(state),
        )
    return found


def _state(state: str | None) -> str:
    return str(SheetState(state).label) if state else _("not begun")


# What all of them share -------------------------------------------------------------------------------
def title_of(edition: Edition) -> str:
    """The award's name and the edition's."""
    return f"{edition.award.name_sv} {edition.title}"


def signing_key() -> bytes:
    """The key that seals workbooks; it never enters a file."""
    return settings.JURY_WORKBOOK_KEY.encode()


def key_id(key: bytes) -> str:
    """What says which key sealed a file, so that keys can be changed."""
    return hashlib.sha256(b"jury workbook " + key).hexdigest()[:8]


def _file_name(edition: Edition, seat: str) -> str:
    parts = [_("jury"), edition.key, seat]
    return "-".join(part.strip().replace(" ", "-").lower() for part in parts if part) + ".xlsx"


def _receipt(report: str, issued: Issued, edition: Edition, **more: object) -> None:
    """`more` is by, at and details."""
    ExportReceipt.objects.create(
        person=more.pop("by"),
        edition=edition,
        report=report,
        format="xlsx",
        rows=issued.rows,
        sha256=issued.sha256,
        **more,
    )


def jurors_of(scoring_round: Round, now: datetime) -> Iterable[Role]:
    """The seats that have something to read in the round."""
    seats = scoring_round.edition.roles.in_force(now).of_kind(RoleKind.JUROR)
    return (
        seats.filter(assignments__round=scoring_round)
        .distinct()
        .select_related("person")
        .order_by("seat", "pk")
    )
