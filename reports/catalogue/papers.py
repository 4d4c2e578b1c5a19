"""The papers of an edition among its reports: the page orders their jobs, the command writes them at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.catalogue.report import Asked, Report
from reports.papers.binder import binder_pdf
from reports.papers.diplomas import diplomas_pdf
from reports.papers.names import BINDER, DIPLOMAS, PROTOCOL
from reports.papers.protocol import protocol_pdf
from reports.permissions import may_make_papers


def _binder(asked: Asked) -> bytes:
    return binder_pdf(asked.edition, by=asked.by, now=asked.now)


def _protocol(asked: Asked) -> bytes:
    return protocol_pdf(asked.edition, by=asked.by, now=asked.now)


def _diplomas(asked: Asked) -> bytes:
    return diplomas_pdf(asked.edition, by=asked.by, now=asked.now)


REPORTS = tuple(
    Report(
        name,
        title,
        about,
        may=may_make_papers,
        writers={"pdf": writer},
        background=("pdf",),
        ordered_as=kind,
        order=order,
    )
    for order, (name, kind, title, about, writer) in enumerate(
        (
            (
                "binder",
                BINDER,
                _("The jury's binder"),
                _("Every application with its list of files, to print."),
                _binder,
            ),
            (
                "protocol",
                PROTOCOL,
                _("Protocol"),
                _("Jury, recusals, rounds and decision, to be signed."),
                _protocol,
            ),
            ("diplomas", DIPLOMAS, _("Diplomas"), _("One for each nominee, and for the winner."), _diplomas),
        ),
        start=70,
    )
)
