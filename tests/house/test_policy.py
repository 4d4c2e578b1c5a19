"""Every address is in the policy table, and every row of the table is true: each role asks for it."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse

from reports.policy import ANONYMOUS, Answer, policy
from reports.views.who_sees_what import ROLES
from tests.house.policy_world import WORLDS, names

EVERYBODY = (ANONYMOUS, *policy().roles)
ASK_AGAIN = (ANONYMOUS, "organiser", "chair", "juror", "contact")  # on both databases: they reach every page
CASES = [(page, case) for page in policy().pages for case in page.cases]


@pytest.fixture
def world(story):
    return story, names(story)


def addresses(patterns=None, prefix="/"):
    """(name, path) of every pattern that the product answers at."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield each.name, path
        else:
            yield from addresses(each.url_patterns, path)


def got(client, case, url, known):
    """What the role gets, in the table's words, with the page's text."""
    data = {name: str(value).format(**known) for name, value in case.data.items()}
    response = client.post(url, data) if case.method == "POST" else client.generic(case.method, url)
    if response.status_code == 404:
        return Answer.NOTHING, ""
    if response.status_code == 403:
        return Answer.REFUSED, response.content.decode()
    if response.status_code == 401:  # what was typed comes back, with the way to sign in
        return Answer.SIGN_IN, ""
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return Answer.SIGN_IN, ""
    assert response.status_code < 500
    return Answer.REACHED, ""


def test_every_address_has_a_row_and_every_row_an_address():
    table = {page.name for page in policy().pages if not page.prefix}
    prefixes = tuple(page.prefix for page in policy().pages if page.prefix)
    answered = {name for name, path in addresses() if not path.startswith(prefixes)}

    assert answered - table == set()
    assert table - answered == set()


def test_every_role_has_its_words():
    used = {role for page in policy().pages for case in page.cases for role in (*case.yes, *case.refused)}

    assert used - set(ROLES) == set()
    assert set(policy().roles) <= set(ROLES)


@pytest.mark.parametrize(
    "role",
    [role if role in ASK_AGAIN else pytest.param(role, marks=pytest.mark.once) for role in EVERYBODY],
)
def test_every_row_is_true_for(role, world):
    story, known = world
    client = Client()
    if role != ANONYMOUS:
        client.force_login(story.people[role])

    assert dict(_untrue(role, client, story, known)) == {}


def _untrue(role, client, story, known):
    """Each case that answers otherwise than the table says, every one asked in the same unchanged world."""
    for page, case in CASES:
        url = case.url.format(**known)
        assert resolve(url.split("?")[0]).url_name == page.name or url.startswith(page.prefix or "-")
        cache.clear()
        with transaction.atomic():
            if case.world:
                WORLDS[case.world](story)
            answer, text = got(client, case, url, known)
            transaction.set_rollback(True)
        wanted = case.answer(role)
        if answer != wanted:
            yield f"{case.method} {case.url} {case.world}".strip(), f"{answer}, not {wanted}"
        elif answer == Answer.REFUSED and case.says not in text:
            yield f"{case.method} {case.url} {case.world}".strip(), f"refused without saying {case.says}"


def test_table_is_shown_to_everybody(client, db):
    page = client.get("/who-sees-what/").content.decode()

    assert page.count("<tr>") == 1 + len(CASES)
    assert len(page.encode()) < 100_000
