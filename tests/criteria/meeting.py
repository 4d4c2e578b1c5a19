"""A closed round with a known order and its consensus meeting, for the tests of meeting and decision."""

from decimal import Decimal

from awards.models import Role
from criteria import actions
from criteria.actions import Wish
from criteria.models import ConsensusMeeting, Decision, Recusal, Round
from criteria.scoring import Mark
from tests.criteria.jury import table
from tests.story import leaf_codes

KAVLINGE, HELSINGBORG, ESKILSTUNA, KARLSTAD, VASTERAS, BORAS = "1261", "1283", "0484", "1780", "1980", "1490"
JURY = {  # six entries, four jurors: a leader, a quarrel on Karlstad
    KAVLINGE: (5, 4, 5, 5),
    HELSINGBORG: (4, 3, 4, 4),
    ESKILSTUNA: (4, 3, 3, 4),
    VASTERAS: (3, 3, 4, 3),
    KARLSTAD: (2, 1, 5, 2),
    BORAS: (2, 1, 2, 2),
}


def closed_round(story, rows=None) -> Round:
    """The story's round, closed with these marks."""
    table(story, rows or JURY)
    return Round.objects.select_related("edition", "scoring_model").get(pk=story.round.pk)


def opened(story, rows=None) -> ConsensusMeeting:
    """Its meeting, opened by the chair."""
    return actions.open_meeting(scoring_round=closed_round(story, rows), now=story.now, by=story.chair)


def wishes(value, reason="Vi enades.", codes=None) -> dict[str, Wish]:
    """The same value with a reason on these criteria, all where none are named."""
    return dict.fromkeys(codes or leaf_codes(), Wish(Mark(value=Decimal(value)), reason))


def agree(story, meeting, code, written, *, token=None, left=None, by=None):
    """The chair (or another) agrees on an entry; unless said, all who stand aside have left the room."""
    if left is None:
        aside = Recusal.objects.filter(nomination=story.nominations[code], lifted_at=None)
        people = Role.objects.filter(person__in=aside.values("juror__person"), edition=story.edition)
        left = list(people.values_list("pk", flat=True))
    return actions.agree(
        meeting=meeting,
        nomination=story.nominations[code],
        written=written,
        token=token,
        left=left,
        now=story.now,
        by=by or story.chair,
    )


def stand_aside(story, seat: Role, code: str) -> Recusal:
    """The seat's holder stands aside from an entry."""
    return actions.recuse(
        juror=seat, nomination=story.nominations[code], reason="home", now=story.now, by=seat.person
    )


def drafted(story) -> Decision:
    """The chair's draft on the closed round, every gap filled."""
    scoring_round = Round.objects.select_related("edition", "scoring_model").get(pk=story.round.pk)
    decision = actions.draft_decision(scoring_round=scoring_round, now=story.now, by=story.chair)
    decision.rows.filter(outcome="winner").update(motivation_sv="För att ni lär av varandra.")
    return decision


def confirmed(story) -> Decision:
    """Proposed by the chair, confirmed by the organiser."""
    decision = drafted(story)
    actions.propose_decision(decision=decision, now=story.now, by=story.chair)
    return actions.confirm_decision(decision=decision, now=story.now, by=story.organiser)


def second_round(story, state: str) -> Round:
    """Another round by the same model, after the first."""
    return Round.objects.create(
        edition=story.edition, scoring_model=story.round.scoring_model, position=2, state=state
    )
