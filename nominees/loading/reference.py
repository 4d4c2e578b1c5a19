"""Counties and municipalities out of their files: checked, compared with each other, then written."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from awards import journal
from awards.swedish import sort_key
from nominees import organisation_number
from nominees.loading.sources import bring_sources
from nominees.loading.tables import Row, Shelf
from nominees.loading.writing import Changes, bring
from nominees.models import County, Municipality, MunicipalityName
from nominees.states import GROUPS

_CODE = re.compile(r"[0-9]{4}")
_COUNTY_COLUMNS = {
    "county_code": "code",
    "county_name": "name",
    "county_short": "short_name",
    "county_letter": "letter",
    "iso_3166_2": "iso_code",
    "region_name": "region_name",
    "kolada_region_id": "kolada_region_id",
}


@dataclass(frozen=True)
class _Read:
    """What the files say, before anything is written."""

    counties: list[dict]
    municipalities: list[dict]
    names: list[dict]


def load_reference(shelf: Shelf) -> Changes:
    """Bring counties and municipalities to what the files say; nothing is written if any row is wrong.

    Raises DataTroubleError. Side effect: one journal row with the counts when anything changed.
    """
    read = _read(shelf)
    shelf.troubles.stop_if_any()
    changes = Changes()
    with transaction.atomic():
        _write(read, changes)
        if changes.any:
            journal.record(
                "load_reference", Municipality(), by=None, added=changes.added, changed=changes.changed
            )
    return changes


def _read(shelf: Shelf) -> _Read:
    county_rows = shelf.rows("counties.csv", *_COUNTY_COLUMNS, "municipalities")
    counties = {row.text("county_code"): row for row in county_rows}
    _no_doubles(county_rows, "county_code")
    rows = shelf.rows(
        "municipalities.csv", "code", "name", "kommun_name", "county_code", "county_name", "skr_group_2023",
        "population", "population_date", "org_number",
    )  # fmt: skip
    municipalities = [_municipality(row, counties) for row in rows]
    _no_doubles(rows, "code")
    _no_doubles(rows, "org_number")
    _all_there(county_rows, rows)
    known = {row.text("code") for row in rows}
    changes = shelf.rows(
        "municipality_changes.csv", "code", "kind", "value", "valid_from", "valid_to", "note", "source"
    )
    return _Read(
        [_county(row) for row in county_rows],
        municipalities,
        [_name(row, known) for row in changes],
    )


def _county(row: Row) -> dict:
    values = {field: row.required(column) for column, field in _COUNTY_COLUMNS.items()}
    row.fits(County, values)
    return values


def _municipality(row: Row, counties: dict[str, Row]) -> dict:
    code, county = row.required("code"), row.text("county_code")
    if not _CODE.fullmatch(code):
        row.trouble(f"the code “{code}” is not four digits")
    elif not code.startswith(county):
        row.trouble(f"the code {code} does not begin with the county's code {county}")
    if county not in counties:
        row.trouble(f"there is no county with the code “{county}”")
    elif counties[county].text("county_name") != row.text("county_name"):
        row.trouble(f"the county {county} is {counties[county].text('county_name')} in counties.csv")
    number = row.required("org_number")
    if number and not organisation_number.is_sound(number):
        row.trouble(f"the organisation number {number} is not right: its form or its check digit")
    population = row.whole("population")
    if population == 0:
        row.trouble("population is 0")
    name = row.required("name")
    values = {
        "code": code,
        "name": name,
        "full_name": row.required("kommun_name"),
        "county": county,
        "group": row.one_of("skr_group_2023", dict(GROUPS)),
        "population": population,
        "population_date": row.day("population_date", needed=True),
        "organisation_number": number,
        "sort_key": sort_key(name),
    }
    row.fits(Municipality, values)
    return values


def _no_doubles(rows: list[Row], column: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.text(column), row.number)
        if first != row.number:
            row.trouble(f"{column} {row.text(column)} stands in row {first} too")


def _all_there(counties: list[Row], municipalities: list[Row]) -> None:
    """A cut-off file is found by the number of municipalities that each county says it has."""
    found = Counter(row.text("county_code") for row in municipalities)
    for row in counties:
        said = row.whole("municipalities")
        here = found[row.text("county_code")]
        if said is not None and said != here:
            row.trouble(f"{row.text('county_name')} has {said} municipalities, municipalities.csv {here}")


def _name(row: Row, known: set[str]) -> dict:
    code, value = row.text("code"), row.required("value")
    kind = row.one_of("kind", dict(MunicipalityName.KINDS))
    if code not in known:
        row.trouble(f"there is no municipality with the code “{code}”")
    if kind == "code" and not _CODE.fullmatch(value):
        row.trouble(f"the code “{value}” is not four digits")
    began, ended = row.day("valid_from"), row.day("valid_to")
    _in_order(row, began, ended)
    values = {
        "municipality": code,
        "kind": kind,
        "value": value,
        "valid_from": began,
        "valid_to": ended,
        "note": row.text("note"),
        "source": row.required("source"),
    }
    row.fits(MunicipalityName, values)
    return values


def _in_order(row: Row, began: date | None, ended: date | None) -> None:
    if began and ended and ended < began:
        row.trouble(f"valid_to {ended} is before valid_from {began}")


def _write(read: _Read, changes: Changes) -> None:
    counties = bring(changes, "counties", County.objects.all(), ("code",), read.counties)
    municipalities = bring(
        changes,
        "municipalities",
        Municipality.objects.all(),
        ("code",),
        [_with(each, county_id=counties[each["county"],].pk) for each in read.municipalities],
    )
    sources = bring_sources(changes, (each["source"] for each in read.names), {})
    bring(
        changes,
        "former names and codes",
        MunicipalityName.objects.all(),
        ("municipality_id", "kind", "value"),
        [
            _with(
                each,
                municipality_id=municipalities[each["municipality"],].pk,
                source_id=sources[each["source"]].pk,
            )
            for each in read.names
        ],
    )


def _with(values: dict, **ids: int) -> dict:
    """The same values with references by id: county -> county_id."""
    return {**{name: value for name, value in values.items() if f"{name}_id" not in ids}, **ids}
