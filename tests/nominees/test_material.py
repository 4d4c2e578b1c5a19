"""Files that go with an entry: brought, checked, replaced, opened by those who may, and never lost."""

import io
import re
import tracemalloc
import unicodedata
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards import due
from awards.models import JournalEntry
from nominees.actions.material_checks import check_waiting
from nominees.drafts import mark
from nominees.models import Contact, Material, Question, Section
from nominees.states import ContactLevel, MaterialState, QuestionKind
from tests.nominees.papers import office, pdf, picture
from tests.nominees.reading import plain
from tests.nominees.test_uploads import clamd
from tests.story import BORAS, ESKILSTUNA

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(story):
    """Eskilstuna's application, which the contact writes."""
    return story.drafts[ESKILSTUNA]


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


def url(entry, *more):
    return "/".join([f"/applications/{entry.pk}/material", *map(str, more), ""])


def upload(client, entry, name="rapport.pdf", content=None, **more):
    content = pdf() if content is None else content
    extra = {key: more.pop(key) for key in list(more) if key.startswith("HTTP_")}
    return client.post(url(entry), {"file": SimpleUploadedFile(name, content), **more}, **extra)


def kept(entry):
    return list(Material.objects.filter(nomination=entry))


def text_of(answer):
    return answer.content.decode()


# Bringing -------------------------------------------------------------------------------------------
def test_page_asks_for_files_and_says_how_much(client, draft):
    page = client.get(url(draft))

    assert page.status_code == 200
    assert (
        "högst 25,0\N{NO-BREAK SPACE}MB per fil. 0\N{NO-BREAK SPACE}byte av 200,0\N{NO-BREAK SPACE}MB"
        in text_of(page)
    )
    assert 'accept=".pdf,.docx,.xlsx,.pptx,.png,.jpg,.jpeg"' in text_of(page)


def test_upload_without_script_keeps_the_file_until_it_is_checked(client, draft, story):
    answer = upload(client, draft, "Årsbok för Växjö.pdf", description=" Vår \n årsbok ", is_private="yes")

    assert (answer.status_code, answer["Location"]) == (302, url(draft))
    (material,) = kept(draft)
    assert (material.name, material.description, material.is_private) == (
        "Årsbok för Växjö.pdf",
        "Vår årsbok",
        True,
    )
    assert (material.state, material.content_type, material.size) == (
        "checking",
        "application/pdf",
        len(pdf()),
    )
    assert material.uploaded_by == story.contact
    assert material.file.name.startswith("materials/")
    page = text_of(client.get(url(draft)))
    assert "kontrolleras" in page
    assert url(draft, material.pk) + '"' not in page
    assert client.get(url(draft, material.pk)).status_code == 404
    row = JournalEntry.objects.get(verb="add_material")
    assert (row.person_id, row.thing_id, row.data) == (
        story.contact.pk,
        material.pk,
        {"nomination": draft.pk},
    )


def test_several_files_come_at_once_and_each_is_answered(client, draft):
    files = [
        SimpleUploadedFile("a.pdf", pdf()),
        SimpleUploadedFile("b.exe", b"MZ"),
        SimpleUploadedFile("c.png", picture()),
    ]
    answer = client.post(url(draft), {"file": files}, **JSON)

    said = answer.json()
    assert answer.status_code == 422
    assert said["told"] == ["a.pdf har laddats upp.", "c.png har laddats upp."]
    assert said["refused"] == [
        "b.exe går inte att ta emot. Välj en PDF-, Word-, Excel-, PowerPoint-, PNG- eller JPEG-fil."
    ]
    assert [each.name for each in kept(draft)] == ["a.pdf", "c.png"]
    assert "a.pdf" in said["rows"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"", "a.pdf är tom. Välj filen igen."),
        ("a.html", b"<html>", "a.html går inte att ta emot."),
        ("a.pdf", b"<html>", "a.pdf kallas PDF men innehåller något annat."),
        ("a.docx", b"MZ" * 100, "a.docx kallas DOCX men innehåller något annat."),
    ],
)
def test_wrong_file_is_refused_on_the_page(client, draft, name, content, says):
    answer = upload(client, draft, name, content)

    assert (answer.status_code, kept(draft)) == (422, [])
    assert says in text_of(answer)


def test_upload_of_nothing_asks_for_a_file(client, draft):
    answer = client.post(url(draft), {"description": "x"})

    assert (answer.status_code, kept(draft)) == (422, [])
    assert "Välj en fil först." in text_of(answer)


def test_too_large_file_and_a_full_entry_are_refused(client, draft, settings):
    settings.MATERIAL_FILE_LIMIT, settings.MATERIAL_LIMIT = 1_000_000, 1_500_000
    big, middle = b"%PDF-" + b" " * 1_000_000, b"%PDF-" + b" " * 900_000
    answers = [
        upload(client, draft, name, content)
        for name, content in (("a.pdf", big), ("b.pdf", middle), ("c.pdf", middle + b" "))
    ]

    assert [answer.status_code for answer in answers] == [422, 302, 422]
    assert "a.pdf är större än 1 MB." in text_of(answers[0])
    assert "c.pdf får inte plats: materialet i en ansökan får vara 1 MB sammanlagt." in text_of(answers[2])
    assert [each.name for each in kept(draft)] == ["b.pdf"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (unicodedata.normalize("NFD", "Växjö.pdf"), "Växjö.pdf"),
        ("å" * 300 + ".pdf", "å" * 116 + ".pdf"),
    ],
)
def test_name_is_kept_composed_and_short(client, draft, name, shown):
    body = (
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode() + pdf() + b"\r\n--x--\r\n"  # fmt: skip
    client.post(url(draft), body, content_type="multipart/form-data; boundary=x")

    assert [each.name for each in kept(draft)] == [shown]


def test_path_in_a_name_leads_nowhere(client, draft):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../../etc/cron.d/a.pdf"\r\n\r\n'
        + pdf()
        + b"\r\n--x--\r\n"
    )
    client.post(url(draft), body, content_type="multipart/form-data; boundary=x")

    assert [each.name for each in kept(draft)] == ["a.pdf"]


def test_same_file_twice_is_kept_once(client, draft, settings, tmp_path):
    same = pdf(1)  # made once: a PDF carries the time it was made
    answers = [upload(client, draft, content=same, **JSON).json() for _time in (1, 2)]

    assert [answer["told"] for answer in answers] == [
        ["rapport.pdf har laddats upp."],
        ["rapport.pdf finns redan."],
    ]
    assert len(kept(draft)) == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_upload_answers_a_question_of_the_entry_only(client, draft, story):
    section = Section.objects.create(edition=story.call, code="bilagor", title_sv="Bilagor", position=3)
    question = Question.objects.create(
        section=section, code="bilaga", kind=QuestionKind.FILE, text_sv="Karta?"
    )
    other = Question.objects.exclude(kind=QuestionKind.FILE).first()

    assert upload(client, draft, question=str(question.pk)).status_code == 302
    assert upload(client, draft, "b.pdf", question=str(other.pk)).status_code == 403
    assert upload(client, draft, "c.pdf", question="nej").status_code == 403
    assert [(each.name, each.question) for each in kept(draft)] == [("rapport.pdf", question)]


def test_upload_needs_the_forms_token(story, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.contact)

    assert upload(client, draft).status_code == 403
    client.get(url(draft))
    token = client.cookies["csrftoken"].value
    assert upload(client, draft, csrfmiddlewaretoken=token).status_code == 302
    assert len(kept(draft)) == 1


# Who and when ---------------------------------------------------------------------------------------
def test_nobody_else_reaches_material(client_of, story, draft, client):
    upload(client, draft)
    check_waiting(timezone.now())
    (material,) = kept(draft)
    others = [
        story.people[f"contact_{BORAS}"],
        story.juror1,
        story.chair,
        story.outsider,
        story.other_organiser,
    ]

    got = {
        person.email: [
            client_of(person).get(url(draft)).status_code,
            client_of(person).get(url(draft, material.pk)).status_code,
            client_of(person).get(f"/applications/{draft.pk}/material.zip").status_code,
            upload(client_of(person), draft, "x.pdf").status_code,
            client_of(person).post(url(draft, material.pk, "remove")).status_code,
            client_of(person).post(url(draft, material.pk, "change")).status_code,
        ]
        for person in others
    }
    assert got == {person.email: [404] * 6 for person in others}
    assert client.get(url(draft, material.pk)).status_code == 200
    assert client_of(story.organiser).get(url(draft, material.pk)).status_code == 200
    assert upload(client_of(story.organiser), draft, "x.pdf").status_code == 403


def test_foreign_ids_under_the_own_entry_do_nothing(client, draft, story, client_of):
    theirs = story.drafts[BORAS]
    upload(client_of(story.contacts[BORAS]), theirs)
    (material,) = kept(theirs)
    check_waiting(timezone.now())

    assert client.get(url(draft, material.pk)).status_code == 404
    assert client.post(url(draft, material.pk, "remove")).status_code == 403
    assert client.post(url(draft, material.pk, "change"), {"description": "x"}).status_code == 403
    assert upload(client, draft, replaces=str(material.pk)).status_code == 422
    material.refresh_from_db()
    assert (material.removed_at, material.description, material.replaced_by) == (None, "", None)
    assert kept(draft) == []


def test_after_the_deadline_nothing_is_uploaded_changed_or_removed(client, draft, story):
    upload(client, draft)
    (material,) = kept(draft)
    story.call.stages.filter(kind="call").update(closes_at=story.now - timedelta(minutes=1))
    before = Material.objects.values().get()

    answers = [
        upload(client, draft, "sen.pdf"),
        client.post(url(draft, "film"), {"link": "https://film.example/1"}),
        client.post(url(draft, material.pk, "change"), {"description": "sen"}),
        client.post(url(draft, material.pk, "remove")),
        upload(client, draft, "sen.pdf", replaces=str(material.pk)),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert ["Ansökan stängde" in text_of(answer) for answer in answers] == [True] * 5
    assert Material.objects.values().get() == before
    page = client.get(url(draft))
    assert (page.status_code, "data-upload" in text_of(page)) == (200, False)


def test_reader_among_the_contacts_does_not_upload(client, draft, story):
    Contact.objects.filter(person=story.contact).update(level=ContactLevel.VIEWER)

    assert upload(client, draft).status_code == 403
    assert kept(draft) == []


# Replacing, describing, removing --------------------------------------------------------------------
def test_replacement_keeps_the_old_version_away_from_the_jury(client, draft):
    upload(client, draft, "a.pdf", pdf(1), description="Planen", is_private="yes")
    (old,) = kept(draft)
    assert upload(client, draft, "b.pdf", pdf(2), replaces=str(old.pk)).status_code == 302
    check_waiting(timezone.now())

    old, new = kept(draft)
    assert (old.replaced_by, new.description, new.is_private) == (new, "Planen", True)
    assert list(Material.objects.for_jury()) == []
    describe(client, draft, new, description="Nya planen", is_private="")
    assert list(Material.objects.for_jury()) == [new]
    assert client.get(url(draft, old.pk)).getvalue() == pdf_bytes(old)
    assert "Tidigare versioner" in text_of(client.get(url(draft)))


def describe(client, entry, shown, **typed):
    """Post the small form as a page shows it that was loaded when the file was as `shown`."""
    stood = {"description": shown.description, "is_private": "yes" if shown.is_private else ""}
    marks = {f"was-{name}": mark(value) for name, value in stood.items()}
    return client.post(url(entry, shown.pk, "change"), {**stood, **typed, **marks})


def test_description_from_an_old_page_leaves_the_private_mark(client, draft):
    """A colleague has marked the file meanwhile: the jury must not get it by a word that was changed."""
    upload(client, draft, "a.pdf", pdf(1))
    check_waiting(timezone.now())
    (shown,) = kept(draft)
    describe(client, draft, shown, is_private="yes")
    assert describe(client, draft, shown, description="Planen").status_code == 302

    (material,) = kept(draft)
    assert (material.description, material.is_private) == ("Planen", True)
    assert list(Material.objects.for_jury()) == []


def test_two_descriptions_of_a_file_are_both_shown(client, draft):
    upload(client, draft, "a.pdf", pdf(1))
    (shown,) = kept(draft)
    describe(client, draft, shown, description="Kollegans ord")
    answer = describe(client, draft, shown, description="Mina ord", is_private="yes")

    assert answer.status_code == 409
    assert "beskrivit a.pdf som ”Kollegans ord”, och du som ”Mina ord”" in text_of(answer)
    (material,) = kept(draft)
    assert (material.description, material.is_private) == ("Kollegans ord", False)


def test_private_mark_is_not_taken_off_by_a_form_without_marks(client, draft):
    upload(client, draft, "a.pdf", pdf(1), is_private="yes")
    (material,) = kept(draft)

    assert client.post(url(draft, material.pk, "change"), {"description": "x"}).status_code == 409
    assert kept(draft)[0].is_private


def test_small_form_bears_the_marks_of_what_it_shows(client, draft):
    upload(client, draft, "a.pdf", pdf(1), description="Planen", is_private="yes")
    page = text_of(client.get(url(draft)))

    assert f'name="was-description" value="{mark("Planen")}"' in page
    assert f'name="was-is_private" value="{mark("yes")}"' in page


def pdf_bytes(material):
    with material.file.open("rb") as file:
        return file.read()


def test_button_for_another_file_speaks_the_pages_language(client, draft):
    """The browser's own words are hidden; the label is the button, and says what it is for."""
    upload(client, draft, "a.pdf", pdf(1))
    page = text_of(client.get(url(draft)))
    field = f'id="replace-{kept(draft)[0].pk}"'
    (shown,) = re.findall(rf'<input class="visually-hidden" type="file" {field}[^>]*>(.*?)</label>', page)

    assert plain(shown) == "Välj en fil : Byt ut mot en annan fil, a.pdf"


def test_a_file_is_replaced_once(client, draft):
    upload(client, draft, "a.pdf", pdf(1))
    (old,) = kept(draft)
    upload(client, draft, "b.pdf", pdf(2), replaces=str(old.pk))
    answer = upload(client, draft, "c.pdf", pdf(3), replaces=str(old.pk))

    assert answer.status_code == 422
    assert "Filen har ersatts eller tagits bort, kanske av en kollega." in text_of(answer)
    assert len(kept(draft)) == 2


def test_removed_file_is_gone_for_readers_and_stays_in_the_record(client, draft):
    upload(client, draft)
    check_waiting(timezone.now())
    (material,) = kept(draft)
    answer = client.post(url(draft, material.pk, "remove"), follow=True)

    assert "rapport.pdf är borttagen." in text_of(answer)
    assert client.get(url(draft, material.pk)).status_code == 404
    assert client.post(url(draft, material.pk, "remove")).status_code == 403
    material.refresh_from_db()
    assert (material.removed_at is not None, material.file.storage.exists(material.file.name)) == (True, True)


def test_description_with_unseen_signs_and_40_000_characters_is_cut_to_a_line(client, draft):
    upload(client, draft, description="a\x00b\u2028c\n" + "å" * 40_000)
    (material,) = kept(draft)

    assert (len(material.description), "\x00" in material.description) == (300, False)


def test_film_is_a_link_that_is_kept_once(client, draft):
    for _time in (1, 2):
        client.post(url(draft, "film"), {"link": "https://film.example/1", "description": "Vårt arbete"})
    answer = client.post(url(draft, "film"), {"link": "javascript:alert(1)", "description": "Mitt"})

    assert [(each.name, each.link, each.state) for each in kept(draft)] == [
        ("Vårt arbete", "https://film.example/1", MaterialState.READY)
    ]
    assert answer.status_code == 422
    assert "Skriv filmens hela adress, som börjar med https://" in text_of(answer)
    assert 'value="javascript:alert(1)"' in text_of(answer)


# Checking -------------------------------------------------------------------------------------------
def test_worker_counts_pages_and_lets_sound_files_through(client, draft):
    upload(client, draft, "a.pdf", pdf(3, script="app.alert(1)"))
    upload(client, draft, "b.docx", office("docx"))
    moved = due.run(timezone.now())

    assert moved >= 2
    assert [(each.state, each.pages, each.is_active) for each in kept(draft)] == [
        ("ready", 3, True),
        ("ready", None, False),
    ]
    page = text_of(client.get(url(draft)))
    assert "3 sidor" in page
    assert "Filen innehåller skript, formulär eller andra filer. Öppna den med försiktighet." in page
    assert check_waiting(timezone.now()) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (pdf(1, password="hemligt"), "Filen är låst med lösenord. Spara den utan lösenord"),
        (pdf(1)[:300], "Filen är trasig och går inte att öppna. Spara om den"),
    ],
)
def test_broken_or_locked_pdf_is_refused_with_a_sentence(client, draft, content, says):
    upload(client, draft, "a.pdf", content)
    check_waiting(timezone.now())

    (material,) = kept(draft)
    assert (material.state, list(Material.objects.for_jury())) == ("refused", [])
    assert says in text_of(client.get(url(draft)))
    assert client.get(url(draft, material.pk)).status_code == 404
    assert upload(client, draft, "a.pdf", pdf(1)).status_code == 302


def test_virus_is_refused_and_a_silent_scanner_is_waited_for(client, draft, settings):
    upload(client, draft, "a.pdf", pdf(1))
    settings.CLAMD_SOCKET = "unix:/nowhere/at/all"
    assert check_waiting(timezone.now()) == 0
    assert "kontrolleras" in text_of(client.get(url(draft)))

    with clamd(b"stream: Eicar-Test-Signature FOUND\0") as (address, got):
        settings.CLAMD_SOCKET = address
        assert check_waiting(timezone.now()) == 1
    (material,) = kept(draft)
    assert (bytes(got), material.state) == (pdf_bytes(material), "refused")
    assert "Virusskyddet stoppade filen." in text_of(client.get(url(draft)))


def test_file_that_the_scanner_passes_is_looked_into_as_well(client, draft, settings):
    upload(client, draft, "a.pdf", pdf(4))
    with clamd(b"stream: OK\0") as (address, _got):
        settings.CLAMD_SOCKET = address
        check_waiting(timezone.now())

    assert [(each.state, each.pages) for each in kept(draft)] == [("ready", 4)]


def test_file_that_the_storage_lost_is_refused_and_not_served(client, draft):
    upload(client, draft)
    (material,) = kept(draft)
    material.file.storage.delete(material.file.name)
    check_waiting(timezone.now())

    material.refresh_from_db()
    assert material.state == "refused"
    Material.objects.update(state="ready")
    assert client.get(url(draft, material.pk)).status_code == 404


# Opening --------------------------------------------------------------------------------------------
def test_file_is_served_as_an_attachment_that_runs_nothing(client, draft):
    upload(client, draft, "Årsbok.pdf", pdf(1))
    check_waiting(timezone.now())
    (material,) = kept(draft)
    answer = client.get(url(draft, material.pk))

    assert answer.getvalue() == pdf_bytes(material)
    headers = ("Content-Disposition", "Content-Type", "X-Content-Type-Options", "Content-Security-Policy")
    assert [answer[name] for name in headers] == [
        "attachment; filename*=utf-8''%C3%85rsbok.pdf",
        "application/pdf",
        "nosniff",
        "default-src 'none'; sandbox",
    ]
    assert "no-store" in answer["Cache-Control"]


def test_zip_holds_every_checked_file_with_its_letters(client, draft):
    assert client.get(f"/applications/{draft.pk}/material.zip").status_code == 404
    upload(client, draft, "Årsbok åäö.pdf", pdf(1))
    upload(client, draft, "årsbok åäö.pdf", pdf(2))
    upload(client, draft, "låst.pdf", pdf(1, password="hemligt"))
    check_waiting(timezone.now())
    answer = client.get(f"/applications/{draft.pk}/material.zip")

    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as folder:
        infos = folder.infolist()
        assert folder.testzip() is None
    assert [info.filename for info in infos] == ["Årsbok åäö.pdf", "årsbok åäö (2).pdf"]
    assert [bool(info.flag_bits & 0x800) for info in infos] == [True, True]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


# Cost -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("files", [1, 3])
def test_page_costs_at_most_ten_queries(story, client, draft, files):
    for number in range(files):
        upload(client, draft, f"{number}.pdf", pdf(number + 1))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url(draft)).status_code == 200

    assert len(asked) <= 10


class Coming(io.RawIOBase):
    """A request's body that is made while it is read: head, then `size` bytes, then tail."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.parts = [head, *[b" " * 65_536] * (size // 65_536), tail]
        self.length = sum(len(part) for part in self.parts)
        self.left = b""

    def read(self, size: int = -1) -> bytes:
        while self.parts and (size < 0 or len(self.left) < size):
            self.left += self.parts.pop(0)
        size = len(self.left) if size < 0 else size
        given, self.left = self.left[:size], self.left[size:]
        return given


def test_upload_of_25_megabytes_raises_memory_by_less_than_10(client, draft):
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="stor.pdf"\r\n\r\n%PDF-1.7'
    body = Coming(head, 24_900_000, b"\r\n--x--\r\n")
    upload(client, draft, "liten.png", picture())  # what any first request loads is not the file's cost
    tracemalloc.start()
    answer = client.request(
        REQUEST_METHOD="POST",
        PATH_INFO=url(draft),
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(body.length),
        **{"wsgi.input": body},
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    _small, material = kept(draft)
    assert (answer.status_code, material.size) == (302, 24_900_000 // 65_536 * 65_536 + 8)
    assert peak < 10_000_000
