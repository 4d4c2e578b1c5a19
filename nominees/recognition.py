"""Which municipality is meant: by code, organisation number or name, in the spellings that people use."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nominees.models import Municipality, MunicipalityName
from nominees.organisation_number import is_sound

LETTERS = "åäö"
MOST_GUESSES = 100  # names that no municipality has, for which a likely one is sought
LONGEST = 120
ENDINGS = ("", " kommun", " stad", " kn", " k:n")
CODE_AND_NAME = re.compile(r"([0-9]{4})[\s,:;-]+(\D.*)|(\D.*?)[\s,]*\(?([0-9]{4})\)?")
_DASHES = re.compile(r"[\s\u00a0\u2010-\u2015-]+")
_FOLD = str.maketrans("åäöéüæø", "aaoeuao")


@dataclass(frozen=True)
class Recognised:
    """The municipality, or a sentence; `candidates` are those it may be, when that is a question."""

    municipality: Municipality | None = None
    says: str | Promise = ""
    candidates: tuple[Municipality, ...] = ()


class Gazetteer:
    """All municipalities by every key; asks the database nothing."""

    def __init__(self, municipalities: Iterable[Municipality], names: Iterable[MunicipalityName]) -> None:
        self.by_pk = {each.pk: each for each in municipalities}
        self.by_code = {each.code: each for each in self.by_pk.values()}
        self.by_number = {each.organisation_number: each for each in self.by_pk.values()}
        self.exact: dict[str, set[int]] = defaultdict(set)
        self.guesses = 0
        for each in self.by_pk.values():
            self._spell(each.pk, each.name)
            self._spell(each.pk, each.full_name)
        for name in names:
            if name.kind == "code":
                self.by_code.setdefault(name.value, self.by_pk[name.municipality_id])
            else:
                self._spell(name.municipality_id, name.value)
        self.folded: dict[str, set[int]] = defaultdict(set)
        for spelling, pks in self.exact.items():
            self.folded[spelling.translate(_FOLD)] |= pks

    def find(self, *, code: str = "", name: str = "", number: str = "", rings: bool = True) -> Recognised:
        """The one municipality that all given keys name.

        `rings` says that the list keeps its å, ä and ö: then Habo is Habo. In a list without them Habo may be
        Håbo too, and is asked about.
        """
        name = name[:LONGEST]
        inside = CODE_AND_NAME.fullmatch(name)
        if inside and not code:
            code, name = inside[1] or inside[4], inside[2] or inside[3]
        elif name.isascii() and name.isdigit() and not code:
            code, name = name, ""
        answers = [
            self._by_code(code) if code else None,
            self._by_number(number) if number else None,
        ]
        sure = [each for each in answers if each]
        if name:
            found = self._by_name(name, rings)
            if not (sure and _is_among(sure[0].municipality, found.candidates)):
                sure.append(found)
        if not sure:
            return Recognised(says=_("The row does not say which municipality it is about."))
        if wrong := next((each for each in sure if each.municipality is None), None):
            return wrong
        first = sure[0].municipality
        if other := next((each.municipality for each in sure if each.municipality != first), None):
            return Recognised(says=_contradiction(first, other, name))
        return Recognised(first)

    def _by_code(self, code: str) -> Recognised:
        bare = code.removesuffix(".0").zfill(4)  # a spreadsheet drops the first zero
        found = self.by_code.get(bare)
        if found is None:
            return Recognised(
                says=format_lazy(_("There is no municipality with the code {code}."), code=code[:20])
            )
        return Recognised(found)

    def _by_number(self, number: str) -> Recognised:
        written = organisation_number(number)
        if not is_sound(written):
            says = _("{number} is not an organisation number: the last digit does not check the others.")
            return Recognised(says=format_lazy(says, number=number[:30]))
        found = self.by_number.get(written)
        if found is None:
            says = _("No municipality has the organisation number {number}.")
            return Recognised(says=format_lazy(says, number=number[:30]))
        return Recognised(found)

    def _by_name(self, name: str, rings: bool) -> Recognised:
        spelt = spelling(name)
        exact, alike = self.exact.get(spelt, set()), self.folded.get(spelt.translate(_FOLD), set())
        if len(exact) == 1 and (rings or len(alike) == 1 or has_rings(name)):
            return Recognised(self.by_pk[min(exact)])
        if not exact and len(alike) == 1 and not has_rings(name):
            return Recognised(self.by_pk[min(alike)])
        if exact or alike:
            return self._which(name, exact | alike)
        if likely := self._likely(spelt):
            says = format_lazy(
                _("There is no municipality called “{name}”. Which one is meant?"), name=name[:60]
            )
            return Recognised(says=says, candidates=self._ordered(likely))
        says = format_lazy(_("There is no municipality called “{name}”."), name=name[:60])
        return Recognised(says=says)

    def _likely(self, spelt: str) -> set[int]:
        """Whose name is almost this; sought for so many names only, since it is slow."""
        self.guesses += 1
        if self.guesses > MOST_GUESSES:
            return set()
        names = {spelling(each.name): pk for pk, each in self.by_pk.items()}
        return {names[near] for near in get_close_matches(_bare(spelt), names, n=4, cutoff=0.8)}

    def _which(self, name: str, pks: set[int]) -> Recognised:
        candidates = self._ordered(pks)
        listed = ", ".join(f"{each.name} ({each.code})" for each in candidates)
        says = format_lazy(_("“{name}” may be {listed}. Which one is meant?"), name=name[:60], listed=listed)
        return Recognised(says=says, candidates=candidates)

    def _ordered(self, pks: Iterable[int]) -> tuple[Municipality, ...]:
        return tuple(sorted((self.by_pk[pk] for pk in pks), key=lambda each: each.sort_key))

    def _spell(self, pk: int, name: str) -> None:
        base = spelling(name)
        for ending in ENDINGS:
            bare = base.removesuffix(ending) if ending else base
            for each in (bare, f"{bare}s"):  # Malmö stad, Göteborgs stad
                for way in ENDINGS:
                    self.exact[f"{each}{way}"].add(pk)


def gazetteer() -> Gazetteer:
    """All municipalities with their former names and codes: two queries."""
    return Gazetteer(Municipality.objects.all(), MunicipalityName.objects.all())


def spelling(name: str) -> str:
    """A name as it is compared: NFC, without case, with one kind of space between its parts."""
    return _DASHES.sub(" ", unicodedata.normalize("NFC", name).casefold()).strip()


def _bare(spelt: str) -> str:
    """Without `kommun` or `stad` at its end."""
    return next((spelt.removesuffix(each) for each in ENDINGS[1:] if spelt.endswith(each)), spelt)


def has_rings(name: str) -> bool:
    """Whether the name is written with å, ä or ö."""
    return any(letter in LETTERS for letter in unicodedata.normalize("NFC", name).casefold())


def organisation_number(text: str) -> str:
    """NNNNNN-NNNN of what was written: with or without hyphen, century (16) or as a VAT number."""
    digits = "".join(sign for sign in text.removesuffix(".0") if sign.isascii() and sign.isdigit())
    if text.strip().upper().startswith("SE") and len(digits) == 12 and digits.endswith("01"):
        digits = digits[:10]
    elif len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    return f"{digits[:6]}-{digits[6:]}"


def _is_among(municipality: Municipality | None, candidates: tuple[Municipality, ...]) -> bool:
    return municipality is not None and municipality in candidates


def _contradiction(first: Municipality, other: Municipality, name: str) -> str | Promise:
    says = _("The row names two municipalities: {first} ({first_code}) and {other} ({other_code}).")
    return format_lazy(
        says, first=first.name, first_code=first.code, other=other.name, other_code=other.code, name=name
    )
