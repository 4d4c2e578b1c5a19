"""The one world that all tests share: a rehearsal with six municipalities, its people and their neighbours.

`story` is the whole world; `client_of(person)` is a browser in which that person has signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.utils import timezone

from awards.models import Award, Edition, Fair, Person, Role, Source, Stage
from awards.states import EditionState, RoleKind, StageKind, StageState
from criteria.models import Assignment, Recusal, Round, Score, ScoreSheet, ScoringModel
from criteria.states import ModelState, RecusalReason, RoundState, ScoreSource, SheetState
from nominees.models import (
    Answer,
    Contact,
    Contribution,
    County,
    ImprovementArea,
    Municipality,
    Nomination,
    NominationEvent,
    Question,
    Section,
    Theme,
)
from nominees.states import ContactLevel, Direction, EventKind, NominationState, QuestionKind, Route

PASSWORD = "kvalitet-demo"
ESKILSTUNA, BORAS = "0484", "1490"
# code, name, county code, group, population, organisation number
SIX = (
    ("1490", "Borås", "14", "B3", 114556, "212000-1561"),
    ("0484", "Eskilstuna", "04", "B3", 107076, "212000-0357"),
    ("1283", "Helsingborg", "12", "B3", 151306, "212000-1157"),
    ("1780", "Karlstad", "17", "B3", 97663, "212000-1850"),
    ("1261", "Kävlinge", "12", "C6", 32341, "212000-1058"),
    ("1980", "Västerås", "19", "B3", 159640, "212000-2080"),
)
COUNTIES = (
    ("04", "Södermanlands län", "D"),
    ("12", "Skåne län", "M"),
    ("14", "Västra Götalands län", "O"),
    ("17", "Värmlands län", "S"),
    ("19", "Västmanlands län", "U"),
)
CALL_TO_CEREMONY = (
    StageKind.CALL,
    StageKind.SCORING,
    StageKind.CONSENSUS,
    StageKind.DECISION,
    StageKind.CEREMONY,
)


@dataclass
class Story:
    """Who and what there is. Editions: `history` is public, the others are rehearsals."""

    now: datetime
    history: Edition | None = None  # 2015, public and concluded
    archived: Edition | None = None  # rehearsal-2025, archived
    edition: Edition | None = None  # rehearsal-2027, in scoring
    call: Edition | None = None  # rehearsal-2029, open for applications
    elsewhere: Edition | None = None  # rehearsal-2031, other people's
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    nominations: dict[str, Nomination] = field(default_factory=dict)  # of `edition`, by code
    drafts: dict[str, Nomination] = field(default_factory=dict)  # of `call`, by code
    historic: dict[str, Nomination] = field(default_factory=dict)  # of `history`, by code
    people: dict[str, Person] = field(default_factory=dict)
    seats: dict[str, Role] = field(default_factory=dict)  # "juror1" -> the seat in `edition`
    round: Round | None = None
    scoring_model: ScoringModel | None = None
    assignments: dict[tuple[str, str], Assignment] = field(default_factory=dict)  # (seat, code)
    sheets: dict[tuple[str, str], ScoreSheet] = field(default_factory=dict)  # (seat, code)

    def __getattr__(self, name: str) -> Person:
        """`story.chair`, `story.juror1`, `story.outsider`: a person by what they are here."""
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def contacts(self) -> dict[str, Person]:
        """The six municipalities' contacts by code."""
        return {code: self.people[f"contact_{code}"] for code in self.municipalities}


@pytest.fixture
def story(db) -> Story:
    """The whole world, told anew for each test."""
    return tell()


@contextmanager
def told_once(blocker, tell: Callable[[], Story]) -> Iterator[Story]:
    """Tell a world that the tests of one module share; what each of them changes is taken back by `db`.

    For a fixture of a module that asks for `django_db_setup`; `blocker` is pytest-django's.
    """
    with blocker.unblock(), transaction.atomic():
        yield tell()
        transaction.set_rollback(True)


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """A browser in which this person has signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


def tell() -> Story:
    """Write the world into the database: about 30 statements."""
    story = Story(now=timezone.now())
    _country(story)
    _editions(story)
    _people(story)
    _history(story)
    _applications(story)
    _entries(story)
    _jury_work(story)
    return story


def _country(story: Story) -> None:
    counties = County.objects.bulk_create(
        County(
            code=code,
            name=name,
            short_name=name.removesuffix(" län").removesuffix("s"),
            letter=letter,
            iso_code=f"SE-{letter}",
            region_name=f"Region {name.removesuffix(' län')}",
            kolada_region_id=f"00{code}",
        )
        for code, name, letter in COUNTIES
    )
    by_code = {county.code: county for county in counties}
    for code, name, county, group, population, number in SIX:
        story.municipalities[code] = Municipality.objects.create(
            code=code,
            name=name,
            full_name=f"{name} kommun",
            county=by_code[county],
            group=group,
            population=population,
            population_date=date(2025, 9, 30),
            organisation_number=number,
        )


def _editions(story: Story) -> None:
    award = Award.objects.create(slug="sveriges-kvalitetskommun", name_sv="Sveriges KvalitetsKommun")
    states = {
        2015: EditionState.CONCLUDED,
        2025: EditionState.ARCHIVED,
        2027: EditionState.RUNNING,
        2029: EditionState.RUNNING,
        2031: EditionState.RUNNING,
    }
    editions = {}
    for year, state in states.items():
        rehearsal = year != 2015
        fair = Fair.objects.create(
            label_year=year, rehearsal=rehearsal, theme="" if rehearsal else "Evolution"
        )
        editions[year] = Edition.objects.create(
            award=award,
            fair=fair,
            key=f"rehearsal-{year}" if rehearsal else str(year),
            state=state,
            is_rehearsal=rehearsal,
            nominee_list_complete=not rehearsal,
            published_at=None if rehearsal else datetime(2015, 1, 1, tzinfo=UTC),
        )
    story.history, story.archived, story.edition, story.call, story.elsewhere = editions.values()
    _stages(story.edition, StageKind.SCORING, story.now)
    _stages(story.call, StageKind.CALL, story.now)
    _stages(story.elsewhere, StageKind.SCORING, story.now)


def _stages(edition: Edition, current: str, now: datetime) -> None:
    """Ten days a stage; the current one opened four days ago."""
    at = CALL_TO_CEREMONY.index(current)
    Stage.objects.bulk_create(
        Stage(
            edition=edition,
            kind=kind,
            position=number + 1,
            state=StageState.OPEN if number == at else (StageState.AHEAD, StageState.CLOSED)[number < at],
            opens_at=now + timedelta(days=10 * (number - at) - 4),
            closes_at=now + timedelta(days=10 * (number - at) + 6),
        )
        for number, kind in enumerate(CALL_TO_CEREMONY)
    )


def _people(story: Story) -> None:
    names = [
        "administrator",
        "organiser",
        "other_organiser",
        "chair",
        "deputy",
        "observer",
        "juror1",
        "juror2",
        "juror3",
        "other_juror",
        "earlier_juror",
        "outsider",
        *(f"contact_{code}" for code in story.municipalities),
    ]
    password = make_password(PASSWORD)
    people = Person.objects.bulk_create(
        Person(
            email=f"{name.replace('_', '-')}@story.example",
            password=password,
            is_superuser=name == "administrator",
        )
        for name in names
    )
    story.people = dict(zip(names, people, strict=True))
    story.people |= {
        "juror": story.juror1,
        "recused_juror": story.juror2,
        "contact": story.people[f"contact_{ESKILSTUNA}"],
        "other_contact": story.people[f"contact_{BORAS}"],
    }
    _roles(story)


def _roles(story: Story) -> None:
    kinds = RoleKind
    plan = [
        (story.edition, "organiser", kinds.ORGANISER, ""),
        (story.call, "organiser", kinds.ORGANISER, ""),
        (story.elsewhere, "other_organiser", kinds.ORGANISER, ""),
        (story.edition, "chair", kinds.CHAIR, "Ordförande"),
        (story.edition, "deputy", kinds.DEPUTY, "Vice ordförande"),
        (story.edition, "observer", kinds.OBSERVER, "Observatör"),
        (story.edition, "juror1", kinds.JUROR, "Ledamot A"),
        (story.edition, "juror2", kinds.JUROR, "Ledamot B"),
        (story.edition, "juror3", kinds.JUROR, "Ledamot C"),
        (story.elsewhere, "other_juror", kinds.JUROR, "Ledamot A"),
        (story.archived, "earlier_juror", kinds.JUROR, "Ledamot A"),
    ]
    plan += [
        (edition, f"contact_{code}", kinds.CONTACT, "")
        for code in story.municipalities
        for edition in (story.edition, story.call)
    ]
    roles = Role.objects.bulk_create(
        Role(edition=edition, person=story.people[name], kind=kind, seat=seat)
        for edition, name, kind, seat in plan
    )
    story.seats = {
        name: role
        for (edition, name, kind, _seat), role in zip(plan, roles, strict=True)
        if edition is story.edition and kind != kinds.CONTACT
    }
    Contact.objects.bulk_create(
        Contact(
            person=story.people[f"contact_{code}"],
            municipality=municipality,
            edition=edition,
            level=ContactLevel.SUBMITTER,
        )
        for code, municipality in story.municipalities.items()
        for edition in (story.edition, story.call)
    )


def _history(story: Story) -> None:
    """2015: six nominees, one winner, and what Eskilstuna worked on."""
    source = Source.objects.create(text="https://history.example/2015", publisher="Historiens tidning")
    published = story.history.published_at
    story.historic = _create_entries(story, story.history, NominationState.HISTORIC, published)
    events = [
        NominationEvent(nomination=entry, kind=EventKind.NOMINATED, source=source)
        for entry in story.historic.values()
    ]
    events.append(NominationEvent(nomination=story.historic["1261"], kind=EventKind.WON, source=source))
    NominationEvent.objects.bulk_create(events)
    _areas(story.historic[ESKILSTUNA], source)
    theme = Theme.objects.create(code="evolution", title_sv="gör evolution", title_en="makes evolution")
    contribution = Contribution.objects.create(
        fair=story.history.fair,
        theme=theme,
        title="Eskilstuna gör evolution",
        source=source,
        published_at=published,
    )
    contribution.municipalities.add(story.municipalities[ESKILSTUNA])


def _applications(story: Story) -> None:
    """rehearsal-2029: one section with two questions, and a draft in every municipality."""
    section = Section.objects.create(
        edition=story.call, code="beskrivning", title_sv="Beskrivning", position=1
    )
    why, _most = Question.objects.bulk_create(
        Question(
            section=section,
            code=code,
            kind=QuestionKind.LONG_TEXT,
            text_sv=text,
            required=True,
            word_limit=400,
            position=number,
        )
        for number, (code, text) in enumerate(
            [("varfor", "Varför ska ni vinna?"), ("mest", "Vilket område har ni arbetat mest med?")], start=1
        )
    )
    story.drafts = _create_entries(story, story.call, NominationState.DRAFT, None)
    Answer.objects.bulk_create(
        Answer(nomination=entry, question=why, text=f"Övningstext från {code}.", saved_at=story.now)
        for code, entry in story.drafts.items()
    )
    NominationEvent.objects.bulk_create(
        NominationEvent(nomination=entry, kind=EventKind.APPLIED) for entry in story.drafts.values()
    )


def _entries(story: Story) -> None:
    """rehearsal-2027: six submitted and nominated entries; Eskilstuna's carries its areas on."""
    story.nominations = _create_entries(story, story.edition, NominationState.SUBMITTED, None)
    NominationEvent.objects.bulk_create(
        NominationEvent(nomination=entry, kind=kind)
        for entry in story.nominations.values()
        for kind in (EventKind.SUBMITTED, EventKind.NOMINATED)
    )
    _areas(story.nominations[ESKILSTUNA], None)


def _create_entries(story: Story, edition: Edition, state: str, published: datetime | None) -> dict:
    entries = Nomination.objects.bulk_create(
        Nomination(
            edition=edition,
            municipality=municipality,
            state=state,
            route=Route.APPLICATION,
            summary=f"Sammanfattning {edition.key} {code}",
            published_at=published,
        )
        for code, municipality in story.municipalities.items()
    )
    return {entry.municipality.code: entry for entry in entries}


def _areas(nomination: Nomination, source: Source | None) -> None:
    ImprovementArea.objects.bulk_create(
        ImprovementArea(
            nomination=nomination, direction=direction, title=title, position=number, source=source
        )
        for number, (direction, title) in enumerate(
            [
                (Direction.OUTWARD, "Höja utbildningsnivån"),
                (Direction.OUTWARD, "Fler jobb"),
                (Direction.INWARD, "Stabil ekonomi"),
            ],
            start=1,
        )
    )


def _jury_work(story: Story) -> None:
    """Three jurors read all six. juror1 is done; juror2 stands aside from Borås; juror3 has one draft."""
    story.scoring_model = ScoringModel.objects.create(
        code="story-areas", title_sv="Fyra områden", definition=four_areas(), state=ModelState.ACTIVE
    )
    story.round = Round.objects.create(
        edition=story.edition,
        scoring_model=story.scoring_model,
        state=RoundState.OPEN,
        opens_at=story.now - timedelta(days=4),
        closes_at=story.now + timedelta(days=6),
    )
    pairs = [(seat, code) for seat in ("juror1", "juror2", "juror3") for code in story.nominations]
    assignments = Assignment.objects.bulk_create(
        Assignment(
            round=story.round,
            juror=story.seats[seat],
            nomination=story.nominations[code],
            position=number % 6 + 1,
        )
        for number, (seat, code) in enumerate(pairs)
    )
    story.assignments = dict(zip(pairs, assignments, strict=True))
    Recusal.objects.create(
        juror=story.seats["juror2"],
        nomination=story.nominations[BORAS],
        reason=RecusalReason.EMPLOYER,
        by=story.juror2,
    )
    _sheets(story)


def _sheets(story: Story) -> None:
    begun = [pair for pair in story.assignments if pair[0] != "juror3" and pair != ("juror2", BORAS)]
    begun.append(("juror3", ESKILSTUNA))
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(
            assignment=story.assignments[pair],
            state=SheetState.DRAFT if pair[0] == "juror3" else SheetState.DONE,
            done_at=None if pair[0] == "juror3" else story.now,
            saved_at=story.now,
            private_note=f"Hemlig anteckning {pair[0]} {pair[1]}",
        )
        for pair in begun
    )
    story.sheets = dict(zip(begun, sheets, strict=True))
    codes = leaf_codes()
    Score.objects.bulk_create(
        Score(
            sheet=sheet,
            criterion=criterion,
            value=Decimal((int(seat[-1]) + int(code) + number) % 4 + 2),
            strengths=f"Styrka enligt {seat} {code} {criterion}",
            source=ScoreSource.WEB,
            by=story.people[seat],
        )
        for (seat, code), sheet in story.sheets.items()
        for number, criterion in enumerate(codes[:4] if seat == "juror3" else codes)
    )


def four_areas() -> dict:
    """Four areas with three criteria each on the scale 1-5, as a model's file says it."""
    areas = [("A", "Demokrati", 30), ("B", "Service", 25), ("C", "Arbetsmiljö", 25), ("D", "Samhälle", 20)]
    levels = ["Svagt", "Ojämnt", "Gott", "Starkt", "Föredöme"]
    bands = [{"lo": n, "hi": n, "label": {"sv": name}} for n, name in enumerate(levels, start=1)]
    return {
        "format": "scoring-model",
        "code": "story-areas",
        "version": 1,
        "title": {"sv": "Fyra områden", "en": "Four areas"},
        "tie_break": ["median", "shared"],
        "scales": [{"code": "five", "min": 1, "max": 5, "step": 1, "bands": bands}],
        "root": {
            "code": "total",
            "kind": "group",
            "title": {"sv": "Totalt"},
            "aggregate": "weighted_mean",
            "children": [_area(code, title, weight) for code, title, weight in areas],
        },
    }


def _area(code: str, title: str, weight: int) -> dict:
    criteria = [
        {
            "code": f"{code}{number}",
            "kind": "criterion",
            "title": {"sv": f"{title} {number}"},
            "weight": criterion_weight,
            "scale": "five",
        }
        for number, criterion_weight in enumerate((40, 35, 25), start=1)
    ]
    return {
        "code": code,
        "kind": "group",
        "title": {"sv": title},
        "weight": weight,
        "aggregate": "weighted_mean",
        "children": criteria,
    }


def leaf_codes() -> list[str]:
    """The twelve criteria of the four areas."""
    return [f"{area}{number}" for area in "ABCD" for number in (1, 2, 3)]
