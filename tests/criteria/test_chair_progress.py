"""Rounds that survive: reminders, later closing times, missing and late jurors, withdrawn entries."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.formats import local
from awards.models import JournalEntry, Letter
from criteria import actions
from criteria.models import Round
from criteria.progress import matrix
from criteria.standings import standings_of
from criteria.states import RoundState
from nominees.models import Nomination
from nominees.states import LEFT
from tests.criteria.jury import close
from tests.story import BORAS, ESKILSTUNA


def page(story, name="progress_page", *more) -> str:
    return reverse(name, args=[story.edition.key, *more])


def test_the_matrix_tells_who_is_behind_and_when_anything_was_saved(story):
    found = matrix(story.round)
    assert [(line.seat, line.done, line.of, line.last_at) for line in found.lines] == [
        ("Ledamot A", 6, 6, story.now),
        ("Ledamot B", 5, 5, story.now),
        ("Ledamot C", 0, 6, story.now),
    ]
    assert [line.seat for line in found.behind] == ["Ledamot C"]


def test_a_reminder_is_shown_before_it_is_sent(story, client_of):
    client = client_of(story.chair)
    shown = client.get(page(story, "reminder_page"))
    assert [str(each.seat) for each in shown.context["letters"]] == ["Ledamot C"]
    assert Letter.objects.count() == 0
    client.post(page(story, "reminder_page"))
    assert list(Letter.objects.values_list("to", "purpose")) == [(story.juror3.pk, "scoring_reminder")]


def test_a_reminder_goes_out_once_a_day(story):
    sent = [
        actions.remind_jurors(scoring_round=story.round, now=story.now + timedelta(days=days), by=story.chair)
        for days in (0, 0, 1)
    ]
    assert sent == [1, 0, 1]
    assert JournalEntry.objects.filter(verb="remind_jurors").count() == 3


def test_nobody_is_reminded_of_a_closed_round(story):
    close(story)
    with pytest.raises(PermissionDenied):
        actions.remind_jurors(scoring_round=story.round, now=story.now, by=story.organiser)


def test_a_round_is_extended_by_its_organiser(story, client_of):
    later = local(story.now + timedelta(days=20)).replace(second=0, microsecond=0)
    url, data = page(story, "round_extend", 1), {"closes_at": later.strftime("%Y-%m-%dT%H:%M")}
    assert client_of(story.chair).post(url, data).status_code == 403
    assert client_of(story.organiser).post(url, data).status_code == 302
    story.round.refresh_from_db()
    assert (story.round.closes_at, story.round.state) == (later, RoundState.OPEN)


def test_a_closed_round_takes_scores_again(story, client_of):
    close(story)
    later = local(story.now + timedelta(days=2)).replace(second=0, microsecond=0)
    client_of(story.organiser).post(
        page(story, "round_extend", 1), {"closes_at": later.strftime("%Y-%m-%dT%H:%M")}
    )
    story.round.refresh_from_db()
    assert (story.round.state, story.round.closes_at) == (RoundState.OPEN, later)


@pytest.mark.parametrize("text", ["", "soon", "2027-03-28T02:30"])  # the last hour does not exist
def test_a_closing_time_that_is_none_changes_nothing(story, client_of, text):
    before = Round.objects.values_list("closes_at", flat=True).get()
    client_of(story.organiser).post(page(story, "round_extend", 1), {"closes_at": text})
    assert Round.objects.values_list("closes_at", flat=True).get() == before


def test_a_round_closes_with_a_juror_missing_and_counts_by_its_rule(story):
    actions.close_round(scoring_round=story.round, by=story.chair)
    lines = {line.code: (line.jurors, line.readers) for line in standings_of(story.round).lines}
    assert (lines[ESKILSTUNA], lines[BORAS]) == ((2, 3), (1, 2))


@pytest.mark.parametrize("state", LEFT)
def test_an_entry_that_has_left_is_in_neither_matrix_nor_standings(story, state):
    Nomination.objects.filter(pk=story.nominations[ESKILSTUNA].pk).update(state=state)
    found = matrix(story.round)
    order = standings_of(close(story))
    assert "Eskilstuna" not in found.municipalities
    assert "Eskilstuna" not in [line.municipality for line in order.lines]


def test_who_stands_aside_sees_no_column_of_the_entry_on_page_and_desk(story, client_of):
    words = {"reason": "home", "now": story.now, "by": story.chair}
    actions.recuse(juror=story.seats["chair"], nomination=story.nominations[ESKILSTUNA], **words)
    for path in (page(story), "/desk/"):
        own, other = (client_of(by).get(path).content.decode() for by in (story.chair, story.deputy))
        assert (path, "Eskilstuna" in own, "Borås" in own) == (path, False, True)
        assert (path, "Eskilstuna" in other) == (path, True)
        assert own.count("En nominering som du är jävig i visas inte.") == 1


def test_standings_say_that_an_entry_is_not_shown(story, client_of):
    words = {"reason": "home", "now": story.now, "by": story.chair}
    actions.recuse(juror=story.seats["chair"], nomination=story.nominations[ESKILSTUNA], **words)
    close(story)
    said = {}
    for name in ("standings_page", "statistics_page", "what_if_page", "consensus_page"):
        pages = (client_of(by).get(page(story, name)).content.decode() for by in (story.chair, story.deputy))
        said[name] = [each.count("En nominering som du är jävig i visas inte.") for each in pages]

    assert said == {name: [1, 0] for name in said}


def test_the_page_asks_few_questions(story, client_of, django_assert_max_num_queries):
    client = client_of(story.chair)
    with django_assert_max_num_queries(10):
        assert client.get(page(story)).status_code == 200
    with django_assert_max_num_queries(11):  # one of them reads the edition's own words
        assert client.get(page(story, "reminder_page")).status_code == 200


def test_a_closed_round_is_not_said_to_close(story, client_of):
    client, url = client_of(story.chair), page(story, "progress_page")
    Round.objects.filter(pk=story.round.pk).update(closes_at=story.now + timedelta(days=9))
    before = client.get(url).content.decode()
    close(story)
    after = client.get(url).content.decode()
    assert ["; stänger " in each for each in (before, after)] == [True, False]
