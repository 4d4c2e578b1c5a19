"""Every score that the jury gave, long and wide, with a sheet that checks one against the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import FloatField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards.formats import written_language
from criteria.definitions import tree_of
from criteria.models import Recusal, Round, Score, ScoreSheet
from criteria.readings import hidden_from
from criteria.scoring import Blank, Node, inputs
from criteria.states import RoundState, SheetState
from nominees.states import LEFT
from reports.catalogue.report import Asked, Report
from reports.cells import column_letter, quoted
from reports.columns import Column, Formula, Kind, Sheet
from reports.permissions import CLOSED, may_take_out_closed_scores
from reports.writers.xlsx_file import FIRST

BLANKS = {
    Blank.NO_EVIDENCE: gettext_lazy("no evidence"),
    Blank.NOT_APPLICABLE: gettext_lazy("not applicable"),
}
ROUND = Column("round", gettext_lazy("Round"))
CODE = Column("municipality_code", gettext_lazy("Code"), Kind.CODE)
MUNICIPALITY = Column("municipality", gettext_lazy("Municipality"))
JUROR = Column("juror", gettext_lazy("Juror"))
STATE = Column("sheet", gettext_lazy("Sheet"), Kind.WORD, words=dict(SheetState.choices))
LONG = (
    ROUND,
    CODE,
    MUNICIPALITY,
    JUROR,
    STATE,
    Column("criterion", gettext_lazy("Criterion code")),
    Column("title", gettext_lazy("Criterion"), Kind.LONG, width=36),
    Column("score", gettext_lazy("Score"), Kind.FIGURE),
    Column("blank", gettext_lazy("Without a score"), Kind.WORD, words=BLANKS),
    Column("strengths", gettext_lazy("Strengths"), Kind.LONG),
    Column("improvements", gettext_lazy("Areas for improvement"), Kind.LONG),
    Column("evidence", gettext_lazy("Where it says so"), Kind.LONG),
)
CHECK = (
    Column("what", gettext_lazy("What"), Kind.LONG, width=44),
    Column("site", gettext_lazy("On the site"), Kind.FIGURE, width=16),
    Column("long", gettext_lazy("Long table"), Kind.FIGURE, width=16),
    Column("wide", gettext_lazy("Wide table"), Kind.FIGURE, width=16),
    Column("verdict", gettext_lazy("Verdict"), Kind.MARK, width=24),
)
SCORE_AT = column_letter(1 + [column.key for column in LONG].index("score"))
BLANK_AT = column_letter(1 + [column.key for column in LONG].index("blank"))
AHEAD = 5  # the wide table's columns before the criteria


@dataclass(frozen=True)
class Given:
    """One sheet that counts: whose, for which entry, and how far it is."""

    pk: int
    round: int
    said: tuple[str, str, str, str, str]  # round, code, municipality, juror, how far it is


@dataclass(frozen=True)
class Table:
    """The sheets of some rounds in order, what each says by criterion, and each round's criteria.

    `nodes` are the criteria of all the rounds' models in their order; a code that several of them use
    stands there once.
    """

    given: tuple[Given, ...]
    scores: Mapping[int, Mapping[str, tuple]]
    criteria: Mapping[int, tuple[Node, ...]]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every criterion once, by the latest round that asks for it."""
        return tuple({node.code: node for nodes in self.criteria.values() for node in nodes}.values())


def read_table(asked: Asked) -> Table:
    """Every sheet of the rounds that have closed, without those that do not count: six queries at most."""
    rounds = list(_rounds(asked).select_related("scoring_model").order_by("position"))
    hidden = hidden_from(asked.by, asked.edition) if asked.by else frozenset()
    scores: dict[int, dict[str, tuple]] = defaultdict(dict)
    columns = ("sheet_id", "criterion", "given", "blank", "strengths", "improvements", "evidence")
    rows = Score.objects.filter(sheet__assignment__round__in=rounds, is_latest=True).order_by()
    rows = rows.annotate(given=Cast("value", FloatField()))  # four decimals fit, and a Decimal costs more
    for sheet, criterion, given, *rest in rows.values_list(*columns).iterator(chunk_size=5000):
        whole = given is not None and given.is_integer()
        scores[sheet][criterion] = (int(given) if whole else given, *rest)
    criteria = {each.pk: inputs(tree_of(each.scoring_model)) for each in rounds}
    return Table(_given(asked, rounds, hidden), scores, criteria)


def _rounds(asked: Asked) -> QuerySet[Round]:
    """What may leave: the rounds that have closed; the operator is not held up by the seal."""
    if asked.by is None:
        return Round.objects.filter(edition=asked.edition).exclude(state=RoundState.PLANNED)
    return Round.objects.filter(edition=asked.edition, state__in=CLOSED)


def _given(asked: Asked, rounds: Sequence[Round], hidden: frozenset[int]) -> tuple[Given, ...]:
    """The sheets by round, municipality and seat."""
    titles = {each.pk: each.title or _("Round %(number)s") % {"number": each.position} for each in rounds}
    aside = set(
        Recusal.objects.filter(juror__edition=asked.edition.pk, lifted_at=None).values_list(
            "nomination_id", "juror_id"
        )
    )
    rows = (
        ScoreSheet.objects.filter(assignment__round__in=rounds)
        .exclude(assignment__nomination__state__in=LEFT)
        .order_by(
            "assignment__round__position", "assignment__nomination__municipality__sort_key",
            "assignment__juror__seat", "assignment__juror",
        )
        .values_list(
            "pk", "state", "assignment__round", "assignment__nomination", "assignment__juror",
            "assignment__juror__seat", "assignment__juror__person__name",
            "assignment__juror__person__email", "assignment__nomination__municipality__code",
            "assignment__nomination__municipality__name",
        )
    )  # fmt: skip
    return tuple(
        Given(pk, within, (titles[within], code, municipality, seat or name or email, state))
        for pk, state, within, nomination, juror, seat, name, email, code, municipality in rows
        if nomination not in hidden and (nomination, juror) not in aside
    )


def scores_long(asked: Asked) -> Sequence[Sheet]:
    """A row for each score; the wide table and the check beside it in a workbook."""
    long, wide, check = _sheets(asked)
    return (long, wide, check)


def scores_wide(asked: Asked) -> Sequence[Sheet]:
    """A row for each sheet with a column for each criterion; the long table and the check beside it."""
    long, wide, check = _sheets(asked)
    return (wide, long, check)


def _sheets(asked: Asked) -> tuple[Sheet, Sheet, Sheet]:
    table, language = read_table(asked), written_language(get_language())
    note = _("Sheets of jurors who stand aside, and of entries that have left, are not among them.")
    long = Sheet("long", _("Long table"), LONG, _long(table, language), note)
    wide = Sheet("wide", _("Wide table"), _wide_columns(table, language), _wide(table), note)
    return long, wide, Sheet("check", _("Check"), CHECK, _check(table, long, wide))


def _long(table: Table, language: str) -> Iterator[tuple]:
    orders = {
        key: [(node.code, node.title.in_language(language)) for node in nodes]
        for key, nodes in table.criteria.items()
    }
    for sheet in table.given:
        found = table.scores.get(sheet.pk, {})
        for code, title in orders[sheet.round]:
            if code in found:
                value, blank, strengths, improvements, evidence = found[code]
                yield (*sheet.said, code, title, value, blank, strengths, improvements, evidence)


def _wide_columns(table: Table, language: str) -> tuple[Column, ...]:
    criteria = (
        Column(node.code, f"{node.code} {node.title.in_language(language)}".strip(), Kind.MARK, width=14)
        for node in table.nodes
    )
    return (ROUND, CODE, MUNICIPALITY, JUROR, STATE, *criteria)


def _wide(table: Table) -> Iterator[tuple]:
    codes = [node.code for node in table.nodes]
    asked = {key: {node.code for node in nodes} for key, nodes in table.criteria.items()}
    words = {code: str(text) for code, text in BLANKS.items()}
    for sheet in table.given:
        found, own = table.scores.get(sheet.pk, {}), asked[sheet.round]
        marks = (found.get(code) if code in own else None for code in codes)
        yield (
            *sheet.said,
            *(
                None if mark is None else words.get(mark[1], mark[1]) if mark[1] else mark[0]
                for mark in marks
            ),
        )


# The check ------------------------------------------------------------------------------------------
def _check(table: Table, long: Sheet, wide: Sheet) -> Iterator[tuple]:
    """What the site says beside what the two tables come to, worked out by the reader's own program."""
    codes = {key: {node.code for node in nodes} for key, nodes in table.criteria.items()}
    said = [
        row
        for sheet in table.given
        for code, row in table.scores.get(sheet.pk, {}).items()
        if code in codes[sheet.round]
    ]
    values = [row[0] for row in said if row[0] is not None]
    end = max(FIRST, FIRST - 1 + len(said))
    last = column_letter(max(AHEAD + len(table.nodes), AHEAD + 1))
    scores = f"{quoted(long.title)}!{SCORE_AT}{FIRST}:{SCORE_AT}{end}"
    blanks = f"{quoted(long.title)}!{BLANK_AT}{FIRST}:{BLANK_AT}{end}"
    foot = max(FIRST, FIRST - 1 + len(table.given))
    marks = f"{quoted(wide.title)}!{column_letter(AHEAD + 1)}{FIRST}:{last}{foot}"
    without = sum(bool(row[1]) for row in said)
    lines = (
        (_("Scores given"), len(values), f"COUNT({scores})", f"COUNT({marks})"),
        (_("Sum of the scores"), round(sum(values), 4), f"SUM({scores})", f"SUM({marks})"),
        (_("Lowest score"), min(values, default=0), f"MIN({scores})", f"MIN({marks})"),
        (_("Highest score"), max(values, default=0), f"MAX({scores})", f"MAX({marks})"),
        (
            _("Criteria without a score, with a reason"),
            without,
            f'SUMPRODUCT(--({blanks}<>""))',
            f"SUMPRODUCT(--ISTEXT({marks}))",
        ),
    )
    same, differs = _("the same"), _("differs")
    for row, (what, site, in_long, in_wide) in enumerate(lines, start=FIRST):
        agrees = f"AND(ABS(B{row}-C{row})<0.00005,ABS(B{row}-D{row})<0.00005)"
        verdict = Formula(f'IF({agrees},"{same}","{differs}")', same)
        figure = float(site)
        yield (what, site, Formula(in_long, figure), Formula(in_wide, figure), verdict)


# In the register ------------------------------------------------------------------------------------
def _counted_scores(asked: Asked) -> QuerySet:
    return Score.objects.filter(sheet__in=_counted_sheets(asked), is_latest=True)


def _counted_sheets(asked: Asked) -> QuerySet:
    sheets = ScoreSheet.objects.counting().filter(assignment__round__in=_rounds(asked).values("pk"))
    return sheets.exclude(assignment__nomination__state__in=LEFT)


REPORTS = (
    Report(
        "scores_long",
        gettext_lazy("All scores, long"),
        gettext_lazy("A row for each juror, entry and criterion, with strengths and areas for improvement."),
        scores_long,
        _counted_scores,
        may_take_out_closed_scores,
        order=20,
    ),
    Report(
        "scores_wide",
        gettext_lazy("All scores, wide"),
        gettext_lazy("A row for each juror and entry, with a column for each criterion."),
        scores_wide,
        _counted_sheets,
        may_take_out_closed_scores,
        order=21,
    ),
)
