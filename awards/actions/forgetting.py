"""The people of an archived edition become numbers: names and addresses go, seats and figures stay."""

from __future__ import annotations

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from awards import forgetting, permissions
from awards.journal import record
from awards.models import Edition, Invitation, Job, Letter, Person
from awards.states import LetterState

GONE = f"anonym@{forgetting.NOWHERE}"


@transaction.atomic
def anonymise_people(*, edition: Edition, by: Person | None) -> int:
    """Forget everybody who has no part in another edition; gives how many. It cannot be undone.

    Their accounts let nobody in any more. The texts of the edition's letters and the addresses of its
    invitations go for all. The journal stays as it is: it knows numbers only. Their files are thrown away
    once this has been written.
    """
    permissions.may_anonymise(by, edition).require()
    people = forgetting.concerned(edition, by).people
    forgetting.everywhere(edition, people)
    _letters_and_invitations(edition, people)
    _accounts(people)
    _files(people)
    record("anonymise_people", edition, by=by, edition=edition, people=len(people))
    return len(people)


def forget_accounts(_edition: Edition, people: Collection[int]) -> None:
    """Every way in that a person had: further addresses, second factors, accounts elsewhere."""
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user__in=people).delete()


def _accounts(people: Collection[int]) -> None:
    for person in Person.objects.select_for_update().filter(pk__in=people).order_by("pk"):
        Person.objects.filter(pk=person.pk).update(
            name=f"Person {person.pk}",
            email=f"person-{person.pk}@{forgetting.NOWHERE}",
            password=make_password(None),
            is_active=False,
            last_login=None,
        )


def _letters_and_invitations(edition: Edition, people: Collection[int]) -> None:
    """What was written to them, wherever; and in this edition to anybody."""
    addresses = list(Person.objects.filter(pk__in=people).values_list("email", flat=True))
    theirs = Q(edition=edition) | Q(email__in=addresses)
    letters = Letter.objects.filter(theirs | Q(to__in=people))
    letters.filter(state__in=(LetterState.DRAFT, LetterState.QUEUED, LetterState.FAILED)).update(
        state=LetterState.CANCELLED
    )
    letters.update(email=GONE, subject="–", body="", failure="", attachment=None, attachment_name="")
    unused = Invitation.objects.filter(theirs, accepted_at=None, revoked_at=None)
    unused.update(revoked_at=timezone.now())
    for invitation in Invitation.objects.filter(theirs | Q(accepted_by__in=people)):
        kept = {name: invitation.details[name] for name in _OF_A_SEAT if name in invitation.details}
        Invitation.objects.filter(pk=invitation.pk).update(email=GONE, details=kept)


_OF_A_SEAT = ("seat", "organisation", "panel", "municipality", "level", "place", "nonce")


def _files(people: Collection[int]) -> None:
    """What they had ordered."""
    for job in Job.objects.filter(person__in=people).exclude(file=""):
        Job.objects.filter(pk=job.pk).update(file="", file_name="")
        transaction.on_commit(lambda job=job: job.file.storage.delete(job.file.name))
