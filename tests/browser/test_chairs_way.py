"""From the last sheet to a frozen decision, its publishing and the feedback: each page sound on the way."""

import re

import pytest
from playwright.sync_api import expect

from criteria.models import Assignment, Decision, FeedbackReport, Publication, Round
from tests.browser.eyes import LOOKS, faults, picture, sideways
from tests.criteria.feedback import ceremony_over
from tests.criteria.jury import clear, give, seats
from tests.criteria.meeting import JURY, KAVLINGE
from tests.story import BORAS, leaf_codes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def judged(page, look):
    """Judge the page as it stands."""
    page.set_default_timeout(180_000)  # the statistics' libraries are loaded on the way

    def judge(name: str) -> None:
        picture(page, f"chair-{name}-{look}")
        assert (name, faults(page), sideways(page)) == (name, [], 0)

    return judge


@pytest.fixture
def all_but_one(story) -> Assignment:
    """Every sheet is done, but for the last juror's on Borås, which waits to be called done."""
    clear(story)
    jurors = seats(story, 4)
    Assignment.objects.filter(round=story.round).exclude(juror__in=jurors).delete()
    for code, row in JURY.items():
        for juror, mark in zip(jurors, row, strict=True):
            marks = dict.fromkeys(leaf_codes(), mark)
            give(story, juror, code, marks, done=(code, juror) != (BORAS, jurors[2]))
    return Assignment.objects.get(juror=jurors[2], nomination=story.nominations[BORAS])


@pytest.mark.once
@pytest.mark.parametrize("look", LOOKS[:1], indirect=True)
def test_from_the_last_sheet_to_decision_publishing_and_feedback(page, story, all_but_one, sign_in, judged):
    here = f"{sign_in(story.juror3)}/editions/{story.edition.key}/"
    _last_sheet(page, here.partition("/editions/")[0], all_but_one, judged)
    sign_in(story.chair)
    _standings(page, here, judged)
    _meeting(page, here, judged)
    _draft(page, here, judged)
    sign_in(story.deputy)
    page.goto(f"{here}decision/")
    page.click("text=Bekräfta och frys")
    expect(page.locator(".kv-sum")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    judged("frozen")
    sign_in(story.organiser)
    _publish(page, here, judged)
    ceremony_over(story)
    _feedback(page, here, judged)
    sign_in(story.contacts[KAVLINGE])
    page.goto(f"{here.partition('/editions/')[0]}/applications/{story.nominations[KAVLINGE].pk}/feedback/")
    expect(page.get_by_text("Målen följs ända ut.")).to_be_visible()
    judged("feedback-read")

    assert Decision.objects.get().state == "announced"
    assert Publication.objects.get().state == "published"
    assert FeedbackReport.objects.get().state == "released"


def _last_sheet(page, site: str, assignment: Assignment, judged) -> None:
    page.goto(f"{site}/scoring/{assignment.pk}/")
    judged("last-sheet")
    page.click("text=Klar med Borås")
    page.wait_for_url("**/scoring/")
    judged("juror-done")


def _standings(page, here: str, judged) -> None:
    page.goto(f"{here}progress/")
    judged("progress")
    page.click("text=Stäng bedömningen")
    assert Round.objects.get(position=1, edition__key=here.split("/")[-2]).state == "closed"
    for name in ("standings", "statistics", "what-if"):
        page.goto(f"{here}{name}/")
        judged(name)


def _meeting(page, here: str, judged) -> None:
    page.goto(f"{here}consensus/")
    page.click("text=Öppna mötet")
    page.click("text=Spara närvaro och anteckning")
    judged("agenda")
    page.click("ol.kv-agenda a >> nth=0")
    page.fill("#value-A1", "3")
    page.fill("#reason-A1", "Underlaget bär en trea.")
    judged("entry")
    page.click("text=Spara och gå vidare")
    page.goto(f"{here}consensus/")
    page.click("text=Stäng mötet")
    page.goto(f"{here}consensus/minutes/")
    judged("minutes")


def _draft(page, here: str, judged) -> None:
    page.goto(f"{here}decision/")
    page.click("text=Gör ett utkast")
    page.fill("#id_1261-motivation_sv", "För att ni lär av varandra, varje dag.")
    judged("draft")
    page.click("text=Spara och föreslå")
    expect(page.locator("h1")).to_have_text("Beslutet väntar på att bekräftas")
    judged("proposed")


def _publish(page, here: str, judged) -> None:
    page.goto(f"{here}decision/")
    page.click("text=Publicera beslutet")
    judged("publish")
    page.get_by_label("Dag och tid").fill("2015-03-01T12:00")
    page.get_by_role("button", name="Gå igenom det").click()
    expect(page.locator("#errors-title")).to_be_visible()
    judged("publish-errors")
    page.get_by_label("Nu, så snart jag bekräftar").check()
    page.get_by_role("button", name="Gå igenom det").click()
    expect(page.locator("h1")).to_have_text("Publicera beslut 1 nu?")
    judged("publish-check")
    page.get_by_role("button", name="Publicera nu").click()
    expect(page.locator("h1")).to_have_text("Beslutet är offentligt")
    judged("published")


def _feedback(page, here: str, judged) -> None:
    page.goto(f"{here}feedback/{KAVLINGE}/")
    page.get_by_label("Styrkor").first.fill("Målen följs ända ut.")
    page.get_by_role("button", name="Spara och markera som granskad").click()
    page.get_by_role("link", name="Lämna ut den här återkopplingen").click()
    judged("feedback-release")
    page.get_by_label("Jag vet att den blir allmän handling hos kommunen").check()
    page.get_by_role("button", name="Lämna ut och skicka breven").click()
    expect(page.get_by_text("Utlämnad.")).to_be_visible()
