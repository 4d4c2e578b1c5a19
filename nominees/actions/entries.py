"""An entry begins, goes on from the last one, or takes part without competing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from awards import formats, journal
from awards.models import Edition, Person
from awards.verdicts import no
from nominees import permissions
from nominees.actions.turns import take_turn
from nominees.application import last_entry_id
from nominees.areas import MOST_AREAS
from nominees.models import (
    Answer,
    Challenge,
    ImprovementArea,
    Initiative,
    Municipality,
    Nomination,
    NominationEvent,
    Question,
)
from nominees.states import Continuation, DatePrecision, EventKind, Route


def start_entry(*, edition: Edition, municipality: Municipality, now: datetime, by: Person) -> Nomination:
    """Begin an application: a draft, its event and a journal row; a second try is refused."""
    try:
        with transaction.atomic():
            permissions.may_start_entry(by, edition, municipality, now).require()
            entry = Nomination.objects.create(
                edition=edition, municipality=municipality, route=Route.APPLICATION, created_at=now
            )
            NominationEvent.objects.create(
                nomination=entry,
                kind=EventKind.APPLIED,
                date=formats.local(now).date(),
                precision=DatePrecision.DAY,
                by=by,
                recorded_at=now,
            )
            journal.record("start_entry", entry, by=by, edition=edition)
            return entry
    except IntegrityError:
        no(_("The municipality already has an entry in this edition.")).require()
        raise


@transaction.atomic
def carry_over(*, nomination: Nomination, now: datetime, by: Person) -> int:
    """Take over what the last entry said where this one says nothing; gives how many texts and rows came.

    Answers follow the questions' codes, areas are linked to where they began. What is already written here
    stays. Writes the journal; a second time brings nothing twice.
    """
    permissions.may_write(by, nomination, now).require()
    take_turn(nomination, now, by)
    last = Nomination.objects.filter(pk=last_entry_id(nomination)).first()
    if last is None:
        no(_("There is no earlier entry to start from.")).require()
    brought = _answers(nomination, last, now, by) + _areas(nomination, last)
    brought += _rows(Initiative, ("title", "description"), nomination, last)
    brought += _rows(Challenge, ("title", "direction", "is_added"), nomination, last)
    Nomination.objects.filter(pk=nomination.pk).update(carried_from=last, updated_at=now)
    journal.record("carry_over", nomination, by=by, edition=nomination.edition, source=last.pk, rows=brought)
    return brought


@transaction.atomic
def compete(*, nomination: Nomination, competes: bool, now: datetime, by: Person) -> None:
    """Say whether the entry competes or only brings something to the fair; with a journal row."""
    permissions.may_write(by, nomination, now).require()
    take_turn(nomination, now, by)
    rows = Nomination.objects.filter(pk=nomination.pk, contribution_only=competes)
    if rows.update(contribution_only=not competes, updated_at=now):
        verb = "compete" if competes else "take_part_without_competing"
        journal.record(verb, nomination, by=by, edition=nomination.edition)


def _answers(nomination: Nomination, last: Nomination, now: datetime, by: Person) -> int:
    """An empty answer counts as none."""
    said = {
        (answer.question.kind, answer.question.code): answer
        for answer in Answer.objects.filter(nomination=last).select_related("question")
    }
    standing = {answer.question_id: answer for answer in nomination.answers.all()}
    brought = 0
    for question in Question.objects.filter(section__edition=nomination.edition):
        before, here = said.get((question.kind, question.code)), standing.get(question.pk)
        if before is None or not (before.text or before.choice or before.number is not None):
            continue
        if here and (here.text or here.choice or here.number is not None):
            continue
        values = {"text": before.text, "number": before.number, "choice": before.choice}
        version = {"version": here.version + 1} if here else {}
        Answer.objects.update_or_create(
            nomination=nomination,
            question=question,
            defaults={**values, **version, "saved_at": now, "saved_by": by},
        )
        brought += 1
    return brought


def _areas(nomination: Nomination, last: Nomination) -> int:
    here = list(ImprovementArea.objects.filter(nomination=nomination))
    taken = {area.predecessor_id for area in here} | {area.title for area in here}
    place = max((area.position for area in here), default=0)
    fresh = [
        area
        for area in ImprovementArea.objects.filter(nomination=last).exclude(
            continuation__in=[Continuation.ACHIEVED, Continuation.DROPPED]
        )
        if area.pk not in taken and area.title not in taken
    ][: max(MOST_AREAS - len(here), 0)]
    ImprovementArea.objects.bulk_create(
        ImprovementArea(
            nomination=nomination,
            position=place + number,
            predecessor=area,
            continuation=Continuation.CONTINUED,
            **{name: getattr(area, name) for name in ("direction", "title", "aim", "action")},
        )
        for number, area in enumerate(fresh, start=1)
    )
    return len(fresh)


def _rows(kind, fields: tuple[str, ...], nomination: Nomination, last: Nomination) -> int:
    """Initiatives or challenges that are not here by name."""
    rows = kind.objects.filter(nomination=nomination)
    known = set(rows.values_list("title", flat=True))
    place = rows.aggregate(last=Max("position"))["last"] or 0
    fresh = [row for row in kind.objects.filter(nomination=last) if row.title and row.title not in known]
    kind.objects.bulk_create(
        kind(nomination=nomination, position=place + number, **{name: getattr(row, name) for name in fields})
        for number, row in enumerate(fresh, start=1)
    )
    return len(fresh)
