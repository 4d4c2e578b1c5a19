"""A recusal shuts the files that were made for its person before it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from awards.models import Job
from awards.verdicts import YES, Verdict, no
from criteria.readings import hidden_from

HIDDEN = "hidden"  # what the job's person stood aside from when its file was made


def note_hidden(job: Job) -> None:
    """Note on the job, before anything is read for it, which entries its file will leave out."""
    job.parameters = {**job.parameters, HIDDEN: sorted(hidden_from(job.person, job.edition))}


def may_still_fetch(job: Job) -> Verdict:
    """Whether its person stands aside from nothing more than when the file was made: it may hold that."""
    hidden = hidden_from(job.person, job.edition) if job.edition else frozenset()
    if hidden <= set(job.parameters.get(HIDDEN, ())):
        return YES
    return no(_("You have stood aside from an entry since this file was made. Order it again."))
