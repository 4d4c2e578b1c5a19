"""Who has read scores: one row a person, page and day, and none for what is one's own."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from criteria import actions
from criteria.actions.forgetting import forget_jurors
from criteria.models import ScoreReading
from tests.criteria.meeting import KAVLINGE, closed_round, confirmed, opened

pytestmark = pytest.mark.django_db
HERE = "/editions/rehearsal-2027/"


def noted():
    rows = ScoreReading.objects.order_by("pk").values_list("person__email", "room", "edition__key")
    return [(email.split("@")[0], room, key) for email, room, key in rows]


@pytest.mark.parametrize(
    ("page", "room"),
    [
        ("standings/", "standings"),
        ("statistics/", "statistics"),
        ("what-if/", "what_if"),
        ("consensus/", "meeting"),
        (f"consensus/{KAVLINGE}/", "meeting"),
        ("consensus/minutes/", "meeting"),
        ("decision/", "decision"),
        (f"feedback/{KAVLINGE}/", "feedback"),
    ],
)
def test_a_page_with_scores_notes_its_reader_once_a_day(story, client_of, page, room):
    opened(story)
    client = client_of(story.chair)
    answers = [client.get(HERE + page).status_code for _time in range(2)]

    assert answers == [200, 200]
    assert noted() == [("chair", room, "rehearsal-2027")]


def test_a_reader_is_noted_once_also_where_the_cache_forgets(story, client_of):
    closed_round(story)
    client = client_of(story.chair)
    for _time in range(2):
        client.get(f"{HERE}standings/")
        cache.clear()

    assert noted() == [("chair", "standings", "rehearsal-2027")]


def test_the_next_day_and_another_reader_are_other_rows(story):
    closed_round(story)
    for days, by in ((0, story.chair), (0, story.organiser), (1, story.chair)):
        now = story.now + timedelta(days=days)
        actions.note_reading(edition=story.edition, room="standings", now=now, by=by)

    assert [who for who, *_rest in noted()] == ["chair", "organiser", "chair"]


@pytest.mark.parametrize("page", ["standings/", "statistics/", "decision/", "consensus/"])
def test_whoever_is_refused_has_read_nothing(story, client_of, page):
    confirmed_or_open = client_of(story.juror1).get(HERE + page).status_code
    sealed = client_of(story.chair).get(HERE + page).status_code

    assert (confirmed_or_open, sealed) == (403, 403)
    assert noted() == []


def test_own_sheets_and_progress_are_no_readings(story, client_of):
    closed_round(story)
    own = story.round.assignments.filter(juror__person=story.juror1).first()
    client = client_of(story.juror1)
    answers = [
        client.get(path).status_code for path in (f"/scoring/{own.pk}/", f"/scoring/own/{story.round.pk}/")
    ]
    answers.append(client_of(story.chair).get(f"{HERE}progress/").status_code)

    assert answers == [200, 200, 200]
    assert noted() == []


def test_a_frozen_record_is_a_reading_of_the_decision(story, client_of):
    meeting = opened(story)
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    decision = confirmed(story)
    client_of(story.organiser).get(f"{HERE}decision/{decision.number}.json")

    assert noted() == [("organiser", "decision", "rehearsal-2027")]


def test_forgetting_people_leaves_who_read_as_a_number(story):
    closed_round(story)
    actions.note_reading(edition=story.edition, room="standings", now=story.now, by=story.chair)
    forget_jurors(story.edition, [story.chair.pk])

    assert ScoreReading.objects.filter(person=story.chair).count() == 1
