"""Closed rounds with known totals for the chair's pages: jurors give every criterion the same mark."""

from decimal import Decimal

from awards.models import Person, Role
from awards.states import RoleKind
from criteria.models import Assignment, Recusal, Round, Score, ScoreSheet
from criteria.states import RoundState, SheetState
from tests.story import leaf_codes


def close(story) -> Round:
    """The story's round, closed as it stands."""
    Round.objects.filter(pk=story.round.pk).update(state=RoundState.CLOSED)
    story.round.refresh_from_db()
    return story.round


def clear(story) -> None:
    """Take all sheets and recusals away."""
    ScoreSheet.objects.all().delete()
    Recusal.objects.all().delete()


def seats(story, count: int) -> list[Role]:
    """`count` jurors' seats, new ones beyond the story's three."""
    found = [story.seats[name] for name in ("juror1", "juror2", "juror3")][:count]
    for number in range(len(found), count):
        person = Person.objects.create_user(f"seat{number}@story.example")
        name = f"Ledamot {chr(ord('A') + number)}"
        found.append(
            Role.objects.create(edition=story.edition, person=person, kind=RoleKind.JUROR, seat=name)
        )
    return found


def give(story, juror: Role, code: str, mark: int | dict, *, done: bool = True) -> ScoreSheet:
    """A sheet with one mark everywhere, or with these marks by criterion."""
    assignment, _new = Assignment.objects.get_or_create(
        round=story.round, juror=juror, nomination=story.nominations[code]
    )
    state = SheetState.DONE if done else SheetState.DRAFT
    sheet = ScoreSheet.objects.create(assignment=assignment, state=state)
    marks = mark if isinstance(mark, dict) else dict.fromkeys(leaf_codes(), mark)
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=criterion, value=Decimal(value)) for criterion, value in marks.items()
    )
    return sheet


def table(story, rows: dict[str, tuple]) -> Round:
    """A closed round in which entry `code` got these marks, juror by juror; None is no reading."""
    clear(story)
    jurors = seats(story, max(len(row) for row in rows.values()))
    for code, row in rows.items():
        for juror, mark in zip(jurors, row, strict=True):
            if mark is not None:
                give(story, juror, code, mark)
    return close(story)
