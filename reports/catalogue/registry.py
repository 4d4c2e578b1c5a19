"""The register of reports: rooms of this floor and papers beside them put theirs in when Django starts."""

from __future__ import annotations

from functools import partial

from awards import jobs
from reports.catalogue.report import Report
from reports.exporting import work
from reports.shutting import may_still_fetch

_reports: dict[str, Report] = {}


def register(report: Report) -> Report:
    """Put a report into the register, and its work among what the worker does. Called in apps.py: ready()."""
    _reports[report.name] = report
    jobs.register(report.job_kind, report.title, partial(work, report), report.may, may_still_fetch)
    return report


def named(name: str) -> Report | None:
    """The report of this name, or None."""
    return _reports.get(name)


def forget(name: str) -> None:
    """Take a report out of the register."""
    if report := _reports.pop(name, None):
        jobs.forget(report.job_kind)


def all_reports() -> tuple[Report, ...]:
    """Every report, in the order in which people are shown them."""
    return tuple(sorted(_reports.values(), key=lambda report: (report.order, report.name)))
