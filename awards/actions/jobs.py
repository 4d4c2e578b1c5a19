"""Work in the background: ordered, run, its progress told, its file kept for one person for some days."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from awards import jobs, stray_files
from awards.journal import record
from awards.models import Edition, Job, Person
from awards.states import JobState
from awards.trouble import in_words

logger = logging.getLogger(__name__)

FILE_KEPT_FOR = timedelta(days=7)
SILENT_FOR = timedelta(minutes=15)  # a running job without a sign of life for so long has died


@transaction.atomic
def start_job(
    *, kind: str, parameters: dict | None = None, edition: Edition | None = None, by: Person
) -> Job:
    """Order work of a registered kind; the worker takes it up when this transaction has been written."""
    known = jobs.kind_of(kind)
    if known is None:
        raise LookupError(kind)
    known.may(by, edition).require()
    job = Job.objects.create(person=by, edition=edition, kind=kind, parameters=parameters or {})
    record("start_job", job, by=by, edition=edition, kind=kind)
    run_job.enqueue(job.pk)
    return job


@task()
def run_job(job_id: int) -> None:
    """Do one ordered job; what goes wrong stands on the job, in the language of the person who ordered it."""
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, touched_at=timezone.now()
    )
    job = Job.objects.select_related("person", "edition").filter(pk=job_id).first()
    if not claimed or job is None:
        return
    with override(job.person.language):
        try:
            _run(job)
        except jobs.CannotBeMadeError as refusal:
            _fail(job, str(refusal))
        except Exception as error:
            logger.exception("Job %s (%s) failed", job.pk, job.kind)
            _fail(job, in_words(error) or _("The work failed. Nothing was changed. Order it again."))


def advance_job(job: Job, done: int, total: int) -> None:
    """Note how far a job is; also its sign of life."""
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
        done=done, total=total, touched_at=timezone.now()
    )


def expire_jobs(now: datetime) -> int:
    """Throw away files past their day, and see to jobs whose worker died; gives how many changed.

    One that was running has failed. One that was taken up and never begun is ordered anew: a second order of
    the same job finds nothing to claim.
    """
    expired = Job.objects.filter(expires_at__lte=now).exclude(file="")
    for job in expired:
        job.file.delete(save=False)
        Job.objects.filter(pk=job.pk).update(file="")
    dead = Job.objects.select_related("person").filter(
        state=JobState.RUNNING, touched_at__lte=now - SILENT_FOR
    )
    for job in dead:
        with override(job.person.language):
            _fail(job, _("The work was interrupted. Nothing was changed. Order it again."))
    lost = Job.objects.filter(state=JobState.QUEUED, touched_at__lte=now - SILENT_FOR)
    for job in lost:
        Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(touched_at=now)
        run_job.enqueue(job.pk)
    return len(expired) + len(dead) + len(lost)


def sweep_files(now: datetime) -> int:
    """Throw away old files that no job knows, and uploads that a crash cut off; gives how many."""
    if not stray_files.is_time("jobs"):
        return 0
    files = Job.file.field
    known = set(Job.objects.exclude(file="").values_list("file", flat=True))
    gone = stray_files.throw_away(files.storage, files.upload_to.rstrip("/"), known, now)
    return gone + stray_files.throw_away_unfinished(now)


def _run(job: Job) -> None:
    kind = jobs.kind_of(job.kind)
    if kind is None:
        _fail(job, _("This kind of work is no longer known."))
        return
    verdict = kind.may(job.person, job.edition)
    if not verdict:
        _fail(job, str(verdict.reason))
        return
    made = kind.work(job, lambda done, total: advance_job(job, done, total))
    _keep(job, made)


def _keep(job: Job, made: jobs.JobFile) -> None:
    stored = f"{secrets.token_hex(16)}{PurePath(made.name).suffix}"
    if isinstance(made.content, Path):
        with made.content.open("rb") as content:
            job.file.save(stored, File(content), save=False)
        made.content.unlink(missing_ok=True)
    else:
        job.file.save(stored, ContentFile(made.content), save=False)
    now = timezone.now()
    job.refresh_from_db(fields=["done", "total"])
    job.state, job.file_name, job.message = JobState.DONE, made.name, ""
    job.finished_at, job.expires_at = now, now + FILE_KEPT_FOR
    job.total = job.total or 1
    job.done = job.total
    with transaction.atomic():
        job.save()
        record("finish_job", job, by=job.person, edition=job.edition, kind=job.kind)


def _fail(job: Job, message: str) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, message=message[:500], finished_at=timezone.now()
    )
