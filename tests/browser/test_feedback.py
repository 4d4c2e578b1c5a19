"""Feedback in a browser: edited, released, read and replied to, sound in every look."""

import pytest
from playwright.sync_api import expect

from criteria import actions
from criteria.feedback.texts import Words
from criteria.models import Score
from tests.browser.eyes import faults, picture, sideways
from tests.criteria.feedback import ceremony_over, found, released, reviewed, written
from tests.criteria.jury import table
from tests.criteria.test_standings_page import BORAS, ESKILSTUNA, HELSINGBORG, KARLSTAD, KAVLINGE, VASTERAS
from tests.story import leaf_codes

pytestmark = pytest.mark.django_db(transaction=True)
JURY = {
    KAVLINGE: (5, 4, 5, 5), HELSINGBORG: (4, 3, 4, 4), VASTERAS: (3, 3, 4, 4), KARLSTAD: (2, 2, 5, 3),
    BORAS: (2, 1, 2, 2),
    ESKILSTUNA: tuple(
        {code: (3 * number) % 4 + 1 + juror % 2 for number, code in enumerate(leaf_codes())}
        for juror in range(4)
    ),
}  # fmt: skip
WORDS = {
    "A1": Words(
        "Det politiska ansvaret är tydligt, och målen följs ända ut i verksamheten.\n\nInvånarna möter "
        "beslutsfattarna där de är, och det märks i resultaten.",
        "Visa vad dialogerna har lett till. Ansökan beskriver många möten men få ändrade beslut.",
    ),
    "A3": Words("Öppna data används på riktigt.", ""),
    "C2": Words("", "Sjukfrånvaron nämns, men inte vad som görs åt den."),
}


@pytest.mark.once
def test_pages_are_sound_in_every_look(page, story, sign_in, look):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    base = f"/editions/{story.edition.key}/feedback/"
    entry = story.nominations[ESKILSTUNA].pk

    def looked_at(name: str, path: str) -> None:
        page.goto(site + path)
        picture(page, f"feedback-{name}-{look}")
        assert (name, faults(page), sideways(page)) == (name, [], 0)

    site = sign_in(story.organiser)
    looked_at("before", base)
    table(story, JURY)
    Score.objects.filter(criterion="A1").update(strengths="Målen följs ända ut i verksamheten.")
    Score.objects.filter(criterion="A1", sheet__assignment__juror=story.seats["juror2"]).update(
        strengths="Det politiska ansvaret är tydligt.", improvements="Visa vad dialogerna har lett till."
    )
    released(story, BORAS)
    reviewed(story, KAVLINGE)
    written(story, KARLSTAD)
    looked_at("list", base)
    looked_at("edit", f"{base}{VASTERAS}/")
    looked_at("release", f"{base}release/")
    looked_at("withdraw", f"{base}{BORAS}/withdraw/")
    site = sign_in(story.contact)
    looked_at("nothing", f"/applications/{entry}/feedback/")
    release_words(story)
    looked_at("own", f"/applications/{entry}/feedback/")
    looked_at("home", "/applications/")
    assert complaints == []


def release_words(story) -> None:
    report = written(story, ESKILSTUNA, **WORDS)
    report = found(actions.review_feedback(report=report, now=story.now, by=story.organiser))
    ceremony_over(story)
    actions.release_feedback(report=report, version=report.version, now=story.now, by=story.organiser)


def test_feedback_goes_from_the_jurors_texts_to_the_reply(page, story, sign_in):
    ceremony_over(story)
    table(story, JURY)
    site = sign_in(story.organiser)
    page.goto(f"{site}/editions/{story.edition.key}/feedback/")
    page.get_by_role("link", name="Eskilstuna").click()
    page.get_by_label("Styrkor").first.fill("Målen följs ända ut.")
    page.get_by_role("button", name="Spara och markera som granskad").click()
    page.get_by_role("link", name="Lämna ut den här återkopplingen").click()
    page.get_by_label("Jag vet att den blir allmän handling hos kommunen").check()
    page.get_by_role("button", name="Lämna ut och skicka breven").click()
    expect(page.get_by_text("Utlämnad. Ett brev är på väg.")).to_be_visible()

    site = sign_in(story.contact)
    page.goto(f"{site}/applications/")
    page.get_by_role("link", name="Juryns senaste återkoppling").click()
    expect(page.get_by_text("Målen följs ända ut.")).to_be_visible()
    page.get_by_label("Ert svar").fill("Tack. Vi visar mer nästa gång.")
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.get_by_role("paragraph").filter(has_text="Vi visar mer nästa gång.")).to_be_visible()
