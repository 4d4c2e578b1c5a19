"""A large world for the benchmarks, written in bulk: nothing in it claims to be real."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from awards.models import Award, Edition, Fair, Person, Role, Stage
from awards.states import EditionState, RoleKind, StageKind, StageState
from awards.swedish import sort_key
from criteria.models import Assignment, Round, Score, ScoreSheet, ScoringModel
from criteria.states import ModelState, RoundState, SheetState
from nominees.models import County, Municipality, Nomination, NominationEvent
from nominees.states import EventKind, NominationState

PRESET = Path(__file__).parent.parent / "criteria" / "presets" / "four-areas.json"
CRITERIA = 4
PASSWORD = "benchmark"  # noqa: S105 - a database that lives for a minute


@dataclass(frozen=True)
class World:
    """What the measurements need to know."""

    edition: Edition
    round: Round
    organiser: Person
    chair: Person
    juror: Person
    assignment: Assignment


def codes(count: int) -> Iterator[str]:
    """Four-digit codes that no municipality has (the first two digits name no county)."""
    taken = set(Municipality.objects.values_list("code", flat=True))
    free = (f"{number:04d}" for number in range(10_000))
    for code in free:
        if code not in taken:
            yield code
            count -= 1
        if not count:
            return


def municipalities(count: int) -> list[Municipality]:
    """`count` invented municipalities."""
    county = County.objects.order_by("code").first() or County.objects.create(
        code="01", name="Länet", short_name="Länet", letter="AB", iso_code="SE-AB"
    )
    rows = [
        Municipality(
            code=code,
            name=f"Mätby {code}",
            full_name=f"Mätby {code} kommun",
            county=county,
            group="B3",
            population=10_000 + int(code),
            population_date=date(2025, 9, 30),
            organisation_number=f"999{code[:3]}-{code}",
            sort_key=sort_key(f"Mätby {code}"),
        )
        for code in codes(count)
    ]
    return Municipality.objects.bulk_create(rows)


def scoring_model() -> ScoringModel:
    """The four areas; the sheets of the large world score the first four criteria."""
    definition = json.loads(PRESET.read_text(encoding="utf-8"))
    return ScoringModel.objects.create(
        code="benchmark",
        version=ScoringModel.objects.filter(code="benchmark").count() + 1,
        title_sv="Mätning",
        title_en="Benchmark",
        definition=definition,
        state=ModelState.ACTIVE,
    )


def leaf_codes(definition: dict) -> list[str]:
    """The codes of the leaves in a definition's tree."""

    def walk(node: dict) -> Iterator[str]:
        children = node.get("children", [])
        if not children:
            yield node["code"]
        for child in children:
            yield from walk(child)

    return list(walk(definition["root"]))


def people(edition: Edition, jurors: int) -> tuple[Person, Person, list[Role]]:
    """An organiser, a chair and the jurors' seats."""
    organiser = Person.objects.create_user(f"organiser@{edition.key}.bench.example", PASSWORD)
    chair = Person.objects.create_user(f"chair@{edition.key}.bench.example", PASSWORD)
    Role.objects.create(edition=edition, person=organiser, kind=RoleKind.ORGANISER)
    Role.objects.create(edition=edition, person=chair, kind=RoleKind.CHAIR, seat="Ordförande")
    seats = []
    for number in range(1, jurors + 1):
        person = Person.objects.create_user(f"juror{number}@{edition.key}.bench.example", PASSWORD)
        seats.append(
            Role.objects.create(edition=edition, person=person, kind=RoleKind.JUROR, seat=f"Ledamot {number}")
        )
    return organiser, chair, seats


def edition_with_stages(key: str, year: int) -> Edition:
    """A running edition in its scoring stage, public so that the lists show its nominations."""
    now = timezone.now()
    award, _ = Award.objects.get_or_create(
        slug="sveriges-kvalitetskommun", defaults={"name_sv": "Sveriges KvalitetsKommun"}
    )
    fair = Fair.objects.create(label_year=year)
    edition = Edition.objects.create(
        award=award, fair=fair, key=key, state=EditionState.RUNNING, published_at=now - timedelta(days=90)
    )
    for position, (kind, state) in enumerate(
        [
            (StageKind.CALL, StageState.CLOSED),
            (StageKind.SCORING, StageState.OPEN),
            (StageKind.DECISION, StageState.AHEAD),
        ]
    ):
        opens = now + timedelta(days=40 * (position - 1) - 10)
        Stage.objects.create(
            edition=edition,
            kind=kind,
            position=position,
            state=state,
            opens_at=opens,
            closes_at=opens + timedelta(days=39),
        )
    return edition


def sheets(
    round_: Round, seats: list[Role], nominations: list[Nomination], per_nomination: int, criteria: int
) -> None:
    """Each nomination read by `per_nomination` jurors in turn, every sheet done with four scores."""
    dice = random.Random(2027)  # noqa: S311 - repeatable, not secret
    assignments = Assignment.objects.bulk_create(
        [
            Assignment(
                round=round_,
                juror=seats[(number + offset * 7) % len(seats)],
                nomination=nomination,
                position=number,
            )
            for number, nomination in enumerate(nominations)
            for offset in range(per_nomination)
        ],
        batch_size=2000,
    )
    rows = ScoreSheet.objects.bulk_create(
        [
            ScoreSheet(assignment=assignment, state=SheetState.DONE, done_at=timezone.now())
            for assignment in assignments
        ],
        batch_size=2000,
    )
    leaves = leaf_codes(round_.scoring_model.definition)[:criteria]
    Score.objects.bulk_create(
        [
            Score(sheet=sheet, criterion=leaf, value=Decimal(dice.randint(1, 5)))
            for sheet in rows
            for leaf in leaves
        ],
        batch_size=2000,
    )


def build(
    nominations: int = 3000,
    jurors: int = 40,
    per_nomination: int = 5,
    *,
    key: str = "2099",
    year: int = 2099,
    criteria: int = CRITERIA,
) -> World:
    """Write the world; 3 000 x 5 sheets with four scores take some seconds."""
    now = timezone.now()
    edition = edition_with_stages(key, year)
    organiser, chair, seats = people(edition, jurors)
    entries = Nomination.objects.bulk_create(
        [
            Nomination(
                edition=edition,
                municipality=place,
                state=NominationState.SUBMITTED,
                published_at=now - timedelta(days=1),
            )
            for place in municipalities(nominations)
        ],
        batch_size=2000,
    )
    NominationEvent.objects.bulk_create(
        [NominationEvent(nomination=entry, kind=EventKind.NOMINATED) for entry in entries], batch_size=2000
    )
    round_ = Round.objects.create(
        edition=edition,
        scoring_model=scoring_model(),
        state=RoundState.OPEN,
        opens_at=now - timedelta(days=10),
        closes_at=now + timedelta(days=10),
    )
    sheets(round_, seats, entries, per_nomination, criteria)
    assignment = Assignment.objects.filter(juror=seats[0]).order_by("position").first()
    return World(edition, round_, organiser, chair, seats[0].person, assignment)
