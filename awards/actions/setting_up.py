"""Making an edition: from nothing, or from an earlier one; all of it or nothing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards import copying, permissions
from awards.actions.ceremony import plan_ceremony
from awards.actions.people import take_seat
from awards.copying import Copying, Line, Part
from awards.edition_facts import EditionFacts, NotPossibleError, fair_of, problems_of
from awards.journal import record
from awards.models import Award, Edition, Fair, Person, Stage
from awards.shifts import Shift
from awards.stage_templates import TEMPLATES
from awards.states import RoleKind
from awards.typed_days import ceremony_year


@transaction.atomic
def create_edition(
    *, facts: EditionFacts, template: str = "", ceremony: date | None = None, now: datetime, by: Person
) -> Edition:
    """A planned edition with fair and stages; `by` becomes its organiser. NotPossibleError says why not."""
    if problem := ceremony_year(ceremony, facts.year):
        raise NotPossibleError({"ceremony": problem})
    edition, _by = _found(facts, now, by)
    plan = TEMPLATES[template].stages if template else ()
    for number, planned in enumerate(plan, start=1):
        opens_at, closes_at = planned.span(ceremony)
        Stage.objects.create(
            edition=edition, kind=planned.kind, position=number, opens_at=opens_at, closes_at=closes_at
        )
    if ceremony:
        plan_ceremony(edition, ceremony)
    return edition


@transaction.atomic
def copy_edition(
    *,
    source: Edition,
    facts: EditionFacts,
    names: tuple[str, ...],
    shift: Shift,
    now: datetime,
    by: Person,
) -> Edition:
    """A new edition with the named parts of `source`; the journal keeps what was copied, person by none."""
    permissions.may_copy(by, source).require()
    chosen = chosen_parts(source, names, by)
    edition, by = _found(facts, now, by)
    copied = Copying(source, edition, shift, now, by)
    kept = []
    for part in chosen:
        kept.append({"name": part.name, "lines": _kept(part, source, shift)})
        part.copy(copied)
    record("copy_edition", edition, by=by, edition=edition, source=source.pk, days=shift.days, parts=kept)
    return edition


def chosen_parts(source: Edition, names: tuple[str, ...], by: Person) -> tuple[Part, ...]:
    """The parts of these names that `by` may copy; one that needs another goes only with it."""
    chosen = tuple(
        part for part in copying.parts() if part.name in names and (not part.needs or part.needs in names)
    )
    for part in chosen:
        part.may(by, source).require()
    return chosen


def _found(facts: EditionFacts, now: datetime, by: Person) -> tuple[Edition, Person]:
    """The bare edition, and `by` read anew, who organises it from now on."""
    permissions.may_set_up(by, facts.award).require()
    if facts.award is not None:
        Award.objects.select_for_update().get(pk=facts.award.pk)  # two at once make one edition a year
    if problems := problems_of(facts, timezone.localdate(now)):
        raise NotPossibleError(problems)
    try:
        with transaction.atomic():
            edition = _write(facts)
    except IntegrityError as error:
        taken = format_lazy(_("The key {key} is taken. Choose another one."), key=facts.wanted_key)
        raise NotPossibleError({"key": taken}) from error
    by = Person.objects.get(pk=by.pk)
    record("create_edition", edition, by=by, edition=edition)
    take_seat(person=by, edition=edition, kind=RoleKind.ORGANISER, now=now, by=by)
    return edition, by


def _write(facts: EditionFacts) -> Edition:
    award = facts.award or Award.objects.create(
        slug=facts.new_slug, name_sv=facts.new_award_sv, name_en=facts.new_award_en
    )
    fair = fair_of(facts) or Fair(label_year=facts.year, rehearsal=facts.is_rehearsal)
    for name in ("theme", "venue", "starts", "ends"):
        setattr(fair, name, getattr(fair, name) or getattr(facts, name))
    fair.save()
    return Edition.objects.create(
        award=award,
        fair=fair,
        key=facts.wanted_key,
        motto=facts.motto,
        entry_mode=facts.entry_mode,
        is_rehearsal=facts.is_rehearsal,
    )


def _kept(part: Part, source: Edition, shift: Shift) -> list[dict]:
    """The lines as the journal keeps them: words in both languages and times, never whom they concern."""
    with translation.override("en"):
        english = [str(line.text) for line in part.preview(source, shift)]
    with translation.override("sv"):
        lines = list(part.preview(source, shift))
        swedish = [str(line.text) for line in lines]
    return [
        {"text": text, "text_en": text_en, **_times(line)}
        for line, text, text_en in zip(lines, swedish, english, strict=True)
    ]


def _times(line: Line) -> dict[str, str]:
    return {name: value.isoformat() for name, value in asdict(line).items() if isinstance(value, datetime)}
