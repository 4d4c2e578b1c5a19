"""The first half of an edition in a browser: copied, its gates seen, a contact invited, the call opened."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from awards.actions import editions
from awards.models import Edition, Invitation, Partner, Person, Seat, Stage
from criteria.models import Undertaking
from tests.browser.eyes import LOOKS, faults, picture, sideways
from tests.browser.test_people_pages import sign_in
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "rehearsal-2033"


@pytest.fixture
def source(story):
    """What there is to copy."""
    Undertaking.objects.create(edition=story.edition, text_sv="Jag lovar att hålla tyst.")
    Partner.objects.create(edition=story.edition, organisation="Svenska Mässan", part="huvudpartner")
    return story.edition


def judged(page, name: str) -> tuple:
    """The page's picture is kept; what is wrong with it."""
    picture(page, name)
    return faults(page), sideways(page)


def make_by_copying(page, base: str, source: Edition) -> None:
    """From the set-up of an earlier edition to what was copied."""
    page.goto(f"{base}{reverse('edition_setup', args=[source.key])}")
    page.get_by_role("link", name="Kopiera till en ny omgång").click()
    page.get_by_label("Mässans år").fill("2033")
    page.get_by_label("Så många dagar som jag skriver").check()
    page.get_by_label("Antal dagar").fill("12")
    page.get_by_role("button", name="Se på kopian").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Det här blir {KEY}")
    page.get_by_role("button", name="Skapa omgången").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad som kopierades")


def open_the_call(by: Person) -> None:
    """The edition begins, and with it its first stage."""
    edition = Edition.objects.select_related("fair", "award").get(key=KEY)
    editions.open_edition(edition=edition, by=by)
    editions.open_stage(
        stage=Stage.objects.select_related("edition").get(edition=edition, kind="call"), by=by
    )


def test_organiser_copies_sees_gates_invites_and_opens_the_call(page, live_server, story, source, client_of):
    sign_in(page, live_server, story.organiser, client_of)
    make_by_copying(page, live_server.url, source)
    assert judged(page, "setup-copied-1280-light") == ([], 0)

    page.goto(f"{live_server.url}{reverse('people_page', args=[KEY])}")
    form = page.locator(f"form[action='{reverse('contact_invite', args=[KEY])}']")
    form.get_by_label("Kommun").select_option(ESKILSTUNA)
    form.get_by_label("E-postadress").fill("ny@eskilstuna.example")
    form.get_by_role("button", name="Skicka inbjudan").click()
    expect(page.locator("[role=status]")).to_contain_text("Inbjudan är på väg")
    assert Invitation.objects.get(email="ny@eskilstuna.example").edition.key == KEY

    open_the_call(Person.objects.get(pk=story.organiser.pk))
    page.goto(f"{live_server.url}{reverse('desk')}?role=organiser&edition={KEY}")
    expect(page.locator(".kv-stage [aria-current=step]")).to_contain_text("Ansökan")
    expect(page.locator("main")).to_contain_text("kopierade en tidigare omgång hit")
    assert judged(page, "setup-desk-1280-light") == ([], 0)


@pytest.mark.once
@pytest.mark.parametrize("screen", LOOKS)
def test_set_up_pages_have_no_fault(page, live_server, story, source, client_of, screen):  # noqa: PLR0917 - fixtures
    width, scheme = screen
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    Seat.objects.create(edition=source, name="Ledamot D", organisation="SKR", panel="Panel 1")
    sign_in(page, live_server, story.organiser, client_of)
    wishes = (
        f"?award={source.award_id}&year=2033&is_rehearsal=on&entry_mode=application&how=weeks&parts=stages"
        "&parts=rounds&parts=seats&parts=people&parts=partners"
    )
    pages = {
        "new": reverse("edition_new"),
        "copy": reverse("edition_copy", args=[source.key]),
        "copy-wrong": reverse("edition_copy", args=[source.key]) + "?year=27&how=days",
        "copy-preview": reverse("edition_copy", args=[source.key]) + wishes,
        "seat": reverse("seat_edit", args=[source.key]) + "?seat=Ledamot%20D",
        **{
            name: reverse(name, args=[source.key])
            for name in (
                "edition_setup",
                "setup_facts",
                "setup_stages",
                "setup_partners",
                "setup_seats",
                "setup_questionnaire",
                "setup_scoring",
            )
        },
    }
    found, wanted = {}, {}
    for name, address in pages.items():
        page.goto(live_server.url + address)
        found[name], wanted[name] = judged(page, f"setup-{name}-{width}-{scheme}"), ([], 0)
    assert found == wanted
