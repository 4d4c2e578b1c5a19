"""The outbox as pages: for the edition's organiser alone, with what can be done and why not."""

import pytest

from awards.actions.letters import queue_letter
from awards.letters import LetterText
from awards.models import Letter


@pytest.fixture
def letter(story):
    return write(story)


def write(story, number=1):
    text = LetterText(f"Påminnelse {number}", "Hej!\n\nDet är dags.")
    return queue_letter(
        text=text, purpose="news", to=story.contact, edition=story.edition, needs_approval=True
    )


def test_outbox_lists_letters_and_costs_the_same_with_sixty(
    story, letter, client_of, django_assert_num_queries
):
    client = client_of(story.organiser)
    url = f"/organiser/letters/?edition={story.edition.key}"
    assert "Påminnelse 1" in client.get(url).content.decode()
    with django_assert_num_queries(9):
        client.get(url)

    for number in range(60):
        write(story, number)
    with django_assert_num_queries(9):
        assert client.get(url).content.decode().count("/letters/") >= 50


def test_outbox_filters_by_state(story, letter, client_of):
    client = client_of(story.organiser)
    url = f"/editions/{story.edition.key}/letters/"

    assert "Påminnelse 1" in client.get(f"{url}?state=draft", follow=True).content.decode()
    assert "Påminnelse 1" not in client.get(f"{url}?state=sent", follow=True).content.decode()


def test_letter_is_read_approved_and_stopped(story, letter, client_of):
    client = client_of(story.organiser)
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "<p>Det är dags.</p>" in page

    client.post(f"/letters/{letter.pk}/approve/")
    assert Letter.objects.get().state == "queued"
    client.post(f"/letters/{letter.pk}/cancel/")
    assert Letter.objects.get().state == "cancelled"
    assert client.post(f"/letters/{letter.pk}/retry/").status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("other_organiser", 404), ("outsider", 404), ("contact", 403), ("chair", 403)]
)
def test_letter_is_nobody_elses(story, letter, client_of, who, status):
    client = client_of(story.people[who])
    answers = [
        client.get(f"/editions/{story.edition.key}/letters/"),
        client.get(f"/letters/{letter.pk}/"),
        client.post(f"/letters/{letter.pk}/approve/"),
        client.post(f"/letters/{letter.pk}/cancel/"),
    ]

    assert [answer.status_code for answer in answers] == [status] * 4
    assert Letter.objects.get().state == "draft"
