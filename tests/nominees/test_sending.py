"""What the page for sending in and the home page say is true of the entry's state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nominees.actions.submissions import reopen, submit, withdraw
from nominees.drafts import mark
from nominees.models import Answer, Question
from tests.nominees.reading import words
from tests.story import ESKILSTUNA

FIRST = "Vi har arbetat mest med språket."
CHANGES = "Ni har ändringar som inte är inskickade"


@pytest.fixture
def draft(story):
    """Eskilstuna's application with both questions answered, sent in."""
    entry = story.drafts[ESKILSTUNA]
    most = Question.objects.get(section__edition=entry.edition, code="mest")
    Answer.objects.create(nomination=entry, question=most, text=FIRST)
    submit(nomination=entry, now=story.now, by=story.contact)
    return entry


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


def page(client, draft):
    return words(client.get(f"/applications/{draft.pk}/submit/"))


def write(client, draft, text, before):
    typed = {"answer-mest": text, "was-answer-mest": mark(before)}
    assert client.post(f"/applications/{draft.pk}/beskrivning/", typed).status_code == 302


def close(story):
    story.call.stages.filter(kind="call").update(closes_at=timezone.now() - timedelta(minutes=1))


def test_change_taken_back_is_no_change(client, draft):
    write(client, draft, "Nytt.", FIRST)
    assert CHANGES in page(client, draft)
    write(client, draft, FIRST, "Nytt.")

    assert (CHANGES in page(client, draft), "Er ansökan är inskickad" in page(client, draft)) == (False, True)


def test_withdrawn_entry_is_said_to_be_withdrawn(story, client, draft):
    withdraw(nomination=draft, reason="Vi hinner inte.", now=story.now, by=story.contact)

    told, home = page(client, draft), words(client.get("/applications/"))
    assert (CHANGES in told, "Ansökan har dragits tillbaka" in told, "Skicka in igen" in told) == (
        False, True, False,
    )  # fmt: skip
    assert ("Ansökan är inte längre med" in home, "har ett svar" in home) == (True, False)


def test_reopened_entry_without_a_change_is_said_to_be_open(story, client, draft):
    reopen(nomination=draft, reason="En siffra fattas.", now=story.now, by=story.organiser)

    told = page(client, draft)
    assert (CHANGES in told, "Ansökan är öppen igen" in told) == (False, True)
    assert "Version 1 gäller som den skickades in tills ni skickar in igen." in told


def test_changes_after_the_deadline_are_said_not_to_be_sent_in(story, client, draft):
    write(client, draft, "Nytt.", FIRST)
    close(story)

    told, home = page(client, draft), words(client.get("/applications/"))
    assert "Era senaste ändringar skickades inte in" in told
    assert "Version 1 är den som gäller. Ansökan stängde" in told
    assert "Ansökan är inskickad." in home


def test_nothing_invites_to_save_after_the_deadline(story, client, draft):
    url = f"/applications/{draft.pk}/beskrivning/"
    close(story)

    answer = client.post(url, {"answer-mest": "För sent.", "was-answer-mest": mark(FIRST)})
    assert (answer.status_code, "För sent." in words(answer)) == (403, True)
    pages = (answer, client.get(url), client.get(f"/applications/{draft.pk}/contributions/"))
    assert ['value="save"' in each.content.decode() for each in pages] == [False] * 3
    assert f'formaction="{url}text/"' in answer.content.decode()
