"""The package of an edition: complete, without names, checked when written and whenever it is read again."""

import hashlib
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from awards.actions.jobs import run_job
from awards.journal import record
from awards.models import Edition, Fair, Job, JournalEntry, Letter, Person, Stage
from awards.states import JobState, StageKind
from criteria import actions
from criteria.models import ScoreSheet
from nominees.models import Material
from reports.archive.manifest import problems_of
from reports.archive.package import build_package
from reports.archive.tables import LEFT_OUT, path_to_edition, tables_of
from reports.models import ExportReceipt
from reports.permissions import has_package
from reports.retention import plan_of
from tests.criteria.feedback import released
from tests.criteria.jury import close
from tests.criteria.meeting import agree, closed_round, confirmed, opened, wishes
from tests.nominees.reading import part, rows, words
from tests.reports.paper import material, sent_in, text_of
from tests.story import BORAS, ESKILSTUNA

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(story):
    """An edition that has gone all the way: sent in, scored, agreed, decided, told back, with two files."""
    Person.objects.filter(pk=story.juror1.pk).update(name="Anna Provek")
    material(story, ESKILSTUNA, "Årsredovisning.pdf", b"%PDF-1.7 eskilstuna")
    material(story, BORAS, "bilaga.pdf", b"%PDF-1.7 boras", state="refused")
    sent_in(story)
    meeting = opened(story)
    agree(story, meeting, ESKILSTUNA, wishes(4, codes=["A1"]))
    actions.close_meeting(meeting=meeting, now=story.now, by=story.chair)
    confirmed(story)
    ScoreSheet.objects.update(private_note="Hemlig anteckning")
    ExportReceipt.objects.create(edition=story.edition, report="contacts", filters={"q": ["Anna Provek"]})
    return story


def package(story, folder):
    return build_package(story.edition, folder, now=story.now)


def data(folder, name: str) -> list[dict]:
    return json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))


def csv_lines(folder, name: str) -> list[str]:
    return (folder / "csv" / name).read_text(encoding="utf-8-sig").splitlines()


# What is in it ----------------------------------------------------------------------------------------
def test_package_holds_data_tables_papers_and_originals(whole, tmp_path):
    made = package(whole, tmp_path)

    lying = {each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*") if each.is_file()}
    beside = {name for name in lying if not name.startswith(("json/", "csv/"))}
    assert beside == {
        "LASMIG.txt",
        "manifest.json",
        "pdf/juryns-parm.pdf",
        "pdf/juryprotokoll.pdf",
        "pdf/diplom.pdf",
        "pdf/samsynsmotet-1.pdf",
        "original/0484 Eskilstuna/Årsredovisning.pdf",
    }
    assert made.missing == ("1490 Borås/bilaga.pdf: refused at the check",)
    assert made.files == len(lying) - 1


def test_data_are_the_tables_rows_and_a_submission_is_word_for_word(whole, tmp_path):
    package(whole, tmp_path)

    submission = whole.nominations[ESKILSTUNA].submissions.get()
    found = next(row for row in data(tmp_path, "nominees.submission") if row["id"] == submission.pk)
    assert (found["content"], found["sha256"]) == (submission.content, submission.sha256)
    counted = {"nominees.nomination": 6, "criteria.round": 1, "criteria.decision": 1}
    assert {name: len(data(tmp_path, name)) for name in counted} == counted
    assert (
        len(data(tmp_path, "awards.journalentry"))
        == JournalEntry.objects.filter(edition_id=whole.edition.pk).count()
    )


def test_package_of_one_edition_holds_nothing_of_another(whole, tmp_path):
    package(whole, tmp_path)

    assert {row["edition_id"] for row in data(tmp_path, "nominees.nomination")} == {whole.edition.pk}
    assert [row["key"] for row in data(tmp_path, "awards.edition")] == ["rehearsal-2027"]
    assert data(tmp_path, "nominees.contribution") == []


def test_feedback_that_was_given_is_among_the_papers(story, tmp_path):
    released(story)

    package(story, tmp_path)

    text = text_of((tmp_path / "pdf" / "aterkoppling-0484.pdf").read_bytes())
    assert "Tack för en genomtänkt ansökan." in text


def test_data_and_tables_hold_no_names_addresses_or_private_notes(whole, tmp_path):
    package(whole, tmp_path)

    secrets = ["Anna Provek", *Person.objects.values_list("email", flat=True), "Hemlig anteckning"]
    files = [each for each in tmp_path.rglob("*") if each.suffix in (".json", ".csv")]
    texts = [each.read_text(encoding="utf-8") for each in files]
    assert [secret for secret in secrets for text in texts if secret in text] == []
    assert "Anna Provek" in text_of((tmp_path / "pdf" / "juryprotokoll.pdf").read_bytes())


def test_tables_are_readable_by_seat_and_municipality(whole, tmp_path):
    package(whole, tmp_path)

    head, *scores = csv_lines(tmp_path, "scores.csv")
    assert head.split(";")[:4] == ["round", "seat", "municipality_code", "municipality"]
    assert "1;Ledamot A;1261;Kävlinge;done;A1;5;;;" in [
        line.replace("5.0000", "5") for line in scores if ";A1;" in line
    ]
    assert csv_lines(tmp_path, "decisions.csv")[1].startswith("1;confirmed;1261;Kävlinge;winner;1;")
    assert [line.split(";")[1] for line in csv_lines(tmp_path, "standings.csv")[1:3]] == ["1261", "1283"]


def test_readme_says_in_swedish_what_it_is(whole, tmp_path):
    package(whole, tmp_path)

    lines = (tmp_path / "LASMIG.txt").read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Sveriges KvalitetsKommun Repetition 2027"


def test_a_table_that_hangs_on_an_edition_is_in_the_package_by_itself(story):
    packed = {name for name, _rows in tables_of(story.edition)}

    assert {"nominees.juryquestion", "criteria.chairsorder", "awards.stageextension"} <= packed
    assert packed & (LEFT_OUT | {"nominees.county", "nominees.evaluation", "awards.source"}) == set()


def test_paths_lead_to_the_edition_itself():
    assert [path_to_edition(apps.get_model(name)) for name in ("criteria.Score", "nominees.Answer")] == [
        "sheet__assignment__round__edition",
        "nomination__edition",
    ]
    assert path_to_edition(apps.get_model("nominees.County")) == ""


# The manifest -----------------------------------------------------------------------------------------
def test_manifest_finds_every_damage(whole, tmp_path):
    package(whole, tmp_path)
    sound = problems_of(tmp_path)
    (tmp_path / "csv" / "events.csv").unlink()
    (tmp_path / "csv" / "journal.csv").write_bytes(b"x")
    protocol = tmp_path / "pdf" / "juryprotokoll.pdf"
    protocol.write_bytes(protocol.read_bytes()[:-1] + b"?")
    (tmp_path / "extra.txt").write_text("x")

    size = next(
        each["size"]
        for each in json.loads((tmp_path / "manifest.json").read_text())["files"]
        if each["name"] == "csv/journal.csv"
    )
    assert sound == []
    assert problems_of(tmp_path) == [
        "csv/events.csv: missing",
        f"csv/journal.csv: 1 bytes, not {size}",
        "pdf/juryprotokoll.pdf: another SHA-256",
        "extra.txt: not in the manifest",
    ]


# The command ------------------------------------------------------------------------------------------
def test_command_writes_and_checks_a_rehearsal_too(story, tmp_path, capsys):
    call_command("archive_edition", "rehearsal-2027", "--out", str(tmp_path / "ny"))

    assert problems_of(tmp_path / "ny") == []
    assert capsys.readouterr().out.strip().endswith(f"every SHA-256 checked: {tmp_path / 'ny'}")
    story.edition.refresh_from_db()
    assert story.edition.state == "running"
    receipt = ExportReceipt.objects.get(report="edition_package", edition=story.edition)
    digest = hashlib.sha256((tmp_path / "ny" / "manifest.json").read_bytes()).hexdigest()
    assert (receipt.person, receipt.format, receipt.rows, receipt.sha256) == (None, "folder", 6, digest)
    line = JournalEntry.objects.get(verb="export_report")
    assert (line.edition_id, line.person_id) == (story.edition.pk, None)


@pytest.mark.usefixtures("story")
def test_command_says_that_a_folder_cannot_be_written(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("archive_edition", "2015", "--out", "/proc/nope/x")

    assert ended.value.code == 2
    assert "/proc/nope/x cannot be written: No such file or directory." in capsys.readouterr().err
    assert ExportReceipt.objects.count() == 0


@pytest.mark.usefixtures("story")
def test_command_refuses_a_folder_with_something_in_it(tmp_path, capsys):
    (tmp_path / "mitt.txt").write_text("kvar")

    with pytest.raises(SystemExit) as ended:
        call_command("archive_edition", "2015", "--out", str(tmp_path))

    assert ended.value.code == 1
    assert [each.name for each in tmp_path.iterdir()] == ["mitt.txt"]
    assert "is not empty. Nothing was written" in capsys.readouterr().err


@pytest.mark.usefixtures("story")
def test_command_names_the_editions_there_are(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("archive_edition", "2099", "--out", str(tmp_path))

    assert ended.value.code == 2
    assert "Known: 2015, rehearsal-2025" in capsys.readouterr().err


def test_command_names_what_was_lost(story, tmp_path, capsys):
    lost = material(story, ESKILSTUNA, "borta.pdf")
    lost.file.storage.delete(lost.file.name)

    call_command("archive_edition", "rehearsal-2027", "--out", str(tmp_path))

    assert "Left out: 0484 Eskilstuna/borta.pdf: not in the storage" in capsys.readouterr().err


# The page ---------------------------------------------------------------------------------------------
def page(story) -> str:
    return reverse("archive_page", args=[story.edition.key])


def test_package_arrives_as_one_zip_without_a_folder_left_behind(whole, client_of, settings):
    client = client_of(whole.organiser)
    before = set(settings.FILE_UPLOAD_TEMP_DIR.iterdir())

    client.post(reverse("archive_package", args=[whole.edition.key]))
    run_job.call(Job.objects.get(kind="edition_package", state=JobState.QUEUED).pk)

    job = Job.objects.get(kind="edition_package")
    assert (job.state, job.file_name) == (JobState.DONE, "paket-rehearsal-2027.zip")
    with zipfile.ZipFile(job.file) as packed:
        assert packed.testzip() is None
        assert "original/0484 Eskilstuna/Årsredovisning.pdf" in packed.namelist()
    assert set(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == before


def test_package_waits_until_the_scoring_has_closed(story, client_of):
    client = client_of(story.organiser)
    address = reverse("archive_package", args=[story.edition.key])

    sealed = client.post(address)
    close(story)
    after = client.post(address)

    assert (sealed.status_code, after.status_code) == (403, 302)
    assert "Bedömningen är förseglad" in sealed.content.decode()


def test_a_round_that_never_opened_seals_nothing(story, client_of):
    close(story)
    story.edition.rounds.create(scoring_model=story.scoring_model, position=2, state="planned")

    answer = client_of(story.organiser).post(reverse("archive_package", args=[story.edition.key]))
    run_job.call(Job.objects.get(kind="edition_package").pk)

    assert (answer.status_code, Job.objects.get(kind="edition_package").state) == (302, JobState.DONE)


def test_who_stands_aside_does_not_have_the_whole_edition(story, client_of):
    closed_round(story)
    story.edition.roles.create(person=story.juror2, kind="organiser")
    story.edition.nominations.get(municipality__code=BORAS).recusals.create(
        juror=story.seats["juror2"], reason="home"
    )

    refused = client_of(story.juror2).post(reverse("archive_package", args=[story.edition.key]))

    assert refused.status_code == 403


def test_archiving_needs_a_tick_and_ends_everybodys_access(story, client_of):
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
    client = client_of(story.organiser)
    address = reverse("archive_put_away", args=[story.edition.key])

    unsure = client.post(address)
    story.edition.refresh_from_db()
    assert (unsure.status_code, story.edition.state) == (200, "concluded")
    without = client.post(address, {"sure": "on"})
    story.edition.refresh_from_db()
    assert (without.status_code, story.edition.state) == (200, "concluded")
    assert "Bygg paketet först, eller kryssa för att du klarar dig utan." in words(without)
    client.post(address, {"sure": "on", "without_package": "on"})

    story.edition.refresh_from_db()
    assert story.edition.state == "archived"
    assert JournalEntry.objects.filter(verb="archive_edition", edition_id=story.edition.pk).count() == 1
    papers = client.get(reverse("papers_page", args=[story.edition.key]))
    assert (papers.status_code, client.get(page(story)).status_code) == (404, 200)
    assert "Det är gjort." in words(client.get(page(story)))


def test_letters_that_nobody_could_send_afterwards_are_ticked_and_stopped(story, client_of):
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
    for state in ("draft", "failed", "queued", "sent"):
        Letter.objects.create(
            edition=story.edition, email="x@story.example", purpose="x", state=state, due_at=story.now
        )
    client = client_of(story.organiser)
    address = reverse("archive_put_away", args=[story.edition.key])
    held = client.post(address, {"sure": "on", "without_package": "on"})
    assert "Skicka eller stoppa breven först" in words(held)
    assert "Stoppa de 2 brev som väntar" in words(held)
    client.post(address, {"sure": "on", "without_package": "on", "without_letters": "on"})

    states = Letter.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "cancelled", "queued", "sent"]
    assert JournalEntry.objects.get(verb="cancel_letters").data == {"letters": 2}


def test_only_who_organises_no_other_edition_of_the_award_is_told_to_copy_first(story, client_of):
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
    client, says = client_of(story.organiser), "kopiera den här först"
    assert says not in words(client.get(page(story)))

    Edition.objects.filter(pk=story.call.pk).update(state="archived")
    assert says in words(client.get(page(story)))


def test_package_on_its_way_holds_the_archive_and_is_built_again_afterwards(story, client_of):
    close(story)
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
    client, order = client_of(story.organiser), reverse("archive_package", args=[story.edition.key])
    away = reverse("archive_put_away", args=[story.edition.key])

    client.post(order)
    held = client.post(away, {"sure": "on", "without_package": "on"})
    run_job.call(Job.objects.get(kind="edition_package").pk)
    client.post(away, {"sure": "on"})
    again = client.post(order)
    run_job.call(Job.objects.get(kind="edition_package", state=JobState.QUEUED).pk)

    assert (held.status_code, again.status_code) == (403, 302)
    assert "Paketet håller på att byggas." in words(held)
    assert Edition.objects.get(pk=story.edition.pk).state == "archived"
    states = [each.state for each in Job.objects.filter(kind="edition_package")]
    assert states == [JobState.DONE, JobState.DONE]
    files = [reverse("job_file", args=[each.pk]) for each in Job.objects.filter(kind="edition_package")]
    assert [client.get(each).status_code for each in files] == [200, 200]


def test_only_a_package_that_was_finished_after_the_end_counts(story):
    def ordered(state: str, hours: int) -> None:
        at = story.now + timedelta(hours=hours)
        Job.objects.create(
            person=story.organiser, edition=story.edition, kind="edition_package", state=state, created_at=at
        )

    def written(person, hours: int) -> None:
        at = story.now + timedelta(hours=hours)
        ExportReceipt.objects.create(
            person=person, edition=story.edition, report="edition_package", format="zip", at=at
        )

    ordered(JobState.DONE, -1)
    written(None, -1)
    before_the_end = has_package(story.edition)
    record("conclude_edition", story.edition, by=story.organiser, edition=story.edition)
    only_older = has_package(story.edition)
    ordered(JobState.FAILED, 1)
    written(story.organiser, 1)  # kept before the file was stored
    failed = has_package(story.edition)
    written(None, 1)
    by_command = has_package(story.edition)
    ExportReceipt.objects.filter(person=None).delete()
    ordered(JobState.DONE, 2)

    assert (before_the_end, only_older, failed, by_command) == (True, False, False, True)
    assert has_package(story.edition) is True


def test_an_edition_that_runs_is_not_archived(story, client_of):
    answer = client_of(story.organiser).post(
        reverse("archive_put_away", args=[story.edition.key]), {"sure": "on"}
    )

    assert answer.status_code == 403


def test_the_page_counts_from_the_ceremony(story, client_of):
    Stage.objects.filter(edition=story.edition, kind=StageKind.CEREMONY).update(
        opens_at=datetime(2028, 2, 28, tzinfo=UTC), closes_at=datetime(2028, 2, 29, 12, tzinfo=UTC)
    )

    found = rows(client_of(story.organiser).get(page(story)))

    names, later = ["28 feb 2029"] * 2, ["29 feb 2032"] * 2
    assert [line[2] for line in found] == ["–", *names, *later, "–", "–"]


def test_the_plan_counts_from_the_fair_where_no_ceremony_is_known(story):
    Fair.objects.filter(pk=story.history.fair_id).update(starts=date(2015, 11, 17), ends=date(2015, 11, 19))

    found = plan_of(Edition.objects.select_related("fair").get(pk=story.history.pk))

    assert [each.until for each in found][1:4] == [date(2016, 11, 19), date(2016, 11, 19), date(2019, 11, 19)]


def test_the_page_says_who_may_and_is_headed_rightly(story, client_of):
    assert part(client_of(story.organiser).get(page(story)), "h1") == "Arkiv"
    assert client_of(story.other_organiser).get(page(story)).status_code == 404
    assert client_of(story.juror1).get(page(story)).status_code == 403


def test_a_file_that_has_not_been_checked_is_not_taken_along(story, tmp_path):
    material(story, ESKILSTUNA, "plan.pdf", state="checking")

    made = package(story, tmp_path)

    assert made.missing == ("0484 Eskilstuna/plan.pdf: not checked yet",)
    assert (tmp_path / "original").exists() is False


def test_every_original_is_in_the_package_also_one_that_was_replaced(story, tmp_path):
    old = material(story, ESKILSTUNA, "plan.pdf", b"%PDF-1.7 1")
    newer = material(story, ESKILSTUNA, "plan.pdf", b"%PDF-1.7 2")
    Material.objects.filter(pk=old.pk).update(replaced_by=newer)

    package(story, tmp_path)

    folder = tmp_path / "original" / "0484 Eskilstuna"
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == {
        "plan.pdf": b"%PDF-1.7 1",
        "plan (2).pdf": b"%PDF-1.7 2",
    }
