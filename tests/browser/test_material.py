"""Material in a browser: chosen and dropped with a bar each, refused in words, without a script too."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from nominees.actions.material_checks import check_waiting
from nominees.models import Material
from tests.browser.eyes import faults, picture, sideways
from tests.nominees.papers import pdf
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)
DROP = """([name, words]) => {
  const data = new DataTransfer();
  data.items.add(new File([words], name));
  const drop = document.querySelector("[data-drop]");
  drop.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def arrive(context, live_server, person) -> None:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def url_of(live_server, story) -> str:
    return f"{live_server.url}/applications/{story.drafts[ESKILSTUNA].pk}/material/"


@pytest.mark.parametrize("look", [(1280, "light"), (360, "dark")], ids=["wide", "narrow"])
def test_files_go_one_by_one_and_each_is_answered(page, context, live_server, story, look):
    width, scheme = look
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    arrive(context, live_server, story.contact)
    page.goto(url_of(live_server, story))
    page.set_input_files("#upload-file", [file("Årsbok.pdf", pdf(2)), file("fel.pdf", b"MZ")])
    lines = page.locator("[data-progress] li")
    expect(lines.nth(0)).to_contain_text("Årsbok.pdf har laddats upp.")
    expect(lines.nth(1)).to_contain_text("fel.pdf kallas PDF men innehåller något annat.")
    page.evaluate(DROP, ["släppt.pdf", "%PDF-1.7"])
    expect(lines.nth(2)).to_contain_text("släppt.pdf har laddats upp.")
    expect(page.locator("[data-rows] .kv-tag")).to_have_text(["kontrolleras", "kontrolleras"])

    check_waiting(timezone.now())
    expect(page.locator("[data-rows] .kv-tag")).to_have_text(["klar", "avvisad"], timeout=15_000)
    page.locator("[data-rows] summary").first.click()
    picture(page, f"material-{width}-{scheme}")
    assert (faults(page), sideways(page)) == ([], 0)
    with page.expect_download() as got:
        page.click("[data-rows] a >> text=Årsbok.pdf")
    assert got.value.suggested_filename == "Årsbok.pdf"


def test_file_is_uploaded_without_a_script(browser, live_server, story):
    context = browser.new_context(java_script_enabled=False)
    arrive(context, live_server, story.contact)
    page = context.new_page()
    page.goto(url_of(live_server, story))
    page.set_input_files("#upload-file", [file("plan.pdf", pdf(1))])
    page.fill("#upload-description", "Vår plan")
    page.click("text=Ladda upp >> nth=-1")
    expect(page.locator("[data-rows] strong")).to_have_text(["plan.pdf"])
    context.close()

    assert Material.objects.get().description == "Vår plan"
