"""Addresses of the top floor."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from reports.lists.register import LISTS
from reports.views import (
    archive,
    catalogue,
    desk,
    imports,
    journal,
    jury_files,
    lists,
    open_data,
    organiser,
    papers,
    saved_views,
    stages,
    standings,
    viewing,
    who_sees_what,
    workbook_upload,
)


class Paper(StringConverter):
    """The ending of a diploma: the paper itself, or a picture of it."""

    regex = "pdf|png"


class Ending(StringConverter):
    """The ending of a file: csv, xlsx or json."""

    regex = "csv|xlsx|json"


class ListName(StringConverter):
    """A list of an edition. Letters and journal have pages of their own, with their lists below."""

    below = ("letters", "journal")
    regex = "|".join(f"{name}/list" if name in ("letters", "journal") else name for name in LISTS)

    def to_python(self, value: str) -> str:
        """The list's name."""
        return value.removesuffix("/list")

    def to_url(self, value: str) -> str:
        """Where the list stands."""
        return f"{value}/list" if value in self.below else value


class FileEnding(StringConverter):
    """The ending of a report, whoever writes it."""

    regex = "csv|xlsx|json|pdf|zip"


class EditionKey(StringConverter):
    """The key of an edition; `new` is where one is set up."""

    regex = "(?!new/)[-a-zA-Z0-9_]+"


register_converter(Ending, "ending")
register_converter(EditionKey, "edition")
register_converter(FileEnding, "file")
register_converter(ListName, "list")
register_converter(Paper, "paper")

EDITION = "organiser/editions/<edition:key>"

STAGES = [
    path("open/", stages.stage_open, name="stage_open"),
    path("close/", stages.stage_close, name="stage_close"),
    path("reopen/", stages.stage_reopen, name="stage_reopen"),
    path("extend/", stages.stage_extend, name="stage_extend"),
    path("times/", stages.stage_times, name="stage_times"),
]
urlpatterns = [
    path("organiser/import/", imports.import_start, name="import_start"),
    path("organiser/import/<int:pk>/", imports.import_page, name="import_page"),
    path("organiser/import/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("organiser/import/<int:pk>/answers/", imports.import_answer, name="import_answer"),
    path("organiser/import/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("organiser/import/<int:pk>/discard/", imports.import_discard, name="import_discard"),
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
    path("organiser/editions/<slug:key>/papers/", papers.papers_page, name="papers_page"),
    path("organiser/editions/<slug:key>/papers/order/", papers.papers_order, name="papers_order"),
    path(
        "organiser/editions/<slug:key>/papers/diploma-<str:code>.<paper:ending>",
        papers.diploma_file,
        name="diploma_file",
    ),
    path("organiser/editions/<slug:key>/archive/", archive.archive_page, name="archive_page"),
    path("organiser/editions/<slug:key>/archive/package/", archive.archive_package, name="archive_package"),
    path(
        "organiser/editions/<slug:key>/archive/put-away/", archive.archive_put_away, name="archive_put_away"
    ),
    path("organiser/editions/<slug:key>/archive/forget/", archive.archive_forget, name="archive_forget"),
    path("scoring/papers/<slug:key>/", papers.own_papers, name="own_papers"),
    path("scoring/papers/<slug:key>/order/", papers.own_papers_order, name="own_papers_order"),
    path("editions/<slug:key>/standings.<ending:ending>", standings.standings_file, name="standings_file"),
    path(f"{EDITION}/reports/", catalogue.report_list, name="report_list"),
    path(f"{EDITION}/reports/<slug:name>.<file:ending>", catalogue.report_file, name="report_file"),
    path(f"{EDITION}/reports/<slug:name>/<file:ending>/order/", catalogue.report_order, name="report_order"),
    path(f"{EDITION}/views/<int:pk>/rename/", saved_views.view_rename, name="view_rename"),
    path(f"{EDITION}/views/<int:pk>/delete/", saved_views.view_delete, name="view_delete"),
    path(f"{EDITION}/<list:name>/", lists.list_page, name="organiser_list"),
    path(f"{EDITION}/<list:name>/views/", saved_views.view_save, name="view_save"),
    path(f"{EDITION}/<list:name>.<ending:ending>", lists.list_file, name="organiser_list_file"),
    path("nominations.<ending:ending>", open_data.nominations_file, name="nominations_file"),
    path("municipalities.<ending:ending>", open_data.municipalities_file, name="municipalities_file"),
    path("editions.<ending:ending>", open_data.editions_file, name="editions_file"),
    path(
        "municipalities/<str:code>.<ending:ending>",
        open_data.municipality_file,
        name="municipality_file",
    ),
]
