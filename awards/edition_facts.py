"""What is said about a new edition before it exists, and what speaks against it, in a sentence a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.models import Award, Edition, Fair
from awards.states import EntryMode

FIRST_YEAR, YEARS_AHEAD = 2000, 15
MAIN = "sveriges-kvalitetskommun"  # the award whose editions are called by the year alone
RESERVED = frozenset({"new"})  # other pages have these addresses
REHEARSAL = "rehearsal-"
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")


class NotPossibleError(ValueError):
    """Nothing was written; `problems` has a sentence for each field."""

    def __init__(self, problems: dict[str, object]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """A new edition in a person's words. `award` is None for an award that is new too."""

    award: Award | None
    year: int
    key: str = ""  # empty: as suggested
    new_award_sv: str = ""
    new_award_en: str = ""
    theme: str = ""
    venue: str = ""
    starts: date | None = None
    ends: date | None = None
    motto: str = ""
    entry_mode: str = EntryMode.APPLICATION
    is_rehearsal: bool = False

    @property
    def new_slug(self) -> str:
        """The new award's short name."""
        return slugify(self.new_award_sv)[:50].strip("-")

    @property
    def wanted_key(self) -> str:
        """The key that was typed, else the suggested one."""
        return self.key or suggested_key(
            self.award.slug if self.award else self.new_slug, self.year, is_rehearsal=self.is_rehearsal
        )


def suggested_key(slug: str, year: int, *, is_rehearsal: bool) -> str:
    """2027, rehearsal-2027; for a sister award arets-kvalitetschef-2027."""
    own = f"{year}" if slug == MAIN else f"{slug[:36]}-{year}"
    return f"{REHEARSAL}{own}" if is_rehearsal else own


def fair_of(facts: EditionFacts) -> Fair | None:
    """The real fair of that year, where it is set up already; a rehearsal always gets one of its own."""
    return None if facts.is_rehearsal else Fair.objects.filter(label_year=facts.year, rehearsal=False).first()


def problems_of(facts: EditionFacts, today: date) -> dict[str, object]:
    """Field -> sentence; empty when the edition may be made. At most five queries."""
    asked = {
        "year": _year(facts, today),
        "ends": fair_days(facts.starts, facts.ends),
        "new_award_sv": _new_award(facts),
    }
    if not asked["year"] and not asked["new_award_sv"]:
        asked |= {"key": _key(facts), "starts": fair_year(facts.starts, facts.year), **_at_the_fair(facts)}
    return {name: problem for name, problem in asked.items() if problem}


def fair_year(starts: date | None, year: int) -> object:
    """A fair keeps its year though it moved into the next; other years are a slip of the pen."""
    if starts is None or year <= starts.year <= year + 1:
        return None
    says = _("The fair of {year} begins in {year} or {next}, but the day written is in the year {other}.")
    return format_lazy(says, year=year, next=year + 1, other=f"{starts.year:04d}")


def fair_days(starts: date | None, ends: date | None) -> object:
    """What is wrong with the fair's first and last day."""
    if starts and ends and ends < starts:
        return _("The fair cannot end before it begins.")
    return None


def _year(facts: EditionFacts, today: date) -> object:
    first = FIRST_YEAR if facts.is_rehearsal else today.year
    last = today.year + YEARS_AHEAD
    if facts.year < first and not facts.is_rehearsal:
        return format_lazy(
            _("The year {year} is over. A new edition lies ahead; a rehearsal may play an earlier year."),
            year=facts.year,
        )
    if not first <= facts.year <= last:
        return format_lazy(_("Write a year from {first} to {last}."), first=first, last=last)
    if facts.award is None or facts.is_rehearsal:
        return None
    known = Edition.objects.filter(award=facts.award, fair__label_year=facts.year, is_rehearsal=False).first()
    if known is None:
        return None
    return format_lazy(_("{award} has an edition in {year} already."), award=facts.award, year=facts.year)


def _key(facts: EditionFacts) -> object:
    key = facts.wanted_key
    if not _KEY.fullmatch(key):
        return _("A key is small letters a to z, digits and hyphens, at most 50.")
    if key in RESERVED:
        return _("This key is the address of another page. Choose another one.")
    if key.startswith(REHEARSAL) and not facts.is_rehearsal:
        return _("Only a rehearsal's key begins with rehearsal-.")
    if Edition.objects.filter(key=key).exists():
        return format_lazy(_("The key {key} is taken. Choose another one."), key=key)
    return None


def _new_award(facts: EditionFacts) -> object:
    if facts.award is not None:
        return None
    if not facts.new_award_sv or not facts.new_slug:
        return _("Write the new award's name.")
    if Award.objects.filter(slug=facts.new_slug).exists():
        return _("There is an award of that name. Choose it in the list.")
    return None


def _at_the_fair(facts: EditionFacts) -> dict[str, object]:
    """What was typed about a fair that is known already, and says something else."""
    fair = fair_of(facts)
    if fair is None:
        return {}
    sentence = _("{fair} is set up already, with {known} here. Leave the field empty.")
    found = {}
    for name in ("theme", "venue", "starts", "ends"):
        typed, known = getattr(facts, name), getattr(fair, name)
        if typed and known and typed != known:
            shown = formats.day(known) if isinstance(known, date) else known
            found[name] = format_lazy(sentence, fair=str(fair), known=shown)
    return found
