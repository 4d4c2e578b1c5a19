"""Jurors read what was sent in, and nothing of what the municipality writes after that."""

import pytest

from criteria.entry import entry_of, files_of
from nominees.actions.submissions import freeze_version
from nominees.models import (
    Answer,
    Challenge,
    ImprovementArea,
    Initiative,
    Material,
    Nomination,
    Question,
    Section,
)
from tests.story import ESKILSTUNA

WRITTEN_LATER = "OSKICKAT"


@pytest.fixture
def nomination(story):
    """Eskilstuna's entry with one answer for the jury and one for the organiser, and a file."""
    entry = story.nominations[ESKILSTUNA]
    section = Section.objects.create(edition=story.edition, code="a", title_sv="Om kommunen")
    for code, audience in (("varfor", "jury"), ("internt", "organiser")):
        question = Question.objects.create(
            section=section, code=code, kind="long_text", text_sv=f"Fråga {code}", audience=audience
        )
        Answer.objects.create(nomination=entry, question=question, text=f"Svar {code}")
    Initiative.objects.create(nomination=entry, title="Ny ingång", description="En dörr")
    Challenge.objects.create(nomination=entry, title="Fler unga", is_added=True)
    file(entry, "Bilaga.pdf")
    return entry


def file(entry, name):
    return Material.objects.create(nomination=entry, name=name, file="materials/x", size=5, state="ready")


def read(story):
    """What the juror reads, as plain values."""
    entry = entry_of(story.assignments["juror1", ESKILSTUNA], story.now, "sv")
    return {
        "answers": [(line.question, line.text) for part in entry.sections for line in part.answers],
        "areas": [(area.title, area.direction, str(area.since)) for area in entry.outward + entry.inward],
        "initiatives": [(topic.title, topic.text) for topic in entry.initiatives],
        "challenges": [(topic.title, topic.is_added) for topic in entry.challenges],
        "files": [each.title for each in entry.files],
    }


def test_frozen_entry_reads_as_the_tables_it_was_frozen_from(story, nomination):
    before = read(story)
    freeze_version(nomination=nomination, now=story.now, by=story.contact)

    assert read(story) == before
    assert before == {
        "answers": [("Fråga varfor", "Svar varfor")],
        "areas": [
            ("Höja utbildningsnivån", "outward", ""),
            ("Fler jobb", "outward", ""),
            ("Stabil ekonomi", "inward", ""),
        ],
        "initiatives": [("Ny ingång", "En dörr")],
        "challenges": [("Fler unga", True)],
        "files": ["Bilaga.pdf"],
    }


def test_what_is_written_after_submitting_reaches_no_juror(story, nomination, client_of):
    freeze_version(nomination=nomination, now=story.now, by=story.contact)
    before = read(story)
    Answer.objects.filter(nomination=nomination).update(text=WRITTEN_LATER)
    ImprovementArea.objects.filter(nomination=nomination).update(title=WRITTEN_LATER)
    Initiative.objects.filter(nomination=nomination).update(title=WRITTEN_LATER)
    Challenge.objects.filter(nomination=nomination).update(title=WRITTEN_LATER)
    late = file(nomination, f"{WRITTEN_LATER}.pdf")

    assert read(story) == before
    url = f"/scoring/{story.assignments['juror1', ESKILSTUNA].pk}/"
    assert WRITTEN_LATER not in client_of(story.juror1).get(url).content.decode()
    assert client_of(story.juror1).get(f"{url}material/{late.pk}/").status_code == 404
    assert late not in files_of(nomination)

    freeze_version(nomination=nomination, now=story.now, by=story.contact)
    assert WRITTEN_LATER in client_of(story.juror1).get(url).content.decode()
    assert late in files_of(nomination)


def test_areas_of_earlier_years_are_read_as_they_were_sent_in(story):
    """Of the public entry of 2015, as if it had been written here."""
    earlier = story.historic[ESKILSTUNA]
    Nomination.objects.filter(pk=earlier.pk).update(state="submitted")
    freeze_version(nomination=earlier, now=story.now, by=story.contact)
    ImprovementArea.objects.filter(nomination=earlier).update(title=WRITTEN_LATER)

    found = entry_of(story.assignments["juror1", ESKILSTUNA], story.now, "sv").earlier
    assert [(area.year, area.title, area.direction) for area in found] == [
        (2015, "Höja utbildningsnivån", "outward"),
        (2015, "Fler jobb", "outward"),
        (2015, "Stabil ekonomi", "inward"),
    ]
