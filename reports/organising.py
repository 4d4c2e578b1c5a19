"""What an organiser has in hand: every edition at a glance, and one with its stages and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards import gates, permissions
from awards.gates import Blocker
from awards.models import Edition, Person, Role, Stage, StageExtension
from awards.moves import find
from awards.stage_line import StageLine, stage_line
from awards.states import STAGE_MOVES, WRITING_STAGES, EditionState, RoleKind, StageState
from awards.verdicts import Verdict, first_refusal, no
from nominees.addressees import WRITERS
from nominees.models import Municipality
from nominees.phrases import capitalised, spelled
from reports.desks.focus import stage_after, stage_in_hand
from reports.retention import names_kept_until

UNDER_WAY = (EditionState.PLANNED, EditionState.RUNNING, EditionState.PAUSED, EditionState.POSTPONED)


@dataclass(frozen=True)
class Card:
    """One edition at a glance."""

    edition: Edition
    line: StageLine | None  # where it stands, and the next deadline in words
    open_lines: int | None  # what still stands in the way; None where nothing is under way
    forget_by: date | None = None  # of an ended one: until when its people's names are proposed to be kept

    @property
    def url(self) -> str:
        """To the edition's own page; of an archived one only its end is left."""
        return self.archive_url if self.is_archived else reverse("organiser_edition", args=[self.edition.key])

    @property
    def archive_url(self) -> str:
        """To what is kept of it, its package and the archive."""
        return reverse("archive_page", args=[self.edition.key])

    @property
    def is_archived(self) -> bool:
        """Whether it has been put away."""
        return self.edition.state == EditionState.ARCHIVED


@dataclass(frozen=True)
class Home:
    """The organisers' home."""

    under_way: tuple[Card, ...]
    ended: tuple[Card, ...]


@dataclass(frozen=True)
class StageRow:
    """One stage with what it waits for, its moved deadlines and what may be done with it."""

    stage: Stage
    lines: tuple[Blocker, ...]
    earlier: tuple[StageExtension, ...]  # closing times that were before, oldest first
    alone: tuple[tuple[str, datetime], ...]  # municipality, and until when it alone may write
    may_open: Verdict
    may_close: Verdict
    may_reopen: Verdict
    may_extend: Verdict
    may_set_times: Verdict

    @property
    def open_lines(self) -> int:
        """How many things remain."""
        return sum(not line.settled for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether the stage is under way."""
        return self.stage.state == StageState.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether the stage lies behind."""
        return self.stage.state == StageState.CLOSED

    @property
    def icon(self) -> str:
        """The drawing of its state."""
        return {StageState.CLOSED: "check", StageState.OPEN: "half"}.get(self.stage.state, "open")

    @property
    def may_act(self) -> bool:
        """Whether anything at all may be done with it."""
        return any((self.may_open, self.may_close, self.may_reopen, self.may_extend, self.may_set_times))


@dataclass(frozen=True)
class Running:
    """One edition in hand."""

    edition: Edition
    rows: tuple[StageRow, ...]
    in_hand: StageRow | None
    after: Stage | None

    @property
    def open_lines(self) -> int:
        """How many things remain in the stage in hand."""
        return self.in_hand.open_lines if self.in_hand else 0

    @property
    def open_in_words(self) -> str:
        """The same in letters while it is a small number."""
        return capitalised(spelled(self.open_lines))

    @cached_property
    def to_open(self) -> StageRow | None:
        """The next stage, while none is under way."""
        if any(row.is_open for row in self.rows):
            return None
        return next((row for row in self.rows if row.stage.state == StageState.AHEAD), None)

    @cached_property
    def may_close(self) -> Verdict:
        """Whether the stage in hand closes without more ado."""
        if self.in_hand is None:
            return no("")
        first = next((line.text for line in self.in_hand.lines if not line.settled), None)
        return first_refusal(self.in_hand.may_close, no(first) if first else self.in_hand.may_close)


def organised_by(user: Person) -> QuerySet[Edition]:
    """The editions that this person organises; administrators organise all."""
    visible = Edition.objects.visible_to(user).select_related("fair", "award")
    if user.is_superuser:
        return visible
    held = [role.edition_id for role in user.roles_held if role.kind == RoleKind.ORGANISER]
    return visible.filter(pk__in=held)


def organised_to_the_end(user: Person) -> QuerySet[Edition]:
    """The archived editions that this person organised: forgetting their people is left to do."""
    archived = Edition.objects.filter(state=EditionState.ARCHIVED).select_related("fair", "award")
    if user.is_superuser:
        return archived
    roles = Role.objects.filter(edition=OuterRef("pk"), person=user, kind=RoleKind.ORGANISER, ended_at=None)
    return archived.filter(Exists(roles))


def home(user: Person, now: datetime, language: str) -> Home:
    """Four queries, and the gates of each edition that is under way."""
    found = {
        edition.pk: edition
        for editions in (organised_by(user), organised_to_the_end(user))
        for edition in editions.prefetch_related("stages")
    }
    editions = sorted(found.values(), key=lambda edition: (-edition.year, edition.key))
    cards = [_card(edition, now, language) for edition in editions]
    return Home(
        tuple(card for card in cards if card.edition.state in UNDER_WAY),
        tuple(card for card in cards if card.edition.state not in UNDER_WAY),
    )


def _card(edition: Edition, now: datetime, language: str) -> Card:
    stages = list(edition.stages.all())
    for stage in stages:
        stage.edition = edition
    stage = stage_in_hand(edition)
    under_way = edition.state in UNDER_WAY and stage is not None
    left = len(gates.blockers(edition, stage.kind)) if under_way else None
    forget_by = None if edition.state in UNDER_WAY else names_kept_until(edition)
    return Card(edition, stage_line(edition, stages, now, language), left, forget_by)


def running(edition: Edition, user: Person, now: datetime) -> Running:
    """The edition's stages in order with their gates; what has closed is not asked again."""
    prefetch_related_objects([edition], "stages__extensions")
    stages = list(edition.stages.all())
    names = _names(each for stage in stages for each in stage.extensions.all())
    for stage in stages:
        stage.edition = edition
    rows = tuple(_row(stage, user, names, now) for stage in stages)
    stage = stage_in_hand(edition)
    in_hand = next((row for row in rows if row.stage is stage), None)
    return Running(edition, rows, in_hand, stage_after(edition, stage))


def _row(stage: Stage, user: Person, names: dict[str, str], now: datetime) -> StageRow:
    closed = stage.state == StageState.CLOSED
    extensions = list(stage.extensions.all())
    until: dict[str, datetime] = {}
    for each in extensions:
        if each.municipality_code:
            name = names.get(each.municipality_code, each.municipality_code)
            until[name] = max(each.closes_at, until.get(name, each.closes_at))
    alone = permissions.may_extend_stage(user, stage, "0000")  # some municipality: which one does not matter
    for_all = permissions.may_extend_stage(user, stage)
    return StageRow(
        stage=stage,
        lines=() if closed else (*_missed(stage, now), *gates.checklist(stage.edition, stage.kind)),
        earlier=tuple(each for each in extensions if not each.municipality_code and each.closed_before),
        alone=tuple(sorted(until.items())),
        may_open=permissions.may_open_stage(user, stage),
        may_close=_may_move("close_stage", user, stage),
        may_reopen=_may_move("reopen_stage", user, stage),
        may_extend=alone if closed and stage.kind in WRITING_STAGES else for_all,
        may_set_times=permissions.may_set_times(user, stage),
    )


def _missed(stage: Stage, now: datetime) -> Iterator[Blocker]:
    """That the clock does not open a stage whose closing time has passed."""
    if stage.is_missed(now):
        url = reverse("stage_times", args=[stage.edition.key, stage.position])
        yield Blocker(_("Its closing time passed before it opened. Choose a new one."), url)


def _may_move(verb: str, user: Person, stage: Stage) -> Verdict:
    return permissions.may_move_stage(user, stage, find(STAGE_MOVES, verb))


def _names(extensions: Iterable[StageExtension]) -> dict[str, str]:
    """The municipalities that have a time of their own, by code: one query where there are any."""
    codes = {each.municipality_code for each in extensions if each.municipality_code}
    return dict(Municipality.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def to_extend(edition: Edition) -> QuerySet[Municipality]:
    """The municipalities that take part, in alphabetical order, with how many write for each: one query."""
    entered = edition.nominations.values("municipality")
    known = edition.contacts.filter(ended_at=None).values("municipality")
    found = Municipality.objects.filter(pk__in=entered) | Municipality.objects.filter(pk__in=known)
    writers = Q(
        contacts__edition=edition,
        contacts__ended_at=None,
        contacts__level__in=WRITERS,
        contacts__person__is_active=True,
    )
    return found.annotate(writers=Count("contacts", filter=writers)).order_by("sort_key")
