"""An edition's questionnaire chosen, brought in as a file, taken out, and fixed by the first entry."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nominees.actions.questionnaires import questionnaire_of
from nominees.models import Nomination, Section
from nominees.questionnaire_files import read, shipped

TOML = """\ufeff
format = "questionnaire"
code = "liten"
title = { sv = "Liten" }

[[sections]]
code = "del"
title = { sv = "Del ett" }

[[sections.questions]]
code = "varfor"
kind = "long_text"
text = { sv = "Varför?" }
words = 200
"""


@pytest.fixture
def empty(story):
    """The edition open for applications, before anybody began."""
    Nomination.objects.filter(edition=story.call).delete()
    return story.call


def address(edition, name="setup_questionnaire"):
    return reverse(name, args=[edition.key])


def post(client, edition, content=None, **typed):
    if content is not None:
        typed["file"] = SimpleUploadedFile("fragor.toml", content)
    return client.post(address(edition), typed)


def test_ready_questionnaire_is_chosen(story, client_of, empty):
    answer = post(client_of(story.organiser), empty, shipped="2025-four-descriptions")

    assert answer.status_code == 302
    assert questionnaire_of(empty).sections == shipped("2025-four-descriptions").sections


def test_toml_and_the_products_own_json_are_read(story, client_of, empty):
    client = client_of(story.organiser)
    post(client, empty, TOML.encode())
    told = client.get(address(empty, "questionnaire_file"))
    first = questionnaire_of(empty).sections
    again = post(client, empty, told.content)

    assert told["Content-Disposition"] == 'attachment; filename="questionnaire-rehearsal-2029.json"'
    assert json.loads(told.content)["sections"][0]["questions"][0]["words"] == 200
    assert again.status_code == 302
    assert questionnaire_of(empty).sections == first == read(TOML.encode()).sections


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "Filen är varken JSON eller TOML i UTF-8."),
        (b"[" * 100_000, "Filen är varken JSON eller TOML i UTF-8."),
        (b"format = 'annat'", "saknas"),
        (b" ", "saknas"),
        (b"x" * 1_000_001, "Filen är för stor för att vara ett frågeformulär."),
        (TOML.replace("long_text", "essay").encode(), "sections[0].questions[0].kind"),
        (TOML.replace("words = 200", "words = 2027-01-01").encode(), "sections[0].questions[0].words"),
        (None, "Välj ett frågeformulär eller en fil."),
    ],
)
def test_file_that_cannot_be_used_is_refused_in_words(story, client_of, empty, content, sentence):
    before = questionnaire_of(empty).sections
    answer = post(client_of(story.organiser), empty, content)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert questionnaire_of(empty).sections == before


def test_first_entry_fixes_the_questions(story, client_of):
    client = client_of(story.organiser)
    page = client.get(address(story.call)).content.decode()
    answer = post(client, story.call, shipped="interview")

    assert "Ansökningar har påbörjats, så frågorna ligger fast." in page
    assert answer.status_code == 403
    assert list(Section.objects.filter(edition=story.call).values_list("code", flat=True)) == ["beskrivning"]
