"""What applying, screening, evaluating, visiting and nominating still lack before their stages can close."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from awards.gates import Blocker
from awards.models import Edition, Invitation
from awards.states import RoleKind
from nominees.models import Contact, Evaluation, JuryQuestion, Nomination, NominationEvent
from nominees.states import EventKind, NominationState, Route

N = NominationState
IN_HAND = (N.DRAFT, N.REOPENED, N.ACCEPTED)
IN = (N.SUBMITTED, *IN_HAND)
NOMINATED = (EventKind.NOMINATED, EventKind.FINAL_NOMINATED)
SCREENED = (*NOMINATED, EventKind.NOT_NOMINATED, EventKind.INELIGIBLE)


def call_gate(edition: Edition) -> Iterator[Blocker]:
    """Contacts invited, and what they have begun sent in; a deadline waits for neither."""
    url = reverse("people_page", args=[edition.key])
    yield _contacts(edition, url)
    rows = Nomination.objects.filter(edition=edition, state__in=IN)
    counted = rows.aggregate(of=Count("pk"), left=Count("pk", filter=~Q(state=N.SUBMITTED)))
    of, left = counted["of"], counted["left"]
    if not of:
        yield Blocker(_("No application has been begun."), url, clock_waits=False)
    elif left:
        text = _("{left} of {of} applications have not been sent in.")
        yield Blocker(format_lazy(text, left=left, of=of), url, clock_waits=False)
    else:
        yield Blocker(format_lazy(_("All {of} applications have been sent in."), of=of), url, settled=True)


def nomination_gate(edition: Edition) -> Iterator[Blocker]:
    """Somebody nominated, everybody's contact known, and answers to nominations that others made."""
    url = reverse("people_page", args=[edition.key])
    contacts = Contact.objects.in_force().filter(edition=edition, municipality=OuterRef("municipality"))
    nominated = Nomination.objects.filter(edition=edition, state__in=IN).filter(_has(NOMINATED))
    unanswered = Q(state=N.DRAFT) & ~Q(route=Route.APPLICATION)
    counted = nominated.annotate(reached=Exists(contacts)).aggregate(
        of=Count("pk"),
        alone=Count("pk", filter=Q(reached=False)),
        unanswered=Count("pk", filter=unanswered),
    )
    if not counted["of"]:
        yield Blocker(_("Nobody has been nominated."), edition.get_absolute_url())
        return
    told = ngettext_lazy(
        "{of} municipality is nominated.", "{of} municipalities are nominated.", counted["of"]
    )
    yield Blocker(format_lazy(told, of=counted["of"]), edition.get_absolute_url(), settled=True)
    if counted["alone"]:
        text = _("{number} of {of} nominated municipalities have no contact.")
        yield Blocker(format_lazy(text, number=counted["alone"], of=counted["of"]), url, clock_waits=False)
    if counted["unanswered"]:
        text = _("{number} of {of} nominated municipalities have not answered.")
        yield Blocker(
            format_lazy(text, number=counted["unanswered"], of=counted["of"]), url, clock_waits=False
        )


def screening_gate(edition: Edition) -> Iterator[Blocker]:
    """Every entry that came in has been nominated or not."""
    url = edition.get_absolute_url()
    rows = Nomination.objects.filter(edition=edition, state=N.SUBMITTED)
    counted = rows.annotate(screened=_has(SCREENED)).aggregate(
        of=Count("pk"), left=Count("pk", filter=Q(screened=False))
    )
    if not counted["of"]:
        yield Blocker(_("There are no entries to screen."), url)
    elif counted["left"]:
        text = _("{left} of {of} entries have been neither nominated nor turned down.")
        yield Blocker(format_lazy(text, **counted), url)
    else:
        yield Blocker(
            format_lazy(_("All {of} entries have been screened."), of=counted["of"]), url, settled=True
        )


def evaluation_gate(edition: Edition) -> Iterator[Blocker]:
    """Every municipality that is in has an external evaluation."""
    url = edition.get_absolute_url()
    evaluations = Evaluation.objects.filter(municipality=OuterRef("municipality"))
    rows = Nomination.objects.filter(edition=edition, state__in=IN)
    counted = rows.annotate(evaluated=Exists(evaluations)).aggregate(
        of=Count("pk"), left=Count("pk", filter=Q(evaluated=False))
    )
    if counted["left"] or not counted["of"]:
        text = _("{left} of {of} municipalities have no external evaluation.")
        yield Blocker(format_lazy(text, **counted), url, clock_waits=False)
    else:
        yield Blocker(_("All municipalities have an external evaluation."), url, settled=True)


def questions_gate(edition: Edition) -> Iterator[Blocker]:
    """The jury's questions released or held back, and answered."""
    url = reverse("question_list", args=[edition.key])
    asked = JuryQuestion.objects.filter(nomination__edition=edition, refused_at=None)
    counted = asked.aggregate(
        waits=Count("pk", filter=Q(released_at=None)),
        unanswered=Count("pk", filter=Q(released_at__isnull=False, answered_at=None)),
    )
    waits, unanswered = counted["waits"], counted["unanswered"]
    if waits:
        told = ngettext_lazy(
            "{number} question from the jury waits for you.",
            "{number} questions from the jury wait for you.",
            waits,
        )
        yield Blocker(format_lazy(told, number=waits), url, clock_waits=False)
    if unanswered:
        told = ngettext_lazy(
            "{number} question to a municipality has no answer.",
            "{number} questions to municipalities have no answer.",
            unanswered,
        )
        yield Blocker(format_lazy(told, number=unanswered), url, clock_waits=False)
    if not waits and not unanswered:
        yield Blocker(_("No question from the jury is open."), url, settled=True)


def _contacts(edition: Edition, url: str) -> Blocker:
    places = Contact.objects.in_force().filter(edition=edition)
    known = places.order_by().values("municipality").distinct().count()
    if known:
        told = ngettext_lazy(
            "{known} municipality has a contact.", "{known} municipalities have a contact.", known
        )
        return Blocker(format_lazy(told, known=known), url, settled=True)
    waiting = Invitation.objects.filter(
        edition=edition, kind=RoleKind.CONTACT, accepted_at=None, revoked_at=None
    ).count()
    if waiting:
        text = _("No contact has accepted; {waiting} have been invited.")
        return Blocker(format_lazy(text, waiting=waiting), url, clock_waits=False)
    return Blocker(_("No contact has been invited."), url, clock_waits=False)


def _has(kinds: tuple[str, ...]) -> Exists:
    return Exists(NominationEvent.objects.filter(nomination=OuterRef("pk"), kind__in=kinds))
