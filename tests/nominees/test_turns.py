"""Whoever writes in an entry takes its row first: nothing slips in beside one that is leaving or sent in."""

import pytest
from django.core.exceptions import PermissionDenied

from nominees.actions.areas import add_row, move_area, remove_row, take_area
from nominees.actions.contributions import add_contribution, remove_contribution
from nominees.actions.entries import carry_over, compete
from nominees.actions.materials import add_film
from nominees.actions.writing import save_draft
from nominees.drafts import Written
from nominees.models import Contribution, ImprovementArea, Nomination
from tests.story import ESKILSTUNA


def area_of(entry):
    return ImprovementArea.objects.create(
        nomination=entry, direction="outward", title="Skolan", position=1
    ).pk


def earlier_area(entry):
    return entry.carried_from.improvement_areas.first().pk


def contribution_of(entry):
    row = Contribution.objects.create(fair=entry.edition.fair, title="Monter", owner=entry.municipality)
    row.municipalities.add(entry.municipality)
    return row.pk


DEEDS = {
    "save": lambda _entry, asked: save_draft(written={"answer-mest": Written("Skolan")}, **asked),
    "add": lambda _entry, asked: add_row(kind="area", **asked),
    "take": lambda entry, asked: take_area(
        predecessor=earlier_area(entry), continuation="continued", **asked
    ),
    "remove": lambda entry, asked: remove_row(kind="area", pk=area_of(entry), **asked),
    "move": lambda entry, asked: move_area(pk=area_of(entry), places=1, **asked),
    "carry-over": lambda _entry, asked: carry_over(**asked),
    "compete": lambda _entry, asked: compete(competes=False, **asked),
    "bring": lambda _entry, asked: add_contribution(**asked),
    "take-away": lambda entry, asked: remove_contribution(pk=contribution_of(entry), **asked),
    "film": lambda _entry, asked: add_film(link="https://film.example/1", **asked),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_entry_that_has_left_since_it_was_read_is_not_written(story, deed):
    entry = story.drafts[ESKILSTUNA]
    entry.carried_from = story.historic[ESKILSTUNA]
    entry.save()
    Nomination.objects.filter(pk=entry.pk).update(state="withdrawn")

    with pytest.raises(PermissionDenied, match="Ansökan har dragits tillbaka"):
        DEEDS[deed](entry, {"nomination": entry, "now": story.now, "by": story.contact})
