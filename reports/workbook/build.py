"""Builds a juror's workbook: the sheets in order, the figures beside the formulas, the signed mark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from criteria.scoring import ScoringModel
from criteria.tally import tally
from reports import cells
from reports.workbook import paper
from reports.workbook.cached import with_values
from reports.workbook.check_sheet import add_check
from reports.workbook.criteria_rows import line_texts
from reports.workbook.entry_sheet import add_entry_sheet, add_recused_sheet
from reports.workbook.figures import figures_of
from reports.workbook.fingerprint import payload_of, seal
from reports.workbook.formulas import Formulas
from reports.workbook.layout import layout_of
from reports.workbook.machine_sheet import add_machine
from reports.workbook.overview_sheet import FIRST, add_overview, columns_of, fill_overview
from reports.workbook.readme_sheet import add_readme
from reports.workbook.references import Columns
from reports.workbook.scales import choices_of
from reports.workbook.setting import Judged, Setting
from reports.workbook.spec import WorkbookSpec
from reports.workbook.sums import Sum, sums_of
from reports.workbook.words import Words, words_in


def build_jury_workbook(spec: WorkbookSpec) -> bytes:
    """The juror's workbook as the bytes of an .xlsx. The same spec gives the same bytes."""
    words = words_in(spec.language)
    book = paper.new_book(words, spec.edition_title)
    layout = layout_of(spec.model)
    root = sums_of(layout.root, spec.model.rounding)
    label = total_label(spec.model, words)
    moment = words.moment(spec.issued_at)
    subtitle = words.say("common.issued", edition=spec.edition_title, juror=spec.juror_label, moment=moment)
    add_readme(book, spec, layout, label, subtitle)
    columns = columns_of(layout)
    overview = add_overview(book, columns)
    setting = Setting(
        book,
        layout,
        Formulas(layout, root, words, Columns()),
        choices_of(layout, words),
        line_texts(layout, words),
        columns,
        label,
        cells.quoted(overview.sheet.title),
    )
    judged = _judged(spec, root)
    titles = {}
    for entry in spec.entries:
        open_entry = entry.recused is None
        page = add_entry_sheet(setting, judged[entry.code]) if open_entry else add_recused_sheet(book, entry)
        titles[entry.code] = page.sheet.title
    fill_overview(setting, overview, spec, judged, titles)
    overview.text("B2", subtitle, "KK Underrubrik")
    add_check(setting, root, spec.entries, judged, titles)
    add_machine(book, setting.choices, spec.workbook_id, seal(payload_of(spec), spec.signing_key))
    paper.stamp(
        book,
        title=words.say("file.title", edition=spec.edition_title),
        subject=words["file.subject"],
        description=words["file.description"],
        author=spec.author,
        keywords="kk-jurybok-1",
        when=spec.issued_at,
    )
    return finished(book, opens_at=1, when=spec.issued_at)


def total_label(model: ScoringModel, words: Words) -> str:
    """What the total is called: a weighted value, a sum of points, a mean."""
    names = {"points_sum": "total.points", "mean": "total.mean"}
    return words[names.get(model.root.aggregate, "total.value")]


def finished(book: paper.Book, *, opens_at: int, when: Any) -> bytes:
    """Save, open at the sheet with that number, and put the figures beside the formulas."""
    openpyxl_book = book.book
    del openpyxl_book[openpyxl_book.sheetnames[0]]  # the sheet on which styles were tried
    openpyxl_book.active = opens_at
    for number, sheet in enumerate(openpyxl_book.worksheets):
        sheet.sheet_view.tabSelected = number == opens_at
    out = io.BytesIO()
    openpyxl_book.save(out)
    return with_values(out.getvalue(), [page.shown for page in book.pages], when)


def ranks(values: Sequence[Any]) -> list[int | None]:
    """Competition ranks, 1 1 3, of the values that are not None."""
    return [
        None if value is None else 1 + sum(other is not None and other > value for other in values)
        for value in values
    ]


def _judged(spec: WorkbookSpec, root: Sum) -> dict[str, Judged]:
    open_entries = [
        (row, entry) for row, entry in enumerate(spec.entries, start=FIRST) if entry.recused is None
    ]
    tallies = [tally(spec.model, entry.marks) for _row, entry in open_entries]
    places = ranks([each.value if each.complete else None for each in tallies])
    return {
        entry.code: Judged(entry, each, figures_of(root, entry.marks, spec.model.rounding), place, row)
        for (row, entry), each, place in zip(open_entries, tallies, places, strict=True)
    }
