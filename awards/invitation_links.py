"""The secret in an invitation's address. It is worked out from our key when it is needed and stands nowhere.

The database keeps a nonce and the secret's hash; a letter in the outbox keeps a mark in the link's place, so
neither a backup nor an organiser who reads the outbox holds a link that lets anybody in.
"""

from __future__ import annotations

import hashlib
import secrets

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
    if letter.purpose != PURPOSE or MARK not in letter.body or not letter.once_key:
        return letter.body
    _purpose, number, nonce = letter.once_key.split(":")
    invitation = Invitation.objects.filter(pk=number, email=letter.email).first()
    if invitation is None or not constant_time_compare(invitation.details.get("nonce", ""), nonce):
        return letter.body
    return letter.body.replace(MARK, address_of(invitation))
