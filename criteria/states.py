"""The lives of scoring models, rounds and score sheets as tables; no model, no query."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.moves import Move
from awards.states import RoleKind, StageKind


class ModelState(TextChoices):
    """Where a scoring model's version is."""

    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")
    RETIRED = "retired", _("retired")


class RoundState(TextChoices):
    """Where a round of scoring is."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    REVEALED = "revealed", _("revealed")


SEALED = (RoundState.PLANNED, RoundState.OPEN)  # nobody reads another's scores until these are over


class SheetState(TextChoices):
    """Where a juror's sheet for one entry is; no sheet at all means not begun."""

    DRAFT = "draft", _("draft")
    DONE = "done", _("done")


class ScoreRoom(TextChoices):
    """The kinds of pages where others than the juror read what a juror gave."""

    STANDINGS = "standings", _("the standings")
    STATISTICS = "statistics", _("the statistics")
    WHAT_IF = "what_if", _("other weights")
    MEETING = "meeting", _("the consensus meeting")
    DECISION = "decision", _("the decision")
    FEEDBACK = "feedback", _("the feedback")


class ScoreSource(TextChoices):
    """Which way a score came in."""

    WEB = "web", _("the site")
    WORKBOOK = "workbook", _("the workbook")
    IMPORT = "import", _("import")
    DEMONSTRATION = "demonstration", _("the demonstration")
    CONSENSUS = "consensus", _("the consensus meeting")


class MeetingState(TextChoices):
    """Where a consensus meeting is; no meeting at all means that it has not been opened."""

    OPEN = "open", _("under way")
    CLOSED = "closed", _("closed")


class DecisionState(TextChoices):
    """Where a decision is. That it has been replaced follows from the one that replaces it."""

    DRAFT = "draft", pgettext_lazy("decision", "draft")
    PROPOSED = "proposed", pgettext_lazy("decision", "proposed")
    CONFIRMED = "confirmed", pgettext_lazy("decision", "confirmed")
    ANNOUNCED = "announced", pgettext_lazy("decision", "announced")


class PublicationState(TextChoices):
    """Where the publishing of a decision is."""

    WAITING = "waiting", pgettext_lazy("publication", "waits for its time")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    STOPPED = "stopped", pgettext_lazy("publication", "stopped")
    TAKEN_BACK = "taken_back", pgettext_lazy("publication", "taken back")
    REPLACED = "replaced", pgettext_lazy("publication", "replaced by a later decision")


class StopReason(TextChoices):
    """Why a planned publication did not happen."""

    BY_HAND = "by_hand", _("The organiser stopped it.")
    NOT_RUNNING = "not_running", _("The edition was not running when the time came.")
    CORRECTED = "corrected", _("A new decision was begun that replaces this one.")
    NOT_CONFIRMED = "not_confirmed", _("The decision was no longer the one in force.")
    LEFT = "left", _("An entry that the decision lets win or honours has left. The jury must decide anew.")


IN_HAND = (DecisionState.DRAFT, DecisionState.PROPOSED)


class DecidedOutcome(TextChoices):
    """What a decision gives an entry."""

    WINNER = "winner", pgettext_lazy("decision", "Winner")
    SHARED_WINNER = "shared_winner", pgettext_lazy("decision", "Shared win")
    HONOURED = "honoured", pgettext_lazy("decision", "Honourable mention")
    RANKED = "ranked", pgettext_lazy("decision", "Place in the order")
    NOMINATED = "nominated", pgettext_lazy("decision", "Nominated")
    NOT_NOMINATED = "not_nominated", pgettext_lazy("decision", "Not nominated")


class RecusalReason(TextChoices):
    """Why a juror leaves an entry to the others."""

    HOME = "home", _("lives in the municipality")
    EMPLOYER = "employer", _("is or was employed there")
    ELECTED = "elected", _("is or was elected there")
    COUNTY = "county", _("works in the same county")
    CONSULTANT = "consultant", _("has been a consultant there")
    EVALUATOR = "evaluator", _("has evaluated the municipality")
    CLOSE = "close", _("is close to somebody concerned")
    OTHER = "other", _("another reason")


class FeedbackState(TextChoices):
    """Where a municipality's feedback report is; no report at all means not begun."""

    DRAFT = "draft", pgettext_lazy("feedback", "draft")
    REVIEWED = "reviewed", pgettext_lazy("feedback", "reviewed")
    RELEASED = "released", pgettext_lazy("feedback", "released")


R, SH = RoundState, SheetState
ORGANISER, JUROR = (RoleKind.ORGANISER,), (RoleKind.JUROR,)
LEADS = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.ORGANISER)  # who lead the jury's work
PEN = (RoleKind.CHAIR, RoleKind.DEPUTY)  # the deputy where the chair stands aside or is absent

M = ModelState
MODEL_MOVES = (
    Move("activate_model", (M.DRAFT,), M.ACTIVE, ORGANISER, _("This version is already active.")),
    Move("retire_model", (M.ACTIVE,), M.RETIRED, ORGANISER, _("Only an active version can be retired.")),
)

ROUND_MOVES = (
    Move("open_round", (R.PLANNED,), R.OPEN, ORGANISER, _("The round has already opened.")),
    Move("close_round", (R.OPEN,), R.CLOSED, LEADS, _("Only an open round can be closed.")),
    Move(
        "reopen_round",
        (R.CLOSED,),
        R.OPEN,
        ORGANISER,
        _("Only a closed round that is not revealed can be reopened."),
    ),
    Move("reveal_round", (R.CLOSED,), R.REVEALED, LEADS, _("Only a closed round can be revealed.")),
)

SHEET_MOVES = (
    Move(
        "finish_sheet",
        (SH.DRAFT,),
        SH.DONE,
        JUROR,
        _("This sheet is already marked as done."),
        (StageKind.SCORING,),
    ),
    Move(
        "reopen_sheet",
        (SH.DONE,),
        SH.DRAFT,
        JUROR,
        _("This sheet is not marked as done."),
        (StageKind.SCORING,),
    ),
)

F = FeedbackState
FEEDBACK_MOVES = (
    Move(
        "review_feedback",
        (F.DRAFT,),
        F.REVIEWED,
        ORGANISER,
        _("Only a draft can be marked as reviewed."),
    ),
    Move(
        "reopen_feedback",
        (F.REVIEWED,),
        F.DRAFT,
        ORGANISER,
        _("Only reviewed feedback that has not been released can be opened again."),
    ),
    Move(
        "release_feedback",
        (F.REVIEWED,),
        F.RELEASED,
        ORGANISER,
        _("Only reviewed feedback can be released."),
    ),
    Move(
        "withdraw_feedback",
        (F.RELEASED,),
        F.DRAFT,
        ORGANISER,
        _("Only released feedback can be withdrawn."),
    ),
)

MS = MeetingState
MEETING_MOVES = (
    Move("close_meeting", (MS.OPEN,), MS.CLOSED, LEADS, _("Only a meeting under way can be closed.")),
    Move("reopen_meeting", (MS.CLOSED,), MS.OPEN, LEADS, _("Only a closed meeting can be opened again.")),
)

D = DecisionState
DECISION_MOVES = (
    Move("propose_decision", (D.DRAFT,), D.PROPOSED, PEN, _("Only a draft can be proposed.")),
    Move("return_decision", (D.PROPOSED,), D.DRAFT, LEADS, _("Only a proposed decision can be sent back.")),
    Move(
        "confirm_decision", (D.PROPOSED,), D.CONFIRMED, LEADS, _("Only a proposed decision can be confirmed.")
    ),
    Move(
        "announce_decision",
        (D.CONFIRMED,),
        D.ANNOUNCED,
        ORGANISER,
        _("Only a confirmed decision can be announced, and once."),
    ),
    Move(
        "take_announcement_back",
        (D.ANNOUNCED,),
        D.CONFIRMED,
        ORGANISER,
        _("Only an announced decision can be taken back."),
    ),
)

P = PublicationState
PUBLICATION_MOVES = (
    Move("publish", (P.WAITING,), P.PUBLISHED, ORGANISER, _("This publication no longer waits.")),
    Move("stop_publication", (P.WAITING,), P.STOPPED, ORGANISER, _("Only what waits can be stopped.")),
    Move(
        "unpublish", (P.PUBLISHED,), P.TAKEN_BACK, ORGANISER, _("Only what is published can be taken back.")
    ),
    Move(
        "replace_publication",
        (P.PUBLISHED,),
        P.REPLACED,
        ORGANISER,
        _("Only what is published can be replaced."),
    ),
)
