"""What is measured: pages and exports on the history, on a jury of its size, and on the large world."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from awards.models import Edition, Person
from benchmarks import reports
from benchmarks.imports import Preview
from benchmarks.memory import growth_by_upload
from benchmarks.versions import forty_pages, revised
from benchmarks.world import World, build
from criteria.balance import Task, assign
from criteria.definitions import tree_of
from criteria.models import Assignment, Round
from criteria.scoring import leaves
from criteria.states import RoundState
from criteria.statistics.analysis import analyse
from criteria.statistics.table import ScoreTable
from nominees.actions.submissions import freeze_version
from nominees.differences.texts import difference
from nominees.drafts import mark
from nominees.models import Contact, Nomination, Question
from nominees.states import ContactLevel, QuestionKind
from reports.jury_workbooks import juror_workbook
from reports.papers.binder import binder_pdf


@dataclass(frozen=True)
class Row:
    """One measurement: a page by its path, or a piece of work; `peer_ms` was measured elsewhere."""

    name: str
    path: str = ""
    person: Person | None = None
    work: Callable[[], object] | None = None
    told: Callable[[], str] | None = None  # a figure of its own, measured once
    peer: str = ""
    peer_ms: float = 0


@cache
def history() -> None:
    """The reference data, the history and the demonstration."""
    for command in ("load_reference", "load_history", "demo"):
        call_command(command, verbosity=0)


@cache
def large() -> World:
    """3 000 nominations, 40 jurors, 15 000 sheets, 60 000 scores."""
    history()
    return build()


@cache
def thirty() -> World:
    """30 nominations x 12 criteria, ten jurors, all scored."""
    history()
    return build(30, 10, 10, key="2097", year=2097, criteria=12)


def pages() -> Sequence[Row]:
    """The public pages on the real history."""
    history()
    paths = (
        "/",
        "/editions/",
        "/editions/2015/",
        "/municipalities/",
        "/municipalities/0484/",
        "/nominations/",
    )
    files = ("/nominations.csv", "/nominations.xlsx", "/nominations.json", "/municipalities/0484.json")
    return [Row(path, path) for path in paths + files]


def scoring() -> Sequence[Row]:
    """A juror's pages in the demonstration's rehearsal."""
    history()
    juror = Person.objects.get(email="juror5@demo.example")
    assignment = juror.roles.get(edition__key="rehearsal-2027").assignments.order_by("position")[3]
    return [
        Row("/scoring/", "/scoring/", juror),
        Row("/scoring/<assignment>/", f"/scoring/{assignment.pk}/", juror, peer="HotCRP", peer_ms=55),
        Row("a save of one mark with its text", work=SaveMark(juror, assignment), peer="HotCRP", peer_ms=9),
        Row("/scoring/workbook.xlsx (6 x 12)", "/scoring/workbook.xlsx?edition=rehearsal-2027", juror),
    ]


def contact() -> Sequence[Row]:
    """A contact's pages in the demonstration's call: a section, an autosave of 5 kB, a file of 25 MB."""
    history()
    own = Contact.objects.filter(edition__key="rehearsal-2029", level=ContactLevel.SUBMITTER).order_by("pk")
    person = own.select_related("person").first().person
    entry = Nomination.objects.visible_to(person).get(edition__key="rehearsal-2029")
    question = Question.objects.filter(section__edition=entry.edition, kind=QuestionKind.LONG_TEXT).first()
    url = f"/applications/{entry.pk}/{question.section.code}/"
    return [
        Row("/applications/", "/applications/", person),
        Row("/applications/<id>/<section>/", url, person),
        Row("autosave of 5 kB", work=Autosave(person, url, f"answer-{question.code}")),
        Row("the server's growth by an upload of 25 MB", told=growth_by_upload),
    ]


class SaveMark:
    """Saves another mark and another text each time, as the score page's script does."""

    def __init__(self, person: Person, assignment: Assignment) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(person)
        self.url, self.number = f"/scoring/{assignment.pk}/", 0
        self.version = assignment.sheet.version
        self.code = leaves(tree_of(assignment.round.scoring_model))[0].code

    def __call__(self) -> object:
        """One save; the answer."""
        self.number += 1
        answer = self.client.post(
            self.url,
            {
                "version": self.version,
                f"criterion-{self.code}": 1 + self.number % 5,
                f"strengths-{self.code}": f"Tydliga mål, {self.number}",
            },
            headers={"Accept": "application/json"},
        )
        self.version = answer.json()["version"]
        return answer


class Autosave:
    """Saves a new text of five kilobytes each time, as the page's script does."""

    def __init__(self, person: Person, url: str, name: str) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(person)
        self.url, self.name, self.number = url, name, 0
        page = self.client.get(url).content.decode()
        self.was = re.search(rf'name="was-{name}" value="(\w*)"', page)[1]

    def __call__(self) -> object:
        """One save; the answer."""
        self.number += 1
        text = f"{self.number} {'Vi har arbetat med språket i förskolan. ' * 128}"[:5_000].strip()
        answer = self.client.post(
            self.url,
            {self.name: text, f"was-{self.name}": self.was},
            headers={"Accept": "application/json"},
        )
        self.was = mark(text)
        return answer


def workbook() -> Sequence[Row]:
    """A juror's workbook of 30 nominations x 12 criteria."""
    world = thirty()
    juror = world.assignment.juror
    scoring_round = Round.objects.select_related("edition__award", "edition__fair", "scoring_model").get(
        pk=world.round.pk
    )

    def build_one() -> bytes:
        issued = juror_workbook(juror, scoring_round, now=timezone.now(), language="sv", by=None)
        return issued.content

    return [Row("a juror's workbook, 30 x 12", work=build_one)]


def papers() -> Sequence[Row]:
    """The jury's binder of 30 applications of forty pages each: some 600 pages of PDF."""
    edition = Edition.objects.select_related("award", "fair").get(pk=thirty().edition.pk)
    answer = {"code": "a", "kind": "long_text", "question": {"sv": "Beskriv ert arbete"}, "audience": "jury",
              "unit": "", "text": forty_pages(), "number": None, "choice": "", "chosen": {}}  # fmt: skip
    for entry in Nomination.objects.filter(edition=edition):
        if not entry.submissions.exists():
            sent = freeze_version(nomination=entry, now=timezone.now(), by=None)
            sent.content["sections"] = [{"code": "s", "title": {"sv": "Beskrivning"}, "answers": [answer]}]
            sent.save()
    return [Row("the jury's binder, 30 x 40 pages", work=lambda: binder_pdf(edition, by=None))]


def lists() -> Sequence[Row]:
    """Lists, standings and exports of the large world."""
    world = large()
    Round.objects.filter(pk=world.round.pk).update(state=RoundState.CLOSED)
    return [
        Row("/nominations/ of 3 000", "/nominations/", peer="HotCRP", peer_ms=560),
        Row("/nominations/?q=", "/nominations/?q=1234"),
        Row("/nominations.csv of 3 000", "/nominations.csv"),
        Row("/nominations.xlsx of 3 000", "/nominations.xlsx"),
        Row(
            "standings, 50 of 3 000",
            f"/editions/{world.edition.key}/standings/",
            world.chair,
            peer="HotCRP",
            peer_ms=560,
        ),
        Row("progress, 3 000 x 40", f"/editions/{world.edition.key}/progress/", world.chair),
    ]


def exports() -> Sequence[Row]:
    """Every score of the large world as a file: time, then memory."""
    world = large()
    Round.objects.filter(pk=world.round.pk).update(state=RoundState.CLOSED)
    peer = {"scores_long.csv": ("HotCRP", 670)}
    rows = [
        Row(name, work=make(), peer=peer.get(name, ("", 0))[0], peer_ms=peer.get(name, ("", 0))[1])
        for name, make in reports.exports(world)
    ]
    memory = [
        Row(f"memory for {ending}", told=partial(reports.peak_of, world, "scores_long", ending))
        for ending in ("csv", "json", "xlsx")
    ]
    return [*rows, *memory]


def arithmetic() -> Sequence[Row]:
    """The statistics and the assignment, without a database."""
    dice = np.random.default_rng(2027)

    def table(entries: int, jurors: int, each: int) -> ScoreTable:
        y = (
            dice.normal(60, 8, (entries, 1))
            + dice.normal(0, 4, (1, jurors))
            + dice.normal(0, 6, (entries, jurors))
        )
        for row in y:
            row[dice.permutation(jurors)[each:]] = np.nan
        names = tuple(f"e{n}" for n in range(entries)), tuple(f"j{n}" for n in range(jurors))
        return ScoreTable(*names, y)

    def task(entries: int, jurors: int) -> Task:
        names = tuple(f"e{n}" for n in range(entries)), tuple(f"j{n}" for n in range(jurors))
        return Task(*names, 5)

    small, wide, huge = table(6, 6, 6), table(60, 20, 20), table(3000, 200, 5)
    return [
        Row("six statistics, 6 x 6", work=lambda: analyse(small)),
        Row("six statistics, 60 x 20", work=lambda: analyse(wide)),
        Row("six statistics, 3 000 x 200 x 5", work=lambda: analyse(huge)),
        Row("assignment, 30 x 8", work=lambda: assign(task(30, 8))),
        Row("assignment, 300 x 40", work=lambda: assign(task(300, 40))),
        Row("assignment, 3 000 x 40", work=lambda: assign(task(3000, 40)), peer="HotCRP", peer_ms=28_000),
    ]


def versions() -> Sequence[Row]:
    """The differences between two versions of a submission, word by word."""
    text = forty_pages()
    shares = {"one word in a thousand": 0.001, "one in ten": 0.1, "every second": 0.5}
    rows = [
        Row(f"difference of 40 pages, {name}", work=partial(difference, text, revised(text, share)))
        for name, share in shares.items()
    ]
    return [
        *rows,
        Row("difference of 40 pages, nothing alike", work=partial(difference, text, forty_pages(9))),
    ]


def imports() -> Sequence[Row]:
    """A list of 290 contacts, from the uploaded file to the page with its rows."""
    history()
    return [Row(f"preview of 290 contacts (.{ending})", work=Preview(ending)) for ending in ("csv", "xlsx")]


ALL: dict[str, Callable[[], Sequence[Row]]] = {
    "pages": pages,
    "contact": contact,
    "scoring": scoring,
    "workbook": workbook,
    "papers": papers,
    "lists": lists,
    "reports": exports,
    "arithmetic": arithmetic,
    "versions": versions,
    "imports": imports,
}
