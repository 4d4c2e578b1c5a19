"""The grid, the own picture, and the scoring models' pages."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from criteria import actions
from criteria.models import Recusal, Round, Score, ScoreSheet, ScoringModel
from criteria.states import ModelState, RoundState
from tests.story import BORAS, ESKILSTUNA, four_areas


def grid_of(story) -> str:
    return reverse("scoring_grid", args=[story.edition.key])


def cell(story, code, criterion, seat="juror3") -> str:
    return f"criterion-{story.assignments[seat, code].pk}-{criterion}"


def version(story, code, seat="juror3") -> str:
    return f"version-{story.assignments[seat, code].pk}"


def latest(story, code, seat="juror3") -> dict[str, int]:
    rows = Score.objects.filter(sheet__assignment=story.assignments[seat, code], is_latest=True)
    return {score.criterion: score.value for score in rows}


# The grid -------------------------------------------------------------------------------------------
def test_grid_shows_four_entries_a_page(story, client_of):
    html = client_of(story.juror3).get(grid_of(story)).content.decode()
    more = client_of(story.juror3).get(f"{grid_of(story)}?page=2").content.decode()

    assert re.findall(r'kv-plain" href="[^"]+">(.*?)</a>', html) == [
        "Borås",
        "Eskilstuna",
        "Helsingborg",
        "Karlstad",
    ]
    assert re.findall(r'kv-plain" href="[^"]+">(.*?)</a>', more) == ["Kävlinge", "Västerås"]
    assert len(re.findall("<select", html)) == 48


def test_grid_saves_scores_and_leaves_texts(story, client_of):
    typed = {
        cell(story, ESKILSTUNA, "A1"): "1",
        version(story, ESKILSTUNA): "1",
        cell(story, BORAS, "A1"): "3",
        cell(story, BORAS, "A2"): "",
        version(story, BORAS): "0",
    }

    answer = client_of(story.juror3).post(grid_of(story), typed)

    assert answer.status_code == 302
    assert (latest(story, BORAS), latest(story, ESKILSTUNA)["A1"]) == ({"A1": 3}, 1)
    kept = Score.objects.get(sheet=story.sheets["juror3", ESKILSTUNA], criterion="A1", is_latest=True)
    assert kept.strengths == f"Styrka enligt juror3 {ESKILSTUNA} A1"


def test_grid_with_one_bad_cell_saves_nothing(story, client_of):
    typed = {cell(story, BORAS, "A1"): "3", cell(story, BORAS, "A2"): "9", version(story, BORAS): "0"}

    html = client_of(story.juror3).post(grid_of(story), typed).content.decode()

    assert "9 ligger utanför skalan." in html
    assert re.search(rf'name="{cell(story, BORAS, "A1")}".*?value="3" selected', html, re.DOTALL)
    assert latest(story, BORAS) == {}


def test_grid_that_is_stale_shows_both_and_saves_on_the_second_try(story, client_of):
    client = client_of(story.juror3)
    client.post(grid_of(story), {cell(story, BORAS, "A1"): "3", version(story, BORAS): "0"})

    stale = client.post(grid_of(story), {cell(story, BORAS, "A1"): "5", version(story, BORAS): "0"})

    html = stale.content.decode()
    assert (stale.status_code, latest(story, BORAS)) == (409, {"A1": 3})
    assert "Sparat på ett annat ställe under tiden: 3." in html
    again = re.search(rf'name="{version(story, BORAS)}" value="(\d+)"', html)[1]
    client.post(grid_of(story), {cell(story, BORAS, "A1"): "5", version(story, BORAS): again})
    assert latest(story, BORAS) == {"A1": 5}


def test_grid_with_one_stale_entry_saves_nothing_of_the_others(story, client_of):
    client = client_of(story.juror3)
    client.post(grid_of(story), {cell(story, ESKILSTUNA, "A1"): "3", version(story, ESKILSTUNA): "1"})
    typed = {cell(story, BORAS, "A1"): "5", version(story, BORAS): "0"}
    typed |= {cell(story, ESKILSTUNA, "A1"): "2", version(story, ESKILSTUNA): "1"}

    stale = client.post(grid_of(story), typed)

    html = stale.content.decode()
    assert (stale.status_code, latest(story, BORAS), latest(story, ESKILSTUNA)["A1"]) == (409, {}, 3)
    again = dict(re.findall(r'name="(version-\d+)" value="(\d+)"', html))
    assert client.post(grid_of(story), typed | again).status_code == 302
    assert (latest(story, BORAS), latest(story, ESKILSTUNA)["A1"]) == ({"A1": 5}, 2)


def test_grid_tells_of_cells_in_an_entry_marked_done_meanwhile(story, client_of):
    ScoreSheet.objects.filter(pk=story.sheets["juror3", ESKILSTUNA].pk).update(state="done")
    standing = latest(story, ESKILSTUNA)
    other = 1 if standing["A1"] != 1 else 2
    typed = {cell(story, ESKILSTUNA, "A1"): str(other), version(story, ESKILSTUNA): "1"}
    same = {cell(story, ESKILSTUNA, code): f"{value:.0f}" for code, value in standing.items()}
    rest = {cell(story, BORAS, "A1"): "3", version(story, BORAS): "0"}
    client = client_of(story.juror3)

    html = client.post(grid_of(story), same | typed | rest).content.decode()

    assert (latest(story, ESKILSTUNA), latest(story, BORAS)) == (standing, {})
    wrong = re.findall(r'id="(criterion-[^"]+)_error">.*?</svg> (.*?)</p>', html, re.DOTALL)
    assert wrong == [
        (
            cell(story, ESKILSTUNA, "A1"),
            "Du har markerat den här ansökan som klar. Öppna den igen om du vill ändra något.",
        )
    ]
    assert re.search(rf'name="{cell(story, ESKILSTUNA, "A1")}"[^>]* disabled', html)
    assert client.post(grid_of(story), rest).status_code == 302


def test_grid_tells_of_cells_in_entries_that_are_shut_or_somebody_elses(story, client_of):
    Recusal.objects.create(
        juror=story.seats["juror3"], nomination=story.nominations[ESKILSTUNA], reason="other"
    )
    typed = {cell(story, ESKILSTUNA, "A1"): "1", version(story, ESKILSTUNA): "1"}
    typed |= {cell(story, BORAS, "A1", "juror1"): "2", version(story, BORAS, "juror1"): "0"}
    typed |= {cell(story, BORAS, "A1"): "3", version(story, BORAS): "0"}
    before = Score.objects.count()

    html = client_of(story.juror3).post(grid_of(story), typed).content.decode()

    assert Score.objects.count() == before
    said = re.search(r'errors-title".*?<ul>(.*?)</ul>', html, re.DOTALL)[1]
    assert re.findall(r"<li>(.*?)</li>", said) == [
        "Eskilstuna: Ansökan är inte längre öppen för dig, så detta sparades inte: 1.",
        "En ansökan: Ansökan är inte längre öppen för dig, så detta sparades inte: 2.",
    ]


@pytest.mark.parametrize("closing", ["state", "clock"])
def test_grid_posted_after_closing_keeps_what_was_typed(story, client_of, closing):
    client = client_of(story.juror3)
    typed = {cell(story, BORAS, "A1"): "3", version(story, BORAS): "0"}
    Round.objects.update(**({"state": RoundState.CLOSED} if closing == "state" else {"closes_at": story.now}))

    refused = client.post(grid_of(story), typed)
    kept = client.post(grid_of(story), {**typed, "keep": "text"})

    html = refused.content.decode()
    assert (refused.status_code, latest(story, BORAS)) == (403, {})
    assert re.search(r'id="refusal-title">Bedömningen [^<]*stäng', html)
    field = re.search(rf'<select[^>]* name="{cell(story, BORAS, "A1")}"(.*?)</select>', html, re.DOTALL)[1]
    assert (re.findall(r'value="(\w+)" selected', field), "disabled" in field) == (["3"], False)
    assert kept.content.decode().splitlines() == ["Borås", "A1 Demokrati 1: 3"]
    assert kept["Content-Disposition"] == f'attachment; filename="{story.edition.key}.txt"'


def test_grid_locks_what_is_done_and_is_not_there_for_others(story, client_of):
    html = client_of(story.juror1).get(grid_of(story)).content.decode()
    assert len(re.findall(r"<select[^>]* disabled", html)) == 48

    assert [
        client_of(getattr(story, who)).get(grid_of(story)).status_code
        for who in ("chair", "outsider", "contact")
    ] == [404] * 3
    Round.objects.update(state=RoundState.CLOSED)
    assert client_of(story.juror1).get(grid_of(story)).status_code == 404


def test_grid_keeps_to_its_queries(story, client_of):
    client = client_of(story.juror3)
    with CaptureQueriesContext(connection) as queries:
        client.get(grid_of(story))

    assert len(queries) == 9


# The own picture ------------------------------------------------------------------------------------
def test_own_picture_has_the_jury_only_after_the_reveal(story, client_of):
    url = reverse("own_page", args=[story.round.pk])
    client = client_of(story.juror1)
    Score.objects.update(value=4)
    Score.objects.filter(sheet__assignment__juror=story.seats["juror2"]).update(value=2)
    sealed = client.get(url).content.decode()
    assert (
        "Juryn</th>" in sealed,
        re.findall(r"<tr><th scope=\"row\">([^<]+)</th><td class=\"kv-num\">(\d+)", sealed),
    ) == (
        False,
        [
            ("1", "0"),
            ("2", "0"),
            ("3", "0"),
            ("4", "72"),
            ("5", "0"),
            ("Inget underlag", "0"),
            ("Ej tillämpligt", "0"),
        ],
    )
    assert '<progress class="kv-progress" max="6" value="6"' in sealed

    Round.objects.update(state=RoundState.REVEALED)

    open_page = client.get(url).content.decode()
    line = re.search(r"Eskilstuna</th>(.*?)</tr>", open_page, re.DOTALL)[1]
    assert re.findall(r">([^<]+)</td>", line) == ["4,00", "3,00", "+1,00"]


def test_own_picture_does_not_compare_a_sum_that_is_not_done(story, client_of):
    Score.objects.update(value=4)
    Round.objects.update(state=RoundState.REVEALED)

    html = client_of(story.juror3).get(reverse("own_page", args=[story.round.pk])).content.decode()

    line = re.search(r"Eskilstuna</th>(.*?)</tr>", html, re.DOTALL)[1]
    assert re.findall(r">([^<]+)</(?:td|span)>", line) == ["påbörjad", "hittills 4,00", "4,00", "–"]
    assert re.findall(r'max="(\d)" value="(\d)"', html) == [("6", "0")]


def test_own_picture_is_not_there_for_others(story, client_of):
    url = reverse("own_page", args=[story.round.pk])

    assert [
        client_of(getattr(story, who)).get(url).status_code
        for who in ("chair", "outsider", "observer", "other_juror")
    ] == [404] * 4


def test_own_picture_changes_no_byte_with_anothers_score(story, client_of):
    url = reverse("own_page", args=[story.round.pk])
    client = client_of(story.juror1)
    before = re.sub(r'value="[^"]{60,}"', "", client.get(url).content.decode())
    Score.objects.filter(sheet=story.sheets["juror2", ESKILSTUNA]).update(value=1)
    ScoreSheet.objects.filter(pk=story.sheets["juror2", ESKILSTUNA].pk).update(state="draft")

    assert re.sub(r'value="[^"]{60,}"', "", client.get(url).content.decode()) == before


# Scoring models -------------------------------------------------------------------------------------
@pytest.fixture
def presets(story):
    return actions.load_presets()


def test_every_model_that_ships_with_us_has_a_page_of_moderate_size(story, client_of, presets):
    client = client_of(story.organiser)

    sizes = {
        row.code: len(client.get(reverse("model_page", args=[row.code, row.version])).content)
        for row in presets
    }

    assert {code for code, size in sizes.items() if size > 250_000} == set()
    assert {code for code, size in sizes.items() if size < 5_000} == set()


def test_a_model_is_taken_out_of_use_once(story, client_of, english):
    client = client_of(story.organiser)
    page = reverse("model_page", args=["story-areas", 1])
    retire = reverse("model_retire", args=["story-areas", 1])
    offered = [retire in client.get(page).content.decode()]
    answers = [client.post(retire).status_code for _time in range(2)]
    offered.append(retire in client.get(page).content.decode())
    row = ScoringModel.objects.get(code="story-areas")
    assert (offered, answers, row.state) == ([True, False], [302, 403], ModelState.RETIRED)
    assert Round.objects.get(pk=story.round.pk).scoring_model_id == row.pk


def test_models_are_for_organisers(story, client_of):
    assert {
        who: client_of(getattr(story, who)).get(reverse("model_list")).status_code
        for who in ("organiser", "administrator", "juror1", "chair", "outsider")
    } == {"organiser": 200, "administrator": 200, "juror1": 403, "chair": 403, "outsider": 403}


def test_file_comes_in_is_looked_at_and_taken_into_use(story, client_of):
    client = client_of(story.organiser)
    content = json.dumps({**four_areas(), "code": "ours"}).encode()

    came = client.post(reverse("model_list"), {"file": SimpleUploadedFile("model.json", content)})
    page = reverse("model_page", args=["ours", 1])
    assert came["Location"] == page
    assert len(re.findall(r'type="radio" name="criterion-A1"', client.get(page).content.decode())) == 7
    client.post(reverse("model_activate", args=["ours", 1]))

    assert ScoringModel.objects.get(code="ours").state == ModelState.ACTIVE
    assert json.loads(client.get(reverse("model_file", args=["ours", 1])).content)["code"] == "ours"


def test_a_model_whose_code_no_address_can_carry_stands_in_the_list_without_a_link(story, client_of):
    ScoringModel.objects.create(code="../../x", version=1, title_sv="Märklig modell", definition={})

    page = client_of(story.organiser).get(reverse("model_list"))

    assert (page.status_code, '<th scope="row">Märklig modell</th>' in page.content.decode()) == (200, True)


def test_bad_file_is_told_at_the_field(story, client_of):
    client = client_of(story.organiser)

    answer = client.post(reverse("model_list"), {"file": SimpleUploadedFile("model.json", b"{")})
    nothing = client.post(reverse("model_list"), {})

    assert "JSON" in re.search(r'id="id_file_error">(.*?)</div>', answer.content.decode(), re.DOTALL)[1]
    assert "Välj en fil." in nothing.content.decode()
    assert "Inget har ändrats. Välj filen igen." in answer.content.decode()
    assert "finns kvar i formuläret" not in answer.content.decode()
    assert ScoringModel.objects.count() == 1


def test_unsound_model_says_what_to_mend(story, client_of):
    broken = {**four_areas(), "code": "ours"}
    broken["root"]["children"][0]["weight"] = 29
    client = client_of(story.organiser)
    client.post(reverse("model_list"), {"file": SimpleUploadedFile("m.json", json.dumps(broken).encode())})

    html = client.get(reverse("model_page", args=["ours", 1])).content.decode()
    client.post(reverse("model_activate", args=["ours", 1]))

    assert ("Filen måste rättas" in html, "Så som ledamöterna ser den" in html) == (True, False)
    assert ScoringModel.objects.get(code="ours").state == ModelState.DRAFT
