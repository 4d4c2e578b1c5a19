"""Every report: who may have it, what it holds, formats, receipt; straight, ordered and by command."""

import csv
import hashlib
import io
import json
import re

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from awards.actions.jobs import run_job, start_job
from awards.models import Edition, Job, JournalEntry, Person
from awards.states import JobState
from criteria.models import Assignment, Recusal, Round, Score, ScoreSheet
from criteria.states import RecusalReason, RoundState
from nominees.actions.submissions import freeze_version
from nominees.models import Contribution, ImprovementArea, Theme
from nominees.states import Direction
from reports import exporting
from reports.catalogue import registry
from reports.catalogue.registry import all_reports, named
from reports.catalogue.report import Asked, Report
from reports.columns import Column, Sheet
from reports.models import ExportReceipt
from reports.writers.document import Document
from reports.writers.json_file import write_json
from tests.criteria.jury import close
from tests.criteria.meeting import stand_aside
from tests.reports.workbooks import differences, recalculated
from tests.story import BORAS, ESKILSTUNA, leaf_codes

NAMES = [
    "jury_pack", "scores_long", "scores_wide", "standings", "nominees", "contributions", "history",
    "binder", "protocol", "diplomas",
    "nominations", "municipalities", "contacts", "jurors", "materials", "letters", "journal",
]  # fmt: skip
SEALED = ["scores_long", "scores_wide", "standings"]
QUERIES_OF_SCORES = 10  # literal: the same however many scores there are


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def client(story, client_of):
    found = client_of(story.organiser)
    found.post("/language/", {"language": "en"})
    return found


def url(story, tail=""):
    return f"/organiser/editions/{story.edition.key}/reports/{tail}"


def asked(story, by=None, edition=None):
    found = Edition.objects.select_related("award", "fair").get(pk=(edition or story.edition).pk)
    return Asked(found, by, timezone.now())


def made(name, story, ending="json", **more):
    out = io.BytesIO()
    exporting.export(named(name), asked(story, **more), ending, out)
    return json.loads(out.getvalue()) if ending == "json" else out.getvalue()


def csv_rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def body(answer):
    return b"".join(answer.streaming_content)


# The page and the files ------------------------------------------------------------------------------
def test_register_has_every_report_in_order():
    assert [report.name for report in all_reports()] == NAMES


def test_page_shows_counts_formats_and_the_last_receipt(story, client, django_assert_num_queries):
    client.get(url(story, "contacts.csv"))
    with django_assert_num_queries(10):
        page = client.get(url(story)).content.decode()
    assert page.count("<tr>") == 2 + len(NAMES)
    row = next(row for row in page.split("<tr>") if "/contacts/" in row)
    assert (
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))
        .strip()
        .startswith(
            "Contacts Who writes for each municipality, and who has not signed in. 6 "
            "Excel : Contacts CSV : Contacts JSON : Contacts today"
        )
    )
    assert page.count("organiser@story.example, csv") == 1
    assert page.count("The scores are sealed") == len(SEALED)


def test_page_is_the_organisers(story, client_of):
    codes = {
        name: client_of(story.people[name]).get(url(story)).status_code
        for name in ("organiser", "administrator", "chair", "juror", "contact", "other_organiser", "outsider")
    }
    assert codes == {
        "organiser": 200, "administrator": 200, "chair": 403, "juror": 403, "contact": 403,
        "other_organiser": 404, "outsider": 404,
    }  # fmt: skip


@pytest.mark.parametrize("name", SEALED)
def test_scores_are_sealed_until_the_scoring_has_closed(story, client, name):
    assert client.get(url(story, f"{name}.csv")).status_code == 403
    assert ExportReceipt.objects.count() == 0
    close(story)
    assert client.get(url(story, f"{name}.csv")).status_code == 200
    assert ExportReceipt.objects.get().report == name


def test_every_report_comes_in_every_format_with_a_receipt(story, client):
    close(story)
    wanted = {
        (report.name, ending): 302 if ending in report.background else 200
        for report in all_reports()
        for ending in report.formats
    }
    answers = {pair: client.get(url(story, ".".join(pair))) for pair in wanted}
    assert {pair: answer.status_code for pair, answer in answers.items()} == wanted
    answers = {pair: answer for pair, answer in answers.items() if answer.status_code == 200}
    receipts = {
        (receipt.report.replace("organiser_workbook", "jury_pack"), receipt.format): receipt.sha256
        for receipt in ExportReceipt.objects.all()
    }
    assert receipts == {pair: hashlib.sha256(body(answer)).hexdigest() for pair, answer in answers.items()}
    assert answers["contacts", "csv"]["Content-Disposition"] == (
        'attachment; filename="contacts-rehearsal-2027.csv"'
    )
    assert "no-store" in answers["contacts", "csv"]["Cache-Control"]


def test_unknown_report_or_format_does_not_exist(story, client):
    assert client.get(url(story, "nothing.csv")).status_code == 404
    assert client.get(url(story, "contacts.pdf")).status_code == 404
    assert client.post(url(story, "contacts/pdf/order/")).status_code == 404


# In the background -----------------------------------------------------------------------------------
def test_large_report_is_ordered_and_arrives_among_the_downloads(story, client, monkeypatch):
    monkeypatch.setattr(exporting, "LARGE", 3)
    page = client.get(url(story)).content.decode()
    assert f'action="{url(story, "contacts/xlsx/order/")}"' in page
    straight = client.get(url(story, "contacts.xlsx"))
    assert (straight.status_code, straight["Location"]) == (302, url(story))

    ordered = client.post(url(story, "contacts/xlsx/order/"))
    assert ordered["Location"] == "/organiser/downloads/"
    job = Job.objects.get()
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.percent, job.file_name) == (
        JobState.DONE, 100, "contacts-rehearsal-2027.xlsx",
    )  # fmt: skip
    receipt = ExportReceipt.objects.get()
    assert (receipt.rows, receipt.sha256) == (6, hashlib.sha256(job.file.read()).hexdigest())
    assert "contacts-rehearsal-2027.xlsx" in client.get("/organiser/downloads/").content.decode()


def test_recusal_shuts_the_report_that_was_made_before_it(story, client_of):
    story.edition.roles.create(person=story.juror3, kind="organiser")
    client, close_to = client_of(story.juror3), story.seats["juror3"]
    orders = []
    for entry in (None, BORAS):
        if entry:
            stand_aside(story, close_to, entry)
        job = start_job(
            kind="report:contacts", parameters={"format": "csv"}, edition=story.edition, by=story.juror3
        )
        run_job.call(job.pk)
        orders.append(reverse("job_file", args=[job.pk]))
    assert [client.get(each).status_code for each in orders] == [403, 200]
    refused = client.get(orders[0]).content.decode()
    assert "Du har blivit jävig för en ansökan sedan den här filen gjordes." in refused


@pytest.mark.parametrize(
    ("name", "query"), [("contacts", "level=kejsare"), ("jurors", "standing=kejsare"), ("letters", "state=x")]
)
def test_order_with_a_filter_that_is_not_understood_is_refused_at_once(story, client, name, query):
    answer = client.post(url(story, f"{name}/xlsx/order/"), {"query": query}, follow=True)

    assert answer.redirect_chain == [(url(story), 302)]
    assert "The file was not ordered: " in answer.content.decode()
    assert Job.objects.count() == 0


def test_ordered_list_keeps_its_filters(story, client, monkeypatch):
    client.post(url(story, "contacts/xlsx/order/"), {"query": "q=Eskilstuna&columns=email"})
    job = Job.objects.get()
    run_job.call(job.pk)
    job.refresh_from_db()
    sheet = openpyxl.load_workbook(io.BytesIO(job.file.read())).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)] == [
        ["contact-0484@story.example"]
    ]


def test_sealed_scores_cannot_be_ordered(story, client):
    assert client.post(url(story, "scores_long/xlsx/order/")).status_code == 403
    assert Job.objects.count() == 0


def test_ordered_scores_are_refused_when_the_round_has_opened_again(story, client):
    close(story)
    client.post(url(story, "scores_long/xlsx/order/"))
    Round.objects.update(state=RoundState.OPEN)
    job = Job.objects.get()
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, bool(job.file), ExportReceipt.objects.count()) == (JobState.FAILED, False, 0)


# What they hold --------------------------------------------------------------------------------------
def test_scores_long_has_a_row_for_each_score_of_those_who_may_judge(story):
    Recusal.objects.create(
        juror=story.seats["juror1"], nomination=story.nominations[BORAS], reason=RecusalReason.HOME
    )
    rows = made("scores_long", story)["rows"]
    sheets = [pair for pair in story.sheets if pair != ("juror1", BORAS)]
    assert len(rows) == sum(4 if seat == "juror3" else 12 for seat, _code in sheets)
    first = next(row for row in rows if row["municipality_code"] == ESKILSTUNA)
    assert first == {
        "round": "Round 1",
        "municipality_code": "0484", "municipality": "Eskilstuna", "juror": "Ledamot A", "sheet": "done",
        "criterion": "A1", "title": "Demokrati 1", "score": 3, "blank": "",
        "strengths": "Styrka enligt juror1 0484 A1", "improvements": "", "evidence": "",
    }  # fmt: skip
    assert "Hemlig anteckning" not in json.dumps(rows)


def test_scores_wide_has_a_row_for_each_sheet(story):
    header, *rows = csv_rows(made("scores_wide", story, "csv"))
    assert header[:6] == ["Round", "Code", "Municipality", "Juror", "Sheet", "A1 Demokrati 1"]
    assert (len(header), len(rows)) == (5 + len(leaf_codes()), len(story.sheets))
    eskilstuna = [row for row in rows if row[1] == "0484"]
    assert eskilstuna[2] == [
        "Round 1",
        "0484",
        "Eskilstuna",
        "Ledamot C",
        "Draft",
        "5",
        "2",
        "3",
        "4",
        *[""] * 8,
    ]


def test_scores_of_every_closed_round_leave_while_the_next_one_takes_scores(story, client):
    close(story)
    second = Round.objects.create(
        edition=story.edition, scoring_model=story.scoring_model, position=2, title="Final", state="open"
    )
    final = Assignment.objects.create(
        round=second, juror=story.seats["juror1"], nomination=story.nominations[BORAS]
    )
    sheet = ScoreSheet.objects.create(assignment=final)
    Score.objects.create(sheet=sheet, criterion="A1", value=5)
    sealed = csv_rows(body(client.get(url(story, "scores_wide.csv"))))[1:]
    Round.objects.filter(pk=second.pk).update(state="closed")
    both = csv_rows(body(client.get(url(story, "scores_wide.csv"))))[1:]
    long = made("scores_long", story, by=Person.objects.get(pk=story.organiser.pk))["rows"]

    assert ({row[0] for row in sealed}, len(sealed)) == ({"Round 1"}, len(story.sheets))
    assert [row[:7] for row in both if row[0] == "Final"] == [
        ["Final", BORAS, "Borås", "Ledamot A", "Draft", "5", ""]
    ]
    assert len(both) == len(sealed) + 1
    assert [row["score"] for row in long if row["round"] == "Final"] == [5]
    assert client.get(url(story, "standings.csv")).status_code == 200


def test_scores_leave_out_the_entry_that_the_organiser_stands_aside_from(story):
    Recusal.objects.create(
        juror=story.edition.roles.get(person=story.organiser), nomination=story.nominations[BORAS],
        reason=RecusalReason.HOME,
    )  # fmt: skip
    close(story)
    codes = {row["municipality_code"] for row in made("scores_long", story, by=story.organiser)["rows"]}
    assert (BORAS in codes, len(codes)) == (False, 5)


@pytest.mark.office
def test_all_scores_workbook_checks_itself(story, tmp_path):
    content = made("scores_long", story, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert book.sheetnames == ["Long table", "Wide table", "Check"]
    check = [[cell.value for cell in row] for row in book["Check"].iter_rows(min_row=6)]
    assert [row[4] for row in check] == ["the same"] * 5
    assert check[0][1:4] == [136, 136, 136]
    assert differences(content, recalculated(tmp_path, {"scores": content})["scores"]) == {}


def test_nominees_come_with_areas_and_themes_by_year(story):
    theme = Theme.objects.get()
    now = Contribution.objects.create(fair=story.edition.fair, theme=theme, title="Ny", kind="stand")
    now.municipalities.add(story.municipalities[ESKILSTUNA])
    ImprovementArea.objects.create(
        nomination=story.drafts[ESKILSTUNA], direction=Direction.OUTWARD, title="Från en senare omgång"
    )
    found = made("nominees", story, by=story.organiser)
    eskilstuna = found["rows"][1]
    assert found["count"] == 6
    assert (eskilstuna["outward"], eskilstuna["inward"], eskilstuna["themes"]) == (
        "Höja utbildningsnivån\nFler jobb", "Stabil ekonomi", "2027 makes evolution\n2015 makes evolution",
    )  # fmt: skip
    assert [(row["year"], row["area"]) for row in found["sheets"]["areas"]] == [
        (2027, "Höja utbildningsnivån"), (2027, "Fler jobb"), (2027, "Stabil ekonomi"),
        (2015, "Höja utbildningsnivån"), (2015, "Fler jobb"), (2015, "Stabil ekonomi"),
    ]  # fmt: skip


def test_nominees_areas_are_those_that_were_sent_in(story):
    freeze_version(nomination=story.nominations[ESKILSTUNA], now=story.now, by=story.contact)
    ImprovementArea.objects.filter(nomination=story.nominations[ESKILSTUNA]).update(title="Skrivet efteråt")
    found = made("nominees", story, by=story.organiser)
    assert (found["rows"][1]["outward"], found["rows"][1]["inward"]) == (
        "Höja utbildningsnivån\nFler jobb", "Stabil ekonomi",
    )  # fmt: skip
    assert [row["area"] for row in found["sheets"]["areas"]][:3] == [
        "Höja utbildningsnivån", "Fler jobb", "Stabil ekonomi",
    ]  # fmt: skip


def test_history_holds_what_is_public(story):
    found = made("history", story, by=story.organiser)
    assert {row["year"] for row in found["rows"]} == {2015}
    assert (found["rows"][4]["name"], found["rows"][4]["outcome"]) == ("Kävlinge", "won")
    assert [row["year"] for row in found["sheets"]["editions"]] == [2015]


def test_contributions_are_the_fairs(story):
    assert made("contributions", story, by=story.organiser)["count"] == 0
    assert made("contributions", story, edition=story.history)["rows"] == [
        {"year": 2015, "code": "0484", "name": "Eskilstuna", "theme": "makes evolution",
         "title": "Eskilstuna gör evolution", "kind": "contribution"},
    ]  # fmt: skip


def test_standings_are_the_pages(story):
    close(story)
    rows = made("standings", story, by=story.organiser)["rows"]
    assert rows[0]["place"] == 1
    assert len(rows) == 6


def test_all_scores_cost_the_same_queries_however_many(story, django_assert_num_queries):
    close(story)
    for _time in range(2):
        person = Person.objects.get(pk=story.organiser.pk)  # roles are read once a request
        with django_assert_num_queries(QUERIES_OF_SCORES):
            made("scores_long", story, "csv", by=person)
        ScoreSheet.objects.filter(assignment__juror=story.seats["juror1"]).delete()


# Others' papers --------------------------------------------------------------------------------------
def test_papers_are_ordered_as_on_their_own_page_and_found_again(story, client):
    """The Reports page knows the binder that the Papers page makes, and orders that very one."""
    client.post(url(story, "binder/pdf/order/"))
    job = Job.objects.get()
    assert (job.kind, job.parameters) == ("jury_binder", {})
    run_job.call(job.pk)
    row = next(row for row in client.get(url(story)).content.decode().split("<tr>") if "/binder/" in row)
    assert ("never" in row, "organiser@story.example, pdf" in row) == (False, True)


def test_paper_of_another_room_plugs_in(story, client):
    registry.register(
        Report("extra", "Extra", "All.", writers={"pdf": lambda _asked: b"%PDF-1.7"}, background=("pdf",))
    )
    try:
        assert named("extra").formats == ("pdf",)
        assert f'action="{url(story, "extra/pdf/order/")}"' in client.get(url(story)).content.decode()
        client.post(url(story, "extra/pdf/order/"))
        run_job.call(Job.objects.get().pk)
        assert Job.objects.get().file.read() == b"%PDF-1.7"
    finally:
        registry.forget("extra")
    assert named("extra") is None


def test_rows_are_written_in_batches_without_losing_any():
    column = Column("n", "N")
    out = io.BytesIO()
    rows = ((f"{number}",) for number in range(1201))
    document = Document("r", "R", "E", "e", "en", timezone.now(), (Sheet("r", "R", (column,), rows),))
    assert write_json(document, out) == 1201
    found = json.loads(out.getvalue())
    assert (found["count"], [row["n"] for row in found["rows"]]) == (1201, [f"{n}" for n in range(1201)])


# By command ------------------------------------------------------------------------------------------
def test_list_reports_names_them_all():
    out = io.StringIO()
    call_command("list_reports", language="en", stdout=out)
    assert [line.split()[0] for line in out.getvalue().splitlines()] == NAMES


def test_export_report_writes_the_file_and_a_receipt(story, tmp_path):
    out, file = io.StringIO(), tmp_path / "kontakter.csv"
    call_command("export_report", "contacts", edition="rehearsal-2027", format="csv", out=file, stdout=out)
    rows = csv_rows(file.read_bytes())
    assert (rows[0][:4], len(rows)) == (["Kommun", "Kod", "Person", "E-postadress"], 7)
    receipt = ExportReceipt.objects.get()
    assert (receipt.person, receipt.rows, receipt.sha256) == (
        None, 6, hashlib.sha256(file.read_bytes()).hexdigest(),
    )  # fmt: skip
    assert out.getvalue() == f"Skrev {file}: 6 rader, SHA-256 {receipt.sha256}.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["kontakter.csv"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"name": "nothing"}, "There is no report nothing. There are: jury_pack, scores_long"),
        ({"edition": "1999"}, "There is no edition 1999."),
        ({"format": "doc"}, "The report contacts does not come as doc, only as xlsx, csv, json."),
        ({"email": "nobody@story.example"}, "Nobody here has the address nobody@story.example."),
        ({"email": "chair@story.example"}, "Only the edition's organiser may do this."),
        ({"name": "scores_long", "email": "organiser@story.example"}, "The scores are sealed"),
        ({"name": "scores_long", "edition": "rehearsal-2029"}, "The edition has no round of scoring yet."),
        ({"query": "level=king"}, "“king” is not among the choices."),
        ({"out": "/nowhere/at/all.csv"}, "/nowhere/at/all.csv cannot be written: No such file or directory."),
    ],
)
def test_export_report_refuses_in_one_sentence(story, tmp_path, arguments, sentence):
    told = {"edition": "rehearsal-2027", "format": "csv", "out": tmp_path / "x", "language": "en"} | arguments
    name = told.pop("name", "contacts")
    told["out"] = type(tmp_path)(told["out"])
    with pytest.raises(CommandError, match=re.escape(sentence)) as refused:
        call_command("export_report", name, **told)
    assert (refused.value.returncode, list(tmp_path.iterdir())) == (2, [])


def test_operator_has_the_scores_although_they_are_sealed(story, tmp_path):
    file = tmp_path / "poäng.json"
    call_command(
        "export_report",
        "scores_wide",
        edition="rehearsal-2027",
        format="json",
        out=file,
        stdout=io.StringIO(),
    )
    assert json.loads(file.read_bytes())["count"] == len(story.sheets)
    assert JournalEntry.objects.filter(verb="export_report", person_id=None).count() == 1


def test_query_of_a_report_is_the_lists(story):
    out = io.BytesIO()
    wanted = asked(story).with_query(QueryDict("columns=code&sort=-code"))
    exporting.export(named("nominations"), wanted, "csv", out)
    assert [row[0] for row in csv_rows(out.getvalue())] == [
        "Code",
        "1980",
        "1780",
        "1490",
        "1283",
        "1261",
        "0484",
    ]
