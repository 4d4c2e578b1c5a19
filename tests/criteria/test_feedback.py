"""The life of a feedback report: saved, reviewed, released once, withdrawn with a reason, and replied to."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F

from awards.actions.rehearsals import wipe_rehearsal
from awards.models import JournalEntry, Letter, Stage
from awards.states import EditionState, StageKind, StageState
from criteria import actions, permissions
from criteria.feedback.figures import figures_of
from criteria.feedback.texts import Words
from criteria.models import FeedbackReport, Round, Score
from criteria.standings import standings_of
from criteria.states import FEEDBACK_MOVES, FeedbackState, RoundState
from nominees.models import Contact
from tests.criteria.feedback import ceremony_over, found, released, reviewed, written
from tests.criteria.meeting import agree, opened, wishes
from tests.story import ESKILSTUNA

NOT_OVER = "The ceremony is not over. Feedback is released after it, or before it for a stated reason."
# verb | who | the report is | the ceremony is | yes, or the reason why not
TABLE = f"""
edit_feedback     | organiser | none     | ahead | yes
edit_feedback     | organiser | draft    | ahead | yes
edit_feedback     | organiser | reviewed | ahead | The feedback has been marked as reviewed. Open it again to change anything.
edit_feedback     | organiser | released | over  | The feedback has been released. Withdraw it first, with a reason.
edit_feedback     | organiser | sealed   | ahead | The jurors' texts can be read once the scoring has closed.
edit_feedback     | organiser | archived | over  | The edition is archived, so its feedback stays as it is.
edit_feedback     | chair     | draft    | ahead | Only the organiser of the edition may do this.
edit_feedback     | juror1    | draft    | ahead | Only the organiser of the edition may do this.
edit_feedback     | contact   | draft    | ahead | Only the organiser of the edition may do this.
review_feedback   | organiser | draft    | ahead | yes
review_feedback   | organiser | reviewed | ahead | Only a draft can be marked as reviewed.
review_feedback   | chair     | draft    | ahead | Only the organiser of the edition may do this.
reopen_feedback   | organiser | reviewed | ahead | yes
reopen_feedback   | organiser | released | over  | Only reviewed feedback that has not been released can be opened again.
reopen_feedback   | deputy    | reviewed | ahead | Only the organiser of the edition may do this.
release_feedback  | organiser | reviewed | over  | yes
release_feedback  | organiser | reviewed | ahead | {NOT_OVER}
release_feedback  | organiser | draft    | over  | Only reviewed feedback can be released.
release_feedback  | organiser | released | over  | Only reviewed feedback can be released.
release_feedback  | chair     | reviewed | over  | Only the organiser of the edition may do this.
release_feedback  | contact   | reviewed | over  | Only the organiser of the edition may do this.
withdraw_feedback | organiser | released | over  | yes
withdraw_feedback | organiser | reviewed | over  | Only released feedback can be withdrawn.
withdraw_feedback | chair     | released | over  | Only the organiser of the edition may do this.
reply_to_feedback | contact   | released | over  | yes
reply_to_feedback | contact   | reviewed | over  | The feedback has not been released.
reply_to_feedback | other_contact | released | over | Only those who write for the municipality may reply.
reply_to_feedback | organiser | released | over  | Only those who write for the municipality may reply.
reply_to_feedback | juror1    | released | over  | Only those who write for the municipality may reply.
read_feedback     | organiser | draft    | ahead | yes
read_feedback     | chair     | draft    | ahead | yes
read_feedback     | deputy    | draft    | ahead | yes
read_feedback     | juror1    | released | over  | Only the chair or the organiser of the edition may do this.
read_feedback     | observer  | released | over  | Only the chair or the organiser of the edition may do this.
read_feedback     | other_organiser | draft | ahead | Only the chair or the organiser of the edition may do this.
"""  # noqa: E501 - a table
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


def world(story, state: str, ceremony: str) -> FeedbackReport | None:
    """Eskilstuna's report in this state, the round closed unless it is sealed."""
    if ceremony == "over":
        ceremony_over(story)
    if state in ("none", "sealed"):
        Round.objects.update(state=RoundState.CLOSED if state == "none" else RoundState.OPEN)
        return None
    report = found(written(story))
    if state == "archived":
        report.nomination.edition.state = EditionState.ARCHIVED
    elif state != "draft":
        FeedbackReport.objects.update(state=state, released_at=story.now)
        report.refresh_from_db(fields=["state"])
    return report


def verdict_of(story, verb: str, who: str, report: FeedbackReport | None):
    person, may = story.people[who], getattr(permissions, f"may_{verb}")
    if verb == "read_feedback":
        return may(person, story.edition)
    if verb == "edit_feedback":
        scoring_round = Round.objects.select_related("edition").get(pk=story.round.pk)
        if report is not None:
            scoring_round.edition = report.nomination.edition
        return may(person, scoring_round, report)
    return may(person, report, *([story.now] if verb == "reply_to_feedback" else []))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_verdict(story, english, row):
    verb, who, state, ceremony, answer = row
    verdict = verdict_of(story, verb, who, world(story, state, ceremony))

    assert ("yes" if verdict else str(verdict.reason)) == answer


def test_every_move_is_in_the_table():
    assert {move.verb for move in FEEDBACK_MOVES} - {row[0] for row in ROWS} == set()


def test_a_concluded_edition_has_had_its_ceremony(story):
    story.edition.state = EditionState.CONCLUDED
    assert permissions.ceremony_is_over(story.edition).allowed


def save(story, report, text: str, version: int):
    return actions.save_feedback(
        nomination=report.nomination,
        scoring_round=story.round,
        words={"A1": Words(text)},
        general="",
        version=version,
        now=story.now,
        by=story.organiser,
    )


def test_a_save_keeps_only_what_says_something_and_journals_it(story):
    report = written(story, A1=Words("Tydlig riktning"), A2=Words())
    assert (report.state, report.version, report.texts) == (
        FeedbackState.DRAFT, 1, {"A1": {"strengths": "Tydlig riktning", "improvements": ""}},
    )  # fmt: skip
    entry = JournalEntry.objects.get(verb="save_feedback")
    assert (entry.person_id, entry.thing_id) == (story.organiser.pk, report.pk)
    assert entry.data == {"nomination": report.nomination_id, "version": 1}


def test_a_stale_save_writes_nothing(story):
    report = written(story)
    assert save(story, report, "En kollegas", 1).version == 2
    assert save(story, report, "Min", 1) is None
    assert save(story, report, "Som om inget fanns", 0) is None
    assert found(report).texts["A1"]["strengths"] == "En kollegas"


def test_signs_that_nobody_sees_are_taken_out(story):
    report = written(story, A1=Words("Tyd\x00lig\x07 rikt\u202ening\r\nnästa rad"))
    assert report.texts["A1"]["strengths"] == "Tydlig riktning\nnästa rad"


@pytest.mark.parametrize("mark", ["Ledamot A", "ledamot\na", "JUROR1@story.example", "Anna Ek"])
def test_a_text_that_names_a_juror_is_never_reviewed(story, english, mark):
    story.juror1.name = "Anna Ek"
    story.juror1.save()
    report = written(story, A1=Words(f"Som {mark} sade."))
    with pytest.raises(PermissionDenied) as refusal:
        actions.review_feedback(report=report, now=story.now, by=story.organiser)
    assert str(refusal.value).startswith("The text names a juror:")
    assert found(report).state == FeedbackState.DRAFT


def test_an_empty_report_is_never_reviewed(story, english):
    report = found(FeedbackReport.objects.create(nomination=story.nominations[ESKILSTUNA], round=story.round))
    with pytest.raises(PermissionDenied, match="nothing in the feedback"):
        actions.review_feedback(report=report, now=story.now, by=story.organiser)


def test_a_release_freezes_the_figures_and_tells_each_contact_once(story):
    Contact.objects.create(
        person=story.outsider, municipality=story.municipalities[ESKILSTUNA], edition=story.edition
    )
    report = released(story)
    assert (report.state, report.releases, report.released_by, report.reason) == (
        FeedbackState.RELEASED, 1, story.organiser, "",
    )  # fmt: skip
    assert report.figures["A1"] == ["3.50", "3.50"]
    letters = Letter.objects.filter(purpose="feedback-release").order_by("pk")
    assert [letter.to for letter in letters] == [story.contact, story.outsider]


def test_the_letter_says_nothing_of_what_the_jury_says(story):
    report = released(story)
    letter = Letter.objects.get(purpose="feedback-release")
    assert f"/applications/{report.nomination_id}/feedback/" in letter.body
    assert "allmän handling" in letter.body
    assert [text for text in ("Tydlig", "Följ upp", "genomtänkt", "Ledamot") if text in letter.body] == []
    assert letter.attachment is None


def test_a_second_release_is_refused_and_sends_no_second_letter(story, english):
    report = released(story)
    stale = found(report)
    stale.state = FeedbackState.REVIEWED
    with pytest.raises(PermissionDenied, match="Only reviewed feedback can be released"):
        actions.release_feedback(report=stale, version=stale.version, now=story.now, by=story.organiser)
    assert (Letter.objects.filter(purpose="feedback-release").count(), found(report).releases) == (1, 1)


def test_a_report_that_was_changed_since_it_was_shown_is_not_released(story, english):
    report = found(reviewed(story))
    ceremony_over(story)
    with pytest.raises(PermissionDenied, match="changed since you looked"):
        actions.release_feedback(report=report, version=1, now=story.now, by=story.organiser)
    assert Letter.objects.count() == 0


def test_a_report_that_changes_while_it_is_being_released_is_not_released(story, english):
    report = found(reviewed(story))
    ceremony_over(story)
    FeedbackReport.objects.filter(pk=report.pk).update(version=F("version") + 2, general="Annat.")
    with pytest.raises(PermissionDenied, match="changed since you looked"):
        actions.release_feedback(report=report, version=report.version, now=story.now, by=story.organiser)
    assert (found(report).state, Letter.objects.count()) == (FeedbackState.REVIEWED, 0)


def test_a_release_before_the_ceremony_needs_a_reason_that_the_journal_keeps(story, english):
    report = found(reviewed(story))
    with pytest.raises(PermissionDenied, match="The ceremony is not over"):
        actions.release_feedback(report=report, version=2, reason=" ", now=story.now, by=story.organiser)
    reason = "Prisutdelningen är inställd."
    actions.release_feedback(report=report, version=2, reason=reason, now=story.now, by=story.organiser)
    entry = JournalEntry.objects.get(verb="release_feedback")
    assert (found(report).reason, entry.data["reason"]) == (reason, reason)


def test_a_reopened_ceremony_is_not_over(story):
    ceremony_over(story)
    Stage.objects.filter(kind=StageKind.CEREMONY).update(state=StageState.OPEN)
    assert not permissions.ceremony_is_over(story.edition)


def test_released_figures_stay_when_scores_change(story):
    report = released(story)
    Score.objects.update(value=5)
    assert found(report).figures["A1"] == ["3.50", "3.50"]


def test_a_withdrawal_takes_it_back_and_tells_without_the_reason(story, english):
    report = released(story)
    with pytest.raises(PermissionDenied, match="Give a reason"):
        actions.withdraw_feedback(report=report, reason=" ", now=story.now, by=story.organiser)
    actions.withdraw_feedback(report=report, reason="Ledamot A nämns.", now=story.now, by=story.organiser)
    assert (report.state, report.figures, report.reason) == (FeedbackState.DRAFT, {}, "Ledamot A nämns.")
    assert JournalEntry.objects.get(verb="withdraw_feedback").data["reason"] == "Ledamot A nämns."
    letter = Letter.objects.get(purpose="feedback-withdrawal")
    assert (letter.to, "Ledamot A" in letter.body) == (story.contact, False)


def test_a_new_release_after_a_withdrawal_sends_a_new_letter(story):
    report = released(story)
    actions.withdraw_feedback(report=report, reason="Fel siffra.", now=story.now, by=story.organiser)
    report = found(actions.review_feedback(report=report, now=story.now, by=story.organiser))
    actions.release_feedback(report=report, version=report.version, now=story.now, by=story.organiser)
    assert Letter.objects.filter(purpose="feedback-release").count() == 2


def answer(story, report, text: str, version: int, who=None) -> bool:
    return actions.reply_to_feedback(
        report=report, text=text, to_jury=True, version=version, now=story.now, by=who or story.contact
    )


def test_a_reply_is_kept_and_the_organiser_is_told(story):
    report = released(story)
    assert answer(story, report, "Tack, vi \x07ser över det.", report.version)
    report = found(report)
    assert (report.reply, report.reply_to_jury, report.replied_by) == (
        "Tack, vi ser över det.", True, story.contact,
    )  # fmt: skip
    assert [letter.to for letter in Letter.objects.filter(purpose="feedback-reply")] == [story.organiser]


def test_a_stale_reply_writes_nothing(story):
    report = released(story)
    version = report.version
    assert answer(story, report, "Den första.", version)
    assert not answer(story, found(report), "Den andra.", version)
    assert found(report).reply == "Den första."


def test_a_contact_who_only_reads_does_not_reply(story, english):
    report = released(story)
    Contact.objects.filter(person=story.contact).update(level="viewer")
    with pytest.raises(PermissionDenied, match="Only those who write"):
        answer(story, report, "Tack.", report.version)


def test_wiping_the_rehearsal_takes_the_feedback_along(story):
    report = released(story)
    answer(story, report, "Tack.", report.version)
    wipe_rehearsal(edition=story.edition, by=None)
    assert FeedbackReport.objects.count() == 0


def test_figures_are_what_the_meeting_agreed_on(story):
    meeting = opened(story)
    before = figures_of(standings_of(meeting.round), story.nominations[ESKILSTUNA].pk)
    agree(story, meeting, ESKILSTUNA, wishes(5, codes=["A1"]))
    after = figures_of(standings_of(meeting.round), story.nominations[ESKILSTUNA].pk)

    assert (before["A1"].own, after["A1"].own) == (Decimal("3.50"), Decimal("5.00"))
    assert after["A2"] == before["A2"]
