"""The juror's work in a browser: scored by keyboard alone, saved while working, and how it looks."""

import re
import time
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from criteria import actions
from criteria.models import Round, Score, ScoreSheet
from criteria.states import RoundState, SheetState
from tests.browser.eyes import LOOKS, faults, picture, sideways, wear
from tests.story import BORAS, ESKILSTUNA

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(story, live_server, seat, code, name="scoring_page") -> str:
    return live_server.url + reverse(name, args=[story.assignments[seat, code].pk])


def judge(page, name) -> tuple:
    picture(page, f"scoring-{name}")
    return name, faults(page), sideways(page)


def wait_until_saved(page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Sparat \d\d:\d\d$"))


def test_entry_is_scored_by_keyboard_alone(page, live_server, story, sign_in, look):
    sign_in(story.juror3)
    page.goto(f"{live_server.url}/scoring/")
    page.focus("th a >> text=Helsingborg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/scoring/*/")

    page.focus("#criteria")
    page.keyboard.press("Tab")
    for number in range(12):
        page.keyboard.press("1")
        page.keyboard.press("5" if number % 2 else "4")
        page.keyboard.press("Tab")
        page.keyboard.type(f"Styrka {number}")
        for _field in range(3):
            page.keyboard.press("Tab")
    page.keyboard.type("Bara min")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    page.wait_for_selector("[data-finish] button[formaction]")
    picture(page, f"scoring-all-scored-{look}")
    shown = page.inner_text("output")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Klar med Helsingborg"
    page.keyboard.press("Enter")
    page.wait_for_url("**/scoring/")

    sheet = ScoreSheet.objects.get(assignment=story.assignments["juror3", "1283"])
    latest = Score.objects.filter(sheet=sheet, is_latest=True).order_by("criterion")
    assert (sheet.state, sheet.private_note, shown) == (SheetState.DONE, "Bara min", "4,49")
    assert [(score.value, score.strengths) for score in latest] == [
        (Decimal(5 if number % 2 else 4), f"Styrka {number}") for number in range(12)
    ]


def test_focus_is_never_covered_by_the_sum(page, live_server, story, sign_in, look):
    page.emulate_media(reduced_motion="reduce")  # no gliding: each place is measured where it ends
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", ESKILSTUNA))
    page.focus("#criteria")
    covered = []
    for _field in range(20):
        page.keyboard.press("Tab")
        covered.append(
            page.evaluate(
                """() => {
                  const here = document.activeElement.getBoundingClientRect();
                  const sum = document.querySelector("[data-sum]").getBoundingClientRect();
                  return here.bottom > sum.top && here.top < sum.bottom;
                }"""
            )
        )

    assert covered == [False] * 20


def test_sum_follows_while_one_works(page, live_server, story, sign_in):
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", BORAS))
    assert page.inner_text("output") == "–"

    page.focus("[name='criterion-A1'][type=radio]")
    page.keyboard.press("3")
    wait_until_saved(page)
    assert page.inner_text("[data-figures]") == "3,00 av 5; 1 av 12 bedömda; 50,0 av 100"
    assert page.inner_text("[data-gives='A']") == "ger 3,00"

    page.keyboard.press("Delete")
    expect(page.locator("output")).to_have_text("–")
    wait_until_saved(page)
    page.reload()
    assert page.locator("[name='criterion-A1']:checked").count() == 0


def test_save_pressed_while_another_is_under_way_does_not_meet_itself(page, live_server, story, sign_in):
    def late(route) -> None:
        if route.request.headers.get("accept", "").startswith("application/json"):
            time.sleep(1.5)
        route.continue_()

    sign_in(story.juror3)
    assignment = story.assignments["juror3", BORAS]
    page.goto(page_of(story, live_server, "juror3", BORAS))
    page.route(f"**/scoring/{assignment.pk}/", late)
    field = page.locator("textarea[name^=strengths-]").first
    with page.expect_request(lambda request: request.method == "POST"):
        field.fill("Halva texten")
    field.fill("Hela texten")
    with page.expect_navigation():
        page.locator("#score [type=submit]:not([formaction])").first.click()

    assert page.locator("textarea[name^=strengths-]").first.input_value() == "Hela texten"
    assert Score.objects.get(sheet__assignment=assignment, is_latest=True).strengths == "Hela texten"


def test_two_windows_meet_in_a_choice_where_nothing_is_lost(page, context, live_server, story, sign_in):
    sign_in(story.juror3)
    other = context.new_page()
    for window in (page, other):
        window.goto(page_of(story, live_server, "juror3", ESKILSTUNA))
    page.fill("#strengths-A1", "Från den ena")
    wait_until_saved(page)

    other.fill("#strengths-A1", "Från den andra")
    expect(other.locator("[data-saved]")).to_contain_text("ett annat ställe")
    other.click("[data-sum] button >> text=Spara")
    texts = other.locator(".kv-clash label").all_inner_texts()
    found = judge(other, "conflict")
    other.click("main button[type=submit]")
    other.wait_for_url("**/scoring/*/")

    assert [text.split("\n")[-1] for text in texts] == ["Från den andra", "Från den ena"]
    assert found == ("conflict", [], 0)
    assert other.input_value("#strengths-A1") == "Från den andra"


def test_lost_contact_is_told_and_saved_when_it_is_back(page, context, live_server, story, sign_in):
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", ESKILSTUNA))
    context.set_offline(True)
    page.fill("#strengths-A1", "Skrivet på tåget")
    expect(page.locator("[data-saved]")).to_contain_text("ingen kontakt")
    assert page.input_value("#strengths-A1") == "Skrivet på tåget"

    context.set_offline(False)
    page.click("[data-sum] button >> text=Spara")
    page.wait_for_load_state()

    latest = Score.objects.get(
        sheet__assignment=story.assignments["juror3", ESKILSTUNA], criterion="A1", is_latest=True
    )
    assert latest.strengths == "Skrivet på tåget"


def test_sheet_larger_than_a_parting_parcel_is_saved_while_one_works(page, live_server, story, sign_in):
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", BORAS))
    for number in range(8):
        page.locator("textarea[name^=strengths-]").nth(number).fill("å" * 9_000)

    wait_until_saved(page)
    sheet = ScoreSheet.objects.get(assignment=story.assignments["juror3", BORAS])
    assert sheet.scores.filter(is_latest=True, strengths="å" * 9_000).count() == 8


def test_signed_out_while_writing_the_text_comes_back_after_signing_in(
    page, live_server, story, sign_in, context
):
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", BORAS))
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.fill("#strengths-A1", "Skrivet när sessionen tog slut")
    expect(page.locator("[data-saved]")).to_contain_text("loggats ut")
    page.check("[name='criterion-A1'][value='4']")
    page.click("[data-sum] button >> text=Spara")
    page.wait_for_selector("[data-unkept]")
    found = judge(page, "signed-out")
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", BORAS))
    page.click("[data-put]")
    wait_until_saved(page)

    score = Score.objects.get(
        sheet__assignment=story.assignments["juror3", BORAS], criterion="A1", is_latest=True
    )
    assert (score.value, score.strengths) == (Decimal(4), "Skrivet när sessionen tog slut")
    assert found == ("signed-out", [], 0)
    assert page.evaluate("sessionStorage.length") == 0


def test_signed_in_again_elsewhere_the_open_page_saves_on(page, live_server, story, sign_in, context):
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", BORAS))
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.fill("#strengths-A1", "Före")
    expect(page.locator("[data-saved]")).to_contain_text("loggats ut")
    sign_in(story.juror3)
    page.fill("#strengths-A1", "Före och efter")
    wait_until_saved(page)

    assert page.input_value("[name=version]") == "1"


def test_closed_while_writing_keeps_the_text_and_gives_it_as_a_file(page, live_server, story, sign_in):
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", ESKILSTUNA))
    actions.close_round(scoring_round=Round.objects.select_related("edition").get(), by=story.chair)

    page.fill("#strengths-A1", "Får inte försvinna")
    expect(page.locator("[data-saved]")).to_contain_text("stängd")
    page.click("[data-sum] button >> text=Spara")
    page.wait_for_selector("#refusal-title")
    found = judge(page, "refused")
    with page.expect_download() as download:
        page.click("text=Hämta det jag skrev")

    assert found == ("refused", [], 0)
    assert "Styrkor: Får inte försvinna" in download.value.path().read_text(encoding="utf-8")
    assert page.input_value("#strengths-A1") == "Får inte försvinna"


@pytest.mark.once
def test_pages_of_scoring_have_no_fault(page, live_server, story, sign_in, look):
    sign_in(story.juror2)
    found = []
    for name, address in {
        "list": "/scoring/",
        "done": reverse("scoring_page", args=[story.assignments["juror2", ESKILSTUNA].pk]),
        "aside": reverse("recusal_new", args=[story.assignments["juror2", ESKILSTUNA].pk]),
    }.items():
        page.goto(live_server.url + address)
        found.append(judge(page, f"{name}-{look}"))
    page.click("main button[type=submit]")
    found.append(judge(page, f"aside-errors-{look}"))
    sign_in(story.juror3)
    page.goto(page_of(story, live_server, "juror3", ESKILSTUNA))
    found.append(judge(page, f"draft-{look}"))
    sign_in(story.chair)
    page.goto(live_server.url + reverse("progress_page", args=[story.edition.key]))
    found.append(judge(page, f"progress-{look}"))

    assert [each[1:] for each in found] == [([], 0)] * 6, found


@pytest.mark.once
def test_pages_before_the_first_entry_have_no_fault(page, live_server, story, sign_in, look):
    actions.issue_undertaking(
        edition=story.edition, text_sv="Jag håller tyst om det jag läser.", now=story.now, by=story.organiser
    )
    sign_in(story.organiser)
    page.goto(live_server.url + reverse("undertaking_edit", args=[story.edition.key]))
    found = [judge(page, f"undertaking-edit-{look}")]
    sign_in(story.juror3)
    page.goto(f"{live_server.url}/scoring/")
    found.append(judge(page, f"list-before-{look}"))
    page.click("main a.btn-primary")
    page.select_option("#id_ties-0-kind", "home")
    page.fill("#id_ties-0-municipality", "Eskilstunna")
    page.click("text=Godkänn och gå vidare")
    found.append(judge(page, f"undertaking-errors-{look}"))
    page.fill("#id_ties-0-municipality", "Eskilstuna")
    page.check("#id_accepted")
    page.click("text=Godkänn och gå vidare")
    page.wait_for_url("**/conflicts/")
    found.append(judge(page, f"conflicts-{look}"))
    page.click("main button[type=submit]")
    page.wait_for_url("**/scoring/")

    assert [each[1:] for each in found] == [([], 0)] * 4, found
    assert page.locator("tr.is-away th").all_inner_texts() == ["Eskilstuna"]


@pytest.mark.once
def test_grid_and_own_picture_have_no_fault(page, live_server, story, sign_in, look):
    sign_in(story.juror3)
    grid = live_server.url + reverse("scoring_grid", args=[story.edition.key])
    page.goto(grid)
    found = [judge(page, f"grid-{look}")]
    page.focus("tbody select >> nth=0")
    for _entry in range(4):
        page.keyboard.press("3")
        page.keyboard.press("Tab")
    page.focus("main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=1")
    firsts = [page.locator("tbody select").nth(number).input_value() for number in range(4)]
    page.goto(live_server.url + reverse("own_page", args=[story.round.pk]))
    found.append(judge(page, f"own-{look}"))

    assert firsts == ["3"] * 4
    assert [each[1:] for each in found] == [([], 0)] * 2, found


@pytest.mark.once
@pytest.mark.parametrize("look", LOOKS[1:], indirect=True)
def test_every_model_has_a_score_page_without_fault(page, live_server, story, sign_in, look):
    sign_in(story.organiser)
    page.goto(live_server.url + reverse("model_list"))
    found = [judge(page, f"models-{look}")]
    for row in actions.load_presets():
        page.goto(live_server.url + reverse("model_page", args=[row.code, row.version]))
        found.append(judge(page, f"model-{row.code}-{look}"))
        wide = wear(page, LOOKS[0])
        picture(page, f"scoring-model-{row.code}-{wide}")
        found.append((f"model-{row.code}-{wide}", [], sideways(page)))
        wear(page, LOOKS[1])

    assert [each for each in found if each[1:] != ([], 0)] == []


def test_scoring_works_without_script(browser, live_server, story):
    context = browser.new_context(java_script_enabled=False)
    client = Client()
    client.force_login(story.juror3)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(page_of(story, live_server, "juror3", BORAS))

    page.check("[name='criterion-A1'][value='4']")
    page.fill("#strengths-A1", "Utan skript")
    page.click("[data-sum] button >> text=Spara")
    page.wait_for_load_state()

    assert page.is_checked("[name='criterion-A1'][value='4']")
    assert page.input_value("#strengths-A1") == "Utan skript"
    assert Round.objects.get().state == RoundState.OPEN
