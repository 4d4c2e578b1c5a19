"""Addresses of the top floor."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from reports.views import (
    desk,
    journal,
    jury_files,
    open_data,
    organiser,
    stages,
    standings,
    viewing,
    who_sees_what,
    workbook_upload,
)


class Ending(StringConverter):
    """The ending of a file: csv, xlsx or json."""

    regex = "csv|xlsx|json"


class EditionKey(StringConverter):
    """The key of an edition; `new` is where one is set up."""

    regex = "(?!new/)[-a-zA-Z0-9_]+"


register_converter(Ending, "ending")
register_converter(EditionKey, "edition")

STAGES = [
    path("open/", stages.stage_open, name="stage_open"),
    path("close/", stages.stage_close, name="stage_close"),
    path("reopen/", stages.stage_reopen, name="stage_reopen"),
    path("extend/", stages.stage_extend, name="stage_extend"),
    path("times/", stages.stage_times, name="stage_times"),
]
urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("organiser/", organiser.organiser_home, name="organiser_home"),
    path("organiser/editions/<edition:key>/", organiser.organiser_edition, name="organiser_edition"),
    path("organiser/editions/<edition:key>/state/<slug:verb>/", organiser.edition_turn, name="edition_turn"),
    path("organiser/editions/<edition:key>/stages/<int:position>/", include(STAGES)),
    path("organiser/editions/<edition:key>/journal/", journal.journal_page, name="journal_page"),
    path("organiser/editions/<edition:key>/view-as/", viewing.viewing_page, name="viewing_page"),
    path("organiser/editions/<edition:key>/view-as/<int:seat>/", viewing.viewing_start, name="viewing_start"),
    path("view-as/stop/", viewing.viewing_stop, name="viewing_stop"),
    path("who-sees-what/", who_sees_what.who_sees_what, name="who_sees_what"),
    path("scoring/workbook.xlsx", jury_files.own_workbook, name="own_workbook"),
    path("scoring/workbook/", workbook_upload.workbook_upload, name="workbook_upload"),
    path("scoring/workbook/confirm/", workbook_upload.workbook_confirm, name="workbook_confirm"),
    path(
        "editions/<slug:key>/jury-workbook.xlsx", jury_files.organisers_workbook, name="organisers_workbook"
    ),
    path("editions/<slug:key>/jury-pack/", jury_files.pack_order, name="jury_pack"),
    path("editions/<slug:key>/standings.<ending:ending>", standings.standings_file, name="standings_file"),
    path("nominations.<ending:ending>", open_data.nominations_file, name="nominations_file"),
    path("municipalities.<ending:ending>", open_data.municipalities_file, name="municipalities_file"),
    path("editions.<ending:ending>", open_data.editions_file, name="editions_file"),
    path(
        "municipalities/<str:code>.<ending:ending>",
        open_data.municipality_file,
        name="municipality_file",
    ),
]
