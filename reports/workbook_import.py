"""What a juror's workbook would change: its fields against the versions issued and what the site says now."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Person
from criteria import permissions
from criteria.definitions import tree_of
from criteria.lines import LONGEST, NOTES, Line, Paper
from criteria.models import Assignment, Recusal, Round, Score, Undertaking
from criteria.models.assignment import tie_is_unanswered
from criteria.score_form import shown, text_label
from criteria.scoring import Mark, Node, inputs
from criteria.sheets import latest_scores_of, line_of, paper_of, sheet_of
from criteria.states import RoundState
from nominees.models import Municipality
from reports.cells import plain_text
from reports.jury_workbooks import key_id, note_digest, signing_key
from reports.models import ExportReceipt
from reports.workbook.archive import WorkbookError
from reports.workbook.limited import read_apart
from reports.workbook.reading import Problem, ReadField, WorkbookReading

NAMES = {"score": "mark", "improve": "improvements", "strengths": "strengths", "evidence": "evidence"}
NOTE_ROWS = dict(zip(("_privat", "_jury"), NOTES, strict=True))


@dataclass(frozen=True)
class ChangeLine:
    """One cell that says something else than the site. `code` is empty for a note."""

    place: str  # sheet!cell
    assignment: int
    entry: str
    code: str
    what: str  # mark, a text's name or a note's name
    criterion: str
    field: str
    old: str
    new: str
    written: Mark | str | None


@dataclass
class DryRun:
    """All that a file would do. `versions` are the sheets' as they were compared."""

    scoring_round: Round
    sha256: str
    workbook: str
    changes: list[ChangeLine] = field(default_factory=list)
    conflicts: list[ChangeLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    versions: dict[int, int] = field(default_factory=dict)

    @property
    def has_something(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.changes or self.conflicts)

    @property
    def count(self) -> int:
        """How many fields may change."""
        return len(self.changes) + len(self.conflicts)


def seats_of(person: Person, now: datetime) -> list[Assignment]:
    """An assignment for each seat and round whose workbook the person could have: one query."""
    pending = Undertaking.objects.pending_for(person).filter(edition=OuterRef("round__edition"))
    rows = (
        Assignment.objects.of_juror(person, now)
        .exclude(round__state=RoundState.PLANNED)
        .select_related("round__scoring_model", "round__edition__award", "round__edition__fair")
        .annotate(owes_promise=Exists(pending))
        .order_by("-round__pk", "pk")
    )
    first = rows.filter(
        ~Exists(
            Assignment.objects.filter(round=OuterRef("round"), juror=OuterRef("juror"), pk__lt=OuterRef("pk"))
        )
    )
    return list(first)


def dry_run(
    person: Person, seats: Iterable[Assignment], content: bytes, *, now: datetime, language: str
) -> DryRun:
    """Read the file apart and compare: at most five queries. WorkbookError when nothing in it may be used."""
    seats = list(seats)
    models = {model_key(each.round): each.round.scoring_model.definition for each in seats}
    owners = {(each.round.edition.key, str(each.juror_id)) for each in seats}
    reading = read_apart(
        content,
        signing_keys={key_id(signing_key()): signing_key()},
        models=models,
        owners=owners,
        language=language,
    )
    issued = _issued(reading)
    seat = _seat(seats, reading, issued)
    if not (verdict := permissions.is_open(seat.round, now)):
        raise WorkbookError("closed", verdict.reason)
    found = DryRun(seat.round, hashlib.sha256(content).hexdigest(), reading.payload["id"])
    assignments = _assignments(seat, now)
    names = {each.nomination.municipality.code: each.nomination.municipality.name for each in assignments}
    found.problems += [_named(each, names) for each in reading.problems]
    comparison = _Comparison(found, issued.get("notes", {}), language)
    comparison.compare(person, assignments, reading.fields, now)
    return found


def model_key(scoring_round: Round) -> str:
    """The model's name in a workbook's mark."""
    model = tree_of(scoring_round.scoring_model)
    return f"{model.code}-v{model.version}"


# Whose file -----------------------------------------------------------------------------------------
def _issued(reading: WorkbookReading) -> dict:
    """What was kept when the file was issued; nothing when that is gone."""
    payload = reading.payload
    receipts = ExportReceipt.objects.filter(
        report="jury_workbook", edition__key=payload["edition"], details__workbook=payload["id"]
    )
    return receipts.values_list("details", flat=True).first() or {}


def _seat(seats: list[Assignment], reading: WorkbookReading, issued: Mapping) -> Assignment:
    payload = reading.payload
    owner = (payload["edition"], payload["juror"])
    mine = [each for each in seats if (each.round.edition.key, str(each.juror_id)) == owner]
    mine = [each for each in mine if issued.get("round", each.round_id) == each.round_id]
    found = next((each for each in mine if model_key(each.round) == payload["model"]), None)
    if found is None:
        says = _("The file was made for another round of scoring. Fetch a new one.")
        raise WorkbookError("other_round", says)
    if found.owes_promise:
        says = _("Accept the jury's undertaking first. Then choose the file again.")
        raise WorkbookError("undertaking", says)
    return found


def _assignments(seat: Assignment, now: datetime) -> list[Assignment]:
    """The juror's entries in the round; `shut` says why one is not read: stood aside, or a tie to answer."""
    aside = Recusal.objects.filter(juror=OuterRef("juror"), nomination=OuterRef("nomination"), lifted_at=None)
    rows = Assignment.objects.filter(round=seat.round_id, juror=seat.juror_id)
    found = list(
        rows.select_related("nomination__municipality", "juror", "sheet").annotate(
            is_aside=Exists(aside), is_held=tie_is_unanswered(now)
        )
    )
    for each in found:
        each.round = seat.round
        each.shut = _shut(each)
    return found


def _shut(assignment: Assignment) -> str:
    if assignment.is_aside:
        return _("You stand aside from this entry.")
    if assignment.is_held:
        return _("A tie of yours may stand in the way of this entry. Answer that first.")
    return ""


def _named(problem: Problem, names: Mapping[str, str]) -> Problem:
    """The problem with the municipality's name in its place: a sheet may be gone or carry another title."""
    name = names.get(problem.entry, "")
    if name in problem.place:
        return problem
    place = name if problem.place == problem.entry else f"{problem.place} ({name})"
    return replace(problem, place=place)


# Field by field -------------------------------------------------------------------------------------
@dataclass
class _Comparison:
    """Sorts a file's fields into changes, conflicts and what is unchanged."""

    found: DryRun
    digests: Mapping[str, list[str]]
    language: str

    def compare(
        self, person: Person, assignments: list[Assignment], fields: list[ReadField], now: datetime
    ) -> None:
        """Go through the entries in the juror's own order; an entry that takes no writing is told once."""
        self.nodes = {node.code: node for node in inputs(tree_of(self.found.scoring_round.scoring_model))}
        by_entry: dict[str, list[ReadField]] = defaultdict(list)
        for each in fields:
            by_entry[each.entry].append(each)
        open_to = [each for each in assignments if not each.shut]
        scores = latest_scores_of(each.sheet for each in open_to if sheet_of(each))
        papers = {
            each.pk: paper_of(sheet_of(each), scores.get(sheet_of(each).pk, []) if sheet_of(each) else [])
            for each in open_to
        }
        known = {each.nomination.municipality.code: each for each in assignments}
        different = self._different(known, by_entry, papers)
        bases = _bases(different)
        for code, rows in different.items():
            self._entry(person, known[code], rows, (papers[known[code].pk], bases, now))
        for code in sorted(by_entry.keys() - known.keys()):
            name = Municipality.objects.filter(code=code).values_list("name", flat=True).first()
            self._refuse_entry(name or code, _("You no longer score this entry."))
        for code in by_entry.keys() & known.keys():
            if known[code].shut:
                name = known[code].nomination.municipality.name
                self._refuse_entry(name, known[code].shut)

    def _different(
        self, known: Mapping[str, Assignment], by_entry: Mapping[str, list[ReadField]], papers: Mapping
    ) -> dict[str, list[tuple[Assignment, ReadField]]]:
        """The fields that say something else than the site, by entry; the others are counted."""
        different: dict[str, list[tuple[Assignment, ReadField]]] = {}
        for code, assignment in sorted(known.items(), key=lambda item: (item[1].position, item[1].pk)):
            if assignment.shut:
                continue
            rows = [
                (assignment, each)
                for each in by_entry.get(code, [])
                if written(each) != site_value(papers[assignment.pk], each)
            ]
            self.found.unchanged += len(by_entry.get(code, [])) - len(rows)
            if rows:
                different[code] = rows
        return different

    def _entry(
        self,
        person: Person,
        assignment: Assignment,
        rows: list[tuple[Assignment, ReadField]],
        against: tuple[Paper, Mapping[tuple[int, str, int], Line], datetime],
    ) -> None:
        paper, bases, now = against
        sheet = sheet_of(assignment)
        changes, conflicts = [], []
        for _assignment, each in rows:
            site = site_value(paper, each)
            if each.row in NOTE_ROWS:
                base = self._note_as_issued(each, site, sheet.version if sheet else 0)
            else:
                line = bases.get((sheet.pk if sheet else 0, each.row, each.base), Line())
                base = _comparable(getattr(line, NAMES[each.field]))
            if written(each) == base:
                self.found.unchanged += 1  # the site is newer, and the juror left the cell as it was
                continue
            if len(each.text) > LONGEST:
                says = format_lazy(_("The text is longer than {most} characters. Shorten it."), most=LONGEST)
                problem = Problem("too_long", each.place, says, each.entry)
                names = {each.entry: assignment.nomination.municipality.name}
                self.found.problems.append(_named(problem, names))
                continue
            (changes if site == base else conflicts).append(self._line(assignment, each, site))
        if not changes and not conflicts:
            return
        if not (verdict := permissions.may_save_sheet(person, assignment, now)):
            self._refuse_entry(assignment.nomination.municipality.name, verdict.reason)
            return
        self.found.changes += changes
        self.found.conflicts += conflicts
        self.found.versions[assignment.pk] = sheet.version if sheet else 0

    def _note_as_issued(self, each: ReadField, site: str, version: int) -> str | None:
        """The text that went out, of the three it can be: the site's, the file's, or none of them."""
        digests = self.digests.get(each.entry)
        if digests is None:
            return site if version == each.base else None
        digest = digests[list(NOTE_ROWS).index(each.row)]
        texts = (site, each.text)
        return next((text for text in texts if note_digest(self.found.workbook, text) == digest), None)

    def _line(self, assignment: Assignment, each: ReadField, site: Mark | str | None) -> ChangeLine:
        node = self.nodes.get(each.row)
        what = NOTE_ROWS.get(each.row) or NAMES[each.field]
        return ChangeLine(
            place=each.place,
            assignment=assignment.pk,
            entry=assignment.nomination.municipality.name,
            code=node.code if node else "",
            what=what,
            criterion=node.title.in_language(self.language) if node else "",
            field=str(text_label(what)),
            old=self._shown(site, node),
            new=self._shown(written(each), node),
            written=written(each),
        )

    def _shown(self, value: Mark | str | None, node: Node | None) -> str:
        if isinstance(value, str):
            return value
        return shown(value, node.scale if node else None, self.language)

    def _refuse_entry(self, name: str, reason: object) -> None:
        says = format_lazy("{} {}", reason, _("Nothing of it was read from the file."))
        self.found.problems.append(Problem("entry_shut", name, says))


def written(each: ReadField) -> Mark | str | None:
    """What the cell says."""
    return each.mark if each.field == "score" else each.text


def site_value(paper: Paper, each: ReadField) -> Mark | str | None:
    """What the site says in the cell's place, as a cell could hold it."""
    if each.row in NOTE_ROWS:
        return _comparable(getattr(paper, NOTE_ROWS[each.row]) or "")
    return _comparable(getattr(paper.lines.get(each.row, Line()), NAMES[each.field]))


def _comparable(value: Mark | str | None) -> Mark | str | None:
    return plain_text(value) if isinstance(value, str) else value


def _bases(different: Mapping[str, list[tuple[Assignment, ReadField]]]) -> dict[tuple[int, str, int], Line]:
    """The lines as they were issued, of the fields in question: one query, or none."""
    wanted = {
        (sheet.pk, each.row, each.base)
        for rows in different.values()
        for assignment, each in rows
        if (sheet := sheet_of(assignment)) and each.row not in NOTE_ROWS and each.base
    }
    if not wanted:
        return {}
    sheets, rows, versions = (set(each) for each in zip(*wanted, strict=True))
    scores = Score.objects.filter(Q(sheet__in=sheets), criterion__in=rows, version__in=versions)
    return {(each.sheet_id, each.criterion, each.version): line_of(each) for each in scores}
