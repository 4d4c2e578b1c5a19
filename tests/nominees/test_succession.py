"""What an area builds on and what became of it are saved together, and the page is told what stands."""

import pytest

from nominees.drafts import mark
from nominees.models import ImprovementArea, Question, Section
from tests.story import ESKILSTUNA

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def draft(story):
    """Eskilstuna's application, which goes on from an earlier one."""
    entry = story.drafts[ESKILSTUNA]
    entry.carried_from = story.historic[ESKILSTUNA]
    entry.save()
    section = Section.objects.create(
        edition=story.call, code="omraden", title_sv="Förbättringsområden", position=2
    )
    Question.objects.create(
        section=section, code="lista", kind="improvement_areas", text_sv="Vilka områden?", required=True
    )
    return entry


@pytest.fixture
def before(draft):
    return str(draft.carried_from.improvement_areas.first().pk)


@pytest.fixture
def area(draft):
    return ImprovementArea.objects.create(nomination=draft, direction="outward", title="Skolan", position=1)


@pytest.fixture
def post(story, client_of, draft, area):
    """Post the two choices as the page does; each is (what was chosen, what the page showed before)."""
    client = client_of(story.contact)

    def send(*, predecessor, continuation, **headers):
        data = {}
        for name, (chosen, was) in {"predecessor": predecessor, "continuation": continuation}.items():
            data[f"area-{area.pk}-{name}"] = chosen
            data[f"was-area-{area.pk}-{name}"] = mark(was)
        return client.post(f"/applications/{draft.pk}/omraden/", data, **headers)

    return send


def stored(area):
    area.refresh_from_db()
    return str(area.predecessor_id or ""), area.continuation


def test_area_that_builds_on_another_continues_it_and_the_page_is_told(post, area, before):
    answer = post(predecessor=(before, ""), continuation=("", ""), **JSON).json()
    prefix = f"area-{area.pk}-"

    assert stored(area) == (before, "continued")
    assert answer["now"] == {f"{prefix}continuation": "continued"}
    assert answer["was"] == {f"{prefix}predecessor": mark(before), f"{prefix}continuation": mark("continued")}
    assert (
        post(predecessor=(before, before), continuation=("achieved", "continued"), **JSON).status_code == 200
    )
    assert stored(area) == (before, "achieved")


def test_area_that_builds_on_nothing_says_nothing_of_what_became_of_it(post, area, before):
    answer = post(predecessor=("", ""), continuation=("achieved", ""), **JSON)

    assert (answer.status_code, answer.json()["was"]) == (422, {})
    assert list(answer.json()["problems"]) == [f"area-{area.pk}-continuation"]
    assert answer.json()["problems"][f"area-{area.pk}-continuation"].startswith("Välj först")
    assert stored(area) == ("", "")
    assert post(predecessor=(before, ""), continuation=("achieved", ""), **JSON).json()["now"] == {}
    assert stored(area) == (before, "achieved")


def test_what_became_of_an_area_is_never_blanked_unasked(post, area, before):
    ImprovementArea.objects.filter(pk=area.pk).update(predecessor=before, continuation="achieved")
    page = post(predecessor=("", before), continuation=("achieved", "achieved")).content.decode()

    assert stored(area) == (before, "achieved")
    assert "Välj först vilket område det här bygger på." in page
    assert post(predecessor=("", before), continuation=("", "achieved")).status_code == 302
    assert stored(area) == ("", "")


def test_two_choices_clash_together(post, area, before):
    """A colleague has said meanwhile that it was dropped: what it builds on is not taken from under that."""
    ImprovementArea.objects.filter(pk=area.pk).update(predecessor=before, continuation="dropped")
    answer = post(predecessor=("", before), continuation=("", "continued"))

    assert answer.status_code == 409
    assert answer.content.decode().count('value="written"') == 2
    assert stored(area) == (before, "dropped")
