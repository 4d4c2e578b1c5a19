"""A contact by keyboard at 360 px: writes, is interrupted, uploads, sends in, gets the receipt by mail."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from awards.outbox import send_due
from nominees.actions.material_checks import check_waiting
from nominees.models import Answer, Question, Submission
from tests.browser.eyes import faults, picture, sideways
from tests.browser.test_writing import colleague_saves, tab_to
from tests.mail_server import mail_server, mailed
from tests.nominees.papers import pdf
from tests.story import ESKILSTUNA

__all__ = ["mail_server"]
pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "sv": {
        "saved": r"^Sparat \d\d:\d\d$",
        "two": "En kollega hann spara före dig",
        "uploaded": "Årsbok.pdf har laddats upp.",
        "send": "Skicka in",
        "sent": "Er ansökan är inskickad",
        "subject": "Kvitto",
    },
    "en": {
        "saved": r"^Saved \d\d:\d\d$",
        "two": "A colleague saved before you",
        "uploaded": "Årsbok.pdf has been uploaded.",
        "send": "Send in",
        "sent": "Your entry has been sent in",
        "subject": "Receipt",
    },
}


@pytest.fixture(params=["sv", "en"])
def language(request, page, context, live_server, story) -> str:
    """The contact has signed in on a narrow screen and reads this language."""
    page.set_viewport_size({"width": 360, "height": 780})
    story.contact.language = request.param
    story.contact.save(update_fields=["language"])
    client = Client()
    client.force_login(story.contact)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    for name, value in ((session.key, session.value), (settings.LANGUAGE_COOKIE_NAME, request.param)):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return request.param


def test_a_contact_writes_is_interrupted_uploads_and_sends_in(
    page, live_server, story, language, mail_server
):
    words, draft = WORDS[language], story.drafts[ESKILSTUNA]
    base = f"{live_server.url}/applications/{draft.pk}"
    why = Question.objects.get(section__edition=draft.edition, code="varfor")

    page.goto(f"{base}/beskrivning/")
    colleague_saves(story, draft, "Kollegan skrev detta.")
    tab_to(page, "answer-mest")
    page.keyboard.type("Vi har arbetat mest med vägen in.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(words["saved"]))
    page.keyboard.press("Shift+Tab")
    tab_to(page, "answer-varfor")
    page.keyboard.press("Control+A")
    page.keyboard.type("Jag skrev detta.")
    expect(page.locator("[data-saved]")).to_have_class(re.compile("kv-alert"))
    tab_to(page, "do")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h1:text('{words['two']}')")
    tab_to(page, "merged-answer-varfor")
    page.keyboard.press("Control+A")
    page.keyboard.type("Vi skrev detta.")
    tab_to(page, "do")
    page.keyboard.press("Enter")
    page.wait_for_selector("#writing[data-autosave]")

    page.goto(f"{base}/material/")
    with page.expect_file_chooser() as chooser:
        page.locator("#upload-file").press("Space")
    chooser.value.set_files({"name": "Årsbok.pdf", "mimeType": "application/pdf", "buffer": pdf(2)})
    expect(page.locator("[data-progress] li").first).to_contain_text(words["uploaded"])
    check_waiting(timezone.now())

    page.goto(f"{base}/submit/")
    page.get_by_role("button", name=words["send"], exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=words["sent"]).wait_for()
    picture(page, f"way-sent-360-{language}")
    assert (faults(page), sideways(page)) == ([], 0)

    mailed(story.call)
    send_due(timezone.now)
    submission = Submission.objects.get()
    receipts = [letter for letter in mail_server.letters if letter["To"] == story.contact.email]
    assert Answer.objects.get(nomination=draft, question=why).text == "Vi skrev detta."
    assert [each["name"] for each in submission.content["materials"]] == ["Årsbok.pdf"]
    assert [words["subject"] in letter["Subject"] for letter in receipts] == [True]
    assert submission.sha256 in receipts[0].get_body(("plain",)).get_content()
