"""Every write of the criteria floor: what it changes, what it refuses, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import JournalEntry
from criteria import actions, model_files, permissions
from criteria.lines import Line, Paper
from criteria.models import Assignment, Recusal, Round, Score, ScoreSheet, ScoringModel
from criteria.reading_list import reading_list
from criteria.scoring import Bilingual, Blank, Mark
from criteria.states import ModelState, RoundState, SheetState
from nominees.models import Nomination
from tests.story import BORAS, ESKILSTUNA, four_areas

FOUR = Mark(value=Decimal(4))
FIVE = Mark(value=Decimal(5))


def reload(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_related(
        "round__edition", "round__scoring_model", "nomination", "juror", "sheet"
    ).get(pk=assignment.pk)


def save(story, pair, written, version, **others):
    return actions.save_sheet(
        assignment=reload(story.assignments[pair]),
        written=written,
        version=version,
        now=story.now,
        by=story.people[pair[0]],
        **others,
    )


def rows_of(sheet) -> list[tuple]:
    return list(
        sheet.scores.order_by("criterion", "version").values_list(
            "criterion", "version", "is_latest", "value", "blank", "strengths"
        )
    )


def verbs() -> list[str]:
    return list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))


# Saving a sheet -------------------------------------------------------------------------------------
def test_first_save_makes_sheet_and_scores(story):
    lines = {"A1": Line(FOUR, "Bra"), "A2": Line(Mark(blank=Blank.NO_EVIDENCE)), "A3": Line()}

    saved = save(story, ("juror3", BORAS), Paper(lines, "Bara min", "Till alla"), 0)

    sheet = ScoreSheet.objects.get(assignment=story.assignments["juror3", BORAS])
    assert rows_of(sheet) == [
        ("A1", 1, True, Decimal(4), "", "Bra"),
        ("A2", 1, True, None, "no_evidence", ""),
    ]
    assert (sheet.version, sheet.state, sheet.private_note, sheet.note_to_jury, sheet.saved_at) == (
        1, SheetState.DRAFT, "Bara min", "Till alla", story.now,
    )  # fmt: skip
    assert (saved.version, saved.changed, saved.tally.scored, verbs()) == (1, ("A1", "A2"), 2, ["save_sheet"])


def test_second_save_keeps_the_first_version_of_what_changed(story):
    save(story, ("juror3", BORAS), Paper({"A1": Line(FOUR, "Bra"), "A2": Line(FOUR)}), 0)

    saved = save(story, ("juror3", BORAS), Paper({"A1": Line(FIVE, "Bra"), "A2": Line(FOUR)}), 1)

    assert rows_of(saved.sheet) == [
        ("A1", 1, False, Decimal(4), "", "Bra"),
        ("A1", 2, True, Decimal(5), "", "Bra"),
        ("A2", 1, True, Decimal(4), "", ""),
    ]
    assert (saved.version, saved.changed) == (2, ("A1",))


def test_clearing_a_score_is_a_version_of_its_own(story):
    save(story, ("juror3", BORAS), Paper({"A1": Line(FOUR)}), 0)

    saved = save(story, ("juror3", BORAS), Paper({"A1": Line()}), 1)

    assert rows_of(saved.sheet) == [
        ("A1", 1, False, Decimal(4), "", ""),
        ("A1", 2, True, None, "", ""),
    ]


def test_part_of_a_sheet_leaves_the_rest(story):
    save(story, ("juror3", BORAS), Paper({"A1": Line(FOUR), "B1": Line(FIVE)}, "min", "er"), 0)

    saved = save(story, ("juror3", BORAS), Paper({"A1": Line(FIVE)}), 1)

    assert (saved.paper.marks, saved.paper.private_note, saved.paper.note_to_jury) == (
        {"A1": FIVE, "B1": FIVE}, "min", "er",
    )  # fmt: skip


def test_same_save_twice_changes_nothing(story):
    paper = Paper({"A1": Line(FOUR)}, "min", "")
    save(story, ("juror3", BORAS), paper, 0)

    again = save(story, ("juror3", BORAS), paper, 0)

    assert (again.version, again.changed, Score.objects.filter(sheet=again.sheet).count(), verbs()) == (
        1, (), 1, ["save_sheet"],
    )  # fmt: skip


def test_stale_save_writes_nothing_and_holds_both_texts(story):
    save(story, ("juror3", BORAS), Paper({"A1": Line(FOUR, "Först")}, "ett", ""), 0)
    save(story, ("juror3", BORAS), Paper({"A1": Line(FIVE, "Sedan")}, "två", ""), 1)

    conflict = save(story, ("juror3", BORAS), Paper({"A1": Line(FOUR, "Gammal")}, "tre", ""), 1)

    assert isinstance(conflict, actions.Conflict)
    assert [(each.code, each.what, each.saved, each.written) for each in conflict.differences] == [
        ("A1", "mark", FIVE, FOUR),
        ("A1", "strengths", "Sedan", "Gammal"),
        ("", "private_note", "två", "tre"),
    ]
    assert (conflict.version, rows_of(conflict.sheet)[-1]) == (2, ("A1", 2, True, Decimal(5), "", "Sedan"))
    chosen = save(story, ("juror3", BORAS), conflict.written, conflict.version)
    assert (chosen.version, chosen.paper.lines["A1"], chosen.paper.private_note) == (
        3, Line(FOUR, "Gammal"), "tre",
    )  # fmt: skip


def test_save_that_loses_the_race_is_a_conflict(story):
    late = reload(story.assignments["juror3", ESKILSTUNA])
    save(story, ("juror3", ESKILSTUNA), Paper({"A1": Line(FIVE)}), 1)

    conflict = actions.save_sheet(
        assignment=late, written=Paper({"A1": Line(FOUR)}), version=1, now=story.now, by=story.juror3
    )

    assert isinstance(conflict, actions.Conflict)
    assert (conflict.version, conflict.saved.marks["A1"], conflict.written.marks["A1"]) == (2, FIVE, FOUR)


def test_first_save_that_loses_the_race_is_a_conflict(story):
    late = reload(story.assignments["juror3", BORAS])
    save(story, ("juror3", BORAS), Paper({"A1": Line(FIVE)}), 0)

    conflict = actions.save_sheet(
        assignment=late, written=Paper({"A1": Line(FOUR)}), version=0, now=story.now, by=story.juror3
    )

    assert isinstance(conflict, actions.Conflict)
    assert ScoreSheet.objects.filter(assignment=late).count() == 1


def test_mark_off_the_scale_is_refused(story):
    with pytest.raises(ValueError, match="not on the scale"):
        save(story, ("juror3", BORAS), Paper({"A1": Line(Mark(value=Decimal(6)))}), 0)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (RoundState.PLANNED, "The scoring has not opened yet."),
        (RoundState.CLOSED, "The scoring has closed, so nothing more can be saved."),
        (RoundState.REVEALED, "The scoring has closed, so nothing more can be saved."),
    ],
)
def test_save_outside_the_round_is_refused(story, english, state, sentence):
    Round.objects.update(state=state)

    with pytest.raises(PermissionDenied) as refusal:
        save(story, ("juror3", BORAS), Paper({"A1": Line(FOUR)}), 0)

    assert (str(refusal.value), verbs()) == (sentence, [])


def test_save_at_the_closing_instant_is_refused_and_a_second_before_is_not(story):
    closing = story.now + timedelta(seconds=1)
    Round.objects.update(closes_at=closing)
    saved = save(story, ("juror3", BORAS), Paper({"A1": Line(FOUR)}), 0)
    Round.objects.update(closes_at=story.now)

    with pytest.raises(PermissionDenied):
        save(story, ("juror3", BORAS), Paper({"A1": Line(FIVE)}), 1)

    assert rows_of(saved.sheet) == [("A1", 1, True, Decimal(4), "", "")]


def test_round_that_closes_between_reading_and_writing_is_refused(story):
    early = reload(story.assignments["juror3", BORAS])
    Round.objects.update(state=RoundState.CLOSED)

    with pytest.raises(PermissionDenied):
        actions.save_sheet(
            assignment=early, written=Paper({"A1": Line(FOUR)}), version=0, now=story.now, by=story.juror3
        )

    assert not ScoreSheet.objects.filter(assignment=early).exists()


def test_juror_who_stood_aside_cannot_save(story, english):
    early = reload(story.assignments["juror3", ESKILSTUNA])
    actions.recuse(
        juror=story.seats["juror3"],
        nomination=story.nominations[ESKILSTUNA],
        reason="home",
        now=story.now,
        by=story.juror3,
    )

    with pytest.raises(PermissionDenied, match="You stand aside from this entry"):
        actions.save_sheet(
            assignment=early, written=Paper({"A1": Line(FIVE)}), version=1, now=story.now, by=story.juror3
        )


def test_somebody_else_cannot_save(story):
    with pytest.raises(PermissionDenied):
        actions.save_sheet(
            assignment=reload(story.assignments["juror3", BORAS]),
            written=Paper({"A1": Line(FOUR)}),
            version=0,
            now=story.now,
            by=story.chair,
        )


# Done, and open again -------------------------------------------------------------------------------
def test_finish_with_missing_scores_says_which(story, english):
    with pytest.raises(PermissionDenied) as refusal:
        actions.finish_sheet(
            assignment=reload(story.assignments["juror3", ESKILSTUNA]), now=story.now, by=story.juror3
        )

    assert str(refusal.value) == "8 are missing: Service 2, Service 3, Arbetsmiljö 1 and others."


def test_finish_and_reopen(story):
    codes = [f"{area}{number}" for area in "ABCD" for number in (1, 2, 3)]
    save(story, ("juror3", ESKILSTUNA), Paper({code: Line(FOUR) for code in codes}), 1)
    pair = ("juror3", ESKILSTUNA)

    done = actions.finish_sheet(assignment=reload(story.assignments[pair]), now=story.now, by=story.juror3)
    assert (done.state, done.done_at) == (SheetState.DONE, story.now)
    with pytest.raises(PermissionDenied):
        save(story, pair, Paper({"A1": Line(FIVE)}), done.version)

    again = actions.reopen_sheet(assignment=reload(story.assignments[pair]), now=story.now, by=story.juror3)
    assert (again.state, again.done_at) == (SheetState.DRAFT, None)
    assert save(story, pair, Paper({"A1": Line(FIVE)}), again.version).changed == ("A1",)
    assert verbs() == ["save_sheet", "finish_sheet", "reopen_sheet", "save_sheet"]


def test_done_sheet_stays_done_when_the_round_has_closed(story):
    Round.objects.update(state=RoundState.CLOSED)

    with pytest.raises(PermissionDenied):
        actions.reopen_sheet(
            assignment=reload(story.assignments["juror1", ESKILSTUNA]), now=story.now, by=story.juror1
        )

    assert story.sheets["juror1", ESKILSTUNA].state == SheetState.DONE


# Rounds ---------------------------------------------------------------------------------------------
def test_life_of_a_round(story):
    planned = actions.plan_round(
        edition=story.edition,
        scoring_model=story.scoring_model,
        closes_at=story.now + timedelta(days=2),
        by=story.organiser,
    )
    assert (planned.position, planned.state) == (2, RoundState.PLANNED)
    actions.open_round(scoring_round=planned, now=story.now, by=story.organiser)
    assert (planned.state, planned.opens_at) == (RoundState.OPEN, story.now)
    later = story.now + timedelta(days=3)
    actions.extend_round(scoring_round=planned, closes_at=later, now=story.now, by=story.organiser)
    assert planned.closes_at == later
    actions.close_round(scoring_round=planned, by=story.chair)
    actions.reopen_round(scoring_round=planned, closes_at=later, now=story.now, by=story.organiser)
    actions.close_round(scoring_round=planned, by=story.deputy)
    actions.reveal_round(scoring_round=planned, now=story.now, by=story.chair)
    assert (planned.state, planned.revealed_at) == (RoundState.REVEALED, story.now)
    assert verbs() == [
        "plan_round", "open_round", "extend_round", "extend_stage", "close_round", "reopen_round",
        "close_round", "reveal_round",
    ]  # fmt: skip


def test_round_with_a_draft_model_does_not_open(story):
    ScoringModel.objects.update(state=ModelState.DRAFT)
    Round.objects.update(state=RoundState.PLANNED)

    with pytest.raises(PermissionDenied):
        actions.open_round(scoring_round=Round.objects.get(), now=story.now, by=story.organiser)


def test_closing_time_in_the_past_is_refused(story):
    with pytest.raises(PermissionDenied):
        actions.extend_round(
            scoring_round=story.round, closes_at=story.now, now=story.now, by=story.organiser
        )


def test_stale_round_is_moved_only_once(story):
    stale = Round.objects.select_related("edition").get()
    actions.close_round(scoring_round=story.round, by=story.chair)

    with pytest.raises(PermissionDenied):
        actions.close_round(scoring_round=stale, by=story.chair)

    assert verbs() == ["close_round"]


# Assignments ----------------------------------------------------------------------------------------
def test_everybody_reads_everything_in_an_order_of_their_own(story):
    Assignment.objects.all().delete()

    new = actions.assign_everybody(scoring_round=story.round, by=story.organiser)

    orders = {
        seat: list(
            Assignment.objects.filter(juror=story.seats[seat])
            .order_by("position")
            .values_list("nomination_id", flat=True)
        )
        for seat in ("juror1", "juror2", "juror3")
    }
    everything = sorted(entry.pk for entry in story.nominations.values())
    assert (new, [sorted(order) for order in orders.values()]) == (18, [everything] * 3)
    assert len({tuple(order) for order in orders.values()}) == 3


def test_assigning_again_adds_only_what_is_new(story):
    Assignment.objects.filter(nomination=story.nominations[ESKILSTUNA]).delete()

    assert actions.assign_everybody(scoring_round=story.round, by=story.organiser) == 3
    assert actions.assign_everybody(scoring_round=story.round, by=story.organiser) == 0
    late = Assignment.objects.filter(nomination=story.nominations[ESKILSTUNA])
    assert {each.position for each in late} == {7}


def test_entries_that_left_are_not_assigned(story):
    Assignment.objects.all().delete()
    entries = story.nominations
    entries["1283"].state = "withdrawn"
    entries["1780"].contribution_only = True
    for code in ("1283", "1780"):
        entries[code].save()

    assert actions.assign_everybody(scoring_round=story.round, by=story.organiser) == 12


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("withdrawn", "The entry has been withdrawn."),
        ("declined", "The municipality has declined the nomination."),
    ],
)
def test_an_entry_that_has_left_is_shut_to_its_jurors(story, english, state, reason):
    Nomination.objects.filter(pk=story.nominations[ESKILSTUNA].pk).update(state=state)
    assignment = Assignment.objects.select_related("nomination").get(
        pk=story.assignments["juror1", ESKILSTUNA].pk
    )
    part = reading_list(story.juror1, story.now)[0]
    row = next(row for row in part.rows if row.municipality == "Eskilstuna")
    beside = story.assignments["juror1", BORAS]

    assert str(permissions.may_write_in(story.juror1, assignment, story.now).reason) == reason
    assert (row.url, str(row.reason)) == ("", state)
    assert not Assignment.objects.open_to(story.juror1, story.now).filter(pk=assignment.pk).exists()
    assert not Assignment.objects.beside(beside, story.now).filter(pk=assignment.pk).exists()


# Standing aside -------------------------------------------------------------------------------------
def test_recusal_shuts_the_entry_and_keeps_the_scores(story):
    recusal = actions.recuse(
        juror=story.seats["juror1"],
        nomination=story.nominations[ESKILSTUNA],
        reason="employer",
        note=" har arbetat där ",
        now=story.now,
        by=story.juror1,
    )

    pair = story.assignments["juror1", ESKILSTUNA]
    assert (recusal.reason, recusal.note, recusal.by) == ("employer", "har arbetat där", story.juror1)
    assert not Assignment.objects.open_to(story.juror1).filter(pk=pair.pk).exists()
    assert Score.objects.filter(sheet__assignment=pair).count() == 12
    assert not ScoreSheet.objects.counting().filter(assignment=pair).exists()


def test_second_recusal_keeps_the_first(story):
    again = actions.recuse(
        juror=story.seats["juror2"],
        nomination=story.nominations[BORAS],
        reason="home",
        now=story.now,
        by=story.juror2,
    )

    assert (again.reason, Recusal.objects.count(), verbs()) == ("employer", 1, [])


def test_chair_lifts_a_recusal_and_the_juror_cannot(story):
    recusal = Recusal.objects.get()
    with pytest.raises(PermissionDenied):
        actions.lift_recusal(recusal=recusal, reason="Fel namn.", now=story.now, by=story.juror2)

    actions.lift_recusal(recusal=recusal, reason="Fel namn.", now=story.now, by=story.chair)

    assert (recusal.lifted_at, verbs()) == (story.now, ["lift_recusal"])
    pair = story.assignments["juror2", BORAS]
    assert Assignment.objects.open_to(story.juror2).filter(pk=pair.pk).exists()


# Scoring models -------------------------------------------------------------------------------------
def test_presets_load_once(db):
    rows = actions.load_presets()
    again = actions.load_presets()

    assert [row.pk for row in again] == [row.pk for row in rows]
    assert {row.state for row in again} == {ModelState.ACTIVE}
    assert len(rows) == ScoringModel.objects.count() > 2


def test_active_version_never_changes(db):
    tree = model_files.parse(four_areas())
    row = actions.import_model(tree=tree, by=None)
    changed = replace(tree, title=Bilingual("Annat namn"))
    row = actions.import_model(tree=changed, by=None)
    assert (row.title_sv, row.state) == ("Annat namn", ModelState.DRAFT)
    actions.activate_model(model=row, by=None)

    with pytest.raises(actions.ModelRefusedError):
        actions.import_model(tree=tree, by=None)
    with pytest.raises(actions.ModelRefusedError):
        actions.activate_model(model=row, by=None)

    assert actions.import_model(tree=changed, by=None).pk == row.pk
    assert actions.import_model(tree=replace(tree, version=2), by=None).version == 2


def test_unsound_model_is_not_activated(db):
    broken = four_areas()
    broken["root"]["children"][0]["weight"] = 29
    row = actions.import_model(tree=model_files.parse(broken), by=None)

    with pytest.raises(actions.ModelRefusedError) as refusal:
        actions.activate_model(model=row, by=None)

    row.refresh_from_db()
    assert (len(refusal.value.reasons), row.state) == (1, ModelState.DRAFT)


def test_juror_looks_after_no_models(story):
    with pytest.raises(PermissionDenied):
        actions.import_model(tree=model_files.parse(four_areas()), by=story.juror1)
