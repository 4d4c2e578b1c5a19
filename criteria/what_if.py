"""What if the weights were others, or a juror or a criterion were left out? An order, nothing official."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.translation import gettext as _

from criteria.readings import Readings
from criteria.scoring import STATED_AGGREGATES, Bilingual, Node, ScoringModel, walk
from criteria.standings import Standing, Standings, stand

MOST = Decimal(100_000)


@dataclass(frozen=True)
class Wish:
    """What is to be different. `problems` are sentences about what could not be read, by posted name."""

    weights: Mapping[str, Decimal] = field(default_factory=dict)  # by node code
    without_jurors: frozenset[int] = frozenset()  # seats
    without_criteria: frozenset[str] = frozenset()  # node codes
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.weights or self.without_jurors or self.without_criteria)


@dataclass(frozen=True)
class Change:
    """One entry's line in both orders; `then` is None where the changed order has no such line."""

    now: Standing
    then: Standing | None

    @property
    def moved(self) -> int | None:
        """Places gained (above zero) or lost; None where either has no place."""
        if self.then is None or self.now.place is None or self.then.place is None:
            return None
        return self.now.place - self.then.place

    @property
    def move_words(self) -> str:
        """The move with a sign that is read aloud too."""
        if not self.moved:
            return _("stays") if self.moved == 0 else "–"
        return _("up %(n)s") % {"n": self.moved} if self.moved > 0 else _("down %(n)s") % {"n": -self.moved}


def weight_of(node: Node, parent: Node | None) -> Decimal | None:
    """The number that says how much a node counts, or None where its parent does not weigh."""
    if parent is None:
        return None
    if parent.aggregate == "weighted_mean":
        return node.weight
    return node.max_points if parent.aggregate == "points_sum" else None


def may_leave_out(parent: Node | None) -> bool:
    """Whether what lies below this parent can be left out without breaking its rule."""
    return parent is not None and parent.aggregate not in STATED_AGGREGATES


def read_wish(readings: Readings, query: QueryDict) -> Wish:
    """The wish of an address: `weight-CODE=`, `without-juror=ID`, `without-criterion=CODE`."""
    weights, problems, typed = {}, {}, {}
    for node, parent in walk(readings.model):
        official, name = weight_of(node, parent), f"weight-{node.code}"
        text = query.get(name, "").strip()
        if official is None or not text:
            continue
        typed[name] = text
        value = _number(text)
        if value is None:
            problems[name] = _("“%(text)s” is not a weight from 0 up.") % {"text": text[:20]}
        elif value != official:
            weights[node.code] = value
    codes = {node.code for node, parent in walk(readings.model) if may_leave_out(parent)}
    out = set(query.getlist("without-juror"))
    seats = {pk for pk in readings.seats if str(pk) in out}
    return Wish(
        weights,
        frozenset(seats),
        frozenset(codes & set(query.getlist("without-criterion"))),
        problems,
        typed,
    )


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ".").replace("\xa0", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= MOST else None


def changed_model(model: ScoringModel, wish: Wish) -> ScoringModel | None:
    """The model with other weights and without what is left out; None when nothing would be left to weigh."""
    root = _changed(model.root, wish)
    if root is None or not root.children:
        return None
    codes = {node.code for node, _parent in walk(replace(model, root=root))}
    steps = tuple(
        step
        for step in model.tie_break
        if not step.startswith("criterion:") or step.removeprefix("criterion:") in codes
    )
    return replace(model, root=root, tie_break=steps)


def _changed(node: Node, wish: Wish) -> Node | None:
    if not node.children:
        return node
    children = []
    for child in node.children:
        kept = None if child.code in wish.without_criteria else _changed(child, wish)
        if kept is not None and child.code in wish.weights:
            what = "weight" if node.aggregate == "weighted_mean" else "max_points"
            kept = replace(kept, **{what: wish.weights[child.code]})
        if kept is not None and not _is_weightless(kept, node):
            children.append(kept)
    if not children:
        return None
    total = sum((child.weight or Decimal(0) for child in children), Decimal(0))
    return replace(node, children=tuple(children), weight_total=total or node.weight_total)


def _is_weightless(child: Node, parent: Node) -> bool:
    return weight_of(child, parent) == 0


def what_if(readings: Readings, wish: Wish) -> Standings | None:
    """The order under the wish; None when nothing is left to rank by. It is kept nowhere."""
    model = changed_model(readings.model, wish)
    if model is None:
        return None
    codes = {node.code for node, _parent in walk(model)}
    rows = tuple(
        replace(row, marks={code: mark for code, mark in row.marks.items() if code in codes})
        for row in readings.rows
        if row.juror not in wish.without_jurors
    )
    agreed = {
        key: {code: each for code, each in lines.items() if code in codes}
        for key, lines in readings.agreed.items()
    }
    return stand(replace(readings, model=model, rows=rows, agreed=agreed, stamp=()))


@dataclass(frozen=True)
class CriterionOut:
    """What happens to the order when one criterion is left out; `winners` may be empty."""

    code: str
    title: Bilingual
    winner_changed: bool
    top_changed: bool
    largest_move: int  # places
    moved: str  # the entry that moves most
    winners: tuple[str, ...]


def without_each_criterion(now: Standings, top_k: int) -> tuple[CriterionOut, ...]:
    """The official order with each criterion left out in turn, unless nothing else is left."""
    model, found = now.readings.model, []
    if len(now.placed) < 2:
        return ()
    for node, parent in walk(model):
        if node.children or not may_leave_out(parent):
            continue
        then = what_if(now.readings, Wish(without_criteria=frozenset({node.code})))
        if then is not None:
            found.append(_criterion_out(node, now, then, min(top_k, max(1, len(now.placed) - 1))))
    return tuple(found)


def _criterion_out(node: Node, now: Standings, then: Standings, top_k: int) -> CriterionOut:
    def first(order: Standings, places: int) -> list[str]:
        return [line.municipality for line in order.placed if line.place <= places]

    moves = [(abs(change.moved or 0), change.now.municipality) for change in changes(now, then)]
    largest, moved = max(moves, key=lambda move: move[0], default=(0, ""))
    return CriterionOut(
        code=node.code,
        title=node.title,
        winner_changed=set(first(now, 1)) != set(first(then, 1)),
        top_changed=set(first(now, top_k)) != set(first(then, top_k)),
        largest_move=largest,
        moved=moved if largest else "",
        winners=tuple(first(then, 1)),
    )


def changes(now: Standings, then: Standings) -> tuple[Change, ...]:
    """Every entry in the changed order, beside its official line."""
    official = {line.nomination: line for line in now.lines}
    return tuple(Change(official[line.nomination], line) for line in then.lines)


def summary(now: Standings, then: Standings | None) -> str:
    """What the change comes to, in one sentence."""
    if then is None:
        return _("Nothing would be left to rank by.")
    before, after = ([line.municipality for line in one.placed if line.place == 1] for one in (now, then))
    if not after:
        return _("No entry would have a value.")
    if set(before) != set(after):
        return _("%(after)s would lead instead of %(before)s.") % {
            "after": ", ".join(after),
            "before": ", ".join(before) or _("nobody"),
        }
    moved = sum(bool(change.moved) for change in changes(now, then))
    if moved:
        return _("%(name)s would still lead, but the order below changes.") % {"name": ", ".join(after)}
    return _("The order would not change.")
