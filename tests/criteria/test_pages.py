"""The juror's pages: the list, the score page, saving, marking as done, and what bad input is answered with."""

from datetime import timedelta

import pytest
from django.urls import reverse

from criteria.models import Recusal, Round, Score, ScoreSheet
from criteria.states import RoundState, SheetState
from tests.story import BORAS, ESKILSTUNA


def page_of(story, seat, code) -> str:
    return reverse("scoring_page", args=[story.assignments[seat, code].pk])


def test_list_and_page_open(story, client_of):
    client = client_of(story.juror3)
    assert client.get("/scoring/").status_code == 200
    assert client.get(page_of(story, "juror3", ESKILSTUNA)).status_code == 200
    assert client.get(page_of(story, "juror3", BORAS)).status_code == 200
    assert client_of(story.chair).get(reverse("progress_page", args=[story.edition.key])).status_code == 200
