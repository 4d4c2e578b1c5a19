"""Review and submit, receipt, versions with their differences, and the package."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import formats
from awards.models import Stage, StageExtension
from awards.outbox import send_due
from nominees.actions.submissions import submit
from nominees.drafts import mark
from nominees.models import Answer, Material, Nomination, Question, Submission
from nominees.papers import receipt_pdf, submission_pdf
from nominees.submission_content import canonical
from tests.mail_server import mail_server, mailed
from tests.nominees.reading import words
from tests.story import BORAS, ESKILSTUNA

__all__ = ["mail_server"]


@pytest.fixture
def draft(story):
    """Eskilstuna's application with both questions answered."""
    entry = story.drafts[ESKILSTUNA]
    most = Question.objects.get(section__edition=entry.edition, code="mest")
    Answer.objects.create(nomination=entry, question=most, text="Vi har arbetat mest med språket.")
    return entry


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


@pytest.fixture
def sent(story, draft):
    """Version 1."""
    return submit(nomination=draft, now=story.now, by=story.contact)[0]


def url(entry, page):
    return f"/applications/{entry.pk}/{page}"


def change(entry, text):
    Answer.objects.filter(nomination=entry, question__code="mest").update(text=text)


def add_file(entry, name, content, **fields):
    material = Material(
        nomination=entry,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        state="ready",
        **fields,
    )
    material.file.save("x", ContentFile(content), save=False)
    material.save()
    return material


# Review and submit ----------------------------------------------------------------------------------
def test_page_names_what_is_missing_with_a_link_and_blocks_the_button(client, story):
    entry = story.drafts[ESKILSTUNA]

    page = client.get(url(entry, "submit/")).content.decode()

    assert "Det här saknas innan ni kan skicka in" in page
    assert f'<a href="{url(entry, "beskrivning/")}#answer-mest">Vilket område' in page
    assert "1 sak saknas. Allt ni skrivit är sparat." in page
    assert client.post(url(entry, "submit/")).status_code == 403


def test_post_submits_and_the_receipt_stands_on_the_page(client, story, draft):
    answer = client.post(url(draft, "submit/"), follow=True)

    page, submission = answer.content.decode(), Submission.objects.get()
    assert answer.redirect_chain == [(url(draft, "submit/"), 302)]
    assert "Er ansökan är inskickad" in page
    assert f"Version 1 är inskickad. Kvittot är på väg till {story.contact.email}." in page
    assert submission.sha256 in page


def test_double_post_says_that_nothing_changed(client, draft):
    client.post(url(draft, "submit/"))
    page = client.post(url(draft, "submit/"), follow=True).content.decode()

    assert "Inget har ändrats sedan version 1" in page
    assert "Er ansökan är inskickad" in page
    assert Submission.objects.count() == 1


def test_change_after_submitting_is_told(client, sent, draft):
    was = mark("Vi har arbetat mest med språket.")
    client.post(url(draft, "beskrivning/"), {"answer-mest": "Nytt.", "was-answer-mest": was})

    page = client.get(url(draft, "submit/")).content.decode()
    assert "Ni har ändringar som inte är inskickade" in page
    assert "Version 1 gäller som den skickades in" in page


def test_entry_of_another_municipality_has_no_such_pages(client, story, draft):
    theirs = story.drafts[BORAS]
    submit_first = Question.objects.get(section__edition=theirs.edition, code="mest")
    Answer.objects.create(nomination=theirs, question=submit_first, text="Vårt.")
    submit(nomination=theirs, now=story.now, by=story.other_contact)

    pages = (
        "submit/",
        "history/",
        "print/",
        "receipt.pdf",
        "package.zip",
        "questions/",
        "withdraw/",
        "answer/",
    )
    assert [client.get(url(theirs, page)).status_code for page in pages] == [404] * len(pages)


def test_pages_keep_to_their_queries(client, story, draft, sent):
    change(draft, "Något annat.")
    submit(nomination=draft, now=story.now + timedelta(hours=1), by=story.contact)

    def queries(page):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(draft, page)).status_code == 200
        return len(asked)

    pages = ("submit/", "history/", "print/", "print/?version=1", "receipt.pdf", "package.zip", "questions/")
    assert {page: queries(page) for page in pages} == {
        "submit/": 14,
        "history/": 9,
        "print/": 9,
        "print/?version=1": 5,
        "receipt.pdf": 5,
        "package.zip": 5,
        "questions/": 7,
    }


def test_diary_number_stands_on_the_receipt(client, sent, draft):
    client.post(url(draft, "diary/"), {"number": "KS/2029:17"})

    assert "KS/2029:17" in client.get(url(draft, "submit/")).content.decode()
    assert Nomination.objects.get(pk=draft.pk).diary_number == "KS/2029:17"


# Leaving --------------------------------------------------------------------------------------------
def test_withdrawing_asks_why_and_then_shows_the_history(client, sent, draft):
    refused = client.post(url(draft, "withdraw/"), {"reason": ""})
    assert "Tala om varför." in refused.content.decode()

    page = client.post(url(draft, "withdraw/"), {"reason": "För dyrt."}, follow=True).content.decode()
    assert "Ansökan är tillbakadragen." in page
    assert "För dyrt." in page


def test_withdrawing_twice_is_withdrawing_once(client, sent, draft):
    for _press in range(2):
        assert client.post(url(draft, "withdraw/"), {"reason": "För dyrt."})["Location"] == url(
            draft, "history/"
        )

    assert draft.events.filter(kind="withdrew").count() == 1


def test_organiser_reopens_after_the_deadline_with_a_time(client_of, story, sent, draft):
    Stage.objects.filter(edition=story.call, kind="call").update(closes_at=story.now - timedelta(hours=1))
    organiser = client_of(story.organiser)

    answer = organiser.post(url(draft, "reopen/"), {"reason": "Bilaga saknas."})
    assert (answer.status_code, "Ange dag och tid." in words(answer)) == (200, True)
    past = {"reason": "Bilaga saknas.", "until": "2020-01-01T12:00"}
    assert "Den nya tiden måste ligga framåt." in words(organiser.post(url(draft, "reopen/"), past))
    gap = {"reason": "Bilaga saknas.", "until": "2027-03-28T02:30"}
    assert "Den tiden finns inte" in words(organiser.post(url(draft, "reopen/"), gap))

    until = formats.local(story.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    done = organiser.post(url(draft, "reopen/"), {"reason": "Bilaga saknas.", "until": until})
    assert done.status_code == 302
    assert StageExtension.objects.get().municipality_code == draft.municipality.code


def test_organiser_reopens_and_the_contact_is_refused_in_words(client, client_of, story, sent, draft):
    assert client.get(url(draft, "reopen/")).status_code == 403

    client_of(story.organiser).post(url(draft, "reopen/"), {"reason": "Bilaga saknas."})

    page = client.get(url(draft, "history/")).content.decode()
    assert "Bilaga saknas." in page
    assert Nomination.objects.get(pk=draft.pk).state == "reopened"


def test_nomination_by_others_is_declined_on_its_page(client, story, draft):
    Nomination.objects.filter(pk=draft.pk).update(route="open_nomination")

    assert "har nominerats av andra" in client.get(url(draft, "submit/")).content.decode()
    refused = client.post(url(draft, "answer/"), {"answer": "no", "reason": ""})
    assert "Tala om varför." in refused.content.decode()
    client.post(url(draft, "answer/"), {"answer": "no", "reason": "Valår."})
    assert Nomination.objects.get(pk=draft.pk).state == "declined"


# Versions -------------------------------------------------------------------------------------------
def test_history_marks_the_words_that_changed(client, story, sent, draft):
    change(draft, "Vi har arbetat mest med skolan och språket.")
    submit(nomination=draft, now=story.now + timedelta(hours=1), by=story.contact)

    page = client.get(url(draft, "history/")).content.decode()

    assert "Det som ändrades från version 1 till version 2" in page
    assert "Vi har arbetat mest med <ins>skolan och </ins>språket." in page
    same = client.get(url(draft, "history/?from=1&to=1")).content.decode()
    assert "De två versionerna säger samma sak." in same
    assert client.get(url(draft, "history/?from=x&to=99")).status_code == 200


def test_text_in_a_version_is_never_markup(client, story, sent, draft):
    change(draft, "<script>alert(1)</script>")
    submit(nomination=draft, now=story.now + timedelta(hours=1), by=story.contact)

    for page in ("history/", "print/", "print/?version=2"):
        shown = client.get(url(draft, page)).content.decode()
        assert ("<script>alert" in shown, "&lt;script&gt;alert" in shown) == (False, True)


# Paper and package ----------------------------------------------------------------------------------
def test_receipt_is_a_file_to_keep_and_the_same_each_time(client, sent, draft):
    answer = client.get(url(draft, "receipt.pdf"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith('attachment; filename="kvitto-0484-rehearsal-2029-')
    assert answer.content == client.get(url(draft, "receipt.pdf?version=1")).content
    assert client.get(url(draft, "receipt.pdf?version=7")).status_code == 404
    assert client.get(url(draft, "receipt.pdf?version=x")).status_code == 404


def test_papers_are_tagged_in_their_language(story, sent, draft):
    change(draft, 'Typst: #set text(red) $x^2$ "citat" \\ *fet* @ref <etikett> // slut\n\n= Rubrik')
    second, _new = submit(nomination=draft, now=story.now + timedelta(hours=1), by=story.contact)
    for make in (receipt_pdf, submission_pdf):
        for language in ("sv", "en"):
            with pikepdf.open(io.BytesIO(make(second, language))) as pdf:
                assert bool(pdf.Root.MarkInfo.Marked)
                assert str(pdf.Root.Lang) == language


def test_package_holds_what_was_sent_in_with_every_sum(client, story, draft):
    old = add_file(draft, "Bilaga 1 åäö.pdf", b"gammal")
    add_file(draft, "Bilaga 1 åäö.pdf", b"en till")
    first, _new = submit(nomination=draft, now=story.now, by=story.contact)
    Material.objects.filter(pk=old.pk).update(removed_at=story.now)

    answer = client.get(url(draft, "package.zip"))
    package = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert package.namelist() == [
        "content.json",
        "ansökan.pdf",
        "kvitto.pdf",
        "filer/Bilaga 1 åäö.pdf",
        "filer/Bilaga 1 åäö (2).pdf",
        "manifest.json",
        "SHA256SUMS",
    ]
    stamp = formats.local(first.submitted_at)
    assert {info.date_time[:5] for info in package.infolist()} == {stamp.timetuple()[:5]}
    assert package.read("content.json") == canonical(first.content)
    assert hashlib.sha256(package.read("content.json")).hexdigest() == first.sha256
    assert package.read("filer/Bilaga 1 åäö.pdf") == b"gammal"
    assert [info.flag_bits & 0x800 for info in package.infolist() if "å" in info.filename] == [0x800] * 2
    manifest = json.loads(package.read("manifest.json"))
    assert (manifest["version"], manifest["sha256"], manifest["missing"]) == (1, first.sha256, [])
    sums = dict(line.split("  ")[::-1] for line in package.read("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()[:-1]}


def test_file_that_is_gone_from_the_disk_is_told_and_the_rest_is_packed(client, story, draft):
    lost = add_file(draft, "Borta.pdf", b"x")
    submit(nomination=draft, now=story.now, by=story.contact)
    lost.file.storage.delete(lost.file.name)

    answer = client.get(url(draft, "package.zip"))
    package = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert json.loads(package.read("manifest.json"))["missing"] == [
        {"name": "filer/Borta.pdf", "why": "not in the storage"}
    ]


def test_receipt_arrives_by_mail_with_the_pdf(client, story, draft, mail_server):
    client.post(url(draft, "submit/"))

    mailed(story.call)
    send_due(lambda: story.now + timedelta(minutes=1))

    (letter,) = mail_server.letters
    submission = Submission.objects.get()
    (attached,) = letter.iter_attachments()
    assert letter["To"] == story.contact.email
    assert letter["Subject"] == "Kvitto för Eskilstuna, Repetition 2029"
    assert submission.sha256 in letter.get_body().get_content()
    assert attached.get_filename().startswith("kvitto-0484-rehearsal-2029-")
    assert attached.get_content() == receipt_pdf(submission, "sv")
