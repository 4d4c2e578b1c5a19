"""What the reports keep of people goes when an edition forgets them: what was searched for in its lists."""

from __future__ import annotations

from collections.abc import Collection

from django.http import QueryDict

from awards.models import Edition, Job
from reports.models import ExportReceipt, SavedView

SEARCH = "q"


def forget_searches(edition: Edition, _people: Collection[int]) -> None:
    """Whatever was searched for, a name or an address, goes from receipts, orders and saved views."""
    for receipt in ExportReceipt.objects.filter(edition=edition, filters__has_key=SEARCH):
        ExportReceipt.objects.filter(pk=receipt.pk).update(filters={**receipt.filters, SEARCH: [""]})
    for job in Job.objects.filter(edition=edition, parameters__has_key="query"):
        query = _without_search(job.parameters["query"])
        Job.objects.filter(pk=job.pk).update(parameters={**job.parameters, "query": query})
    for view in SavedView.objects.filter(edition=edition).exclude(query=""):
        SavedView.objects.filter(pk=view.pk).update(query=_without_search(view.query))


def _without_search(query: str) -> str:
    kept = QueryDict(query, mutable=True)
    kept.pop(SEARCH, None)
    return kept.urlencode()
