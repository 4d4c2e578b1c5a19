"""The one way in which a receipt is kept: who took which file out, with a line in the journal."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from awards.journal import record
from awards.models import Edition, Person
from reports.models import ExportReceipt


@transaction.atomic(savepoint=False)
def keep_receipt(
    *,
    report: str,
    format: str,  # noqa: A002 - the field's name
    edition: Edition,
    rows: int,
    sha256: str,
    by: Person | None,
    **more: object,
) -> ExportReceipt:
    """Note who took what out; `more` is filters, details and at, where there is any of them.

    Every download that is not public leaves one; its journal line says which report in which format.
    """
    receipt = ExportReceipt.objects.create(
        person=by,
        edition=edition,
        report=report,
        format=format,
        rows=rows,
        sha256=sha256,
        at=more.pop("at", None) or timezone.now(),
        **more,
    )
    record("export_report", receipt, by=by, edition=edition, report=report, format=format, rows=rows)
    return receipt
