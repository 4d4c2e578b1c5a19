"""Addresses of the nominees' floor."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from nominees.views import (
    applications,
    carrying,
    colleagues,
    contributions,
    editions,
    leaving,
    material,
    municipalities,
    nominations,
    people,
    people_changing,
    questions,
    setup_questionnaire,
    start,
    submissions,
    themes,
)


class MunicipalityCode(StringConverter):
    """Four digits as text: 0484."""

    regex = "[0-9]{4}"


register_converter(MunicipalityCode, "municipality")

urlpatterns = [
    path("", start.start, name="start"),
    path("method/", start.method_page, name="method"),
    path("open-data/", start.open_data, name="open_data"),
    path("editions/", editions.edition_list, name="edition_list"),
    path("editions/<slug:key>/", editions.edition_page, name="edition_page"),
    path("editions/<slug:key>/<municipality:code>/", nominations.nomination_page, name="nomination_page"),
    path("municipalities/", municipalities.municipality_list, name="municipality_list"),
    path("municipalities/<municipality:code>/", municipalities.municipality_page, name="municipality_page"),
    path("nominations/", nominations.nomination_list, name="nomination_list"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/new/", applications.application_new, name="application_new"),
    path("applications/<int:pk>/", applications.application_page, name="application_page"),
    path("applications/<int:pk>/changes/", carrying.application_changes, name="application_changes"),
    path("applications/<int:pk>/carry-over/", carrying.application_carry_over, name="application_carry_over"),
    path("applications/<int:pk>/competing/", carrying.application_compete, name="application_compete"),
    path("editions/<slug:key>/themes/", themes.theme_list, name="theme_list"),
    path("editions/<slug:key>/contributions/", contributions.contribution_list, name="contribution_list"),
    path(
        "editions/<slug:key>/contributions/<int:pk>/publish/",
        contributions.contribution_publish,
        name="contribution_publish",
    ),
    path(
        "editions/<slug:key>/contributions/<int:pk>/hide/",
        contributions.contribution_hide,
        name="contribution_hide",
    ),
    path("applications/<int:pk>/submit/", submissions.application_submit, name="application_submit"),
    path("applications/<int:pk>/diary/", submissions.application_diary, name="application_diary"),
    path("applications/<int:pk>/history/", submissions.application_history, name="application_history"),
    path("applications/<int:pk>/print/", submissions.application_print, name="application_print"),
    path("applications/<int:pk>/receipt.pdf", submissions.application_receipt, name="application_receipt"),
    path("applications/<int:pk>/package.zip", submissions.application_package, name="application_package"),
    path("applications/<int:pk>/reopen/", leaving.application_reopen, name="application_reopen"),
    path("applications/<int:pk>/withdraw/", leaving.application_withdraw, name="application_withdraw"),
    path("applications/<int:pk>/answer/", leaving.application_answer, name="application_answer"),
    path("applications/<int:pk>/questions/", questions.application_questions, name="application_questions"),
    path("editions/<slug:key>/questions/", questions.question_list, name="question_list"),
    path(
        "editions/<slug:key>/questions/<int:pk>/release/", questions.question_release, name="question_release"
    ),
    path("editions/<slug:key>/questions/<int:pk>/hold/", questions.question_hold, name="question_hold"),
    path(
        "applications/<int:pk>/colleagues/", colleagues.application_colleagues, name="application_colleagues"
    ),
    path(
        "applications/<int:pk>/colleagues/<int:contact>/end/", colleagues.colleague_end, name="colleague_end"
    ),
    path(
        "applications/<int:pk>/colleagues/<int:contact>/level/",
        colleagues.colleague_level,
        name="colleague_level",
    ),
    path(
        "applications/<int:pk>/invitations/<int:invitation>/withdraw/",
        colleagues.colleague_uninvite,
        name="colleague_uninvite",
    ),
    path(
        "organiser/editions/<slug:key>/setup/questionnaire/",
        setup_questionnaire.setup_questionnaire,
        name="setup_questionnaire",
    ),
    path(
        "organiser/editions/<slug:key>/setup/questionnaire/file/",
        setup_questionnaire.questionnaire_file,
        name="questionnaire_file",
    ),
    path("editions/<slug:key>/people/", people.people_page, name="people_page"),
    path("editions/<slug:key>/people/list/", people_changing.people_list, name="people_list"),
    path(
        "editions/<slug:key>/roles/<int:pk>/hand-over/", people_changing.role_hand_over, name="role_hand_over"
    ),
    path(
        "editions/<slug:key>/contacts/<int:pk>/hand-over/",
        people_changing.contact_hand_over,
        name="contact_hand_over",
    ),
    path("editions/<slug:key>/people/invite/", people.person_invite, name="person_invite"),
    path("editions/<slug:key>/contacts/invite/", people.contact_invite, name="contact_invite"),
    path("editions/<slug:key>/contacts/<int:pk>/end/", people.contact_end, name="contact_end"),
    path("editions/<slug:key>/roles/<int:pk>/end/", people.role_end, name="role_end"),
    path(
        "editions/<slug:key>/invitations/<int:pk>/resend/", people.invitation_resend, name="invitation_resend"
    ),
    path(
        "editions/<slug:key>/invitations/<int:pk>/revoke/", people.invitation_revoke, name="invitation_revoke"
    ),
    path("applications/<int:pk>/material/", material.application_material, name="application_material"),
    path("applications/<int:pk>/material/film/", material.material_film, name="material_film"),
    path("applications/<int:pk>/material/<int:material>/", material.material_file, name="material_file"),
    path(
        "applications/<int:pk>/material/<int:material>/change/",
        material.material_change,
        name="material_change",
    ),
    path(
        "applications/<int:pk>/material/<int:material>/remove/",
        material.material_remove,
        name="material_remove",
    ),
    path("applications/<int:pk>/material.zip", material.material_zip, name="material_zip"),
    # The sections' own codes come last: every other page of an application stands above this line.
    path(
        "applications/<int:pk>/<slug:section>/", applications.application_section, name="application_section"
    ),
    path(
        "applications/<int:pk>/<slug:section>/text/", applications.application_text, name="application_text"
    ),
]
