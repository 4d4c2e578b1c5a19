"""One workbook per juror, packed in a ZIP in the background."""

from __future__ import annotations

import io
import zipfile

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards.jobs import CannotBeMadeError, JobFile, Progress
from awards.models import Job
from nominees.uploads.file_names import free_name
from reports.jury_workbooks import is_sealed, juror_workbook, jurors_of, round_of

KIND = "juror_workbooks"


def make_pack(job: Job, progress: Progress) -> JobFile:
    """Build every juror's workbook in turn. While scoring is sealed they carry no scores.

    A juror who has not accepted the undertaking gets none: a text file in the pack names the seat.
    """
    now = timezone.now()
    scoring_round = round_of(job.edition)
    jurors = list(jurors_of(scoring_round, now)) if scoring_round else []
    ready = [juror for juror in jurors if not juror.owes_promise]
    if not jurors:
        raise CannotBeMadeError(_("The edition has no jurors with anything to read."))
    pack, taken = io.BytesIO(), set()
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_STORED) as files:  # workbooks are compressed already
        for number, juror in enumerate(ready, start=1):
            issued = juror_workbook(
                juror,
                scoring_round,
                now=now,
                language=juror.person.language or get_language(),
                with_scores=not is_sealed(scoring_round),
                by=job.person,
            )
            files.writestr(free_name(issued.name, taken), issued.content)
            progress(number, len(ready))
        if left_out := [str(juror) for juror in jurors if juror.owes_promise]:
            files.writestr(_("left out.txt"), _left_out(left_out))
    return JobFile(f"{_('jury')}-{job.edition.key}.zip", pack.getvalue())


def _left_out(seats: list[str]) -> str:
    sentence = _("These jurors have not accepted the undertaking yet, so no entry may reach them:")
    return "\r\n".join([sentence, *seats, ""])
