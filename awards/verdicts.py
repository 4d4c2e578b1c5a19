"""What a permission answers: yes, or no with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed; `reason` is a whole sentence (lazy text) when refused."""

    allowed: bool
    reason: object = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise PermissionDenied with the reason, which the 403 page shows."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


YES = Verdict(True)


def no(reason: object) -> Verdict:
    """A refusal with its sentence."""
    return Verdict(False, reason)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first refusal among `verdicts`, or yes."""
    return next((verdict for verdict in verdicts if not verdict), YES)
