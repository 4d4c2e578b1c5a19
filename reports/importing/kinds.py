"""What can be imported, and which columns each kind knows by which headings; no query."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    """One thing that a column may hold. `headings` are its spellings, as `columns.heading_key` writes them.

    `fills` lets the organiser say once what holds for all rows whose cell is empty.
    """

    name: str
    label: str | Promise
    headings: tuple[str, ...]
    required: bool = False
    fills: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of table. Of the fields in `any_of` at least one must have a column."""

    name: str
    label: str | Promise
    about: str | Promise
    fields: tuple[Field, ...]
    any_of: tuple[str, ...] = ()
    sends_letters: bool = False
    needs_source: bool = False

    def field(self, name: str) -> Field:
        """The field of this name."""
        return next(each for each in self.fields if each.name == name)


KEYS = ("code", "number", "name")
_MUNICIPALITY = (
    Field(
        "code",
        _("Municipality code"),
        ("kommunkod", "kommunkod scb", "kod", "municipality code", "code", "knr"),
    ),
    Field(
        "name",
        _("Municipality"),
        ("kommun", "kommunnamn", "kommunens namn", "municipality", "municipality name", "namn på kommun"),
    ),
    Field(
        "number",
        _("Organisation number"),
        ("organisationsnummer", "orgnr", "org nr", "organisationsnr", "organisation number", "org number"),
    ),
)
_EMAIL = Field(
    "email",
    _("E-mail address"),
    ("epost", "e post", "epostadress", "e postadress", "e mail", "email", "mejl", "mail", "e mail address",
     "email address", "mejladress"),
    required=True,
)  # fmt: skip

NOMINATIONS = Kind(
    "nominations",
    _("Nominations"),
    _("Which municipalities take part, and how they came in. Each gets a draft to write in."),
    (
        *_MUNICIPALITY,
        Field("route", _("Way in"), ("väg in", "ingång", "way in", "route"), fills=True),
        Field("event", _("What happened"), ("händelse", "vad som hände", "utfall", "event", "what happened"),
              fills=True),
        Field("date", _("Date"), ("datum", "dag", "date", "inkom", "inkommen"), fills=True),
        Field("diary_number", _("Diary number"), ("diarienummer", "dnr", "diarienr", "diary number")),
        Field("answer_by", _("Accept or decline by"),
              ("svara senast", "svar senast", "sista svarsdag", "answer by", "accept or decline by"),
              fills=True),
    ),
    any_of=KEYS,
)  # fmt: skip
CONTACTS = Kind(
    "contacts",
    _("Contacts of the municipalities"),
    _("Who writes for which municipality. Each new one is invited by letter."),
    (
        *_MUNICIPALITY,
        _EMAIL,
        Field("level", _("May"), ("får", "behörighet", "roll", "nivå", "may", "level", "role"), fills=True),
        Field("title", _("Job title"), ("titel", "befattning", "title", "job title", "position")),
    ),
    any_of=KEYS,
    sends_letters=True,
)
JURORS = Kind(
    "jurors",
    _("The jury"),
    _("Seats with organisation and panel. Each new holder is invited by letter."),
    (
        _EMAIL,
        Field("role", _("Role"), ("roll", "uppdrag", "role"), fills=True),
        Field("seat", _("Seat"), ("plats", "stol", "seat")),
        Field("organisation", _("Organisation"),
              ("organisation", "organization", "arbetsgivare", "myndighet"), fills=True),
        Field("panel", _("Panel"), ("panel", "grupp", "jurygrupp"), fills=True),
    ),
    sends_letters=True,
)  # fmt: skip
EVALUATIONS = Kind(
    "evaluations",
    _("External scores"),
    _("Evaluations by Kommunkompassen: one row for each area, always with the version."),
    (
        *_MUNICIPALITY,
        Field("instrument", _("Instrument"), ("instrument", "verktyg", "mätning"), fills=True),
        Field("version", _("Version"),
              ("version", "instrument version", "kommunkompassens version", "modellversion"), True, True),
        Field("evaluated", _("Evaluated"),
              ("utvärderad", "utvärderat", "utvärderingsår", "år", "datum", "evaluated", "year"), True, True),
        Field("area_number", _("Area number"),
              ("områdesnummer", "område nr", "nr", "nummer", "area number", "number"), True),
        Field("area", _("Area"), ("område", "områdets namn", "area", "perspektiv"), True),
        Field("points", _("Points"), ("poäng", "resultat", "points", "score"), True),
        Field("max_points", _("Of at most"), ("maxpoäng", "max", "högsta poäng", "max points"), fills=True),
        Field("national_mean", _("National mean"),
              ("riket", "rikssnitt", "medel i riket", "medelvärde", "snitt", "national mean", "mean")),
        Field("source", _("Source"), ("källa", "source", "source url"), fills=True),
    ),
    any_of=KEYS,
    needs_source=True,
)  # fmt: skip

KINDS = {kind.name: kind for kind in (NOMINATIONS, CONTACTS, JURORS, EVALUATIONS)}
