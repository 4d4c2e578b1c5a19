"""Changing what an edition consists of afterwards: its facts, its order of stages, its partners."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import followers, permissions
from awards.actions.ceremony import day_of, keep_ceremony_in_step
from awards.journal import record
from awards.models import Edition, Partner, Person, Stage
from awards.states import StageState
from awards.verdicts import no

EDITION_FIELDS = ("motto", "note", "entry_mode")
FAIR_FIELDS = ("theme", "venue", "starts", "ends")


@transaction.atomic
def change_facts(*, edition: Edition, facts: dict[str, object], by: Person | None) -> tuple[str, ...]:
    """Write motto, note, way in and the fair's facts; gives the names of what changed."""
    permissions.may_change_set_up(by, edition).require()
    own = _changed(edition, {name: facts[name] for name in EDITION_FIELDS if name in facts})
    at_the_fair = _changed(edition.fair, {name: facts[name] for name in FAIR_FIELDS if name in facts})
    if at_the_fair:
        permissions.may_change_fair(by, edition).require()
        edition.fair.save(update_fields=at_the_fair)
    if own:
        edition.save(update_fields=own)
    changed = (*own, *at_the_fair)
    if changed:
        record("change_facts", edition, by=by, edition=edition, fields=list(changed))
    return changed


@transaction.atomic
def add_stage(*, edition: Edition, kind: str, after: Stage | None, by: Person | None) -> Stage:
    """Put a stage without dates after another, or first; never before one that has begun."""
    permissions.may_change_set_up(by, edition).require()
    line = _line_of(edition)
    if any(stage.kind == kind for stage in line):
        no(_("The edition has that stage already.")).require()
    place = _place_in(line, after) + 1 if after else 0
    if any(stage.state != StageState.AHEAD for stage in line[place:]):
        no(_("A new stage comes after those that have begun.")).require()
    for stage in reversed(line[place:]):  # from behind, so that no two ever stand on the same place
        Stage.objects.filter(pk=stage.pk).update(position=stage.position + 1)
    position = line[place - 1].position + 1 if place else 1
    added = Stage.objects.create(edition=edition, kind=kind, position=position)
    record("add_stage", added, by=by, kind=kind)
    return added


@transaction.atomic
def remove_stage(*, stage: Stage, by: Person | None) -> None:
    """Take a stage away that lies ahead and on which nothing hangs."""
    permissions.may_remove_stage(by, stage).require()
    record("remove_stage", stage, by=by, kind=stage.kind)
    removed, _rows = Stage.objects.filter(pk=stage.pk, state=StageState.AHEAD).delete()
    if not removed:
        no(_("The stage has begun, so it stays.")).require()


@transaction.atomic
def swap_stages(*, stage: Stage, by: Person | None, later: bool) -> None:
    """Let a stage and its neighbour change places. The times stay with the places, so none runs backwards."""
    line = _line_of(stage.edition)
    place = _place_in(line, stage)
    stage, place = line[place], place + (1 if later else -1)
    other = line[place] if 0 <= place < len(line) else None
    permissions.may_swap_stages(by, stage, other).require()
    first, second = (stage.position, other.position)
    Stage.objects.filter(pk=stage.pk).update(position=line[-1].position + 1)
    times = {each.pk: (each.opens_at, each.closes_at) for each in (stage, other)}
    _take_place(other, first, *times[stage.pk])
    _take_place(stage, second, *times[other.pk])
    record("swap_stages", stage, by=by, kind=stage.kind, other=other.kind)
    for each in (stage, other):
        followers.follow(each, "set_times", by)


@transaction.atomic
def add_partner(*, edition: Edition, organisation: str, part: str = "", by: Person | None) -> Partner:
    """Name an organisation behind the edition; the same one with the same part is one partner."""
    permissions.may_change_set_up(by, edition).require()
    partner, is_new = Partner.objects.get_or_create(edition=edition, organisation=organisation, part=part)
    if is_new:
        record("add_partner", partner, by=by)
    return partner


@transaction.atomic
def remove_partner(*, partner: Partner, by: Person | None) -> None:
    """Take a partner away."""
    permissions.may_change_set_up(by, partner.edition).require()
    record("remove_partner", partner, by=by)
    partner.delete()


def _changed(thing, values: dict[str, object]) -> list[str]:
    names = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in names:
        setattr(thing, name, values[name])
    return names


def _line_of(edition: Edition) -> list[Stage]:
    """The stages in order; nobody else changes them until the transaction ends."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    return list(Stage.objects.filter(edition=edition).select_related("edition__fair"))


def _place_in(line: list[Stage], stage: Stage) -> int:
    """Where the stage stands; somebody else may just have taken it away."""
    if stage not in line:
        no(_("Somebody else has just taken the stage away. Look at the stages again.")).require()
    return line.index(stage)


def _take_place(stage: Stage, position: int, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Move the stage to a place with the times that stand there, and its ceremony's day along."""
    day = day_of(stage)
    stage.position, stage.opens_at, stage.closes_at = position, opens_at, closes_at
    stage.save(update_fields=["position", "opens_at", "closes_at"])
    keep_ceremony_in_step(stage, day)
