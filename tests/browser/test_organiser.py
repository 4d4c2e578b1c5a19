"""The organiser's pages in a browser: how they look, what axe says, and a stage closed by hand."""

import pytest

from awards.actions.times import extend_stage
from awards.models import Stage
from tests.browser.eyes import LOOKS, faults, picture, sideways
from tests.browser.test_people_pages import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/organiser/editions/rehearsal-2027/"
PAGES = {
    "home": "/organiser/",
    "edition": HERE,
    "call": "/organiser/editions/rehearsal-2029/",
    "close": f"{HERE}stages/2/close/",
    "extend": "/organiser/editions/rehearsal-2029/stages/1/extend/",
    "times": f"{HERE}stages/3/times/",
    "postpone": f"{HERE}state/postpone/",
    "cancel": f"{HERE}state/cancel/",
    "journal": f"{HERE}journal/?group=edition",
    "view-as": f"{HERE}view-as/",
}


@pytest.fixture
def moved(story):
    """A deadline that has moved, so that there is something to show."""
    stage = story.edition.stages.select_related("edition").get(kind="scoring")
    until = stage.closes_at + (stage.closes_at - story.now) / 3
    extend_stage(stage=stage, closes_at=until, reason="Två är sjuka", now=story.now, by=story.organiser)
    return story


@pytest.mark.once
@pytest.mark.parametrize("screen", LOOKS)
def test_organisers_pages_have_no_fault(page, live_server, moved, client_of, screen):
    width, scheme = screen
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, live_server, moved.organiser, client_of)

    found = {}
    for name, address in PAGES.items():
        page.goto(live_server.url + address)
        picture(page, f"organiser-{name}-{width}-{scheme}")
        found[name] = (faults(page), sideways(page))
    page.get_by_role("button", name="Se som Eskilstuna", exact=True).click()
    page.wait_for_url("**/applications/**")
    picture(page, f"organiser-seen-as-{width}-{scheme}")
    found["seen-as"] = (faults(page), sideways(page))
    assert found == dict.fromkeys([*PAGES, "seen-as"], ([], 0))


def test_stage_is_closed_in_spite_of_what_remains(page, live_server, story, client_of):
    sign_in(page, live_server, story.organiser, client_of)
    page.goto(live_server.url + HERE)
    page.get_by_role("link", name="stänger ändå och skriver varför").click()
    page.get_by_label("Skäl").fill("Tiden är ute")
    page.get_by_role("button", name="Stäng ändå").click()
    page.wait_for_url(f"**{HERE}")

    states = Stage.objects.filter(edition=story.edition).values_list("state", flat=True)
    assert list(states) == ["closed", "closed", "open", "ahead", "ahead"]


@pytest.mark.once
def test_menus_open_within_a_narrow_screen(page, live_server, story, client_of):
    page.set_viewport_size({"width": 360, "height": 900})
    sign_in(page, live_server, story.organiser, client_of)
    page.goto(live_server.url + HERE)
    found = {}
    for menu in page.locator("header summary").all():
        menu.click()
        found[menu.inner_text()] = (menu.locator("xpath=following-sibling::ul").is_visible(), sideways(page))
        menu.click()

    assert set(found.values()) == {(True, 0)}
    assert len(found) == 3
