"""The secret in an invitation's address. It is worked out from our key when it is needed and stands nowhere.

The database keeps a nonce and the secret's hash; a letter in the outbox keeps a mark in the link's place, so
neither a backup nor an organiser who reads the outbox holds a link that lets anybody in.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from awards.models import Invitation, Letter

PURPOSE = "invitation"
MARK = "{invitation}"
_SALT = "awards.invitation"


def new_nonce() -> str:
    """A fresh starting point; another nonce makes another link."""
    return secrets.token_hex(16)


def secret_of(nonce: str) -> str:
    """The secret that belongs to a nonce: 64 letters and digits."""
    return salted_hmac(_SALT, nonce, algorithm="sha256").hexdigest()


def hash_of(secret: str) -> str:
    """What the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def address_of(invitation: Invitation) -> str:
    """The whole link, from the one configured base."""
    return settings.BASE_URL + reverse("invitation_page", args=[secret_of(invitation.details["nonce"])])


def find(secret: str) -> Invitation | None:
    """The invitation a secret belongs to."""
    return (
        Invitation.objects.select_related("edition__award", "edition__fair")
        .filter(secret_hash=hash_of(secret))
        .first()
    )


def invitation_of(letter: Letter) -> Invitation | None:
    """The invitation whose letter this is, unless it has got another link or address since."""
    return _invitations_of([letter]).get(letter.pk)


def body_of(letter: Letter) -> str:
    """A letter's text as it is sent: in an invitation's own letter the mark becomes the link."""
    return bodies_of([letter])[letter.pk]


def bodies_of(letters: Sequence[Letter]) -> dict[int, str]:
    """The same of several letters, by their ids: one query at most."""
    found = _invitations_of(letters)
    return {
        letter.pk: letter.body.replace(MARK, address_of(found[letter.pk]))
        if letter.pk in found
        else letter.body
        for letter in letters
    }


def key_of(invitation: Invitation) -> str:
    """What may be told only once: this invitation by this very link."""
    return f"{_beginning(invitation.pk)}{invitation.details['nonce']}"


def letters_of(numbers: Iterable[int]) -> Q:
    """Every letter that was ever written about these invitations."""
    return reduce(or_, (Q(once_key__startswith=_beginning(number)) for number in numbers), Q(pk__in=[]))


def carries_a_link(letter: Letter) -> bool:
    """Whether the letter is an invitation's own, with the mark in the link's place."""
    return letter.purpose == PURPOSE and MARK in letter.body and bool(letter.once_key)


def _beginning(number: int) -> str:
    return f"{PURPOSE}:{number}:"


def _invitations_of(letters: Sequence[Letter]) -> dict[int, Invitation]:
    keys = {letter.pk: letter.once_key.split(":") for letter in letters if carries_a_link(letter)}
    numbers = [number for _purpose, number, _nonce in keys.values()]
    known = Invitation.objects.select_related("edition").in_bulk(numbers) if keys else {}
    found = {}
    for letter in letters:
        if letter.pk not in keys:
            continue
        _purpose, number, nonce = keys[letter.pk]
        invitation = known.get(int(number))
        if invitation is None or invitation.email != letter.email:
            continue
        if constant_time_compare(invitation.details.get("nonce", ""), nonce):
            found[letter.pk] = invitation
    return found
