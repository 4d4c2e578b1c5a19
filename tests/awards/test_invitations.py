"""Invitations: safe to open, bound to an address, spent once, and worthless in a stolen database."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards import invitation_links, outbox
from awards.actions import invitations
from awards.models import Edition, Invitation, JournalEntry, Letter, Person, Role
from tests.mail_server import mailed

CODE = re.compile(r"Din kod är ([A-Z0-9]+)|Your code is ([A-Z0-9]+)")


@pytest.fixture
def invitation(story):
    mailed(story.edition)
    return invitations.invite(
        email="Ny.Ledamot@Story.Example",
        edition=story.edition,
        kind="juror",
        details={"seat": "Ledamot D", "organisation": "Övningsförbundet"},
        now=story.now,
        by=story.organiser,
    )


def page(invitation, name="invitation_page"):
    return reverse(name, args=[invitation_links.secret_of(invitation.details["nonce"])])


def code_in(message):
    return next(filter(None, CODE.search(message.body).groups()))


def ask_for_code(client, invitation):
    client.post(page(invitation, "invitation_code"))
    return code_in(mail.outbox[-1])


def test_invite_by_someone_who_does_not_organise_is_refused(story):
    with pytest.raises(PermissionDenied):
        invitations.invite(
            email="x@story.example", edition=story.edition, kind="juror", now=story.now, by=story.chair
        )
    assert Invitation.objects.count() == 0


def test_invitation_secret_stands_nowhere_in_the_database(invitation):
    secret = invitation_links.secret_of(invitation.details["nonce"])
    stored = [str(row) for model in (Invitation, Letter, JournalEntry) for row in model.objects.values_list()]

    assert [row for row in stored if secret in row] == []
    assert invitation_links.find(secret) == invitation


def test_invitation_letter_carries_the_link_only_when_sent(invitation):
    letter = Letter.objects.get()

    assert outbox.send_due(timezone.now).sent == 1
    assert invitation_links.MARK in letter.body
    assert mail.outbox[0].to == ["ny.ledamot@story.example"]
    assert f"http://localhost:8000{page(invitation)}" in mail.outbox[0].body


def test_invitation_opened_twice_by_a_scanner_is_still_unused(invitation, client):
    assert [client.get(page(invitation)).status_code for _time in range(2)] == [200, 200]
    assert client.head(page(invitation)).status_code == 200

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert mail.outbox == []


def test_invitation_page_masks_the_address(invitation, client):
    text = client.get(page(invitation)).content.decode()

    assert "n•••@story.example" in text
    assert "ny.ledamot@story.example" not in text


def test_invitation_accepted_with_the_code_makes_the_person_and_the_seat(invitation, client, story):
    code = ask_for_code(client, invitation)
    answer = client.post(page(invitation, "invitation_accept"), {"code": f" {code.lower()} "})

    person = Person.objects.get(email="ny.ledamot@story.example")
    assert answer.status_code == 302
    assert int(client.session["_auth_user_id"]) == person.pk
    assert list(
        Role.objects.filter(person=person).values_list("edition", "kind", "seat", "organisation")
    ) == [(story.edition.pk, "juror", "Ledamot D", "Övningsförbundet")]
    assert list(JournalEntry.objects.values_list("verb", flat=True).order_by("pk")) == [
        "invite",
        "create_person",
        "accept_invitation",
        "appoint",
    ]


def test_invitation_without_the_code_lets_nobody_in(invitation, client):
    ask_for_code(client, invitation)

    assert client.post(page(invitation, "invitation_accept"), {"code": "AAAAAAAA"}).status_code == 422
    assert client.post(page(invitation, "invitation_accept"), {}).status_code == 422
    assert "_auth_user_id" not in client.session
    assert not Person.objects.filter(email="ny.ledamot@story.example").exists()


def test_invitation_code_guessed_too_often_is_void(invitation, client):
    code = ask_for_code(client, invitation)
    for _time in range(invitations.CODE_TRIES):
        client.post(page(invitation, "invitation_accept"), {"code": "AAAAAAAA"})

    assert client.post(page(invitation, "invitation_accept"), {"code": code}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_invitation_code_is_stored_only_hashed_and_expires(invitation, client, story):
    code = ask_for_code(client, invitation)
    invitation.refresh_from_db()

    assert code not in str(Invitation.objects.values())
    later = timezone.now() + timedelta(minutes=invitations.CODE_MINUTES, seconds=1)
    assert not invitations.try_code(invitation=invitation, code=code, now=later)


def test_invitation_used_twice_is_refused(invitation, client):
    code = ask_for_code(client, invitation)
    client.post(page(invitation, "invitation_accept"), {"code": code})
    other = Client()

    assert other.post(page(invitation, "invitation_accept"), {"code": code}).status_code == 410
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_invitation_that_no_longer_holds_is_gone(invitation, client, story, how):
    if how == "revoked":
        invitations.revoke_invitation(invitation=invitation, now=story.now, by=story.organiser)
    else:
        Invitation.objects.update(expires_at=story.now)

    assert client.get(page(invitation)).status_code == 410
    assert client.post(page(invitation, "invitation_code")).status_code == 302
    assert mail.outbox == []


def test_invitation_sent_again_has_a_new_link_and_the_old_is_unknown(invitation, client, story):
    old = page(invitation)
    renewed = invitations.resend_invitation(invitation=invitation, now=story.now, by=story.organiser)

    assert client.get(old).status_code == 404
    assert client.get(page(renewed)).status_code == 200
    assert outbox.send_due(timezone.now) == outbox.Round(sent=1)
    assert [page(renewed) in letter.body for letter in mail.outbox] == [True]


@pytest.mark.parametrize("state", ["queued", "failed"])
@pytest.mark.parametrize("how", ["again", "withdrawn", "invited anew"])
def test_letter_whose_link_opens_nothing_is_stopped(invitation, story, how, state):
    Letter.objects.update(state=state)
    if how == "again":
        invitations.resend_invitation(invitation=invitation, now=story.now, by=story.organiser)
    elif how == "withdrawn":
        invitations.revoke_invitation(invitation=invitation, now=story.now, by=story.organiser)
    else:
        invitations.invite(
            email=invitation.email,
            edition=invitation.edition,
            kind="juror",
            now=story.now,
            by=story.organiser,
        )

    states = list(Letter.objects.order_by("pk").values_list("state", flat=True))
    assert states == (["cancelled"] if how == "withdrawn" else ["cancelled", "queued"])


def test_letter_of_another_invitation_is_left_alone(invitation, story):
    other = invitations.invite(
        email="x@story.example", edition=story.edition, kind="juror", now=story.now, by=story.organiser
    )
    begins_the_same = f"invitation:{invitation.pk}0:x"
    Letter.objects.filter(email=other.email).update(once_key=begins_the_same)
    invitations.revoke_invitation(invitation=invitation, now=story.now, by=story.organiser)

    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "queued"]


@pytest.mark.parametrize("how", ["renewed", "revoked", "accepted", "expired", "ended"])
def test_letter_already_on_its_way_stays_where_its_link_opens_nothing(invitation, story, how):
    changes = {
        "renewed": {"details": {**invitation.details, "nonce": "another"}},
        "revoked": {"revoked_at": story.now},
        "accepted": {"accepted_at": story.now},
        "expired": {"expires_at": story.now},
        "ended": {},
    }[how]
    if changes:
        Invitation.objects.update(**changes)
    else:
        Edition.objects.filter(pk=story.edition.pk).update(state="cancelled")

    assert outbox.send_due(timezone.now) == outbox.Round(needless=1)
    assert mail.outbox == []


def test_invitation_codes_are_rationed(invitation, client):
    answers = [client.post(page(invitation, "invitation_code")).status_code for _time in range(6)]

    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_invitation_unknown_is_the_same_as_any_unknown_page(client, db):
    assert client.get("/invitations/abc/").status_code == 404


def test_invitation_in_anothers_browser_signs_the_other_out(invitation, client_of, story):
    browser = client_of(story.outsider)
    code = ask_for_code(browser, invitation)
    browser.post(page(invitation, "invitation_accept"), {"code": code})

    assert int(browser.session["_auth_user_id"]) == Person.objects.get(email="ny.ledamot@story.example").pk


def test_invitation_of_someone_with_an_account_keeps_the_account(client, story):
    held = invitations.invite(
        email=story.outsider.email, edition=story.edition, kind="observer", now=story.now, by=story.organiser
    )
    code = ask_for_code(client, held)
    client.post(page(held, "invitation_accept"), {"code": code})

    assert story.outsider.roles.get().kind == "observer"
    assert Person.objects.filter(email=story.outsider.email).count() == 1


@pytest.mark.parametrize("state", ["cancelled", "concluded", "archived"])
def test_ended_edition_takes_nobody_in(story, state):
    sent = invitations.invite(
        email="juror@story.example",
        edition=story.edition,
        kind="juror",
        now=story.now,
        by=story.administrator,
    )
    Edition.objects.filter(pk=story.edition.pk).update(state=state)
    edition = Edition.objects.get(pk=story.edition.pk)
    sent.refresh_from_db()
    with pytest.raises(PermissionDenied, match="inget i den ändras"):
        invitations.invite(
            email="ny@story.example", edition=edition, kind="juror", now=story.now, by=story.administrator
        )
    with pytest.raises(PermissionDenied, match="inget i den ändras"):
        invitations.resend_invitation(invitation=sent, now=story.now, by=story.administrator)

    revoked = invitations.revoke_invitation(invitation=sent, now=story.now, by=story.administrator)
    assert revoked.revoked_at == story.now


@pytest.mark.parametrize(
    ("kind", "state", "status"),
    [
        ("chair", "running", 200),
        ("chair", "concluded", 410),
        ("chair", "cancelled", 410),
        ("organiser", "concluded", 200),
        ("organiser", "archived", 410),
    ],
)
def test_invitation_opens_while_the_edition_takes_people_in(story, client, kind, state, status):
    held = Role.objects.select_related("edition", "person").get(edition=story.edition, kind=kind)
    invitation = invitations.invite_successor(
        role=held, email="ny@story.example", now=story.now, by=story.administrator
    )
    Edition.objects.filter(pk=story.edition.pk).update(state=state)
    shown = client.get(page(invitation))

    assert shown.status_code == status
    assert ("inget i den ändras" in shown.content.decode()) == (status == 410)
    invitation = Invitation.objects.get(pk=invitation.pk)
    if status == 410:
        with pytest.raises(PermissionDenied, match="inget i den ändras"):
            invitations.accept_invitation(invitation=invitation, now=story.now)
    else:
        invitations.accept_invitation(invitation=invitation, now=story.now)
    held.refresh_from_db()
    assert (held.ended_at is None) == (status == 410)


def test_concluded_edition_is_handed_over_to_be_put_away(story):
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
    held = {role.kind: role for role in Role.objects.filter(edition=story.edition).select_related("edition")}
    with pytest.raises(PermissionDenied, match="inget i den ändras"):
        invitations.invite_successor(
            role=held["chair"], email="ny@story.example", now=story.now, by=story.administrator
        )
    invitation = invitations.invite_successor(
        role=held["organiser"], email="ny@story.example", now=story.now, by=story.administrator
    )

    assert invitation.kind == "organiser"
