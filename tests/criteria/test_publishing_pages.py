"""The pages of publishing: what the dialog shows, chosen times, stale looks, and who finds nothing there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import formats
from criteria import actions
from criteria.models import Decision, Publication
from nominees.models import Nomination
from tests.criteria.meeting import BORAS, JURY, closed_round, confirmed, stand_aside
from tests.criteria.test_decision_pages import text

pytestmark = pytest.mark.django_db
HERE = "/editions/rehearsal-2027/decision/publish/"
LETTERS = ["decision-outcome", "decision-published"]


@pytest.fixture
def organiser(story, client_of):
    """The organiser's browser, with a confirmed decision in the edition."""
    closed_round(story)
    confirmed(story)
    return client_of(story.organiser)


def wall(story, days: int = 3) -> str:
    return formats.local(story.now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def looked_at(client, **chosen) -> dict[str, object]:
    """What the dialog's own form posts."""
    page = client.get(HERE + "check/", chosen).content.decode()
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    posted: dict[str, list] = {}
    for name, value in fields:
        posted.setdefault(name, []).append(value)
    return posted


def test_dialog_counts_by_number_and_name(story, organiser):
    page = text(organiser.get(HERE + "check/", {"when": "now", "letters": LETTERS}))

    assert "Publicera beslut 1 nu?" in page
    assert (
        "6 nomineringar blir offentliga Borås, Eskilstuna, Helsingborg, Karlstad, Kävlinge, Västerås" in page
    )
    assert "En motivering blir offentlig Kävlinge, vinnare För att ni lär av varandra." in page
    assert "På svenska även på de engelska sidorna: Kävlinge." in page
    assert Publication.objects.count() == 0


def test_what_was_looked_at_is_published_at_its_time(story, organiser):
    posted = looked_at(organiser, when="later", at=wall(story), letters=LETTERS)
    answer = organiser.post(HERE + "make/", posted)
    publication = Publication.objects.get()

    assert (answer.status_code, publication.state, publication.letters) == (302, "waiting", LETTERS)
    assert formats.local(publication.at).strftime("%Y-%m-%dT%H:%M") == wall(story)
    assert "Blir offentligt" in text(organiser.get(HERE))


def test_a_second_post_changes_nothing(story, organiser):
    posted = looked_at(organiser, when="now", letters=LETTERS[:1])
    codes = [organiser.post(HERE + "make/", posted).status_code for _time in range(2)]

    assert (codes, Publication.objects.count()) == ([302, 403], 1)
    assert Decision.objects.get().state == "announced"


def test_the_first_letter_is_read_before_it_goes(organiser):
    page = text(organiser.get(HERE + "check/", {"when": "now", "letters": LETTERS[:1]}))

    assert page.count("Juryns beslut om Borås") == 2  # the subject, and the first line
    assert (page.count("Läs det första av dem"), page.count("är nu offentligt")) == (1, 0)


def test_what_changed_since_is_shown_once_more(story, organiser):
    posted = looked_at(organiser, when="now")
    Nomination.objects.filter(pk=story.nominations[BORAS].pk).update(state="withdrawn")
    answer = organiser.post(HERE + "make/", posted)

    assert answer.status_code == 409
    assert "Något har ändrats sedan du tittade." in text(answer)
    assert "5 nomineringar blir offentliga" in text(answer)
    assert Publication.objects.count() == 0


def test_what_changes_while_it_is_being_published_is_shown_once_more(story, organiser):
    posted, entries = looked_at(organiser, when="now"), Nomination.objects.filter(edition=story.edition)

    def leaves(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT"):  # the action has begun
            entries.filter(pk=story.nominations[BORAS].pk).update(state="withdrawn")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(leaves):
        answer = organiser.post(HERE + "make/", posted)

    assert (answer.status_code, Publication.objects.count()) == (409, 0)
    assert "Något har ändrats sedan du tittade." in text(answer)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"when": "later", "at": "2027-03-28T02:30"}, "Den tiden finns inte"),
        ({"when": "later", "at": "2026-10-25T02:30"}, "Den tiden kommer två gånger"),
        ({"when": "later", "at": ""}, "Ange dag och tid."),
        ({"when": "later", "at": "i morgon"}, "Skriv dag och tid så här: 2027-03-01 12:00."),
        ({"when": "later", "at": "2015-03-01T12:00"}, "Den tiden har redan varit."),
        ({"when": "now", "letters": ["reminder"]}, "Välj ett giltigt alternativ."),
        ({}, "Detta fält måste fyllas i."),
    ],
)
def test_bad_input_has_its_sentence(story, organiser, chosen, said):
    page = text(organiser.get(HERE + "check/", chosen))
    posted = organiser.post(HERE + "make/", chosen)

    assert said in page
    assert (posted.status_code, Publication.objects.count()) == (200, 0)


def test_stop_and_take_back(story, organiser):
    organiser.post(HERE + "make/", looked_at(organiser, when="later", at=wall(story)))
    organiser.post(HERE + "stop/")
    organiser.post(HERE + "make/", looked_at(organiser, when="now"))
    without = organiser.post(HERE + "back/", {"reason": ""})
    organiser.post(HERE + "back/", {"reason": "Fel namn i motiveringen."})

    assert "Skriv varför det tas tillbaka." in text(without)
    assert [each.state for each in Publication.objects.order_by("pk")] == ["stopped", "taken_back"]
    page = text(organiser.get(HERE))
    assert ("Arrangören stoppade det." in page, "Fel namn i motiveringen." in page) == (True, True)


def test_who_stands_aside_is_shown_no_outcome(story, organiser):
    before = text(organiser.get(HERE))
    stand_aside(story, story.seats["organiser"], BORAS)
    page = text(organiser.get(HERE))

    assert ("Kävlinge" in before, "Kävlinge" in page) == (True, False)
    assert "så en annan arrangör publicerar" in page
    assert organiser.get(HERE + "check/", {"when": "now"}).status_code == 403


def test_who_would_replace_a_decision_reads_that_its_planned_publication_stops(story, organiser, client_of):
    chair, page = client_of(story.chair), HERE.replace("publish/", "")
    before = text(chair.get(page))
    organiser.post(HERE + "make/", looked_at(organiser, when="later", at=wall(story)))
    after = text(chair.get(page))

    said = "Det stoppas så snart det nya påbörjas"
    assert (said in before, said in after) == (False, True)


def test_without_a_decision_the_page_says_so(story, client_of):
    page = text(client_of(story.organiser).get(HERE))

    assert "Inget att publicera än" in page
    assert client_of(story.organiser).get(HERE + "check/", {"when": "now"}).status_code == 404


@pytest.mark.parametrize("entries", [1, 3])
def test_pages_ask_the_same_few_queries(story, client_of, entries):
    story.round.assignments.exclude(nomination__municipality__code__in=list(JURY)[:entries]).delete()
    closed_round(story, dict(list(JURY.items())[:entries]))
    decision = confirmed(story)
    client = client_of(story.organiser)
    asked = []
    for path in (HERE, HERE + "check/?when=now"):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        asked.append(len(queries))
    actions.plan_publication(decision=decision, now=story.now, by=story.organiser)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(HERE).status_code == 200

    assert [*asked, len(queries)] == [17, 17, 10]


def test_the_decisions_page_leads_there(story, organiser, client_of):
    page = organiser.get("/editions/rehearsal-2027/decision/").content.decode()
    chairs = text(client_of(story.chair).get("/editions/rehearsal-2027/decision/"))

    assert f'href="{HERE}">Publicera beslutet' in page
    assert ("Publicera beslutet" in chairs, "Arrangören bestämmer när" in chairs) == (False, True)


@pytest.mark.parametrize("at", ["2099-12-31T23:59", "2060-01-01T09:00"])
def test_a_time_years_ahead_is_refused(organiser, at):
    page = text(organiser.get(HERE + "check/", {"when": "later", "at": at}))
    assert "mer än två år fram" in page
    organiser.post(HERE + "make/", {"when": "later", "at": at, "seen": "x"})
    assert Publication.objects.count() == 0


def test_decision_page_says_of_a_published_decision_that_it_is_public(story, organiser):
    page = HERE.replace("publish/", "")
    before = text(organiser.get(page))
    organiser.post(HERE + "make/", looked_at(organiser, when="now"))
    after = text(organiser.get(page))
    assert ["inget här är offentligt" in each for each in (before, after)] == [True, False]
