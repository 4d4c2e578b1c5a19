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

WORDS = {
    "accept": _("accepted a nomination"),
    "accept_invitation": _("accepted the invitation"),
    "accept_undertaking": _("accepted the undertaking"),
    "activate_model": _("activated a scoring model"),
    "add_area": _("added an improvement area"),
    "add_challenge": _("added a challenge"),
    "add_contribution": _("added a contribution to the fair"),
    "add_film": _("added a film"),
    "add_initiative": _("added an initiative"),
    "add_material": _("uploaded material"),
    "add_partner": _("named a partner"),
    "add_seat": _("put a seat at the table"),
    "add_stage": _("added a stage"),
    "add_theme": _("added a theme"),
    "agree": _("noted what was agreed on an entry"),
    "announce_decision": _("announced the decision"),
    "anonymise_people": _("made the people of the edition anonymous"),
    "answer_question": _("answered a question from the jury"),
    "appoint": _("gave somebody a role"),
    "approve_letter": _("approved a letter"),
    "approve_letters": _("approved the letters that waited"),
    "archive_edition": _("archived the edition"),
    "ask_question": _("asked a municipality something"),
    "assign_everybody": _("gave the jurors their entries"),
    "assign_jurors": _("gave jurors their entries"),
    "assign_one": _("gave a juror an entry"),
    "begin_contact": _("became a municipality's contact"),
    "cancel_edition": _("cancelled the edition"),
    "cancel_letter": _("stopped a letter"),
    "cancel_letters": _("stopped the letters that had not been sent"),
    "carry_over": _("brought along what stood in an earlier entry"),
    "change_contact": _("changed what a contact may do"),
    "change_entry": _("changed an entry by a list"),
    "change_facts": _("changed the edition's facts"),
    "change_round_model": _("chose another scoring model for a round"),
    "change_seat": _("changed a seat"),
    "check_material": _("checked a file"),
    "clear_conflict": _("answered that a tie is no conflict"),
    "close_meeting": _("closed the consensus meeting"),
    "close_round": _("closed the scoring"),
    "close_stage": _("closed a stage"),
    "compete": _("let an entry compete"),
    "conclude_edition": _("concluded the edition"),
    "confirm_decision": _("confirmed the decision"),
    "copy_edition": _("copied an earlier edition into this one"),
    "copy_letters": _("took over the words of the letters from another edition"),
    "correct_seat": _("corrected somebody's seat"),
    "create_edition": _("set up the edition"),
    "declare_no_award": _("said that no award is given"),
    "decline": _("declined a nomination"),
    "delete_view": _("deleted a saved view"),
    "describe_material": _("described material"),
    "discard_decision": _("threw a draft of a decision away"),
    "discard_import": _("let go of a list without importing it"),
    "draft_decision": _("began a decision"),
    "end_contact": _("let a contact go"),
    "end_role": _("ended somebody's role"),
    "export": _("downloaded a file"),
    "export_report": _("took a report out"),
    "extend_round": _("moved the closing time of the scoring"),
    "extend_stage": _("moved the closing time of a stage"),
    "finish_job": _("had a file made"),
    "finish_sheet": _("marked a sheet as done"),
    "give_questionnaire": _("gave the edition its questionnaire"),
    "hand_over": _("took a seat over"),
    "hide_contribution": _("took a contribution out of the public's sight"),
    "hide_entries": _("took entries out of the public's sight"),
    "hold_question": _("held a question from the jury back"),
    "import_entry": _("brought in an entry by a list"),
    "import_evaluation": _("brought in an external evaluation"),
    "import_sheets": _("took in scores from a workbook"),
    "import_table": _("imported a list"),
    "invite": _("invited somebody"),
    "invite_list": _("invited a whole list"),
    "issue_undertaking": _("wrote the jurors' undertaking"),
    "lift_recusal": _("let a juror back to an entry"),
    "move_area": _("moved an improvement area"),
    "note_attendance": _("noted who is at the meeting"),
    "open_edition": _("opened the edition"),
    "open_meeting": _("opened the consensus meeting"),
    "open_round": _("opened the scoring"),
    "open_stage": _("opened a stage"),
    "order_ties": _("parted equal entries"),
    "pause_edition": _("paused the edition"),
    "plan_publication": _("planned when the decision becomes public"),
    "plan_reminders": _("said when reminders go"),
    "plan_round": _("planned a round of scoring"),
    "postpone_edition": _("postponed the edition"),
    "propose_decision": _("proposed a decision"),
    "publish": _("published the decision"),
    "publish_contribution": _("let the public see a contribution"),
    "publish_entries": _("let the public see entries"),
    "read_decision": _("read the decision with its figures"),
    "read_feedback": _("read the jury's words for the feedback"),
    "read_meeting": _("read the scores at the consensus meeting"),
    "read_standings": _("read the standings"),
    "read_statistics": _("read the statistics of the scores"),
    "read_what_if": _("tried other weights on the scores"),
    "recuse": _("stood aside from an entry"),
    "release_feedback": _("released feedback to a municipality"),
    "release_question": _("sent a question from the jury on"),
    "remind": _("reminded those it concerns"),
    "remind_jurors": _("reminded jurors"),
    "remove_area": _("took an improvement area away"),
    "remove_challenge": _("took a challenge away"),
    "remove_contribution": _("took a contribution to the fair away"),
    "remove_initiative": _("took an initiative away"),
    "remove_material": _("took material away"),
    "remove_partner": _("took a partner away"),
    "remove_seat": _("took a seat away"),
    "remove_stage": _("took a stage away"),
    "rename_view": _("renamed a saved view"),
    "reopen": _("opened an entry again"),
    "reopen_feedback": _("opened a feedback report again"),
    "reopen_meeting": _("opened the consensus meeting again"),
    "reopen_round": _("reopened the scoring"),
    "reopen_sheet": _("opened a sheet again"),
    "reopen_stage": _("reopened a stage"),
    "replace_material": _("replaced material"),
    "replace_publication": _("replaced what was published"),
    "reply_to_feedback": _("replied to the feedback"),
    "resend_invitation": _("sent an invitation again"),
    "reset_template": _("went back to the usual words of a letter"),
    "resume_edition": _("took the edition up again"),
    "retry_letter": _("sent a letter again"),
    "retry_letters": _("sent the failed letters again"),
    "return_decision": _("sent a decision back"),
    "reveal_round": _("revealed the scores to the jurors"),
    "review_feedback": _("marked a feedback report as reviewed"),
    "revoke_invitation": _("withdrew an invitation"),
    "save_decision": _("saved a draft of a decision"),
    "save_draft": _("wrote in an entry"),
    "save_feedback": _("saved a feedback report"),
    "save_sheet": _("saved a sheet"),
    "save_template": _("changed the words of a letter"),
    "save_view": _("saved a view of a list"),
    "set_diary_number": _("noted a diary number"),
    "set_four_eyes": _("said who may confirm a decision"),
    "set_times": _("changed the times of a stage"),
    "shift_stages": _("moved the stages of the edition"),
    "start_entry": _("began an application"),
    "start_job": _("ordered a file"),
    "start_viewing": _("began to view the site as somebody else"),
    "stop_publication": _("stopped a planned publication"),
    "stop_viewing": _("stopped viewing the site as somebody else"),
    "submit": _("sent an entry in"),
    "swap_stages": _("let two stages change places"),
    "take_announcement_back": _("took the announcement of the decision back"),
    "take_area": _("took an improvement area from an earlier entry"),
    "take_back_no_award": _("said that an award may be given after all"),
    "take_outcome_back": _("took a told outcome back"),
    "take_over_reading": _("took over the reading that was left"),
    "take_part_without_competing": _("let an entry take part without competing"),
    "tell_outcome": _("told an outcome"),
    "tell_tie": _("told of a tie"),
    "unassign_one": _("took an entry from a juror"),
    "unpublish": _("took the published decision back"),
    "withdraw": _("withdrew an entry"),
    "withdraw_feedback": _("withdrew the feedback to a municipality"),
    "withdraw_tie": _("took a tie back"),
    "write_letters": _("wrote letters"),
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
    return WORDS.get(verb, verb.replace("_", " "))
