"""What a list of the jury would do: who is invited to which seat, and which seats are said anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Invitation, Role
from awards.states import RoleKind
from reports.importing import values
from reports.importing.rows import OUT, Cells, Change, Row, Sheet, differing, each_row
from reports.importing.values import ValueTroubleError

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


_Key = tuple[str, str]  # address and role: somebody may hold two


@dataclass(frozen=True)
class _Known:
    roles: Mapping[_Key, Role]
    invited: Mapping[_Key, Invitation]
    holders: Mapping[str, set[_Key]]  # by seat
    moves: Mapping[_Key, str]  # the seat that the list gives them


def plan(sheet: Sheet, edition: Edition, now: datetime) -> Iterator[Row]:
    """Each row's effect: two queries."""
    kinds = set(ROLES.values())
    roles = Role.objects.filter(edition=edition, kind__in=kinds, ended_at=None).select_related("person")
    waiting = Invitation.objects.filter(
        edition=edition, kind__in=kinds, accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    held = {(each.person.email, each.kind): each for each in roles}
    invited = {(each.email, each.kind): each for each in waiting}
    holders = _by_seat({key: each.details.get("seat", "") for key, each in invited.items()})
    holders |= _by_seat({key: each.seat for key, each in held.items()})
    known = _Known(held, invited, holders, _moves(sheet))
    return each_row(sheet, lambda cells: _row(cells, sheet, known))


def _by_seat(seats: Mapping[_Key, str]) -> dict[str, set[_Key]]:
    found: dict[str, set[_Key]] = defaultdict(set)
    for key, seat in seats.items():
        found[seat].add(key)
    return dict(found)


def _moves(sheet: Sheet) -> dict[_Key, str]:
    """Who is given which seat by the rows that will be written."""
    found = {}
    for cells in sheet.cells:
        seat, role = cells.text("seat"), cells.text("role")
        if seat and cells.answer != OUT:
            with suppress(ValueTroubleError):  # the row itself tells of it
                kind = values.chosen(role, ROLES) if role else RoleKind.JUROR
                found[values.address(cells.text("email")), kind] = seat
    return found


def _is_somebody_elses(seat: str, email: str, known: _Known) -> bool:
    """Whether somebody else holds the seat whom the list gives no other."""
    holders = known.holders.get(seat, set())
    if any(holder == email for holder, _kind in holders):
        return False
    return any(known.moves.get(key, seat) == seat for key in holders)


def _row(cells: Cells, sheet: Sheet, known: _Known) -> Row:
    email = cells.need("email", values.address)
    kind = cells.take("role", values.chosen, ROLES) or RoleKind.JUROR
    said = {name: cells.take(name, values.plain, most) for name, most in LONGEST.items()}
    if email:
        sheet.twice(cells, (email, kind))
    if said["seat"] and email:
        sheet.twice(cells, ("seat", said["seat"]))
        if _is_somebody_elses(said["seat"], email, known):
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
