"""The statistics of a large field are worked out in the background, for those who may see the order."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.actions.jobs import start_job
from awards.models import Job
from criteria.jury_analysis import JOB, work_out
from criteria.models import Recusal
from criteria.states import RecusalReason
from tests.criteria.jury import table
from tests.criteria.test_standings_page import CLEAR, KAVLINGE


def done(story, person) -> dict:
    """What the ordered work gives this person."""
    job = Job(person=person, edition=story.edition, kind=JOB, parameters={"round": story.round.pk})
    steps = []
    made = work_out(job, lambda at, of: steps.append((at, of)))
    assert (made.name, steps) == ("statistics-rehearsal-2027.json", [(1, 4), (2, 4), (3, 4)])
    return json.loads(made.content)


def test_the_file_holds_the_statistics(story):
    table(story, CLEAR)
    found = done(story, story.deputy)
    assert (found["raw"]["Kävlinge"], len(found["severity"]), found["seed"]) == (100.0, 3, 2027)


def test_the_file_leaves_out_what_its_reader_stands_aside_from(story):
    table(story, CLEAR)
    Recusal.objects.create(
        juror=story.seats["chair"], nomination=story.nominations[KAVLINGE], reason=RecusalReason.HOME
    )
    assert ("Kävlinge" in done(story, story.chair)["raw"], len(done(story, story.chair)["raw"])) == (False, 5)


def test_nobody_orders_statistics_while_jurors_score(story):
    with pytest.raises(PermissionDenied):
        start_job(kind=JOB, parameters={"round": story.round.pk}, edition=story.edition, by=story.chair)


def test_ordering_twice_gives_one_job(story, client_of):
    table(story, CLEAR)
    url = reverse("statistics_order", args=[story.edition.key])
    client = client_of(story.chair)
    answers = [client.post(url).status_code for _time in range(2)]
    assert (answers, Job.objects.filter(kind=JOB).count()) == ([302, 302], 1)
