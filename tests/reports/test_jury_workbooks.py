"""The jury's workbooks as they come out of the database: whose they are, what is in them, what is not."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from awards.actions.jobs import run_job, start_job
from awards.models import Job
from awards.states import JobState
from criteria.models import Acceptance, Round, Tie, Undertaking
from criteria.standings import standings_of
from criteria.states import RoundState
from nominees.actions.submissions import freeze_version
from nominees.states import Direction
from reports.jury_workbooks import round_of
from reports.models import ExportReceipt
from tests.criteria.meeting import stand_aside
from tests.reports.workbooks import differences, recalculated

pytestmark = pytest.mark.django_db
KEY = "rehearsal-2027"


def texts(xlsx: bytes) -> str:
    """Every part of the file as one text."""
    with zipfile.ZipFile(io.BytesIO(xlsx)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def own(client, **query) -> bytes:
    """The juror's own workbook from the site."""
    answer = client.get(reverse("own_workbook"), query)
    assert answer.status_code == 200
    return answer.content


def places(xlsx: bytes) -> dict[str, tuple]:
    """{municipality: (value, place)} of an organiser's overview."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx), data_only=True)
    sheet = book.worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(row for row in rows if row[1] == "Nominering")
    value, place = head.index("Sammanvägt"), head.index("Efter särskiljning")
    begin = rows.index(head) + 1
    found = {}
    for row in rows[begin : begin + 6]:
        found[row[1]] = (row[value], row[place])
    return found


def test_own_workbook_has_a_sheet_for_each_entry_in_the_jurors_order(story, client_of):
    book = openpyxl.load_workbook(io.BytesIO(own(client_of(story.juror1))))
    order = sorted(story.nominations, key=lambda code: story.assignments["juror1", code].position)
    names = [story.municipalities[code].name for code in order]
    assert book.sheetnames == ["Läs mig", "Översikt", *names, "Kontroll", "_kk"]


def test_own_workbook_carries_ones_own_scores_and_nobody_elses(story, client_of):
    mine = texts(own(client_of(story.juror1)))
    assert f"Styrka enligt juror1 1490 {first_leaf()}" in mine
    assert "Hemlig anteckning juror1 0484" in mine
    assert "juror2" not in mine
    assert "juror3" not in mine


def first_leaf() -> str:
    """The first criterion of the story's model."""
    return "A1"


def test_own_workbook_tells_nothing_of_an_entry_that_the_juror_stands_aside_from(story, client_of):
    file = own(client_of(story.juror2))
    book = openpyxl.load_workbook(io.BytesIO(file))
    cells = [cell for row in book["Borås"].iter_rows() for cell in row]
    assert [cell for cell in cells if not cell.protection.locked] == []
    assert "Västra Götalands län" not in texts(file)
    assert "Västra Götalands län" in texts(own(client_of(story.juror1)))


def test_own_workbook_is_for_jurors_alone(story, client_of):
    url = reverse("own_workbook")
    statuses = [
        client_of(person).get(url).status_code for person in (story.chair, story.organiser, story.outsider)
    ]
    assert statuses == [404, 404, 404]


def test_own_workbook_of_another_edition_is_not_found(story, client_of):
    assert (
        client_of(story.juror1).get(reverse("own_workbook"), {"edition": "rehearsal-2031"}).status_code == 404
    )


def test_own_workbook_leaves_a_receipt_with_hash_and_fingerprint(story, client_of):
    file = own(client_of(story.juror1))
    receipt = ExportReceipt.objects.get()
    assert (receipt.person, receipt.report, receipt.rows) == (story.juror1, "jury_workbook", 6)
    assert receipt.details["juror"] == story.seats["juror1"].pk
    assert receipt.details["workbook"] in texts(file)
    assert len(receipt.details["issued"]["cells"]) > 0


def test_own_workbook_follows_the_language_of_the_reader(story, client_of):
    client = client_of(story.juror1)
    client.cookies["django_language"] = "en"
    assert openpyxl.load_workbook(io.BytesIO(own(client))).sheetnames[:2] == ["Read me", "Overview"]


def test_organisers_workbook_is_sealed_while_scoring_is_open(story, client_of):
    sealed = client_of(story.organiser).get(reverse("organisers_workbook", args=[KEY])).content
    assert {value for value, _place in places(sealed).values()} <= {None, "", "–"}
    Round.objects.update(state=RoundState.CLOSED)
    opened = client_of(story.organiser).get(reverse("organisers_workbook", args=[KEY])).content
    assert None not in {value for value, _place in places(opened).values()}


def test_organisers_workbook_is_refused_with_a_reason_and_hidden_from_outsiders(story, client_of):
    url = reverse("organisers_workbook", args=[KEY])
    statuses = [
        client_of(person).get(url).status_code
        for person in (story.juror1, story.outsider, story.contacts["0484"])
    ]
    assert statuses == [403, 404, 403]


def test_organisers_workbook_says_what_the_site_says(story, client_of):
    Round.objects.update(state=RoundState.CLOSED)
    file = client_of(story.chair).get(reverse("organisers_workbook", args=[KEY])).content
    site = {
        line.municipality: (line.value, line.place) for line in standings_of(round_of(story.edition)).lines
    }
    found = {name: (value, place) for name, (value, place) in places(file).items()}
    assert {name: (float(value), place) for name, (value, place) in site.items()} == found


@pytest.mark.office
def test_libreoffice_recalculates_every_figure_to_the_sites(story, client_of, tmp_path):
    Round.objects.update(state=RoundState.CLOSED)
    files = {
        "all": client_of(story.organiser).get(reverse("organisers_workbook", args=[KEY])).content,
        "own": own(client_of(story.juror2)),
    }
    anew = recalculated(tmp_path, files)
    assert {name: differences(content, anew[name]) for name, content in files.items()} == {
        "all": {},
        "own": {},
    }


def test_the_pack_holds_a_workbook_for_each_juror_without_sealed_scores(story, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    job = start_job(kind="juror_workbooks", edition=story.edition, by=story.organiser)
    run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    with zipfile.ZipFile(io.BytesIO(job.file.read())) as pack:
        assert len(pack.namelist()) == 3
        everything = "".join(texts(pack.read(name)) for name in pack.namelist())
    assert "Styrka enligt" not in everything
    assert "Hemlig anteckning" not in everything


def test_the_undertaking_comes_before_the_workbook(story, client_of, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    promise = Undertaking.objects.create(edition=story.edition, version=1, text_sv="Jag lovar.")
    Acceptance.objects.create(undertaking=promise, person=story.juror2)
    answer = client_of(story.juror1).get(reverse("own_workbook"))
    assert (answer.status_code, answer.url) == (302, reverse("undertaking_page", args=[KEY]))
    assert client_of(story.juror2).get(reverse("own_workbook")).status_code == 200
    job = start_job(kind="juror_workbooks", edition=story.edition, by=story.organiser)
    run_job.func(job.pk)
    job.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(job.file.read())) as pack:
        assert sum(name.endswith(".xlsx") for name in pack.namelist()) == 1
        left_out = next(pack.read(name).decode() for name in pack.namelist() if name.endswith(".txt"))
    assert left_out.splitlines()[1:] == ["Ledamot A", "Ledamot C"]


def test_the_pack_is_ordered_by_the_organiser_alone(story, client_of):
    url = reverse("jury_pack", args=[KEY])
    assert client_of(story.chair).post(url).status_code == 403
    answer = client_of(story.organiser).post(url)
    assert (answer.status_code, answer.url) == (302, reverse("job_list"))
    assert Job.objects.get().kind == "juror_workbooks"


def packed(story, by=None) -> Job:
    """The pack as the worker left it."""
    job = start_job(kind="juror_workbooks", edition=story.edition, by=by or story.organiser)
    run_job.func(job.pk)
    job.refresh_from_db()
    return job


def in_pack(job: Job) -> dict[str, bytes]:
    """{name: content} of its files."""
    with zipfile.ZipFile(io.BytesIO(job.file.read())) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def test_the_pack_holds_no_private_note_and_clears_none_when_it_comes_back(story, client_of):
    Round.objects.update(state=RoundState.CLOSED)
    files = in_pack(packed(story))
    everything = "".join(texts(content) for content in files.values())
    assert ("Styrka enligt" in everything, "Hemlig anteckning" in everything) == (True, False)

    Round.objects.update(state=RoundState.OPEN)
    file = SimpleUploadedFile("jury.xlsx", files["jury-rehearsal-2027-ledamot-a.xlsx"])
    found = client_of(story.juror1).post("/scoring/workbook/", {"file": file}).context["found"]
    assert (found.changes, found.conflicts, found.problems) == ([], [], [])
    assert "Hemlig anteckning juror1 0484" in texts(own(client_of(story.juror1)))


def test_the_pack_is_not_for_who_stands_aside_also_once_it_is_made(story, client_of):
    story.edition.roles.create(person=story.juror3, kind="organiser")
    client, url = client_of(story.juror3), reverse("jury_pack", args=[KEY])
    job = packed(story, by=story.juror3)
    before = client.get(reverse("job_file", args=[job.pk])).status_code

    stand_aside(story, story.seats["juror3"], "1490")

    refused = client.post(url)
    assert (before, refused.status_code) == (200, 403)
    assert "En ansökan är stängd för dig." in refused.content.decode()
    assert "En ansökan är stängd för dig." in client.get(reverse("desk")).content.decode()
    assert client.get(reverse("job_file", args=[job.pk])).status_code == 403
    assert client_of(story.organiser).post(url).status_code == 302


def test_the_pack_has_a_file_for_each_seat_whatever_the_seats_are_called(story):
    for who, seat in (("juror1", ""), ("juror2", ""), ("juror3", "Ledamot A/B")):
        story.edition.roles.filter(pk=story.seats[who].pk).update(seat=seat)

    numbers = [story.seats[who].pk for who in ("juror1", "juror2")]
    assert sorted(in_pack(packed(story))) == sorted(
        [*(f"jury-{KEY}-{number}.xlsx" for number in numbers), f"jury-{KEY}-ledamot-a_b.xlsx"]
    )


def test_two_seats_of_one_name_are_two_files(story):
    story.edition.roles.filter(kind="juror").update(seat="Ledamot")

    stem = f"jury-{KEY}-ledamot"
    assert sorted(in_pack(packed(story))) == [f"{stem} (2).xlsx", f"{stem} (3).xlsx", f"{stem}.xlsx"]


def test_a_pack_of_nothing_says_why(story):
    story.round.assignments.all().delete()

    job = packed(story)

    assert (job.state, job.message) == (JobState.FAILED, "Omgången har inga ledamöter med något att läsa.")


def test_a_round_that_is_only_planned_takes_no_scores_from_the_workbook_or_the_pack(story, client_of):
    Round.objects.update(state=RoundState.CLOSED)
    url = reverse("organisers_workbook", args=[KEY])
    before = places(client_of(story.organiser).get(url).content)
    story.edition.rounds.create(scoring_model=story.scoring_model, position=2, state=RoundState.PLANNED)

    assert places(client_of(story.organiser).get(url).content) == before
    assert len(in_pack(packed(story))) == 3


def sheets_of(client) -> list[str]:
    """The entries in the workbook of all."""
    content = client.get(reverse("organisers_workbook", args=[KEY])).content
    return openpyxl.load_workbook(io.BytesIO(content)).sheetnames[2:8]


def test_the_workbook_of_all_leaves_out_what_is_shut_to_its_reader(story, client_of):
    story.edition.roles.create(person=story.juror3, kind="organiser")
    client, whole = client_of(story.juror3), client_of(story.organiser)
    stand_aside(story, story.seats["juror3"], "1490")
    Tie.objects.create(person=story.juror3, kind="work", municipality=story.municipalities["1261"])

    assert ("Borås" in sheets_of(client), "Kävlinge" in sheets_of(client)) == (False, False)
    assert ("Borås" in sheets_of(whole), "Kävlinge" in sheets_of(whole)) == (True, True)


def test_the_workbook_of_all_leaves_it_out_also_when_nothing_is_assigned(story, client_of):
    story.edition.roles.create(person=story.juror3, kind="organiser")
    stand_aside(story, story.seats["juror3"], "1490")
    story.round.assignments.all().delete()

    assert "Borås" not in sheets_of(client_of(story.juror3))
    assert "Borås" in sheets_of(client_of(story.organiser))


@pytest.mark.parametrize("count", [6, 3, 1])
def test_the_queries_are_as_many_for_one_entry_as_for_six(story, client_of, django_assert_num_queries, count):
    kept = list(story.edition.nominations.values_list("pk", flat=True))[:count]
    story.edition.nominations.exclude(pk__in=kept).update(state="withdrawn")
    send_in(story)
    Round.objects.update(state=RoundState.CLOSED)
    juror, organiser = client_of(story.juror1), client_of(story.organiser)
    with django_assert_num_queries(9):
        own(juror)
    with django_assert_num_queries(11):
        organiser.get(reverse("organisers_workbook", args=[KEY]))


def send_in(story) -> None:
    """Freeze a version of every entry."""
    for entry in story.nominations.values():
        freeze_version(nomination=entry, now=story.now, by=story.organiser)


def test_own_workbook_tells_what_was_sent_in_and_not_what_was_written_since(story, client_of):
    entry = story.nominations["0484"]
    area = entry.improvement_areas.create(direction=Direction.OUTWARD, title="Det som skickades in")
    send_in(story)
    area.title = "Ett utkast som ingen har skickat in"
    area.save()
    told = texts(own(client_of(story.juror1)))
    assert ("Det som skickades in" in told, "Ett utkast" in told) == (True, False)


def test_the_command_writes_a_jurors_workbook(story, tmp_path, capsys):
    out = tmp_path / "juror.xlsx"
    call_command("export_jury_workbook", edition=KEY, juror=story.juror1.email, out=str(out))
    assert openpyxl.load_workbook(out).sheetnames[0] == "Läs mig"
    assert capsys.readouterr().out.startswith(f"Wrote {out}: 6 nominations")


def test_the_command_writes_a_historic_edition_with_empty_scores(story, tmp_path):
    out = tmp_path / "2015.xlsx"
    call_command("export_jury_workbook", edition="2015", out=str(out))
    told = texts(out.read_bytes())
    assert "Eskilstuna gör evolution" in told
    assert {value for value, _place in places(out.read_bytes()).values()} <= {None, "", "–"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"edition": "2016"}, "There is no edition 2016."),
        ({"edition": KEY, "juror": "nobody@example.se"}, "nobody@example.se is no juror"),
        ({"edition": "2015", "juror": "nobody@example.se"}, "The edition 2015 has no round"),
    ],
)
def test_the_command_answers_what_is_unknown_with_a_sentence_and_two(
    story, tmp_path, capsys, arguments, says
):
    with pytest.raises(SystemExit) as left:
        call_command("export_jury_workbook", out=str(tmp_path / "x.xlsx"), **arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith(says)


def test_the_command_says_it_when_the_file_cannot_be_written(story, tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        call_command("export_jury_workbook", edition=KEY, out=str(tmp_path / "nowhere" / "x.xlsx"))
    assert left.value.code == 2
    assert "cannot be written" in capsys.readouterr().err
