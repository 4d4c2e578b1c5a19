"""Addresses of the criteria floor."""

from django.urls import path

from criteria.views import (
    agreeing,
    assignment,
    consensus,
    decision,
    feedback,
    grid,
    models,
    own,
    own_feedback,
    progress,
    publishing,
    questions,
    recusals,
    saving,
    scoring,
    setup_scoring,
    standings,
    statistics,
    undertakings,
    what_if,
)

urlpatterns = [
    path("scoring/", scoring.scoring_list, name="scoring_list"),
    path("scoring/<int:assignment>/", saving.scoring_page, name="scoring_page"),
    path("scoring/<int:assignment>/finish/", saving.sheet_finish, name="sheet_finish"),
    path("scoring/<int:assignment>/reopen/", saving.sheet_reopen, name="sheet_reopen"),
    path("scoring/<int:assignment>/text/", saving.sheet_text, name="sheet_text"),
    path(
        "scoring/<int:assignment>/material/<int:material>/",
        scoring.scoring_material,
        name="scoring_material",
    ),
    path("scoring/<int:assignment>/questions/", questions.scoring_questions, name="scoring_questions"),
    path("scoring/<int:assignment>/aside/", recusals.recusal_new, name="recusal_new"),
    path("scoring/grid/<slug:edition>/", grid.scoring_grid, name="scoring_grid"),
    path("scoring/own/<int:scoring_round>/", own.own_page, name="own_page"),
    path("scoring-models/", models.model_list, name="model_list"),
    path("scoring-models/<str:code>/<int:version>/", models.model_page, name="model_page"),
    path("scoring-models/<str:code>/<int:version>/activate/", models.model_activate, name="model_activate"),
    path("scoring-models/<str:code>/<int:version>/retire/", models.model_retire, name="model_retire"),
    path("scoring-models/<str:code>/<int:version>/file/", models.model_file, name="model_file"),
    path("scoring/undertaking/<slug:edition>/", undertakings.undertaking_page, name="undertaking_page"),
    path("scoring/undertaking/<slug:edition>/conflicts/", undertakings.conflict_page, name="conflict_page"),
    path(
        "scoring/undertaking/<slug:edition>/ties/<int:tie>/withdraw/",
        undertakings.tie_withdraw,
        name="tie_withdraw",
    ),
    path(
        "organiser/editions/<slug:edition>/setup/scoring/", setup_scoring.setup_scoring, name="setup_scoring"
    ),
    path("editions/<slug:edition>/undertaking/", undertakings.undertaking_edit, name="undertaking_edit"),
    path("editions/<slug:edition>/progress/", progress.progress_page, name="progress_page"),
    path("editions/<slug:edition>/rounds/<int:number>/open/", progress.round_open, name="round_open"),
    path("editions/<slug:edition>/rounds/<int:number>/close/", progress.round_close, name="round_close"),
    path("editions/<slug:edition>/rounds/<int:number>/reveal/", progress.round_reveal, name="round_reveal"),
    path("editions/<slug:edition>/rounds/<int:number>/extend/", progress.round_extend, name="round_extend"),
    path("editions/<slug:edition>/progress/remind/", progress.reminder_page, name="reminder_page"),
    path("editions/<slug:edition>/progress/aside/", recusals.recusal_make, name="recusal_make"),
    path("editions/<slug:edition>/progress/aside/<int:recusal>/", recusals.recusal_lift, name="recusal_lift"),
    path("editions/<slug:edition>/assignment/", assignment.assignment_page, name="assignment_page"),
    path("editions/<slug:edition>/assignment/apply/", assignment.assignment_apply, name="assignment_apply"),
    path(
        "editions/<slug:edition>/assignment/change/", assignment.assignment_change, name="assignment_change"
    ),
    path("editions/<slug:edition>/standings/", standings.standings_page, name="standings_page"),
    path("editions/<slug:edition>/consensus/", consensus.consensus_page, name="consensus_page"),
    path("editions/<slug:edition>/consensus/open/", consensus.meeting_open, name="meeting_open"),
    path("editions/<slug:edition>/consensus/close/", consensus.meeting_close, name="meeting_close"),
    path("editions/<slug:edition>/consensus/reopen/", consensus.meeting_reopen, name="meeting_reopen"),
    path(
        "editions/<slug:edition>/consensus/attendance/",
        consensus.meeting_attendance,
        name="meeting_attendance",
    ),
    path("editions/<slug:edition>/consensus/order/", consensus.meeting_order, name="meeting_order"),
    path("editions/<slug:edition>/consensus/minutes/", consensus.minutes_page, name="minutes_page"),
    path("editions/<slug:edition>/consensus/minutes.pdf", consensus.minutes_file, name="minutes_file"),
    path("editions/<slug:edition>/consensus/<str:code>/", agreeing.consensus_entry, name="consensus_entry"),
    path("editions/<slug:edition>/consensus/<str:code>/aside/", agreeing.meeting_aside, name="meeting_aside"),
    path("editions/<slug:edition>/decision/", decision.decision_page, name="decision_page"),
    path("editions/<slug:edition>/decision/begin/", decision.decision_begin, name="decision_begin"),
    path("editions/<slug:edition>/decision/save/", decision.decision_save, name="decision_save"),
    path("editions/<slug:edition>/decision/eyes/", decision.decision_four_eyes, name="decision_four_eyes"),
    path("editions/<slug:edition>/decision/return/", decision.decision_return, name="decision_return"),
    path("editions/<slug:edition>/decision/confirm/", decision.decision_confirm, name="decision_confirm"),
    path("editions/<slug:edition>/decision/publish/", publishing.publish_page, name="publish_page"),
    path("editions/<slug:edition>/decision/publish/check/", publishing.publish_check, name="publish_check"),
    path(
        "editions/<slug:edition>/decision/publish/make/", publishing.publication_make, name="publication_make"
    ),
    path(
        "editions/<slug:edition>/decision/publish/stop/", publishing.publication_stop, name="publication_stop"
    ),
    path(
        "editions/<slug:edition>/decision/publish/back/",
        publishing.publication_take_back,
        name="publication_take_back",
    ),
    path("editions/<slug:edition>/decision/discard/", decision.decision_discard, name="decision_discard"),
    path("editions/<slug:edition>/decision/correct/", decision.decision_correct, name="decision_correct"),
    path(
        "editions/<slug:edition>/decision/<int:number>.json", decision.decision_record, name="decision_record"
    ),
    path("editions/<slug:edition>/what-if/", what_if.what_if_page, name="what_if_page"),
    path("editions/<slug:edition>/statistics/", statistics.statistics_page, name="statistics_page"),
    path("editions/<slug:edition>/statistics/order/", statistics.statistics_order, name="statistics_order"),
    path("editions/<slug:edition>/feedback/", feedback.feedback_overview, name="feedback_list"),
    path("editions/<slug:edition>/feedback/release/", feedback.feedback_release, name="feedback_release"),
    path("editions/<slug:edition>/feedback/<slug:code>/", feedback.feedback_edit, name="feedback_edit"),
    path(
        "editions/<slug:edition>/feedback/<slug:code>/reopen/",
        feedback.feedback_reopen,
        name="feedback_reopen",
    ),
    path(
        "editions/<slug:edition>/feedback/<slug:code>/withdraw/",
        feedback.feedback_withdraw,
        name="feedback_withdraw",
    ),
    path("applications/<int:pk>/feedback/", own_feedback.application_feedback, name="application_feedback"),
    path(
        "applications/<int:pk>/feedback.pdf",
        own_feedback.application_feedback_pdf,
        name="application_feedback_pdf",
    ),
]
