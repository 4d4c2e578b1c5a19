"""Sign-in in our own words: pages, letters and refusals, without a browser."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from awards.models import Person

PASSWORD = "kvalitet-demo"


@pytest.fixture
def person(db):
    made = Person.objects.create_user("ledamot.b@example.org", PASSWORD, name="Ledamot B")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode()).group(1)


def summary(response):
    return re.findall(r"<li><a href=\"#(\w+)\">(.*?)</a></li>", response.content.decode())


def test_sign_in_with_password_opens_the_asked_page(client, person):
    response = client.post("/accounts/login/?next=/account/", {"login": person.email, "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/account/")


def test_sign_in_with_wrong_password_says_so_and_keeps_the_address(english, person):
    response = english.post("/accounts/login/", {"login": person.email, "password": "wrong"})

    page = response.content.decode()
    assert "data-error-summary" in page
    assert re.search(r'name="login" value="([^"]*)"', page).group(1) == person.email


def test_sign_in_says_the_same_of_an_unknown_address(client, person):
    pages = [
        client.post("/accounts/login/", {"login": address, "password": "wrong"}).content.decode()
        for address in (person.email, "nobody@example.org")
    ]

    shown = [
        re.search(r"<section class=\"kv-note is-alert kv-errors\".*?</section>", page, re.DOTALL)
        for page in pages
    ]
    assert shown[0].group() == shown[1].group()


def test_sign_in_with_nothing_leads_to_both_fields(english, db):
    response = english.post("/accounts/login/", {})

    assert [target for target, _text in summary(response)] == ["id_login", "id_password"]


def test_code_is_asked_for_sent_and_used(english, person):
    english.post("/accounts/login/code/?next=/account/", {"email": person.email})
    letter = mail.outbox[-1]
    code = letter.body.split("\n\n")[2].strip()

    response = english.post("/accounts/login/code/confirm/", {"code": code, "next": "/account/"})

    assert (letter.to, letter.subject) == ([person.email], "Your sign-in code")
    assert (response.status_code, english.get("/account/").status_code) == (302, 200)


def test_code_for_an_unknown_address_offers_no_open_sign_up(english, db):
    response = english.post("/accounts/login/code/", {"email": "nobody@example.org"}, follow=True)

    assert heading(response) == "Enter the code"
    assert [("signup" in letter.body, letter.subject) for letter in mail.outbox] == [
        (False, "There is no account for this address")
    ]


def test_sign_up_is_closed(english, db):
    assert heading(english.get("/accounts/signup/")) == "By invitation only"


def test_forgotten_password_is_chosen_anew(english, person):
    english.post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body).group()
    form = english.get(link, follow=True)

    response = english.post(
        form.redirect_chain[-1][0],
        {"password1": "a-new-long-secret", "password2": "a-new-long-secret"},
        follow=True,
    )

    assert heading(response) in {"The password is changed", "Sign in"}
    assert Client().login(email=person.email, password="a-new-long-secret") is True


def test_forgotten_password_says_the_same_of_an_unknown_address(english, person):
    headings = [
        heading(english.post("/accounts/password/reset/", {"email": address}, follow=True))
        for address in (person.email, "nobody@example.org")
    ]

    assert headings == ["Look in your inbox", "Look in your inbox"]


def test_old_link_says_what_to_do(english, db):
    response = english.get("/accounts/password/reset/key/1-set-password/")

    assert heading(response) == "The link no longer works"


def test_own_page_is_for_those_signed_in(client, db):
    response = client.get("/account/")

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/account/")


def test_language_form_keeps_the_page(client, db):
    page = client.get("/privacy/?a=1").content.decode()
    back = re.search(r'name="next" value="([^"]*)"', page).group(1)

    response = client.post("/language/", {"next": back, "language": "en"})

    assert (response["Location"], heading(client.get(back))) == ("/privacy/?a=1", "Personal data")


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/accounts/login/"])
def test_open_page_asks_few_questions(client, db, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(3):
        assert client.get(address).status_code == 200


def test_missing_page_has_its_own_words(english, db):
    response = english.get("/no-such-page/")

    assert (response.status_code, heading(response)) == (404, "The page does not exist")
