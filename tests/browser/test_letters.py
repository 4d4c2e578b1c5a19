"""Letters and lists of people in a browser: written, read through, sent, and how the pages look."""

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.actions.invitations import invite
from awards.models import Letter
from awards.outbox import send_due
from tests.browser.eyes import LOOKS, faults, picture, sideways

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = (
    "Namn;E-post;Roll;Organisation/kommun\nÅsa Öberg;ny@story.example;ledamot;Övningsförbundet\n"
    ";fel;ledamot;\nBo;k@story.example;kontakt;Borås"
)


@pytest.fixture
def look(page, live_server, client_of, story):
    """Look at a page as somebody, and keep what is wrong with it."""
    found = {}

    def at(name, address="", who="organiser"):
        if address:
            cookie = client_of(story.people[who]).cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
            page.goto(live_server.url + address)
        size = page.viewport_size["width"]
        picture(page, f"letters-{name}-{size}")
        found[name] = (faults(page), sideways(page))

    at.found = found
    return at


@pytest.mark.parametrize("screen", LOOKS)
def test_letters_are_written_read_through_and_sent(page, story, look, screen):
    width, scheme = screen
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    key = story.call.key
    invite(email="ny@story.example", edition=story.call, kind="juror", now=timezone.now(), by=story.organiser)
    look("plan", reverse("letter_plan", args=[key]))
    look("text", reverse("letter_template", args=[key, "reminder-contact", "sv"]))
    page.get_by_role("textbox", name="Text").fill("Hej {kommunen}!")
    page.get_by_role("button", name="Spara texten").click()
    look("text-refused")

    look("write", reverse("letter_write", args=[key]) + "?purpose=reminder-contact")
    page.get_by_role("button", name="Läs igenom breven").click()
    page.get_by_role("heading", name="6 brev").wait_for()
    look("preview")
    page.get_by_role("button", name="Skicka 6 brev").click()
    page.get_by_role("heading", name="Utkorg").wait_for()
    look("home")
    send_due(timezone.now)
    look("inbox", reverse("inbox_page", args=[key]))
    look("own", reverse("own_letters"), "contact")

    assert sorted(Letter.objects.values_list("state", flat=True)) == ["kept"] * 7
    assert look.found == dict.fromkeys(look.found, ([], 0))


@pytest.mark.parametrize("screen", LOOKS)
def test_a_list_of_people_is_read_line_by_line(page, story, look, screen):
    width, scheme = screen
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    look("people", reverse("people_page", args=[story.edition.key]))
    look("list", reverse("people_list", args=[story.edition.key]))
    page.get_by_role("textbox", name="Listan").fill(PEOPLE)
    page.get_by_role("button", name="Läs listan").click()
    look("list-problem")
    page.get_by_role("textbox", name="Listan").fill(PEOPLE.replace(";fel;ledamot;\n", ""))
    page.get_by_role("button", name="Läs listan").click()
    look("list-read")
    page.get_by_role("button", name="Skicka 2 inbjudningar").click()
    page.get_by_text("2 inbjudningar är på väg.").wait_for()
    look("hand-over", reverse("role_hand_over", args=[story.edition.key, story.seats["juror3"].pk]))

    assert look.found == dict.fromkeys(look.found, ([], 0))
