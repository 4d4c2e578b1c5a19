"""Addresses of the top floor."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reports.views import desk, imports, jury_files, open_data, standings, who_sees_what, workbook_upload


class Ending(StringConverter):
    """The ending of a file: csv, xlsx or json."""

    regex = "csv|xlsx|json"


register_converter(Ending, "ending")

urlpatterns = [
    path("organiser/import/", imports.import_start, name="import_start"),
    path("organiser/import/<int:pk>/", imports.import_page, name="import_page"),
    path("organiser/import/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("organiser/import/<int:pk>/answers/", imports.import_answer, name="import_answer"),
    path("organiser/import/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("organiser/import/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("desk/", desk.desk, name="desk"),
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
