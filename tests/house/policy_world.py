"""The story with the few things more that the policy table names, and what can have happened first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.files.base import ContentFile

from awards import invitation_links
from awards.actions.invitations import invite
from awards.actions.letters import shown_of
from awards.letter_texts import mark_of
from awards.letters import LetterText
from awards.models import (
    Edition,
    Invitation,
    Job,
    JournalEntry,
    Letter,
    LetterTemplate,
    Partner,
    Person,
    Seat,
)
from awards.states import JobState
from criteria.actions import confirm_decision, draft_decision, plan_publication, propose_decision
from criteria.models import (
    Acceptance,
    Assignment,
    ConsensusMeeting,
    FeedbackReport,
    Recusal,
    Round,
    ScoreSheet,
    ScoringModel,
    Tie,
    Undertaking,
)
from nominees.actions.contacts import invite_contact
from nominees.actions.submissions import freeze_version
from nominees.models import Contact, Contribution, JuryQuestion, Material, Nomination
from reports.models import ImportDraft, SavedView
from tests.story import BORAS, ESKILSTUNA, Story


def names(story: Story) -> dict[str, object]:
    """What stands for each {name} in the table's addresses."""
    invitation = invite(
        email="new@story.example", edition=story.edition, kind="juror", now=story.now, by=story.organiser
    )
    own = LetterTemplate.objects.create(
        edition=story.edition, purpose="result", language="sv", subject="Resultatet", body="Nu är det klart."
    )
    undertaking = Undertaking.objects.create(edition=story.edition, text_sv="Jag lovar.")
    Acceptance.objects.bulk_create(
        Acceptance(undertaking=undertaking, person=story.people[name])
        for name in ("juror1", "juror2", "juror3")
    )
    draft = story.scoring_model.definition | {"code": "story-draft"}
    ScoringModel.objects.create(code="story-draft", title_sv="Utkast", definition=draft)
    Seat.objects.create(edition=story.edition, name="Ledamot D")
    JournalEntry.objects.create(
        at=story.now, edition_id=story.edition.pk, is_rehearsal=True, verb="copy_edition", thing="edition",
        thing_id=story.edition.pk, data={"source": story.call.pk, "days": 0, "parts": []},
    )  # fmt: skip
    draft, failed = _letter(story, "draft"), _letter(story, "failed")
    return {
        "round": story.round.pk,
        "invitation_pk": invitation.pk,
        "entry": story.nominations[ESKILSTUNA].pk,
        "contribution": _contribution(story, None).pk,
        "public_contribution": _contribution(story, story.now).pk,
        "draft": story.drafts[ESKILSTUNA].pk,
        "material": _material(story).pk,
        "question": _question(story).pk,
        "seat": story.seats["juror3"].pk,
        "observer_seat": story.seats["observer"].pk,
        "chair_seat": story.seats["chair"].pk,
        "spare_contact": _spare_contact(story).pk,
        "spare_invitation": _spare_invitation(story).pk,
        "letter": draft.pk,
        "failed_letter": failed.pk,
        "own_words": mark_of(LetterText(own.subject, own.body)),
        "drafts_shown": shown_of([draft.pk]),
        "failed_shown": shown_of([failed.pk]),
        "invitation": invitation_links.secret_of(invitation.details["nonce"]),
        "job": _job(story).pk,
        "assignment": story.assignments["juror1", ESKILSTUNA].pk,
        "draft_assignment": story.assignments["juror3", ESKILSTUNA].pk,
        "recused_assignment": story.assignments["juror2", BORAS].pk,
        "recusal": Recusal.objects.get(juror=story.seats["juror2"]).pk,
        "archived_assignment": _archived(story).pk,
        "view": _view(story, shared=True).pk,
        "own_view": _view(story, shared=False).pk,
        "stage_ahead": story.edition.stages.get(kind="consensus").pk,
        "partner": Partner.objects.create(edition=story.edition, organisation="Förbundet").pk,
        "import_draft": _import(story).pk,
        "tie": Tie.objects.create(person=story.juror1, kind="other", organisation="Förbundet").pk,
    }


def _contribution(story: Story, published_at) -> Contribution:
    """What Eskilstuna brings to the fair of its draft."""
    home = story.municipalities[ESKILSTUNA]
    made = Contribution.objects.create(
        fair=story.call.fair, title="Monter", owner=home, published_at=published_at
    )
    made.municipalities.add(home)
    return made


def _spare_invitation(story: Story) -> Invitation:
    """Somebody who is invited to write for the contact's municipality."""
    entry = story.nominations[ESKILSTUNA]
    return invite_contact(
        email="inbjuden@story.example",
        edition=entry.edition,
        municipality=entry.municipality,
        now=story.now,
        by=story.organiser,
    )


def _view(story: Story, *, shared: bool) -> SavedView:
    """The organiser's view of the contacts."""
    return SavedView.objects.create(
        edition=story.edition,
        list_name="contacts",
        name=f"Vy {shared}",
        owner=story.organiser,
        is_shared=shared,
    )


def _spare_contact(story: Story) -> Contact:
    """A colleague at Eskilstuna who only reads."""
    return Contact.objects.create(
        person=Person.objects.create_user("colleague@story.example"),
        municipality=story.municipalities[ESKILSTUNA],
        edition=story.edition,
        level="viewer",
    )


def _material(story: Story) -> Material:
    """A checked file of Eskilstuna's draft."""
    material = Material(
        nomination=story.drafts[ESKILSTUNA], name="a.pdf", state="ready", content_type="application/pdf"
    )
    material.file.name = "materials/policy"
    if not material.file.storage.exists(material.file.name):
        material.file.storage.save(material.file.name, ContentFile(b"%PDF-"))
    material.save()
    return material


def _question(story: Story) -> JuryQuestion:
    """A juror's question about Eskilstuna's entry, which has been sent in once."""
    entry = story.nominations[ESKILSTUNA]
    freeze_version(nomination=entry, now=story.now, by=story.contact)
    return JuryQuestion.objects.create(nomination=entry, asked_by=story.seats["juror1"], text="Hur?")


def _letter(story: Story, state: str) -> Letter:
    return Letter.objects.create(
        email="x@story.example", edition=story.edition, subject="Brev", body="Text", state=state
    )


def _job(story: Story) -> Job:
    job = Job(
        person=story.organiser,
        edition=story.edition,
        kind="juror_workbooks",
        state=JobState.DONE,
        file_name="paket.zip",
    )
    job.file.name = "jobs/policy.zip"
    if not job.file.storage.exists(job.file.name):
        job.file.storage.save(job.file.name, ContentFile(b"PK"))
    job.save()
    return job


def _import(story: Story) -> ImportDraft:
    """A list of one row that the organiser has uploaded."""
    table = {"form": "csv", "rows": [[1, ["Kommun"]], [2, ["Borås"]]], "odd": [], "separator": ";"}
    return ImportDraft.objects.create(
        person=story.organiser,
        edition=story.edition,
        kind="nominations",
        table=table,
        columns=["name"],
        is_mapped=True,
    )


def _archived(story: Story) -> Assignment:
    """The earlier juror's own finished sheet, in an edition that has been put away."""
    entry = Nomination.objects.create(
        edition=story.archived, municipality=story.municipalities[ESKILSTUNA], state="submitted"
    )
    closed = Round.objects.create(edition=story.archived, scoring_model=story.scoring_model, state="closed")
    seat = story.earlier_juror.roles.get()
    assignment = Assignment.objects.create(round=closed, juror=seat, nomination=entry)
    ScoreSheet.objects.create(assignment=assignment, state="done")
    return assignment


def _round_is(state: str) -> Callable[[Story], None]:
    return lambda story: Round.objects.filter(pk=story.round.pk).update(state=state)


def _feedback_is(state: str) -> Callable[[Story], None]:
    def happened(story: Story) -> None:
        Round.objects.filter(pk=story.round.pk).update(state="closed")
        FeedbackReport.objects.create(
            nomination=story.nominations[ESKILSTUNA],
            round=story.round,
            state=state,
            version=3,
            general="Tack.",
            released_at=story.now if state == "released" else None,
        )

    return happened


def _meeting(story: Story, state: str = "open") -> None:
    """The consensus meeting of a revealed round."""
    _round_is("revealed")(story)
    ConsensusMeeting.objects.create(
        round=story.round, state=state, closed_at=None if state == "open" else story.now
    )


def _decision(story: Story, until: str) -> None:
    """The chair's decision, as far as it has come."""
    _round_is("closed")(story)
    scoring_round = Round.objects.select_related("edition", "scoring_model").get(pk=story.round.pk)
    decision = draft_decision(scoring_round=scoring_round, now=story.now, by=story.chair)
    decision.rows.update(motivation_sv="För arbetet.")
    if until != "drafted":
        propose_decision(decision=decision, now=story.now, by=story.chair)
    if until in ("drafted", "proposed"):
        return
    confirm_decision(decision=decision, now=story.now, by=story.organiser)
    at = None if until == "published" else story.now + timedelta(days=1)
    if until != "confirmed":
        plan_publication(decision=decision, at=at, now=story.now, by=story.organiser)


def _archived_edition(story: Story) -> None:
    """The edition has been put away, its scoring closed."""
    _round_is("closed")(story)
    Edition.objects.filter(pk=story.edition.pk).update(state="archived")


WORLDS: dict[str, Callable[[Story], None]] = {
    "meeting": _meeting,
    "met": lambda story: _meeting(story, "closed"),
    "drafted": lambda story: _decision(story, "drafted"),
    "proposed": lambda story: _decision(story, "proposed"),
    "confirmed": lambda story: _decision(story, "confirmed"),
    "embargoed": lambda story: _decision(story, "embargoed"),
    "published": lambda story: _decision(story, "published"),
    "planned": _round_is("planned"),
    "closed": _round_is("closed"),
    "revealed": _round_is("revealed"),
    "feedback reviewed": _feedback_is("reviewed"),
    "feedback released": _feedback_is("released"),
    "concluded": lambda story: Edition.objects.filter(pk=story.edition.pk).update(state="concluded"),
    "archived": _archived_edition,
}
