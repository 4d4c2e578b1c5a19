"""What jurors undertake, and the ties they tell of."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Edition, Person
from awards.verdicts import no
from criteria import permissions
from criteria.models import Acceptance, Tie, Undertaking
from criteria.states import RecusalReason
from nominees.models import County, Municipality


@transaction.atomic
def issue_undertaking(
    *, edition: Edition, text_sv: str, text_en: str = "", now: datetime, by: Person
) -> Undertaking:
    """Put a new version of the edition's undertaking in force and write the journal.

    Every juror must accept it before any entry opens (again). The same text once more changes nothing.
    """
    permissions.may_issue_undertaking(by, edition).require()
    last = Undertaking.objects.filter(edition=edition).order_by("-version").first()
    if last is not None and (last.text_sv, last.text_en) == (text_sv, text_en):
        return last
    issued = Undertaking.objects.create(
        edition=edition,
        version=last.version + 1 if last else 1,
        text_sv=text_sv,
        text_en=text_en,
        issued_at=now,
    )
    journal.record("issue_undertaking", issued, by=by, edition=edition, version=issued.version)
    return issued


@transaction.atomic
def accept_undertaking(*, undertaking: Undertaking, now: datetime, by: Person) -> Acceptance:
    """Write down that a juror accepted this version, and when; a second time changes nothing."""
    edition = undertaking.edition
    permissions.may_accept_undertaking(by, edition).require()
    if not Undertaking.objects.in_force().filter(pk=undertaking.pk).exists():
        no(_("The text has been changed meanwhile. Read the new one.")).require()
    acceptance, is_new = Acceptance.objects.get_or_create(
        undertaking=undertaking, person=by, defaults={"at": now}
    )
    if is_new:
        journal.record("accept_undertaking", acceptance, by=by, edition=edition, version=undertaking.version)
    return acceptance


@transaction.atomic
def tell_tie(
    *,
    kind: str,
    municipality: Municipality | None = None,
    county: County | None = None,
    organisation: str = "",
    since: date | None = None,
    until: date | None = None,
    now: datetime,
    by: Person,
) -> Tie:
    """Keep a tie that a person tells of and write the journal."""
    told = Tie.objects.create(
        person=by,
        kind=RecusalReason(kind),
        municipality=municipality,
        county=county,
        organisation=organisation.strip(),
        since=since,
        until=until,
        told_at=now,
    )
    journal.record("tell_tie", told, by=by)
    return told


@transaction.atomic
def withdraw_tie(*, tie: Tie, now: datetime, by: Person) -> Tie:
    """Take back a tie that was told by mistake and write the journal; the row stays."""
    if tie.person_id != by.pk:
        raise PermissionDenied(_("Only the person whose tie it is may take it back."))
    if Tie.objects.told().filter(pk=tie.pk).update(withdrawn_at=now):
        journal.record("withdraw_tie", tie, by=by)
    tie.refresh_from_db()
    return tie
