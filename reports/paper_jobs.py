"""The papers and packages that are made in the background: who orders which, and what each kind does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards import jobs
from awards.formats import written_language
from awards.jobs import JobFile, Progress
from awards.models import Job
from awards.verdicts import YES, Verdict, no
from reports import permissions
from reports.actions.receipts import keep_receipt
from reports.archive.package import zipped_package
from reports.material_pack import pack_materials, sum_of
from reports.papers.binder import binder_of, bound_entries
from reports.papers.diplomas import diplomas_of, diplomas_on_paper
from reports.papers.names import BINDER, DIPLOMAS, MATERIAL, OWN_BINDER, OWN_MATERIAL, PROTOCOL
from reports.papers.protocol import protocol_pdf
from reports.papers.reach import all_entries, own_entries
from reports.permissions import PACKAGE

WITH_DRAFTS = "with_drafts"


def register_all() -> None:
    """Say of every kind what it is called, who may order it, and what does it."""
    organiser, juror = permissions.may_make_papers, permissions.may_carry_own
    jobs.register(BINDER, gettext_lazy("The jury's binder"), make_binder, organiser, may_still_read)
    jobs.register(OWN_BINDER, gettext_lazy("Your binder"), make_own_binder, juror, may_still_read)
    jobs.register(PROTOCOL, gettext_lazy("Protocol"), make_protocol, organiser, may_still_read)
    jobs.register(DIPLOMAS, gettext_lazy("Diplomas"), make_diplomas, organiser, may_still_read)
    jobs.register(MATERIAL, gettext_lazy("All material"), make_material, organiser, may_still_read)
    jobs.register(OWN_MATERIAL, gettext_lazy("Your material"), make_own_material, juror, may_still_read)
    jobs.register(
        PACKAGE,
        gettext_lazy("The edition's package"),
        make_package,
        permissions.may_build_package,
        may_still_read,
    )


def may_still_read(job: Job) -> Verdict:
    """Whether every entry in a finished file is still open to who ordered it: recusals shut old files too."""
    held = set(job.parameters.get("entries", ()))
    if not held:
        return YES
    reach = own_entries if job.kind in (OWN_BINDER, OWN_MATERIAL) else all_entries
    now_open = reach(job.person, job.edition, timezone.now()).values_list("pk", flat=True)
    if held <= set(now_open):
        return YES
    return no(gettext_lazy("The file holds an entry that is no longer open to you. Order it again."))


def make_binder(job: Job, progress: Progress) -> JobFile:
    """The whole edition's binder."""
    return _binder(job, progress, own=False)


def make_own_binder(job: Job, progress: Progress) -> JobFile:
    """The binder of what a juror reads."""
    return _binder(job, progress, own=True)


def make_material(job: Job, progress: Progress) -> JobFile:
    """All that was sent in, with what is for the organiser only."""
    return _material(job, progress, own=False)


def make_own_material(job: Job, progress: Progress) -> JobFile:
    """The files that a juror may open."""
    return _material(job, progress, own=True)


def make_protocol(job: Job, progress: Progress) -> JobFile:
    """The protocol as it stands."""
    content = protocol_pdf(job.edition, by=job.person, language=_language())
    entries = all_entries(job.person, job.edition, timezone.now())
    _hold(job, entries.values_list("pk", flat=True))
    progress(1, 1)
    return _paper(job, _("protocol"), content, 1)


def make_package(job: Job, progress: Progress) -> JobFile:
    """Everything of the edition in one ZIP, checked."""
    now = timezone.now()
    path = zipped_package(job.edition, now=now, progress=progress)
    entries = list(all_entries(None, job.edition, now).values_list("pk", flat=True))
    _hold(job, entries)
    _receipt(job, "zip", len(entries), sum_of(path))
    return JobFile("-".join((_("package"), f"{job.edition.key}.zip")), path)


def make_diplomas(job: Job, progress: Progress) -> JobFile:
    """Everybody's diploma in one PDF."""
    now = timezone.now()
    found = diplomas_of(job.edition, by=job.person, now=now)
    content = diplomas_on_paper(job.edition, found, now=now, language="sv")
    _hold(job, (each.entry.pk for each in found))
    progress(1, 1)
    return _paper(job, _("diplomas"), content, len(found))


def _binder(job: Job, progress: Progress, *, own: bool) -> JobFile:
    now, with_drafts = timezone.now(), bool(job.parameters.get(WITH_DRAFTS))
    entries = bound_entries(job.edition, by=job.person, own=own, with_drafts=with_drafts and not own, now=now)
    content = binder_of(job.edition, entries, now=now, language=_language(), progress=progress)
    _hold(job, (each.entry.pk for each in entries))
    return _paper(job, _("binder"), content, len(entries))


def _material(job: Job, progress: Progress, *, own: bool) -> JobFile:
    now = timezone.now()
    path, pieces = pack_materials(
        job.edition,
        by=job.person,
        own=own,
        with_drafts=_with_drafts(job) and not own,
        now=now,
        language=_language(),
        progress=progress,
    )
    _hold(job, {piece.entry.pk for piece in pieces})
    _receipt(job, "zip", len(pieces), sum_of(path))
    return JobFile("-".join((_("material"), f"{job.edition.key}.zip")), path)


def _hold(job: Job, entries: Iterable[int]) -> None:
    """Note which entries the file holds: `may_still_read` asks for them when it is fetched."""
    job.parameters = {**job.parameters, "entries": sorted(entries)}


def _paper(job: Job, what: str, content: bytes, rows: int) -> JobFile:
    _receipt(job, "pdf", rows, hashlib.sha256(content).hexdigest())
    return JobFile(f"{what}-{job.edition.key}.pdf", content)


def _receipt(job: Job, ending: str, rows: int, digest: str) -> None:
    """The receipt has the name of the kind of job."""
    keep_receipt(report=job.kind, format=ending, edition=job.edition, rows=rows, sha256=digest, by=job.person)


def _language() -> str:
    return written_language(get_language())


def _with_drafts(job: Job) -> bool:
    """Whether the organiser wants what has not been sent in, too."""
    return bool(job.parameters.get(WITH_DRAFTS))
