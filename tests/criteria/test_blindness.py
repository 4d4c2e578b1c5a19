"""What others have scored is nowhere in a juror's pages until the reveal: worlds differing in one secret."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from criteria import actions
from criteria.models import Recusal, Round, Score, ScoreSheet
from criteria.standings import standings_of
from criteria.states import RecusalReason, RoundState, SheetState
from tests.story import BORAS, ESKILSTUNA

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
NOW = re.compile(r"(?:om|för) \d+\xa0\w+(?: sedan)?")


def everything(story, client_of, seat) -> dict[str, str]:
    """All that this juror can GET on this floor."""
    client = client_of(story.people[seat])
    urls = ["/scoring/", reverse("progress_page", args=[story.edition.key])]
    for (each, _code), assignment in story.assignments.items():
        urls += [reverse(name, args=[assignment.pk]) for name in ("scoring_page", "recusal_new")]
        assert each in story.people
    found = {url: client.get(url) for url in urls}
    return {
        url: f"{each.status_code} {NOW.sub('', TOKEN.sub('', each.content.decode()))}"
        for url, each in found.items()
    }


def what_the_chair_sees(story) -> list[tuple]:
    scoring_round = Round.objects.select_related("scoring_model").get(pk=story.round.pk)
    return [(each.code, each.value, each.jurors) for each in standings_of(scoring_round).lines]


def a_score(story):
    Score.objects.filter(sheet=story.sheets["juror2", ESKILSTUNA], criterion="A1").update(value=Decimal(1))


def a_text(story):
    Score.objects.filter(sheet=story.sheets["juror2", ESKILSTUNA], criterion="A1").update(strengths="Hemligt")


def a_state(story):
    ScoreSheet.objects.filter(pk=story.sheets["juror2", ESKILSTUNA].pk).update(
        state=SheetState.DRAFT, note_to_jury="Hemligt"
    )


def a_sheet(story):
    story.sheets["juror2", ESKILSTUNA].delete()


def a_recusal(story):
    Recusal.objects.create(
        juror=story.seats["juror2"], nomination=story.nominations[ESKILSTUNA], reason=RecusalReason.HOME
    )


@pytest.mark.parametrize("secret", [a_score, a_text, a_state, a_sheet, a_recusal])
@pytest.mark.parametrize("seat", ["juror1", "juror3"])
def test_another_jurors_work_changes_no_byte(story, client_of, seat, secret):
    before = everything(story, client_of, seat)
    secret(story)

    assert everything(story, client_of, seat) == before


def test_the_chair_sees_the_difference_once_the_round_has_closed(story):
    sealed = ScoreSheet.objects.seen_by(story.chair).count()
    Round.objects.update(state=RoundState.CLOSED)
    before = what_the_chair_sees(story)
    a_score(story)
    after = what_the_chair_sees(story)

    assert sealed == 0
    assert {code for (code, *_), (_, *_) in zip(before, after, strict=True)} == set(story.nominations)
    assert {each[0] for each in set(before) - set(after)} == {ESKILSTUNA}


@pytest.mark.parametrize(
    "who", ["juror1", "observer", "contact", "outsider", "other_organiser", "other_juror", "earlier_juror"]
)
def test_nobody_else_sees_sheets_after_closing(story, who):
    Round.objects.update(state=RoundState.CLOSED)

    others = ScoreSheet.objects.seen_by(getattr(story, who)).exclude(
        assignment__juror__person=getattr(story, who)
    )
    assert list(others) == []


def test_reveal_opens_to_jurors_all_but_what_they_stand_aside_from(story):
    Round.objects.update(state=RoundState.CLOSED)
    actions.reveal_round(scoring_round=Round.objects.get(), now=story.now, by=story.chair)

    seen = {
        who: ScoreSheet.objects.seen_by(getattr(story, who)).count()
        for who in ("juror1", "juror2", "observer", "contact", "outsider", "chair")
    }
    of_boras = ScoreSheet.objects.filter(assignment__nomination=story.nominations[BORAS]).count()
    everything_there = ScoreSheet.objects.count()
    assert seen == {
        "juror1": everything_there,
        "juror2": everything_there - of_boras,
        "observer": 0,
        "contact": 0,
        "outsider": 0,
        "chair": everything_there,
    }
