"""What a list of the jury would do: who is invited to which seat, and which seats are said anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Invitation, Role
from awards.states import RoleKind
from reports.importing import values
from reports.importing.rows import Cells, Change, Row, Sheet, differing, each_row

ROLES = {
    "ledamot": RoleKind.JUROR,
    "ordförande": RoleKind.CHAIR,
    "vice ordförande": RoleKind.DEPUTY,
    "observatör": RoleKind.OBSERVER,
    "juror": RoleKind.JUROR,
    "chair": RoleKind.CHAIR,
    "deputy chair": RoleKind.DEPUTY,
    "deputy": RoleKind.DEPUTY,
    "observer": RoleKind.OBSERVER,
    "juryledamot": RoleKind.JUROR,
    "jurymedlem": RoleKind.JUROR,
}
LONGEST = {"seat": 80, "organisation": 200, "panel": 80}
LABELS = {"seat": _("Seat"), "organisation": _("Organisation"), "panel": _("Panel")}


@dataclass(frozen=True)
class SeatWanted:
    """One seat as it is to be: said anew where `role` is set, else its holder is invited."""

    email: str
    kind: str
    seat: str
    organisation: str
    panel: str
    role: int | None = None


@dataclass(frozen=True)
class _Known:
    roles: Mapping[tuple[str, str], Role]
    invited: Mapping[tuple[str, str], Invitation]
    holders: Mapping[str, str]  # seat -> address
    moves: Mapping[str, str]  # address -> the seat that the list gives


def plan(sheet: Sheet, edition: Edition, now: datetime) -> Iterator[Row]:
    """Each row's effect: two queries."""
    kinds = set(ROLES.values())
    roles = Role.objects.filter(edition=edition, kind__in=kinds, ended_at=None).select_related("person")
    waiting = Invitation.objects.filter(
        edition=edition, kind__in=kinds, accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    held = {(each.person.email, each.kind): each for each in roles}
    invited = {(each.email, each.kind): each for each in waiting}
    holders = {each.details.get("seat", ""): each.email for each in invited.values()}
    holders |= {each.seat: each.person.email for each in held.values()}
    moves = {each.text("email").lower(): each.text("seat") for each in sheet.cells if each.text("seat")}
    known = _Known(held, invited, holders, moves)
    return each_row(sheet, lambda cells: _row(cells, sheet, known))


def _row(cells: Cells, sheet: Sheet, known: _Known) -> Row:
    email = cells.need("email", values.address)
    kind = cells.take("role", values.chosen, ROLES) or RoleKind.JUROR
    said = {name: cells.take(name, values.plain, most) for name, most in LONGEST.items()}
    if email:
        sheet.twice(cells, (email, kind))
    if said["seat"] and email:
        sheet.twice(cells, ("seat", said["seat"]))
        holder = known.holders.get(said["seat"], email)
        if holder != email and known.moves.get(holder, said["seat"]) == said["seat"]:
            cells.say("seat", _("the seat is somebody else's."))
    if cells.problems or email is None:
        return cells.problem(email or "")
    role, invitation = known.roles.get((email, kind)), known.invited.get((email, kind))
    old = _standing(role, invitation)
    wanted = {name: said[name] or old.get(name) or "" for name in LONGEST}
    changes = differing({LABELS[name]: (old.get(name) or None, wanted[name] or None) for name in LONGEST})
    changes += _beside(known, email, kind, wanted["seat"])
    is_new = role is None and invitation is None
    act = SeatWanted(email, str(kind), **wanted, role=role.pk if role else None)
    whom = f"{capfirst(str(RoleKind(kind).label))}, {email}"
    return cells.row(whom, changes, act, is_new=is_new, sends_letter=role is None)


def _beside(known: _Known, email: str, kind: str, seat: str) -> list[Change]:
    """That the person holds the seat already as something else: the roles are held side by side."""
    if (email, kind) in known.roles or (email, kind) in known.invited:
        return []
    return [
        Change(
            _("Role"),
            capfirst(str(RoleKind(role.kind).label)),
            format_lazy(_("{role} too, on the same seat"), role=capfirst(str(RoleKind(kind).label))),
        )
        for (holder, _kind), role in known.roles.items()
        if holder == email and seat and role.seat == seat
    ]


def _standing(role: Role | None, invitation: Invitation | None) -> Mapping[str, str]:
    if role:
        return {name: getattr(role, name) for name in LONGEST}
    return invitation.details if invitation else {}
