"""Addresses of the top floor."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reports.views import desk, open_data


class Ending(StringConverter):
    """The ending of a file: csv, xlsx or json."""

    regex = "csv|xlsx|json"


register_converter(Ending, "ending")

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("nominations.<ending:ending>", open_data.nominations_file, name="nominations_file"),
    path("municipalities.<ending:ending>", open_data.municipalities_file, name="municipalities_file"),
    path("editions.<ending:ending>", open_data.editions_file, name="editions_file"),
    path(
        "municipalities/<str:code>.<ending:ending>",
        open_data.municipality_file,
        name="municipality_file",
    ),
]
