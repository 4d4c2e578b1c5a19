"""A whole jury that saves at once over HTTP: what is lost, what is refused, how long a save takes."""

from __future__ import annotations

import re
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import requests
from django.conf import settings
from django.test import Client

from benchmarks.served import served
from benchmarks.world import build
from criteria.models import Assignment, Score, ScoreSheet
from criteria.states import SheetState

CRITERION = "A1"
JURY, SECONDS, EVERY = 40, 60, 2
TIMEOUT = 30  # seconds; a save that takes longer counts as refused
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass
class Desk:
    """One juror with one sheet: what was saved, how long each save took, and what was refused."""

    assignment: Assignment
    cookie: str
    kept: list[str] = field(default_factory=list)  # the texts that were answered as saved, in order
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """What came of it; times in seconds."""

    saves: int
    lost: int  # answered as saved, and not in the database as it was written
    refused: tuple[str, ...]
    median: float
    percentile_95: float
    slowest: float


def report() -> Result:
    """Forty jurors that save every two seconds for a minute, against the product's own server."""
    world = build(30, JURY, JURY, key="2098", year=2098, criteria=0)
    ScoreSheet.objects.filter(assignment__round=world.round).update(state=SheetState.DRAFT, done_at=None)
    rows = (
        Assignment.objects.filter(round=world.round)
        .select_related("juror__person")
        .order_by("juror", "position")
    )
    first = {row.juror_id: row for row in reversed(rows)}
    with served() as address:
        return sit_down(address, desks(list(first.values())), seconds=SECONDS, every=EVERY)


def desks(assignments: Sequence[Assignment]) -> list[Desk]:
    """Each assignment's juror, signed in."""
    found = []
    for assignment in assignments:
        client = Client()
        client.force_login(assignment.juror.person)
        found.append(Desk(assignment, client.cookies[settings.SESSION_COOKIE_NAME].value))
    return found


def sit_down(address: str, jury: Sequence[Desk], *, seconds: float, every: float) -> Result:
    """Let all save at `address`, each `every` seconds for `seconds`, and look at what the database holds."""
    ready = threading.Barrier(len(jury))  # all have their page before anybody saves
    threads = [
        threading.Thread(
            target=_work, args=(address, desk, ready, every * number / len(jury), seconds, every)
        )
        for number, desk in enumerate(jury)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(each for desk in jury for each in desk.seconds)
    return Result(
        saves=len(times),
        lost=sum(_lost(desk) for desk in jury),
        refused=tuple(each for desk in jury for each in desk.refused),
        median=statistics.median(times),
        percentile_95=times[int(0.95 * (len(times) - 1))],
        slowest=times[-1],
    )


def _work(  # noqa: PLR0917 - a thread's arguments
    address: str, desk: Desk, ready: threading.Barrier, after: float, seconds: float, every: float
) -> None:
    session = requests.Session()
    session.trust_env = False
    session.cookies.set(settings.SESSION_COOKIE_NAME, desk.cookie)
    url = f"{address}/scoring/{desk.assignment.pk}/"
    page = session.get(url, timeout=TIMEOUT).text
    token, version = _TOKEN.search(page)[1], _VERSION.search(page)[1]
    ready.wait(timeout=4 * TIMEOUT)
    begin = time.monotonic()
    at = begin + after
    while at < begin + seconds:
        time.sleep(max(0, at - time.monotonic()))
        text = f"Ledamot {desk.assignment.pk}, text {len(desk.kept) + len(desk.refused)}"
        score = str(1 + len(desk.kept) % 5)
        data = {"version": version, f"criterion-{CRITERION}": score, f"strengths-{CRITERION}": text}
        begun = time.monotonic()
        try:
            answer = session.post(
                url,
                data={**data, "csrfmiddlewaretoken": token},
                headers={"Accept": "application/json"},
                timeout=TIMEOUT,
            )
        except requests.RequestException as error:
            desk.refused.append(type(error).__name__)
        else:
            desk.seconds.append(time.monotonic() - begun)
            if answer.ok and "version" in (said := answer.json()):
                version = said["version"]
                desk.kept.append(text)
            else:
                desk.refused.append(f"{answer.status_code} {answer.text[:100]}")
        at += every


def _lost(desk: Desk) -> int:
    rows = Score.objects.filter(sheet__assignment=desk.assignment, criterion=CRITERION).order_by("version")
    texts = list(rows.values_list("strengths", flat=True))
    last = rows.filter(is_latest=True).values_list("strengths", flat=True)
    lost = sum(text not in texts for text in desk.kept)
    return lost + (bool(desk.kept) and list(last) != desk.kept[-1:])
