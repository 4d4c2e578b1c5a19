"""The juror's pages: the list, the score page, saving, marking as done, and the answers to bad input."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.states import EditionState
from criteria import actions
from criteria.models import Recusal, Round, Score, ScoreSheet
from criteria.states import RoundState, SheetState
from tests.story import BORAS, ESKILSTUNA, leaf_codes

JSON = {"HTTP_ACCEPT": "application/json"}


def page_of(story, seat, code, name="scoring_page") -> str:
    return reverse(name, args=[story.assignments[seat, code].pk])


def whole_sheet(**fields) -> dict[str, str]:
    """What a browser posts when every score is 4 and nothing else is written."""
    texts = {
        f"{what}-{code}": "" for what in ("strengths", "improvements", "evidence") for code in leaf_codes()
    }
    scores = {f"criterion-{code}": "4" for code in leaf_codes()}
    return {**scores, **texts, "private_note": "", "note_to_jury": "", "version": "0", **fields}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def text_without(response, url) -> str:
    """The page without its own address and the token that is new in each answer."""
    html = response.content.decode().replace(quote(url, safe=""), "").replace(url, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


# My list --------------------------------------------------------------------------------------------
def test_list_says_how_far_each_entry_has_come(story, client_of):
    rows = re.findall(
        r"<tbody>(.*?)</tbody>", client_of(story.juror3).get("/scoring/").content.decode(), re.DOTALL
    )
    lines = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<tr.*?</tr>", rows[0], re.DOTALL)
    ]

    assert [line.split()[:4] for line in lines] == [
        ["1", "Borås", "ej", "påbörjad"],
        ["2", "Eskilstuna", "påbörjad", "4"],
        ["3", "Helsingborg", "ej", "påbörjad"],
        ["4", "Karlstad", "ej", "påbörjad"],
        ["5", "Kävlinge", "ej", "påbörjad"],
        ["6", "Västerås", "ej", "påbörjad"],
    ]


def test_list_goes_on_at_the_first_criterion_without_a_score(story, client_of):
    page = client_of(story.juror3).get("/scoring/")

    assert f'href="{page_of(story, "juror3", ESKILSTUNA)}#criterion-B2"' in page.content.decode()


def test_list_greys_what_the_juror_stands_aside_from_without_a_link(story, client_of):
    page = client_of(story.juror2).get("/scoring/").content.decode()

    links = set(re.findall(r'href="(/scoring/\d+/)', page))
    assert links == {page_of(story, "juror2", code) for code in story.nominations if code != BORAS}
    assert re.findall(r'<tr class="is-away">.*?<th scope="row">(.*?)</th>', page, re.DOTALL) == ["Borås"]


@pytest.mark.parametrize("who", ["outsider", "contact", "organiser", "observer", "chair"])
def test_list_is_not_there_for_others(story, client_of, who):
    assert client_of(getattr(story, who)).get("/scoring/").status_code == 404


def test_list_shows_nothing_of_a_round_that_has_not_opened(story, client_of):
    Round.objects.update(state=RoundState.PLANNED)

    assert re.findall(r'href="/scoring/\d+/', client_of(story.juror1).get("/scoring/").content.decode()) == []


# The score page -------------------------------------------------------------------------------------
def test_page_shows_entry_and_criteria(story, client_of):
    page = client_of(story.juror3).get(page_of(story, "juror3", ESKILSTUNA))

    html = page.content.decode()
    shown = text_of(page)
    assert len(re.findall(r"<fieldset class=\"kv-criterion\"", html)) == 12
    assert len(re.findall(r'type="radio" name="criterion-A1"', html)) == 7
    assert re.findall(r'name="criterion-A1" value="(\d)"[^>]* checked', html) == ["5"]
    for words in (
        "Höja utbildningsnivån",
        "Stabil ekonomi",
        "2015: Eskilstuna gör evolution",
        "2015: Nominerad",
    ):
        assert words in shown
    assert "4 av 12 bedömda" in shown


@pytest.mark.parametrize(
    "who", ["outsider", "contact", "organiser", "observer", "chair", "juror1", "administrator"]
)
def test_page_of_somebody_else_is_not_there(story, client_of, who):
    client = client_of(getattr(story, who))

    pages = [page_of(story, "juror3", ESKILSTUNA, name) for name in ("scoring_page", "recusal_new")]
    posts = [
        page_of(story, "juror3", ESKILSTUNA, name) for name in ("sheet_finish", "sheet_reopen", "sheet_text")
    ]
    assert [client.get(url).status_code for url in pages] == [404, 404]
    assert [client.post(url, whole_sheet()).status_code for url in (*posts, pages[0])] == [404] * 4


def test_recused_entry_is_like_one_that_does_not_exist(story, client_of):
    client = client_of(story.juror2)

    own, other = page_of(story, "juror2", BORAS), "/scoring/999999/"
    aside, nothing = client.get(own), client.get(other)

    assert (aside.status_code, text_without(aside, own)) == (404, text_without(nothing, other))


def test_page_and_save_keep_to_their_queries(story, client_of):
    client = client_of(story.juror3)
    url = page_of(story, "juror3", ESKILSTUNA)
    with CaptureQueriesContext(connection) as page:
        client.get(url)
    with CaptureQueriesContext(connection) as first_page:
        client.get(page_of(story, "juror3", BORAS))
    with CaptureQueriesContext(connection) as save:
        assert client.post(url, whole_sheet(version="1"), **JSON).status_code == 200
    with CaptureQueriesContext(connection) as first_save:
        assert client.post(page_of(story, "juror3", BORAS), whole_sheet(), **JSON).status_code == 200
    with CaptureQueriesContext(connection) as my_list:
        client.get("/scoring/")

    assert [len(each) for each in (page, first_page, save, first_save, my_list)] == [12, 11, 10, 10, 8]


# Saving ---------------------------------------------------------------------------------------------
def test_save_without_a_script_comes_back_to_the_page(story, client_of):
    url = page_of(story, "juror3", BORAS)

    answer = client_of(story.juror3).post(url, whole_sheet(**{"strengths-A1": "Öppet\r\noch tydligt "}))

    sheet = ScoreSheet.objects.get(assignment=story.assignments["juror3", BORAS])
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert sheet.scores.get(criterion="A1").strengths == "Öppet\noch tydligt"
    assert {str(score.value) for score in sheet.scores.all()} == {"4.0000"}


def test_autosave_answers_with_the_sum_of_the_exact_rule(story, client_of):
    fields = {"criterion-A1": "4", "criterion-A2": "3", "criterion-A3": "5", "version": "0"}

    answer = client_of(story.juror3).post(page_of(story, "juror3", BORAS), fields, **JSON).json()

    assert (answer["version"], answer["gives"]["A"], len(answer["missing"])) == (1, "ger 3,90", 9)
    assert "<output>3,90</output>" in answer["sum"]
    assert re.search(r"3 av 12 bedömda; 72,5 av 100", answer["sum"])


def test_blanks_are_two_different_answers(story, client_of):
    fields = {"criterion-A1": "4", "criterion-A2": "not_applicable", "criterion-A3": "5", "version": "0"}
    answer = client_of(story.juror3).post(page_of(story, "juror3", BORAS), fields, **JSON).json()
    assert answer["gives"]["A"] == "ger 4,38"

    again = {"criterion-A2": "no_evidence", "version": "1"}
    answer = client_of(story.juror3).post(page_of(story, "juror3", BORAS), again, **JSON).json()
    assert answer["gives"]["A"] == "ger 3,20"


def test_field_that_was_not_posted_stays_and_an_empty_one_is_cleared(story, client_of):
    client, url = client_of(story.juror3), page_of(story, "juror3", BORAS)
    client.post(url, whole_sheet(**{"strengths-A1": "Bra"}))

    client.post(url, {"criterion-A1": "", "criterion-A2": "5", "version": "1"})

    latest = {
        score.criterion: score
        for score in Score.objects.filter(
            sheet__assignment=story.assignments["juror3", BORAS], is_latest=True
        )
    }
    assert (latest["A1"].value, latest["A1"].strengths, latest["A2"].value, latest["A3"].value) == (
        None,
        "Bra",
        5,
        4,
    )


def test_stale_save_shows_both_texts_and_lets_one_choose(story, client_of):
    client, url = client_of(story.juror3), page_of(story, "juror3", BORAS)
    client.post(url, whole_sheet(**{"strengths-A1": "Det första"}))

    stale = client.post(url, whole_sheet(**{"strengths-A1": "Det andra", "criterion-B1": "2"}))

    html = stale.content.decode()
    assert stale.status_code == 409
    assert re.findall(r'type="radio" name="([^"]+)" value="([^"]*)"', html) == [
        ("strengths-A1", "Det andra"),
        ("strengths-A1", "Det första"),
        ("criterion-B1", "2"),
        ("criterion-B1", "4"),
    ]
    chosen = {
        "version": re.search(r'name="version" value="(\d+)"', html)[1],
        "strengths-A1": "Det andra",
        "criterion-B1": "4",
    }
    assert client.post(url, chosen).status_code == 302
    latest = Score.objects.filter(sheet__assignment=story.assignments["juror3", BORAS], is_latest=True)
    assert (latest.get(criterion="A1").strengths, latest.get(criterion="B1").value) == ("Det andra", 4)


def test_post_without_a_token_appends_and_loses_nothing(story, client_of):
    client, url = client_of(story.juror3), page_of(story, "juror3", BORAS)
    client.post(url, whole_sheet())

    assert client.post(url, {"criterion-B1": "2"}).status_code == 302

    rows = Score.objects.filter(sheet__assignment=story.assignments["juror3", BORAS], criterion="B1")
    assert list(rows.order_by("version").values_list("version", "value", "is_latest")) == [
        (1, 4, False),
        (2, 2, True),
    ]


def test_stale_autosave_is_told_and_writes_nothing(story, client_of):
    client, url = client_of(story.juror3), page_of(story, "juror3", BORAS)
    client.post(url, whole_sheet())

    stale = client.post(url, whole_sheet(**{"criterion-B1": "2"}), **JSON)

    assert (stale.status_code, list(stale.json())) == (409, ["conflict"])
    assert not Score.objects.filter(version=2).exists()


# Closed, paused, done -------------------------------------------------------------------------------
@pytest.mark.parametrize("closing", ["state", "clock", "edition"])
def test_refused_save_keeps_what_was_typed(story, client_of, closing):
    if closing == "state":
        Round.objects.update(state=RoundState.CLOSED)
    elif closing == "clock":
        Round.objects.update(closes_at=story.now)
    else:
        story.edition.state = EditionState.PAUSED
        story.edition.save()
    client, url = client_of(story.juror3), page_of(story, "juror3", BORAS)
    typed = whole_sheet(**{"strengths-A1": "Får inte försvinna", "private_note": "Inte den heller"})

    refused = client.post(url, typed)
    kept = client.post(page_of(story, "juror3", BORAS, "sheet_text"), typed)

    html = refused.content.decode()
    assert refused.status_code == 403
    assert re.search(r'name="strengths-A1"[^>]*>\s*Får inte försvinna</textarea>', html)
    assert re.search(r'name="private_note"[^>]*>\s*Inte den heller</textarea>', html)
    assert re.search(r'name="criterion-A1" value="4"[^>]* checked', html)
    assert re.search(r"(stängd|stängde|pausad)[^<]*(sparas|bedömas)", html)
    assert kept["Content-Disposition"] == f'attachment; filename="{BORAS}.txt"'
    assert kept.content.decode().splitlines()[:5] == [
        "Borås",
        "",
        "A1 Demokrati 1",
        "Poäng: 4",
        "Styrkor: Får inte försvinna",
    ]
    assert not ScoreSheet.objects.filter(assignment=story.assignments["juror3", BORAS]).exists()


def test_refused_autosave_says_why(story, client_of):
    Round.objects.update(closes_at=story.now - timedelta(seconds=1))

    refused = client_of(story.juror3).post(page_of(story, "juror3", BORAS), whole_sheet(), **JSON)

    assert (refused.status_code, refused.json()["refusal"].startswith("Bedömningen stängde")) == (403, True)


def test_page_after_closing_is_to_be_read_only(story, client_of):
    Round.objects.update(state=RoundState.CLOSED)

    page = client_of(story.juror1).get(page_of(story, "juror1", ESKILSTUNA)).content.decode()

    assert '<fieldset class="kv-sheet" disabled>' in page
    assert "data-autosave" not in page
    assert re.findall(r"<button[^>]*>(Spara|Klar med Eskilstuna|Öppna den igen)<", page) == []


def test_done_saves_first_and_then_finishes(story, client_of):
    client = client_of(story.juror3)

    answer = client.post(page_of(story, "juror3", BORAS, "sheet_finish"), whole_sheet(), follow=True)

    sheet = ScoreSheet.objects.get(assignment=story.assignments["juror3", BORAS])
    assert (sheet.state, sheet.scores.count()) == (SheetState.DONE, 12)
    assert "Borås är markerad som klar" in text_of(answer)


def test_done_with_something_missing_saves_and_says_what(story, client_of):
    client = client_of(story.juror3)

    answer = client.post(
        page_of(story, "juror3", BORAS, "sheet_finish"), whole_sheet(**{"criterion-C2": ""}), follow=True
    )

    sheet = ScoreSheet.objects.get(assignment=story.assignments["juror3", BORAS])
    assert (answer.status_code, sheet.state, sheet.version) == (403, SheetState.DRAFT, 1)
    assert "Arbetsmiljö 2 saknas." in text_of(answer)


def test_done_sheet_opens_again_until_the_round_closes(story, client_of):
    client, pair = client_of(story.juror1), ("juror1", ESKILSTUNA)
    refused = client.post(page_of(story, *pair), whole_sheet(version="1"))
    assert (refused.status_code, "Du har markerat den här ansökan som klar" in text_of(refused)) == (
        403,
        True,
    )

    assert client.post(page_of(story, *pair, "sheet_reopen")).status_code == 302

    assert client.post(page_of(story, *pair), whole_sheet(version="1")).status_code == 302
    Round.objects.update(state=RoundState.CLOSED)
    assert client.post(page_of(story, *pair, "sheet_reopen")).status_code == 403


# Signed out, or something to do first ---------------------------------------------------------------
def test_signed_out_post_gets_its_text_back_and_tells_nothing_of_the_entry(story):
    anonymous, url = Client(), page_of(story, "juror3", BORAS)
    typed = whole_sheet(
        **{"strengths-A1": "Skrivet <innan> sessionen\r\ntog slut", "criterion-A2": "no_evidence"}
    )

    for address in (url, page_of(story, "juror3", BORAS, "sheet_finish")):
        answer = anonymous.post(address, typed)
        html = answer.content.decode()
        assert (answer.status_code, "Borås" in html, "Demokrati" in html) == (401, False, False)
        assert "Skrivet &lt;innan&gt; sessionen\ntog slut</textarea>" in html
        assert re.findall(r'class="btn btn-primary" href="([^"]+)"', html) == [f"/accounts/login/?next={url}"]
        assert f'data-unkept="score-{story.assignments["juror3", BORAS].pk}"' in html
    file = anonymous.post(page_of(story, "juror3", BORAS, "sheet_text"), typed).content.decode()
    assert file.splitlines()[2:4] == ["A2 Poäng: Inget underlag", ""]
    assert anonymous.get(url)["Location"] == f"/accounts/login/?next={url}"


def test_signed_out_autosave_is_told_so(story):
    answer = Client().post(page_of(story, "juror3", BORAS), whole_sheet(), **JSON)

    assert (answer.status_code, answer.json()) == (401, {"out": True})


def test_new_undertaking_meanwhile_gives_the_text_back_and_shows_nothing_of_the_entry(story, client_of):
    actions.issue_undertaking(edition=story.edition, text_sv="Ny text.", now=story.now, by=story.organiser)
    client, url = client_of(story.juror3), page_of(story, "juror3", ESKILSTUNA)
    typed = whole_sheet(**{"strengths-A1": "Får inte försvinna"})

    for address in (url, page_of(story, "juror3", ESKILSTUNA, "sheet_finish")):
        answer = client.post(address, typed)
        html = answer.content.decode()
        assert (answer.status_code, "Eskilstuna" in html) == (403, False)
        assert "Får inte försvinna</textarea>" in html
        assert reverse("undertaking_page", args=[story.edition.key]) in html
    refused = client.post(url, typed, **JSON)
    assert (refused.status_code, refused.json()) == (403, {"refusal": "Godkänn först juryns åtagande."})
    assert ScoreSheet.objects.get(assignment=story.assignments["juror3", ESKILSTUNA]).version == 1


# Bad input ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("criterion-A1", "6", "6 ligger utanför skalan. Skriv ett tal från 1 till 5 i steg om 1."),
        (
            "criterion-A1",
            "4.5",
            "4,5 ligger mellan två steg på skalan. Skriv ett tal från 1 till 5 i steg om 1.",
        ),
        ("criterion-A1", "bra", "”bra” är inte en poäng. Skriv ett tal från 1 till 5 i steg om 1."),
        ("strengths-A1", "x" * 10_001, "Texten är 10001 tecken lång; högst 10000 kan sparas."),
        ("note_to_jury", "a\x00b", "Texten innehåller ett tecken som inte kan sparas. Skriv den på nytt."),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(story, client_of, name, value, sentence):
    typed = whole_sheet(**{"strengths-B1": "Står kvar", name: value})

    answer = client_of(story.juror3).post(page_of(story, "juror3", BORAS), typed)
    script = client_of(story.juror3).post(page_of(story, "juror3", BORAS), typed, **JSON)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(rf'id="{name}_error">.*?{re.escape(sentence)}', html, re.DOTALL)
    assert re.search(r'name="strengths-B1"[^>]*>\s*Står kvar</textarea>', html)
    assert (script.status_code, script.json()) == (422, {"problems": {name: sentence}})
    assert not ScoreSheet.objects.filter(assignment=story.assignments["juror3", BORAS]).exists()


def test_number_and_word_at_once_is_told(story, client_of):
    typed = {"criterion-A1": ["4", "no_evidence"], "version": "0"}

    answer = client_of(story.juror3).post(page_of(story, "juror3", BORAS), typed, **JSON)

    assert answer.json() == {
        "problems": {"criterion-A1": "Ange antingen ett tal eller ett av de två orden, inte båda."}
    }


def test_unknown_fields_and_versions_are_no_harm(story, client_of):
    typed = {"criterion-Z9": "4", "strengths-total": "x", "version": "-1", "state": "done"}

    assert client_of(story.juror3).post(page_of(story, "juror3", BORAS), typed).status_code == 302
    assert not ScoreSheet.objects.filter(assignment=story.assignments["juror3", BORAS]).exists()


# Standing aside -------------------------------------------------------------------------------------
def test_juror_stands_aside_with_a_reason(story, client_of):
    client, url = client_of(story.juror3), page_of(story, "juror3", ESKILSTUNA, "recusal_new")
    unsure = client.post(url, {"note": "Min fars kommun"})
    assert ("Välj ett skäl." in text_of(unsure), "Min fars kommun" in unsure.content.decode()) == (True, True)

    told = client.post(url, {"reason": "close", "note": "Min fars kommun"}, follow=True)

    recusal = Recusal.objects.get(juror=story.seats["juror3"])
    assert (recusal.reason, recusal.note, recusal.nomination) == (
        "close",
        "Min fars kommun",
        story.nominations[ESKILSTUNA],
    )
    assert "Du har nu anmält jäv för Eskilstuna" in text_of(told)
    assert client.get(page_of(story, "juror3", ESKILSTUNA)).status_code == 404


# Progress -------------------------------------------------------------------------------------------
def test_progress_is_a_matrix_without_scores(story, client_of):
    page = client_of(story.chair).get(reverse("progress_page", args=[story.edition.key]))

    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', page.content.decode(), re.DOTALL)
    words = [re.findall(r'class="visually-hidden">(.*?)<', row) for row in rows]
    assert words == [
        ["klar"] * 6,
        ["jäv", *["klar"] * 5],
        ["ej påbörjad", "påbörjad", *["ej påbörjad"] * 4],
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("organiser", 200),
        ("deputy", 200),
        ("observer", 403),
        ("juror1", 403),
        ("contact", 403),
        ("outsider", 404),
        ("other_organiser", 404),
    ],
)
def test_progress_is_for_those_who_lead(story, client_of, who, status):
    page = client_of(getattr(story, who)).get(reverse("progress_page", args=[story.edition.key]))

    assert page.status_code == status


def test_chair_closes_and_reveals(story, client_of):
    client = client_of(story.chair)
    for verb, state in (("round_close", RoundState.CLOSED), ("round_reveal", RoundState.REVEALED)):
        assert client.post(reverse(verb, args=[story.edition.key, 1])).status_code == 302
        assert Round.objects.get().state == state
    assert client.post(reverse("round_open", args=[story.edition.key, 1])).status_code == 403
