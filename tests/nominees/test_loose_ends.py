"""Rows without a name and files that are being checked: told with a link before the entry is sent in."""

import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from criteria.entry import files_of
from nominees.actions.material_checks import check_waiting
from nominees.actions.submissions import freeze_version, submit
from nominees.application import application, find_entry
from nominees.models import (
    Answer,
    Challenge,
    Contribution,
    Initiative,
    Material,
    Question,
    Section,
    Submission,
)
from nominees.states import QuestionKind
from tests.nominees.papers import pdf
from tests.nominees.test_material import upload
from tests.story import BORAS, ESKILSTUNA


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(story):
    """Eskilstuna's application with all that is asked, and a section for improvement areas."""
    entry = story.drafts[ESKILSTUNA]
    most = Question.objects.get(section__edition=entry.edition, code="mest")
    Answer.objects.create(nomination=entry, question=most, text="Med språket.")
    section = Section.objects.create(edition=story.call, code="omraden", title_sv="Områden", position=2)
    Question.objects.create(section=section, code="lista", kind="improvement_areas", text_sv="Vilka?")
    return entry


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


def bring(story, title="", *codes):
    brought = Contribution.objects.create(fair=story.call.fair, title=title)
    brought.municipalities.set(story.municipalities[code] for code in (ESKILSTUNA, *codes))
    return brought


def gaps(story, entry):
    found = application(find_entry(story.contact, entry.pk, timezone.now()))
    return [(str(gap.text), gap.url.removeprefix(f"/applications/{entry.pk}/")) for gap in found.gaps]


def part(story, entry, code):
    found = application(find_entry(story.contact, entry.pk, timezone.now()))
    return next((str(each.css), str(each.words)) for each in found.parts if each.code == code)


def package(client, entry):
    answer = client.get(f"/applications/{entry.pk}/package.zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


# Rows without a name ----------------------------------------------------------------------------------
def test_nameless_rows_are_gaps_with_the_way_to_their_fields(story, draft):
    initiative = Initiative.objects.create(nomination=draft, title="")
    challenge = Challenge.objects.create(nomination=draft, title="")
    brought = bring(story)

    assert gaps(story, draft) == [
        ("En utmaning utan namn", f"omraden/?row=challenge-{challenge.pk}#challenge-{challenge.pk}-title"),
        ("En insats utan namn", f"omraden/?row=initiative-{initiative.pk}#initiative-{initiative.pk}-title"),
        (
            "Ett inspel utan namn",
            f"contributions/?row=contribution-{brought.pk}#contribution-{brought.pk}-title",
        ),
    ]
    with pytest.raises(PermissionDenied, match="3 saker saknas"):
        submit(nomination=draft, now=story.now, by=story.contact)


def test_rows_of_others_and_named_ones_are_no_gaps(story, draft):
    Initiative.objects.create(nomination=story.drafts[BORAS], title="")
    Initiative.objects.create(nomination=draft, title="Ny ingång")
    bring(story, "Vår monter")

    assert gaps(story, draft) == []


def test_taking_part_with_one_nameless_row_is_not_complete(story, draft):
    draft.contribution_only = True
    draft.save()
    brought = bring(story)

    assert [text for text, _url in gaps(story, draft)] == ["Ett inspel utan namn"]
    assert part(story, draft, "contributions") == ("is-begun", "0 av 1")
    Contribution.objects.filter(pk=brought.pk).update(title="Vår monter")
    assert (gaps(story, draft), part(story, draft, "contributions")) == ([], ("is-done", "1 inspel"))


def test_nameless_rows_of_a_frozen_version_have_words_on_every_paper(story, draft, client):
    Initiative.objects.create(nomination=draft, title="")
    Challenge.objects.create(nomination=draft, title="\N{SOFT HYPHEN}")
    bring(story)
    freeze_version(nomination=draft, now=story.now, by=story.contact)

    assert package(client, draft).namelist()[:3] == ["content.json", "ansökan.pdf", "kvitto.pdf"]
    page = client.get(f"/applications/{draft.pk}/print/?version=1").content.decode()
    assert page.count("<h3>Utan namn</h3>") == 3


# Files that are being checked -------------------------------------------------------------------------
def test_entry_waits_for_the_check_of_its_files_and_says_so(story, draft, client):
    upload(client, draft, "plan.pdf", pdf(1))

    said = "plan.pdf kontrolleras fortfarande, vilket tar högst någon minut. Ladda sedan om sidan."
    assert [text for text, _url in gaps(story, draft)] == [said]
    assert client.post(f"/applications/{draft.pk}/submit/").status_code == 403
    assert said in client.get(f"/applications/{draft.pk}/submit/").content.decode()
    check_waiting(timezone.now())
    assert client.post(f"/applications/{draft.pk}/submit/").status_code == 302
    assert [each["name"] for each in Submission.objects.get().content["materials"]] == ["plan.pdf"]


@pytest.mark.parametrize(("content", "jury"), [(pdf(1), ["plan.pdf"]), (pdf(1)[:300], [])])
def test_entry_can_be_sent_in_with_the_files_being_checked(story, draft, client, content, jury):
    """A required question's file as well: a scanner that is away costs nobody the deadline."""
    section = Section.objects.get(code="omraden")
    question = Question.objects.create(
        section=section, code="fil", kind=QuestionKind.FILE, text_sv="En bilaga?", required=True
    )
    upload(client, draft, "plan.pdf", content, question=str(question.pk))
    url = f"/applications/{draft.pk}/submit/"

    assert 'name="unchecked"' in client.get(url).content.decode()
    page = client.post(url, {"unchecked": "yes"}, follow=True).content.decode()
    assert [each["name"] for each in Submission.objects.get().content["materials"]] == ["plan.pdf"]
    assert ("Er ansökan är inskickad" in page, "plan.pdf kontrolleras fortfarande" in page) == (True, True)
    assert 'name="unchecked"' not in page
    assert [each.name for each in files_of(draft)] == []
    check_waiting(timezone.now())
    assert [each.name for each in files_of(draft)] == jury
    assert "Er ansökan är inskickad" in client.get(url).content.decode()


def test_entry_with_another_gap_does_not_go_without_the_check(story, draft, client):
    upload(client, draft, "plan.pdf", pdf(1))
    Initiative.objects.create(nomination=draft, title="")
    url = f"/applications/{draft.pk}/submit/"

    assert 'name="unchecked"' not in client.get(url).content.decode()
    assert client.post(url, {"unchecked": "yes"}).status_code == 403
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    ("became", "why"),
    [
        ({"state": "checking"}, "not checked yet"),
        ({"state": "refused", "refusal": "virus"}, "refused: virus"),
    ],
)
def test_package_holds_no_file_that_was_not_found_sound(story, draft, client, became, why):
    material = Material(nomination=draft, name="plan.pdf", size=5, sha256="ab" * 32, state="ready")
    material.file.save("x", ContentFile(b"%PDF-"), save=False)
    material.save()
    freeze_version(nomination=draft, now=story.now, by=story.contact)
    Material.objects.filter(pk=material.pk).update(**became)

    found = package(client, draft)
    assert [name for name in found.namelist() if name.startswith("filer/")] == []
    missing = json.loads(found.read("manifest.json"))["missing"]
    assert missing == [{"name": "filer/plan.pdf", "why": why}]
