"""Work in the background: done by the worker, told how far, its file one person's alone, and gone in time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from awards import jobs
from awards.actions.jobs import SILENT_FOR, advance_job, expire_jobs, run_job, start_job
from awards.models import Job, JournalEntry
from awards.states import JobState
from awards.verdicts import YES, no


@pytest.fixture(autouse=True)
def _kinds():
    """Three kinds that only tests order; the register is as it was afterwards."""
    jobs.register("test_pack", "Jurypaket", make_pack, leads_only)
    jobs.register("test_broken", "Trasigt", break_down)
    yield
    for code in ("test_pack", "test_broken"):
        jobs.forget(code)


def leads_only(person, edition):
    return YES if person.holds(edition, "organiser") else no("Bara arrangören.")


def make_pack(job, progress):
    for number in range(1, 4):
        progress(number, 3)
    return jobs.JobFile(f"paket å {job.parameters['size']}.zip", b"PK\x03\x04")


def break_down(job, progress):
    progress(1, 2)
    raise RuntimeError


def order(story, kind="test_pack"):
    return start_job(kind=kind, parameters={"size": 3}, edition=story.edition, by=story.organiser)


def work(job):
    run_job.call(job.pk)
    job.refresh_from_db()
    return job


def done(story):
    return work(order(story))


@pytest.mark.django_db(transaction=True)
def test_job_waits_for_the_worker_and_is_done_by_it(story):
    job = order(story)
    assert (job.state, job.percent) == (JobState.QUEUED, 0)

    call_command("worker", "--once")
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent) == (JobState.DONE, 3, 3, 100)
    assert job.file.read() == b"PK\x03\x04"
    assert job.file_name == "paket å 3.zip"
    assert "paket" not in job.file.name
    assert list(JournalEntry.objects.values_list("verb", flat=True).order_by("pk")) == [
        "start_job",
        "finish_job",
    ]


def test_job_of_someone_without_the_right_is_refused(story):
    with pytest.raises(PermissionDenied, match="Bara arrangören"):
        start_job(kind="test_pack", edition=story.edition, by=story.chair)
    assert Job.objects.count() == 0


def test_job_of_an_unknown_kind_is_an_error(story):
    with pytest.raises(LookupError):
        start_job(kind="nothing", by=story.organiser)


def test_job_that_cannot_be_made_says_why(story):
    def nothing_there(_job, _progress):
        raise jobs.CannotBeMadeError("Här finns inget att packa.")

    jobs.register("test_broken", "Trasigt", nothing_there)
    job = start_job(kind="test_broken", by=story.organiser)
    work(job)

    assert (job.state, job.message) == (JobState.FAILED, "Här finns inget att packa.")


def test_file_of_a_kind_that_nobody_knows_any_more_is_shut(story, client_of):
    job = order(story)
    work(job)
    url = reverse("job_file", args=[job.pk])
    before = client_of(story.organiser).get(url).status_code

    jobs.forget("test_pack")

    assert (before, client_of(story.organiser).get(url).status_code) == (200, 403)


def test_job_of_someone_who_lost_the_right_meanwhile_makes_no_file(story):
    job = order(story)
    story.organiser.roles.all().delete()
    work(job)

    assert (job.state, job.message, bool(job.file)) == (JobState.FAILED, "Bara arrangören.", False)


def test_job_that_breaks_says_so_and_the_worker_goes_on(story):
    broken, whole = work(order(story, "test_broken")), work(order(story))

    assert (broken.state, broken.message) == (
        JobState.FAILED,
        "Arbetet misslyckades. Ingenting ändrades. Beställ det igen.",
    )
    assert whole.state == JobState.DONE


def test_job_file_comes_as_an_attachment_that_runs_nowhere(story, client_of):
    answer = client_of(story.organiser).get(f"/jobs/{done(story).pk}/file/")

    assert b"".join(answer.streaming_content) == b"PK\x03\x04"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''paket%20%C3%A5%203.zip"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


def test_job_file_of_another_is_the_same_as_none(story, client_of):
    job = done(story)
    strangers = [story.chair, story.administrator, story.other_organiser, story.outsider, story.contact]
    answers = [client_of(person).get(f"/jobs/{job.pk}/file/") for person in strangers]

    assert [answer.status_code for answer in answers] == [404] * len(strangers)
    assert client_of(story.organiser).get(f"/jobs/{job.pk}/file/").status_code == 200


def test_job_file_is_shut_when_the_right_has_ended(story, client_of):
    job = done(story)
    story.organiser.roles.update(ended_at=timezone.now() - timedelta(seconds=1))

    assert client_of(story.organiser).get(f"/jobs/{job.pk}/file/").status_code == 403


def test_job_file_is_thrown_away_in_time(story, client_of):
    job = done(story)
    name = job.file.name

    assert expire_jobs(timezone.now() + timedelta(days=8)) == 1
    assert not job.file.storage.exists(name)
    assert client_of(story.organiser).get(f"/jobs/{job.pk}/file/").status_code == 403


def test_job_whose_worker_died_is_called_failed(story):
    job = order(story)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    advance_job(job, 1, 3)

    assert expire_jobs(timezone.now() + SILENT_FOR - timedelta(minutes=1)) == 0
    assert expire_jobs(timezone.now() + SILENT_FOR + timedelta(minutes=1)) == 1
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_job_that_was_taken_up_and_never_begun_is_ordered_anew(story):
    job = Job.objects.create(
        person=story.organiser, edition=story.edition, kind="test_pack", parameters={"size": 3}
    )  # nothing in the task queue knows of it

    assert expire_jobs(timezone.now() + SILENT_FOR - timedelta(minutes=1)) == 0
    assert expire_jobs(timezone.now() + SILENT_FOR + timedelta(minutes=1)) == 1
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[job.pk]]
    assert work(job).state == JobState.DONE


def test_job_list_shows_ones_own_and_costs_the_same_with_sixty(story, client_of, django_assert_num_queries):
    client = client_of(story.organiser)
    order(story)
    Job.objects.create(person=story.chair, kind="test_pack", file_name="hemlig.zip", state=JobState.DONE)
    with django_assert_num_queries(5):
        page = client.get("/jobs/").content.decode()
    assert page.count("<progress") == 1
    assert "hemlig.zip" not in page

    Job.objects.bulk_create(
        Job(person=story.organiser, kind="test_pack", edition=story.edition) for _number in range(60)
    )
    with django_assert_num_queries(5):
        assert client.get("/jobs/").content.decode().count("<progress") == 50
