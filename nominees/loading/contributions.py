"""Themes, and what municipalities brought to the fairs."""

from __future__ import annotations

from dataclasses import dataclass

from awards.models import Edition
from nominees.loading.editions import Year, year_of
from nominees.loading.entries import known_code
from nominees.loading.sources import bring_sources
from nominees.loading.tables import Row, Shelf
from nominees.loading.writing import Changes, bring
from nominees.models import Contribution, Municipality, Theme


@dataclass(frozen=True)
class Brought:
    """One contribution as the file tells it."""

    year: Year
    codes: list[str]
    theme: str
    title: str
    kind: str
    source: str


@dataclass(frozen=True)
class Read:
    """Both files."""

    themes: list[dict]
    contributions: list[Brought]


def read(shelf: Shelf, years: dict[int, Year], known: dict[str, set[str]]) -> Read:
    """Themes and contributions."""
    themes = [_theme(row) for row in shelf.rows("themes.csv", "code", "title_sv", "title_en")]
    codes = {theme["code"] for theme in themes}
    rows = shelf.rows(
        "contributions.csv",
        "fair_year",
        "municipality_code",
        "municipality",
        "theme",
        "title",
        "kind",
        "source",
    )
    found = [_brought(row, years, known, codes) for row in rows]
    return Read(themes, [each for each in found if each])


def _theme(row: Row) -> dict:
    values = {
        "code": row.required("code"),
        "title_sv": row.required("title_sv"),
        "title_en": row.text("title_en"),
    }
    row.fits(Theme, values)
    return values


def _brought(
    row: Row, years: dict[int, Year], known: dict[str, set[str]], themes: set[str]
) -> Brought | None:
    codes, names = row.text("municipality_code").split(";"), row.text("municipality").split(";")
    if len(codes) != len(names):
        row.trouble(f"names {len(codes)} codes and {len(names)} municipalities")
    for code, name in zip(codes, names, strict=False):
        known_code(row, known, code, name)
    theme = row.text("theme")
    if theme and theme not in themes:
        row.trouble(f"there is no theme “{theme}” in themes.csv")
    kind = row.text("kind").split(" ")[0]  # "seminar (joint)": that it is joint, the codes tell
    if kind not in dict(Contribution.KINDS):
        row.trouble(f"kind is “{kind}”, not one of {', '.join(dict(Contribution.KINDS))}")
    values = {"title": row.required("title"), "source": row.required("source")}
    row.fits(Contribution, values)
    year = year_of(row, "fair_year", years)
    return Brought(year, codes, theme, values["title"], kind, values["source"]) if year else None


def write(changes: Changes, read_: Read, stored: dict[int, Edition], named: dict[str, str]) -> None:
    """Bring themes and contributions to what the files say."""
    themes = bring(changes, "themes", Theme.objects.all(), ("code",), read_.themes)
    sources = bring_sources(changes, (each.source for each in read_.contributions), named)
    fairs = {year: edition.fair_id for year, edition in stored.items()}
    contributions = bring(
        changes,
        "contributions",
        Contribution.objects.filter(fair__in=fairs.values()),
        ("fair_id", "kind", "title"),
        [
            {
                "fair_id": fairs[each.year.year],
                "kind": each.kind,
                "title": each.title,
                "theme_id": themes[each.theme,].pk if each.theme else None,
                "source_id": sources[each.source].pk,
                "published_at": each.year.published_at,
            }
            for each in read_.contributions
        ],
        only_new=("published_at",),
    )
    _write_makers(read_, fairs, contributions)


def _write_makers(read_: Read, fairs: dict[int, int], contributions: dict) -> None:
    """Who brought them; rows that are there already are left alone."""
    ids = dict(Municipality.objects.values_list("code", "pk"))
    makers = Contribution.municipalities.through
    makers.objects.bulk_create(
        [
            makers(
                contribution_id=contributions[fairs[each.year.year], each.kind, each.title].pk,
                municipality_id=ids[code],
            )
            for each in read_.contributions
            for code in each.codes
        ],
        ignore_conflicts=True,
    )
