"""What tests in a browser stand on: a screen that wears one of our looks, and a person who has signed in."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from awards.models import Person
from tests.browser.eyes import LOOKS, wear


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def look(request, page) -> str:
    """A wide and light screen, or a narrow and dark one; answers its name."""
    return wear(page, request.param)


@pytest.fixture
def sign_in(context, live_server) -> Callable[[Person], str]:
    """Let the browser be this person, without passing the sign-in page; answers the address of the site."""

    def signed_in(person: Person) -> str:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return live_server.url

    return signed_in
