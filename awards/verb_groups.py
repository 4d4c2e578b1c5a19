"""The journal's verbs in groups that people look for: stages, people, applications, scoring, and so on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OTHER = "other"
EXPORT = "export"
LABELS = {
    "edition": _("The edition and its stages"),
    "people": _("People and roles"),
    "entries": _("Applications and material"),
    "scoring": _("Reading and scoring"),
    "decision": _("Meeting, decision and feedback"),
    "letters": _("Letters"),
    EXPORT: _("Downloads and files"),
    "viewing": _("Viewing as somebody else"),
    OTHER: _("Other"),
}
_VERBS = {
    "edition": """
        archive_edition cancel_edition close_stage conclude_edition create_edition declare_no_award
        extend_stage give_questionnaire open_edition open_stage pause_edition postpone_edition
        reopen_stage resume_edition set_times shift_stages take_back_no_award add_theme
    """,
    "people": """
        accept_invitation appoint begin_contact change_contact end_contact end_role invite
        resend_invitation revoke_invitation
    """,
    "entries": """
        accept add_area add_challenge add_contribution add_film add_initiative add_material
        answer_question carry_over check_material compete decline describe_material hold_question
        move_area release_question remove_area remove_challenge remove_contribution
        remove_initiative remove_material reopen replace_material save_draft set_diary_number
        start_entry submit take_area take_part_without_competing withdraw
    """,
    "scoring": """
        accept_undertaking activate_model ask_question assign_everybody assign_jurors assign_one
        clear_conflict close_round extend_round finish_sheet import_sheets issue_undertaking
        lift_recusal open_round plan_round recuse remind_jurors reopen_round reopen_sheet
        reveal_round save_sheet tell_tie unassign_one withdraw_tie
    """,
    "decision": """
        agree announce_decision close_meeting confirm_decision discard_decision draft_decision
        note_attendance open_meeting order_ties propose_decision release_feedback reopen_feedback
        reopen_meeting reply_to_feedback return_decision review_feedback save_decision save_feedback
        set_four_eyes take_outcome_back tell_outcome withdraw_feedback
    """,
    "letters": "approve_letter cancel_letter cancel_letters retry_letter",
    EXPORT: "export finish_job start_job",
    "viewing": "start_viewing stop_viewing",
}
GROUPS = {group: frozenset(verbs.split()) for group, verbs in _VERBS.items()}
KNOWN = frozenset().union(*GROUPS.values())


def group_of(verb: str) -> str:
    """The group of a verb; what is in none is other."""
    return next((group for group, verbs in GROUPS.items() if verb in verbs), OTHER)
