"""The journal's verbs in groups that people look for: stages, people, applications, scoring, and so on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OTHER = "other"
EXPORT = "export"
READ = "read"
LABELS = {
    "edition": _("The edition and its stages"),
    "people": _("People and roles"),
    "entries": _("Applications and material"),
    "scoring": _("Reading and scoring"),
    "decision": _("Meeting, decision and feedback"),
    "letters": _("Letters"),
    "lists": _("Imported lists and saved views"),
    EXPORT: _("Downloads and files"),
    READ: _("Scores that were read"),
    "viewing": _("Viewing as somebody else"),
    OTHER: _("Other"),
}
_VERBS = {
    "edition": """
        add_partner add_seat add_stage add_theme archive_edition cancel_edition change_facts
        change_seat close_stage conclude_edition copy_edition create_edition declare_no_award
        extend_stage give_questionnaire open_edition open_stage pause_edition postpone_edition
        remove_partner remove_seat remove_stage reopen_stage resume_edition set_times shift_stages
        swap_stages take_back_no_award
    """,
    "people": """
        accept_invitation anonymise_people appoint begin_contact change_contact correct_seat
        end_contact end_role hand_over invite invite_list resend_invitation revoke_invitation
    """,
    "entries": """
        accept add_area add_challenge add_contribution add_film add_initiative add_material
        answer_question carry_over change_entry check_material compete decline describe_material
        hide_contribution hide_entries hold_question import_entry move_area publish_contribution
        publish_entries release_question remove_area remove_challenge remove_contribution
        remove_initiative remove_material reopen
        replace_material save_draft set_diary_number start_entry submit take_area
        take_part_without_competing withdraw
    """,
    "scoring": """
        accept_undertaking activate_model ask_question assign_everybody assign_jurors assign_one
        change_round_model clear_conflict close_round extend_round finish_sheet import_evaluation
        import_sheets issue_undertaking lift_recusal open_round plan_round recuse remind_jurors
        reopen_round reopen_sheet reveal_round save_sheet take_over_reading tell_tie unassign_one
        withdraw_tie
    """,
    "decision": """
        agree announce_decision close_meeting confirm_decision discard_decision draft_decision
        note_attendance open_meeting order_ties plan_publication propose_decision publish
        release_feedback reopen_feedback reopen_meeting replace_publication reply_to_feedback
        return_decision review_feedback save_decision save_feedback set_four_eyes stop_publication
        take_announcement_back take_outcome_back tell_outcome unpublish withdraw_feedback
    """,
    "letters": """
        approve_letter approve_letters cancel_letter cancel_letters copy_letters plan_reminders remind
        reset_template retry_letter retry_letters save_template write_letters
    """,
    "lists": "delete_view discard_import import_table rename_view save_view",
    EXPORT: "export finish_job start_job",
    READ: """
        read_decision read_feedback read_meeting read_standings read_statistics read_what_if
    """,
    "viewing": "start_viewing stop_viewing",
}
GROUPS = {group: frozenset(verbs.split()) for group, verbs in _VERBS.items()}
KNOWN = frozenset().union(*GROUPS.values())


def group_of(verb: str) -> str:
    """The group of a verb; what is in none is other."""
    return next((group for group, verbs in GROUPS.items() if verb in verbs), OTHER)
