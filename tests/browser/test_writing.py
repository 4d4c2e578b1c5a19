"""The contact's work in a browser: written by keyboard alone, interrupted by a colleague, at 360 px."""

import re
import time

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from awards.models import Person
from nominees.actions.questionnaires import give_questionnaire
from nominees.models import Answer, Contact, ImprovementArea
from nominees.questionnaire_files import shipped
from tests.browser.eyes import faults, picture, sideways
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "sv": {
        "saved": r"^Sparat \d\d:\d\d$",
        "next": "Spara och gå vidare",
        "two": "En kollega hann spara före dig",
    },
    "en": {"saved": r"^Saved \d\d:\d\d$", "next": "Save and go on", "two": "A colleague saved before you"},
}


@pytest.fixture(params=[(1280, "light", "sv"), (360, "dark", "en")], ids=["wide-sv", "narrow-en"])
def look(request, page, context, live_server) -> tuple[str, str]:
    """A wide light screen in Swedish or a narrow dark one in English: (name, language)."""
    width, scheme, language = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
    return f"{width}-{language}", language


@pytest.fixture
def draft(story):
    """Eskilstuna's application with the questionnaire of 2013, going on from 2015."""
    give_questionnaire(edition=story.call, questionnaire=shipped("2013-four-questions"), by=None)
    entry = story.drafts[ESKILSTUNA]
    entry.carried_from = story.historic[ESKILSTUNA]
    entry.save()
    return entry


@pytest.fixture
def at(page, context, live_server, story, draft):
    """Sign the contact in and go to a part of the application."""
    client = Client()
    client.force_login(story.contact)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    def there(part: str) -> None:
        page.goto(
            f"{live_server.url}/applications/{draft.pk}/{part}/"
            if part
            else f"{live_server.url}/applications/"
        )

    return there


def text_of(draft, code) -> str:
    return Answer.objects.get(nomination=draft, question__code=code).text


def colleague_saves(story, draft, text) -> None:
    person = Person.objects.create_user("kollega@story.example", name="Kommunikatören")
    Contact.objects.create(
        person=person, municipality=draft.municipality, edition=draft.edition, level="editor"
    )
    answer = Answer.objects.get(nomination=draft, question__code="varfor")
    Answer.objects.filter(pk=answer.pk).update(text=text, saved_by=person, saved_at=story.now)


def tab_to(page, name) -> None:
    """Press Tab until the control of this name has the focus."""
    for _press in range(80):
        if page.evaluate("document.activeElement.name || ''") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def judge(page, name) -> tuple:
    picture(page, f"writing-{name}")
    return name, faults(page), sideways(page)


def clean(name) -> tuple:
    return name, [], 0


def test_section_is_written_by_keyboard_and_saved_while_writing(page, at, draft, look):
    name, language = look
    at("beskrivning")
    tab_to(page, "answer-mest")
    page.keyboard.type("Vi har arbetat mest med vägen in.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(WORDS[language]["saved"]))
    assert text_of(draft, "mest") == "Vi har arbetat mest med vägen in."
    assert page.inner_text("#answer-mest-count").startswith("7 ")

    assert judge(page, f"section-{name}") == clean(f"section-{name}")
    for _press in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == WORDS[language]["next"]:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/framat/")


def test_colleague_interrupts_and_both_texts_are_merged(page, at, story, draft, look):
    name, language = look
    at("beskrivning")
    colleague_saves(story, draft, "Invånarna får svar direkt. Kollegan skrev detta.")
    tab_to(page, "answer-varfor")
    page.keyboard.press("Control+A")
    page.keyboard.type("Invånarna får svar direkt. Jag skrev detta.")
    status = page.locator("[data-saved]")
    expect(status).to_have_class(re.compile("kv-alert"))
    assert text_of(draft, "varfor") == "Invånarna får svar direkt. Kollegan skrev detta."

    page.keyboard.press("Tab")
    tab_to(page, "do")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h1:text('{WORDS[language]['two']}')")
    assert judge(page, f"two-texts-{name}") == clean(f"two-texts-{name}")
    tab_to(page, "merged-answer-varfor")
    page.keyboard.press("Control+A")
    page.keyboard.type("Invånarna får svar direkt. Vi skrev detta.")
    tab_to(page, "do")
    page.keyboard.press("Enter")
    page.wait_for_selector("#writing[data-autosave]")
    assert text_of(draft, "varfor") == "Invånarna får svar direkt. Vi skrev detta."


def test_areas_are_added_and_written(page, at, draft, look):
    name, language = look
    at("forbattring")
    page.focus("button[value='add-area']")
    page.keyboard.press("Enter")
    page.wait_for_url("**row=area-*")
    area = ImprovementArea.objects.get(nomination=draft)
    expect(page.locator(f"#area-{area.pk}-title")).to_be_focused()
    page.keyboard.type("Fler jobb och fler i arbete")
    tab_to(page, f"area-{area.pk}-aim")
    page.keyboard.type("Alla som kan arbeta ska ha ett arbete.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(WORDS[language]["saved"]))
    area.refresh_from_db()
    assert (area.title, area.aim) == ("Fler jobb och fler i arbete", "Alla som kan arbeta ska ha ett arbete.")

    page.focus("button[value^='take-area-'][value$='-continued'] >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"row=area-(?!{area.pk}\b)"))
    assert draft.improvement_areas.filter(continuation="continued").count() == 1
    assert judge(page, f"areas-{name}") == clean(f"areas-{name}")


def test_leaving_with_unsaved_text_warns(page, at, draft, live_server):
    at("beskrivning")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#answer-mest", "Osparat")
    page.goto(f"{live_server.url}/applications/")

    assert asked == ["beforeunload"]


@pytest.fixture
def slowly(page):
    """Let every save answer only after a while."""

    def late(route) -> None:
        if route.request.headers.get("accept", "").startswith("application/json"):
            time.sleep(1.5)
        route.continue_()

    page.route("**/beskrivning/", late)


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("end", [" till slut", ""], ids=["typed-on", "taken-back"])
def test_save_pressed_while_another_is_under_way_keeps_what_the_screen_shows(page, at, draft, end):
    """Neither does one collide with oneself, nor is a text kept that was taken back."""
    before = text_of(draft, "varfor")
    at("beskrivning")
    field = page.locator("[name=answer-varfor]")
    with page.expect_request(lambda request: request.method == "POST"):
        field.fill("Halva texten")
    field.fill(f"Halva texten{end}" if end else before)
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.wait_for_url("**/framat/")

    assert text_of(draft, "varfor") == (f"Halva texten{end}" if end else before)


def test_text_larger_than_a_parting_parcel_is_saved_while_one_writes(page, at, story, draft):
    at("beskrivning")
    sent = []
    page.on(
        "response", lambda answer: sent.append(answer.status) if answer.request.method == "POST" else None
    )
    page.fill("#answer-mest", "å" * 40_000)
    expect(page.locator("#answer-mest")).to_have_attribute("aria-invalid", "true")

    assert sent == [422]


def test_deadline_passes_while_writing_and_the_text_stays(page, at, story, draft, look):
    name, _language = look
    at("beskrivning")
    story.call.stages.filter(kind="call").update(closes_at=story.now)
    page.fill("#answer-mest", "Skrivet en minut för sent.")
    expect(page.locator("[data-saved]")).to_have_class(re.compile("kv-alert"))
    page.click("button[value='save']:not(.visually-hidden)")
    page.wait_for_selector("[data-error-summary]")

    assert page.input_value("#answer-mest") == "Skrivet en minut för sent."
    with page.expect_download() as kept:
        page.click("[data-error-summary] button")
    assert "Skrivet en minut för sent." in kept.value.path().read_text(encoding="utf-8")
    assert judge(page, f"too-late-{name}") == clean(f"too-late-{name}")


def test_writing_without_script(browser, live_server, story, draft):
    context = browser.new_context(java_script_enabled=False)
    client = Client()
    client.force_login(story.contact)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/applications/{draft.pk}/beskrivning/")
    page.fill("#answer-mest", "Utan skript")
    page.click("button[value='save']:not(.visually-hidden)")

    assert "Sparat" in page.inner_text("main")
    assert text_of(draft, "mest") == "Utan skript"
    context.close()


@pytest.mark.once
@pytest.mark.parametrize("part", ["", "framat", "forbattring", "contributions", "changes"])
def test_pages_are_clean_and_keep_to_their_width(page, at, draft, look, part):
    name, _language = look
    if part == "contributions":
        at(part)
        page.click("button[value='add-contribution']")
    at(part)

    label = f"{part or 'home'}-{name}"
    assert judge(page, label) == clean(label)
