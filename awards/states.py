"""The lives of editions, stages, letters and jobs as tables; no model, no query."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards.moves import Move


class RoleKind(TextChoices):
    """What a person may be in one edition."""

    ORGANISER = "organiser", _("organiser")
    CHAIR = "chair", _("chair")
    DEPUTY = "deputy", _("deputy chair")
    JUROR = "juror", _("juror")
    OBSERVER = "observer", _("observer")
    CONTACT = "contact", _("contact")


class EntryMode(TextChoices):
    """How entries come into an edition."""

    APPLICATION = "application", _("application")
    OPEN_NOMINATION = "open_nomination", _("open nomination")
    KEY_FIGURES = "key_figures", _("screening on key figures")


class EditionState(TextChoices):
    """Where an edition is in its life."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    CONCLUDED = "concluded", _("concluded")
    ARCHIVED = "archived", _("archived")


ENDED = (EditionState.CONCLUDED, EditionState.CANCELLED, EditionState.ARCHIVED)


class StageKind(TextChoices):
    """What happens in a stage."""

    CALL = "call", pgettext_lazy("stage", "Application")
    SCREENING = "screening", pgettext_lazy("stage", "Screening")
    EXTERNAL_EVALUATION = "external_evaluation", pgettext_lazy("stage", "External evaluation")
    NOMINATION = "nomination", pgettext_lazy("stage", "Nomination")
    HEARING = "hearing", pgettext_lazy("stage", "Hearing")
    SITE_VISIT = "site_visit", pgettext_lazy("stage", "Site visit")
    SCORING = "scoring", pgettext_lazy("stage", "Scoring")
    CONSENSUS = "consensus", pgettext_lazy("stage", "Consensus")
    DECISION = "decision", pgettext_lazy("stage", "Decision")
    CEREMONY = "ceremony", pgettext_lazy("stage", "Ceremony")
    FEEDBACK = "feedback", pgettext_lazy("stage", "Feedback")
    ARCHIVE = "archive", pgettext_lazy("stage", "Archive")


AFTERWARDS = (StageKind.CEREMONY, StageKind.FEEDBACK, StageKind.ARCHIVE)  # that may outlast the edition
WRITING_STAGES = (StageKind.CALL, StageKind.NOMINATION)  # in which the municipalities write


class StageState(TextChoices):
    """Whether a stage lies ahead, is under way or is behind."""

    AHEAD = "ahead", _("ahead")
    OPEN = "open", _("under way")
    CLOSED = "closed", _("closed")


class DateStatus(TextChoices):
    """What a recorded date was: the first plan, a moved plan, or what happened."""

    PLANNED = "planned", _("planned")
    MOVED = "moved", _("moved to")
    HELD = "held", _("held")


CEREMONY = "ceremony"  # what an edition's most important date is called


class LetterState(TextChoices):
    """Where a letter is on its way."""

    DRAFT = "draft", _("waits for approval")
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    KEPT = "kept", _("in the rehearsal's inbox")


class LetterPurpose(TextChoices):
    """The letters whose words an organiser may change."""

    INVITATION_CONTACT = "invitation-contact", _("Invitation to a municipality's contact")
    INVITATION_JURY = "invitation-jury", _("Invitation to the jury or the organisers")
    REMINDER_CONTACT = "reminder-contact", _("Reminder to contacts")
    REMINDER_JUROR = "scoring_reminder", _("Reminder to jurors")
    NOMINATED = "nominated", _("Nominated")
    NOT_NOMINATED = "not-nominated", _("Not nominated")
    RESULT = "result", _("The result")
    DECISION_OUTCOME = "decision-outcome", _("The jury's decision, to the contacts")
    DECISION_PUBLISHED = "decision-published", _("The decision is public, to the jury")
    FREE = "free", _("A letter of your own")


class JobState(TextChoices):
    """Where a background job is."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


ORGANISER = (RoleKind.ORGANISER,)
E, S = EditionState, StageState

EDITION_MOVES = (
    Move("open", (E.PLANNED,), E.RUNNING, ORGANISER, _("The edition is already open.")),
    Move("pause", (E.RUNNING,), E.PAUSED, ORGANISER, _("Only a running edition can be paused.")),
    Move("resume", (E.PAUSED, E.POSTPONED), E.RUNNING, ORGANISER, _("The edition is not paused.")),
    Move("resume_unopened", (E.POSTPONED,), E.PLANNED, ORGANISER, _("The edition is not paused.")),
    Move(
        "postpone",
        (E.PLANNED, E.RUNNING, E.PAUSED, E.POSTPONED),
        E.POSTPONED,
        ORGANISER,
        _("The edition has already ended."),
    ),
    Move(
        "cancel",
        (E.PLANNED, E.RUNNING, E.PAUSED, E.POSTPONED),
        E.CANCELLED,
        ORGANISER,
        _("The edition has already ended."),
    ),
    Move("conclude", (E.RUNNING,), E.CONCLUDED, ORGANISER, _("Only a running edition can be concluded.")),
    Move(
        "archive",
        (E.CONCLUDED, E.CANCELLED),
        E.ARCHIVED,
        ORGANISER,
        _("Only an ended edition can be archived."),
    ),
)

STAGE_MOVES = (
    Move("open_stage", (S.AHEAD,), S.OPEN, ORGANISER, _("The stage has already opened.")),
    Move("close_stage", (S.OPEN,), S.CLOSED, ORGANISER, _("Only an open stage can be closed.")),
    Move("reopen_stage", (S.CLOSED,), S.OPEN, ORGANISER, _("Only a closed stage can be reopened.")),
)
