"""An entry read from its tables as the content of a submission: everything it says, and nothing of today."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import translation

from nominees.asking import Asked, asked_of, plain
from nominees.models import (
    Challenge,
    Contribution,
    ImprovementArea,
    Initiative,
    Material,
    Municipality,
    Nomination,
)
from nominees.states import MaterialState
from nominees.submission_content import FORMAT

_AREA = ("direction", "title", "aim", "action", "result", "evidence", "continuation")
_FILE = ("name", "description", "link", "content_type", "size", "pages", "sha256", "is_private")


def content_of(
    entry: Nomination, languages: Sequence[str] = ("sv", "en"), unchecked: Collection[int] = ()
) -> dict:
    """The same entry gives the same content, whoever asks. Four queries, and one for each language.

    Only text, whole numbers, truth values and lists: any database gives it back byte for byte. What is frozen
    holds the questions in both languages; a draft to be read needs them in one. `unchecked`: files that count
    though the check has not found them sound.
    """
    return {
        "format": FORMAT,
        "version": 1,
        "edition": {"key": entry.edition.key, "year": entry.edition.year},
        "municipality": _municipality(entry.municipality),
        "route": entry.route,
        "contribution_only": entry.contribution_only,
        "sections": [] if entry.contribution_only else sections(entry, languages),
        "areas": _areas(entry),
        **_topics(entry),
        "contributions": _contributions(entry),
        "materials": _materials(entry, unchecked),
    }


def _municipality(municipality: Municipality) -> dict:
    return {
        "code": municipality.code,
        "name": municipality.name,
        "full_name": municipality.full_name,
        "group": municipality.group,
        "population": municipality.population,
        "population_date": municipality.population_date.isoformat(),
    }


def sections(entry: Nomination, languages: Sequence[str]) -> list[dict]:
    """The questions in each language with the one answer: one query for each language."""
    asked = []
    for language in languages:
        with translation.override(language):
            asked.append([(each, _chosen(each)) for each in asked_of([entry])[entry.pk]])
    found: dict[str, dict] = {}
    for versions in zip(*asked, strict=True):
        first = versions[0][0]
        named = list(zip(languages, versions, strict=True))
        title = {language: each.section_title for language, (each, _chosen) in named}
        part = found.setdefault(first.section, {"code": first.section, "title": title, "answers": []})
        question = {language: each.text for language, (each, _chosen) in named}
        chosen = {language: words for language, (_each, words) in named if words}
        part["answers"].append(_answer(first, question, chosen))
    return list(found.values())


def _chosen(asked: Asked) -> str:
    """The choice in words, in the language in force."""
    return str(dict(asked.choices).get(asked.choice, asked.choice))


def _answer(asked: Asked, question: dict, chosen: dict) -> dict:
    return {
        "code": asked.code,
        "kind": asked.kind,
        "question": question,
        "audience": asked.audience,
        "unit": asked.unit,
        "text": asked.answer,
        "number": None if asked.number is None else plain(asked.number),
        "choice": asked.choice,
        "chosen": chosen,
    }


def _areas(entry: Nomination) -> list[dict]:
    rows = ImprovementArea.objects.filter(nomination=entry).annotate(
        before_title=F("predecessor__title"),
        before_year=F("predecessor__nomination__edition__fair__label_year"),
    )
    return [
        {
            "id": each.pk,
            "builds_on": {"year": each.before_year, "title": each.before_title}
            if each.predecessor_id
            else None,
            **{name: getattr(each, name) for name in _AREA},
        }
        for each in rows
    ]


def _topics(entry: Nomination) -> dict[str, list[dict]]:
    """Initiatives and challenges: one union of like columns."""
    columns = ("position", "pk", "title", "of_area")
    own = {"of_area": Coalesce(F("area__title"), Value(""))}
    initiatives = (
        Initiative.objects.filter(nomination=entry)
        .order_by()
        .annotate(what=Value("initiatives"), text=F("description"), added=Value(False), **own)
        .values_list("what", *columns, "text", "added")
    )
    challenges = (
        Challenge.objects.filter(nomination=entry)
        .order_by()
        .annotate(what=Value("challenges"), text=Cast("direction", TextField()), added=F("is_added"), **own)
        .values_list("what", *columns, "text", "added")
    )
    found: dict[str, list[dict]] = {"initiatives": [], "challenges": []}
    for what, _position, pk, title, area, text, added in sorted(initiatives.union(challenges, all=True)):
        more = (
            {"description": text} if what == "initiatives" else {"direction": text, "is_added": bool(added)}
        )
        found[what].append({"id": pk, "title": title, "area": area, **more})
    return found


def _contributions(entry: Nomination) -> list[dict]:
    """What the municipality brings to the fair, with those it brings it together with. One query."""
    own = Contribution.objects.filter(fair=entry.edition.fair_id, municipalities=entry.municipality_id)
    bearers = (
        Contribution.municipalities.through.objects.filter(contribution__in=own.values("pk"))
        .select_related("contribution__theme", "municipality")
        .order_by("contribution", "municipality__sort_key")
    )
    found: dict[int, dict] = {}
    for each in bearers:
        brought, theme = each.contribution, each.contribution.theme
        row = {
            "id": brought.pk,
            "title": brought.title,
            "is_own": brought.owner_id in (None, entry.municipality_id),
            "kind": brought.kind,
            "theme": {"sv": theme.title_sv, "en": theme.title_en} if theme else None,
            "together": [],
        }
        found.setdefault(brought.pk, row)
        if each.municipality_id != entry.municipality_id:
            found[brought.pk]["together"].append(each.municipality.name)
    return list(found.values())


def _materials(entry: Nomination, unchecked: Collection[int]) -> list[dict]:
    """Everything that has been checked, or counts unchecked, and has neither been replaced nor removed."""
    rows = (
        Material.objects.current()
        .filter(Q(state=MaterialState.READY) | Q(pk__in=unchecked), nomination=entry)
        .select_related("question")
        .order_by("pk")
    )
    return [
        {
            "id": each.pk,
            "question": each.question.code if each.question else "",
            **{name: getattr(each, name) for name in _FILE},
        }
        for each in rows
    ]
