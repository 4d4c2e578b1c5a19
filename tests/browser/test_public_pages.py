"""The public pages in a browser: how they look, what axe says, and that they work with and without script."""

import pytest

from tests.browser.eyes import LOOKS, faults, picture, sideways

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "start": "/",
    "editions": "/editions/",
    "edition-2015": "/editions/2015/",
    "edition-2021": "/editions/2021/",
    "entry": "/editions/2015/0484/",
    "municipalities": "/municipalities/",
    "municipality": "/municipalities/0484/",
    "winner": "/municipalities/1261/",
    "nominations": "/nominations/?year=2011&year=2013&year=2015&year=2017&outcome=nominated&outcome=won",
    "nominations-none": "/nominations/?year=1999&q=k",
    "method": "/method/",
    "open-data": "/open-data/",
    "missing": "/municipalities/9999/",
}


@pytest.mark.once
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_public_pages_have_no_fault(page, live_server, past, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    found = {}
    for name, address in PAGES.items():
        page.goto(live_server.url + address)
        picture(page, f"public-{name}-{width}-{scheme}")
        found[name] = (faults(page), sideways(page))

    assert found == {name: ([], 0) for name in PAGES}


@pytest.mark.once
def test_nothing_scrolls_sideways_on_the_narrowest_screen(page, live_server, past):
    page.set_viewport_size({"width": 320, "height": 900})

    found = {}
    for name, address in PAGES.items():
        page.goto(live_server.url + address)
        found[name] = sideways(page)

    assert found == dict.fromkeys(PAGES, 0)


def test_axe_sees_a_fault(page):
    page.set_content(
        "<html lang=sv><title>t</title><body><main><h1>t</h1><img src=data:,></main></body></html>"
    )

    assert [fault.split(":")[0] for fault in faults(page)] == ["image-alt"]


def test_filter_is_chosen_by_keyboard_alone(page, live_server, past):
    page.goto(f"{live_server.url}/nominations/")
    page.focus("#id_q")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _step in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    picture(page, "public-filter-open")
    found = faults(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2015*")

    assert found == []
    assert page.inner_text(".kv-chip").split("\n") == ["Ta bort filtret", "Omgång: 2015"]
    assert page.inner_text("[role=status]").startswith("17 deltaganden, 6 nomineringar i 1 omgång.")


def test_filters_chips_and_order_work_without_script(browser, live_server, past):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/nominations/")

    page.click("text=Utfall >> xpath=.. >> summary")
    page.check("input[name=outcome][value=won]")
    page.click("main form button[type=submit]")
    page.click("th a:has-text('Kommun')")
    first = page.inner_text("tbody th >> nth=0")
    page.click(".kv-chip")

    assert first == "Botkyrka"
    assert page.url.split("/nominations/")[1] == "?q=&sort=name"


def test_a_way_from_the_start_to_a_source(page, live_server, past):
    page.goto(live_server.url)

    page.click("text=Kävlinge")
    page.click("main .kv-timeline h3 a")
    page.click("text=Eskilstuna >> nth=0")

    assert page.inner_text("h1") == "Eskilstuna kommun"
    assert page.get_attribute(".kv-ref >> nth=0", "href") == "#k1"
    assert page.locator("#k1 a").get_attribute("href").startswith("https://kvalitetsmassan.se/2014/")
