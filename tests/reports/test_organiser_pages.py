"""The organiser's home and page: what stands in the way, turns asked first, wrong times in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.actions.set_up import swap_stages
from awards.formats import local
from awards.models import Edition, EditionDate, JournalEntry, Letter, Stage, StageExtension
from nominees.actions.outcomes import declare_no_award
from tests.story import ESKILSTUNA

HERE = "/organiser/editions/rehearsal-2027/"
CALL = "/organiser/editions/rehearsal-2029/"


def typed(when):
    return f"{local(when):%Y-%m-%dT%H:%M}"


def headline(page):
    return " ".join(page.content.decode().split("<h1>")[1].split("</h1>")[0].split())


def test_home_shows_ones_own_editions_alone(story, client_of):
    page = client_of(story.organiser).get("/organiser/").content.decode()

    assert 'href="/organiser/editions/rehearsal-2027/"' in page
    assert 'href="/organiser/editions/rehearsal-2029/"' in page
    assert "rehearsal-2031" not in page
    assert "2 saker står i vägen." in page


def test_home_of_somebody_who_organises_nothing_is_refused(story, client_of):
    assert client_of(story.chair).get("/organiser/").status_code == 403


def test_edition_of_another_organiser_does_not_exist(story, client_of):
    assert client_of(story.other_organiser).get(HERE).status_code == 404


def test_edition_shows_stages_rooms_and_what_remains(story, client_of):
    page = client_of(story.organiser).get(HERE)
    text = page.content.decode()

    assert headline(page) == "Två saker återstår före samsyn"
    assert 'aria-describedby="close-why"' in text
    for room in ("people", "progress", "decision", "feedback"):
        assert f'href="/editions/rehearsal-2027/{room}/"' in text
    for room in ("letters", "journal", "setup", "reports", "papers", "archive"):
        assert f'href="{HERE}{room}/"' in text


@pytest.mark.parametrize(("entries", "queries"), [(1, 15), (6, 15)])
def test_edition_costs_the_same_however_many_entries(story, client_of, entries, queries):
    story.edition.nominations.exclude(
        pk__in=[e.pk for e in list(story.nominations.values())[:entries]]
    ).delete()
    client = client_of(story.organiser)
    client.get(HERE)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(HERE).status_code == 200

    assert len(asked) == queries


def test_call_says_who_has_not_sent_in(story, client_of):
    page = client_of(story.organiser).get(CALL).content.decode()

    assert "6 av 6 ansökningar är inte inskickade." in page
    assert "6 kommuner har en kontaktperson." in page


def test_closing_asks_for_a_reason_while_something_remains(story, client_of):
    client, url = client_of(story.organiser), f"{HERE}stages/2/close/"
    assert client.post(url, {"open_next": "on"}).status_code == 200
    assert Stage.objects.get(edition=story.edition, position=2).state == "open"

    client.post(url, {"open_next": "on", "in_spite_of": "Tiden är ute"})
    states = list(story.edition.stages.values_list("state", flat=True))
    assert states == ["closed", "closed", "open", "ahead", "ahead"]


def test_reopening_goes_back_with_a_reason(story, client_of):
    client, url = client_of(story.organiser), f"{HERE}stages/1/reopen/"
    assert client.post(url, {"reason": "Fel stängt"}).status_code == 200  # its time has passed
    until = story.now + timedelta(days=1)
    assert client.post(url, {"reason": "Fel stängt", "closes_at": typed(until)}).status_code == 302

    assert Stage.objects.get(edition=story.edition, position=1).state == "open"
    assert StageExtension.objects.get().reason == "Fel stängt"


def test_extension_for_one_municipality_is_shown(story, client_of):
    client = client_of(story.organiser)
    until = story.now + timedelta(days=9)
    answer = client.post(
        f"{CALL}stages/1/extend/",
        {"municipality": ESKILSTUNA, "closes_at": typed(until), "reason": "Avbrott"},
    )

    assert answer.status_code == 302
    assert "Bara Eskilstuna till" in client.get(CALL).content.decode()


def test_contacts_are_told_of_the_later_time_where_that_is_ticked(story, client_of):
    client, url = client_of(story.organiser), f"{CALL}stages/1/extend/"
    page = client.get(url).content.decode()
    assert "de 6 kontaktpersoner som inte har skickat in" in page
    assert "Eskilstuna (en kontaktperson)" in page

    answer = {"municipality": ESKILSTUNA, "reason": "Avbrott"}
    client.post(url, answer | {"closes_at": typed(story.now + timedelta(days=9))})
    assert Letter.objects.count() == 0
    told = client.post(
        url, answer | {"closes_at": typed(story.now + timedelta(days=10)), "tell": "on"}, follow=True
    )
    assert Letter.objects.get().to == story.contacts[ESKILSTUNA]
    assert "Ett brev står i kö." in told.content.decode()


def test_nobody_is_told_of_a_longer_time_to_score(story, client_of):
    page = client_of(story.organiser).get(f"{HERE}stages/2/extend/")

    assert "tell" not in page.context["form"].fields


def test_municipality_that_takes_no_part_is_not_extended(story, client_of):
    story.municipalities["1261"].nominations.all().delete()
    story.municipalities["1261"].contacts.all().delete()
    data = {"municipality": "1261", "closes_at": typed(story.now + timedelta(days=9)), "reason": "x"}

    assert client_of(story.organiser).post(f"{CALL}stages/1/extend/", data).status_code == 200
    assert StageExtension.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"closes_at": "2027-03-28T02:30"}, "Den tiden finns inte"),
        ({"closes_at": "2027-10-31T02:30"}, "Den tiden kommer två gånger"),
        ({"closes_at": "i morgon"}, "Skriv dag och tid så här"),
        ({"opens_at": "2020-01-01 09:00", "closes_at": "2020-01-02 09:00"}, "kan inte öppna före"),
        ({"opens_at": "2099-01-02 09:00", "closes_at": "2099-01-01 09:00"}, "måste stänga efter"),
    ],
)  # fmt: skip
def test_wrong_times_are_refused_in_words_and_nothing_is_written(story, client_of, data, says):
    before = Stage.objects.get(edition=story.edition, position=3)
    page = client_of(story.organiser).post(f"{HERE}stages/3/times/", data)

    assert page.status_code == 200
    assert says in page.content.decode()
    after = Stage.objects.get(edition=story.edition, position=3)
    assert (after.opens_at, after.closes_at) == (before.opens_at, before.closes_at)
    assert JournalEntry.objects.count() == 0


def test_deadline_that_a_colleague_moved_stays_moved(story, client_of):
    client, here = client_of(story.organiser), f"{CALL}stages/1/times/"
    call = Stage.objects.filter(edition=story.call, position=1)
    times = {name: typed(getattr(call.get(), name)) for name in ("opens_at", "closes_at")}
    twins = {f"initial-{name}": value for name, value in (times | {"advances_by_itself": "False"}).items()}
    page, opened = client.get(here).content.decode(), times | twins
    assert [f'name="{name}" value="{value}"' in page for name, value in twins.items()] == [True] * 3
    later = call.get().closes_at + timedelta(hours=1)
    call.update(closes_at=later)
    saved = client.post(here, opened | {"advances_by_itself": "on"})

    assert (saved.status_code, call.get().advances_by_itself, call.get().closes_at) == (302, True, later)
    assert not StageExtension.objects.filter(stage=call.get()).exists()
    both = client.post(here, opened | {"closes_at": typed(later + timedelta(minutes=1))})
    assert both.status_code == 409
    assert "En kollega har under tiden skrivit:" in both.content.decode()
    assert call.get().closes_at == later


def test_edition_pauses_and_goes_on(story, client_of):
    client = client_of(story.organiser)
    assert "Klockan varken öppnar eller stänger" in client.get(f"{HERE}state/pause/").content.decode()
    client.post(f"{HERE}state/pause/", {"reason": ""})
    assert Edition.objects.get(pk=story.edition.pk).state == "paused"
    client.post(f"{HERE}state/resume/")

    assert Edition.objects.get(pk=story.edition.pk).state == "running"
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "pause_edition",
        "resume_edition",
    ]


def test_cancelling_needs_a_reason(story, client_of):
    client = client_of(story.organiser)
    assert "Tala om varför." in client.post(f"{HERE}state/cancel/", {}).content.decode()
    assert Edition.objects.get(pk=story.edition.pk).state == "running"
    client.post(f"{HERE}state/cancel/", {"reason": "Inga ansökningar"})

    assert Edition.objects.get(pk=story.edition.pk).state == "cancelled"
    assert JournalEntry.objects.get().data == {"reason": "Inga ansökningar"}


def test_postponing_says_what_is_wrong_with_the_days(story, client_of):
    client, url = client_of(story.organiser), f"{HERE}state/postpone/"
    story.edition.stages.filter(kind="ceremony").update(opens_at=None)
    data = {"reason": "Lokalen", "ceremony_was": "2027-11-16", "ceremony_is": "2027-11-15"}
    assert "måste komma efter den gamla" in client.post(url, data).content.decode()
    assert EditionDate.objects.count() == 0
    client.post(url, data | {"ceremony_is": "2028-03-07"})

    assert [str(each) for each in EditionDate.objects.values_list("date", flat=True)] == [
        "2027-11-16",
        "2028-03-07",
    ]


def test_no_award_is_said_with_a_reason_and_taken_back(story, client_of):
    client = client_of(story.organiser)
    client.post(f"{HERE}state/no-award/", {"reason": "Ingen nådde upp"})
    assert Edition.objects.get(pk=story.edition.pk).no_award
    client.post(f"{HERE}state/award-after-all/", {"reason": "Rättat"})

    assert not Edition.objects.get(pk=story.edition.pk).no_award


@pytest.mark.parametrize("state", ["cancelled", "concluded"])
def test_no_award_is_not_said_of_an_ended_edition(story, client_of, state):
    Edition.objects.filter(pk=story.edition.pk).update(state=state)
    answer = client_of(story.organiser).post(f"{HERE}state/no-award/", {"reason": "x"})

    assert answer.status_code == 403
    assert not Edition.objects.get(pk=story.edition.pk).no_award


def test_no_award_is_refused_where_somebody_has_won(story):
    story.nominations[ESKILSTUNA].events.create(kind="won")
    with pytest.raises(Exception, match="En vinnare är tillkännagiven"):
        declare_no_award(edition=story.edition, reason="x", by=story.organiser)


def test_unknown_turn_does_not_exist(story, client_of):
    assert client_of(story.organiser).get(f"{HERE}state/explode/").status_code == 404


def test_edition_that_has_not_begun_says_so_beside_the_button(story, client_of):
    Stage.objects.filter(edition=story.call).update(state="ahead")
    client = client_of(story.organiser)
    assert f'href="{CALL}stages/1/open/">Öppna ansökan</a>' in client.get(CALL).content.decode()
    Edition.objects.filter(pk=story.call.pk).update(state="planned")
    page = client.get(CALL).content.decode()

    assert '<p id="open-why">Omgången har inte börjat. Öppna omgången först.</p>' in page
    assert client.post(f"{CALL}stages/1/open/").status_code == 403
    client.post(f"{CALL}state/open/")
    assert client.post(f"{CALL}stages/1/open/").status_code == 302
    assert Stage.objects.get(edition=story.call, position=1).state == "open"


def test_postponing_begins_from_the_known_day_and_stays_near_the_fair(story, client_of):
    client, url = client_of(story.organiser), f"{HERE}state/postpone/"
    EditionDate.objects.create(
        edition=story.edition, what="ceremony", status="planned", date=date(2027, 11, 16)
    )
    data = {"reason": "Lokalen", "ceremony_was": "2027-11-16", "move_stages": "on"}
    said = {
        day: client.post(url, data | {"ceremony_is": day}).content.decode()
        for day in ("9999-12-31", "2090-01-01")
    }
    other = client.post(url, data | {"ceremony_was": "2027-01-01", "ceremony_is": "2028-03-07"})

    assert "Skriv en dag åren 2000 till 2100." in said["9999-12-31"]
    assert "Ceremonin för mässan 2027 kan inte vara 2090." in said["2090-01-01"]
    assert "utgå från den dagen" in other.content.decode()
    assert Edition.objects.get(pk=story.edition.pk).state == "running"


def test_extreme_time_of_a_stage_is_refused_in_words(story, client_of):
    client = client_of(story.organiser)
    page = client.post(f"{CALL}stages/1/times/", {"opens_at": "0001-01-01T00:00"})

    assert page.status_code == 200
    assert "Skriv en dag åren 2000 till 2100." in page.content.decode()


def test_home_lists_what_has_ended_with_its_archive_and_when_names_fall_due(story, client_of):
    Edition.objects.filter(pk=story.edition.pk).update(state="archived")
    Edition.objects.filter(pk=story.call.pk).update(state="concluded")
    Stage.objects.filter(edition=story.edition, kind="ceremony").update(
        opens_at=datetime(2027, 11, 16, 12, tzinfo=UTC), closes_at=None
    )
    page = client_of(story.organiser).get("/organiser/").content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert page.count('href="/organiser/editions/rehearsal-2027/archive/"') == 1
    assert 'href="/organiser/editions/rehearsal-2029/archive/"' in page
    assert "föreslås sparas till 16 nov 2028." in page
    assert "rehearsal-2027" not in client_of(story.other_organiser).get("/organiser/").content.decode()


def test_concluding_shows_what_remains_and_asks_for_a_reason(story, client_of):
    client, url = client_of(story.organiser), f"{HERE}state/conclude/"
    asked = client.get(url).content.decode()
    refused = client.post(url).content.decode()
    still = Edition.objects.get(pk=story.edition.pk).state
    client.post(url, {"reason": "Juryn är klar"})

    assert "Det här återstår" in asked
    assert "Varför omgången avslutas trots det som återstår." in asked
    assert "Tala om varför." in refused
    assert (still, Edition.objects.get(pk=story.edition.pk).state) == ("running", "concluded")
    assert JournalEntry.objects.get(verb="conclude_edition").data == {"reason": "Juryn är klar"}


def test_concluding_asks_for_no_reason_where_nothing_remains(story, client_of):
    story.edition.stages.update(state="closed")
    client = client_of(story.organiser)
    client.post(f"{HERE}state/conclude/")

    assert Edition.objects.get(pk=story.edition.pk).state == "concluded"


def missed(story):
    """The consensus was to close an hour ago and has not opened."""
    stage = story.edition.stages.get(kind="consensus")
    Stage.objects.filter(pk=stage.pk).update(opens_at=None, closes_at=story.now - timedelta(hours=1))
    return stage


def test_stage_whose_time_has_passed_stands_among_what_remains(story, client_of):
    missed(story)
    page = client_of(story.organiser).get(HERE).content.decode()

    assert f'<a href="{HERE}stages/3/times/">Stängningstiden har passerat innan skedet öppnade.' in page


def test_stage_whose_time_has_passed_asks_for_a_new_one_as_it_opens(story, client_of):
    stage, client, url = missed(story), client_of(story.organiser), f"{HERE}stages/3/open/"
    assert "Ange dag och tid." in client.post(url, {}).content.decode()
    until = story.now + timedelta(days=8)
    client.post(url, {"closes_at": typed(until)})

    stage.refresh_from_db()
    assert (stage.state, typed(stage.closes_at)) == ("open", typed(until))


def test_closing_asks_for_the_time_of_the_next_stage_where_it_has_passed(story, client_of):
    stage, client, url = missed(story), client_of(story.organiser), f"{HERE}stages/2/close/"
    answer = {"open_next": "on", "in_spite_of": "Tiden är ute"}
    assert "”Samsyn” stänger" in client.get(url).content.decode()
    assert client.post(url, answer).status_code == 200
    until = story.now + timedelta(days=8)
    client.post(url, answer | {"next_closes_at": typed(until)})

    stage.refresh_from_db()
    assert (stage.state, typed(stage.closes_at)) == ("open", typed(until))


def test_answer_is_about_the_stage_that_was_asked_about_though_it_has_changed_places(story, client_of):
    client, url = client_of(story.organiser), f"{HERE}stages/3/open/"
    asked = client.get(url).context["stage"]
    swap_stages(stage=asked, by=story.organiser, later=True)
    client.post(url, {"stage": asked.pk})

    opened = story.edition.stages.filter(state="open").values_list("kind", flat=True)
    assert list(opened) == ["scoring", "consensus"]
    assert client.post(url, {"stage": "0"}).status_code == 404
