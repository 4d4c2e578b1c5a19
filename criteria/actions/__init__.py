"""Every write of the criteria floor, by noun."""

from criteria.actions.assignments import assign_everybody, assign_jurors, assign_one, unassign_one
from criteria.actions.models import (
    ModelRefusedError,
    activate_model,
    import_model,
    load_presets,
    retire_model,
)
from criteria.actions.recusals import lift_recusal, recuse
from criteria.actions.rounds import (
    close_round,
    extend_round,
    open_round,
    plan_round,
    reopen_round,
    reveal_round,
)
from criteria.actions.sheets import Conflict, Saved, finish_sheet, reopen_sheet, save_sheet

__all__ = [
    "Conflict", "ModelRefusedError", "Saved", "activate_model", "assign_everybody", "assign_jurors",
    "assign_one", "close_round",
    "extend_round", "finish_sheet", "import_model", "lift_recusal", "load_presets", "open_round",
    "plan_round", "recuse", "reopen_round", "reopen_sheet", "retire_model", "reveal_round", "save_sheet",
    "unassign_one",
]  # fmt: skip
