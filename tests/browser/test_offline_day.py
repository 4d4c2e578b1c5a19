"""A juror's day on a train: the workbook down, filled in in LibreOffice, and up again with one conflict."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from criteria import actions
from criteria.lines import Line, Paper
from criteria.models import Assignment, Score
from criteria.scoring import Mark
from tests.browser.eyes import LOOKS, faults, picture, sideways
from tests.reports.calc import filled_in_calc

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.office]


@pytest.fixture(params=LOOKS, ids=["wide", "narrow"])
def look(request, page, live_server, story) -> str:
    """A wide light screen or a narrow dark one, by name; juror3 has signed in."""
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    client = Client()
    client.force_login(story.juror3)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return f"{width}-{scheme}"


def judge(page, name) -> tuple:
    picture(page, f"offline-{name}")
    return name, faults(page), sideways(page)


def test_a_day_offline_comes_back_with_one_conflict_chosen(page, live_server, story, look, tmp_path):
    page.goto(f"{live_server.url}/scoring/")
    with page.expect_download() as fetched:
        page.locator("a[href*='workbook.xlsx']").first.click()
    issued = Path(fetched.value.path()).read_bytes()
    filled = filled_in_calc(
        tmp_path,
        issued,
        {
            ("Eskilstuna", "0484/A1", "score"): 4,
            ("Borås", "1490/A1", "score"): "4,5",
            ("Karlstad", "1780/A1", "score"): 3,
            ("Karlstad", "1780/A1", "strengths"): "Läst på tåget: tydligt, mätt och följt",
        },
    )
    (tmp_path / "ifylld.xlsx").write_bytes(filled)
    eskilstuna = story.assignments["juror3", "0484"].pk
    found = Assignment.objects.select_related("round__scoring_model", "nomination", "juror", "sheet")
    assignment = found.get(pk=eskilstuna)
    actions.save_sheet(
        assignment=assignment,
        written=Paper({"A1": Line(mark=Mark(value=Decimal(2)))}, only=frozenset({("A1", "mark")})),
        version=assignment.sheet.version,
        now=timezone.now(),
        by=story.juror3,
    )

    page.goto(f"{live_server.url}/scoring/workbook/")
    judged = [judge(page, f"upload-{look}")]
    page.set_input_files("input[type=file]", tmp_path / "ifylld.xlsx")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Visa ändringarna").press("Enter")
    page.wait_for_selector("#conflicts")
    judged.append(judge(page, f"changes-{look}"))
    page.locator("input[type=radio][value=workbook]").press("Space")
    page.get_by_role("button", name="Spara ändringarna").press("Enter")
    page.wait_for_url("**/scoring/")
    judged.append(judge(page, f"saved-{look}"))

    latest = Score.objects.filter(
        sheet__assignment__juror__person=story.juror3, criterion="A1", is_latest=True
    )
    marks = dict(latest.values_list("sheet__assignment__nomination__municipality__name", "value"))
    assert marks == {"Eskilstuna": 4, "Karlstad": 3}
    assert latest.get(value=3).strengths == "Läst på tåget: tydligt, mätt och följt"
    assert [each[1:] for each in judged] == [([], 0)] * 3, judged
