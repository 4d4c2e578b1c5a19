"""Before the first entry: the undertaking at the door, ties over time, and the conflicts they point to."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.models import JournalEntry
from criteria import actions
from criteria.models import Acceptance, Assignment, Clearance, Recusal, Tie
from tests.story import BORAS, ESKILSTUNA

EMPTY = {"ties-TOTAL_FORMS": "2", "ties-INITIAL_FORMS": "0"}


@pytest.fixture
def undertaking(story):
    return actions.issue_undertaking(
        edition=story.edition,
        text_sv="Jag håller tyst.",
        text_en="I keep quiet.",
        now=story.now,
        by=story.organiser,
    )


def page(story) -> str:
    return reverse("undertaking_page", args=[story.edition.key])


def entry(story, seat="juror3", code=ESKILSTUNA) -> str:
    return reverse("scoring_page", args=[story.assignments[seat, code].pk])


def proposals(story, client_of) -> set[int]:
    """The assignments that juror3 is asked about."""
    page = client_of(story.juror3).get(reverse("conflict_page", args=[story.edition.key]))
    return {int(pk) for pk in re.findall(r'name="aside" value="(\d+)" checked', page.content.decode())}


def test_no_entry_opens_before_the_undertaking_is_accepted(story, client_of, undertaking):
    client = client_of(story.juror3)
    way = client.get(entry(story))
    assert (way.status_code, way["Location"]) == (302, page(story))
    assert list(Assignment.objects.open_to(story.juror3)) == []
    assert re.findall(r'href="(/scoring/\d+/)', client.get("/scoring/").content.decode()) == []
    assert "Jag håller tyst." in client.get(page(story)).content.decode()

    accepted = client.post(page(story), {**EMPTY, "accepted": "on"})

    assert (accepted.status_code, accepted["Location"]) == (302, "/scoring/")
    assert Acceptance.objects.get().person == story.juror3
    assert client.get(entry(story)).status_code == 200


def test_without_the_tick_nothing_opens_and_what_was_written_stays(story, client_of, undertaking):
    typed = {**EMPTY, "ties-0-kind": "employer", "ties-0-municipality": "Eskilstuna"}

    answer = client_of(story.juror3).post(page(story), typed)

    html = answer.content.decode()
    assert "Kryssa i rutan för att gå vidare." in html
    assert 'value="Eskilstuna"' in html
    assert (Acceptance.objects.count(), Tie.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"kind": "employer", "municipality": "Eskilstunna"}, "Det finns ingen kommun med det namnet."),
        ({"municipality": "Eskilstuna"}, "Välj vilket slags anknytning det är."),
        ({"since": "2020-01-02"}, "Välj vilket slags anknytning det är."),
        ({"county": "12", "organisation": " "}, "Välj vilket slags anknytning det är."),
        ({"kind": "employer"}, "Ange en kommun, ett län eller en organisation."),
        (
            {"kind": "employer", "organisation": "X", "since": "2020-01-02", "until": "2020-01-01"},
            "Anknytningen slutar innan den börjar.",
        ),
    ],
)
def test_bad_tie_is_told_at_its_field(story, client_of, undertaking, row, sentence):
    typed = {**EMPTY, "accepted": "on", **{f"ties-0-{name}": value for name, value in row.items()}}

    answer = client_of(story.juror3).post(page(story), typed)

    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    assert (Acceptance.objects.count(), Tie.objects.count()) == (0, 0)


def test_unknown_kind_is_one_problem_and_too_many_rows_have_no_empty_label(story, client_of, undertaking):
    row = {"ties-0-kind": "friend", "ties-0-municipality": "Eskilstuna"}
    html = client_of(story.juror3).post(page(story), {**EMPTY, "accepted": "on", **row}).content.decode()
    many = {**EMPTY, "ties-TOTAL_FORMS": "11", "accepted": "on"}
    over = client_of(story.juror3).post(page(story), many).content.decode()

    listed = re.search(r'errors-title".*?<ul>(.*?)</ul>', html, re.DOTALL)[1]
    assert len(re.findall("<li>", listed)) == 1
    assert re.findall(r"<li>(?:<a[^>]*>)?: ", over) == []
    assert len(re.findall("<li>", re.search(r'errors-title".*?<ul>(.*?)</ul>', over, re.DOTALL)[1])) == 1


def test_municipality_is_found_whatever_the_case(story, client_of, undertaking):
    typed = {**EMPTY, "accepted": "on", "ties-0-kind": "home", "ties-0-municipality": " bORÅS "}

    client_of(story.juror3).post(page(story), typed)

    assert Tie.objects.get().municipality == story.municipalities[BORAS]


def test_tie_leads_to_a_proposal_that_the_juror_confirms(story, client_of, undertaking):
    client = client_of(story.juror3)
    typed = {**EMPTY, "accepted": "on", "ties-0-kind": "employer", "ties-0-municipality": "Eskilstuna"}
    told = client.post(page(story), typed)
    conflicts = reverse("conflict_page", args=[story.edition.key])
    assert told["Location"] == conflicts
    aside = story.assignments["juror3", ESKILSTUNA].pk
    assert re.findall(r'name="aside" value="(\d+)" checked', client.get(conflicts).content.decode()) == [
        str(aside)
    ]

    client.post(conflicts, {"aside": [str(aside), str(story.assignments["juror1", BORAS].pk)]})

    recusal = Recusal.objects.get(juror=story.seats["juror3"])
    assert (recusal.nomination, recusal.reason) == (story.nominations[ESKILSTUNA], "employer")
    assert client.get(entry(story)).status_code == 404


@pytest.mark.parametrize(
    ("tie", "against"),
    [
        ({"municipality": ESKILSTUNA}, [ESKILSTUNA]),
        ({"county": "12"}, ["1261", "1283"]),
        ({"organisation": "En nationell organisation"}, []),
    ],
)
def test_ties_of_each_kind_point_to_their_entries(story, client_of, undertaking, tie, against):
    found = {**tie}
    if "municipality" in tie:
        found["municipality"] = story.municipalities[tie["municipality"]]
    if "county" in tie:
        found["county"] = story.municipalities["1261"].county
    actions.tell_tie(kind="employer", now=story.now, by=story.juror3, **found)

    assert proposals(story, client_of) == {story.assignments["juror3", code].pk for code in against}


def test_tie_taken_back_proposes_nothing(story, client_of, undertaking):
    tie = actions.tell_tie(
        kind="home", municipality=story.municipalities[BORAS], now=story.now, by=story.juror3
    )
    url = reverse("tie_withdraw", args=[story.edition.key, tie.pk])
    assert client_of(story.juror1).post(url).status_code == 404

    assert client_of(story.juror3).post(url).status_code == 302

    assert proposals(story, client_of) == set()


def test_new_version_asks_again(story, undertaking):
    actions.accept_undertaking(undertaking=undertaking, now=story.now, by=story.juror3)
    assert Assignment.objects.open_to(story.juror3).count() == 6
    same = actions.issue_undertaking(
        edition=story.edition,
        text_sv="Jag håller tyst.",
        text_en="I keep quiet.",
        now=story.now,
        by=story.organiser,
    )
    assert same.pk == undertaking.pk

    actions.issue_undertaking(edition=story.edition, text_sv="Ny text.", now=story.now, by=story.organiser)

    assert Assignment.objects.open_to(story.juror3).count() == 0
    with pytest.raises(PermissionDenied):
        actions.accept_undertaking(undertaking=undertaking, now=story.now, by=story.juror3)


def test_only_the_organiser_writes_the_text_and_only_jurors_accept(story, client_of, undertaking):
    url = reverse("undertaking_edit", args=[story.edition.key])

    def statuses(address, *people) -> list[int]:
        return [client_of(getattr(story, who)).get(address).status_code for who in people]

    assert statuses(url, "organiser", "chair", "juror1", "outsider") == [200, 403, 403, 404]
    assert statuses(page(story), "organiser", "juror1", "outsider") == [403, 200, 404]
    client_of(story.organiser).post(url, {"text_sv": "Ny text."})
    assert "Ny text." in client_of(story.juror1).get(page(story)).content.decode()


# A tie that waits for its answer --------------------------------------------------------------------
def tell(story, **fields) -> Tie:
    place = {"municipality": story.municipalities[ESKILSTUNA]}
    return actions.tell_tie(**{"kind": "employer", "now": story.now, "by": story.juror3, **place, **fields})


def test_tie_told_later_shuts_the_entry_until_it_is_answered(story, client_of):
    client, conflicts = client_of(story.juror3), reverse("conflict_page", args=[story.edition.key])
    assert client.get(entry(story)).status_code == 200
    tell(story)

    way = client.get(entry(story))
    kept = client.post(entry(story), {"strengths-A1": "Får inte försvinna"})

    assert (way.status_code, way["Location"]) == (302, conflicts)
    assert (kept.status_code, "Får inte försvinna</textarea>" in kept.content.decode()) == (403, True)
    for page_with_the_way in ("/scoring/", reverse("desk")):
        assert conflicts in client.get(page_with_the_way).content.decode()
    assert entry(story) not in client.get("/scoring/").content.decode()
    assert client.get(entry(story, code=BORAS)).status_code == 200
    assert client_of(story.juror1).get(entry(story, "juror1")).status_code == 200

    aside = story.assignments["juror3", ESKILSTUNA].pk
    client.post(conflicts, {"shown": [str(aside)]})

    assert client.get(entry(story)).status_code == 200
    assert Recusal.objects.filter(juror=story.seats["juror3"]).count() == 0
    written = JournalEntry.objects.get(verb="clear_conflict")
    assert written.data == {
        "juror": story.seats["juror3"].pk,
        "nomination": story.nominations[ESKILSTUNA].pk,
    }
    assert proposals(story, client_of) == set()


def test_later_tie_asks_again(story):
    tell(story)
    pair = {"juror": story.seats["juror3"], "nomination": story.nominations[ESKILSTUNA]}
    actions.clear_conflict(**pair, now=story.now, by=story.juror3)
    mine = story.assignments["juror3", ESKILSTUNA]
    assert Assignment.objects.open_to(story.juror3).filter(pk=mine.pk).exists()

    tell(story, kind="close", now=story.now + timedelta(minutes=1))

    assert not Assignment.objects.open_to(story.juror3).filter(pk=mine.pk).exists()


def test_entry_given_later_is_asked_about_and_what_was_not_shown_stays_shut(story, client_of):
    tell(story)
    story.assignments["juror3", ESKILSTUNA].delete()
    assert proposals(story, client_of) == set()
    given = Assignment.objects.create(
        round=story.round, juror=story.seats["juror3"], nomination=story.nominations[ESKILSTUNA]
    )

    client_of(story.juror3).post(reverse("conflict_page", args=[story.edition.key]), {"shown": ["0"]})

    assert proposals(story, client_of) == {given.pk}
    assert Clearance.objects.count() == 0


def test_old_tie_and_one_taken_back_shut_nothing(story):
    tell(story, until=story.now.date() - timedelta(days=6 * 365))
    actions.withdraw_tie(tie=tell(story), now=story.now, by=story.juror3)

    assert Assignment.objects.open_to(story.juror3).count() == 6


def test_chair_who_lets_a_juror_back_answers_for_the_tie(story):
    tell(story)
    pair = {"juror": story.seats["juror3"], "nomination": story.nominations[ESKILSTUNA]}
    recusal = actions.recuse(**pair, reason="employer", now=story.now, by=story.juror3)
    actions.lift_recusal(recusal=recusal, reason="Fel namn.", now=story.now, by=story.chair)

    assert Assignment.objects.open_to(story.juror3).count() == 6


def test_only_the_juror_answers_for_the_tie(story):
    pair = {"juror": story.seats["juror3"], "nomination": story.nominations[ESKILSTUNA]}
    with pytest.raises(PermissionDenied):
        actions.clear_conflict(**pair, now=story.now, by=story.chair)
