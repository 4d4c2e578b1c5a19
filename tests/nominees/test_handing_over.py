"""A seat or a municipality handed over: the successor comes in, the predecessor goes out, nothing is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from awards.actions.invitations import accept_invitation, invite_successor
from awards.models import Invitation, JournalEntry, Person, Role
from criteria.models import Assignment
from nominees.models import Contact


def hand_over(story, seat="juror3", email="ny@story.example"):
    return invite_successor(
        role=story.seats[seat], email=email, name="Åsa Öberg", now=story.now, by=story.organiser
    )


def test_seat_is_handed_over_when_the_invitation_is_accepted(story):
    invitation = hand_over(story)
    assert Role.objects.get(pk=story.seats["juror3"].pk).ended_at is None

    person = accept_invitation(invitation=invitation, now=timezone.now())
    before, after = Role.objects.filter(edition=story.edition, seat="Ledamot C").order_by("pk")
    assert (before.person, before.ended_at is None) == (story.juror3, False)
    assert (after.person, after.ended_at, person.name) == (person, None, "Åsa Öberg")
    assert JournalEntry.objects.filter(verb="hand_over").values_list("thing_id", "data__successor").get() == (
        before.pk,
        after.pk,
    )


def test_successor_gets_the_reading_that_nobody_has_begun(story):
    role = accept_invitation(invitation=hand_over(story), now=timezone.now()).roles.get()

    assert Assignment.objects.filter(juror=story.seats["juror3"]).count() == 1  # begun, and stays
    assert Assignment.objects.filter(juror=role).count() == 5


def test_successor_of_a_juror_who_is_done_reads_nothing_anew(story):
    role = accept_invitation(invitation=hand_over(story, "juror1"), now=timezone.now()).roles.get()

    assert Assignment.objects.filter(juror=role).count() == 0
    assert Assignment.objects.filter(juror=story.seats["juror1"]).count() == 6


def test_last_organiser_may_hand_over(story):
    accept_invitation(invitation=hand_over(story, "organiser"), now=timezone.now())

    assert [role.person.email for role in story.edition.roles.in_force().of_kind("organiser")] == [
        "ny@story.example"
    ]
    assert not Person.objects.get(pk=story.organiser.pk).holds(story.edition, "organiser")


def test_seat_is_not_handed_to_its_own_holder_nor_by_others(story):
    with pytest.raises(PermissionDenied):
        hand_over(story, email=story.juror3.email)
    for who in (story.chair, story.juror3, story.other_organiser):
        with pytest.raises(PermissionDenied):
            invite_successor(role=story.seats["juror3"], email="x@story.example", now=story.now, by=who)
    assert Invitation.objects.count() == 0


def test_pages_invite_successors_and_show_who_is_invited(story, client_of):
    client, seat = client_of(story.organiser), story.seats["juror3"]
    contact = Contact.objects.get(edition=story.edition, person=story.contact)
    for name, pk in (("role_hand_over", seat.pk), ("contact_hand_over", contact.pk)):
        url = reverse(name, args=[story.edition.key, pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"email": f"{name}@story.example"}).status_code == 302

    page = client.get(reverse("people_page", args=[story.edition.key])).content.decode()
    assert "Inbjuden att ta över: role_hand_over@story.example" in page
    assert "Inbjuden att ta över: contact_hand_over@story.example" in page
    accept_invitation(invitation=Invitation.objects.get(kind="contact"), now=timezone.now())
    contact.refresh_from_db()
    assert contact.ended_at is not None


def test_page_says_the_refusal_beside_the_field(story, client_of):
    url = reverse("role_hand_over", args=[story.edition.key, story.seats["juror3"].pk])
    answer = client_of(story.organiser).post(url, {"email": story.juror3.email})

    assert answer.status_code == 422
    assert "Det är adressen till den som har platsen nu." in answer.content.decode()


def test_people_are_filtered_by_who_has_not_signed_in_and_grouped_by_panel(story, client_of):
    Person.objects.filter(pk=story.juror1.pk).update(last_login=story.now)
    Role.objects.filter(pk__in=[story.seats["juror1"].pk, story.seats["juror2"].pk]).update(panel="Panel Öst")
    client = client_of(story.organiser)
    url = reverse("people_page", args=[story.edition.key])

    everybody = client.get(url).content.decode()
    absent = client.get(f"{url}?only=absent").content.decode()
    heads = [f'<th scope="row">Ledamot {letter}' for letter in "AB"]
    assert [head in everybody for head in heads] == [True, True]
    assert [head in absent for head in heads] == [False, True]
    assert (everybody.count("Panel: Panel Öst"), "Har inte loggat in (11)" in everybody) == (1, True)
