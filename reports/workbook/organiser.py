"""Builds the organiser's workbook: all nominations, one column per juror, and what they come to together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from criteria.combine import Combined, Sheet, combine, counts
from criteria.ranking import Contender, rank
from criteria.scoring import Blank, Mark, ScoringModel, leaves
from criteria.tally import tally
from reports.cells import quoted
from reports.workbook import paper
from reports.workbook.build import finished, ranks, total_label
from reports.workbook.criteria_rows import line_texts
from reports.workbook.figures import figures_of
from reports.workbook.formulas import Formulas
from reports.workbook.layout import layout_of
from reports.workbook.machine_sheet import add_lists
from reports.workbook.organiser_overview import (
    FIRST,
    Standing,
    add_organiser_check,
    add_organiser_overview,
    add_organiser_readme,
    fill_organiser_overview,
    overview_columns,
)
from reports.workbook.organiser_sheets import OrganiserSetting, Read, add_organiser_sheet, seat_columns
from reports.workbook.scales import choices_of
from reports.workbook.spec import OrganiserEntrySpec, OrganiserSpec, SeatSpec, SheetSpec
from reports.workbook.sums import Sum, sums_of
from reports.workbook.words import words_in

NOBODY = SheetSpec()
EMPTY = SheetSpec()  # the one column of an edition without a jury: it counts as soon as it is filled in


def build_organiser_workbook(spec: OrganiserSpec) -> bytes:
    """The organiser's workbook as the bytes of an .xlsx; also for an edition without jury or scores."""
    words = words_in(spec.language)
    book = paper.new_book(words, spec.edition_title)
    layout = layout_of(spec.model)
    root = sums_of(layout.root, spec.model.rounding)
    seats = spec.seats or (SeatSpec("poang", words["all.empty_seat"]),)
    columns = seat_columns(len(seats))
    places = spec.model.rounding.places
    setting = OrganiserSetting(
        book,
        spec,
        layout,
        root,
        seats,
        columns,
        tuple(Formulas(layout, root, words, each) for each in columns),
        choices_of(layout, words),
        line_texts(layout, words),
        total_label(spec.model, words),
        "0." + "0" * places if places else "0",
    )
    add_organiser_readme(setting)
    overview = add_organiser_overview(setting)
    standings = _standings(setting)
    letters = overview_columns(setting)
    for row, standing in enumerate(standings, start=FIRST):
        place = (f"{quoted(overview.sheet.title)}!${letters.place}${row}", standing.place)
        entry = standing.entry.entry
        page = add_organiser_sheet(setting, entry, standing.reads, standing.combined, place)
        standing.title = page.sheet.title
    fill_organiser_overview(setting, overview, standings)
    add_organiser_check(setting, standings)
    if not spec.seats:  # only an empty table has cells to fill in, and lists to choose from
        add_lists(book, setting.choices)
    paper.stamp(
        book,
        title=words.say("file.title_all", edition=spec.edition_title),
        subject=words["file.subject_all"],
        description=words["file.description_all"],
        author=spec.author,
        keywords="kk-arrangorsbok-1",
        when=spec.issued_at,
    )
    return finished(book, opens_at=1, when=spec.issued_at)


def _standings(setting: OrganiserSetting) -> list[Standing]:
    spec, model = setting.spec, setting.spec.model
    found = []
    for each in spec.entries:
        missing = NOBODY if spec.seats else EMPTY
        reads = [_read(model, setting.root, each.sheets.get(seat.key, missing)) for seat in setting.seats]
        found.append(Standing(each, reads, _combined(model, each)))
    for standing, place in zip(found, ranks([each.combined.value for each in found]), strict=True):
        standing.place = place
    _after_ties(setting, found)
    return found


def _read(model: ScoringModel, root: Sum, sheet: SheetSpec) -> Read:
    if sheet.recused:
        return Read({}, None, {}, counts=False, recused=True, state=sheet.state)
    counted = sheet is EMPTY or counts(Sheet(sheet.marks, sheet.submitted), model.incomplete)
    marks = sheet.marks
    if counted and not sheet.submitted and sheet is not EMPTY:
        marks = _with_no_evidence(model, marks)
    figures = figures_of(root, marks, model.rounding)
    return Read(marks, tally(model, marks), figures, counted, recused=False, state=sheet.state)


def _with_no_evidence(model: ScoringModel, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """What an unfinished sheet counts for where the model says so."""
    return {leaf.code: Mark(blank=Blank.NO_EVIDENCE) for leaf in leaves(model)} | dict(marks)


def _combined(model: ScoringModel, each: OrganiserEntrySpec) -> Combined:
    if each.combined is not None:
        return each.combined
    sheets = [Sheet(sheet.marks, sheet.submitted) for sheet in each.sheets.values() if not sheet.recused]
    return combine(model, sheets)


def _after_ties(setting: OrganiserSetting, standings: Sequence[Standing]) -> None:
    contenders = [
        Contender(
            each.entry.entry.code,
            each.combined.value,
            each.combined.nodes,
            {
                seat.key: read.tally.value
                for seat, read in zip(setting.seats, each.reads, strict=True)
                if read.counts and read.tally is not None and read.tally.value is not None
            },
        )
        for each in standings
    ]
    chair_order: dict[Hashable, int] = dict(setting.spec.chair_order.items())
    ranking = rank(setting.spec.model, contenders, chair_order)
    by_code = {each.entry.entry.code: each for each in standings}
    for place in ranking.places:
        by_code[str(place.key)].after_ties = place.place
