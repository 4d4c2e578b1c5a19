"""Addresses of the nominees' floor."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from nominees.views import editions, municipalities, nominations, start


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
]
