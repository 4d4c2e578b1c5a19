"""Files after the entry was sent in: what the jury reads, what came too late, and what is said of it."""

import io
import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from criteria.entry import entry_of, files_of
from nominees.actions.material_checks import check_waiting
from nominees.actions.submissions import freeze_version
from nominees.models import Material, Nomination, Question, Section
from nominees.states import NominationState, QuestionKind
from tests.nominees.papers import pdf
from tests.nominees.test_material import JSON, kept, text_of, upload, url
from tests.story import ESKILSTUNA


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(story):
    return story.drafts[ESKILSTUNA]


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


@pytest.fixture
def entry(story):
    """Eskilstuna's entry, which the jury scores and the contact may change again."""
    entry = story.nominations[ESKILSTUNA]
    Nomination.objects.filter(pk=entry.pk).update(state=NominationState.SUBMITTED)
    file(entry, "plan.pdf", description="Planen")
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    return entry


def file(entry, name, **fields):
    return Material.objects.create(
        nomination=entry, name=name, file="materials/x", size=5, state="ready", **fields
    )


def replace(entry, name="plan.pdf"):
    new = file(entry, f"ny {name}")
    Material.objects.filter(nomination=entry, name=name).update(replaced_by=new)
    return new


def read(story):
    found = entry_of(story.assignments["juror1", ESKILSTUNA], story.now, "sv")
    return [(each.title, each.text) for each in found.files]


# What the jury reads ----------------------------------------------------------------------------------
def test_replaced_file_stays_with_the_jury_until_the_new_one_is_sent_in(story, entry):
    new = replace(entry)

    assert read(story) == [("plan.pdf", "Planen")]
    assert [each.name for each in files_of(entry)] == ["plan.pdf"]
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    assert (read(story), list(files_of(entry))) == ([("ny plan.pdf", "")], [new])


@pytest.mark.parametrize("change", [{"removed_at": timezone.now()}, {"is_private": True}])
def test_file_removed_or_marked_private_is_gone_for_the_jury_at_once(story, entry, change):
    Material.objects.filter(nomination=entry).update(**change)

    assert (read(story), list(files_of(entry))) == ([], [])


def test_file_that_was_private_when_sent_in_reaches_the_jury_with_the_next_version(story, entry):
    secret = file(entry, "hemlig.pdf", is_private=True)
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    Material.objects.filter(pk=secret.pk).update(is_private=False)

    assert [name for name, _text in read(story)] == ["plan.pdf"]
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    assert [name for name, _text in read(story)] == ["plan.pdf", "hemlig.pdf"]


def test_words_of_a_file_stay_as_they_were_sent_in(story, entry):
    Material.objects.filter(nomination=entry).update(description="Något annat")

    assert read(story) == [("plan.pdf", "Planen")]


def test_removing_or_hiding_a_replacement_takes_the_sent_in_file_along(story, draft, client):
    for number, verb in enumerate(("remove", "change")):
        upload(client, draft, f"{number}.pdf", pdf(1))
        old = Material.objects.get(name=f"{number}.pdf")
        upload(client, draft, f"ny {number}.pdf", pdf(2), replaces=str(old.pk))
        new = Material.objects.get(name=f"ny {number}.pdf")
        client.post(url(draft, new.pk, verb), {"is_private": "yes"})
    check_waiting(timezone.now())

    assert list(Material.objects.for_jury_as_sent()) == []
    assert Material.objects.filter(removed_at=None, is_private=True).count() == 2


def test_page_says_what_the_jury_reads_after_sending_in(story, draft, client):
    upload(client, draft, "plan.pdf", pdf(1))
    check_waiting(timezone.now())
    freeze_version(nomination=draft, now=story.now, by=story.contact)
    Nomination.objects.filter(pk=draft.pk).update(state=NominationState.SUBMITTED)
    assert "Inte inskickad än" not in text_of(client.get(url(draft)))

    answer = upload(client, draft, "ny.pdf", pdf(2), replaces=str(kept(draft)[0].pk), **JSON)
    assert answer.json()["told"] == ["ny.pdf har laddats upp. Skicka in igen så att juryn får filen."]
    upload(client, draft, "till.pdf", pdf(3))
    page = text_of(client.get(url(draft)))
    assert "Juryn läser den tidigare versionen tills ni skickar in igen." in page
    assert "Inte inskickad än: juryn får filen när ni skickar in igen." in page
    assert "försvinner för juryn direkt" in page


# Bringing ---------------------------------------------------------------------------------------------
class Slow(io.RawIOBase):
    """A request's body whose last part comes after a given time."""

    def __init__(self, body: bytes, until) -> None:
        self.body, self.until = body, until

    def read(self, size: int = -1) -> bytes:
        while timezone.now() <= self.until:
            time.sleep(0.05)
        size = len(self.body) if size < 0 else size
        given, self.body = self.body[:size], self.body[size:]
        return given


def test_file_whose_last_byte_comes_after_the_deadline_is_refused(story, draft, client):
    upload(client, draft, "liten.pdf", pdf(3))  # what a first request loads takes time
    closes_at = timezone.now() + timedelta(seconds=2)
    story.call.stages.filter(kind="call").update(closes_at=closes_at)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="sen.pdf"\r\n\r\n'
    body = head + pdf(1) + b"\r\n--x--\r\n"
    answer = client.request(
        REQUEST_METHOD="POST",
        PATH_INFO=url(draft),
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(len(body)),
        **{"wsgi.input": Slow(body, closes_at)},
    )

    assert (answer.status_code, "Ansökan stängde" in text_of(answer)) == (403, True)
    assert [each.name for each in kept(draft)] == ["liten.pdf"]


@pytest.fixture
def questions(story):
    """Two questions that ask for a file, in two sections, in the same words."""
    made = []
    for position, title in enumerate(("Om kommunen", "Om arbetet"), start=3):
        section = Section.objects.create(
            edition=story.call, code=f"s{position}", title_sv=title, position=position
        )
        made.append(
            Question.objects.create(
                section=section,
                code=f"fil{position}",
                kind=QuestionKind.FILE,
                text_sv="En bilaga som visar det",
            )
        )
    return made


def test_same_file_again_for_a_question_answers_it(draft, client, questions):
    (first, second), plan = questions, pdf(1)
    upload(client, draft, "plan.pdf", plan)
    upload(client, draft, "plan.pdf", plan, question=str(first.pk), description="Planen", is_private="yes")
    assert [(each.question, each.description, each.is_private) for each in kept(draft)] == [
        (first, "Planen", True)
    ]
    upload(client, draft, "plan.pdf", plan, question=str(first.pk), description="Annat")
    upload(client, draft, "plan.pdf", plan, question=str(second.pk))

    assert [(each.question, each.description) for each in kept(draft)] == [(first, "Planen"), (second, "")]


def test_choice_of_question_names_its_section(draft, client, questions):
    page = text_of(client.get(url(draft)))

    assert [f">Om {what}: En bilaga som visar det</option>" in page for what in ("kommunen", "arbetet")] == [
        True, True,
    ]  # fmt: skip


def test_refused_upload_keeps_what_was_said_of_the_file(draft, client, questions):
    said = {"description": "Vår plan", "is_private": "yes", "question": str(questions[1].pk)}
    page = text_of(upload(client, draft, "fel.exe", b"MZ", **said))

    assert 'name="description" value="Vår plan"' in page
    assert f'<option value="{questions[1].pk}" selected>' in page
    assert 'id="upload-private" name="is_private" value="yes" checked' in page


def test_more_than_a_hundred_files_at_once_are_answered_with_a_sentence(draft, client):
    files = [SimpleUploadedFile(f"{number}.pdf", pdf(1)) for number in range(101)]
    answer = client.post(url(draft), {"description": "Våra bilder", "file": files})

    assert answer.status_code == 422
    assert 'name="description" value="Våra bilder"' in text_of(answer)
    assert "Inget togs emot: högst 20 filer kan skickas på en gång." in text_of(answer)
    assert kept(draft) == []
    assert "Högst 20 filer på en gång." in text_of(client.get(url(draft)))


def test_refusal_has_a_way_back_to_the_entry(draft, client):
    answer = client.post(url(draft, 1, "remove"))

    assert answer.status_code == 403
    assert f'href="/applications/{draft.pk}/">Tillbaka till ansökan</a>' in text_of(answer)
