"""Papers and archive in a browser: how they look, and what axe says."""

import pytest
from django.urls import reverse

from awards.models import Edition
from tests.browser.eyes import LOOKS, faults, picture, sideways
from tests.criteria.jury import close
from tests.criteria.meeting import confirmed
from tests.reports.paper import sent_in

SURE = ("Jag vet att alla förlorar", "Arkivera utan paket")
pytestmark = pytest.mark.django_db(transaction=True)


def look(page, live_server, name: str, address: str, screen) -> tuple[list[str], int]:
    width, scheme = screen
    page.goto(live_server.url + address)
    picture(page, f"{name}-{width}-{scheme}")
    return faults(page), sideways(page)


def sign_in(page, live_server, person, client_of) -> None:
    cookie = client_of(person).cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


@pytest.mark.once
@pytest.mark.parametrize("screen", LOOKS)
def test_papers_and_archive_have_no_fault(page, live_server, story, client_of, screen):
    page.set_viewport_size({"width": screen[0], "height": 900})
    page.emulate_media(color_scheme=screen[1])
    sent_in(story)
    key = [story.edition.key]
    papers, archive, own = (reverse(name, args=key) for name in ("papers_page", "archive_page", "own_papers"))

    sign_in(page, live_server, story.juror1, client_of)
    found = {"own": look(page, live_server, "papers-own", own, screen)}
    sign_in(page, live_server, story.organiser, client_of)
    found["running"] = look(page, live_server, "archive-running", archive, screen)
    close(story)
    confirmed(story)
    found["papers"] = look(page, live_server, "papers", papers, screen)
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
    found["concluded"] = look(page, live_server, "archive-concluded", archive, screen)
    page.get_by_role("button", name="Arkivera omgången").click()
    picture(page, f"archive-unsure-{screen[0]}-{screen[1]}")
    found["unsure"] = (faults(page), sideways(page))
    for words in SURE:
        page.get_by_label(words).check()
    page.get_by_role("button", name="Arkivera omgången").click()
    picture(page, f"archive-archived-{screen[0]}-{screen[1]}")
    found["archived"] = (faults(page), sideways(page))

    assert found == dict.fromkeys(found, ([], 0))
