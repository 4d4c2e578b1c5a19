"""From an open consensus meeting to a frozen decision in a browser, and how its pages look."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from criteria.models import Decision
from tests.browser.eyes import faults, picture, sideways
from tests.criteria.meeting import ESKILSTUNA, KARLSTAD, agree, closed_round, confirmed, opened, wishes

pytestmark = pytest.mark.django_db(transaction=True)


def address(live_server, story, path: str) -> str:
    return f"{live_server.url}/editions/{story.edition.key}/{path}"


def judge(page, name: str, look: str) -> tuple:
    picture(page, f"{name}-{look}")
    return name, faults(page), sideways(page)


@pytest.mark.once
def test_pages_are_sound_in_every_look(page, live_server, story, sign_in, look):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    meeting = opened(story)
    agree(story, meeting, KARLSTAD, wishes(3, "Vi vägde resultaten tyngre.", ["A1", "B2"]))
    sign_in(story.chair)
    judged = []
    for name, path in (
        ("consensus", "consensus/"),
        ("consensus-entry", f"consensus/{KARLSTAD}/?names=1"),
        ("minutes", "consensus/minutes/"),
        ("standings-after-meeting", "standings/"),
        ("decision-none", "decision/"),
    ):
        page.goto(address(live_server, story, path))
        judged.append(judge(page, name, look))
    page.goto(address(live_server, story, f"consensus/{ESKILSTUNA}/"))
    page.fill("#value-A1", "9")
    page.click("text=Spara >> nth=0")
    expect(page.locator("#errors-title")).to_be_visible()
    judged.append(judge(page, "consensus-entry-errors", look))

    assert judged == [(name, [], 0) for name, _faults, _pixels in judged]
    assert complaints == []


@pytest.mark.once
def test_frozen_decision_is_sound_in_every_look(page, live_server, story, sign_in, look):
    closed_round(story)
    confirmed(story)
    sign_in(story.organiser)
    page.goto(address(live_server, story, "decision/"))
    frozen = judge(page, "decision-frozen", look)
    page.goto(f"{live_server.url}/desk/?edition={story.edition.key}")
    desk = judge(page, "desk-after-scoring", look)
    page.goto(address(live_server, story, "decision/publish/"))
    publish = judge(page, "publish-pending", look)
    page.get_by_label("Nu, så snart jag bekräftar").check()
    page.get_by_role("button", name="Gå igenom det").click()
    page.click("main summary >> nth=0")
    check = judge(page, "publish-read-through", look)

    found = [frozen, desk, publish, check]
    assert [each[1:] for each in found] == [([], 0)] * 4, found


def test_meeting_leads_to_a_frozen_decision(page, live_server, story, sign_in, look):
    closed_round(story)
    sign_in(story.chair)
    page.goto(address(live_server, story, "consensus/"))
    page.click("text=Öppna mötet")
    page.click("text=Spara närvaro och anteckning")
    page.click("ol.kv-agenda a >> nth=0")
    expect(page.locator("h1")).to_have_text("Karlstad")
    page.click("text=Visa ledamöternas namn")
    page.fill("#value-A1", "3")
    page.fill("#reason-A1", "Underlaget bär en trea.")
    page.click("text=Spara och gå vidare")
    expect(page.locator("h1")).not_to_have_text("Karlstad")
    page.goto(address(live_server, story, "consensus/"))
    page.click("text=Stäng mötet")
    page.click("text=Till beslutet")
    page.click("text=Gör ett utkast")
    page.fill("#id_1261-motivation_sv", "För att ni lär av varandra, varje dag.")
    assert judge(page, "decision-draft", look) == ("decision-draft", [], 0)
    page.click("text=Spara och föreslå")
    expect(page.locator("h1")).to_have_text("Beslutet väntar på att bekräftas")
    page.context.clear_cookies()
    sign_in(story.deputy)
    page.goto(address(live_server, story, "decision/"))
    assert judge(page, "decision-proposed", look) == ("decision-proposed", [], 0)
    page.click("text=Bekräfta och frys")
    expect(page.locator(".kv-sum")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    with page.expect_download() as fetched:
        page.click("text=Det frysta beslutsunderlaget (JSON)")

    content = fetched.value.path().read_bytes()
    assert hashlib.sha256(content).hexdigest() == Decision.objects.get().sha256
