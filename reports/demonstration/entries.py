"""The municipalities' invented entries, and Eskilstuna's, which goes on from its nomination of 2015."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from awards.models import Edition, Person
from awards.states import StageKind
from nominees.actions.questionnaires import give_questionnaire
from nominees.actions.submissions import freeze_version
from nominees.models import (
    Answer,
    Challenge,
    Contribution,
    ImprovementArea,
    Initiative,
    Municipality,
    Nomination,
    NominationEvent,
    Question,
    Theme,
)
from nominees.questionnaire_files import shipped
from nominees.states import Continuation, DatePrecision, Direction, EventKind, NominationState, Route
from reports.demonstration.calendar import day, instant, of_kind
from reports.demonstration.script import CODES, ESKILSTUNA, labelled, texts

HISTORIC_KEY = "2015"
SENT_IN = time(14, 3)
QUESTIONNAIRE = "2013-four-questions"


def ask(edition: Edition) -> dict[str, Question]:
    """The questionnaire in the manner of 2013; gives the questions by code."""
    return give_questionnaire(edition=edition, questionnaire=shipped(QUESTIONNAIRE), by=None)


def enter(edition: Edition, people: dict[str, Person], now: datetime) -> dict[str, Nomination]:
    """Six entries sent in and nominated, with everything a juror reads."""
    questions = ask(edition)
    return {
        code: _entry(edition, municipality, questions, people, now)
        for code, municipality in _municipalities().items()
    }


def begin(edition: Edition, people: dict[str, Person], now: datetime) -> dict[str, Nomination]:
    """Six drafts, each as far as its contact has come."""
    questions = ask(edition)
    drafts = {}
    for code, municipality in _municipalities().items():
        draft = Nomination.objects.create(
            edition=edition,
            municipality=municipality,
            route=Route.APPLICATION,
            state=NominationState.DRAFT,
            created_at=now - timedelta(days=20),
        )
        answered = texts()["drafts"][code]
        _answer(draft, {name: questions[name] for name in answered}, people[f"contact-{code}"], now)
        if len(answered) > 2:
            _declare(draft, texts()["entries"][code]["areas"][:1])
        if code == ESKILSTUNA:
            _carry_on(draft)
        drafts[code] = draft
    return drafts


def _municipalities() -> dict[str, Municipality]:
    found = {each.code: each for each in Municipality.objects.filter(code__in=CODES)}
    return {code: found[code] for code in CODES}


def _entry(edition, municipality, questions, people, now) -> Nomination:
    code, words = municipality.code, texts()["entries"][municipality.code]
    entry = Nomination.objects.create(
        edition=edition,
        municipality=municipality,
        route=Route.APPLICATION,
        state=NominationState.SUBMITTED,
        summary=labelled(words["summary"]),
        created_at=now - timedelta(days=140),
    )
    contact = people[f"contact-{code}"]
    texts_asked = {name: question for name, question in questions.items() if name in words["answers"]}
    _answer(entry, texts_asked, contact, now - timedelta(days=100))
    _declare(entry, words["areas"])
    _list(Initiative, entry, words["initiatives"])
    _list(Challenge, entry, words["challenges"])
    if code == ESKILSTUNA:
        _carry_on(entry)
    _bring(entry, words["contribution"])
    _tell(entry, contact, people["organiser"], now)
    _send_in(entry, contact, now)
    return entry


def _send_in(entry: Nomination, contact: Person, now: datetime) -> None:
    """Freeze what the jury reads, at the hour when it was sent in."""
    call = of_kind(entry.edition.fair.label_year, StageKind.CALL)
    at = instant(now, call.closes - 2, SENT_IN)
    freeze_version(nomination=entry, now=at, by=contact)
    Nomination.objects.filter(pk=entry.pk).update(updated_at=at)


def _answer(entry: Nomination, questions: dict[str, Question], by: Person, at: datetime) -> None:
    words = texts()["entries"][entry.municipality.code]["answers"]
    Answer.objects.bulk_create(
        Answer(nomination=entry, question=question, text=labelled(words[name]), saved_at=at, saved_by=by)
        for name, question in questions.items()
    )


def _declare(entry: Nomination, areas: list[dict]) -> None:
    ImprovementArea.objects.bulk_create(
        ImprovementArea(nomination=entry, position=number, **area)
        for number, area in enumerate(areas, start=1)
    )


def _list(kind: type[Initiative | Challenge], entry: Nomination, titles: list[str]) -> None:
    kind.objects.bulk_create(
        kind(nomination=entry, title=title, position=number) for number, title in enumerate(titles, start=1)
    )


def _carry_on(entry: Nomination) -> None:
    """Take over areas, initiatives and challenges from 2015, each area linked to where it began."""
    last = Nomination.objects.filter(edition__key=HISTORIC_KEY, municipality=entry.municipality).first()
    if last is None:
        return
    entry.carried_from = last
    entry.save(update_fields=["carried_from"])
    ImprovementArea.objects.bulk_create(
        ImprovementArea(
            nomination=entry,
            direction=Direction(area.direction),
            title=area.title,
            position=area.position,
            predecessor=area,
            continuation=Continuation.CONTINUED,
        )
        for area in last.improvement_areas.all()
    )
    Initiative.objects.bulk_create(
        Initiative(nomination=entry, title=each.title, description=each.description, position=each.position)
        for each in last.initiatives.all()
    )
    Challenge.objects.bulk_create(
        Challenge(
            nomination=entry,
            title=each.title,
            direction=each.direction,
            is_added=each.is_added,
            position=each.position,
        )
        for each in last.challenges.all()
    )


def _bring(entry: Nomination, words: dict) -> None:
    """A contribution to the rehearsal's own fair, under one of the themes the award has known."""
    contribution = Contribution.objects.create(
        fair=entry.edition.fair,
        theme=Theme.objects.filter(code=words["theme"]).first(),
        title=words["title"],
        kind=words["kind"],
    )
    contribution.municipalities.add(entry.municipality)


def _tell(entry: Nomination, contact: Person, organiser: Person, now: datetime) -> None:
    """Applied, sent in, nominated: each with its day."""
    year = entry.edition.fair.label_year
    call, nomination = of_kind(year, StageKind.CALL), of_kind(year, StageKind.NOMINATION)
    events = (
        (EventKind.APPLIED, call.opens + 14, contact),
        (EventKind.SUBMITTED, call.closes - 2, contact),
        (EventKind.NOMINATED, nomination.closes - 5, organiser),
    )
    for kind, days, by in events:
        NominationEvent.objects.create(
            nomination=entry, kind=kind, date=day(now, days), precision=DatePrecision.DAY, by=by
        )
