"""The seats of an edition with who sits on them, who has been asked, and which wait for somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from awards.models import Edition, Invitation, Person, Role, Seat
from awards.models.seat import SEATED
from awards.states import RoleKind

ORDER = [kind.value for kind in SEATED]


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat. A seat that was only ever written on a role or an invitation is a seat too."""

    name: str
    kind: str
    organisation: str = ""
    panel: str = ""
    holder: Person | None = None
    invited: Invitation | None = None

    @property
    def role(self) -> object:
        """What its holder is, in words."""
        return RoleKind(self.kind).label

    @property
    def is_empty(self) -> bool:
        """Whether nobody sits there and nobody has been asked."""
        return self.holder is None and self.invited is None

    @property
    def whom(self) -> str:
        """The address of who sits there, or has been asked."""
        if self.holder:
            return self.holder.email
        return self.invited.email if self.invited else ""


def seats_of(edition: Edition) -> tuple[SeatLine, ...]:
    """Every named seat, the chair first. Three queries."""
    lines = {
        seat.name: SeatLine(seat.name, seat.kind, seat.organisation, seat.panel)
        for seat in Seat.objects.filter(edition=edition)
    }
    asked = Invitation.objects.filter(edition=edition, kind__in=SEATED, accepted_at=None, revoked_at=None)
    for each in asked.order_by("pk"):
        name = each.details.get("seat", "")
        if name:
            written = (each.details.get("organisation", ""), each.details.get("panel", ""))
            line = lines.get(name) or SeatLine(name, each.kind, *written)
            lines[name] = replace(line, invited=each)
    sitting = Role.objects.filter(edition=edition, kind__in=SEATED, ended_at=None).exclude(seat="")
    for role in sitting.select_related("person").order_by("pk"):
        line = lines.get(role.seat) or SeatLine(role.seat, role.kind, role.organisation, role.panel)
        lines[role.seat] = replace(line, holder=role.person)
    return tuple(sorted(lines.values(), key=lambda line: ORDER.index(line.kind)))
