"""Contacts: invited for one municipality, succeeded without losing history, never at another's door."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from awards.actions.invitations import accept_invitation
from awards.models import Edition, Letter, Person
from nominees.actions.contacts import change_level, end_contact, invite_contact
from nominees.models import Contact, Nomination
from nominees.states import ContactLevel
from tests.story import BORAS, ESKILSTUNA


def call_someone(story, by, code=ESKILSTUNA, **details):
    return invite_contact(
        email="ny.kontakt@story.example",
        edition=story.call,
        municipality=story.municipalities[code],
        now=timezone.now(),
        by=by,
        **details,
    )


def accepted(invitation):
    accept_invitation(invitation=invitation, now=timezone.now())
    return Person.objects.get(email="ny.kontakt@story.example")


def contact_of(story, code=ESKILSTUNA):
    return Contact.objects.get(person=story.contacts[code], edition=story.call, ended_at=None)


def drafts_of(person):
    return list(
        Nomination.objects.visible_to(person).filter(edition__is_rehearsal=True).values_list("pk", flat=True)
    )


def test_contact_invited_by_the_organiser_reaches_one_municipality_only(story):
    invitation = call_someone(story, story.organiser, level=ContactLevel.SUBMITTER, title="Strateg")
    assert "som kontaktperson för Eskilstuna kommun i" in Letter.objects.get().body
    person = accepted(invitation)

    contact = Contact.objects.get(person=person)
    assert (contact.municipality.code, contact.level, contact.title) == (ESKILSTUNA, "submitter", "Strateg")
    assert person.holds(story.call, "contact")
    assert drafts_of(person) == [story.drafts[ESKILSTUNA].pk]


def test_contact_who_submits_may_invite_colleagues_to_the_own_municipality(story):
    assert call_someone(story, story.contact).details["municipality"] == ESKILSTUNA

    with pytest.raises(PermissionDenied):
        call_someone(story, story.contact, BORAS)


@pytest.mark.parametrize("who", ["other_contact", "juror1", "chair", "other_organiser", "outsider"])
def test_contact_is_not_invited_by_others(story, who):
    with pytest.raises(PermissionDenied):
        call_someone(story, story.people[who])


@pytest.mark.parametrize("level", [ContactLevel.VIEWER, ContactLevel.EDITOR])
def test_contact_who_does_not_submit_invites_nobody(story, level):
    Contact.objects.filter(person=story.contact, edition=story.call).update(level=level)

    with pytest.raises(PermissionDenied):
        call_someone(story, story.contact)


def test_successor_takes_over_and_history_stays(story):
    before = contact_of(story)
    invitation = call_someone(story, story.contact, level=ContactLevel.SUBMITTER, succeeds=before)
    assert drafts_of(story.contact) != []
    person = accepted(invitation)

    before.refresh_from_db()
    assert before.ended_at is not None
    later = timezone.now() + timedelta(seconds=1)
    assert list(Nomination.objects.visible_to(story.contact, later).filter(edition=story.call)) == []
    assert drafts_of(person) == [story.drafts[ESKILSTUNA].pk]
    assert Contact.objects.filter(municipality__code=ESKILSTUNA, edition=story.call).count() == 2


def test_successor_of_another_municipality_is_refused(story):
    with pytest.raises(PermissionDenied):
        call_someone(story, story.organiser, succeeds=contact_of(story, BORAS))


def test_last_contact_who_submits_stays(story):
    with pytest.raises(PermissionDenied, match="efterträdare"):
        end_contact(contact=contact_of(story), now=timezone.now(), by=story.organiser)
    with pytest.raises(PermissionDenied, match="efterträdare"):
        change_level(contact=contact_of(story), level="viewer", by=story.contact)


def test_contact_let_go_is_shut_out_at_once(story):
    person = accepted(call_someone(story, story.contact))
    end_contact(contact=Contact.objects.get(person=person), now=timezone.now(), by=story.contact)

    gone = Person.objects.get(pk=person.pk)
    assert drafts_of(gone) == []
    assert not gone.holds(story.call, "contact")


def test_contact_gets_another_level(story):
    person = accepted(call_someone(story, story.contact, level=ContactLevel.VIEWER))
    contact = change_level(contact=Contact.objects.get(person=person), level="submitter", by=story.contact)

    assert contact.level == ContactLevel.SUBMITTER


def test_contact_of_an_archived_edition_is_let_in_no_more(story, client_of):
    """What was never published ends with the edition, for contacts as for everybody else."""
    draft, client = story.drafts[ESKILSTUNA], client_of(story.contact)
    parts = ("beskrivning", "material", "submit", "questions", "history", "colleagues", "contributions")
    pages = [f"/applications/{draft.pk}/{part}/" for part in parts]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)

    Edition.objects.filter(pk=story.call.pk).update(state="archived")

    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    assert client.post(pages[0], {"answer-varfor": "Efteråt"}).status_code == 404
    entries = Nomination.objects.filter(pk=draft.pk)
    assert list(entries.visible_to(story.contact, story.now)) == []
    assert list(entries.written_by(story.contact, story.now)) == []


def test_contact_of_an_archived_edition_still_stands_close_to_the_municipality(story):
    Edition.objects.filter(pk=story.call.pk).update(state="archived")
    own = {"person": story.contact, "edition": story.call}

    assert Contact.objects.in_force(story.now).filter(**own).count() == 0
    assert Contact.objects.standing(story.now).get(**own).municipality.code == ESKILSTUNA
