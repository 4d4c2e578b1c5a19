"""What an area builds on and what became of it: two choices that hold together or not at all; no query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from nominees.drafts import Clash, Saved
from nominees.states import Continuation

BUILDS_ON_NOTHING = _(
    "Choose first which area this one builds on. One that builds on nothing is new: choose “Not said” here."
)


def settle_succession(
    prefix: str, stored: Mapping[str, str], changes: Mapping[str, str], saved: Saved
) -> tuple[dict[str, str], Saved]:
    """(what is to be written, what to answer), once the fields of an area have been settled one by one.

    An area that builds on another and says no more continues it. One that builds on nothing says nothing of
    what became of it. Where a colleague was first with one of the two, neither is written.
    """
    before, since = f"{prefix}predecessor", f"{prefix}continuation"
    chosen = {name: changes[name] for name in (before, since) if name in changes}
    if not chosen:
        return dict(changes), saved
    after = {**stored, **changes}
    if any(clash.name in (before, since) for clash in saved.clashes):
        clashes = tuple(Clash(name, stored[name], value) for name, value in chosen.items())
        return _without(chosen, changes, replace(saved, clashes=saved.clashes + clashes))
    if after[before] and not after[since]:
        said = {since: str(Continuation.CONTINUED)}
        changed = tuple(dict.fromkeys((*saved.changed, since)))
        return {**changes, **said}, replace(saved, kept={**saved.kept, **said}, changed=changed)
    if after[since] and not after[before]:
        problems = {**saved.problems, since: BUILDS_ON_NOTHING}
        return _without({before, since}, changes, replace(saved, problems=problems))
    return dict(changes), saved


def _without(names, changes: Mapping[str, str], saved: Saved) -> tuple[dict[str, str], Saved]:
    """The same without these fields, which are not written."""

    def rest(mapping):
        return {name: value for name, value in mapping.items() if name not in names}

    changed = tuple(name for name in saved.changed if name not in names)
    return rest(changes), replace(saved, kept=rest(saved.kept), changed=changed)
