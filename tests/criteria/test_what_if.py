"""What if: the order moves, nothing official changes, and the address keeps the question."""

import re
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.urls import reverse

from criteria.models import Score
from criteria.readings import readings_of
from criteria.standings import stand
from criteria.what_if import read_wish, summary, what_if
from tests.criteria.jury import clear, close, give, seats
from tests.criteria.meeting import agree, opened, wishes
from tests.story import BORAS, ESKILSTUNA, leaf_codes

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def readings(story):
    """Eskilstuna is best in area A, Borås in area B; juror C prefers Borås everywhere."""
    clear(story)
    for seat in seats(story, 2):
        give(story, seat, ESKILSTUNA, {code: 5 if code[0] == "A" else 3 for code in leaf_codes()})
        give(story, seat, BORAS, {code: 5 if code[0] == "B" else 3 for code in leaf_codes()})
    third = seats(story, 3)[2]
    give(story, third, ESKILSTUNA, 3)
    give(story, third, BORAS, 3)
    return readings_of(close(story))


def asked(readings, query: str):
    """The official order, and the one asked for."""
    return stand(readings), what_if(readings, read_wish(readings, QueryDict(query)))


def values(standings) -> dict:
    return {line.municipality: line.value for line in standings.placed}


def test_other_weights_move_the_order(readings):
    now, then = asked(readings, "weight-A=10&weight-B=40")
    assert values(now) == {"Eskilstuna": Decimal("3.40"), "Borås": Decimal("3.33")}
    assert values(then) == {"Borås": Decimal("3.56"), "Eskilstuna": Decimal("3.14")}
    assert summary(now, then) == "Borås would lead instead of Eskilstuna."


def test_the_same_weights_change_nothing(readings):
    wish = read_wish(readings, QueryDict("weight-A=30&weight-B=25,0"))
    assert wish.is_empty


def test_a_juror_left_out_is_not_counted(story, readings):
    third = story.seats["juror3"].pk
    _now, then = asked(readings, f"without-juror={third}")
    assert [line.jurors for line in then.placed] == [2, 2]
    assert values(then) == {"Eskilstuna": Decimal("3.60"), "Borås": Decimal("3.50")}


def test_a_criterion_left_out_gives_its_weight_to_the_others(readings):
    now, then = asked(readings, "without-criterion=A")
    assert summary(now, then) == "Borås would lead instead of Eskilstuna."
    assert values(then)["Eskilstuna"] == Decimal("3.00")


def test_everything_left_out_leaves_nothing(readings):
    now, then = asked(readings, "&".join(f"without-criterion={code}" for code in "ABCD"))
    assert (then, summary(now, then)) == (None, "Nothing would be left to rank by.")


@pytest.mark.parametrize("text", ["x", "-1", "1e99", "nan", "=1+1"])
def test_a_weight_that_is_none_is_told(readings, text):
    query = QueryDict(mutable=True)
    query["weight-A"] = text
    wish = read_wish(readings, query)
    assert (list(wish.problems), wish.is_empty) == (["weight-A"], True)


def test_nothing_official_changes(story, readings, client_of):
    before = list(Score.objects.values_list("pk", "value"))
    url = reverse("what_if_page", args=[story.edition.key])
    answer = client_of(story.chair).get(url, {"weight-A": "10", "weight-B": "40"})
    assert answer.context["summary"] != ""
    assert answer.context["areas"][0].shown == "10"
    assert list(Score.objects.values_list("pk", "value")) == before
    assert stand(readings).lines[0].municipality == "Eskilstuna"


def test_leaving_out_a_criterion_that_was_agreed_on_leaves_the_agreement_out_too(story):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5, codes=["A1", "B1"]))
    readings = readings_of(meeting.round)
    then = what_if(readings, read_wish(readings, QueryDict("without-criterion=A")))

    assert {line.agreed_place for line in then.lines} == {1, 2, 3, 4, 5, 6}


def test_the_page_shows_the_order_after_the_meeting_beside_the_jurors(story, client_of):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5))
    url = reverse("what_if_page", args=[story.edition.key])
    page = client_of(story.chair).get(url).content.decode()
    row = page.split("<tbody>")[1].split("Eskilstuna")[1].split("</tr>")[0]

    assert re.findall(r'kv-num">(?:<strong>)?([^<]*)<', row) == ["3,50", "5,00", "1", "3,50", "3"]
