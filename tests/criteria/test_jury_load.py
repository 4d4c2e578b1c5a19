"""A jury that saves at the same time: nothing that was answered as saved is lost, and nobody is refused."""

import pytest

from benchmarks.jury_load import desks, sit_down

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_jury_that_saves_at_once_loses_nothing(live_server, story):
    codes = ("1490", "1283", "1780", "1261", "1980")
    jury = desks([story.assignments["juror3", code] for code in codes])

    result = sit_down(live_server.url, jury, seconds=2, every=0.25)

    assert (result.saves, result.lost, result.refused) == (40, 0, ())
