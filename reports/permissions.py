"""Who may take files out, and who may change a saved view: one verdict a verb."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Person
from awards.permissions import may_organise
from awards.states import RoleKind
from awards.verdicts import YES, Verdict, no
from criteria.permissions import may_see_standings
from criteria.progress import latest_round
from reports.models import SavedView

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


def may_take_out_scores(user: Person | None, edition: Edition) -> Verdict:
    """Whether every score may leave as a file: the organiser, once individual scoring has closed.

    The operator at the server's own terminal (None) has the database anyway, and is not held up by the seal.
    """
    if not (verdict := may_organise(user, edition)):
        return verdict
    scoring_round = latest_round(edition)
    if scoring_round is None:
        return no(_("The edition has no round of scoring yet."))
    scoring_round.edition = edition
    return YES if user is None else may_see_standings(user, scoring_round)


def may_save_view(user: Person, edition: Edition) -> Verdict:
    """Whether the person may save a view of the edition's lists."""
    return may_organise(user, edition)


def may_change_view(user: Person, view: SavedView) -> Verdict:
    """Whether the person may rename or delete a view: its owner, and every organiser where it is shared."""
    if view.owner_id != user.pk and not view.is_shared:
        return no(_("This view belongs to somebody else."))
    return may_organise(user, view.edition)
