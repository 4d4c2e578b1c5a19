"""Saving many sheets at once, as a juror's workbook brings them: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Person
from awards.verdicts import no
from criteria.actions.sheets import Conflict, save_sheet
from criteria.lines import Paper
from criteria.models import Assignment, Round
from criteria.states import ScoreSource


class SheetsMovedError(Exception):
    """A sheet was saved elsewhere since it was compared; nothing was written."""


@transaction.atomic
def import_sheets(
    *,
    scoring_round: Round,
    papers: Mapping[int, tuple[int, Paper]],
    sha256: str,
    workbook: str,
    now: datetime,
    by: Person,
) -> int:
    """Save what a juror's workbook says, and write the journal with the file's hash; how many fields changed.

    `papers` is {assignment id: (the sheet's version when it was compared, what to write)}. One sheet that may
    not be written (PermissionDenied) or has moved on (SheetsMovedError) undoes all. What the site says
    already is no change, and where nothing changed the journal stays as it is.
    """
    assignments = (
        Assignment.objects.open_to(by, now)
        .filter(round=scoring_round, pk__in=papers)
        .select_related("round__edition__fair", "round__scoring_model", "nomination", "juror", "sheet")
    )
    found = {each.pk: each for each in assignments}
    if len(found) < len(papers):
        no(_("An entry in the file is no longer yours to score. Choose the file again.")).require()
    changed: dict[int, int] = {}
    for pk, (version, paper) in papers.items():
        result = save_sheet(
            assignment=found[pk], written=paper, version=version, now=now, source=ScoreSource.WORKBOOK, by=by
        )
        if isinstance(result, Conflict):
            raise SheetsMovedError
        if result.fields:
            changed[pk] = result.fields
    if not changed:
        return 0
    journal.record(
        "import_sheets",
        scoring_round,
        by=by,
        edition=scoring_round.edition,
        source=str(ScoreSource.WORKBOOK),
        sha256=sha256,
        workbook=workbook,
        assignments=list(changed),
    )
    return sum(changed.values())
