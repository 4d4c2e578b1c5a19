"""Who looks after scoring models."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from awards.models import Person
from awards.moves import find
from awards.states import RoleKind
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria.models import (
    ScoringModel,
)
from criteria.permissions.roles import in_source
from criteria.states import (
    MODEL_MOVES,
)


def may_manage_models(user: Person) -> Verdict:
    """Whether the person may bring in, activate and retire scoring models: organisers of any edition."""
    if user.is_superuser or any(role.kind == RoleKind.ORGANISER for role in user.roles_held):
        return YES
    return no(_("Only organisers look after scoring models."))


def may_activate_model(user: Person, model: ScoringModel) -> Verdict:
    """Whether a draft may become the version that rounds use."""
    return first_refusal(may_manage_models(user), in_source(find(MODEL_MOVES, "activate_model"), model.state))


def may_retire_model(user: Person, model: ScoringModel) -> Verdict:
    """Whether an active version may be put away; rounds that use it keep it."""
    return first_refusal(may_manage_models(user), in_source(find(MODEL_MOVES, "retire_model"), model.state))
