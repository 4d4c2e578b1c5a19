"""A file that the check refuses: told by letter and page, counted nowhere, and what it replaced is back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from awards.models import Letter
from nominees.actions.material_checks import check_waiting
from nominees.models import Contact, Material
from tests.nominees.papers import pdf
from tests.nominees.reading import words
from tests.nominees.test_material import upload, url
from tests.story import ESKILSTUNA

BROKEN = pdf(1)[:300]
WHY = "Filen är trasig och går inte att öppna. Spara om den och ladda upp den igen."


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(story):
    return story.drafts[ESKILSTUNA]


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


def test_uploader_is_told_why_by_letter_and_on_the_page(story, client, draft):
    upload(client, draft, "Årsbok.pdf", BROKEN)
    upload(client, draft, "god.pdf", pdf(2))
    check_waiting(timezone.now())

    letter = Letter.objects.get()
    assert (letter.to, letter.purpose, letter.language, letter.subject) == (
        story.contact,
        "material-refused",
        "sv",
        "Årsbok.pdf stoppades",
    )
    assert WHY in letter.body
    assert letter.body.rstrip().splitlines()[-3] == f"http://localhost:8000{url(draft)}"
    assert WHY in words(client.get(url(draft)))


def test_letter_is_in_the_readers_language(story, client, draft):
    story.contact.language = "en"
    story.contact.save()
    upload(client, draft, "Årsbok.pdf", BROKEN)
    check_waiting(timezone.now())

    letter = Letter.objects.get()
    assert (letter.language, letter.subject) == ("en", "Årsbok.pdf was refused")
    assert "The file is broken and cannot be opened." in letter.body


def test_colleagues_are_told_when_the_uploader_has_left(story, client, draft):
    upload(client, draft, "Årsbok.pdf", BROKEN)
    Contact.objects.filter(person=story.contact, edition=draft.edition).update(
        person=story.outsider, began_at=story.now - timedelta(days=1)
    )
    check_waiting(timezone.now())

    assert [letter.to for letter in Letter.objects.all()] == [story.outsider]


def test_refused_file_counts_as_none_in_the_side_index(client, draft):
    upload(client, draft, "Årsbok.pdf", BROKEN)
    assert "Material 1 fil" in words(client.get(url(draft)))
    check_waiting(timezone.now())

    assert "Material frivillig" in words(client.get(url(draft)))


def test_what_a_refused_file_should_replace_is_read_again(client, draft):
    upload(client, draft, "god.pdf", pdf(2))
    check_waiting(timezone.now())
    good = Material.objects.get()
    upload(client, draft, "ny.pdf", BROKEN, replaces=str(good.pk))
    assert list(Material.objects.for_jury()) == []
    check_waiting(timezone.now())

    assert list(Material.objects.for_jury()) == [good]
    assert "Versionen som den skulle ersätta finns kvar." in Letter.objects.get().body


def test_good_file_is_back_after_two_that_are_refused(client, draft):
    upload(client, draft, "god.pdf", pdf(2))
    check_waiting(timezone.now())
    good = Material.objects.get()
    upload(client, draft, "ett.pdf", BROKEN, replaces=str(good.pk))
    first = Material.objects.get(name="ett.pdf")
    upload(client, draft, "två.pdf", pdf(1)[:310], replaces=str(first.pk))
    check_waiting(timezone.now())

    assert list(Material.objects.for_jury()) == [good]
    last = Letter.objects.get(subject="två.pdf stoppades")
    assert "Versionen som den skulle ersätta finns kvar." in last.body


def test_refused_file_without_a_good_one_before_it_brings_nothing_back(client, draft):
    upload(client, draft, "ett.pdf", BROKEN)
    first = Material.objects.get()
    upload(client, draft, "två.pdf", pdf(1)[:310], replaces=str(first.pk))
    check_waiting(timezone.now())

    assert [each.name for each in Material.objects.current()] == ["två.pdf"]
    assert ["finns kvar" in letter.body for letter in Letter.objects.all()] == [False, False]


def test_what_was_replaced_twice_stays_away_when_the_first_is_refused(client, draft):
    upload(client, draft, "god.pdf", pdf(2))
    good = Material.objects.get()
    upload(client, draft, "bruten.pdf", BROKEN, replaces=str(good.pk))
    broken = Material.objects.get(name="bruten.pdf")
    upload(client, draft, "ny.pdf", pdf(3), replaces=str(broken.pk))
    check_waiting(timezone.now())

    assert [each.name for each in Material.objects.for_jury()] == ["ny.pdf"]
