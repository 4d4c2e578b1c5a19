"""The journal in words: what each verb means to somebody who reads the latest events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, JournalEntry, Person, Role
from awards.states import RoleKind

_WORDS = {
    "accept_invitation": _("accepted the invitation"),
    "activate_model": _("activated a scoring model"),
    "agree": _("noted what was agreed on an entry"),
    "announce_decision": _("announced the decision"),
    "appoint": _("gave somebody a role"),
    "approve_letter": _("approved a letter"),
    "approve_letters": _("approved the letters that waited"),
    "archive_edition": _("archived the edition"),
    "assign_everybody": _("gave the jurors their entries"),
    "cancel_edition": _("cancelled the edition"),
    "cancel_letter": _("stopped a letter"),
    "close_meeting": _("closed the consensus meeting"),
    "close_round": _("closed the scoring"),
    "close_stage": _("closed a stage"),
    "conclude_edition": _("concluded the edition"),
    "confirm_decision": _("confirmed the decision"),
    "copy_letters": _("took over the words of the letters from another edition"),
    "create_edition": _("set up the edition"),
    "discard_decision": _("threw a draft of a decision away"),
    "draft_decision": _("began a decision"),
    "end_role": _("ended somebody's role"),
    "extend_round": _("moved the closing time of the scoring"),
    "finish_job": _("had a file made"),
    "finish_sheet": _("marked a sheet as done"),
    "hand_over": _("took a seat over"),
    "invite": _("invited somebody"),
    "invite_list": _("invited a whole list"),
    "lift_recusal": _("let a juror back to an entry"),
    "note_attendance": _("noted who is at the meeting"),
    "open_edition": _("opened the edition"),
    "open_meeting": _("opened the consensus meeting"),
    "open_round": _("opened the scoring"),
    "open_stage": _("opened a stage"),
    "order_ties": _("parted equal entries"),
    "pause_edition": _("paused the edition"),
    "plan_reminders": _("said when reminders go"),
    "plan_round": _("planned a round of scoring"),
    "postpone_edition": _("postponed the edition"),
    "propose_decision": _("proposed a decision"),
    "recuse": _("stood aside from an entry"),
    "release_feedback": _("released feedback to a municipality"),
    "remind": _("reminded those it concerns"),
    "remind_jurors": _("reminded the jurors"),
    "reopen_feedback": _("opened a feedback report again"),
    "reopen_meeting": _("opened the consensus meeting again"),
    "reopen_round": _("reopened the scoring"),
    "reopen_sheet": _("opened a sheet again"),
    "reopen_stage": _("reopened a stage"),
    "resend_invitation": _("sent an invitation again"),
    "reply_to_feedback": _("replied to the feedback"),
    "reset_template": _("went back to the usual words of a letter"),
    "resume_edition": _("took the edition up again"),
    "retry_letter": _("sent a letter again"),
    "retry_letters": _("sent the failed letters again"),
    "review_feedback": _("marked a feedback report as reviewed"),
    "reveal_round": _("revealed the scores to the jurors"),
    "revoke_invitation": _("withdrew an invitation"),
    "save_feedback": _("saved a feedback report"),
    "return_decision": _("sent a decision back"),
    "save_decision": _("saved a draft of a decision"),
    "save_sheet": _("saved a sheet"),
    "save_template": _("changed the words of a letter"),
    "set_four_eyes": _("said who may confirm a decision"),
    "start_job": _("ordered a file"),
    "write_letters": _("wrote letters"),
    "withdraw_feedback": _("withdrew the feedback to a municipality"),
    "take_over_reading": _("took over the reading that was left"),
    "take_outcome_back": _("took a told outcome back"),
    "tell_outcome": _("told an outcome"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One journal entry: who (a seat, else a name), what in words, when."""

    who: object
    what: object
    at: datetime


def latest(edition: Edition, most: int = 6) -> tuple[Happening, ...]:
    """The latest events of an edition, with the people as their seats: one query."""
    person = OuterRef("person_id")
    seats = Role.objects.filter(edition=edition, person=person).exclude(seat="").values("seat")[:1]
    names = Person.objects.filter(pk=person).exclude(name="").values("name")[:1]
    kinds = Role.objects.filter(edition=edition, person=person).values("kind")[:1]
    rows = JournalEntry.objects.filter(edition_id=edition.pk).annotate(
        who=Coalesce(Subquery(seats), Subquery(names)), kind=Subquery(kinds)
    )
    return tuple(
        Happening(_whom(who, kind, person_id), in_words(verb), at)
        for verb, at, person_id, who, kind in rows.values_list("verb", "at", "person_id", "who", "kind")[
            :most
        ]
    )


def _whom(who: str | None, kind: str | None, person_id: int | None) -> object:
    """The seat or the name, else what they are, else that somebody was there; nobody is the system."""
    if person_id is None:
        return _("The system")
    return who or (capfirst(RoleKind(kind).label) if kind else _("Somebody"))


def in_words(verb: str) -> object:
    """The verb as people say it; an unknown one with its underlines taken out."""
    return _WORDS.get(verb, verb.replace("_", " "))
