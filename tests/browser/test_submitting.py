"""Submitting in a browser: by keyboard, wide and narrow, light and dark, in both languages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from nominees.actions.questions import ask_question, release_question
from nominees.actions.submissions import submit
from nominees.models import Answer, Question, Submission
from tests.browser.eyes import faults, picture, sideways
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)

BUTTON = {"sv": "Skicka in", "en": "Send in"}
DONE = {"sv": "Er ansökan är inskickad", "en": "Your entry has been sent in"}


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
    entry = story.drafts[ESKILSTUNA]
    most = Question.objects.get(section__edition=entry.edition, code="mest")
    Answer.objects.create(nomination=entry, question=most, text="Vi har arbetat mest med språket.")
    return entry


@pytest.fixture
def visit(page, context, live_server):
    """Go to a page as this person."""

    def there(person, path) -> None:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page.goto(live_server.url + path)

    return there


def looked_at(page, name) -> None:
    picture(page, name)
    assert (faults(page), sideways(page)) == ([], 0)


def test_contact_submits_by_keyboard_and_sees_the_receipt(page, story, draft, look, visit):
    name, language = look
    visit(story.contact, f"/applications/{draft.pk}/submit/")
    looked_at(page, f"submit-ready-{name}")

    page.get_by_role("button", name=BUTTON[language], exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=DONE[language]).wait_for()

    looked_at(page, f"submit-receipt-{name}")
    assert Submission.objects.get().number == 1


def test_versions_questions_and_leaving_can_be_looked_at(page, story, draft, look, visit):
    name, _language = look
    now = timezone.now()
    submit(nomination=draft, now=now, by=story.contact)
    Answer.objects.filter(nomination=draft, question__code="mest").update(
        text="Vi har arbetat mest med skolan och språket."
    )
    submit(nomination=draft, now=now + timedelta(seconds=5), by=story.contact)
    entry = story.nominations[ESKILSTUNA]
    asked = [
        ask_question(
            nomination=entry,
            seat=story.seats["juror1"],
            text=f"Hur mäter ni {what}?",
            now=now,
            by=story.juror1,
        )
        for what in ("nöjdheten", "kvaliteten")
    ]
    until = now + timedelta(days=3)
    release_question(question=asked[0], answer_by=until, now=now, by=story.organiser)

    for part in ("history", "print", "withdraw"):
        visit(story.contact, f"/applications/{draft.pk}/{part}/")
        looked_at(page, f"{part}-{name}")
    visit(story.contact, f"/applications/{entry.pk}/questions/")
    looked_at(page, f"questions-{name}")
    visit(story.organiser, "/editions/rehearsal-2027/questions/")
    looked_at(page, f"question-list-{name}")
    visit(story.juror1, f"/scoring/{story.assignments['juror1', ESKILSTUNA].pk}/questions/")
    looked_at(page, f"scoring-questions-{name}")
