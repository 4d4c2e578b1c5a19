"""The secret in an invitation's address. It is worked out from our key when it is needed and stands nowhere.

The database keeps a nonce and the secret's hash; a letter in the outbox keeps a mark in the link's place, so
neither a backup nor an organiser who reads the outbox holds a link that lets anybody in.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from django.conf import settings
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


def body_of(letter: Letter) -> str:
    """A letter's text as it is sent: in an invitation's own letter the mark becomes the link."""
    return bodies_of([letter])[letter.pk]


def bodies_of(letters: Sequence[Letter]) -> dict[int, str]:
    """The same of several letters, by their ids: one query at most."""
    keys = {letter.pk: letter.once_key.split(":") for letter in letters if _carries_a_link(letter)}
    found = Invitation.objects.in_bulk([number for _purpose, number, _nonce in keys.values()]) if keys else {}
    bodies = {}
    for letter in letters:
        bodies[letter.pk] = letter.body
        if letter.pk not in keys:
            continue
        _purpose, number, nonce = keys[letter.pk]
        invitation = found.get(int(number))
        if invitation is None or invitation.email != letter.email:
            continue
        if constant_time_compare(invitation.details.get("nonce", ""), nonce):
            bodies[letter.pk] = letter.body.replace(MARK, address_of(invitation))
    return bodies


def _carries_a_link(letter: Letter) -> bool:
    return letter.purpose == PURPOSE and MARK in letter.body and bool(letter.once_key)
