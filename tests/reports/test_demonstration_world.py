"""The demonstration world is the one that others rely on, comes once, and is the same every time."""

import re
from functools import partial

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import RequestFactory

from awards.models import Edition, Fair, Person, Role, Source
from criteria.models import Decision, DecisionRow, Recusal, Score, ScoreSheet
from criteria.record import recomputed
from nominees.frozen import content_of
from nominees.models import Answer, Contact, Nomination, NominationEvent, Submission
from nominees.versions import has_changed
from reports.demonstration import world
from tests.story import tell, told_once

CODES = ["0484", "1261", "1283", "1490", "1780", "1980"]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The story's country with the demonstration in it, told once: each test here goes back to it."""
    with told_once(django_db_blocker, tell) as country:
        call_command("wipe_rehearsals", "--yes")
        world.load(country.now)
        yield country


@pytest.fixture
def demonstration(told, db):
    return told


def counts():
    return {model.__name__: model.objects.count() for model in apps.get_models()}


def done_by_seat(key):
    sheets = ScoreSheet.objects.filter(assignment__round__edition__key=key)
    rows = sheets.values_list("assignment__juror__person__email", "state")
    return {
        f"juror{number}": sorted(state for email, state in rows if email == f"juror{number}@demo.example")
        for number in range(1, 7)
    }


def test_demo_accounts_are_the_named_ones_and_sign_in_only_where_nothing_is_real(demonstration, settings):
    jurors, contacts = [f"juror{number}" for number in range(1, 7)], [f"contact-{code}" for code in CODES]
    names = ["organiser", "chair", "deputy", *jurors, *contacts, "outsider"]
    outsider = Person.objects.get(email="outsider@demo.example")
    sign_in = partial(authenticate, RequestFactory().post("/accounts/login/"), password="kvalitet-demo")

    assert sorted(world.accounts()) == sorted(f"{name}@demo.example" for name in names)
    assert (outsider.roles.count(), outsider.contacts.count()) == (0, 0)
    assert sign_in(email="juror1@demo.example") == Person.objects.get(email="juror1@demo.example")
    settings.PRODUCTION = True
    assert sign_in(email="juror1@demo.example") is None


def test_demo_second_time_changes_nothing(demonstration, capsys):
    before = counts()
    call_command("demo")

    assert capsys.readouterr().out == "The demonstration world is already here; nothing was changed.\n"
    assert counts() == before


def test_demo_first_rehearsal_is_in_scoring(demonstration):
    edition = Edition.objects.get(key="rehearsal-2027")

    assert [stage.kind for stage in edition.stages.filter(state="open")] == ["scoring"]
    assert sorted(edition.nominations.values_list("municipality__code", flat=True)) == CODES
    assert done_by_seat("rehearsal-2027") == {
        "juror1": ["done"] * 6,
        "juror2": ["done"] * 5,
        "juror3": ["done"] * 6,
        "juror4": ["done"] * 6,
        "juror5": ["done"] * 3 + ["draft"],
        "juror6": ["done"] * 2 + ["draft"],
    }
    assert not Role.objects.filter(edition=edition, kind="juror", person__email="chair@demo.example").exists()
    stands_aside = Recusal.objects.filter(juror__edition=edition)
    assert list(stands_aside.values_list("juror__person__email", "nomination__municipality__code")) == [
        ("juror2@demo.example", "1490")
    ]
    entry = edition.nominations.get(municipality__code="0484")
    assert entry.carried_from == demonstration.historic["0484"]
    assert list(entry.improvement_areas.values_list("direction", "title", "continuation")) == [
        (area.direction, area.title, "continued")
        for area in demonstration.historic["0484"].improvement_areas.all()
    ]


def test_demo_entries_in_scoring_are_frozen_as_the_jury_reads_them(demonstration):
    versions = Submission.objects.filter(nomination__edition__key="rehearsal-2027")

    assert sorted(versions.values_list("nomination__municipality__code", "number")) == [
        (code, 1) for code in CODES
    ]
    for version in versions.select_related("nomination__edition__fair", "nomination__municipality"):
        assert version.content == content_of(version.nomination)
        assert not has_changed(version.nomination, version)


def test_demo_second_rehearsal_is_open_with_a_draft_for_every_contact(demonstration):
    edition = Edition.objects.get(key="rehearsal-2029")

    assert [stage.kind for stage in edition.stages.filter(state="open")] == ["call"]
    assert sorted(edition.nominations.values_list("municipality__code", "state")) == [
        (code, "draft") for code in CODES
    ]
    assert sorted(
        Contact.objects.filter(edition=edition).values_list("person__email", "municipality__code")
    ) == [(f"contact-{code}@demo.example", code) for code in CODES]
    assert edition.sections.count() == 3


def test_demo_third_rehearsal_stands_before_consensus(demonstration):
    edition = Edition.objects.get(key="rehearsal-2031")

    assert dict(edition.stages.values_list("kind", "state"))["scoring"] == "closed"
    assert dict(edition.stages.values_list("kind", "state"))["consensus"] == "ahead"
    assert edition.rounds.get().state == "closed"
    assert {seat: len(states) for seat, states in done_by_seat("rehearsal-2031").items()} == {
        "juror1": 6,
        "juror2": 5,
        "juror3": 6,
        "juror4": 6,
        "juror5": 6,
        "juror6": 6,
    }
    assert ScoreSheet.objects.filter(assignment__round__edition=edition, state="draft").count() == 0


def test_demo_says_that_it_is_invented_and_stays_out_of_history(demonstration):
    answers = Answer.objects.filter(nomination__edition__is_rehearsal=True)

    assert answers.count() == 60
    assert answers.exclude(text__startswith="Övningstext, påhittad för repetitionen.").count() == 0
    assert list(Edition.objects.public().values_list("key", flat=True)) == ["2015"]
    assert list(Fair.objects.filter(rehearsal=True).values_list("label_year", flat=True)) == [
        2027,
        2029,
        2031,
    ]


def test_demo_scores_are_the_same_every_time(demonstration):
    def scores():
        rows = Score.objects.values_list(
            "sheet__assignment__round__edition__key",
            "sheet__assignment__juror__seat",
            "sheet__assignment__nomination__municipality__code",
            "criterion",
            "value",
            "blank",
        )
        return sorted(
            str(row) for row in rows.filter(sheet__state="done", sheet__assignment__round__state="closed")
        )

    first = scores()
    call_command("wipe_rehearsals", "rehearsal-2031", "--yes")
    assert scores() == []
    world.load(demonstration.now)
    assert scores() == first


def test_rehearsal_before_the_meeting_goes_on_to_an_announced_decision(demonstration, client_of):
    here, sources = "/editions/rehearsal-2031/", set(Source.objects.values_list("text", flat=True))
    chair, organiser = (
        client_of(Person.objects.get(email=f"{name}@demo.example")) for name in ("chair", "organiser")
    )
    chair.post(here + "consensus/open/")
    saved = chair.post(
        here + "consensus/1283/", {"token": "0", "value-A1": "4", "reason-A1": "Vi enades om en fyra."}
    )
    chair.post(here + "consensus/close/")
    chair.post(here + "decision/begin/")
    decision = Decision.objects.get()
    for row in decision.rows.all():
        won = row.place == 1
        DecisionRow.objects.filter(pk=row.pk).update(motivation_sv="Övning." if won else "")
    post = {"version": "1", "no_award_reason": "", "then": "propose"}
    for row in decision.rows.select_related("nomination__municipality"):
        said = {"outcome": row.outcome, "place": row.place, "motivation_sv": row.motivation_sv}
        post |= {f"{row.nomination.municipality.code}-{name}": value for name, value in said.items()}
    chair.post(here + "decision/save/", post)
    organiser.post(here + "decision/confirm/")
    check = organiser.get(here + "decision/publish/check/", {"when": "now"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', check).group(1)
    organiser.post(here + "decision/publish/make/", {"when": "now", "seen": seen})
    decision = Decision.objects.get()

    assert (saved.status_code, decision.state) == (302, "announced")
    assert recomputed(decision.record) == decision.record["standings"]
    won = NominationEvent.objects.filter(nomination__edition__key="rehearsal-2031", kind="won")
    assert won.count() == 1
    assert Source.objects.filter(decisions=decision).count() == 1
    call_command("wipe_rehearsals", "--yes")
    assert Decision.objects.count() == 0
    assert set(Source.objects.values_list("text", flat=True)) <= sources


def test_demo_list_of_nominees_is_complete_only_where_nominations_lie_behind(demonstration):
    complete = Edition.objects.filter(is_rehearsal=True).order_by("key")
    drafts = Nomination.objects.filter(edition__key="rehearsal-2029").with_outcome()

    assert list(complete.values_list("key", "nominee_list_complete")) == [
        ("rehearsal-2027", True), ("rehearsal-2029", False), ("rehearsal-2031", True),
    ]  # fmt: skip
    assert set(drafts.values_list("outcome", flat=True)) == {"applied"}


def test_demo_deputy_has_the_pen_where_the_chair_stands_aside(demonstration, client_of):
    here = "/editions/rehearsal-2031/consensus/"
    chair, deputy = (
        client_of(Person.objects.get(email=f"{name}@demo.example")) for name in ("chair", "deputy")
    )
    chair.post(here + "open/")
    chair.post(here + "1490/aside/", {"reason": "home", "note": ""})
    post = {"token": "0", "value-A1": "4", "reason-A1": "Vi enades om en fyra."}
    told = chair.get(here).content.decode()
    aside = Recusal.objects.filter(nomination__edition__key="rehearsal-2031", lifted_at=None)
    post["left"] = list(aside.filter(nomination__municipality__code="1490").values_list("juror", flat=True))

    assert "jävig för Borås" in told
    assert "Borås" not in chair.get(here).content.decode()
    assert [client.post(here + "1490/", post).status_code for client in (chair, deputy)] == [200, 302]
