"""What a juror reads of an entry: answers, areas, files that are for the jury, answered questions."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from criteria.entry import entry_of
from criteria.models import Assignment
from nominees.models import Answer, Challenge, Initiative, JuryQuestion, Material, Question, Section
from nominees.states import Audience, MaterialState, QuestionKind
from tests.story import BORAS, ESKILSTUNA


@pytest.fixture
def assignment(story) -> Assignment:
    found = Assignment.objects.select_related(
        "round__edition__fair", "nomination__municipality__county", "nomination__edition__fair"
    )
    return found.get(pk=story.assignments["juror3", ESKILSTUNA].pk)


@pytest.fixture
def files(story, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def kept(name, **fields) -> Material:
        fields = {"state": MaterialState.READY, "size": 7, "pages": 3, **fields}
        material = Material(
            nomination=fields.pop("nomination", story.nominations[ESKILSTUNA]), name=name, **fields
        )
        if not material.link:
            material.file.save(name, ContentFile(b"content"), save=False)
        material.save()
        return material

    return kept


def question(story, code, kind, **fields) -> Question:
    section, _new = Section.objects.get_or_create(
        edition=story.edition, code="b", defaults={"title_sv": "Beskrivning", "title_en": "Description"}
    )
    return Question.objects.create(section=section, code=code, kind=kind, text_sv=f"Fråga {code}", **fields)


def test_answers_of_every_kind_are_words(story, assignment):
    nomination = story.nominations[ESKILSTUNA]
    choices = [{"code": "y", "sv": "Ja", "en": "Yes"}]
    given = {
        question(story, "1", QuestionKind.LONG_TEXT, position=1): {"text": "Ett svar"},
        question(story, "2", QuestionKind.NUMBER, unit="kr", position=2): {"number": Decimal("2645.5")},
        question(story, "3", QuestionKind.CHOICE, choices=choices, position=3): {"choice": "y"},
        question(story, "4", QuestionKind.LONG_TEXT, position=4, audience=Audience.ORGANISER): {
            "text": "Hemligt"
        },
    }
    question(story, "5", QuestionKind.SHORT_TEXT, position=5)
    for asked, answer in given.items():
        Answer.objects.create(nomination=nomination, question=asked, **answer)
        Answer.objects.create(nomination=story.nominations[BORAS], question=asked, text="Borås svar")

    section = entry_of(assignment, story.now, "en").sections[0]

    assert (section.title, [(line.question, line.text) for line in section.answers]) == (
        "Description",
        [("Fråga 1", "Ett svar"), ("Fråga 2", "2,645.5 kr"), ("Fråga 3", "Yes"), ("Fråga 5", "")],
    )


def test_areas_topics_and_the_way_here(story, assignment):
    nomination = story.nominations[ESKILSTUNA]
    Initiative.objects.create(nomination=nomination, title="Ny ingång", description="En dörr")
    Challenge.objects.create(nomination=nomination, title="Fler unga", position=1)
    Challenge.objects.create(nomination=nomination, title="Social uthållighet", position=2, is_added=True)

    entry = entry_of(assignment, story.now, "sv")

    assert [area.title for area in entry.outward] == ["Höja utbildningsnivån", "Fler jobb"]
    assert [area.title for area in entry.inward] == ["Stabil ekonomi"]
    assert {(area.year, area.title) for area in entry.earlier} == {
        (2015, "Höja utbildningsnivån"), (2015, "Fler jobb"), (2015, "Stabil ekonomi"),
    }  # fmt: skip
    assert [(topic.title, topic.text) for topic in entry.initiatives] == [("Ny ingång", "En dörr")]
    assert [(topic.title, topic.is_added) for topic in entry.challenges] == [
        ("Fler unga", False), ("Social uthållighet", True),
    ]  # fmt: skip
    assert [(way.year, way.title, way.theme) for way in entry.contributions] == [
        (2015, "Eskilstuna gör evolution", "gör evolution")
    ]
    assert [(way.year, str(way.title), way.is_honour) for way in entry.outcomes] == [
        (2015, "Nominerad", False)
    ]


def test_only_files_for_the_jury_are_there(story, client_of, files):
    shown = files("Bilaga å.pdf")
    film = files("Film", link="https://film.example/1")
    hidden = [
        files("privat.pdf", is_private=True),
        files("kollas.pdf", state=MaterialState.CHECKING),
        files("borta.pdf", removed_at=story.now),
        files("grannens.pdf", nomination=story.nominations[BORAS]),
    ]
    page = reverse("scoring_page", args=[story.assignments["juror3", ESKILSTUNA].pk])
    client = client_of(story.juror3)

    html = client.get(page).content.decode()
    got = client.get(f"{page}material/{shown.pk}/")

    assert re.findall(r'href="([^"]*(?:material|film)[^"]*)"', html) == [
        f"{page}material/{shown.pk}/",
        film.link,
    ]
    assert (b"".join(got.streaming_content), got["Content-Security-Policy"]) == (
        b"content",
        "default-src 'none'; sandbox",
    )
    assert got["Content-Disposition"] == "attachment; filename*=utf-8''Bilaga%20%C3%A5.pdf"
    assert [client.get(f"{page}material/{each.pk}/").status_code for each in (*hidden, film)] == [404] * 5
    assert client_of(story.juror2).get(f"{page}material/{shown.pk}/").status_code == 404
    assert client_of(story.contact).get(f"{page}material/{shown.pk}/").status_code == 404


def test_questions_show_once_released_and_answered(story, assignment):
    nomination, seat = story.nominations[ESKILSTUNA], story.seats["juror1"]
    before = story.now - timedelta(days=1)
    JuryQuestion.objects.create(
        nomination=nomination, asked_by=seat, text="Inte släppt", answer="x", answered_at=before
    )
    JuryQuestion.objects.create(
        nomination=nomination, asked_by=seat, text="Inte besvarad", released_at=before
    )
    JuryQuestion.objects.create(
        nomination=nomination,
        asked_by=seat,
        text="Hur gick det?",
        released_at=before,
        answer="Bra.",
        answered_at=before,
    )

    assert [(topic.title, topic.text) for topic in entry_of(assignment, story.now, "sv").questions] == [
        ("Hur gick det?", "Bra.")
    ]
