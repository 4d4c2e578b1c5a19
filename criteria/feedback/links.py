"""The municipality's last feedback, as the link that follows it into the next application."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.links import Link
from criteria.models import FeedbackReport

NAME = "last_feedback"


def last_feedback() -> Subquery:
    """The entry of the municipality that feedback was last released on; a rehearsal's only in rehearsals."""
    rehearsal = "nomination__edition__is_rehearsal"
    reports = FeedbackReport.objects.released().filter(
        Q(**{rehearsal: False}) | Q(**{rehearsal: OuterRef("edition__is_rehearsal")}),
        nomination__municipality=OuterRef("municipality"),
    )
    return Subquery(reports.order_by("-released_at", "-pk").values("nomination")[:1])


def link(nomination: object) -> Link:
    """To the feedback on this entry (by id)."""
    return Link(_("The jury's last feedback"), reverse("application_feedback", args=[nomination]))
