"""Whatever people write can be typeset; and a paper that cannot be made stops nothing."""

import io
import zipfile

import pikepdf
import pytest

from awards.models import Letter
from nominees import papers
from nominees.actions.submissions import submit
from nominees.models import Answer, Material, Question, Submission
from nominees.paper_signs import SUBSTITUTE, drawable, is_seen, lacking, without
from nominees.papers import PaperError, receipt_pdf, submission_pdf, typeset
from tests.story import ESKILSTUNA

SQUARE = f"{SUBSTITUTE}\N{ZERO WIDTH SPACE}"  # a line may break after it
STRANGE = {
    "emoji": "\N{PARTY POPPER}",
    "family": "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}",
    "cjk": "漢字",
    "tibetan": "ཀ",
    "thai": "ก",
    "private": "\ue000 \U000f0000",
    "no sign at all": "\uffff \ufffe",
    "turned": "\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe",
    "marks without a letter": "\u0fbc\u20e3",
    "quotes": '"\\ {ab} # $ < @',
    "arabic and hebrew": "سلام שלום",
}


@pytest.fixture
def draft(story):
    """Eskilstuna's application with both questions answered."""
    entry = story.drafts[ESKILSTUNA]
    most = Question.objects.get(section__edition=entry.edition, code="mest")
    Answer.objects.create(nomination=entry, question=most, text="Med språket.")
    return entry


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


def pages_of(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        return len(opened.pages)


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_strange_signs_anywhere_are_sent_in_and_typeset(story, draft, client, strange):
    Material.objects.create(
        nomination=draft, name=f"{strange}.pdf", file="materials/x", sha256="ab" * 32, size=5, state="ready"
    )
    Answer.objects.filter(nomination=draft).update(text=f"Vi {strange} skrev")
    type(draft).objects.filter(pk=draft.pk).update(diary_number=strange)
    answer = client.post(f"/applications/{draft.pk}/submit/")

    submission = Submission.objects.get()
    assert answer.status_code == 302
    assert pages_of(bytes(Letter.objects.get().attachment)) == 1
    assert client.get(f"/applications/{draft.pk}/receipt.pdf").status_code == 200
    assert client.get(f"/applications/{draft.pk}/package.zip").status_code == 200
    assert submission.content["materials"][0]["name"] == f"{strange}.pdf"


def test_papers_with_strange_signs_are_the_same_bytes_every_time(story, draft):
    Answer.objects.filter(nomination=draft).update(text="ก 漢 \N{PARTY POPPER}")
    submission, _new = submit(nomination=draft, now=story.now, by=story.contact)

    assert submission_pdf(submission, "sv") == submission_pdf(submission, "sv")


def test_long_text_without_any_glyph_is_set_at_once(story):
    words = {"lead": "", "empty": "", "chapters": []}
    words["chapters"] = [
        {"title": "a", "items": [{"title": "b", "note": "", "lines": [["", ["漢" * 30_000]]]}]}
    ]

    assert pages_of(typeset("submission", "Titel", words, "sv", story.now)) > 1


def test_signs_that_turn_the_text_are_taken_out_and_lacking_ones_are_squares():
    assert drawable({"a": ["x\N{RIGHT-TO-LEFT OVERRIDE}y", ("漢字",)], "n": 3, "none": None}) == {
        "a": ["xy", [SQUARE * 2]],
        "n": 3,
        "none": None,
    }


def test_compilers_complaint_is_read_sign_by_sign():
    complaint = 'the text `"\\u{ffff}"` could not be displayed with\nthe text `"\\""` could not be displayed'

    assert lacking(complaint) == {"\uffff", '"'}
    assert without({"a": 'x\uffffy"'}, ["\uffff", '"']) == {"a": f"x{SQUARE}y{SQUARE}"}


def test_unseen_text_says_nothing():
    assert [is_seen(text) for text in ("a", "漢", "\N{SOFT HYPHEN}", " \u200b", "")] == [
        True, True, False, False, False,
    ]  # fmt: skip


# A paper that cannot be made --------------------------------------------------------------------------
@pytest.fixture
def _no_templates(monkeypatch, tmp_path):
    monkeypatch.setattr(papers, "FOLDER", tmp_path)


@pytest.mark.usefixtures("_no_templates")
def test_entry_is_sent_in_although_its_receipt_cannot_be_typeset(client, draft):
    answer = client.post(f"/applications/{draft.pk}/submit/", follow=True)

    letter = Letter.objects.get()
    assert "Er ansökan är inskickad" in answer.content.decode()
    assert (letter.attachment_name, letter.attachment) == ("", None)
    assert "Kvittot som PDF gick inte att skapa just nu. Hämta det där senare." in letter.body
    with pytest.raises(PaperError):
        receipt_pdf(Submission.objects.get(), "sv")


@pytest.mark.usefixtures("_no_templates")
def test_receipt_that_cannot_be_typeset_is_told_and_the_package_goes_without(client, draft):
    client.post(f"/applications/{draft.pk}/submit/")

    page = client.get(f"/applications/{draft.pk}/receipt.pdf", follow=True).content.decode()
    assert "Pdf-filen går inte att skapa just nu. Kvittot står nedan; försök igen senare." in page
    answer = client.get(f"/applications/{draft.pk}/package.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:
        assert package.namelist() == ["content.json", "manifest.json", "SHA256SUMS"]
        assert b"could not be typeset" in package.read("manifest.json")
