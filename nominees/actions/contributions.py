"""What a municipality brings to the fair: its own rows and joint ones, and the organiser's themes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Edition, Person
from awards.swedish import sort_key
from awards.verdicts import no
from nominees import permissions
from nominees.actions.areas import GONE
from nominees.actions.turns import take_turn
from nominees.drafts import Saved, Written, settle
from nominees.letters import tell_of_joining
from nominees.models import Contribution, Municipality, Nomination, Theme
from nominees.typed import read_choice, read_text, read_title

MOST_CONTRIBUTIONS = 10
FIELDS = ("title", "kind", "theme", "together")
_NAME = re.compile(r"contribution-([0-9]{1,18})-([a-z]+)")


def own_contributions(nomination: Nomination):
    """What the entry's municipality brings to its edition's fair."""
    return Contribution.objects.filter(
        fair=nomination.edition.fair_id, municipalities=nomination.municipality_id
    )


def contribution_values(contribution: Contribution, together: str) -> dict[str, str]:
    """A contribution as its fields post it; `together` names the other municipalities."""
    return {
        "title": contribution.title,
        "kind": contribution.kind,
        "theme": str(contribution.theme_id or ""),
        "together": together,
    }


def together_in_words(municipalities, own: int) -> str:
    """The other municipalities of a joint contribution, as the field shows them."""
    others = [each for each in municipalities if each.pk != own]
    return ", ".join(each.name for each in sorted(others, key=lambda each: each.sort_key))


def write_contributions(
    *, nomination: Nomination, written: Mapping[str, Written], now: datetime, by: Person
) -> Saved:
    """Write what was changed, within the caller's transaction."""
    posted: dict[int, dict[str, Written]] = {}
    for name, typed in written.items():
        if found := _NAME.fullmatch(name):
            posted.setdefault(int(found[1]), {})[found[2]] = typed
    if not posted:
        return Saved()
    stored = {
        each.pk: each
        for each in own_contributions(nomination).filter(pk__in=posted).prefetch_related("municipalities")
    }
    saved = Saved()
    for pk, fields in posted.items():
        if pk in stored:
            permissions.may_change_contribution(by, stored[pk], nomination, now).require()
        saved += _write_one(nomination, stored.get(pk), f"contribution-{pk}-", fields)
    return saved


def tell_partners(nomination: Nomination, *, now: datetime) -> None:
    """Tell the municipalities that the entry's own has named, each person once a contribution."""
    own = own_contributions(nomination).filter(owner=nomination.municipality_id)
    for each in own.prefetch_related("municipalities"):
        partners = [home for home in each.municipalities.all() if home.pk != nomination.municipality_id]
        if partners:
            tell_of_joining(each, nomination, partners, now=now)


def _write_one(
    nomination: Nomination,
    contribution: Contribution | None,
    prefix: str,
    fields: Mapping[str, Written],
) -> Saved:
    if contribution is None:
        return Saved(problems={f"{prefix}{name}": GONE for name in fields})
    sound, problems, joined = {}, {}, []
    for name in FIELDS:
        if name not in fields:
            continue
        value, problem = _read(name, fields[name].value)
        if name == "together" and not problem:
            joined, problem = _municipalities(value, nomination.municipality_id)
            value = together_in_words(joined, nomination.municipality_id)
        if problem:
            problems[f"{prefix}{name}"] = problem
        else:
            sound[f"{prefix}{name}"] = Written(value, fields[name].was)
    together = together_in_words(contribution.municipalities.all(), nomination.municipality_id)
    stored = {f"{prefix}{name}": value for name, value in contribution_values(contribution, together).items()}
    changes, saved = settle(stored, sound, problems)
    if changes:
        _put(contribution, {name.removeprefix(prefix): value for name, value in changes.items()})
        if f"{prefix}together" in changes:
            contribution.municipalities.set([nomination.municipality_id, *(each.pk for each in joined)])
    return saved


def _read(name: str, raw: str) -> tuple[str, object]:
    if name == "kind":
        kinds = [code for code, _words in Contribution.KINDS]
        return read_choice(raw, kinds) if raw else (raw, _("Choose a kind."))
    if name == "theme":
        themes = {str(pk) for pk in Theme.objects.values_list("pk", flat=True)} if raw else ()
        return read_choice(raw, themes)
    return read_title(raw) if name == "title" else read_text(" ".join(raw.split()), 2000)


def _municipalities(text: str, own: int) -> tuple[list[Municipality], object]:
    """The municipalities named, separated by commas: whole names, never folded ones."""
    names = list(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    found = (
        list(Municipality.objects.filter(sort_key__in=[sort_key(name) for name in names])) if names else []
    )
    known = {each.name.casefold(): each for each in found}
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        sentence = _("There is no municipality called {name}. Write names with commas between them.")
        return [], format_lazy(sentence, name=unknown[0])
    return [known[name.casefold()] for name in names if known[name.casefold()].pk != own], ""


def _put(contribution: Contribution, changes: Mapping[str, str]) -> None:
    values = {name: value for name, value in changes.items() if name in ("title", "kind")}
    if "theme" in changes:
        values["theme_id"] = int(changes["theme"]) if changes["theme"] else None
    Contribution.objects.filter(pk=contribution.pk).update(version=F("version") + 1, **values)


@transaction.atomic
def add_contribution(*, nomination: Nomination, now: datetime, by: Person) -> Contribution:
    """An empty row with a journal row; an empty one that stands there already is used again."""
    permissions.may_bring(by, nomination, now).require()
    take_turn(nomination, now, by)
    rows = own_contributions(nomination).filter(Q(owner=None) | Q(owner=nomination.municipality_id))
    if empty := rows.filter(title="").first():
        return empty
    if rows.count() >= MOST_CONTRIBUTIONS:
        no(format_lazy(_("There can be at most {most} rows here."), most=MOST_CONTRIBUTIONS)).require()
    contribution = Contribution.objects.create(
        fair=nomination.edition.fair, title="", owner=nomination.municipality
    )
    contribution.municipalities.add(nomination.municipality_id)
    journal.record("add_contribution", contribution, by=by, edition=nomination.edition)
    return contribution


@transaction.atomic
def remove_contribution(*, nomination: Nomination, pk: int, now: datetime, by: Person) -> bool:
    """Take it away, or leave a joint one to the others; False when it was gone already.

    When the municipality that wrote it leaves, another of them owns it.
    """
    permissions.may_bring(by, nomination, now).require()
    take_turn(nomination, now, by)
    contribution = own_contributions(nomination).filter(pk=pk).first()
    if contribution is None:
        return False
    permissions.may_leave_contribution(by, contribution, nomination, now).require()
    journal.record("remove_contribution", contribution, by=by, edition=nomination.edition)
    contribution.municipalities.remove(nomination.municipality_id)
    others = contribution.municipalities.order_by("sort_key")
    if not others:
        contribution.delete()
    elif contribution.owner_id == nomination.municipality_id:
        Contribution.objects.filter(pk=contribution.pk).update(owner=others[0])
    return True


@transaction.atomic
def add_theme(*, edition: Edition, code: str, title_sv: str, title_en: str, by: Person) -> Theme:
    """A theme that contributions may carry, with a journal row; organisers only."""
    permissions.may_add_theme(by, edition.fair).require()
    theme, is_new = Theme.objects.get_or_create(
        code=code, defaults={"title_sv": title_sv, "title_en": title_en}
    )
    if is_new:
        journal.record("add_theme", theme, by=by, edition=edition)
    return theme
