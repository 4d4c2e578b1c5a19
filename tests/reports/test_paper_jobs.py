"""Papers as background work: ordered on their pages, received as files, shut again by a recusal."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.actions.jobs import run_job, start_job
from awards.models import Edition, Job
from awards.states import JobState
from criteria import actions
from reports import paper_jobs
from reports.models import ExportReceipt
from tests.criteria.meeting import stand_aside
from tests.nominees.reading import part, rows, words
from tests.reports.paper import bookmarks_of, facts_of, material, sent_in, text_of
from tests.story import ESKILSTUNA

pytestmark = pytest.mark.django_db


def page(story) -> str:
    return reverse("papers_page", args=[story.edition.key])


def order(story, client, what: str, **more) -> Job:
    """Order it and let the worker make it."""
    client.post(reverse("papers_order", args=[story.edition.key]), {"what": what, **more})
    return made(what)


def order_own(story, client, what: str) -> Job:
    client.post(reverse("own_papers_order", args=[story.edition.key]), {"what": what})
    return made(what)


def made(what: str) -> Job:
    run_job.call(Job.objects.get(kind=what, state=JobState.QUEUED).pk)
    return Job.objects.get(kind=what, state=JobState.DONE)


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("jury_binder", "parm-rehearsal-2027.pdf"),
        ("protocol", "juryprotokoll-rehearsal-2027.pdf"),
        ("diplomas", "diplom-rehearsal-2027.pdf"),
        ("material_pack", "material-rehearsal-2027.zip"),
    ],
)
def test_each_paper_arrives_as_a_file_with_a_receipt(story, client_of, what, name):
    material(story, ESKILSTUNA, "a.pdf")
    sent_in(story)

    job = order(story, client_of(story.organiser), what)

    receipt = ExportReceipt.objects.get(report=what)
    assert (job.file_name, job.done, job.total) == (name, job.total, job.total)
    assert (receipt.person, receipt.edition, receipt.format) == (story.organiser, story.edition, name[-3:])
    assert len(receipt.sha256) == 64


def test_a_file_on_the_disk_is_taken_over_whole(story, client_of):
    material(story, ESKILSTUNA, "a.pdf")
    sent_in(story)

    job = order(story, client_of(story.organiser), "material_pack")

    with zipfile.ZipFile(io.BytesIO(job.file.read())) as folder:
        assert folder.namelist() == ["INDEX.txt", "index.csv", "0484 Eskilstuna/a.pdf"]


def test_the_binder_with_drafts_is_ordered_by_a_tick(story, client_of):
    story.edition.nominations.update(state="draft")
    client = client_of(story.organiser)

    job = order(story, client, "jury_binder", with_drafts="1")

    assert "Ett utkast som inte har skickats in." in text_of(job.file.read())


def test_an_unknown_paper_is_not_ordered(story, client_of):
    answer = client_of(story.organiser).post(
        reverse("papers_order", args=[story.edition.key]), {"what": "own_binder"}
    )

    assert (answer.status_code, Job.objects.count()) == (404, 0)


def test_a_juror_orders_the_own_binder_from_the_list(story, client_of):
    sent_in(story)
    client = client_of(story.juror2)
    link = reverse("own_papers", args=[story.edition.key])

    assert f'<a href="{link}">På papper</a>' in client.get(reverse("scoring_list")).content.decode()
    assert "De 5 ansökningar som du läser" in words(client.get(link))
    job = order_own(story, client, "own_binder")

    assert "Borås kommun" not in bookmarks_of(job.file.read())


def test_a_recusal_shuts_the_file_that_was_made_before_it(story, client_of):
    sent_in(story)
    client = client_of(story.juror1)
    job = order_own(story, client, "own_binder")
    url = reverse("job_file", args=[job.pk])
    before = client.get(url)

    actions.recuse(
        juror=story.seats["juror1"],
        nomination=story.nominations[ESKILSTUNA],
        reason="home",
        now=story.now,
        by=story.juror1,
    )

    after = client.get(url)
    assert (before.status_code, after.status_code) == (200, 403)
    assert "Filen innehåller en ansökan som inte längre är öppen för dig." in after.content.decode()
    assert client.get(reverse("job_list")).content.decode().count(url) == 0


def test_a_juror_never_orders_what_is_the_organisers(story):
    for kind in (paper_jobs.BINDER, paper_jobs.MATERIAL, paper_jobs.PROTOCOL, paper_jobs.DIPLOMAS):
        with pytest.raises(PermissionDenied):
            start_job(kind=kind, edition=story.edition, by=story.juror1)


def test_archiving_shuts_the_organisers_files(story, client_of):
    client = client_of(story.organiser)
    job = order(story, client, "protocol")
    url = reverse("job_file", args=[job.pk])

    assert client.get(url).status_code == 200
    Edition.objects.filter(pk=story.edition.pk).update(state="archived")

    assert client.get(url).status_code == 403


# The page ---------------------------------------------------------------------------------------------
def test_the_page_tells_how_much_there_is_and_lists_the_diplomas(story, client_of):
    sent_in(story)

    response = client_of(story.organiser).get(page(story))

    assert part(response, "h1") == "Papper"
    assert "6 ansökningar, med svar" in words(response)
    assert [line[:2] for line in rows(response)][:2] == [["Borås", "Nominerad"], ["Eskilstuna", "Nominerad"]]


def test_the_page_costs_the_same_whatever_its_length(story, client_of):
    sent_in(story)
    client = client_of(story.organiser)
    client.get(page(story))
    with CaptureQueriesContext(
        connection,
    ) as six:
        client.get(page(story))
    story.edition.nominations.exclude(municipality__code=ESKILSTUNA).update(state="withdrawn")
    with CaptureQueriesContext(connection) as one:
        client.get(page(story))

    assert len(six) == len(one)


def test_one_diploma_is_fetched_as_paper_and_looked_at_as_a_picture(story, client_of):
    client = client_of(story.organiser)
    address = [story.edition.key, ESKILSTUNA]

    paper = client.get(reverse("diploma_file", args=[*address, "pdf"]))
    picture = client.get(reverse("diploma_file", args=[*address, "png"]))

    assert facts_of(paper.content)["Pages"] == "1"
    assert paper["Content-Disposition"] == 'attachment; filename="diplom-0484-rehearsal-2027.pdf"'
    assert (picture["Content-Type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert ExportReceipt.objects.get(report="diploma").filters == {"code": "0484"}


def test_a_chair_who_stands_aside_and_organises_meets_no_diploma_of_it(story, client_of):
    stand_aside(story, story.seats["chair"], ESKILSTUNA)
    story.edition.roles.create(person=story.chair, kind="organiser")
    client = client_of(story.chair)

    assert client.get(reverse("diploma_file", args=[story.edition.key, ESKILSTUNA, "pdf"])).status_code == 404
    assert client.get(reverse("diploma_file", args=[story.edition.key, "1490", "pdf"])).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("other_organiser", 404), ("juror1", 403)])
def test_the_page_is_the_organisers(story, client_of, who, status):
    assert client_of(story.people[who]).get(page(story)).status_code == status
