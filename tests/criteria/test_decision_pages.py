"""Pages of meeting and decision: what each person gets, how many queries, stale and double posts."""

import io
import json
import re

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Role
from criteria import actions
from criteria.models import ChairsOrder, Consensus, Decision, Recusal, Round, Score, ScoreSheet, ScoringModel
from tests.criteria.meeting import (
    BORAS,
    ESKILSTUNA,
    HELSINGBORG,
    JURY,
    KARLSTAD,
    KAVLINGE,
    VASTERAS,
    agree,
    closed_round,
    confirmed,
    drafted,
    opened,
    second_round,
    stand_aside,
    wishes,
)

pytestmark = pytest.mark.django_db
HERE = "/editions/rehearsal-2027/"
CONSENSUS, DECISION = HERE + "consensus/", HERE + "decision/"


def text(response) -> str:
    """The main part of a page as one line of words."""
    page = response.content.decode()
    words = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    return " ".join(words.split())


def queries(client, path: str) -> int:
    """How many queries the page asks once the standings are warm."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("entries", [1, 3])
def test_pages_ask_the_same_few_queries_however_many_entries(story, client_of, entries):
    rows = dict(list(JURY.items())[:entries])
    meeting = opened(story, rows)
    Round.objects.get(pk=story.round.pk).assignments.exclude(nomination__municipality__code__in=rows).delete()
    agree(story, meeting, KAVLINGE, wishes(4, codes=["A1"]))
    client = client_of(story.chair)
    asked = {name: queries(client, HERE + name) for name in ("consensus/", f"consensus/{KAVLINGE}/")}
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    asked["decision/"] = queries(client, DECISION)
    drafted(story)
    asked["draft"] = queries(client, DECISION)

    assert asked == {"consensus/": 10, f"consensus/{KAVLINGE}/": 11, "decision/": 10, "draft": 10}


def test_agenda_puts_what_the_jurors_differ_on_first_and_says_why(story, client_of):
    opened(story)
    page = client_of(story.chair).get(CONSENSUS).content.decode()
    names = re.findall(r'kv-agenda-name"><a href="[^"]+">([^<]+)<', page)

    assert names[0] == "Karlstad"
    assert "Ledamöterna går från 0,0 till 100,0 av 100." in page


def test_names_are_shown_only_when_asked_for(story, client_of):
    opened(story)
    client = client_of(story.chair)
    plain = text(client.get(f"{CONSENSUS}{ESKILSTUNA}/"))
    named = text(client.get(f"{CONSENSUS}{ESKILSTUNA}/?names=1"))

    assert ("Ledamot A" in plain, "Ledamot A" in named) == (False, True)


@pytest.mark.parametrize(("query", "said"), [("", "En ledamot gav"), ("?names=1", "Ledamot C gav")])
def test_agenda_names_who_gave_what_only_when_asked(story, client_of, query, said):
    rows = {
        KAVLINGE: (5, 5, 5, 5), HELSINGBORG: (4, 4, 4, 4), ESKILSTUNA: (4, 4, 4, 4),
        VASTERAS: (3, 3, 3, 3), KARLSTAD: (2, 2, 5, 2), BORAS: (2, 2, 2, 2),
    }  # fmt: skip
    opened(story, rows)
    page = text(client_of(story.chair).get(CONSENSUS + query))

    assert re.findall(r"\w+ \w+ gav", page) == [said]


def test_values_are_saved_with_a_decimal_comma_and_words(story, client_of):
    opened(story)
    post = {
        "token": "0", "value-A1": "4", "reason-A1": "Enigt.", "value-A2": "inget underlag",
        "reason-A2": "Bilaga saknas.", "value-A3": "", "reason-A3": "",
    }  # fmt: skip
    client_of(story.chair).post(f"{CONSENSUS}{ESKILSTUNA}/", post)

    rows = Consensus.objects.order_by("criterion").values_list("criterion", "value", "blank", "reason")
    assert list(rows) == [("A1", 4, "", "Enigt."), ("A2", None, "no_evidence", "Bilaga saknas.")]


def test_double_post_saves_once(story, client_of):
    opened(story)
    client, post = client_of(story.chair), {"token": "0", "value-A1": "4", "reason-A1": "Enigt."}
    codes = [client.post(f"{CONSENSUS}{ESKILSTUNA}/", post).status_code for _time in range(2)]

    assert (codes, Consensus.objects.count()) == ([302, 302], 1)


def test_wrong_value_keeps_what_was_typed(story, client_of):
    opened(story)
    post = {"token": "0", "value-A1": "9", "reason-A1": "Enigt.", "value-A2": "4", "reason-A2": ""}
    page = client_of(story.chair).post(f"{CONSENSUS}{ESKILSTUNA}/", post).content.decode()

    assert (Consensus.objects.count(), 'value="9"' in page, "9 ligger utanför skalan." in page) == (
        0,
        True,
        True,
    )
    assert "Skriv med några ord varför ni enades om det här värdet." in page


def test_stale_post_shows_both_and_then_lets_mine_stand(story, client_of):
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(5, "Den andras skäl.", ["A1"]))
    client, post = client_of(story.chair), {"token": "0", "value-A1": "2", "reason-A1": "Mitt skäl."}
    page = client.post(f"{CONSENSUS}{ESKILSTUNA}/", post).content.decode()
    token = re.search(r'name="token" value="(\d+)"', page).group(1)
    client.post(f"{CONSENSUS}{ESKILSTUNA}/", post | {"token": token})

    assert ("Den andras skäl." in page, "Mitt skäl." in page, token) == (True, True, "1")
    assert Consensus.objects.get(is_latest=True).reason == "Mitt skäl."


def test_recused_jurors_screen_says_only_that_they_have_left(story, client_of):
    meeting = opened(story)
    stand_aside(story, story.seats["juror2"], BORAS)
    agree(story, meeting, BORAS, wishes(4, "Hemligt skäl.", ["A1"]))
    Round.objects.filter(pk=story.round.pk).update(state="revealed")
    aside, control = client_of(story.juror2), client_of(story.juror1)
    page = text(aside.get(f"{CONSENSUS}{BORAS}/"))
    others = aside.get(CONSENSUS).content.decode() + aside.get(CONSENSUS + "minutes/").content.decode()

    assert ("Du har lämnat rummet" in page, "Borås" in page, "Hemligt" in page) == (True, False, False)
    assert ("Borås" in others, "Hemligt" in others) == (False, False)
    assert "Hemligt skäl." in text(control.get(f"{CONSENSUS}{BORAS}/"))


def test_recused_chair_sees_nothing_of_the_entry_and_the_deputy_has_the_pen(story, client_of):
    opened(story)
    stand_aside(story, story.seats["chair"], BORAS)
    chair, deputy = client_of(story.chair), client_of(story.deputy)
    seen = "".join(
        chair.get(HERE + path).content.decode()
        for path in ("consensus/", f"consensus/{BORAS}/", "consensus/minutes/", "standings/", "decision/")
    )
    post = {"token": "0", "value-A1": "4", "reason-A1": "Enigt.", "left": str(story.seats["chair"].pk)}

    assert "Borås" not in seen
    assert chair.post(f"{CONSENSUS}{BORAS}/", post).status_code == 200
    assert Consensus.objects.count() == 0
    assert deputy.post(f"{CONSENSUS}{BORAS}/", post).status_code == 302
    assert Consensus.objects.get().by == story.deputy


def test_two_worlds_that_differ_in_a_hidden_entry_look_the_same_to_who_stands_aside(story, client_of):
    meeting = opened(story)
    stand_aside(story, story.seats["chair"], BORAS)
    chair, deputy = client_of(story.chair), client_of(story.deputy)
    paths = (CONSENSUS, CONSENSUS + "minutes/", DECISION, HERE + "standings/")

    def seen(client):
        with time_machine.travel(story.now, tick=False):  # the pages say what time it is
            return [re.sub(r"csrf\S+ value=\S+", "", text(client.get(path))) for path in paths]

    before, control = seen(chair), seen(deputy)
    agree(story, meeting, BORAS, wishes(5), by=story.deputy)

    assert seen(chair) == before
    assert seen(deputy) != control


def test_chair_stands_aside_on_the_meetings_own_page(story, client_of):
    opened(story)
    client = client_of(story.chair)
    client.post(f"{CONSENSUS}{BORAS}/aside/", {"reason": "home", "note": ""})

    assert Recusal.objects.get().juror == story.seats["chair"]
    assert "Du har lämnat rummet" in text(client.get(f"{CONSENSUS}{BORAS}/"))


def test_chair_parts_equals_on_the_agenda(story, client_of):
    definition = story.scoring_model.definition | {"tie_break": ["chair", "shared"]}
    ScoringModel.objects.filter(pk=story.scoring_model.pk).update(definition=definition, version=11)
    opened(story, JURY | {HELSINGBORG: (4, 3, 3, 4)})
    client = client_of(story.chair)
    first, second = (story.nominations[code].pk for code in (ESKILSTUNA, HELSINGBORG))
    before = text(client.get(CONSENSUS))
    post = {f"place-{first}": "1", f"place-{second}": "2", "reason": "Bredare resultat."}
    client.post(CONSENSUS + "order/", post)
    twice = client.post(CONSENSUS + "order/", post)

    assert "Lika: ordföranden avgör" in before
    assert "Lika: ordföranden avgör" not in text(client.get(CONSENSUS))
    assert (ChairsOrder.objects.count(), twice.status_code) == (1, 200)
    assert "avgjort av ordföranden" in text(client.get(HERE + "standings/"))
    assert "Bredare resultat." in text(client.get(HERE + "standings/"))


def test_minutes_say_who_was_there_and_what_was_agreed(story, client_of):
    meeting = opened(story)
    there = {story.seats[name].pk for name in ("chair", "juror1")}
    actions.note_attendance(meeting=meeting, present=there, note="Rådhuset.", by=story.chair)
    agree(story, meeting, KARLSTAD, wishes(3, "Vi vägde in åren.", ["A1"]))
    page = text(client_of(story.organiser).get(CONSENSUS + "minutes/"))

    assert "Närvarande Ordförande, Ledamot A" in page
    assert "Rådhuset." in page
    assert "Demokrati 1 3 Vi vägde in åren." in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_minutes_on_paper_are_tagged_and_in_the_readers_language(story, client_of, language):
    meeting = opened(story)
    agree(story, meeting, KARLSTAD, wishes(3, "Vi vägde in åren på nytt.", ["A1"]))
    client = client_of(story.chair)
    client.post("/language/", {"language": language})
    answer = client.get(CONSENSUS + "minutes.pdf")

    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert bool(paper.Root.MarkInfo.Marked)
        assert str(paper.Root.Lang) == language
        title = str(paper.docinfo["/Title"])
    assert (
        title
        == {
            "sv": "Protokoll från samsynsmötet, Repetition 2027",
            "en": "Minutes of the consensus meeting, Rehearsal 2027",
        }[language]
    )
    assert answer.content == client.get(CONSENSUS + "minutes.pdf").content


def test_draft_is_saved_proposed_and_confirmed_by_another(story, client_of):
    closed_round(story)
    chair, deputy = client_of(story.chair), client_of(story.deputy)
    chair.post(DECISION + "begin/")
    post = draft_post(story, "1")
    late = chair.post(DECISION + "save/", post | {"then": "propose", "1261-motivation_sv": ""})
    waits = text(chair.get(late["Location"]))
    chair.post(DECISION + "save/", post | {"version": "2", "then": "propose"})
    own = chair.post(DECISION + "confirm/")
    deputy.post(DECISION + "confirm/")
    decision = Decision.objects.get()

    assert "inte föreslaget: Skriv juryns motivering för Kävlinge." in waits
    assert (own.status_code, decision.state, len(decision.sha256)) == (403, "confirmed", 64)


def test_two_winners_are_said_and_nothing_typed_is_lost(story, client_of):
    closed_round(story)
    drafted(story)
    two = {"1490-outcome": "winner", "1490-motivation_sv": "Resan hit."}
    page = client_of(story.chair).post(DECISION + "save/", draft_post(story, "1") | two)

    assert (page.status_code, "Resan hit." in text(page)) == (200, True)
    assert text(page).count("Bara en nominering kan vinna ensam.") == 4  # for both, twice
    assert Decision.objects.get().rows.filter(outcome="winner").count() == 1


def draft_post(story, version: str) -> dict:
    """Kävlinge wins, the others are placed."""
    post = {"version": version, "no_award_reason": ""}
    for place, code in enumerate(JURY, start=1):
        outcome = "winner" if code == KAVLINGE else "ranked"
        said = {"outcome": outcome, "place": str(place), "motivation_sv": "Ja.", "motivation_en": ""}
        post |= {f"{code}-{name}": value for name, value in said.items()}
    return post


def test_stale_draft_shows_both(story, client_of):
    closed_round(story)
    drafted(story)
    client = client_of(story.chair)
    client.post(DECISION + "save/", draft_post(story, "1") | {"1261-motivation_sv": "Först sparat."})
    page = client.post(DECISION + "save/", draft_post(story, "1") | {"1261-motivation_sv": "Sent skrivet."})
    said = page.content.decode()

    assert ("Först sparat." in said, "Sent skrivet." in said) == (True, True)
    assert re.search(r'name="version" value="(\d+)"', said).group(1) == "2"
    assert Decision.objects.get().rows.get(outcome="winner").motivation_sv == "Först sparat."


def test_record_is_fetched_as_the_very_bytes_of_its_sum(story, client_of):
    closed_round(story)
    decision = confirmed(story)
    response = client_of(story.organiser).get(DECISION + "1.json")

    assert json.loads(response.content)["edition"] == "rehearsal-2027"
    assert response["Cache-Control"] == "no-store, private"
    assert decision.sha256 in text(client_of(story.chair).get(DECISION))


def test_who_stands_aside_does_not_get_the_record(story, client_of):
    closed_round(story)
    confirmed(story)
    stand_aside(story, story.seats["chair"], BORAS)

    assert client_of(story.chair).get(DECISION + "1.json").status_code == 403
    assert client_of(story.deputy).get(DECISION + "1.json").status_code == 200


def test_who_stands_aside_cannot_work_out_from_the_others_who_won(story, client_of):
    closed_round(story)
    decision = confirmed(story)
    stand_aside(story, story.seats["chair"], KAVLINGE)
    chair, deputy = client_of(story.chair), client_of(story.deputy)
    before, control = text(chair.get(DECISION)), text(deputy.get(DECISION))
    actions.announce_decision(decision=decision, now=story.now, by=story.organiser)
    after = text(chair.get(DECISION))

    said = [
        [word in page for word in ("Vinnare", "Helsingborg", "Plats")] for page in (control, before, after)
    ]
    assert said == [[True, True, True], [False, False, False], [False, True, True]]
    assert "ser vad som är beslutat först när det har publicerats" in before


def test_who_stands_aside_reads_neither_the_draft_nor_why_a_decision_is_replaced(story, client_of):
    closed_round(story)
    decision, reason = confirmed(story), "Kävlinge skulle inte ha vunnit."
    actions.correct_decision(decision=decision, reason=reason, now=story.now, by=story.chair)
    pages = [text(client_of(story.chair).get(DECISION))]
    stand_aside(story, story.seats["chair"], KAVLINGE)
    pages.append(text(client_of(story.chair).get(DECISION)))

    assert [[word in page for word in (reason, "Helsingborg")] for page in pages] == [[True] * 2, [False] * 2]


def test_a_draft_keeps_its_round_when_a_later_one_has_closed(story, client_of):
    closed_round(story)
    drafted(story)
    second_round(story, "closed")
    chair = client_of(story.chair)
    page = text(chair.get(DECISION + "?round=2"))
    chair.post(DECISION + "save/", draft_post(story, "1") | {"then": "propose"})
    client_of(story.organiser).post(DECISION + "confirm/")
    decision = Decision.objects.get()

    assert ("Kävlinge" in page, decision.state, decision.round_id) == (True, "confirmed", story.round.pk)
    assert decision.record["standings"][0]["entry"] == KAVLINGE


def test_a_correction_rests_on_the_round_whose_page_it_is_begun_on(story, client_of):
    closed_round(story)
    confirmed(story)
    second_round(story, "open")
    chair = client_of(story.chair)
    page = chair.get(DECISION + "?round=1").content.decode()
    address = re.search(r'action="([^"]+/correct/[^"]*)"', page).group(1)
    chair.post(address, {"reason": "Fel plats för Borås."})

    assert address == DECISION + "correct/?round=1"
    assert Decision.objects.get(number=2).round_id == story.round.pk


ROUND_PAGES = (
    "standings/", "standings.csv", "statistics/", "what-if/", "consensus/", f"consensus/{BORAS}/",
    "consensus/minutes/", "decision/", "decision/1.json",
)  # fmt: skip


def test_an_earlier_round_stays_within_reach_when_a_later_one_opens(story, client_of):
    meeting = opened(story)
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    confirmed(story)
    second_round(story, "open")
    chair = client_of(story.chair)
    codes = {
        path: [chair.get(f"{HERE}{path}{query}").status_code for query in ("", "?round=1", "?round=3")]
        for path in ROUND_PAGES
    }
    progress = chair.get(HERE + "progress/").content.decode()

    assert codes == {path: [403, 200, 404] for path in ROUND_PAGES}
    assert re.findall(r'<a href="(\?round=\d)"([^>]*)>', progress) == [
        ("?round=1", ""), ("?round=2", ' aria-current="page"'),
    ]  # fmt: skip


def test_what_is_done_on_an_earlier_rounds_page_stays_there(story, client_of):
    opened(story)
    second_round(story, "open")
    chair = client_of(story.chair)
    page = chair.get(CONSENSUS + "?round=1").content.decode()
    shut = chair.post(CONSENSUS + "close/?round=1")
    again = chair.post(CONSENSUS + "reopen/?round=1")
    post = {"token": "0", "value-A1": "4", "reason-A1": "Enigt."}
    saved = chair.post(f"{CONSENSUS}{ESKILSTUNA}/?round=1", post)

    assert set(re.findall(r'"([^"]+/consensus/[^"?][^"]*)"', page)) == {
        f"{CONSENSUS}{path}?round=1"
        for path in ("minutes/", "attendance/", "close/", *(f"{code}/" for code in JURY))
    }
    assert [each["Location"] for each in (shut, again)] == [CONSENSUS + "?round=1"] * 2
    assert (saved["Location"], Consensus.objects.count()) == (f"{CONSENSUS}{ESKILSTUNA}/?round=1", 1)


def test_with_one_round_nothing_is_said_of_rounds(story, client_of):
    opened(story)
    chair = client_of(story.chair)

    assert [path for path in ROUND_PAGES[:5] if b"round=" in chair.get(HERE + path).content] == []


def test_a_meeting_is_not_offered_to_be_taken_up_again_while_a_decision_lies_proposed(story, client_of):
    actions.close_meeting(meeting=opened(story), now=story.now, by=story.chair)
    chair = client_of(story.chair)
    before = text(chair.get(CONSENSUS))
    actions.propose_decision(decision=drafted(story), now=story.now, by=story.chair)
    after = text(chair.get(CONSENSUS))

    reason = "Ett beslut är föreslaget. Skicka tillbaka det först."
    assert (reason in before, reason in after) == (False, True)


def test_minutes_keep_who_was_there_when_a_seat_ends_later(story, client_of):
    meeting = opened(story)
    there = {story.seats[name].pk for name in ("chair", "juror1")}
    actions.note_attendance(meeting=meeting, present=there, note="", by=story.chair)
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    Role.objects.filter(pk__in=[story.seats[name].pk for name in ("juror1", "juror2")]).update(
        ended_at=story.now
    )
    page = text(client_of(story.organiser).get(CONSENSUS + "minutes/"))

    assert "Närvarande Ordförande, Ledamot A" in page
    assert "Frånvarande Vice ordförande, Ledamot B, Ledamot C" in page


def test_correction_is_begun_on_the_page_and_asks_for_a_reason(story, client_of):
    closed_round(story)
    confirmed(story)
    client = client_of(story.chair)
    empty = client.post(DECISION + "correct/", {"reason": ""})
    client.post(DECISION + "correct/", {"reason": "Fel plats för Borås."})
    page = text(client.get(DECISION))

    assert (empty.status_code, Decision.objects.count()) == (200, 2)
    assert "Ersätter beslut 1: Fel plats för Borås." in page


def test_notes_to_the_jury_and_reasons_are_read_in_the_room_and_private_notes_never(story, client_of):
    opened(story)
    sheets = ScoreSheet.objects.filter(assignment__nomination=story.nominations[BORAS])
    sheets.update(note_to_jury="Fråga om bilaga 2.", private_note="Min egen lapp.")
    Score.objects.filter(sheet__in=sheets, criterion="A1").update(strengths="Tydliga mål.")
    stand_aside(story, story.seats["juror2"], BORAS)
    seen = {name: _entry(client_of(story.people[name])) for name in ("chair", "juror1")}
    Round.objects.filter(pk=story.round.pk).update(state="revealed")
    seen |= {f"{name} revealed": _entry(client_of(story.people[name])) for name in ("juror1", "juror2")}
    named = text(client_of(story.chair).get(f"{CONSENSUS}{BORAS}/?names=1"))

    said = {
        who: [word in page for word in ("bilaga 2", "Tydliga mål", "egen lapp")] for who, page in seen.items()
    }
    assert said == {
        "chair": [True, True, False],
        "juror1": [False, False, False],
        "juror1 revealed": [True, True, False],
        "juror2 revealed": [False, False, False],
    }
    assert ("Ledamot A" in seen["chair"], "Ledamot A Fråga om bilaga 2." in named) == (False, True)


def _entry(client) -> str:
    return client.get(f"{CONSENSUS}{BORAS}/").content.decode()
