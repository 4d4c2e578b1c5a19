"""What a person is here first of all, and in which edition: the desk is about one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from awards.links import Link
from awards.models import Edition, Person, Role
from awards.states import EditionState, RoleKind, StageState

ORDER = (
    RoleKind.ORGANISER,
    RoleKind.CHAIR,
    RoleKind.DEPUTY,
    RoleKind.JUROR,
    RoleKind.CONTACT,
    RoleKind.OBSERVER,
)


@dataclass(frozen=True)
class Focus:
    """The role and edition that the desk shows, and the ways to the other ones."""

    kind: str  # a RoleKind, or empty for somebody without a role
    edition: Edition | None
    others: tuple[Link, ...] = ()


def focus(person: Person, edition_key: str = "", kind: str = "") -> Focus:
    """The role asked for where it is held, else the weightiest, in the first edition that is running."""
    roles = [role for role in person.roles_held if role.kind in ORDER]
    if not roles:
        return Focus("", None)
    chosen = [role for role in roles if edition_key in ("", role.edition.key) and kind in ("", role.kind)]
    ranked = sorted(chosen or roles, key=_weight)
    first = ranked[0]
    return Focus(first.kind, first.edition, _ways(roles, first))


def _weight(role: Role) -> tuple:
    running = role.edition.state == EditionState.RUNNING
    return ORDER.index(role.kind), not running, role.edition.fair.label_year, role.edition.key


def _ways(roles: list[Role], shown: Role) -> tuple[Link, ...]:
    """The other desks this person has. A juror's and a contact's desk hold all their editions at once."""
    ways = {}
    several = len({role.edition.award_id for role in roles}) > 1
    for role in sorted(roles, key=_weight):
        together = role.kind in (RoleKind.JUROR, RoleKind.CONTACT)
        if role == shown or (together and role.kind == shown.kind):
            continue
        query = f"?role={role.kind}" + ("" if together else f"&edition={role.edition.key}")
        where = "" if together else f", {role.edition.called(with_award=several)}"
        label = f"{role.get_kind_display()}{where}"
        ways.setdefault(query, Link(label, reverse("desk") + query))
    return tuple(ways.values())


def stage_in_hand(edition: Edition):
    """The stage under way, else the last one that has closed, else the first; None where there are none."""
    stages = list(edition.stages.all())
    opened = [stage for stage in stages if stage.state == StageState.OPEN]
    closed = [stage for stage in stages if stage.state == StageState.CLOSED]
    return next(iter(opened), None) or (closed[-1] if closed else next(iter(stages), None))


def stage_after(edition: Edition, stage):
    """The next stage, or None."""
    later = [each for each in edition.stages.all() if stage and each.position > stage.position]
    return later[0] if later else None
