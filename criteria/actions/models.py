"""Bringing in scoring models, making a version the one in use, and putting it away."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards import journal, moves
from awards.models import Person
from criteria import activation, model_files, model_writing, permissions, preset_files
from criteria.models import ScoringModel
from criteria.scoring import ScoringModel as Tree
from criteria.states import MODEL_MOVES, ModelState


class ModelRefusedError(Exception):
    """Why a scoring model cannot be brought in or activated: one sentence for each reason."""

    def __init__(self, reasons: list[object]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


@transaction.atomic
def import_model(*, tree: Tree, by: Person | None) -> ScoringModel:
    """Keep the model as a draft and write the journal. A draft of the same version is replaced.

    The same version again changes nothing; another content under a version that has been active is refused
    with ModelRefusedError, and so are codes that no address could carry. `by` is None at the command line.
    """
    if by is not None:
        permissions.may_manage_models(by).require()
    if misnamed := list(activation.check_names(tree)):
        raise ModelRefusedError(misnamed[:1])
    definition = model_writing.dump(tree)
    row = ScoringModel.objects.select_for_update().filter(code=tree.code, version=tree.version).first()
    if row is not None and row.definition == definition:
        return row
    if row is not None and row.state != ModelState.DRAFT:
        reason = _("Version {version} of {code} has been in use and never changes. Give yours a new number.")
        raise ModelRefusedError([format_lazy(reason, version=tree.version, code=tree.code)])
    row = row or ScoringModel(code=tree.code, version=tree.version)
    row.title_sv, row.title_en = tree.title.sv or tree.title.en, tree.title.en
    row.definition = definition
    row.save()
    journal.record("import_model", row, by=by, code=tree.code, version=tree.version)
    return row


@transaction.atomic
def activate_model(*, model: ScoringModel, by: Person | None) -> ScoringModel:
    """Make a draft the version that rounds may use. ModelRefusedError lists what the check found."""
    if by is not None:
        permissions.may_activate_model(by, model).require()
    problems = activation.check(model_files.parse(model.definition))
    if problems:
        raise ModelRefusedError(problems)
    return _move(model, "activate_model", by)


@transaction.atomic
def retire_model(*, model: ScoringModel, by: Person | None) -> ScoringModel:
    """Put an active version away: no new round may use it, earlier rounds keep it."""
    if by is not None:
        permissions.may_retire_model(by, model).require()
    return _move(model, "retire_model", by)


def load_presets(*, by: Person | None = None) -> list[ScoringModel]:
    """Bring in and activate every model that comes with the product; a second run changes nothing."""
    rows = []
    for code in preset_files.preset_codes():
        row = import_model(tree=preset_files.preset(code), by=by)
        rows.append(activate_model(model=row, by=by) if row.state == ModelState.DRAFT else row)
    return rows


def _move(model: ScoringModel, verb: str, by: Person | None) -> ScoringModel:
    move = moves.find(MODEL_MOVES, verb)
    if not moves.take(move, model):
        raise ModelRefusedError([move.says])
    journal.record(verb, model, by=by, code=model.code, version=model.version)
    return model
