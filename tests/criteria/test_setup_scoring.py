"""Rounds planned and models exchanged from the set-up, until a round has opened."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from criteria import actions
from criteria.models import Round, ScoringModel
from tests.story import four_areas


@pytest.fixture
def other(story):
    return ScoringModel.objects.create(
        code="andra", title_sv="En annan", definition=four_areas() | {"code": "andra"}, state="active"
    )


def address(edition):
    return reverse("setup_scoring", args=[edition.key])


def test_round_is_planned_with_the_times_that_were_written(story, client_of, other):
    client = client_of(story.organiser)
    page = client.get(address(story.call))
    typed = {"round-scoring_model": other.pk, "round-title": "", "round-opens_at": "2027-03-01T09:00",
             "round-closes_at": "2027-03-29T23:59"}  # fmt: skip
    answer = client.post(address(story.call), typed)
    planned = Round.objects.get(edition=story.call)

    assert page.context["new"].initial["opens_at"] == story.call.stages.get(kind="scoring").opens_at
    assert answer.status_code == 302
    assert (planned.scoring_model, planned.state, planned.position) == (other, "planned", 1)
    assert f"{planned.closes_at:%Y-%m-%d %H:%M}" == "2027-03-29 21:59"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"round-closes_at": "2027-02-01T09:00"}, "Bedömningen måste stänga efter att den öppnar."),
        ({"round-closes_at": "2027-03-28T02:30"}, "Den tiden finns inte"),
        ({"round-scoring_model": "0"}, "giltigt"),
    ],
)
def test_impossible_round_is_refused_in_words(story, client_of, other, changes, sentence):
    typed = {"round-scoring_model": other.pk, "round-opens_at": "2027-03-01T09:00"}
    answer = client_of(story.organiser).post(address(story.call), typed | changes)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Round.objects.filter(edition=story.call).exists()


def test_draft_models_are_not_offered(story, client_of):
    ScoringModel.objects.create(code="utkast", title_sv="Ett utkast", definition=four_areas())
    page = client_of(story.organiser).get(address(story.call)).content.decode()

    assert ("Fyra områden" in page, "Ett utkast" in page) == (True, False)


def test_model_is_exchanged_while_the_round_is_planned(story, client_of, other):
    Round.objects.filter(pk=story.round.pk).update(state="planned")
    typed = {"round": story.round.pk, f"model{story.round.pk}-scoring_model": other.pk}
    answer = client_of(story.organiser).post(address(story.edition), typed)

    assert answer.status_code == 302
    assert Round.objects.get(pk=story.round.pk).scoring_model == other


def test_model_stays_once_the_round_has_opened(story, client_of, other):
    typed = {"round": story.round.pk, f"model{story.round.pk}-scoring_model": other.pk}
    answer = client_of(story.organiser).post(address(story.edition), typed)

    assert answer.status_code == 403
    assert "Bedömningen har öppnats, så modellen ligger fast." in answer.content.decode()
    assert Round.objects.get(pk=story.round.pk).scoring_model == story.scoring_model


def test_draft_model_is_refused(story, other):
    Round.objects.filter(pk=story.round.pk).update(state="planned")
    story.round.refresh_from_db()
    ScoringModel.objects.filter(pk=other.pk).update(state="draft")
    other.refresh_from_db()
    with pytest.raises(PermissionDenied, match="aktiveras först"):
        actions.change_round_model(scoring_round=story.round, scoring_model=other, by=story.organiser)


def test_no_round_is_planned_on_a_draft_or_in_an_edition_that_has_ended(story, other):
    ScoringModel.objects.filter(pk=other.pk).update(state="draft")
    other.refresh_from_db()
    with pytest.raises(PermissionDenied, match="aktiveras först"):
        actions.plan_round(edition=story.call, scoring_model=other, by=story.organiser)
    story.call.state = "concluded"
    with pytest.raises(PermissionDenied):
        actions.plan_round(edition=story.call, scoring_model=story.scoring_model, by=story.organiser)
    assert not Round.objects.filter(edition=story.call).exists()


def test_round_of_another_edition_is_not_reached(story, client_of, other):
    Round.objects.filter(pk=story.round.pk).update(state="planned")
    typed = {"round": story.round.pk, f"model{story.round.pk}-scoring_model": other.pk}
    client_of(story.organiser).post(address(story.call), typed)

    assert Round.objects.get(pk=story.round.pk).scoring_model == story.scoring_model
