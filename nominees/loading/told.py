"""What a nomination tells of the municipality's work, and the questions it was asked, out of a JSON file."""

from __future__ import annotations

from dataclasses import dataclass

from awards.models import Edition
from nominees.loading.editions import Year
from nominees.loading.sources import bring_sources
from nominees.loading.tables import Shelf
from nominees.loading.writing import Changes, bring
from nominees.models import Challenge, ImprovementArea, Initiative, Nomination, Question, Section
from nominees.states import Audience, Direction, QuestionKind

FILES = ("eskilstuna-2015.json",)
LISTS = ("improvement_areas", "initiatives", "challenges", "added_challenges")


@dataclass(frozen=True)
class Story:
    """One file: whose nomination, and what it holds."""

    year: int
    code: str
    content: dict


def read(shelf: Shelf, years: dict[int, Year], known: dict[str, set[str]]) -> list[Story]:
    """The stories whose edition and municipality are known."""
    stories = []
    for file in FILES:
        content = shelf.story(file)
        year, code = str(content.get("edition", "")), content.get("municipality")
        if year not in {str(each) for each in years}:
            shelf.troubles.note(file, None, f"there is no edition {year}")
        elif code not in known:
            shelf.troubles.note(file, None, f"there is no municipality with the code “{code}”")
        else:
            _check(shelf, file, content)
            stories.append(Story(int(year), code, content))
    return stories


def _check(shelf: Shelf, file: str, content: dict) -> None:
    for name in LISTS:
        for number, item in enumerate(content.get(name, ()), start=1):
            if not (isinstance(item, dict) and item.get("title") and item.get("source")):
                shelf.troubles.note(file, None, f"{name}, item {number}: title or source is missing")
            elif name == "improvement_areas" and item.get("direction") not in Direction.values:
                shelf.troubles.note(file, None, f"{name}, item {number}: direction is not outward or inward")


def write(
    changes: Changes,
    stories: list[Story],
    stored: dict[int, Edition],
    nominations: dict[tuple[int, str], Nomination],
    named: dict[str, str],
) -> None:
    """Bring areas, initiatives, challenges and questions to what the files say."""
    for story in stories:
        nomination, content = nominations[story.year, story.code], story.content
        texts = [item["source"] for name in LISTS for item in content.get(name, ())]
        sources = bring_sources(changes, texts, named)
        for model, what, items in _tables(content):
            bring(
                changes,
                what,
                model.objects.filter(nomination=nomination),
                ("nomination_id", "title"),
                [_values(item, place, nomination, sources) for place, item in enumerate(items, start=1)],
            )
        if "questions" in content:
            _write_questions(changes, content["questions"], stored[story.year])


def _tables(content: dict) -> tuple[tuple, ...]:
    added = [{**item, "is_added": True} for item in content.get("added_challenges", ())]
    return (
        (ImprovementArea, "improvement areas", content.get("improvement_areas", [])),
        (Initiative, "initiatives", content.get("initiatives", [])),
        (Challenge, "challenges", [*content.get("challenges", []), *added]),
    )


def _values(item: dict, place: int, nomination: Nomination, sources: dict) -> dict:
    plain = {name: value for name, value in item.items() if name != "source"}
    return {
        "nomination_id": nomination.pk,
        "position": place,
        "source_id": sources[item["source"]].pk,
        **plain,
    }


def _write_questions(changes: Changes, asked: dict, edition: Edition) -> None:
    """The questions stand there for everyone; their answers are not supplied."""
    names = ("code", "title_sv", "title_en", "guidance_sv", "guidance_en")
    sections = bring(
        changes,
        "sections",
        Section.objects.filter(edition=edition),
        ("edition_id", "code"),
        [{"edition_id": edition.pk, **{name: asked.get(name, "") for name in names}}],
    )
    section = next(iter(sections.values()))
    bring(
        changes,
        "questions",
        Question.objects.filter(section=section),
        ("section_id", "code"),
        [
            {
                "section_id": section.pk,
                "kind": QuestionKind.LONG_TEXT,
                "audience": Audience.PUBLIC,
                "position": place,
                **question,
            }
            for place, question in enumerate(asked["questions"], start=1)
        ],
    )
