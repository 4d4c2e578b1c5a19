"""Desks, invitations, outbox, people and downloads in a browser: how they look, and what axe says."""

import pytest
from django.urls import reverse
from django.utils import timezone

from awards import invitation_links
from awards.actions.invitations import invite, invite_from_console
from awards.actions.letters import queue_letter
from awards.letters import LetterText
from awards.models import Job
from awards.states import JobState
from tests.browser.eyes import LOOKS, faults, picture, sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def invitation(story):
    """An invitation, letters in several states, and ordered files."""
    found = invite(
        email="ny.ledamot@story.example",
        edition=story.edition,
        kind="juror",
        details={"seat": "Ledamot D"},
        now=story.now,
        by=story.organiser,
    )
    for state in ("draft", "failed", "sent"):
        letter = queue_letter(
            text=LetterText("Påminnelse: läsning kvar", "Hej!\n\nDu har läsning kvar."),
            purpose="reminder",
            to=story.juror3,
            edition=story.edition,
        )
        type(letter).objects.filter(pk=letter.pk).update(
            state=state, failure="550 no such user" if state == "failed" else ""
        )
    for state in (JobState.RUNNING, JobState.FAILED, JobState.QUEUED):
        Job.objects.create(
            person=story.organiser, edition=story.edition, kind="juror_workbooks", state=state,
            done=2, total=6,
            message="Arbetet avbröts. Ingenting ändrades. Beställ det igen." if state == "failed" else "",
        )  # fmt: skip
    return found


def sign_in(page, live_server, person, client_of):
    """Give the browser the session of somebody who has signed in."""
    client = client_of(person)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def addresses(story, invitation):
    key = story.edition.key
    letter = story.edition.letters.filter(state="failed").get()
    return {
        "organiser": {
            "desk": "/desk/",
            "people": reverse("people_page", args=[key]),
            "outbox": reverse("letter_list", args=[key]),
            "letter": reverse("letter_page", args=[letter.pk]),
            "downloads": "/jobs/",
        },
        "chair": {"desk": "/desk/"},
        "juror3": {"desk": "/desk/"},
        "outsider": {"desk": "/desk/"},
        "contact": {"colleagues": reverse("application_colleagues", args=[story.drafts["0484"].pk])},
        "": {
            "invitation": invitation_links.address_of(invitation).removeprefix("http://localhost:8000"),
            "who-sees-what": "/who-sees-what/",
        },
    }


@pytest.mark.once
@pytest.mark.parametrize("screen", LOOKS)
def test_peoples_pages_have_no_fault(page, live_server, story, invitation, client_of, screen):  # noqa: PLR0917 - fixtures
    width, scheme = screen
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    found, wanted = {}, {}
    for who, pages in addresses(story, invitation).items():
        page.context.clear_cookies()
        if who:
            sign_in(page, live_server, story.people[who], client_of)
        for name, address in pages.items():
            page.goto(live_server.url + address)
            label = f"{who or 'anybody'}-{name}"
            picture(page, f"people-{label}-{width}-{scheme}")
            found[label] = (faults(page), sideways(page))
            wanted[label] = ([], 0)
    assert found == wanted


def test_first_organiser_comes_in_by_the_link_alone(page, live_server, db):
    invitation = invite_from_console(email="ansvarig@story.example", edition=None, now=timezone.now())
    path = invitation_links.address_of(invitation).removeprefix("http://localhost:8000")

    page.goto(live_server.url + path)
    picture(page, "people-first-organiser")
    assert (faults(page), sideways(page)) == ([], 0)
    page.get_by_role("button", name="Tacka ja och logga in").click()
    page.wait_for_url("**/account/")
    assert "Välkommen!" in page.inner_text("[role=status]")
