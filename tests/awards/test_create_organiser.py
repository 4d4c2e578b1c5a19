"""How a real installation begins: one command, one link, one organiser."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from awards.models import Invitation, Person

LINK = re.compile(r"^http://localhost:8000(/invitations/[0-9a-f]{64}/)$", re.MULTILINE)


def link(capsys, *arguments):
    call_command("create_organiser", *arguments)
    return LINK.search(capsys.readouterr().out).group(1)


def test_create_organiser_lets_the_administrator_in_without_any_letter(db, client, capsys, mailoutbox):
    path = link(capsys, "Ansvarig@Mässan.example".replace("ä", "a"))
    assert client.get(path).status_code == 200
    answer = client.post(f"{path}accept/")

    person = Person.objects.get(email="ansvarig@massan.example")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert int(client.session["_auth_user_id"]) == person.pk
    assert person.is_superuser
    assert mailoutbox == []


def test_create_organiser_link_works_once(db, client, capsys):
    path = link(capsys, "ansvarig@story.example")
    client.post(f"{path}accept/")
    other = Client()

    assert other.post(f"{path}accept/").status_code == 410
    assert "_auth_user_id" not in other.session


def test_create_organiser_again_gives_a_new_link_and_stops_the_old(db, client, capsys):
    old, new = link(capsys, "ansvarig@story.example"), link(capsys, "ansvarig@story.example")

    assert client.post(f"{old}accept/").status_code == 410
    assert client.post(f"{new}accept/").status_code == 302
    assert Person.objects.count() == 1


def test_create_organiser_of_one_edition_is_no_administrator(story, client, capsys):
    client.post(f"{link(capsys, 'ny@story.example', '--edition', 'rehearsal-2027')}accept/")
    person = Person.objects.get(email="ny@story.example")

    assert not person.is_superuser
    assert person.holds(story.edition, "organiser")
    assert not person.holds(story.call, "organiser")


def test_create_organiser_link_is_kept_only_as_a_hash(db, capsys):
    secret = link(capsys, "ansvarig@story.example").split("/")[2]

    assert secret not in str(Invitation.objects.values())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ny@story.example", "--edition", "1999"], "There is no edition 1999. Known: none yet.\n"),
        (["no-address"], "no-address is not an e-mail address.\n"),
    ],
)
def test_create_organiser_not_understood_is_a_sentence_and_exit_code_2(db, capsys, arguments, sentence):
    with pytest.raises(SystemExit) as end:
        call_command("create_organiser", *arguments)

    assert end.value.code == 2
    assert capsys.readouterr().err == sentence
    assert Person.objects.count() == 0
