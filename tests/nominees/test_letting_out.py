"""What municipalities bring to the fair becomes public with the nominees, or by the organiser's hand."""

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import Edition, Fair, JournalEntry
from nominees.actions.publishing import hide_entries, publish_contribution, publish_entries
from nominees.actions.submissions import freeze_version
from nominees.models import Contribution, Nomination, Theme
from tests.nominees.reading import words
from tests.story import BORAS, ESKILSTUNA

KARLSTAD, LIST = "1780", "/editions/2027/contributions/"


@pytest.fixture
def edition(story):
    Edition.objects.filter(pk=story.edition.pk).update(is_rehearsal=False, key="2027")
    Fair.objects.filter(pk=story.edition.fair_id).update(rehearsal=False)
    story.edition.refresh_from_db()
    return story.edition


def bring(story, code, title, *others, sent=True):
    """A contribution of this municipality, which has sent it in."""
    home = story.municipalities[code]
    made = Contribution.objects.create(
        fair=story.edition.fair, title=title, kind="stand", owner=home, theme=Theme.objects.get()
    )
    made.municipalities.set([home, *(story.municipalities[each] for each in others)])
    if sent:
        freeze_version(nomination=story.nominations[code], now=story.now, by=story.contact)
    return made


def let_out(story, *codes):
    keys = [story.nominations[code].pk for code in codes]
    return publish_entries(edition=story.edition, nominations=keys, now=story.now, by=story.organiser)


def public(story):
    return set(Contribution.objects.public().filter(fair=story.edition.fair).values_list("title", flat=True))


def test_contributions_of_nominees_are_let_out_with_them_as_they_were_sent_in(story, edition, client):
    kept = bring(story, ESKILSTUNA, "Som skickad", KARLSTAD)
    changed = bring(story, ESKILSTUNA, "Ändras sedan")
    joined = bring(story, ESKILSTUNA, "Får en till sedan")
    bring(story, ESKILSTUNA, "Aldrig skickad", sent=False)
    bring(story, BORAS, "Inte nominerad")
    bring(story, KARLSTAD, "Bara inspel")
    Contribution.objects.filter(pk=changed.pk).update(title="Ändrad")
    joined.municipalities.add(story.municipalities[BORAS])
    Nomination.objects.filter(pk=story.nominations[KARLSTAD].pk).update(contribution_only=True)

    done = let_out(story, ESKILSTUNA)

    assert public(story) == {"Som skickad", "Bara inspel"}
    assert sorted(done.contributions) == done.contributions
    assert kept.pk in done.contributions
    assert "Som skickad" in words(client.get("/editions/2027/"))


def test_taking_entries_back_takes_their_contributions_too_and_leaves_others(story, edition):
    bring(story, ESKILSTUNA, "Med nomineringen")
    early = bring(story, ESKILSTUNA, "Offentligt innan")
    Contribution.objects.filter(pk=early.pk).update(published_at=story.now)
    done = let_out(story, ESKILSTUNA)
    assert public(story) == {"Med nomineringen", "Offentligt innan"}

    hide_entries(edition=story.edition, let_out=done, by=story.organiser)
    assert public(story) == {"Offentligt innan"}


def test_organiser_publishes_and_takes_back_by_hand(story, edition, client_of):
    made = bring(story, BORAS, "Monter om vatten", sent=False)
    organiser = client_of(story.organiser)
    page = words(organiser.get(LIST))
    assert "Monter om vatten Borås · monter · gör evolution Inte offentligt" in page
    assert "Kommunen har inte skickat in det så som det står här." in page

    organiser.post(f"{LIST}{made.pk}/publish/", {"seen": made.version})
    assert public(story) == {"Monter om vatten"}
    organiser.post(f"{LIST}{made.pk}/hide/")
    assert public(story) == set()
    verbs = JournalEntry.objects.filter(verb__endswith="_contribution").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["publish_contribution", "hide_contribution"]


def test_what_has_changed_since_it_was_looked_at_is_not_published(story, edition, client_of):
    made = bring(story, BORAS, "Monter", sent=False)
    Contribution.objects.filter(pk=made.pk).update(title="Skrivs just nu", version=made.version + 1)

    url = f"{LIST}{made.pk}/publish/"
    assert client_of(story.organiser).post(url, {"seen": made.version}).status_code == 403
    assert client_of(story.organiser).post(url, {"seen": "²"}).status_code == 403
    assert public(story) == set()


def test_only_the_fairs_organiser_lets_a_contribution_out(story, edition, client_of):
    made = bring(story, BORAS, "Monter", sent=False)
    for person in (story.contact, story.juror1, story.observer):
        assert client_of(person).get(LIST).status_code == 404
        assert client_of(person).post(f"{LIST}{made.pk}/publish/", {"seen": made.version}).status_code == 404
    with pytest.raises(PermissionDenied):
        publish_contribution(
            contribution=made, edition=story.call, seen=made.version, now=story.now, by=story.organiser
        )
    nameless = Contribution.objects.create(fair=story.edition.fair, title="", owner=made.owner)
    with pytest.raises(PermissionDenied):
        publish_contribution(
            contribution=nameless, edition=story.edition, seen=1, now=story.now, by=story.organiser
        )
    assert public(story) == set()


@pytest.mark.parametrize("number", [2, 9])
def test_list_costs_the_same_queries_however_long(
    story, edition, client_of, django_assert_num_queries, number
):
    for place in range(number):
        bring(story, BORAS, f"Inspel {place}", ESKILSTUNA, sent=False)
    organiser = client_of(story.organiser)
    with django_assert_num_queries(10):
        organiser.get(LIST)
