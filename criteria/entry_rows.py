"""The two unions behind what a juror reads of an entry, each written once and compiled once."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db.models import CharField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast, Coalesce

from awards.prepared import Prepared
from criteria.models import FeedbackReport
from nominees import sent_in
from nominees.models import (
    Challenge,
    Contribution,
    ImprovementArea,
    Initiative,
    JuryQuestion,
    Material,
    Nomination,
)

YEAR = "nomination__edition__fair__label_year"


def matter_rows(nomination: Nomination, now: datetime, *, is_sent: bool) -> list[tuple]:
    """Areas of this entry and of earlier ones, topics, files, questions and replies: one query, in order.

    Of an entry that was sent in (`is_sent`), only what does not stand in its last version. Earlier ones that
    were are rows called "sent", whose first text is their areas as JSON. A row is (what, year, nomination's
    id, position, id, title, direction, since, and four texts).
    """
    asked = _MATTER[is_sent, nomination.edition.is_rehearsal]
    return sorted(
        asked.rows(
            nomination=nomination.pk,
            municipality=nomination.municipality_id,
            carried_from=nomination.carried_from_id or 0,
            year=nomination.edition.year,
            now=now,
        )
    )


def way_rows(nomination: Nomination, now: datetime) -> list[tuple]:
    """Contributions with themes and what earlier entries publicly came to: one query, the latest first.

    A row is (what, year, title or outcome, theme in Swedish, theme in English).
    """
    found = _WAY.rows(
        municipality=nomination.municipality_id,
        fair=nomination.edition.fair_id,
        year=nomination.edition.year,
        now=now,
    )
    return sorted(found, reverse=True)


def _matter(
    *,
    nomination: int,
    municipality: int,
    carried_from: int,
    year: int,
    now: datetime,
    is_sent: bool,
    tried: bool,
) -> QuerySet:
    earlier = (
        Nomination.objects.public(now)
        .filter(municipality=municipality, edition__fair__label_year__lt=year)
        .exclude(pk=carried_from)
    )
    shown = Material.objects.for_jury_as_sent() if is_sent else Material.objects.for_jury()
    files = shown.filter(nomination=nomination)
    asked = JuryQuestion.objects.filter(
        nomination=nomination, released_at__isnull=False, answered_at__isnull=False
    )
    replies = FeedbackReport.objects.replied_to_juries().filter(
        **{"nomination__municipality": municipality, f"{YEAR}__lt": year}
    )
    if not tried:
        replies = replies.filter(nomination__edition__is_rehearsal=False)
    told = sent_in.told_by_tables(earlier, now)
    areas = ImprovementArea.objects.filter(nomination__in=told)
    parts = [
        _columns(
            sent_in.last_versions(earlier.values("pk")).annotate(areas=KeyTransform("areas", "content")),
            "sent",
            "",
            "",
            "areas",
            "",
            "",
            "",
            title="",
            position="",
        ),
        _columns(files, "file", "", "", "description", "size", "pages", "link", title="name", position=""),
        _columns(asked, "question", "", "", "answer", "", "", "", title="text", position=""),
        _columns(replies, "reply", "", "", "reply", "", "", "", title=YEAR, position=""),
    ]
    if not is_sent:
        areas = ImprovementArea.objects.filter(Q(nomination=nomination) | Q(nomination__in=told))
        initiatives = Initiative.objects.filter(nomination=nomination)
        challenges = Challenge.objects.filter(nomination=nomination)
        parts += [
            _columns(initiatives, "initiative", "", "", "description", "", "", ""),
            _columns(challenges, "challenge", "direction", "", "", "", "", "is_added"),
        ]
    rows = _columns(areas, "area", "direction", "continuation", "aim", "action", "result", "evidence")
    return rows.union(*parts, all=True)


def _columns(
    rows: QuerySet,
    what: str,
    direction: str,
    since: str,
    *texts: str,
    title: str = "title",
    position: str = "position",
) -> QuerySet:
    def text(name: str) -> Combinable:
        return (
            Coalesce(Cast(F(name), TextField()), Value(""), output_field=TextField())
            if name
            else Cast(Value(""), TextField())
        )

    return (
        rows.order_by()
        .annotate(what=Value(what, CharField()), u_direction=text(direction), u_since=text(since))
        .annotate(u_title=text(title), u_position=Cast(F(position) if position else Value(0), IntegerField()))
        .annotate(**{f"u_{number}": text(name) for number, name in enumerate(texts)})
        .values_list(
            "what", YEAR, "nomination_id", "u_position", "pk", "u_title",
            "u_direction", "u_since", "u_0", "u_1", "u_2", "u_3",
        )
    )  # fmt: skip


def _way(*, municipality: int, fair: int, year: int, now: datetime) -> QuerySet:
    fairs = Q(pk__in=Contribution.objects.public(now)) | Q(fair=fair)
    contributions = (
        Contribution.objects.filter(fairs, municipalities=municipality)
        .order_by()
        .annotate(what=Value("contribution", CharField()), u_sv=_or_empty("sv"), u_en=_or_empty("en"))
        .values_list("what", "fair__label_year", "title", "u_sv", "u_en")
    )
    outcomes = (
        Nomination.objects.public(now)
        .filter(municipality=municipality, edition__fair__label_year__lt=year)
        .with_outcome()
        .order_by()
        .annotate(
            what=Value("outcome", CharField()), u_sv=Value("", CharField()), u_en=Value("", CharField())
        )
        .values_list("what", "edition__fair__label_year", "outcome", "u_sv", "u_en")
    )
    return contributions.union(outcomes, all=True)


def _or_empty(language: str) -> Combinable:
    return Coalesce(F(f"theme__title_{language}"), Value(""), output_field=CharField())


_MATTER = {
    (is_sent, tried): Prepared(
        partial(_matter, is_sent=is_sent, tried=tried),
        nomination=int, municipality=int, carried_from=int, year=int, now=datetime,
    )
    for is_sent in (False, True)
    for tried in (False, True)
}  # fmt: skip
_WAY = Prepared(_way, municipality=int, fair=int, year=int, now=datetime)
