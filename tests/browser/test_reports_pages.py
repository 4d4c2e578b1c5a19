"""Reports and lists in a browser: how they look, what axe says, and a view saved and opened by clicking."""

import pytest

from nominees.models import Material
from nominees.states import MaterialState
from reports.models import SavedView
from tests.browser.eyes import LOOKS, faults, picture, sideways
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "reports": "reports/",
    "list-contacts": "contacts/?signed_in=no",
    "list-jury": "jurors/",
    "list-files": "materials/",
    "list-outdated": "nominations/?state=molnfri",
}


@pytest.fixture
def signed_in(story, live_server, client_of, context):
    Material.objects.create(
        nomination=story.nominations[ESKILSTUNA], name="bilaga.pdf", file="materials/x", size=2_400_000,
        state=MaterialState.REFUSED, refusal="Filen är ett program.",
    )  # fmt: skip
    SavedView.objects.create(
        edition=story.edition, list_name="contacts", name="Inte inloggade", query="signed_in=no",
        owner=story.organiser, is_shared=True,
    )  # fmt: skip
    cookie = client_of(story.organiser).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return f"{live_server.url}/organiser/editions/{story.edition.key}/"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_reports_and_lists_look_right(signed_in, page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for name, path in PAGES.items():
        page.goto(signed_in + path)
        assert (name, faults(page), sideways(page)) == (name, [], 0)
        picture(page, f"{name}-{width}-{scheme}")


def test_view_is_saved_opened_and_deleted_by_clicking(signed_in, page):
    page.goto(f"{signed_in}contacts/?q=Eskilstuna")
    page.get_by_text("Spara listan som vy").click()
    page.get_by_label("Vyns namn").fill("Bara Eskilstuna")
    page.get_by_role("button", name="Spara vyn").click()
    page.get_by_role("link", name="Rensa alla filter").click()
    page.get_by_role("link", name="Bara Eskilstuna").click()
    assert page.locator("tbody tr").count() == 1
    page.get_by_text("Ändra Bara Eskilstuna").click()
    page.get_by_role("button", name="Ta bort vyn Bara Eskilstuna").click()
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Inte inloggade"]
