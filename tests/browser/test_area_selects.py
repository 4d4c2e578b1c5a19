"""What an area builds on and what became of it, chosen one after the other while the page saves by itself."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from nominees.actions.questionnaires import give_questionnaire
from nominees.models import ImprovementArea
from nominees.questionnaire_files import shipped
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area(page, context, live_server, story):
    """A new area of Eskilstuna's application, which goes on from 2015, unfolded before the contact."""
    give_questionnaire(edition=story.call, questionnaire=shipped("2013-four-questions"), by=None)
    entry = story.drafts[ESKILSTUNA]
    entry.carried_from = story.historic[ESKILSTUNA]
    entry.save()
    area = ImprovementArea.objects.create(nomination=entry, direction="outward", title="Skolan", position=1)
    client = Client()
    client.force_login(story.contact)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/applications/{entry.pk}/forbattring/?row=area-{area.pk}")
    return area


@pytest.fixture
def choose(page, area):
    """Choose in one of the two lists and wait for the save; gives the answer's status."""

    def chosen(name: str, value: str) -> int:
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.select_option(f"#area-{area.pk}-{name}", value)
        return answer.value.status

    return chosen


def stored(area) -> tuple[str, str]:
    area.refresh_from_db()
    return str(area.predecessor_id), area.continuation


def save(page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.get_by_role("heading", name="En kollega hann spara före dig")).to_have_count(0)


def test_area_that_builds_on_another_is_achieved_without_a_clash_with_oneself(page, story, area, choose):
    before = str(story.historic[ESKILSTUNA].improvement_areas.first().pk)

    assert choose("predecessor", before) == 200
    expect(page.locator(f"#area-{area.pk}-continuation")).to_have_value("continued")
    assert choose("continuation", "achieved") == 200
    save(page)
    assert stored(area) == (before, "achieved")


def test_area_that_was_achieved_stays_so_when_what_it_builds_on_is_chosen_after(page, story, area, choose):
    before = str(story.historic[ESKILSTUNA].improvement_areas.first().pk)

    assert choose("continuation", "achieved") == 422
    expect(page.locator("[data-saved]")).to_contain_text("Välj först")
    assert choose("predecessor", before) == 200
    save(page)
    assert stored(area) == (before, "achieved")


def test_leaving_while_a_choice_is_being_saved_warns(page, live_server, area):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/forbattring/", lambda _route: None)  # the save is under way, and stays so
    with page.expect_request(lambda request: request.method == "POST"):
        page.select_option(f"#area-{area.pk}-predecessor", index=1)
    page.goto(f"{live_server.url}/applications/")

    assert asked == ["beforeunload"]
