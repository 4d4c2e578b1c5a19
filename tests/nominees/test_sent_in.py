"""The public and others read what was sent in; what is written after that, or was never sent in, nobody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from awards.models import Edition
from nominees.actions.submissions import freeze_version
from nominees.filters import NominationFilter
from nominees.models import (
    Answer,
    Challenge,
    ImprovementArea,
    Initiative,
    Nomination,
    Question,
    Section,
)
from nominees.rows import listed_nominations
from tests.nominees.reading import words
from tests.story import ESKILSTUNA

LATER = "OSKICKAT"
OWN, ITS = "/editions/2027/0484/", "/municipalities/0484"
PAGES = (OWN, f"{ITS}/", f"{ITS}.json", f"{ITS}.csv")


@pytest.fixture
def entry(story):
    """Eskilstuna's entry in an edition that is no rehearsal, with public answers and one for the jury."""
    Edition.objects.filter(pk=story.edition.pk).update(is_rehearsal=False, key="2027")
    entry = story.nominations[ESKILSTUNA]
    section = Section.objects.create(edition=story.edition, code="a", title_sv="Om kommunen")
    grades = [{"code": "b", "sv": "Bra", "en": "Good"}]
    for code, kind, audience, given in (
        ("text", "long_text", "public", {"text": "Ett svar"}),
        ("tal", "number", "public", {"number": "12.5"}),
        ("val", "choice", "public", {"choice": "b"}),
        ("tom", "short_text", "public", {}),
        ("jury", "long_text", "jury", {"text": "Bara för juryn"}),
    ):
        question = Question.objects.create(
            section=section, code=code, kind=kind, text_sv=f"Fråga {code}", audience=audience,
            unit="procent", choices=grades if kind == "choice" else [],
        )  # fmt: skip
        Answer.objects.create(nomination=entry, question=question, **given)
    Initiative.objects.create(nomination=entry, title="Ny ingång", description="En dörr")
    Challenge.objects.create(nomination=entry, title="Fler unga")
    return entry


def publish(story, entry):
    Edition.objects.filter(pk=story.edition.pk).update(published_at=story.now)
    Nomination.objects.filter(pk=entry.pk).update(published_at=story.now)


def rewrite(entry):
    for kind in (ImprovementArea, Initiative, Challenge):
        kind.objects.filter(nomination=entry).update(title=LATER)
    ImprovementArea.objects.create(nomination=entry, direction="inward", title=f"{LATER} halvt")
    Answer.objects.filter(nomination=entry).update(text=LATER)


def test_public_pages_read_the_version_that_was_sent_in(story, entry, client):
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    publish(story, entry)
    before = [client.get(url).content.decode() for url in PAGES]
    rewrite(entry)

    after = [client.get(url).content.decode() for url in PAGES]
    assert [LATER in each for each in after] == [False] * 4
    assert [each.count("Ny ingång") for each in after] == [each.count("Ny ingång") for each in before]
    assert all("Fler jobb" in each for each in after)


def test_answers_that_are_public_are_read_in_every_kind(story, entry, client):
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    publish(story, entry)

    text = words(client.get(OWN))
    assert "Om kommunen Fråga text Ett svar Fråga tal 12,5 procent Fråga val Bra" in text
    assert [each in text for each in ("Fråga tom", "Fråga jury", "står inte i källan")] == [False] * 3


def test_a_public_entry_that_was_never_sent_in_tells_nothing_of_what_is_written(story, entry, client):
    publish(story, entry)
    rewrite(entry)

    assert [client.get(url).status_code for url in PAGES] == [200] * 4
    assert [LATER in client.get(url).content.decode() for url in PAGES] == [False] * 4


def test_the_municipality_sees_its_own_draft_on_its_page_until_it_is_public(story, entry, client_of):
    rewrite(entry)
    page = client_of(story.contact).get(OWN).content.decode()
    assert (LATER in page, "12,5 procent" in page) == (True, True)

    publish(story, entry)
    assert LATER not in client_of(story.contact).get(OWN).content.decode()


def test_search_finds_what_was_sent_in_and_not_what_is_written_after(story, entry):
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    publish(story, entry)
    ImprovementArea.objects.filter(nomination__in=story.historic.values()).delete()
    rewrite(entry)

    def found(text):
        visitor = AnonymousUser()
        listed = listed_nominations(visitor, story.now)
        return list(NominationFilter({"q": text}, listed, user=visitor, now=story.now).qs)

    with translation.override("sv"):
        assert (found("fler JOBB"), found(LATER)) == ([entry], [])
