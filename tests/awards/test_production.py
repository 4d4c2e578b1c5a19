"""Where the award is real, nothing starts half-closed, and its leaders are asked for a second factor."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse

from awards.sign_in import SecondFactorAdapter

SOUND = {
    "PRODUCTION": "true",
    "DEBUG": "false",
    "TESTING": "false",
    "SECRET_KEY": "a-key-of-its-own-that-is-long-enough-and-nobody-else-has-0123456789",
    "ALLOWED_HOSTS": "award.example",
    "BASE_URL": "https://award.example",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def manage(*arguments, **changes):
    environment = {**os.environ, **SOUND, **changes, "DJANGO_SETTINGS_MODULE": "awards.settings"}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests' own
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DEBUG": "true"}, "PRODUCTION refuses DEBUG. Unset one of them."),
        ({"SECRET_KEY": settings.DEFAULT_KEY}, "PRODUCTION needs a SECRET_KEY of its own."),
        ({"ALLOWED_HOSTS": "*"}, 'PRODUCTION refuses ALLOWED_HOSTS "*". Name your hosts.'),
    ],
)
def test_production_refuses_to_start(changes, sentence):
    ended = manage("check", **changes)

    assert ended.returncode != 0
    assert ended.stderr.rstrip().endswith(sentence)


def test_production_check_deploy_is_clean():
    ended = manage("check", "--deploy", "--fail-level", "INFO")

    assert (ended.returncode, ended.stdout + ended.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_production_has_no_demonstration():
    ended = manage("demo")

    assert ended.returncode == 1
    assert ended.stderr == ("Production mode has no demonstration: its accounts have a public password.\n")


@pytest.fixture
def production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def add_second_factor(person):
    return Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})


@pytest.mark.parametrize("who", ["organiser", "chair", "deputy", "administrator"])
def test_leaders_without_a_second_factor_are_led_to_it(story, client_of, production, who):
    client = client_of(story.people[who])
    answer = client.get("/desk/", follow=True)

    assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "Arrangörer och ordförande loggar in i två steg" in answer.content.decode()


@pytest.mark.parametrize("who", ["juror1", "contact", "observer", "outsider"])
def test_others_need_no_second_factor(story, client_of, production, who):
    answer = client_of(story.people[who]).get("/desk/", follow=True)

    assert answer.status_code == 200
    assert reverse("mfa_index") not in [address for address, _status in answer.redirect_chain]


def test_leaders_with_a_second_factor_go_on(story, client_of, production):
    add_second_factor(story.chair)

    assert client_of(story.chair).get("/desk/").status_code == 200


def test_leaders_can_always_sign_out_and_change_language(story, client_of, production):
    client = client_of(story.organiser)

    assert client.post("/language/", {"language": "en", "next": "/"})["Location"] == "/"
    assert client.post(reverse("account_logout"))["Location"] == "/"


def test_leaders_keep_their_last_second_factor(story, production):
    first = add_second_factor(story.chair)
    codes = Authenticator.objects.create(
        user=story.chair, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"}
    )
    adapter = SecondFactorAdapter()

    assert not adapter.can_delete_authenticator(first)
    assert not adapter.can_delete_authenticator(Authenticator.objects.get(pk=first.pk))
    Authenticator.objects.create(user=story.chair, type=Authenticator.Type.WEBAUTHN, data={})
    assert adapter.can_delete_authenticator(first)
    assert adapter.can_delete_authenticator(codes)


def test_outside_production_nobody_is_asked(story, client_of):
    assert client_of(story.organiser).get("/desk/").status_code == 200
