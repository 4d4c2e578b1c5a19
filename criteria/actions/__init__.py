"""Every write of the criteria floor, by noun."""

from criteria.actions.assignments import assign_everybody, assign_jurors, assign_one, unassign_one
from criteria.actions.feedback import (
    release_feedback,
    reopen_feedback,
    reply_to_feedback,
    review_feedback,
    save_feedback,
    withdraw_feedback,
)
from criteria.actions.imports import SheetsMovedError, import_sheets
from criteria.actions.models import (
    ModelRefusedError,
    activate_model,
    import_model,
    load_presets,
    retire_model,
)
from criteria.actions.recusals import lift_recusal, recuse
from criteria.actions.reminders import remind_jurors
from criteria.actions.rounds import (
    close_round,
    extend_round,
    open_round,
    plan_round,
    reopen_round,
    reveal_round,
)
from criteria.actions.sheets import Conflict, Saved, finish_sheet, reopen_sheet, save_sheet
from criteria.actions.undertakings import (
    accept_undertaking,
    issue_undertaking,
    tell_tie,
    withdraw_tie,
)

__all__ = [
    "Conflict", "ModelRefusedError", "Saved", "SheetsMovedError", "accept_undertaking", "activate_model",
    "assign_everybody", "assign_jurors", "assign_one", "close_round", "extend_round", "finish_sheet",
    "import_model", "import_sheets", "issue_undertaking", "lift_recusal", "load_presets", "open_round",
    "plan_round", "recuse", "release_feedback", "remind_jurors", "reopen_feedback", "reopen_round",
    "reopen_sheet", "reply_to_feedback", "retire_model", "reveal_round", "review_feedback", "save_feedback",
    "save_sheet", "tell_tie", "unassign_one", "withdraw_feedback", "withdraw_tie",
]  # fmt: skip
