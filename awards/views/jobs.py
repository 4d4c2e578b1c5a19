"""My downloads: what one has ordered, how far it is, and its file."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards import jobs, permissions
from awards.models import Job
from awards.states import JobState
from awards.verdicts import Verdict, first_refusal, no

SHOWN = 50
PENDING = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class JobLine:
    """One ordered piece of work as its page shows it."""

    job: Job
    title: object
    verdict: Verdict
    size: int | None = None

    @property
    def is_pending(self) -> bool:
        """Still on its way."""
        return self.job.state in PENDING

    @property
    def is_failed(self) -> bool:
        """Ended without a file."""
        return self.job.state == JobState.FAILED


@never_cache
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """The fifty latest of one's own."""
    now = timezone.now()
    found = Job.objects.visible_to(request.user).select_related("edition__fair", "edition__award")[:SHOWN]
    lines = [_line(job, request.user, now) for job in found]
    pending = any(line.is_pending for line in lines)
    return render(request, "awards/jobs.html", {"lines": lines, "pending": pending})


@never_cache
@require_safe
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The finished file, as an attachment, for its owner only; other people's do not exist."""
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("edition"), pk=pk)

    _may_fetch(job, request.user, timezone.now()).require()

    if not job.file.storage.exists(job.file.name):
        raise Http404
    response = FileResponse(job.file.open("rb"), as_attachment=True, filename=job.file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _line(job: Job, person, now) -> JobLine:
    kind = jobs.kind_of(job.kind)
    size = job.file.size if job.file and job.file.storage.exists(job.file.name) else None
    return JobLine(job, kind.title if kind else job.kind, _may_fetch(job, person, now), size)


def _may_fetch(job: Job, person, now) -> Verdict:
    """One's own, in time, and still with the right to it: roles end."""
    kind = jobs.kind_of(job.kind)
    allowed = permissions.may_fetch_file(person, job, now)
    if not allowed:
        return allowed
    if kind is None:  # nobody knows any more who may have it
        return no(_("This kind of work is no longer known."))
    return first_refusal(kind.may(person, job.edition), kind.still(job))
