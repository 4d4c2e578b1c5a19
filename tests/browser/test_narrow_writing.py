"""A section of graded items on a narrow screen: the text comes first, and nothing lies in the way."""

import pytest
from playwright.sync_api import expect

from nominees.models import Question, Section
from nominees.states import QuestionKind
from tests.browser.eyes import faults, picture, sideways
from tests.browser.test_material import arrive, file, url_of
from tests.nominees.papers import pdf
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def steps(story):
    """A step as in 2021: ten items on four grades, and a text."""
    section = Section.objects.create(edition=story.call, code="steg", title_sv="Steg 1", position=2)
    for number in range(1, 11):
        Question.objects.create(
            section=section, code=f"g{number}", kind=QuestionKind.GRADED, text_sv=f"Vi gör sak {number}.",
            required=True, position=number,
        )  # fmt: skip
    Question.objects.create(
        section=section, code="text", kind=QuestionKind.LONG_TEXT, text_sv="Berätta.", position=20
    )
    return f"/applications/{story.drafts[ESKILSTUNA].pk}/steg/"


def test_first_field_stands_on_the_first_screen_and_the_bar_is_low(page, context, live_server, story, steps):
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    arrive(context, live_server, story.contact)
    page.goto(f"{live_server.url}{steps}")

    index = page.locator(".kv-fold")
    expect(index.locator("ol")).to_be_hidden()
    assert page.locator("#answer-g1").bounding_box()["y"] < 740
    assert (faults(page), sideways(page)) == ([], 0)
    page.evaluate("window.scrollTo(0, 900)")
    assert faults(page) == []
    picture(page, "section-narrow-dark")
    page.locator("#answer-text").focus()
    bar = page.locator(".kv-bar").bounding_box()
    assert bar["height"] <= 60
    index.locator("summary").click()
    expect(index.locator("ol")).to_be_visible()


def test_index_is_open_beside_the_text_on_a_wide_screen(page, context, live_server, story, steps):
    page.set_viewport_size({"width": 1280, "height": 900})
    arrive(context, live_server, story.contact)
    page.goto(f"{live_server.url}{steps}")

    expect(page.locator(".kv-fold ol a").first).to_be_visible()
    expect(page.locator(".kv-fold > summary")).to_be_hidden()
    assert faults(page) == []
    picture(page, "section-wide-light")


def test_what_is_said_of_a_file_is_not_said_of_the_next(page, context, live_server, story):
    arrive(context, live_server, story.contact)
    page.goto(url_of(live_server, story))
    page.fill("#upload-description", "Årsboken")
    page.check("#upload-private")
    page.set_input_files("#upload-file", [file("fel.pdf", b"MZ")])
    lines = page.locator("[data-progress] li")
    expect(lines.nth(0)).to_contain_text("fel.pdf kallas PDF men innehåller något annat.")
    expect(page.locator("#upload-description")).to_have_value("Årsboken")
    page.set_input_files("#upload-file", [file("rätt.pdf", pdf(1))])
    expect(lines.nth(1)).to_contain_text("rätt.pdf har laddats upp.")

    expect(page.locator("#upload-description")).to_have_value("")
    expect(page.locator("#upload-private")).not_to_be_checked()
    expect(page.locator("[data-rows]")).to_contain_text("Årsboken")
    box = page.locator("#upload-file").bounding_box()
    assert (box["width"], box["height"]) == (1, 1)  # the label is the button
