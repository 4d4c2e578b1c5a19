"""What municipalities bring to an edition's fair, as its organiser lets it out: what waits, what is out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from awards.models import Edition, Person
from awards.verdicts import Verdict
from nominees import permissions, sent_in
from nominees.contribution_page import theme_title
from nominees.models import Contribution, Nomination
from nominees.states import NominationState

Sent = Mapping[tuple[int, int], dict]  # (contribution's id, municipality's id) -> as it was sent in


@dataclass(frozen=True, slots=True)
class Line:
    """One contribution on the organiser's list."""

    contribution: Contribution
    makers: str
    theme: str
    is_public: bool
    is_as_sent: bool  # the municipality has sent it in just as it stands here
    verdict: Verdict  # to publish it, or to take it back


def lines(rows: Iterable[Contribution], edition: Edition, user: Person, now: datetime) -> tuple[Line, ...]:
    """These contributions, which come `with_makers`, as lines: one query."""
    sent = _sent(Nomination.objects.filter(edition=edition))
    return tuple(_line(each, sent, edition, user, now) for each in rows)


def with_makers(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """With theme and municipalities; those that wait first."""
    return (
        contributions.select_related("theme")
        .prefetch_related("municipalities")
        .order_by(F("published_at").asc(nulls_first=True), "kind", "pk")
    )


def let_out_with(edition: Edition, nominations: Collection[int], now: datetime) -> list[Contribution]:
    """What becomes public together with these entries: theirs, and those of who takes part without competing.

    Only what was sent in just as it stands: what was changed after that waits for the organiser's own eyes.
    Three queries.
    """
    without = Q(contribution_only=True, state=NominationState.SUBMITTED)
    telling = Nomination.objects.filter(Q(pk__in=nominations) | without, edition=edition)
    sent = _sent(telling)
    hidden = Contribution.objects.hidden(now).filter(fair=edition.fair_id, pk__in={pk for pk, _home in sent})
    return [each for each in with_makers(hidden) if _is_as_sent(each, sent)]


def _sent(entries: QuerySet[Nomination]) -> Sent:
    found = sent_in.last_versions(entries.values("pk"))
    rows = found.values_list("nomination__municipality", "content__contributions")
    return {(each["id"], home): each for home, brought in rows for each in brought}


def _is_as_sent(contribution: Contribution, sent: Sent) -> bool:
    """Whether a municipality that may write it has sent in these words, and nobody stands here unnamed."""
    return any(
        each["title"] == contribution.title
        and each["kind"] == contribution.kind
        and (each["theme"] or {}).get("sv") == (contribution.theme and contribution.theme.title_sv)
        and _others(contribution, home) <= set(each["together"])
        for home, each in _versions(contribution, sent)
    )


def _versions(contribution: Contribution, sent: Sent) -> Iterator[tuple[int, dict]]:
    for home in contribution.municipalities.all():
        may_write = contribution.owner_id in (None, home.pk)
        if may_write and (contribution.pk, home.pk) in sent:
            yield home.pk, sent[contribution.pk, home.pk]


def _others(contribution: Contribution, home: int) -> set[str]:
    return {each.name for each in contribution.municipalities.all() if each.pk != home}


def _line(contribution: Contribution, sent: Sent, edition: Edition, user: Person, now: datetime) -> Line:
    is_public = contribution.is_public(now)
    may = permissions.may_hide_contribution if is_public else permissions.may_publish_contribution
    makers = sorted(contribution.municipalities.all(), key=lambda each: each.sort_key)
    return Line(
        contribution,
        ", ".join(each.name for each in makers),
        theme_title(contribution.theme) if contribution.theme else "",
        is_public,
        _is_as_sent(contribution, sent),
        may(user, contribution, edition, now),
    )
