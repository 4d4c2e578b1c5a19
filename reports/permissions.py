"""Who may take files out, and who may change a saved view: one verdict a verb."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Job, JournalEntry, Person, Role
from awards.moves import find
from awards.permissions import may_move_edition, may_organise
from awards.states import EDITION_MOVES, EditionState, JobState, RoleKind
from awards.verdicts import YES, Verdict, first_refusal, no
from criteria.models import Assignment, Round
from criteria.permissions import may_see_standings
from criteria.progress import latest_round
from criteria.readings import hidden_from
from criteria.states import LEADS, RoundState
from nominees.permissions import may_import_entries, may_import_evaluations
from reports.models import ExportReceipt, SavedView
from reports.papers.reach import shut_to

EXTERNAL = "evaluations"
PACKAGE = "edition_package"  # the kind of job, and what its receipt is called
CLOSED = (RoundState.CLOSED, RoundState.REVEALED)
ENDS = ("conclude_edition", "cancel_edition")  # the journal's words for it


def may_download_for_the_jury(user: Person, edition: Edition | None) -> Verdict:
    """Whether the person may have all nominations as a workbook: organiser, chair and deputy."""
    if edition is not None and user.holds(edition, *LEADS):
        return YES
    return no(_("Only the edition's organiser and chair download for the whole jury."))


def may_order_pack(user: Person, edition: Edition | None) -> Verdict:
    """Whether the person may have every juror's workbook packed: the organiser, to whom no entry is shut."""
    if edition is None or not user.holds(edition, RoleKind.ORGANISER):
        return no(_("Only the edition's organiser packs the jurors' workbooks."))
    if shut_to(user, edition, timezone.now()):
        return no(
            _(
                "An entry is closed to you. Another organiser packs the workbooks; "
                "each juror can fetch their own."
            )
        )
    return YES


def may_take_out_scores(user: Person | None, edition: Edition) -> Verdict:
    """Whether the latest round's scores may leave as a file: the organiser, once the scoring has closed.

    The operator at the server's own terminal (None) has the database anyway, and is not held up by the seal.
    """
    if not (verdict := may_organise(user, edition)):
        return verdict
    return _may_take_out(user, edition, latest_round(edition))


def may_take_out_closed_scores(user: Person | None, edition: Edition) -> Verdict:
    """Whether the scores of the rounds that have closed may leave: also while a later one takes scores."""
    if not (verdict := may_organise(user, edition)):
        return verdict
    rounds = list(Round.objects.filter(edition=edition).order_by("position"))
    closed = [each for each in rounds if each.state in CLOSED]
    return _may_take_out(user, edition, next(iter(closed or rounds), None))


def _may_take_out(user: Person | None, edition: Edition, scoring_round: Round | None) -> Verdict:
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


# Papers ---------------------------------------------------------------------------------------------
def may_make_papers(user: Person | None, edition: Edition | None) -> Verdict:
    """Whether the person may have the edition's papers made: its organiser, or the operator (None)."""
    return YES if user is None else organises(user, edition)


def may_carry_own(user: Person, edition: Edition | None) -> Verdict:
    """Whether the person may have what they read as a juror on paper: there is something open to them."""
    if edition is not None and Assignment.objects.open_to(user).filter(round__edition=edition).exists():
        return YES
    return no(_("Nothing in this edition is open to you as a juror."))


# The end of an edition ------------------------------------------------------------------------------
def may_see_archive(user: Person, edition: Edition) -> Verdict:
    """Whether the person may see what is kept: the organiser, also when the edition has been archived."""
    if user.holds(edition, RoleKind.ORGANISER) or _organised_to_the_end(user, edition):
        return YES
    return no(_("Only the edition's organiser puts it away."))


def may_build_package(user: Person, edition: Edition | None) -> Verdict:
    """Whether the person may have the whole edition in one file: nothing is sealed or closed to them.

    Also once the edition is archived: a package that failed or was lost is built again.
    """
    if edition is None or not may_see_archive(user, edition):
        return no(_("Only the edition's organiser puts it away."))
    sealed = Round.objects.filter(edition=edition, state=RoundState.OPEN)  # a planned one holds no scores
    return first_refusal(
        no(_("The scoring is sealed until it closes. Close it first.")) if sealed.exists() else YES,
        no(_("You stand aside from an entry. Another organiser, or the operator, builds the package."))
        if hidden_from(user, edition)
        else YES,
    )


def may_put_away(user: Person, edition: Edition) -> Verdict:
    """Whether the edition may be archived now: it has ended, and its package is not being built."""
    being_built = Job.objects.filter(
        edition=edition, kind=PACKAGE, state__in=(JobState.QUEUED, JobState.RUNNING)
    )
    return first_refusal(
        may_move_edition(user, edition, find(EDITION_MOVES, "archive")),
        no(_("The package is being built. Wait until it is finished.")) if being_built.exists() else YES,
    )


def has_package(edition: Edition) -> bool:
    """Whether a package was finished since the edition ended, by the page or by the server's command."""
    ends = JournalEntry.objects.filter(edition_id=edition.pk, verb__in=ENDS).order_by("at")
    ended_at = ends.values_list("at", flat=True).last()
    ordered = Job.objects.filter(edition=edition, kind=PACKAGE, state=JobState.DONE)
    written = ExportReceipt.objects.filter(edition=edition, report=PACKAGE, person=None)
    if ended_at is not None:
        ordered, written = ordered.filter(created_at__gte=ended_at), written.filter(at__gte=ended_at)
    return ordered.exists() or written.exists()


def is_last_organised(user: Person, edition: Edition) -> bool:
    """Whether the person organises no other edition of the award, and so sets up none without this one."""
    others = (
        role.edition.award_id
        for role in user.roles_held
        if role.kind == RoleKind.ORGANISER and role.edition_id != edition.pk
    )
    return not user.is_superuser and edition.award_id not in others


def _organised_to_the_end(user: Person, edition: Edition) -> bool:
    if edition.state != EditionState.ARCHIVED:
        return False
    roles = Role.objects.filter(edition=edition, person=user, kind=RoleKind.ORGANISER)
    return roles.filter(ended_at=None).exists()


def organises(user: Person, edition: Edition | None) -> Verdict:
    """Whether the person organises this edition."""
    if edition is not None and user.holds(edition, RoleKind.ORGANISER):
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
