"""Letting people in: invited by letter, proved by a code to the same address, accepted once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from awards import arrivals, formats, invitation_links, permissions
from awards.actions.letters import WAITING, queue_letter
from awards.actions.people import create_person, make_administrator, take_seat
from awards.journal import record
from awards.letter_texts import texts_of
from awards.models import Edition, Invitation, Letter, Person, Role
from awards.states import LetterPurpose, LetterState, RoleKind
from awards.verdicts import YES, Verdict, no

VALID_FOR = timedelta(days=21)
CONSOLE_VALID_FOR = timedelta(days=2)
CODE_MINUTES = 15
CODE_TRIES = 5
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
CODE_LENGTH = 8


@transaction.atomic
def invite(
    *,
    email: str,
    edition: Edition,
    kind: str,
    details: dict | None = None,
    greeting: str = "",
    language: str = "sv",
    verdict: Verdict | None = None,
    now: datetime,
    by: Person | None,
) -> Invitation:
    """Write an invitation and its letter. An earlier unused one for the same role stops working.

    `verdict` is that of a higher floor which lets others than organisers invite to the roles it knows.

    `details` may hold seat, organisation, panel, place (what the letter calls the home), and what the welcome
    of an app asks for.
    """
    (permissions.may_invite(by, edition) if verdict is None else verdict).require()
    address = email.strip().lower()
    details = details or {}
    _revoke_earlier(address, edition, kind, details.get("municipality"), now)
    invitation = _issue(address, edition, kind, details, invited_at=now, valid_for=VALID_FOR, by=by)
    record("invite", invitation, by=by, kind=kind)
    _send(invitation, greeting, language)
    return invitation


@transaction.atomic
def invite_successor(
    *,
    role: Role,
    email: str,
    name: str = "",
    greeting: str = "",
    language: str = "sv",
    now: datetime,
    by: Person | None,
) -> Invitation:
    """Invite somebody to a seat that is taken: the holder's role ends when the invitation is accepted."""
    verdict = permissions.may_hand_over(by, role, now)
    verdict.require()
    if email.strip().lower() == role.person.email:
        no(_("That is the address of whoever holds the seat now.")).require()
    details = {
        "seat": role.seat,
        "organisation": role.organisation,
        "panel": role.panel,
        "name": name.strip(),
        "succeeds_role": role.pk,
    }
    return invite(
        email=email,
        edition=role.edition,
        kind=role.kind,
        details=details,
        greeting=greeting,
        language=language,
        verdict=verdict,
        now=now,
        by=by,
    )


@transaction.atomic
def resend_invitation(
    *, invitation: Invitation, greeting: str = "", language: str = "sv", now: datetime, by: Person | None
) -> Invitation:
    """A new link in a new letter; the link sent before stops working."""
    permissions.may_resend_invitation(by, invitation).require()
    nonce = invitation_links.new_nonce()
    invitation.details = {**invitation.details, "nonce": nonce}
    invitation.secret_hash = invitation_links.hash_of(invitation_links.secret_of(nonce))
    invitation.expires_at = now + VALID_FOR
    invitation.code_hash = ""
    invitation.save(update_fields=["details", "secret_hash", "expires_at", "code_hash"])
    record("resend_invitation", invitation, by=by)
    _stop_letters([invitation.pk])
    _send(invitation, greeting, language)
    return invitation


@transaction.atomic
def revoke_invitation(
    *, invitation: Invitation, verdict: Verdict | None = None, now: datetime, by: Person | None
) -> Invitation:
    """Make an unused invitation's link worthless. `verdict` is a higher floor's, as when inviting."""
    (permissions.may_change_invitation(by, invitation) if verdict is None else verdict).require()
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(revoked_at=now)
    invitation.refresh_from_db()
    _stop_letters([invitation.pk])
    record("revoke_invitation", invitation, by=by)
    return invitation


@transaction.atomic
def invite_from_console(*, email: str, edition: Edition | None, now: datetime) -> Invitation:
    """Make an organiser (without an edition: an administrator) and a link that needs no e-mail to work yet.

    Whoever reads the server's terminal is the operator: the link itself is the proof.
    """
    person = create_person(email=email, by=None)
    if edition is None:
        make_administrator(person=person, by=None)
    else:
        take_seat(person=person, edition=edition, kind=RoleKind.ORGANISER, now=now, by=None)
    earlier = Invitation.objects.filter(email=person.email, accepted_at=None, revoked_at=None)
    earlier.filter(details__from_console=True).update(revoked_at=now)
    details = {"from_console": True}
    invitation = _issue(
        person.email,
        edition,
        RoleKind.ORGANISER,
        details,
        invited_at=now,
        valid_for=CONSOLE_VALID_FOR,
        by=None,
    )
    record("invite", invitation, by=None, kind=RoleKind.ORGANISER)
    return invitation


@transaction.atomic
def make_code(*, invitation: Invitation, now: datetime) -> str:
    """A fresh code for the invited address; only its hash is kept, and any earlier code is void."""
    permissions.may_accept(invitation, now).require()
    code = "".join(secrets.choice(CODE_LETTERS) for _number in range(CODE_LENGTH))
    Invitation.objects.filter(pk=invitation.pk).update(
        code_hash=_code_hash(invitation, code), code_sent_at=now, code_tries=0
    )
    return code


def try_code(*, invitation: Invitation, code: str, now: datetime) -> Verdict:
    """Whether this is the code that was sent. Each try is counted first, so that guessing ends."""
    if invitation.details.get("from_console"):
        return YES
    counted = Invitation.objects.filter(pk=invitation.pk, code_tries__lt=CODE_TRIES).update(
        code_tries=F("code_tries") + 1
    )
    invitation.refresh_from_db()
    if not counted:
        return no(_("Too many tries with this code. Ask for a new one."))
    if not invitation.code_sent_at or now - invitation.code_sent_at > timedelta(minutes=CODE_MINUTES):
        return no(_("The code is no longer valid. Ask for a new one."))
    typed = "".join(code.upper().split()).replace("-", "")
    if not invitation.code_hash or not constant_time_compare(
        invitation.code_hash, _code_hash(invitation, typed)
    ):
        return no(_("That is not the code in the letter. Check it, or ask for a new one."))
    return YES


@transaction.atomic
def accept_invitation(*, invitation: Invitation, language: str = "sv", now: datetime) -> Person:
    """Spend the invitation: the person is made or found, takes the seat, and every floor welcomes them."""
    permissions.may_accept(invitation, now).require()
    spent = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
        accepted_at=now, code_hash=""
    )
    if not spent:
        no(_("This invitation has already been used. Sign in with your e-mail address instead.")).require()
    person = create_person(
        email=invitation.email,
        name=invitation.details.get("name", ""),
        language=language,
        by=invitation.invited_by,
    )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person)
    invitation.refresh_from_db()
    record("accept_invitation", invitation, by=person)
    if invitation.edition:
        seat = {name: invitation.details.get(name, "") for name in ("seat", "organisation", "panel")}
        role = take_seat(
            person=person, edition=invitation.edition, kind=invitation.kind, now=now, by=person, **seat
        )
        _let_predecessor_go(role, invitation.details, now)
        arrivals.welcome(role, invitation.details, now)
    return person


def _let_predecessor_go(role: Role, details: dict, now: datetime) -> None:
    """End the role that the invitation says is taken over; the row and all that hangs on it stay."""
    before = Role.objects.filter(
        pk=details.get("succeeds_role"), edition=role.edition, kind=role.kind, ended_at=None
    ).exclude(pk=role.pk)
    for predecessor in before:
        Role.objects.filter(pk=predecessor.pk).update(ended_at=now)
        record(
            "hand_over", predecessor, by=role.person, edition=role.edition, person=predecessor.person_id,
            successor=role.pk,
        )  # fmt: skip


def _revoke_earlier(
    address: str, edition: Edition, kind: str, municipality: str | None, now: datetime
) -> None:
    unused = Invitation.objects.filter(email=address, edition=edition, kind=kind, accepted_at=None)
    same = [each.pk for each in unused if each.details.get("municipality") == municipality]
    Invitation.objects.filter(pk__in=same, revoked_at=None).update(revoked_at=now)
    if same:
        _stop_letters(same)


def _stop_letters(numbers: list[int]) -> None:
    """Let no letter leave whose link opens nothing any more."""
    waiting = Letter.objects.filter(invitation_links.letters_of(numbers), state__in=WAITING)
    waiting.update(state=LetterState.CANCELLED)


def _issue(
    address: str,
    edition: Edition | None,
    kind: str,
    details: dict,
    *,
    invited_at: datetime,
    valid_for: timedelta,
    by: Person | None,
) -> Invitation:
    nonce = invitation_links.new_nonce()
    return Invitation.objects.create(
        email=address,
        edition=edition,
        kind=kind,
        details={**details, "nonce": nonce},
        secret_hash=invitation_links.hash_of(invitation_links.secret_of(nonce)),
        invited_by=by,
        invited_at=invited_at,
        expires_at=invited_at + valid_for,
    )


def _send(invitation: Invitation, greeting: str, language: str) -> None:
    edition, details = invitation.edition, invitation.details
    with override(language):
        role = str(RoleKind(invitation.kind).label)
    is_contact = invitation.kind == RoleKind.CONTACT and details.get("place")
    text = texts_of(edition).written(
        LetterPurpose.INVITATION_CONTACT if is_contact else LetterPurpose.INVITATION_JURY,
        language,
        {
            "role": role,
            "municipality": details.get("place", ""),
            "organisation": details.get("organisation", ""),
            "edition": f"{edition.award} {edition.title}",
            "greeting": greeting.strip(),
            "link": invitation_links.MARK,
            "until": formats.deadline(invitation.expires_at, language),
        },
    )
    queue_letter(
        text=text,
        purpose=invitation_links.PURPOSE,
        email=invitation.email,
        edition=edition,
        language=language,
        once_key=invitation_links.key_of(invitation),
    )


def _code_hash(invitation: Invitation, code: str) -> str:
    return salted_hmac("awards.invitation.code", f"{invitation.pk}:{code}", algorithm="sha256").hexdigest()
