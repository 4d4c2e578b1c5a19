"""A list is brought in through a browser: the file, the columns, the rows, the answers, the import."""

import pytest

from nominees.models import Nomination
from tests.browser.eyes import LOOKS, faults, picture, sideways
from tests.reports.tables import csv_of

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [
    ("Kommunkod", "Kommun", "Händelse", "Datum", "Diarienummer", "Telefon"),
    ("484", "Eskilstuna kommun", "nominerad", "5/3 2029", "KS 2029-17", "016-1"),
    ("", "BORAS", "ej nominerad", "den 6 mars 2029", "", ""),
    ("", "Helsingbog", "nominerad", "2029-03-05", "", ""),
    ("", "Kävlinge", "vann", "31 feb 2029", "", ""),
    ("1780", "", "", "", "", ""),
]


@pytest.fixture
def organiser(page, live_server, story, client_of):
    cookie = client_of(story.organiser).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    Nomination.objects.filter(edition=story.call).exclude(municipality__code="1780").delete()
    return page


@pytest.mark.once
@pytest.mark.parametrize("screen", LOOKS)
def test_list_is_brought_in(organiser, live_server, story, screen):
    page, (width, scheme) = organiser, screen
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    seen = {}

    def look(name):
        picture(page, f"import-{name}-{width}-{scheme}")
        seen[name] = (faults(page), sideways(page))

    page.goto(f"{live_server.url}/organiser/import/?edition={story.call.key}")
    look("start")
    page.set_input_files("input[type=file]", {"name": "nomineringar.csv", "mimeType": "text/csv",
                                              "buffer": csv_of(ROWS, encoding="cp1252")})  # fmt: skip
    page.get_by_role("button", name="Läs filen").click()
    look("columns")
    page.get_by_role("button", name="Visa raderna").click()
    look("problems")
    page.get_by_label("Rad 4").select_option("1283")
    page.get_by_label("Rad 5").select_option("out")
    page.get_by_role("button", name="Spara svaren").click()
    look("rows")
    page.get_by_role("button", name="Importera 3 rader").click()
    look("done")

    assert seen == dict.fromkeys(("start", "columns", "problems", "rows", "done"), ([], 0))
    assert set(
        Nomination.objects.filter(edition=story.call).values_list("municipality__code", "diary_number")
    ) == {("0484", "KS 2029-17"), ("1490", ""), ("1283", ""), ("1780", "")}
