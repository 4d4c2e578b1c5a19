"""The frozen record of a decision: all that it follows from, as canonical JSON, and how to recompute it.

A stranger with the record alone can take its SHA-256 and work out the standings anew (`recomputed`).
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from importlib.metadata import version

from awards.models import Person, Role
from criteria import model_files
from criteria.attendance import Table
from criteria.jury_analysis import SEED
from criteria.models import Decision, DecisionRow, Round
from criteria.readings import Agreed, Ordered, Reading, Readings
from criteria.scoring import Blank, Mark
from criteria.standings import Standings, stand
from nominees.submission_content import fingerprint

FORMAT, VERSION = "decision", 1
LIBRARIES = ("django", "numpy", "scipy", "krippendorff")


def record_of(
    decision: Decision,
    rows: Iterable[DecisionRow],
    standings: Standings,
    table: Table,
    *,
    now: datetime,
    by: Person,
) -> dict:
    """The record of a proposed decision that `by` confirms now; `standings` with nothing hidden."""
    readings = _without_names(standings.readings)
    inputs = inputs_of(readings)
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "edition": decision.edition.key,
        "number": decision.number,
        "replaces": _replaced(decision),
        "decided": _decided(decision, rows, readings),
        "model": _model(decision.round),
        "rule": _rule(readings),
        "inputs": inputs,
        "inputs_sha256": fingerprint(inputs),
        "standings": standings_in_record(standings),
        "seed": SEED,
        "libraries": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
        "four_eyes": decision.four_eyes,
        "proposed": {**_who(table, decision.proposed_by_id), "at": decision.proposed_at.isoformat()},
        "confirmed": {**_who(table, by.pk), "at": now.isoformat()},
    }


def inputs_sum(standings: Standings) -> str:
    """The sum of all that a decision follows from, as its record has it; `standings` with nothing hidden."""
    return fingerprint(inputs_of(_without_names(standings.readings)))


def recomputed(record: Mapping) -> list[dict]:
    """The standings worked out anew from the record's own inputs and model: equal to what it says."""
    return standings_in_record(stand(_readings(record)))


def inputs_of(readings: Readings) -> dict:
    """Every sheet that was read, who stood aside, what was agreed, how the chair parted equals: by codes."""
    codes, seats = readings.codes, readings.seats
    known = sorted(pair for pair in readings.aside if pair[0] in codes and pair[1] in seats)
    return {
        "entries": [{"code": codes[key], "name": name} for key, name in readings.entries.items()],
        "seats": list(seats.values()),
        "readers": {codes[key]: count for key, count in readings.readers.items()},
        "sheets": [
            {
                "entry": codes[row.nomination],
                "seat": seats[row.juror],
                "done": row.submitted,
                "marks": {code: _written(mark) for code, mark in sorted(row.marks.items())},
            }
            for row in readings.rows
        ],
        "aside": [{"entry": codes[key], "seat": seats[seat]} for key, seat in known],
        "consensus": [
            {"entry": codes[key], "criterion": code, "reason": each.reason, **_written(each.mark)}
            for key, agreed in readings.agreed.items()
            for code, each in sorted(agreed.items())
        ],
        "chairs_orders": [
            {"entries": [codes[key] for key in order.entries], "reason": order.reason}
            for order in readings.orders
        ],
    }


def standings_in_record(standings: Standings) -> list[dict]:
    """The lines of the standings as the record keeps them; numbers as text, so that nothing is rounded."""
    return [
        {
            "entry": line.code,
            "place": line.place,
            "value": _text(line.value),
            "of_100": _text(line.of_100),
            "jurors": line.jurors,
            "decided_by": list(line.decided_by),
            "agreed": _text(line.agreed),
            "agreed_place": line.agreed_place,
        }
        for line in standings.lines
    ]


def _decided(decision: Decision, rows: Iterable[DecisionRow], readings: Readings) -> dict:
    return {
        "no_award": decision.no_award,
        "no_award_reason": decision.no_award_reason,
        "rows": [
            {
                "entry": readings.codes[row.nomination_id],
                "outcome": str(row.outcome),
                "place": row.place,
                "motivation_sv": row.motivation_sv,
                "motivation_en": row.motivation_en,
            }
            for row in rows
            if row.nomination_id in readings.codes
        ],
    }


def _without_names(readings: Readings) -> Readings:
    """The same with a number for each seat without a name: a frozen record holds no person's."""
    named = set(Role.objects.filter(pk__in=readings.seats).exclude(seat="").values_list("pk", flat=True))
    seats = {pk: name if pk in named else f"#{pk}" for pk, name in readings.seats.items()}
    return replace(readings, seats=seats)


def _replaced(decision: Decision) -> dict | None:
    if decision.replaces is None:
        return None
    earlier = decision.replaces
    return {"number": earlier.number, "sha256": earlier.sha256, "reason": decision.replaces_reason}


def _model(scoring_round: Round) -> dict:
    model = scoring_round.scoring_model
    return {"code": model.code, "version": model.version, "definition": model.definition}


def _rule(readings: Readings) -> dict:
    model = readings.model
    return {
        "juror_combine": model.juror_combine,
        "combine_on": model.combine_on,
        "trim": model.trim,
        "incomplete": model.incomplete,
        "rounding": {"at": model.rounding.at, "places": model.rounding.places},
        "tie_break": list(model.tie_break),
    }


def _who(table: Table, person: int | None) -> dict:
    """A person by number and seat, never by name: who is forgotten leaves the record whole."""
    seat = next((seat for seat in table.seats if seat.person == person), None)
    return {"person": person, "kind": str(seat.kind) if seat else "administrator"}


def _written(mark: Mark) -> dict:
    return {"blank": str(mark.blank)} if mark.blank else {"value": _text(mark.value)}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _read(written: Mapping) -> Mark:
    if "blank" in written:
        return Mark(blank=Blank(written["blank"]))
    return Mark(value=Decimal(written["value"]))


def _readings(record: Mapping) -> Readings:
    inputs = record["inputs"]
    keys = {each["code"]: number for number, each in enumerate(inputs["entries"])}
    seats = {name: number for number, name in enumerate(inputs["seats"])}
    agreed: dict[int, dict[str, Agreed]] = {}
    for each in inputs["consensus"]:
        line = Agreed(_read(each), each["reason"], 1)
        agreed.setdefault(keys[each["entry"]], {})[each["criterion"]] = line
    return Readings(
        model=model_files.parse(record["model"]["definition"]),
        entries={keys[each["code"]]: each["name"] for each in inputs["entries"]},
        codes={number: code for code, number in keys.items()},
        seats={number: name for name, number in seats.items()},
        rows=tuple(
            Reading(
                keys[each["entry"]],
                seats[each["seat"]],
                each["done"],
                {code: _read(mark) for code, mark in each["marks"].items()},
            )
            for each in inputs["sheets"]
        ),
        aside=frozenset((keys[each["entry"]], seats[each["seat"]]) for each in inputs["aside"]),
        readers={keys[code]: count for code, count in inputs["readers"].items()},
        agreed=agreed,
        orders=tuple(
            Ordered(tuple(keys[code] for code in each["entries"]), each["reason"])
            for each in inputs["chairs_orders"]
        ),
    )
