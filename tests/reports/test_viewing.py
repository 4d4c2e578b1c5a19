"""Seeing the site as somebody else: read-only, in the journal, over in time, and never into a secret."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.models import Edition, JournalEntry, Person, Role
from criteria.models import Round, ScoreReading
from criteria.states import RoundState
from nominees.models import Contact
from reports.viewing import KEY
from tests.story import ESKILSTUNA

HERE = "/organiser/editions/rehearsal-2027/view-as/"
BANNER = "Du ser webbplatsen som"


def start(client, seat):
    return client.post(f"{HERE}{seat.pk}/")


def seat_of(person, edition):
    return Role.objects.get(person=person, edition=edition)


@pytest.fixture
def organiser(story, client_of):
    return client_of(story.organiser)


def verbs():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "person_id", "data__why"))


def test_organiser_reads_what_the_contact_reads(story, organiser):
    start(organiser, seat_of(story.contact, story.edition))
    page = organiser.get("/applications/")

    assert page.status_code == 200
    assert BANNER in page.content.decode()
    assert page.context["user"] == story.contact
    draft = reverse("application_page", args=[story.drafts[ESKILSTUNA].pk])
    assert organiser.get(draft).status_code in (200, 302)
    assert organiser.get(reverse("organiser_edition", args=[story.edition.key])).status_code == 403


def test_nothing_is_saved_meanwhile(story, organiser):
    start(organiser, seat_of(story.contact, story.edition))
    entry = story.drafts[ESKILSTUNA]
    answer = organiser.post(f"/applications/{entry.pk}/beskrivning/", {"answer-mest": "Nej"})

    assert answer.status_code == 403
    assert "så inget sparas" in answer.content.decode()
    assert BANNER in answer.content.decode()
    assert not entry.answers.filter(text="Nej").exists()


@pytest.mark.django_db(transaction=True)
def test_page_that_writes_when_read_is_refused(story, organiser):
    start(organiser, story.seats["juror1"])
    before = JournalEntry.objects.count()
    answer = organiser.get("/scoring/workbook.xlsx")

    assert answer.status_code == 403
    assert JournalEntry.objects.count() == before


def test_stopping_gives_the_organiser_back(story, organiser):
    start(organiser, story.seats["observer"])
    assert organiser.get("/desk/").context["user"] == story.observer
    organiser.post("/view-as/stop/")

    assert organiser.get("/desk/").context["user"] == story.organiser
    assert verbs() == [
        ("start_viewing", story.organiser.pk, None),
        ("stop_viewing", story.organiser.pk, "asked"),
    ]


def test_signing_out_ends_it_and_the_session(story, organiser):
    start(organiser, story.seats["observer"])
    organiser.post("/accounts/logout/")

    assert "_auth_user_id" not in organiser.session
    assert verbs()[-1] == ("stop_viewing", story.organiser.pk, "sign-out")


def test_half_an_hour_is_enough(story, organiser):
    start(organiser, story.seats["observer"])
    session = organiser.session
    session[KEY] = session[KEY] | {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()

    assert organiser.get("/desk/")["Location"] == HERE
    assert organiser.get("/desk/").context["user"] == story.organiser
    assert verbs()[-1] == ("stop_viewing", story.organiser.pk, "time")


def test_post_after_the_end_is_not_the_organisers_own(story, organiser):
    start(organiser, story.seats["observer"])
    session = organiser.session
    session[KEY] = session[KEY] | {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()
    answer = organiser.post("/organiser/editions/rehearsal-2027/state/conclude/")

    assert answer.status_code == 403
    assert Edition.objects.get(pk=story.edition.pk).state == "running"


def test_it_ends_when_the_right_is_lost(story, organiser):
    start(organiser, story.seats["observer"])
    Role.objects.filter(person=story.organiser, edition=story.edition).update(ended_at=timezone.now())

    assert organiser.get("/desk/").status_code == 302
    assert verbs()[-1] == ("stop_viewing", story.organiser.pk, "right lost")


@pytest.mark.parametrize("who", ["chair", "deputy"])
def test_nobody_sees_as_the_chair(story, organiser, who):
    answer = start(organiser, story.seats[who])

    assert answer.status_code == 403
    assert "Det ordföranden ser av poängen" in answer.content.decode()


def test_juror_is_seen_in_a_rehearsal_alone(story, organiser):
    assert start(organiser, story.seats["juror1"]).status_code == 302
    organiser.post("/view-as/stop/")
    Edition.objects.filter(pk=story.edition.pk).update(is_rehearsal=False)
    answer = start(organiser, story.seats["juror1"])

    assert answer.status_code == 403
    assert "förseglade för arrangörer" in answer.content.decode()


def test_contact_who_is_a_juror_elsewhere_is_not_seen(story, organiser):
    Role.objects.create(person=story.contact, edition=story.elsewhere, kind="observer")
    answer = start(organiser, seat_of(story.contact, story.edition))

    assert answer.status_code == 403
    assert "som du inte arrangerar" in answer.content.decode()


def test_contact_of_an_edition_put_away_is_not_seen(story, organiser):
    Contact.objects.create(
        person=story.observer, municipality=story.municipalities[ESKILSTUNA], edition=story.archived
    )

    assert start(organiser, story.seats["observer"]).status_code == 403


def test_observer_who_is_the_chair_too_is_not_seen(story, organiser):
    Role.objects.create(person=story.observer, edition=story.edition, kind="chair")

    assert start(organiser, story.seats["observer"]).status_code == 403


@pytest.mark.parametrize("kind", ["organiser", "administrator"])
def test_nobody_sees_as_an_organiser_or_administrator(story, organiser, kind):
    if kind == "organiser":
        Role.objects.create(person=story.observer, edition=story.edition, kind="organiser")
    else:
        Person.objects.filter(pk=story.observer.pk).update(is_superuser=True)

    assert start(organiser, story.seats["observer"]).status_code == 403


@pytest.mark.parametrize("path", ["/account/", "/accounts/email/", "/jobs/"])
def test_what_is_a_persons_own_stays_so(story, organiser, path):
    start(organiser, story.seats["observer"])

    assert organiser.get(path).status_code == 403


def test_other_organisers_seats_do_not_exist(story, client_of):
    assert start(client_of(story.other_organiser), story.seats["observer"]).status_code == 404


def test_choices_cost_the_same_and_say_why_not(story, organiser):
    with CaptureQueriesContext(connection) as asked:
        page = organiser.get(HERE)

    assert len(asked) == 9
    assert page.content.decode().count("Se som<") == 10
    assert "Det här är din egen plats." in page.content.decode()


def test_not_in_use_it_costs_no_query(story, organiser, settings):
    organiser.get("/desk/")
    with CaptureQueriesContext(connection) as with_it:
        organiser.get("/desk/")
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "see_as" not in each]
    without = type(organiser)()
    without.force_login(story.organiser)
    without.get("/desk/")
    with CaptureQueriesContext(connection) as asked:
        without.get("/desk/")

    assert len(with_it) == len(asked)


def test_scores_seen_as_somebody_else_are_nobodys_reading(story, organiser, client_of):
    Round.objects.filter(pk=story.round.pk).update(state=RoundState.REVEALED)
    path = "/editions/rehearsal-2027/consensus/"
    start(organiser, seat_of(story.juror1, story.edition))
    seen = organiser.get(path)

    assert (seen.status_code, BANNER in seen.content.decode()) == (200, True)
    assert ScoreReading.objects.count() == 0
    client_of(story.juror1).get(path)
    assert [reading.person for reading in ScoreReading.objects.all()] == [story.juror1]
