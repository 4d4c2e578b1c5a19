"""What an assignment would change, worked out before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import BigIntegerField, CharField, Count, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Role
from awards.states import RoleKind
from criteria import balance
from criteria.conflicts import ties_of
from criteria.models import Assignment, Recusal, Round
from criteria.states import RecusalReason
from nominees.models import Nomination, NominationEvent
from nominees.states import EventKind, NominationState

COMPETES = (
    NominationState.SUBMITTED,
    NominationState.REOPENED,
    NominationState.ACCEPTED,
    NominationState.HISTORIC,
)
FELL_OUT = (EventKind.NOT_NOMINATED, EventKind.INELIGIBLE, EventKind.DECLINED, EventKind.WITHDREW)
SEED = 2027
ANCHORS = 2
Pair = tuple[int, int]  # (nomination, seat)


@dataclass(frozen=True)
class JurorLoad:
    """How many entries one juror reads now and would read."""

    seat: str
    now: int
    then: int
    started: int
    conflicts: int = 0

    @property
    def change(self) -> int:
        """More or fewer."""
        return self.then - self.now


@dataclass(frozen=True)
class Proposal:
    """The pairs to add and to drop (ids of nomination and seat), and how the whole would lie."""

    per_nomination: int | None  # None: everybody reads everything
    seed: int
    add: frozenset[Pair]
    drop: frozenset[Pair]
    kept: int
    started: int
    problems: tuple[str, ...] = ()
    islands: int = 1
    swaps: int = 0
    anchors: tuple[str, ...] = ()
    loads: tuple[JurorLoad, ...] = ()
    entries: int = 0
    jurors: int = 0
    advice: int | None = None
    entry_of: dict[int, Nomination] = field(default_factory=dict, repr=False)
    seat_of: dict[int, Role] = field(default_factory=dict, repr=False)

    @property
    def changes(self) -> int:
        """How many assignments would be written or taken away."""
        return len(self.add) + len(self.drop)

    @property
    def lowest(self) -> int:
        """The fewest entries that a juror would read."""
        return min((load.then for load in self.loads), default=0)

    @property
    def highest(self) -> int:
        """The most entries that a juror would read."""
        return max((load.then for load in self.loads), default=0)


def entries_to_score(scoring_round: Round) -> list[Nomination]:
    """The entries that compete in the round's edition: sent in, still in, and not left out by an event."""
    return list(_competing(scoring_round).select_related("municipality").order_by("pk"))


def entries_count(scoring_round: Round) -> int:
    """How many entries compete."""
    return _competing(scoring_round).count()


def _competing(scoring_round: Round) -> QuerySet:
    out = NominationEvent.objects.filter(nomination__edition=scoring_round.edition_id, kind__in=FELL_OUT)
    entries = Nomination.objects.filter(
        edition=scoring_round.edition_id, state__in=COMPETES, contribution_only=False
    )
    return entries.exclude(pk__in=out.values("nomination"))


def loads_of(scoring_round: Round, jurors: Sequence[Role]) -> tuple[JurorLoad, ...]:
    """What each juror reads now: one query."""
    rows = Assignment.objects.filter(round=scoring_round).order_by().values("juror_id")
    counted = rows.annotate(given=Count("pk"), begun=Count("sheet"))
    by_seat = {row["juror_id"]: (row["given"], row["begun"]) for row in counted}
    found = ((seat, *by_seat.get(seat.pk, (0, 0))) for seat in jurors)
    return tuple(JurorLoad(str(seat), given, given, begun) for seat, given, begun in found)


def jurors_of(scoring_round: Round) -> list[Role]:
    """The jurors' seats in force, in the order of their names."""
    seats = Role.objects.in_force().filter(edition=scoring_round.edition_id, kind=RoleKind.JUROR)
    return sorted(seats.select_related("person"), key=lambda seat: (str(seat), seat.pk))


def propose(
    scoring_round: Round,
    *,
    per_nomination: int | None = None,
    everybody: bool | None = None,
    anchors: int = ANCHORS,
    seed: int = SEED,
    same_county: bool = True,
    jurors: Sequence[Role] | None = None,
    entries: Sequence[Nomination] | None = None,
) -> Proposal:
    """What would change, without writing: four queries however large the field (less by what is given).

    Without `per_nomination` and `everybody` the size of the field decides. Started sheets stay whatever the
    ties say, but one whose juror stands aside is no reading: another gets the entry. An infeasible wish gives
    `problems` and changes nothing.
    """
    entries = entries_to_score(scoring_round) if entries is None else entries
    jurors = jurors_of(scoring_round) if jurors is None else jurors
    advised = balance.advice(len(entries), len(jurors))
    wanted = None if everybody else (per_nomination or advised)
    entry_names = unique_names([(entry.pk, entry.municipality.name) for entry in entries])
    seat_names = unique_names([(seat.pk, str(seat)) for seat in jurors])
    there, begun, aside = _there(scoring_round, entry_names, seat_names)
    started = begun - set(aside)
    conflicts = aside | ties_of(jurors, entries, timezone.localdate(), same_county=same_county)
    chosen = _anchors(entries, seed, anchors) if wanted is not None else ()
    task = balance.Task(
        tuple(entry_names.values()),
        tuple(seat_names.values()),
        wanted or 0,
        conflicts=frozenset(
            (entry_names[entry], seat_names[seat])
            for entry, seat in conflicts
            if (entry, seat) not in started
        ),
        fixed=_named(started, entry_names, seat_names),
        anchors=frozenset(entry_names[entry.pk] for entry in chosen),
        seed=seed,
    )
    plan = balance.everybody(task) if wanted is None else balance.assign(task)
    by_name = {name: pk for pk, name in entry_names.items()}, {name: pk for pk, name in seat_names.items()}
    then = frozenset((by_name[0][entry], by_name[1][seat]) for entry, seat in plan.pairs)
    if plan.problems:
        then = there
    return Proposal(
        per_nomination=wanted,
        seed=seed,
        add=then - there,
        drop=there - then - set(aside),  # who stands aside stays on the list, and reads nothing
        kept=len(then & there),
        started=len(started),
        problems=plan.problems,
        islands=plan.islands,
        swaps=len(plan.swaps),
        anchors=tuple(entry_names[entry.pk] for entry in chosen),
        loads=_loads(jurors, there, then, started, conflicts),
        entries=len(entries),
        jurors=len(jurors),
        advice=advised,
        entry_of={entry.pk: entry for entry in entries},
        seat_of={seat.pk: seat for seat in jurors},
    )


def shown_without(plan: Proposal, hidden: frozenset[int]) -> Proposal:
    """The same plan for the eyes of somebody who stands aside from `hidden` entries: none is named."""
    names = {plan.entry_of[key].municipality.name for key in hidden if key in plan.entry_of}
    if not names:
        return plan
    said = tuple(text for text in plan.problems if not any(name in text for name in names))
    if len(said) < len(plan.problems):
        said = (*said, _("The plan cannot be carried out for an entry that you stand aside from."))
    anchors = tuple(name for name in plan.anchors if not any(name.startswith(each) for each in names))
    return replace(plan, problems=said, anchors=anchors)


def _named(pairs: Iterable[Pair], entries: dict[int, str], seats: dict[int, str]) -> frozenset:
    return frozenset((entries[entry], seats[seat]) for entry, seat in pairs)


def unique_names(rows: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Names by id in the given order; a name that comes again gets a number, so that each names one thing."""
    met: Counter[str] = Counter()
    names = {}
    for pk, name in rows:
        met[name] += 1
        names[pk] = name if met[name] == 1 else f"{name} ({met[name]})"
    return names


def _there(
    scoring_round: Round, entries: dict[int, str], seats: dict[int, str]
) -> tuple[frozenset[Pair], frozenset[Pair], dict[Pair, RecusalReason]]:
    """The assignments of those who take part, those that is begun, and who stands aside: one query."""
    nothing = Value("", CharField())
    given = (
        Assignment.objects.filter(round=scoring_round)
        .order_by()
        .annotate(begun=Coalesce(F("sheet__pk"), Value(0)), aside=nothing)
        .values_list("nomination_id", "juror_id", "begun", "aside")
    )
    recusals = (
        Recusal.objects.filter(juror__in=seats, lifted_at=None)
        .order_by()
        .annotate(begun=Value(0, BigIntegerField()), aside=F("reason"))
        .values_list("nomination_id", "juror_id", "begun", "aside")
    )
    rows = list(given.union(recusals, all=True))
    taking_part = [row for row in rows if not row[3] and row[0] in entries and row[1] in seats]
    there = frozenset((entry, seat) for entry, seat, _sheet, _aside in taking_part)
    started = frozenset((entry, seat) for entry, seat, sheet, _aside in taking_part if sheet)
    return there, started, {row[:2]: RecusalReason(row[3]) for row in rows if row[3]}


def _anchors(entries: Sequence[Nomination], seed: int, count: int) -> tuple[Nomination, ...]:
    """Entries that everybody reads, drawn by the seed alone."""

    def lot(entry: Nomination) -> str:
        return hashlib.sha256(f"{seed}/{entry.pk}".encode()).hexdigest()

    return tuple(sorted(entries, key=lot)[: max(0, count)])


def _loads(jurors, there, then, started, conflicts) -> tuple[JurorLoad, ...]:
    counts = [Counter(seat for _entry, seat in pairs) for pairs in (there, then, started, conflicts)]
    return tuple(JurorLoad(str(seat), *(count[seat.pk] for count in counts)) for seat in jurors)
