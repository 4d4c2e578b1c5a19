"""Every write of the criteria floor, by noun."""

from criteria.actions.announcements import announce_decision, take_announcement_back
from criteria.actions.assignments import assign_everybody, assign_jurors, assign_one, unassign_one
from criteria.actions.decisions import (
    confirm_decision,
    correct_decision,
    discard_decision,
    draft_decision,
    latest_decision,
    propose_decision,
    return_decision,
    save_decision,
    set_four_eyes,
)
from criteria.actions.feedback import (
    release_feedback,
    reopen_feedback,
    reply_to_feedback,
    review_feedback,
    save_feedback,
    withdraw_feedback,
)
from criteria.actions.imports import SheetsMovedError, import_sheets
from criteria.actions.meetings import (
    Agreement,
    AgreementConflict,
    Wish,
    agree,
    close_meeting,
    note_attendance,
    open_meeting,
    order_ties,
    reopen_meeting,
)
from criteria.actions.models import (
    ModelRefusedError,
    activate_model,
    import_model,
    load_presets,
    retire_model,
)
from criteria.actions.publications import (
    HasChanged,
    plan_publication,
    publish_due,
    stop_publication,
    unpublish,
)
from criteria.actions.readings import note_reading
from criteria.actions.recusals import clear_conflict, lift_recusal, recuse
from criteria.actions.reminders import remind_jurors
from criteria.actions.rounds import (
    change_round_model,
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
    "Agreement",
    "AgreementConflict",
    "Conflict",
    "HasChanged",
    "ModelRefusedError",
    "Saved",
    "SheetsMovedError",
    "Wish",
    "accept_undertaking",
    "activate_model",
    "agree",
    "announce_decision",
    "assign_everybody",
    "assign_jurors",
    "assign_one",
    "change_round_model",
    "clear_conflict",
    "close_meeting",
    "close_round",
    "confirm_decision",
    "correct_decision",
    "discard_decision",
    "draft_decision",
    "extend_round",
    "finish_sheet",
    "import_model",
    "import_sheets",
    "issue_undertaking",
    "latest_decision",
    "lift_recusal",
    "load_presets",
    "note_attendance",
    "note_reading",
    "open_meeting",
    "open_round",
    "order_ties",
    "plan_publication",
    "plan_round",
    "propose_decision",
    "publish_due",
    "recuse",
    "release_feedback",
    "remind_jurors",
    "reopen_feedback",
    "reopen_meeting",
    "reopen_round",
    "reopen_sheet",
    "reply_to_feedback",
    "retire_model",
    "return_decision",
    "reveal_round",
    "review_feedback",
    "save_decision",
    "save_feedback",
    "save_sheet",
    "set_four_eyes",
    "stop_publication",
    "take_announcement_back",
    "tell_tie",
    "unassign_one",
    "unpublish",
    "withdraw_feedback",
    "withdraw_tie",
]  # fmt: skip
