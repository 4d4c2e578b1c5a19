"""The chair and the organiser let a juror stand aside, and let one back who did so by mistake."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.models import JournalEntry, Role
from criteria import actions
from criteria.models import Assignment, Recusal
from tests.story import BORAS, ESKILSTUNA


def page(story, name="progress_page", *more) -> str:
    return reverse(name, args=[story.edition.key, *more])


def of_boras(story) -> Recusal:
    """The story's own: the second juror stands aside from Borås."""
    return Recusal.objects.get(juror=story.seats["juror2"], nomination=story.nominations[BORAS])


def chair_stands_aside(story, code: str) -> Recusal:
    return actions.recuse(
        juror=story.seats["chair"],
        nomination=story.nominations[code],
        reason="home",
        now=story.now,
        by=story.chair,
    )


def test_the_progress_page_leads_to_both(story, client_of):
    shown = client_of(story.organiser).get(page(story)).content.decode()
    assert page(story, "recusal_make") in shown
    assert page(story, "recusal_lift", of_boras(story).pk) in shown


@pytest.mark.parametrize("who", ["chair", "deputy", "organiser"])
def test_who_leads_lets_a_juror_stand_aside(story, client_of, who):
    seat = story.seats["juror1"]
    posted = {
        "juror": seat.pk,
        "municipality": "Eskilstuna",
        "reason": "employer",
        "note": "Enligt kommunen.",
    }
    answer = client_of(story.people[who]).post(page(story, "recusal_make"), posted)
    found = Recusal.objects.get(juror=seat, nomination=story.nominations[ESKILSTUNA])
    entry = JournalEntry.objects.filter(verb="recuse").get()

    assert (answer.status_code, answer.headers["Location"]) == (302, page(story))
    assert (found.reason, found.note, found.by) == ("employer", "Enligt kommunen.", story.people[who])
    assert (entry.person_id, entry.data["nomination"]) == (story.people[who].pk, found.nomination_id)
    assert not Assignment.objects.open_to(story.juror1).filter(nomination=found.nomination).exists()


def test_standing_aside_needs_an_entry_of_the_edition_and_a_reason(story, client_of):
    posted = {"juror": story.seats["juror1"].pk, "municipality": "Habo"}
    answer = client_of(story.chair).post(page(story, "recusal_make"), posted)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["municipality", "reason"])
    assert Recusal.objects.count() == 1


def test_a_juror_who_stood_aside_by_mistake_is_let_back_with_a_reason(story, client_of):
    recusal, client = of_boras(story), client_of(story.chair)
    url = page(story, "recusal_lift", recusal.pk)
    asked = client.get(url)
    unsaid = client.post(url, {"reason": " "})
    assert (asked.status_code, unsaid.status_code, of_boras(story).lifted_at) == (200, 422, None)

    done = client.post(url, {"reason": "Tryckte på fel nominering."})
    entry = JournalEntry.objects.filter(verb="lift_recusal").get()

    assert (done.status_code, of_boras(story).lifted_at is None) == (302, False)
    assert (entry.person_id, entry.data["reason"]) == (story.chair.pk, "Tryckte på fel nominering.")
    assert Assignment.objects.open_to(story.juror2).filter(nomination=recusal.nomination).exists()
    assert client.post(url, {"reason": "Igen."}).status_code == 403


def test_who_stands_aside_neither_sees_nor_changes_who_else_does(story, client_of):
    chair_stands_aside(story, BORAS)
    recusal, client = of_boras(story), client_of(story.chair)
    posted = {"juror": story.seats["juror1"].pk, "municipality": "Borås", "reason": "home"}
    lift = page(story, "recusal_lift", recusal.pk)

    assert "Borås" not in client.get(page(story)).content.decode()
    assert "Borås" in client_of(story.deputy).get(page(story)).content.decode()
    assert client.post(page(story, "recusal_make"), posted).status_code == 422
    assert (client.get(lift).status_code, client.post(lift, {"reason": "Nej."}).status_code) == (404, 404)
    with pytest.raises(PermissionDenied):
        actions.lift_recusal(recusal=recusal, reason="Nej.", now=story.now, by=story.chair)
    with pytest.raises(PermissionDenied):
        actions.recuse(
            juror=story.seats["juror1"], nomination=recusal.nomination, reason="home", now=story.now,
            by=story.chair,
        )  # fmt: skip


def test_the_organiser_lets_the_chair_back(story, client_of):
    recusal = chair_stands_aside(story, ESKILSTUNA)
    url = page(story, "recusal_lift", recusal.pk)
    assert client_of(story.organiser).post(url, {"reason": "Fel nominering."}).status_code == 302
    recusal.refresh_from_db()
    assert recusal.lifted_at is not None


def test_a_recusal_of_another_edition_is_not_found(story, client_of):
    other = Recusal.objects.create(
        juror=Role.objects.get(edition=story.elsewhere, kind="juror"),
        nomination=story.nominations[BORAS],
        reason="home",
    )
    url = page(story, "recusal_lift", other.pk)
    assert client_of(story.organiser).post(url, {"reason": "Fel."}).status_code == 404
