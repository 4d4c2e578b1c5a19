"""The look, judged by machine where it can be: no fault that axe finds, nothing that scrolls sideways.

Pictures of every page land in `screenshots/`, which is not kept, to be looked at.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone

from awards.models import Award, Edition, Fair, Person, Role, Stage
from awards.states import EditionState, RoleKind, StageKind, StageState
from tests.browser.eyes import LOOKS, faults, picture, sideways

pytestmark = [
    pytest.mark.once,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.awards.look"),
]
PASSWORD = "kvalitet-demo"
OPEN_PAGES = {
    "sign-in": "/accounts/login/",
    "sign-in-code": "/accounts/login/code/",
    "forgotten": "/accounts/password/reset/",
    "forgotten-done": "/accounts/password/reset/done/",
    "old-link": "/accounts/password/reset/key/1-set-password/",
    "invitation-only": "/accounts/signup/",
    "missing": "/no-such-page/",
    "refused": "/look-refused/",
    "too-many": "/look-429/",
    "unreadable": "/look-alone/400/",
    "old-form": "/look-alone/403_csrf/",
    "broken": "/look-alone/500/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "look": "/look/rehearsal-2027/",
}
OWN_PAGES = {
    "account": "/account/",
    "e-mail": "/accounts/email/",
    "password": "/accounts/password/change/",
    "two-step": "/accounts/2fa/",
    "two-step-app": "/accounts/2fa/totp/activate/",
    "two-step-key": "/accounts/2fa/webauthn/add/",
    "two-step-keys": "/accounts/2fa/webauthn/",
    "organisation": "/accounts/3rdparty/",
    "sign-out": "/accounts/logout/",
}


@pytest.fixture(autouse=True)
def _look_template(settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]


@pytest.fixture
def juror(db):
    """A juror, in a rehearsal in scoring; 2015 is concluded and public."""
    now = timezone.now()
    award = Award.objects.create(slug="sveriges-kvalitetskommun", name_sv="Sveriges KvalitetsKommun")
    states = {
        StageKind.CALL: StageState.CLOSED,
        StageKind.SCORING: StageState.OPEN,
        StageKind.CONSENSUS: StageState.AHEAD,
        StageKind.DECISION: StageState.AHEAD,
        StageKind.CEREMONY: StageState.AHEAD,
    }
    for key, year, rehearsal in (("2015", 2015, False), ("rehearsal-2027", 2027, True)):
        fair = Fair.objects.create(label_year=year, rehearsal=rehearsal)
        edition = Edition.objects.create(
            award=award,
            fair=fair,
            key=key,
            is_rehearsal=rehearsal,
            state=EditionState.RUNNING if rehearsal else EditionState.CONCLUDED,
            published_at=None if rehearsal else now - timedelta(days=1),
        )
        for position, (kind, state) in enumerate(states.items()):
            closes = now + timedelta(days=6) if state == StageState.OPEN else None
            Stage.objects.create(edition=edition, kind=kind, position=position, state=state, closes_at=closes)
    person = Person.objects.create_user("ledamot.b@example.org", PASSWORD, name="Ledamot B")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Role.objects.create(edition=edition, person=person, kind=RoleKind.JUROR, seat="Ledamot B")
    return person


def judge(page, name, width, scheme):
    """Take the picture, then say what is wrong."""
    picture(page, f"look/{name}-{width}-{scheme}")
    assert (faults(page), sideways(page)) == ([], 0), name


def code_of(secret):
    """What an authenticator app would show now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def sign_in(page, live_server, person):
    page.goto(f"{live_server.url}/accounts/login/?next=/account/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_open_pages_have_no_fault(page, live_server, juror, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    for name, address in OPEN_PAGES.items():
        page.goto(live_server.url + address)
        judge(page, name, width, scheme)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_style_page_has_no_fault(page, live_server, juror, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    page.goto(f"{live_server.url}/look/rehearsal-2027/?errors&messages")
    judge(page, "look-errors", width, scheme)
    page.goto(f"{live_server.url}/look/2015/")
    judge(page, "look-concluded", width, scheme)


def test_judge_sees_a_fault(page):
    page.set_content("<html lang=sv><title>t</title><body><main><img src=data:,></main></body></html>")

    with pytest.raises(AssertionError, match="image-alt"):
        judge(page, "control", 1280, "light")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_own_pages_have_no_fault(page, live_server, juror, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, live_server, juror)

    for name, address in OWN_PAGES.items():
        page.goto(live_server.url + address)
        judge(page, name, width, scheme)


def test_second_step_is_set_up_used_and_left(page, live_server, juror):
    base = live_server.url
    sign_in(page, live_server, juror)
    page.goto(f"{base}/accounts/2fa/totp/activate/")
    judge(page, "is-it-you", 1280, "light")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    judge(page, "two-step-app", 1280, "light")

    page.fill("#id_code", "000000")
    page.click("main button[type=submit]")
    judge(page, "two-step-app-wrong", 1280, "light")
    page.fill("#id_code", code_of(page.input_value("#authenticator_secret")))
    page.click("main button[type=submit]")
    judge(page, "recovery-codes", 1280, "light")
    recovery_code = page.inner_text(".kv-codes li >> nth=0")
    page.goto(f"{base}/accounts/2fa/")
    judge(page, "two-step-in-use", 1280, "light")
    page.goto(f"{base}/accounts/2fa/webauthn/add/")
    judge(page, "two-step-key", 1280, "light")

    page.click(".kv-tools details:last-of-type summary")
    page.click(".kv-tools details form button")
    sign_in(page, live_server, juror)
    judge(page, "second-step", 1280, "light")
    page.fill("#id_code", recovery_code)
    page.click("main button[type=submit]")
    page.wait_for_url("**/account/")

    assert page.inner_text("h1") in {"Mitt konto", "My account"}


def test_pages_ask_nothing_of_other_sites_and_log_no_refusal(page, live_server, juror):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{live_server.url}/look/rehearsal-2027/?errors")
    page.goto(f"{live_server.url}/accounts/login/")

    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert said == []


def test_error_summary_takes_focus_and_leads_to_the_field(page, live_server, juror):
    page.goto(f"{live_server.url}/look/rehearsal-2027/?errors")

    focused = page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.click("[data-error-summary] a:has-text('Område')")

    assert (focused, page.evaluate("document.activeElement.id")) == (True, "id_name")


def test_menu_closes_by_escape_and_gives_the_focus_back(page, live_server, juror):
    page.goto(f"{live_server.url}/look/2015/")
    page.click(".kv-tools details summary")
    page.focus(".kv-tools details a")

    page.keyboard.press("Escape")

    assert page.evaluate(
        "[document.querySelectorAll('details.kv-menu[open]').length, document.activeElement.tagName]"
    ) == [0, "SUMMARY"]


def test_menu_closes_by_a_click_elsewhere(page, live_server, juror):
    page.goto(f"{live_server.url}/look/2015/")
    page.click(".kv-tools details summary")

    page.click("h1")

    assert page.evaluate("document.querySelectorAll('details.kv-menu[open]').length") == 0
