"""The jury's workbooks of an edition: who gets which, filled from the database and built as files."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.models import Edition, Person, Role
from awards.states import RoleKind
from criteria.definitions import tree_of
from criteria.models import Acceptance, Assignment, Recusal, Round, Score, ScoreSheet, Undertaking
from criteria.models.assignment import tie_is_unanswered
from criteria.preset_files import preset
from criteria.progress import latest_round
from criteria.readings import marks_of_round
from criteria.scoring import ScoringModel
from criteria.sheets import mark_of
from criteria.states import SEALED, RecusalReason, SheetState
from nominees.models import Nomination
from nominees.states import LEFT, Outcome
from nominees.uploads.file_names import free_name
from reports.actions.receipts import keep_receipt
from reports.cells import plain_text
from reports.jury_entries import WITH_PLACE, entry_specs
from reports.papers.reach import shut_to
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
NOMINEES = (Outcome.WON, Outcome.HONOURED, Outcome.NOMINATED)


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
    """The round that the edition is in or was in last, with this very edition; None in editions without."""
    if found := latest_round(edition):
        found.edition = edition
    return found


def model_of(scoring_round: Round | None) -> ScoringModel:
    """The tree that the workbook is built on."""
    return tree_of(scoring_round.scoring_model) if scoring_round else preset(DEFAULT_MODEL)


def is_sealed(scoring_round: Round | None) -> bool:
    """Whether nobody but the juror may see scores yet."""
    return scoring_round is not None and scoring_round.state in SEALED


def entries_of(edition: Edition) -> list[Nomination]:
    """What a jury without assignments would read: the nominees, else all that are in."""
    inside = Nomination.objects.filter(edition=edition, contribution_only=False).exclude(state__in=LEFT)
    entries = list(inside.with_outcome().select_related(*WITH_PLACE))
    return [entry for entry in entries if entry.outcome in NOMINEES] or entries


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
    """Build the juror's own workbook and keep a receipt of it with its fingerprint: seven queries.

    `with_scores=False` leaves scores and notes out: what others may carry while scoring is sealed. The
    private notes leave for the juror alone; a file without them clears none when it comes back.
    """
    is_own = by is not None and by.pk == juror.person_id
    with override(language):
        spec = _juror_spec(
            juror, scoring_round, now=now, language=language, with_scores=with_scores, with_private=is_own
        )
        name = _file_name(scoring_round.edition, juror.seat or str(juror.pk))
        issued = Issued(name, build_jury_workbook(spec), len(spec.entries))
    details = {
        "workbook": spec.workbook_id,
        "juror": juror.pk,
        "round": scoring_round.pk,
        "issued": payload_of(spec),
        "notes": _notes(spec),
    }
    _receipt("jury_workbook", issued, scoring_round.edition, by=by, at=now, details=details)
    return issued


def _juror_spec(
    juror: Role,
    scoring_round: Round,
    *,
    now: datetime,
    language: str,
    with_scores: bool,
    with_private: bool,
) -> WorkbookSpec:
    mine = _assigned(scoring_round).filter(juror=juror)
    read = Q(recusal__isnull=False) | ~tie_is_unanswered(now)  # a tie that waits for an answer shuts it
    assigned = list(mine.filter(read).select_related("sheet").order_by("position", "pk"))
    told = entry_specs([each.nomination for each in assigned], now, language)
    scores = _scores(assigned) if with_scores else {}
    entries = []
    for each in assigned:
        entry = told[each.nomination_id]
        if each.recusal:
            entry = EntrySpec(
                entry.code, entry.name, entry.title, recused=str(RecusalReason(each.recusal).label)
            )
        elif with_scores and (sheet := getattr(each, "sheet", None)):
            entry = _filled(entry, sheet, scores[sheet.pk], with_private=with_private)
        entries.append(entry)
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


def _notes(spec: WorkbookSpec) -> dict[str, list[str]]:
    """The digests of each entry's two notes as they were issued: notes keep no versions to compare with."""
    return {
        entry.code: [note_digest(spec.workbook_id, note) for note in (entry.private_note, entry.note_to_jury)]
        for entry in spec.entries
        if entry.recused is None
    }


def note_digest(workbook: str, text: str) -> str:
    """What tells whether a note is still the one that was issued, without telling the note."""
    return hmac.new(signing_key(), f"{workbook} {plain_text(text)}".encode(), hashlib.sha256).hexdigest()[:32]


def _filled(
    entry: EntrySpec, sheet: ScoreSheet, given: dict[str, CriterionSpec], *, with_private: bool
) -> EntrySpec:
    filled = replace(
        entry, criteria=given, note_to_jury=sheet.note_to_jury, note_to_jury_version=sheet.version
    )
    if not with_private:
        return filled
    return replace(filled, private_note=sheet.private_note, private_note_version=sheet.version)


def _scores(assigned: list[Assignment]) -> dict[int, dict[str, CriterionSpec]]:
    """{sheet id: by criterion} of what the juror has written so far."""
    scores: dict[int, dict[str, CriterionSpec]] = defaultdict(dict)
    for row in Score.objects.filter(sheet__assignment__in=assigned, is_latest=True):
        scores[row.sheet_id][row.criterion] = CriterionSpec(
            mark_of(row.value, row.blank), row.strengths, row.improvements, row.evidence, (row.version,) * 4
        )
    return scores


# All jurors together ----------------------------------------------------------------------------------
def organiser_workbook(
    edition: Edition,
    scoring_round: Round | None,
    *,
    now: datetime,
    language: str,
    sealed: bool,
    by: Person | None,
) -> Issued:
    """Build the workbook of all nominations with a column per juror: at most eleven queries.

    `sealed` leaves every score out and tells only how far each juror is. An entry that is shut to `by` is
    left out whole.
    """
    with override(language):
        spec = _organiser_spec(edition, scoring_round, now, language, sealed=sealed, by=by)
        issued = Issued(_file_name(edition, ""), build_organiser_workbook(spec), len(spec.entries))
    details = {"workbook": spec.workbook_id, "sealed": sealed}
    _receipt("organiser_workbook", issued, edition, by=by, at=now, details=details)
    return issued


def _organiser_spec(
    edition: Edition,
    scoring_round: Round | None,
    now: datetime,
    language: str,
    *,
    sealed: bool,
    by: Person | None,
) -> OrganiserSpec:
    shut = shut_to(by, edition, now)
    assigned = _read_without(shut, scoring_round) if scoring_round else []
    entries = {each.nomination_id: each.nomination for each in assigned}
    unassigned = [] if entries else [each for each in entries_of(edition) if each.pk not in shut]
    told = entry_specs(list(entries.values()) or unassigned, now, language)
    seats = {
        each.juror_id: each.juror
        for each in sorted(assigned, key=lambda each: (each.juror.seat, each.juror_id))
    }
    sheets = _sheets(
        assigned, {} if sealed or not scoring_round else marks_of_round(scoring_round), sealed=sealed
    )
    return OrganiserSpec(
        edition_key=edition.key,
        edition_title=title_of(edition),
        model=model_of(scoring_round),
        seats=tuple(SeatSpec(str(key), seat.seat or str(seat.person)) for key, seat in seats.items()),
        entries=tuple(OrganiserEntrySpec(told[pk], sheets.get(pk, {})) for pk in told),
        issued_at=now,
        workbook_id=secrets.token_hex(8),
        language=language,
    )


def _assigned(scoring_round: Round) -> QuerySet[Assignment]:
    """The round's assignments with their entries; `recusal` is the reason of the juror's recusal in force."""
    in_force = Recusal.objects.filter(
        juror=OuterRef("juror"), nomination=OuterRef("nomination"), lifted_at=None
    )
    return (
        Assignment.objects.filter(round=scoring_round)
        .exclude(nomination__state__in=LEFT)
        .select_related(*(f"nomination__{each}" for each in WITH_PLACE))
        .annotate(recusal=Subquery(in_force.values("reason")[:1]))
    )


def _read_without(shut: frozenset[int], scoring_round: Round) -> list[Assignment]:
    """All assignments but those to entries that are shut to the reader."""
    rows = _assigned(scoring_round).select_related(
        *(f"nomination__{each}" for each in WITH_PLACE), "juror__person", "sheet"
    )
    return list(rows.exclude(nomination__in=shut))


def _sheets(assigned: list[Assignment], marks: Mapping, *, sealed: bool) -> dict[int, dict[str, SheetSpec]]:
    """{nomination id: {seat: SheetSpec}}. A recused juror's marks are never read out."""
    found: dict[int, dict[str, SheetSpec]] = defaultdict(dict)
    for each in assigned:
        sheet = getattr(each, "sheet", None)
        found[each.nomination_id][str(each.juror_id)] = SheetSpec(
            marks={} if each.recusal or sheet is None else marks.get(sheet.pk, {}),
            submitted=sheet is not None and sheet.state == SheetState.DONE and not sealed,
            recused=bool(each.recusal),
            state=_state(sheet.state if sheet else None),
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
    name = "-".join(re.sub(r"[/\\]", "_", part.strip()).replace(" ", "-").lower() for part in parts if part)
    return free_name(f"{name}.xlsx", set())


def _receipt(report: str, issued: Issued, edition: Edition, **more: object) -> None:
    """`more` is by, at and details."""
    keep_receipt(
        report=report, format="xlsx", edition=edition, rows=issued.rows, sha256=issued.sha256, **more
    )


def jurors_of(scoring_round: Round, now: datetime) -> QuerySet[Role]:
    """The seats with something to read in the round; `owes_promise` where the undertaking is not accepted."""
    accepted = Acceptance.objects.filter(undertaking=OuterRef("pk"), person=OuterRef(OuterRef("person")))
    newest = Undertaking.objects.in_force().filter(edition=scoring_round.edition_id)
    seats = scoring_round.edition.roles.in_force(now).of_kind(RoleKind.JUROR)
    return (
        seats.filter(Exists(Assignment.objects.filter(round=scoring_round, juror=OuterRef("pk"))))
        .annotate(owes_promise=Exists(newest.filter(~Exists(accepted))))
        .select_related("person")
        .order_by("seat", "pk")
    )
