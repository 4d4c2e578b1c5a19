"""Dealing entries out: what is begun stays, conflicts are found, a plan is seen before it is done."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from awards.models import JournalEntry, Role
from awards.states import RoleKind
from criteria import actions
from criteria.conflicts import ties_of
from criteria.models import Assignment, Recusal, Tie
from criteria.proposal import entries_to_score, jurors_of, propose, shown_without
from criteria.states import RecusalReason
from nominees.models import Contact
from tests.story import BORAS, ESKILSTUNA


def page(story) -> str:
    return reverse("assignment_page", args=[story.edition.key])


def late_juror(story) -> Role:
    """A seat that came after the entries were dealt out."""
    return Role.objects.create(
        edition=story.edition, person=story.outsider, kind=RoleKind.JUROR, seat="Ledamot D"
    )


def conflicts(story) -> dict:
    entries, jurors = entries_to_score(story.round), jurors_of(story.round)
    codes = {entry.pk: entry.municipality.code for entry in entries}
    seats = {seat.pk: seat.seat for seat in jurors}
    aside = Recusal.objects.filter(lifted_at=None).values_list("nomination", "juror", "reason")
    found = ties_of(jurors, entries, story.now.date()) | {row[:2]: RecusalReason(row[2]) for row in aside}
    return {(codes[entry], seats[seat]): reason for (entry, seat), reason in found.items()}


def test_conflicts_are_found_in_ties_and_recusals(story):
    Tie.objects.create(
        person=story.juror1,
        kind=RecusalReason.EMPLOYER,
        municipality=story.municipalities["1780"],
        until=story.now.date() - timedelta(days=400),
    )
    assert conflicts(story) == {
        (BORAS, "Ledamot B"): RecusalReason.EMPLOYER,
        ("1780", "Ledamot A"): RecusalReason.EMPLOYER,
    }


def test_a_tie_that_ended_long_ago_binds_nobody(story):
    Tie.objects.create(
        person=story.juror1,
        kind=RecusalReason.EMPLOYER,
        municipality=story.municipalities["1780"],
        until=story.now.date() - timedelta(days=365 * 6),
    )
    assert set(conflicts(story)) == {(BORAS, "Ledamot B")}


def test_a_tie_to_a_county_binds_all_its_entries(story):
    county = story.municipalities["1283"].county
    Tie.objects.create(person=story.juror3, kind=RecusalReason.COUNTY, county=county)
    assert set(conflicts(story)) == {
        (BORAS, "Ledamot B"), ("1261", "Ledamot C"), ("1283", "Ledamot C"),
    }  # fmt: skip


def test_who_wrote_for_a_municipality_in_an_archived_edition_stays_bound_to_it(story):
    place = story.municipalities["1780"]
    Contact.objects.create(person=story.juror1, municipality=place, edition=story.archived)

    assert story.archived.state == "archived"
    assert conflicts(story) == {
        (BORAS, "Ledamot B"): RecusalReason.EMPLOYER,
        ("1780", "Ledamot A"): RecusalReason.EMPLOYER,
    }


def test_a_late_juror_gets_everything_last_in_an_order_of_their_own(story):
    seat = late_juror(story)
    plan = actions.assign_jurors(scoring_round=story.round, by=story.organiser)
    rows = Assignment.objects.filter(round=story.round, juror=seat)
    assert (len(plan.add), len(plan.drop)) == (6, 0)
    assert sorted(rows.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_a_plan_keeps_what_is_begun_and_takes_away_what_is_not(story):
    before = set(Assignment.objects.filter(sheet__isnull=False).values_list("pk", flat=True))
    plan = actions.assign_jurors(
        scoring_round=story.round, per_nomination=2, anchors=0, seed=7, by=story.organiser
    )
    left = Assignment.objects.filter(round=story.round)
    readings = Counter(left.not_recused().values_list("nomination__municipality__code", flat=True))
    assert plan.problems == ()
    assert before - set(left.values_list("pk", flat=True)) == set()
    assert readings == {BORAS: 2, ESKILSTUNA: 3, "1283": 2, "1780": 2, "1261": 2, "1980": 2}


def test_who_stands_aside_from_a_begun_sheet_is_replaced(story):
    late = late_juror(story)
    seat, entry = story.seats["juror1"], story.nominations[ESKILSTUNA]
    assert Assignment.objects.filter(juror=seat, nomination=entry, sheet__isnull=False).exists()
    actions.recuse(juror=seat, nomination=entry, reason="home", now=story.now, by=story.juror1)
    story.assignments["juror3", ESKILSTUNA].delete()
    plan = actions.assign_jurors(
        scoring_round=story.round, per_nomination=3, anchors=0, seed=7, by=story.organiser
    )
    readers = Assignment.objects.filter(round=story.round, nomination=entry).not_recused()
    assert plan.problems == ()
    assert set(readers.values_list("juror", flat=True)) == {
        story.seats["juror2"].pk,
        story.seats["juror3"].pk,
        late.pk,
    }
    assert Assignment.objects.filter(juror=seat, nomination=entry).exists()


def test_a_plan_is_written_in_the_journal_with_its_seed(story):
    late_juror(story)
    actions.assign_jurors(scoring_round=story.round, per_nomination=3, seed=99, by=story.chair)
    entry = JournalEntry.objects.filter(verb="assign_jurors").get()
    assert (entry.person_id, entry.data["seed"], entry.data["per_nomination"]) == (story.chair.pk, 99, 3)


def test_an_infeasible_plan_says_why_and_writes_nothing(story, english):
    before = list(Assignment.objects.values_list("pk", flat=True))
    plan = actions.assign_jurors(scoring_round=story.round, per_nomination=3, anchors=0, by=story.organiser)
    assert plan.problems == ("Fewer than 3 jurors may read: Borås.",)
    assert list(Assignment.objects.values_list("pk", flat=True)) == before


def test_only_those_who_lead_may_assign(story):
    with pytest.raises(PermissionDenied):
        actions.assign_jurors(scoring_round=story.round, by=story.juror1)


def test_what_is_begun_cannot_be_taken_away_by_hand(story):
    with pytest.raises(PermissionDenied):
        actions.unassign_one(assignment=story.assignments["juror1", BORAS], by=story.chair)
    actions.unassign_one(assignment=story.assignments["juror3", BORAS], by=story.chair)
    assert not Assignment.objects.filter(pk=story.assignments["juror3", BORAS].pk).exists()


def test_who_stands_aside_is_given_nothing_by_hand(story):
    story.assignments["juror2", BORAS].delete()
    with pytest.raises(PermissionDenied):
        actions.assign_one(
            scoring_round=story.round,
            juror=story.seats["juror2"],
            nomination=story.nominations[BORAS],
            by=story.chair,
        )


def test_the_page_shows_a_plan_without_writing_it(story, client_of):
    seat = late_juror(story)
    client = client_of(story.chair)
    answer = client.get(page(story), {"how": "everybody"})
    assert (answer.status_code, len(answer.context["plan"].add)) == (200, 6)
    assert not Assignment.objects.filter(juror=seat).exists()
    done = client.post(reverse("assignment_apply", args=[story.edition.key]), {"how": "everybody"})
    assert (done.status_code, Assignment.objects.filter(juror=seat).count()) == (302, 6)


def test_a_single_change_by_hand(story, client_of):
    seat = late_juror(story)
    client = client_of(story.organiser)
    url = reverse("assignment_change", args=[story.edition.key])
    client.post(url, {"juror": seat.pk, "municipality": "Eskilstuna", "give": "1"})
    assert Assignment.objects.filter(juror=seat).values_list("nomination", flat=True).get() == (
        story.nominations[ESKILSTUNA].pk
    )
    client.post(url, {"juror": seat.pk, "municipality": "0484", "take": "1"})
    assert not Assignment.objects.filter(juror=seat).exists()
    assert client.post(url, {"juror": seat.pk, "municipality": "Habo"}).status_code == 422


def chair_stands_aside(story) -> None:
    """The chair leaves Eskilstuna to the others."""
    actions.recuse(
        juror=story.seats["chair"],
        nomination=story.nominations[ESKILSTUNA],
        reason="home",
        now=story.now,
        by=story.chair,
    )


def test_who_stands_aside_is_told_of_no_assignment_of_the_entry(story, client_of):
    chair_stands_aside(story)
    wish = {"how": "balanced", "per": "2", "anchors": "6"}
    own, other = (client_of(by).get(page(story), wish).content.decode() for by in (story.chair, story.deputy))

    assert ("Eskilstuna" in own, "Borås" in own) == (False, True)
    assert "Eskilstuna" in other
    assert "En nominering som du är jävig i visas inte." in own


def test_a_plan_that_fails_for_a_hidden_entry_does_not_name_it(story):
    plan = replace(
        propose(story.round), problems=("Eskilstuna har för få läsare.", "Borås har för få läsare.")
    )
    shown = shown_without(plan, frozenset([story.nominations[ESKILSTUNA].pk]))

    assert [("Eskilstuna" in text, "Borås" in text) for text in shown.problems] == [
        (False, True),
        (False, False),
    ]


def test_who_stands_aside_changes_nothing_of_the_entry(story, client_of, english):
    seat = late_juror(story)
    chair_stands_aside(story)
    url = reverse("assignment_change", args=[story.edition.key])
    answer = client_of(story.chair).post(url, {"juror": seat.pk, "municipality": "Eskilstuna", "give": "1"})
    entry = story.nominations[ESKILSTUNA]
    with pytest.raises(PermissionDenied, match="You stand aside"):
        actions.assign_one(scoring_round=story.round, juror=seat, nomination=entry, by=story.chair)
    with pytest.raises(PermissionDenied, match="You stand aside"):
        actions.unassign_one(assignment=Assignment.objects.filter(nomination=entry).first(), by=story.chair)

    assert answer.status_code == 422
    assert not Assignment.objects.filter(juror=seat).exists()
    assert actions.assign_one(scoring_round=story.round, juror=seat, nomination=entry, by=story.deputy).pk


@pytest.mark.parametrize(
    ("name", "status"), [("juror1", 403), ("contact", 403), ("outsider", 404), ("other_organiser", 404)]
)
def test_others_do_not_reach_the_page(story, client_of, name, status):
    assert client_of(story.people[name]).get(page(story)).status_code == status


@pytest.mark.parametrize(("query", "most"), [({}, 10), ({"how": "balanced", "per": "2"}, 11)])
def test_the_page_asks_few_questions(story, client_of, django_assert_max_num_queries, query, most):
    client = client_of(story.chair)
    with django_assert_max_num_queries(most):
        assert client.get(page(story), query).status_code == 200


def test_the_command_writes_only_without_dry_run(story, capsys, english):
    seat = late_juror(story)
    call_command("assign_jurors", edition=story.edition.key, dry_run=True)
    assert "Nothing was written." in capsys.readouterr().out
    assert not Assignment.objects.filter(juror=seat).exists()
    call_command("assign_jurors", edition=story.edition.key)
    assert "6 new, 0 taken away, 17 stay." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"edition": "2099"}, "There is no edition"),
        ({"edition": "rehearsal-2029"}, "no such round"),
        ({"edition": "rehearsal-2027", "per_nomination": 0}, "at least one reading"),
        ({"edition": "rehearsal-2027", "per_nomination": 2, "seed": -5}, "whole number from 0"),
        ({"edition": "rehearsal-2027", "per_nomination": 2, "seed": 2**31}, "whole number from 0"),
        ({"edition": "rehearsal-2027", "per_nomination": 9}, "Fewer than 9 jurors may read"),
    ],
)
def test_the_command_leaves_with_two_and_a_sentence(story, capsys, english, options, sentence):
    with pytest.raises(SystemExit) as left:
        call_command("assign_jurors", **options)
    assert (left.value.code, sentence in capsys.readouterr().err) == (2, True)


def test_propose_changes_nothing_where_all_read_all(story):
    plan = propose(story.round)
    assert (plan.per_nomination, plan.add, plan.drop) == (None, frozenset(), frozenset())
