"""Whether stages follow one another in time: no later stage opens, or closes, before an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Span:
    """When a stage opens and closes, as far as that is planned; `what` is its name in words."""

    what: object
    opens_at: datetime | None
    closes_at: datetime | None


def trouble(spans: Iterable[Span]) -> object:
    """What is impossible about these stages in their order, as one sentence; empty when all is well.

    Stages may overlap: a hearing is held while others score. They may not run backwards.
    """
    earlier_open: Span | None = None
    earlier_close: Span | None = None
    for span in spans:
        if span.opens_at and span.closes_at and span.closes_at <= span.opens_at:
            return format_lazy(_("“{stage}” must close after it opens."), stage=span.what)
        if earlier_open and span.opens_at and span.opens_at < earlier_open.opens_at:
            sentence = _("“{later}” cannot open before “{earlier}”, which comes first.")
            return format_lazy(sentence, later=span.what, earlier=earlier_open.what)
        if earlier_close and span.closes_at and span.closes_at < earlier_close.closes_at:
            sentence = _("“{later}” cannot close before “{earlier}”, which comes first.")
            return format_lazy(sentence, later=span.what, earlier=earlier_close.what)
        earlier_open = span if span.opens_at else earlier_open
        earlier_close = span if span.closes_at else earlier_close
    return ""
