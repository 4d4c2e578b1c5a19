"""A large field is dealt out in the background: looked at as a file, then carried out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.actions.jobs import run_job, start_job
from awards.models import Job, JournalEntry, Role
from awards.states import JobState, RoleKind
from criteria import planning
from criteria.models import Assignment
from tests.criteria.meeting import stand_aside

pytestmark = pytest.mark.django_db
WISHES = {"how": "balanced", "per": "3", "anchors": "0", "seed": "7"}


@pytest.fixture
def large(monkeypatch):
    """Every field is too large to wait for."""
    monkeypatch.setattr(planning, "MOST", 0)


@pytest.fixture
def late(story) -> Role:
    """A juror who came after the entries were dealt out."""
    began = story.now - timedelta(hours=1)
    return Role.objects.create(
        edition=story.edition, person=story.outsider, kind=RoleKind.JUROR, seat="Ledamot D", began_at=began
    )


def apply(story, client, **more):
    return client.post(reverse("assignment_apply", args=[story.edition.key]), {**WISHES, **more})


def work(_answer) -> None:
    """The worker does what was ordered."""
    run_job.call(Job.objects.get(kind=planning.KIND, state=JobState.QUEUED).pk)


def rows(job) -> list[list[str]]:
    lines = job.file.read().decode("utf-8-sig").splitlines()
    return [line.split(";") for line in lines]


def pairs() -> set:
    return set(Assignment.objects.values_list("nomination", "juror"))


@pytest.mark.usefixtures("large")
def test_the_page_does_not_work_a_large_plan_out(story, client_of):
    page = client_of(story.chair).get(reverse("assignment_page", args=[story.edition.key]), WISHES)

    assert (page.context["plan"], page.context["waits"]) == (None, True)


@pytest.mark.usefixtures("large", "late")
def test_a_look_gives_a_file_and_changes_nothing(story, client_of):
    before = pairs()

    work(apply(story, client_of(story.chair), look="1"))

    job = Job.objects.get(kind=planning.KIND)
    head, *lines = rows(job)
    assert (job.state, head, pairs()) == (
        JobState.DONE,
        ["Ledamot", "Kod", "Kommun", "Enligt planen"],
        before,
    )
    assert {line[3] for line in lines if line[0].startswith("Ledamot D")} == {"ny läsning"}


@pytest.mark.usefixtures("large", "late")
def test_the_plan_that_was_looked_at_is_the_one_carried_out(story, client_of):
    chair = client_of(story.chair)
    work(apply(story, chair, look="1"))
    work(apply(story, chair))

    looked, done = Job.objects.filter(kind=planning.KIND).order_by("pk")
    carried_out = rows(done)
    assert rows(looked) == carried_out
    entry = JournalEntry.objects.get(verb="assign_jurors")
    assert (entry.data["seed"], entry.data["new"]) == (
        7,
        sum(line[3] == "ny läsning" for line in carried_out),
    )


@pytest.mark.usefixtures("large")
def test_a_wish_that_cannot_be_fulfilled_says_why_and_writes_nothing(story, client_of):
    work(apply(story, client_of(story.chair), per="50"))

    job = Job.objects.get(kind=planning.KIND)
    assert (job.file_name, JournalEntry.objects.filter(verb="assign_jurors").exists()) == (
        "ingen plan.txt",
        False,
    )
    assert job.file.read().decode().startswith("Färre än 50 ledamöter")


@pytest.mark.usefixtures("large")
def test_an_order_that_waits_is_not_made_twice(story, client_of):
    apply(story, client_of(story.chair), look="1")
    apply(story, client_of(story.chair), look="1")

    assert Job.objects.filter(kind=planning.KIND).count() == 1


def test_only_those_who_lead_order_a_plan(story):
    with pytest.raises(PermissionDenied):
        start_job(kind=planning.KIND, parameters={}, edition=story.edition, by=story.juror1)


@pytest.mark.usefixtures("large")
def test_a_recusal_shuts_the_plan_that_was_made_before_it(story, client_of):
    story.edition.roles.create(person=story.juror3, kind=RoleKind.ORGANISER)
    client = client_of(story.juror3)
    parameters = {"round": story.round.pk, "wishes": {}}
    job = start_job(kind=planning.KIND, parameters=parameters, edition=story.edition, by=story.juror3)
    run_job.call(job.pk)
    url = reverse("job_file", args=[job.pk])
    before = client.get(url).status_code

    stand_aside(story, story.seats["juror3"], "1490")

    assert (before, client.get(url).status_code) == (200, 403)
