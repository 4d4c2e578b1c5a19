"""A large field's plan of who reads what, as a file: looked at first, carried out when ordered so."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.jobs import JobFile, Progress
from awards.models import Edition, Job, Person
from awards.verdicts import Verdict, no
from criteria import permissions
from criteria.actions import assign_jurors
from criteria.models import Assignment, Round
from criteria.planning import KIND, WRITE
from criteria.proposal import Proposal, propose, shown_without
from criteria.readings import hidden_from
from reports.cells import csv_bytes
from reports.shutting import note_hidden

__all__ = ["KIND", "make_plan", "may_order"]
STEPS = 3
NEW, STAYS, AWAY = gettext_lazy("new reading"), gettext_lazy("stays"), gettext_lazy("taken away")


def may_order(person: Person, edition: Edition | None) -> Verdict:
    """Whether this person deals out the edition's entries."""
    if edition is None:
        return no(gettext_lazy("No edition was named."))
    return permissions.may_assign(person, edition)


def make_plan(job: Job, progress: Progress) -> JobFile:
    """Work the plan out, and carry it out where the order says so; one row a juror and entry.

    A wish that cannot be fulfilled gives a text that says why, and nothing is written.
    """
    note_hidden(job)
    scoring_round = Round.objects.select_related("edition__fair").get(pk=job.parameters["round"])
    wishes = job.parameters["wishes"]
    before = _pairs(scoring_round)
    progress(1, STEPS)
    if job.parameters.get(WRITE):
        plan = assign_jurors(scoring_round=scoring_round, by=job.person, **wishes)
    else:
        plan = propose(scoring_round, **wishes)
    progress(2, STEPS)
    hidden = hidden_from(job.person, scoring_round.edition)
    if plan.problems:
        return JobFile(_("no plan.txt"), "\r\n".join(shown_without(plan, hidden).problems).encode())
    header = [_("Juror"), _("Code"), _("Municipality"), _("By the plan")]
    content = csv_bytes(header, sorted(_rows(plan, before, hidden)))
    progress(STEPS, STEPS)
    return JobFile(f"{_('assignment')}-{scoring_round.edition.key}.csv", content)


def _pairs(scoring_round: Round) -> set[tuple[int, int]]:
    rows = Assignment.objects.filter(round=scoring_round)
    return set(rows.values_list("nomination_id", "juror_id"))


def _rows(plan: Proposal, before: set[tuple[int, int]], hidden: frozenset[int]) -> Iterator[list[str]]:
    for change, pairs in ((NEW, plan.add), (AWAY, plan.drop), (STAYS, before - plan.drop)):
        for entry, seat in pairs:
            if entry in plan.entry_of and entry not in hidden and seat in plan.seat_of:
                place = plan.entry_of[entry].municipality
                yield [str(plan.seat_of[seat]), place.code, place.name, str(change)]
