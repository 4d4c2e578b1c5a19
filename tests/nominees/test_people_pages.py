"""The organiser's page of people and the contact's page of colleagues: who is let in, and who is not."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from awards import outbox
from awards.actions.invitations import accept_invitation
from awards.models import Invitation, Role, Seat
from nominees.models import Contact
from tests.mail_server import mailed
from tests.story import BORAS, ESKILSTUNA


def people(story, name="people_page", *more):
    return reverse(name, args=[story.edition.key, *more])


def invite_juror(client, story, **changes):
    typed = {
        "email": "ny@story.example",
        "kind": "juror",
        "seat": "Ledamot D",
        "organisation": "",
        "greeting": "",
    }
    return client.post(
        people(story, "person_invite"),
        {f"person-{name}": value for name, value in {**typed, **changes}.items()},
    )


def test_people_page_shows_everybody_and_costs_the_same_with_many(
    story, client_of, django_assert_num_queries
):
    client = client_of(story.organiser)
    page = client.get(people(story)).content.decode()
    assert page.count("/roles/") == 2 * 7
    assert page.count("/contacts/") == 2 * 6 + 1
    with django_assert_num_queries(11):
        client.get(people(story))

    Role.objects.bulk_create(
        Role(edition=story.edition, person=story.outsider, kind=kind)
        for kind in ("juror", "observer", "chair")
    )
    with django_assert_num_queries(11):
        client.get(people(story))


def test_empty_seat_is_shown_where_one_invites_and_fills_the_form(story, client_of):
    Seat.objects.create(
        edition=story.edition, name="Plats för SKR", kind="chair", organisation="SKR", panel="Panel 2"
    )
    client = client_of(story.organiser)
    page = client.get(people(story)).content.decode()
    assert "?seat=Plats%20f%C3%B6r%20SKR#invite-title" in page

    form = client.get(people(story), {"seat": "Plats för SKR"}).context["person_form"]
    assert [form[name].value() for name in ("seat", "kind", "organisation", "panel")] == [
        "Plats för SKR", "chair", "SKR", "Panel 2",
    ]  # fmt: skip
    invite_juror(client, story, seat="Plats för SKR", kind="chair")
    assert "Bjud in till platsen" not in client.get(people(story)).content.decode()


def test_organiser_invites_a_juror(story, client_of):
    mailed(story.edition)
    answer = invite_juror(client_of(story.organiser), story, greeting="Varmt välkommen!")

    assert answer["Location"] == people(story)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.kind, invitation.details["seat"]) == (
        "ny@story.example",
        "juror",
        "Ledamot D",
    )
    outbox.send_due(timezone.now)
    assert "Varmt välkommen!" in mail.outbox[0].body


def test_organiser_is_told_what_is_wrong_and_the_text_is_kept(story, client_of):
    answer = invite_juror(client_of(story.organiser), story, email="ingen adress", seat="Ledamot Å")

    assert answer.status_code == 422
    assert 'value="ingen adress"' in answer.content.decode()
    assert 'value="Ledamot Å"' in answer.content.decode()
    assert Invitation.objects.count() == 0


def test_organiser_cannot_make_a_contact_without_a_municipality(story, client_of):
    assert invite_juror(client_of(story.organiser), story, kind="contact").status_code == 422


def test_organiser_invites_a_contact(story, client_of):
    typed = {
        "email": "ny@story.example",
        "municipality": "1261",
        "level": "submitter",
        "title": "",
        "greeting": "",
    }
    answer = client_of(story.organiser).post(
        people(story, "contact_invite"), {f"contact-{name}": value for name, value in typed.items()}
    )

    assert answer["Location"] == people(story)
    assert Invitation.objects.get().details["municipality"] == "1261"


def test_organiser_sends_again_withdraws_and_ends(story, client_of):
    client = client_of(story.organiser)
    invite_juror(client, story)
    invitation = Invitation.objects.get()
    before = invitation.secret_hash

    client.post(people(story, "invitation_resend", invitation.pk))
    invitation.refresh_from_db()
    assert invitation.secret_hash != before
    client.post(people(story, "invitation_revoke", invitation.pk))
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    client.post(people(story, "role_end", story.seats["juror3"].pk))
    assert Role.objects.get(pk=story.seats["juror3"].pk).ended_at is not None


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 403), ("juror1", 403), ("contact", 403), ("outsider", 404)]
)
def test_people_are_the_organisers_business(story, client_of, who, status):
    client = client_of(story.people[who])

    assert client.get(people(story)).status_code == status
    assert invite_juror(client, story).status_code == status
    assert Invitation.objects.count() == 0


def test_organiser_of_another_edition_reaches_no_invitation_of_this_one(story, client_of):
    invite_juror(client_of(story.organiser), story)
    invitation = Invitation.objects.get()
    url = reverse("invitation_revoke", args=[story.elsewhere.key, invitation.pk])

    assert client_of(story.other_organiser).post(url).status_code == 404
    invitation.refresh_from_db()
    assert invitation.revoked_at is None


def colleagues(story, code=ESKILSTUNA):
    return reverse("application_colleagues", args=[story.drafts[code].pk])


def test_contact_invites_a_successor(story, client_of):
    typed = {
        "email": "ny@story.example",
        "level": "submitter",
        "title": "",
        "greeting": "",
        "takes_over": "on",
    }
    answer = client_of(story.contact).post(colleagues(story), typed)

    mine = Contact.objects.get(person=story.contact, edition=story.call)
    assert answer["Location"] == colleagues(story)
    assert Invitation.objects.get().details["succeeds"] == mine.pk


def test_successor_may_do_at_least_what_the_predecessor_may(story, client_of):
    """The form's first choice is a lesser level: nobody would be left to submit."""
    typed = {"email": "ny@story.example", "level": "editor", "takes_over": "on"}
    client_of(story.contact).post(colleagues(story), typed)
    person = accept_invitation(invitation=Invitation.objects.get(), now=story.now)

    left = Contact.objects.in_force(story.now).filter(edition=story.call, municipality__code=ESKILSTUNA)
    assert [(each.person, each.level) for each in left] == [(person, "submitter")]


def test_an_invitation_never_takes_from_somebody_what_they_may(story, client_of):
    client_of(story.contact).post(colleagues(story), {"email": story.contact.email, "level": "viewer"})
    accept_invitation(invitation=Invitation.objects.get(), now=story.now)

    assert Contact.objects.get(person=story.contact, edition=story.call).level == "submitter"


def test_contact_sees_and_withdraws_what_was_mistyped(story, client_of):
    client = client_of(story.contact)
    client.post(colleagues(story), {"email": "fel@story.example", "level": "editor"})
    invitation = Invitation.objects.get()
    assert "fel@story.example" in client.get(colleagues(story)).content.decode()

    url = reverse("colleague_uninvite", args=[story.drafts[ESKILSTUNA].pk, invitation.pk])
    assert client.post(url)["Location"] == colleagues(story)
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert "fel@story.example" not in client.get(colleagues(story)).content.decode()
    assert client.post(url).status_code == 404


def test_contact_reaches_no_other_municipalitys_invitation(story, client_of):
    client_of(story.other_contact).post(
        colleagues(story, BORAS), {"email": "ny@story.example", "level": "editor"}
    )
    url = reverse("colleague_uninvite", args=[story.drafts[ESKILSTUNA].pk, Invitation.objects.get().pk])

    assert client_of(story.contact).post(url).status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_submitter_gives_a_colleague_more_to_do_and_stays_one(story, client_of):
    client = client_of(story.contact)
    client.post(colleagues(story), {"email": "ny@story.example", "level": "viewer"})
    accept_invitation(invitation=Invitation.objects.get(), now=story.now)
    entry = story.drafts[ESKILSTUNA]
    new, mine = (
        Contact.objects.get(person__email=email, edition=story.call)
        for email in ("ny@story.example", story.contact.email)
    )

    client.post(reverse("colleague_level", args=[entry.pk, new.pk]), {"level": "editor"})
    assert Contact.objects.get(pk=new.pk).level == "editor"
    answer = client.post(reverse("colleague_level", args=[entry.pk, mine.pk]), {"level": "viewer"})
    assert answer.status_code == 403
    assert "Någon måste kunna skicka in för kommunen." in answer.content.decode()
    assert Contact.objects.get(pk=mine.pk).level == "submitter"
    assert (
        client.post(reverse("colleague_level", args=[entry.pk, new.pk]), {"level": "king"}).status_code == 404
    )


def test_contact_never_reaches_another_municipalitys_colleagues(story, client_of):
    client = client_of(story.contact)
    other = Contact.objects.get(person=story.other_contact, edition=story.call)

    assert client.get(colleagues(story, BORAS)).status_code == 404
    for pk in (story.drafts[ESKILSTUNA].pk, story.drafts[BORAS].pk):
        assert client.post(reverse("colleague_end", args=[pk, other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


def test_contact_who_only_writes_is_told_why_not(story, client_of):
    Contact.objects.filter(person=story.contact).update(level="editor")
    client = client_of(story.contact)

    assert "Bara arrangören och den kollega som skickar in" in client.get(colleagues(story)).content.decode()
    assert client.post(colleagues(story), {"email": "ny@story.example", "level": "editor"}).status_code == 403
