"""The life of a nomination as a table, and the words its parts use; no model, no query."""

from __future__ import annotations

from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.moves import Move
from awards.states import ENDED, RoleKind, StageKind


class Route(TextChoices):
    """How an entry came in."""

    APPLICATION = "application", _("application")
    OPEN_NOMINATION = "open_nomination", _("nominated by others")
    KEY_FIGURES = "key_figures", _("screening on key figures")


class NominationState(TextChoices):
    """Where the work on an entry stands; what became of it is told by its events."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    REOPENED = "reopened", _("reopened")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HISTORIC = "historic", _("from the history")


LEFT = (NominationState.WITHDRAWN, NominationState.DECLINED)  # no part of what is scored and decided any more


class EventKind(TextChoices):
    """What can happen to an entry."""

    APPLIED = "applied", pgettext_lazy("event", "Applied")
    SUBMITTED = "submitted", pgettext_lazy("event", "Submitted")
    SUPPLEMENTED = "supplemented", pgettext_lazy("event", "Supplemented")
    REOPENED = "reopened", pgettext_lazy("event", "Reopened")
    INELIGIBLE = "ineligible", pgettext_lazy("event", "Ineligible")
    NOT_NOMINATED = "not_nominated", pgettext_lazy("event", "Not nominated")
    NOMINATED = "nominated", pgettext_lazy("event", "Nominated")
    ACCEPTED = "accepted", pgettext_lazy("event", "Accepted")
    DECLINED = "declined", pgettext_lazy("event", "Declined")
    FINAL_NOMINATED = "final_nominated", pgettext_lazy("event", "Finally nominated")
    WITHDREW = "withdrew", pgettext_lazy("event", "Withdrew")
    WON = "won", pgettext_lazy("event", "Won")
    HONOURED = "honoured", pgettext_lazy("event", "Honourable mention")


# What the organiser decides about an entry: nobody but organisers reads it before it is told.
DECIDED = (
    EventKind.INELIGIBLE,
    EventKind.NOT_NOMINATED,
    EventKind.NOMINATED,
    EventKind.FINAL_NOMINATED,
    EventKind.WON,
    EventKind.HONOURED,
)


def is_told(route: str, published_at: datetime | None, edition_state: str, now: datetime) -> bool:
    """Whether a municipality knows what is decided about its entry.

    That others have nominated it, it is asked about; else publication tells it, or the edition's end.
    """
    published = published_at is not None and published_at <= now
    return published or route != Route.APPLICATION or edition_state in ENDED


class Outcome(TextChoices):
    """What an entry came to, derived from its events; the strongest first."""

    WON = "won", pgettext_lazy("outcome", "Won")
    HONOURED = "honoured", pgettext_lazy("outcome", "Honourable mention")
    WITHDREW = "withdrew", pgettext_lazy("outcome", "Withdrew")
    DECLINED = "declined", pgettext_lazy("outcome", "Declined")
    NOMINATED = "nominated", pgettext_lazy("outcome", "Nominated")
    NOT_NOMINATED = "not_nominated", pgettext_lazy("outcome", "Not nominated")
    APPLIED = "applied", pgettext_lazy("outcome", "Applied")


# SKR's municipality groups of 2023.
GROUPS = [
    ("A1", _("A1 large cities")),
    ("A2", _("A2 commuting municipalities near large cities")),
    ("B3", _("B3 medium-sized towns")),
    ("B4", _("B4 commuting municipalities near medium-sized towns")),
    ("B5", _("B5 low-commuting municipalities near medium-sized towns")),
    ("C6", _("C6 small towns")),
    ("C7", _("C7 commuting municipalities near small towns")),
    ("C8", _("C8 rural municipalities")),
    ("C9", _("C9 rural municipalities with a visitor industry")),
]


class DatePrecision(TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("unknown")


class Direction(TextChoices):
    """Whom an improvement area is for."""

    OUTWARD = "outward", _("outward")
    INWARD = "inward", _("inward")


class Continuation(TextChoices):
    """What became of the area of the last nomination."""

    CONTINUED = "continued", _("continued")
    ACHIEVED = "achieved", _("achieved")
    DROPPED = "dropped", _("dropped")


class ContactLevel(TextChoices):
    """What a contact may do with the municipality's entries."""

    VIEWER = "viewer", _("reads")
    EDITOR = "editor", _("writes")
    SUBMITTER = "submitter", _("writes and submits")


WRITERS = (ContactLevel.EDITOR, ContactLevel.SUBMITTER)


class QuestionKind(TextChoices):
    """The kinds of questions that the award has used."""

    GRADED = "graded", _("graded item")
    LONG_TEXT = "long_text", _("long text")
    SHORT_TEXT = "short_text", _("short text")
    NUMBER = "number", _("number with unit")
    CHOICE = "choice", _("choice")
    FILE = "file", _("file")
    IMPROVEMENT_AREAS = "improvement_areas", _("improvement areas")
    KEY_FACTS = "key_facts", _("key facts")


class MaterialState(TextChoices):
    """Whether an uploaded file may be opened yet."""

    CHECKING = "checking", _("being checked")
    READY = "ready", _("ready")
    REFUSED = "refused", _("refused")


class Audience(TextChoices):
    """Who reads an answer."""

    JURY = "jury", _("the jury")
    ORGANISER = "organiser", _("the organiser only")
    PUBLIC = "public", _("everyone, once published")


N = NominationState
CONTACT, ORGANISER = (RoleKind.CONTACT,), (RoleKind.ORGANISER,)

NOMINATION_MOVES = (
    Move(
        "submit",
        (N.DRAFT, N.REOPENED, N.ACCEPTED, N.SUBMITTED),
        N.SUBMITTED,
        CONTACT,
        _("This entry can no longer be submitted."),
        (StageKind.CALL, StageKind.NOMINATION),
    ),
    Move("reopen", (N.SUBMITTED,), N.REOPENED, ORGANISER, _("Only a submitted entry can be reopened.")),
    Move(
        "withdraw",
        (N.DRAFT, N.SUBMITTED, N.REOPENED, N.ACCEPTED),
        N.WITHDRAWN,
        CONTACT,
        _("This entry has already left."),
    ),
    Move(
        "accept",
        (N.DRAFT,),
        N.ACCEPTED,
        CONTACT,
        _("This nomination has already been answered."),
        (StageKind.NOMINATION,),
    ),
    Move(
        "decline",
        (N.DRAFT, N.ACCEPTED),
        N.DECLINED,
        CONTACT,
        _("This nomination has already been answered."),
        (StageKind.NOMINATION,),
    ),
)
