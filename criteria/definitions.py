"""A scoring model's row as the tree that is reckoned with, parsed once for each version."""

from __future__ import annotations

from criteria import model_files
from criteria.models import ScoringModel
from criteria.scoring import ScoringModel as Tree
from criteria.states import ModelState

KEPT = 64
_parsed: dict[tuple, Tree] = {}


def tree_of(row: ScoringModel) -> Tree:
    """The model as a tree. An active version never changes, so its tree (and its plan) is kept and shared."""
    if row.state == ModelState.DRAFT:
        return model_files.parse(row.definition)
    key = (row.pk, row.code, row.version, row.created_at)
    if key not in _parsed:
        while len(_parsed) >= KEPT:
            _parsed.pop(next(iter(_parsed)), None)
        _parsed[key] = model_files.parse(row.definition)
    return _parsed[key]
