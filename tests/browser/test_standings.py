"""The chair's pages in a browser: how they look, that axe finds nothing, and an order that moves at once."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.browser.eyes import faults, picture, sideways
from tests.criteria.jury import table
from tests.criteria.test_standings_page import BORAS, ESKILSTUNA, HELSINGBORG, KARLSTAD, KAVLINGE, VASTERAS

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "standings": "standings/",
    "statistics": "statistics/",
    "what-if": "what-if/?weight-A=80",
    "assignment": "assignment/?how=balanced&per=2&anchors=1",
    "progress": "progress/",
    "reminder": "progress/remind/",
}
JURY = {  # six entries, four jurors: a leader, three that lie close, a quarrel
    KAVLINGE: (5, 4, 5, 5),
    HELSINGBORG: (4, 3, 4, 4),
    ESKILSTUNA: (4, 3, 3, 4),
    VASTERAS: (3, 3, 4, 4),
    KARLSTAD: (2, 2, 5, 3),
    BORAS: (2, 1, 2, 2),
}


@pytest.fixture
def chair(context, live_server, story) -> str:
    """The chair has signed in, and the scoring is over; answers the address of the edition."""
    table(story, JURY)
    client = Client()
    client.force_login(story.chair)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return f"{live_server.url}/editions/{story.edition.key}/"


@pytest.mark.once
def test_pages_are_sound_in_every_look(page, chair, look):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for name, path in PAGES.items():
        page.goto(chair + path)
        picture(page, f"{name}-{look}")
        assert (name, faults(page), sideways(page)) == (name, [], 0)
    assert complaints == []


def test_the_order_moves_while_a_weight_is_typed(page, chair):
    page.goto(chair + "what-if/")
    expect(page.get_by_role("status")).to_have_text("Det här är de officiella vikterna.")
    page.fill("#weight-A", "99")
    expect(page).to_have_url(re.compile(r"weight-A=99"))
    expect(page.get_by_role("status")).not_to_have_text("Det här är de officiella vikterna.")
    kept = page.url
    page.goto(kept)
    assert page.input_value("#weight-A") == "99"


def test_charts_say_in_words_what_they_show(page, chair):
    page.goto(chair + "statistics/")
    names = page.locator("svg.kv-vega").evaluate_all(
        "all => all.map(chart => [chart.getAttribute('role'), chart.querySelector('title').textContent])"
    )
    assert [role for role, _title in names] == ["img"] * 6
    assert len({title for _role, title in names}) == 6


def test_tables_behind_the_charts_open_by_keyboard(page, chair):
    page.goto(chair + "statistics/")
    summary = page.locator("#certainty details summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#certainty table")).to_be_visible()
