"""Saving a juror's sheet, marking it as done, and opening it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import journal, moves
from awards.models import Person
from awards.prepared import PreparedUpdate
from awards.verdicts import Verdict, no
from criteria import permissions
from criteria.definitions import tree_of
from criteria.lines import Difference, Paper, differences, merged, unexplained
from criteria.models import Assignment, Recusal, Score, ScoreSheet
from criteria.scoring import ScoringModel, Tally, find
from criteria.sheets import latest_scores, paper_of, sheet_of
from criteria.states import SHEET_MOVES, RoundState, ScoreSource, SheetState
from criteria.tally import tally


@dataclass(frozen=True)
class Saved:
    """What stands on the sheet after a save, and what it adds up to. `changed` are node codes.

    `fields` counts the marks, texts and notes that changed.
    """

    sheet: ScoreSheet | None  # None when there was nothing to save yet
    paper: Paper
    tally: Tally
    changed: tuple[str, ...] = ()
    fields: int = 0

    @property
    def version(self) -> int:
        """The token that the next save must know."""
        return self.sheet.version if self.sheet else 0


@dataclass(frozen=True)
class Conflict:
    """Somebody saved in between: nothing was written, and both texts are here."""

    sheet: ScoreSheet
    saved: Paper
    written: Paper
    differences: tuple[Difference, ...]

    @property
    def version(self) -> int:
        """The token with which a chosen text can be saved."""
        return self.sheet.version


@transaction.atomic
def save_sheet(
    *,
    assignment: Assignment,
    written: Paper,
    version: int | None,
    now: datetime,
    source: str = ScoreSource.WEB,
    by: Person,
) -> Saved | Conflict:
    """Append a version of every line that changed and write the journal; what stood there before is kept.

    `written` may be a part of the sheet: what it does not mention stays. `version` is its token as the
    writer knew it: 0 before the first save, None from a writer that knows no tokens. A stale token with
    another text writes nothing and answers with a Conflict; the same text again is no change. Marks must be
    on the model's scales (ValueError).
    """
    permissions.may_save_sheet(by, assignment, now).require()
    model = tree_of(assignment.round.scoring_model)
    sheet = sheet_of(assignment)
    scores = latest_scores(sheet)
    standing = paper_of(sheet, scores)
    found = differences(standing, written)
    after = merged(standing, written)
    total = tally(model, after.marks)
    if not found:
        return Saved(sheet, standing, total)
    if sheet is not None and version not in (None, sheet.version):
        return Conflict(sheet, standing, written, found)
    sheet = _claim(assignment, sheet, after, now, by)
    if sheet is None:
        return _conflict(assignment, written)
    changed = tuple(dict.fromkeys(each.code for each in found if each.code))
    _append(sheet, changed, after, scores, now=now, source=source, by=by)
    edition = assignment.round.edition
    journal.record("save_sheet", sheet, by=by, edition=edition, criteria=list(changed), version=sheet.version)
    return Saved(sheet, after, total, changed, len(found))


@transaction.atomic
def finish_sheet(*, assignment: Assignment, now: datetime, by: Person) -> ScoreSheet:
    """Mark the sheet as done and write the journal; refused with the list of what is missing."""
    sheet = sheet_of(assignment)
    model = tree_of(assignment.round.scoring_model)
    paper = paper_of(sheet, latest_scores(sheet))
    missing = lacking(tally(model, paper.marks), paper)
    titles = in_words(model, missing, get_language() or "sv")
    permissions.may_finish_sheet(by, assignment, now, titles).require()
    return _move("finish_sheet", assignment, now, by, done_at=now)


@transaction.atomic
def reopen_sheet(*, assignment: Assignment, now: datetime, by: Person) -> ScoreSheet:
    """Let the juror change a sheet that was marked as done, and write the journal."""
    permissions.may_reopen_sheet(by, assignment, now).require()
    return _move("reopen_sheet", assignment, now, by, done_at=None)


def lacking(total: Tally, paper: Paper) -> tuple[str, ...]:
    """The codes that stand in the way of "done": leaves without a mark, and judgements that need a reason."""
    return (*total.missing, *unexplained(total.deviates, paper))


def in_words(model: ScoringModel, codes: Iterable[str], language: str) -> list[str]:
    """The nodes' titles."""
    return [find(model, code).title.in_language(language) for code in codes]


def _takes_writing(now: datetime) -> QuerySet:
    """Sheets that may be written in now: the last word, asked by the very statement that writes."""
    return ScoreSheet.objects.counting().filter(
        Q(assignment__round__closes_at=None) | Q(assignment__round__closes_at__gt=now),
        assignment__round__state=RoundState.OPEN,
    )


_NEXT_VERSION = PreparedUpdate(
    lambda sheet, version, now, **_notes: _takes_writing(now).filter(
        pk=sheet, version=version, state=SheetState.DRAFT
    ),
    lambda now, private_note, note_to_jury, **_known: {
        "version": F("version") + 1,
        "saved_at": now,
        "private_note": private_note,
        "note_to_jury": note_to_jury,
    },
    sheet=int,
    version=int,
    now=datetime,
    private_note=str,
    note_to_jury=str,
)


def _claim(
    assignment: Assignment, sheet: ScoreSheet | None, after: Paper, now: datetime, by: Person
) -> ScoreSheet | None:
    """Take the sheet's next version with the notes on it, or None when somebody else was first."""
    if sheet is None:
        ScoreSheet.objects.bulk_create(
            [ScoreSheet(assignment=assignment, version=0, saved_at=now)], ignore_conflicts=True
        )
        sheet = ScoreSheet.objects.get(assignment=assignment)
        if sheet.version:
            return None
    notes = {"private_note": after.private_note or "", "note_to_jury": after.note_to_jury or ""}
    if not _NEXT_VERSION.update(sheet=sheet.pk, version=sheet.version, now=now, **notes):
        _require_still(permissions.may_save_sheet, assignment, now, by)
        return None
    for name, value in {**notes, "version": sheet.version + 1, "saved_at": now}.items():
        setattr(sheet, name, value)
    return sheet


def _append(
    sheet: ScoreSheet,
    changed: tuple[str, ...],
    after: Paper,
    scores: list[Score],
    *,
    now: datetime,
    source: str,
    by: Person,
) -> None:
    """A new latest row for each changed line; the earlier rows stay."""
    if not changed:
        return
    known = {score.criterion: score.version for score in scores}
    if known.keys() & set(changed):
        Score.objects.filter(sheet=sheet, criterion__in=changed, is_latest=True).update(is_latest=False)
    Score.objects.bulk_create(
        Score(
            sheet=sheet,
            criterion=code,
            version=known.get(code, 0) + 1,
            value=line.mark.value if line.mark else None,
            blank=line.mark.blank or "" if line.mark else "",
            strengths=line.strengths,
            improvements=line.improvements,
            evidence=line.evidence,
            source=source,
            at=now,
            by=by,
        )
        for code, line in ((code, after.lines[code]) for code in changed)
    )


def _conflict(assignment: Assignment, written: Paper) -> Conflict:
    sheet = ScoreSheet.objects.get(assignment=assignment)
    standing = paper_of(sheet, latest_scores(sheet))
    return Conflict(sheet, standing, replace(written), differences(standing, written))


def _move(verb: str, assignment: Assignment, now: datetime, by: Person, **changes: object) -> ScoreSheet:
    move = moves.find(SHEET_MOVES, verb)
    sheet = assignment.sheet
    still = _takes_writing(now).filter(pk=sheet.pk, state__in=move.sources)
    if not still.update(state=move.target, **changes):
        _require_still(permissions.may_write_in, assignment, now, by)
        no(move.says).require()
    sheet.refresh_from_db()
    journal.record(verb, sheet, by=by, edition=assignment.round.edition)
    return sheet


def _require_still(
    may: Callable[[Person, Assignment, datetime], Verdict], assignment: Assignment, now: datetime, by: Person
) -> None:
    """Say why a write did not take, when it was not the version: closed, done or stood aside since."""
    fresh = Assignment.objects.select_related("round__edition", "nomination", "juror", "sheet").get(
        pk=assignment.pk
    )
    may(by, fresh, now).require()
    aside = Recusal.objects.filter(juror=fresh.juror, nomination=fresh.nomination, lifted_at=None)
    if aside.exists():
        raise PermissionDenied(_("You stand aside from this entry."))
