"""Who may take the jury's files out: one verdict a verb."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Person
from awards.states import RoleKind
from awards.verdicts import YES, Verdict, no
from nominees.permissions import may_import_entries, may_import_evaluations

EXTERNAL = "evaluations"
LEADS = (RoleKind.ORGANISER, RoleKind.CHAIR, RoleKind.DEPUTY)


def may_download_for_the_jury(user: Person, edition: Edition | None) -> Verdict:
    """Whether the person may have all nominations as a workbook: organiser, chair and deputy."""
    if edition is not None and user.holds(edition, *LEADS):
        return YES
    return no(_("Only the edition's organiser and chair download for the whole jury."))


def may_order_pack(user: Person, edition: Edition | None) -> Verdict:
    """Whether the person may have every juror's workbook packed: the organiser of the edition."""
    if edition is not None and user.holds(edition, RoleKind.ORGANISER):
        return YES
    return no(_("Only the edition's organiser packs the jurors' workbooks."))


def organises(user: Person, edition: Edition) -> Verdict:
    """Whether the person organises this edition."""
    if user.holds(edition, RoleKind.ORGANISER):
        return YES
    return no(_("Only the edition's organiser may do this."))


def organises_something(user: Person) -> Verdict:
    """Whether the person organises any edition."""
    if user.is_superuser or any(role.kind == RoleKind.ORGANISER for role in user.roles_held):
        return YES
    return no(_("Only an edition's organiser may do this."))


def may_import(user: Person, edition: Edition, kind: str) -> Verdict:
    """Whether the person may bring in a list of this kind: the organiser of the edition, while it lives."""
    return may_import_evaluations(user, edition) if kind == EXTERNAL else may_import_entries(user, edition)
