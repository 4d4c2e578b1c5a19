"""Signing in tells strangers nothing, tires those who guess, and never opens a redirect to elsewhere."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.story import PASSWORD

LOGIN, CODE = "/accounts/login/", "/accounts/login/code/"
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def told(answer, *addresses):
    """What a stranger learns: status, where to, and the page without tokens and without the typed address."""
    text = TOKENS.sub("", answer.content.decode())
    for address in addresses:
        text = text.replace(address, "ADDRESS")
    return answer.status_code, answer.get("Location"), text


def sign_in(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password})


def test_sign_in_by_password_leads_to_the_desk(story, client):
    answer = sign_in(client, story.contact.email, PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_sign_in_address_in_capitals_is_the_same(story, client):
    assert sign_in(client, story.contact.email.upper(), PASSWORD)["Location"] == "/desk/"


def test_wrong_password_and_unknown_address_read_the_same(story, client):
    known, unknown = story.contact.email, "nobody@story.example"

    assert told(sign_in(client, known, "wrong-password"), known) == told(
        sign_in(client, unknown, "wrong-password"), unknown
    )


def test_code_for_an_unknown_address_reads_the_same(story, client_of, client):
    known, unknown = story.contact.email, "nobody@story.example"
    first = client.post(CODE, {"email": known})
    client.cookies.clear()
    second = client.post(CODE, {"email": unknown})

    assert told(first, known) == told(second, unknown)


def test_code_by_letter_signs_in(story, client):
    client.post(CODE, {"email": story.contact.email})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[0].body, re.MULTILINE).group(1)
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert answer["Location"] == "/desk/"


def test_forgotten_password_of_an_unknown_address_reads_the_same(story, client):
    known, unknown = story.contact.email, "nobody@story.example"
    url = reverse("account_reset_password")

    assert told(client.post(url, {"email": known}), known) == told(
        client.post(url, {"email": unknown}), unknown
    )


def test_guessing_passwords_ends(story, client):
    for _time in range(6):
        sign_in(client, story.contact.email, "wrong-password")
    answer = sign_in(client, story.contact.email, PASSWORD)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(db, client):
    page = client.get(reverse("account_signup"))
    answer = client.post(reverse("account_signup"), {"email": "x@story.example", "password1": PASSWORD})

    assert (page.status_code, answer.status_code) == (200, 200)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_sign_in_never_leads_elsewhere(story, client, elsewhere):
    answer = client.post(LOGIN, {"login": story.contact.email, "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == "/desk/"


def test_sign_in_changes_the_session_and_a_new_password_ends_it(story, client):
    client.get(LOGIN)
    sign_in(client, story.contact.email, PASSWORD)
    story.contact.set_password("another-long-password")
    story.contact.save()

    assert client.get("/desk/").status_code == 302


def test_inactive_people_stay_out(story, client):
    story.contact.is_active = False
    story.contact.save()
    sign_in(client, story.contact.email, PASSWORD)

    assert "_auth_user_id" not in client.session
