"""The turns that an edition can take: what each is called, what it does, what it asks for, and its action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from awards import permissions
from awards.actions import editions
from awards.actions.ceremony import day_of
from awards.closing import left_open
from awards.gates import Blocker
from awards.models import Edition, Person
from awards.moves import find
from awards.states import EDITION_MOVES, StageKind
from awards.verdicts import Verdict
from nominees import permissions as entries
from nominees.actions.outcomes import declare_no_award, take_back_no_award
from reports.stage_forms import ConcludeForm, PerhapsReasonForm, PostponeForm, ReasonForm

May = Callable[[Person, Edition], Verdict]


@dataclass(frozen=True)
class Turn:
    """One turn. `act` takes `edition=`, the form's fields and `by=`."""

    verb: str
    label: object  # on the button
    does: tuple[object, ...]  # what happens, a sentence each
    act: Callable[..., object]
    may: May
    form: type[forms.Form] = forms.Form
    done: object = ""
    is_grave: bool = False  # drawn as a warning


@dataclass(frozen=True)
class Offer:
    """A turn as it stands on the edition's page."""

    turn: Turn
    verdict: Verdict


def _moving(verb: str) -> May:
    return lambda user, edition: permissions.may_move_edition(user, edition, find(EDITION_MOVES, verb))


TURNS = (
    Turn(
        "open",
        pgettext_lazy("edition", "Open the edition"),
        (_("The edition begins. Its stages can be opened, by you or by the clock."),),
        editions.open_edition,
        _moving("open"),
        done=_("The edition has begun."),
    ),
    Turn(
        "pause",
        pgettext_lazy("edition", "Pause"),
        (
            _("Municipalities and jurors read on but save nothing, and are told that the edition is paused."),
            _("The clock neither opens nor closes stages. No deadline moves by itself."),
            _("Nothing is lost. You take the edition up again when you like."),
        ),
        editions.pause_edition,
        _moving("pause"),
        PerhapsReasonForm,
        _("The edition is paused."),
    ),
    Turn(
        "resume",
        pgettext_lazy("edition", "Take up again"),
        (
            _("Municipalities and jurors may save again where their stage is under way."),
            _("The clock goes on at once: a stage whose time has passed closes. Look at the times first."),
            _("An edition that was put off before it had opened is planned again. You open it in its time."),
        ),
        editions.resume_edition,
        _moving("resume"),
        done=_("The edition is taken up again."),
    ),
    Turn(
        "postpone",
        pgettext_lazy("edition", "Postpone"),
        (
            _("Nothing is saved and no stage moves until you take the edition up again."),
            _("The public page shows that the ceremony has moved. The old and the new day are both kept."),
        ),
        editions.postpone_edition,
        _moving("postpone"),
        PostponeForm,
        _("The edition is postponed."),
    ),
    Turn(
        "no-award",
        pgettext_lazy("edition", "Give no award"),
        (
            _("The edition says that nobody won, in history and in statistics too."),
            _("The edition goes on otherwise: stages, feedback and outcome stay as they are."),
        ),
        declare_no_award,
        entries.may_declare_no_award,
        ReasonForm,
        _("It is said that no award is given."),
        is_grave=True,
    ),
    Turn(
        "award-after-all",
        pgettext_lazy("edition", "Give an award after all"),
        (_("The edition no longer says that nobody won."),),
        take_back_no_award,
        entries.may_take_back_no_award,
        ReasonForm,
        _("An award may be given."),
    ),
    Turn(
        "conclude",
        pgettext_lazy("edition", "Conclude"),
        (
            _("The edition is over and its outcome stands. There is no way back."),
            _("Municipalities and jurors save nothing more. They still read what is theirs."),
        ),
        editions.conclude_edition,
        _moving("conclude"),
        ConcludeForm,
        _("The edition is concluded."),
        is_grave=True,
    ),
    Turn(
        "cancel",
        pgettext_lazy("edition", "Cancel"),
        (
            _("The edition is called off for good. There is no way back."),
            _("Municipalities and jurors save nothing more. What there is stays, and they may read it."),
        ),
        editions.cancel_edition,
        _moving("cancel"),
        ReasonForm,
        _("The edition is cancelled."),
        is_grave=True,
    ),
)
BY_VERB = {turn.verb: turn for turn in TURNS}
UNSEEN = ("award-after-all",)  # offered only where it can be taken


def offers(user: Person, edition: Edition) -> tuple[Offer, ...]:
    """Every turn with its verdict, those that can be taken first."""
    found = [Offer(turn, turn.may(user, edition)) for turn in TURNS]
    shown = [each for each in found if each.verdict or each.turn.verb not in UNSEEN]
    return tuple(sorted(shown, key=lambda each: not each.verdict))


def form_of(turn: Turn, edition: Edition, data: object | None) -> forms.Form:
    """What the turn asks for, with what is known of the edition."""
    if turn.form is PostponeForm:
        return PostponeForm(data, known=known_ceremony(edition), year=edition.year)
    if turn.form is ConcludeForm:
        return ConcludeForm(data, is_blocked=bool(left_open(edition)))
    return turn.form(data)


def lines_of(turn: Turn, edition: Edition) -> tuple[Blocker, ...]:
    """What still stands in the way of the turn."""
    return left_open(edition) if turn.form is ConcludeForm else ()


def known_ceremony(edition: Edition) -> date | None:
    """What a postponement starts from: the day the ceremony is planned for now, as far as it is known."""
    plan = edition.dates.ceremony_plans().last()
    stage = next((each for each in edition.stages.all() if each.kind == StageKind.CEREMONY), None)
    return plan.date if plan else day_of(stage) if stage else None
