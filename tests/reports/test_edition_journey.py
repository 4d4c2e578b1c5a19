"""One small edition from a copy to the archive, through the pages that people use."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from awards import gates, invitation_links
from awards.actions import editions
from awards.models import Edition, Invitation, JournalEntry, Partner, Person, Stage
from awards.states import StageKind, StageState
from criteria.models import Assignment, Decision, FeedbackReport, Round, ScoreSheet, Undertaking
from criteria.publishing_letters import LABELS
from nominees.actions.questionnaires import give_questionnaire, questionnaire_of
from nominees.models import Nomination
from tests.story import BORAS, ESKILSTUNA, leaf_codes

CODE = re.compile(r"Din kod är ([A-Z0-9]+)")
KEY = "rehearsal-2033"
HERE = f"/editions/{KEY}/"
MARKS = {ESKILSTUNA: "5", BORAS: "3"}


@pytest.fixture
def world(story):
    """The rehearsal to copy has the questions of another, an undertaking and a partner."""
    questions = questionnaire_of(story.call)
    give_questionnaire(edition=story.edition, questionnaire=questions, by=None)
    Undertaking.objects.create(edition=story.edition, text_sv="Jag lovar.")
    Partner.objects.create(edition=story.edition, organisation="Förbundet")
    return story


def ok(response):
    """A page is shown, or leads on."""
    assert response.status_code in (200, 302), response.content.decode()[:2000]
    return response


def copied(organiser: Client, source: Edition) -> Edition:
    """Looked at first, then agreed to; its stages begin now."""
    wishes = {
        "award": source.award_id, "year": 2033, "key": "", "entry_mode": "application", "is_rehearsal": "on",
        "how": "days", "days": 12,
        "parts": [
            "stages", "questionnaire", "rounds", "seats", "people", "undertaking", "partners", "letters",
            "texts",
        ],
    }  # fmt: skip
    address = reverse("edition_copy", args=[source.key])
    seen = ok(organiser.get(address, wishes)).context["fingerprint"]
    made = organiser.post(address, wishes | {"seen": seen})
    assert made["Location"] == reverse("edition_copied", args=[KEY])
    return Edition.objects.select_related("fair", "award").get(key=KEY)


def accept(email: str) -> Client:
    """Somebody opens the letter's link, gets a code at the same address, and is signed in."""
    invitation = Invitation.objects.get(email=email, edition__key=KEY, accepted_at=None)
    secret = invitation_links.secret_of(invitation.details["nonce"])
    client = Client()
    ok(client.get(reverse("invitation_page", args=[secret])))
    ok(client.post(reverse("invitation_code", args=[secret])))
    code = CODE.search(mail.outbox[-1].body).group(1)
    ok(client.post(reverse("invitation_accept", args=[secret]), {"code": code}))
    return client


def stage(kind: str) -> Stage:
    return Stage.objects.select_related("edition__fair", "edition__award").get(edition__key=KEY, kind=kind)


def close(kind: str, by: Person) -> None:
    """A stage that nothing holds back closes, and the next one opens."""
    now = stage(kind)
    assert gates.blockers(now.edition, kind) == ()
    editions.close_stage(stage=now, by=by)
    after = Stage.objects.filter(edition__key=KEY, state=StageState.AHEAD).order_by("position").first()
    if after:
        editions.open_stage(stage=stage(after.kind), by=by)


def apply(organiser: Client, code: str) -> Client:
    """A contact is invited, comes in, answers and sends in."""
    email = f"ny-{code}@story.example"
    words = {"contact-municipality": code, "contact-email": email, "contact-level": "submitter"}
    ok(organiser.post(reverse("contact_invite", args=[KEY]), words))
    contact = accept(email)
    begun = ok(contact.post(reverse("application_new"), {"edition": KEY, "municipality": code}))
    answers = {"answer-varfor": "För att vi lär av varandra.", "answer-mest": "Vägen in till arbete."}
    ok(contact.post(f"{begun['Location']}beskrivning/", answers))
    ok(contact.post(f"{begun['Location']}submit/"))
    return contact


def score(juror: Client, person: Person) -> None:
    """The undertaking first, then every entry, each marked as done."""
    empty = {"ties-TOTAL_FORMS": "0", "ties-INITIAL_FORMS": "0"}
    ok(juror.post(reverse("undertaking_page", args=[KEY]), {"accepted": "on", **empty}))
    mine = Assignment.objects.filter(juror__person=person, round__edition__key=KEY)
    for assignment in mine.select_related("nomination__municipality"):
        mark = MARKS[assignment.nomination.municipality.code]
        sheet = {f"criterion-{code}": mark for code in leaf_codes()}
        sheet |= {f"strengths-{code}": "Nära invånarna." for code in leaf_codes()}
        ok(juror.post(reverse("sheet_finish", args=[assignment.pk]), sheet | {"version": "0"}))


def decide(chair: Client, organiser: Client) -> None:
    """The meeting, the draft, another pair of eyes, and out with it."""
    ok(chair.post(f"{HERE}consensus/open/"))
    agreed = {"token": "0", "value-A1": "5", "reason-A1": "Vi enades."}
    ok(chair.post(f"{HERE}consensus/{ESKILSTUNA}/", agreed))
    ok(chair.post(f"{HERE}consensus/close/"))
    ok(chair.post(f"{HERE}decision/begin/"))
    draft = {
        "version": str(Decision.objects.get(edition__key=KEY).version), "then": "propose",
        f"{ESKILSTUNA}-outcome": "winner", f"{ESKILSTUNA}-place": "1",
        f"{ESKILSTUNA}-motivation_sv": "För ett arbete som når alla.",
        f"{BORAS}-outcome": "ranked", f"{BORAS}-place": "2",
    }  # fmt: skip
    ok(chair.post(f"{HERE}decision/save/", draft))
    ok(organiser.post(f"{HERE}decision/confirm/"))


def publish(organiser: Client) -> None:
    """What becomes public is counted first, then it is done."""
    wishes = {"when": "now", "at": "", "letters": list(LABELS)}
    seen = ok(organiser.get(f"{HERE}decision/publish/check/", wishes)).context["reach"].mark
    made = organiser.post(f"{HERE}decision/publish/make/", wishes | {"seen": seen})
    assert made["Location"] == reverse("publish_page", args=[KEY])


def give_feedback(organiser: Client) -> None:
    """Both reports written, reviewed and released in one go."""
    for code in MARKS:
        words = {"version": "0", "general": "Tack för er ansökan.", "do": "review"}
        ok(organiser.post(reverse("feedback_edit", args=[KEY, code]), words))
    ready = FeedbackReport.objects.filter(nomination__edition__key=KEY)
    shown = [f"{report.pk}-{report.version}" for report in ready]
    ok(organiser.post(reverse("feedback_release", args=[KEY]), {"report": shown, "understood": "on"}))


def test_edition_goes_from_copy_to_archive(world, client_of):
    organiser, by = client_of(world.organiser), world.organiser
    edition = copied(organiser, world.edition)
    by.__dict__.pop("roles_held", None)
    people = {name: accept(f"{name}@story.example") for name in ("chair", "juror1", "juror2", "juror3")}

    editions.open_edition(edition=edition, by=by)
    editions.open_stage(stage=stage(StageKind.CALL), by=by)
    contacts = {code: apply(organiser, code) for code in MARKS}
    assert set(Nomination.objects.filter(edition=edition).values_list("state", flat=True)) == {"submitted"}
    close(StageKind.CALL, by)

    ok(organiser.post(reverse("assignment_apply", args=[KEY]), {"how": "everybody"}))
    ok(organiser.post(f"{HERE}rounds/1/open/"))
    for name in ("juror1", "juror2", "juror3"):
        score(people[name], world.people[name])
    assert ScoreSheet.objects.filter(assignment__round__edition=edition, state="done").count() == 6
    ok(organiser.post(f"{HERE}rounds/1/close/"))
    close(StageKind.SCORING, by)

    decide(people["chair"], organiser)
    close(StageKind.CONSENSUS, by)
    close(StageKind.DECISION, by)
    publish(organiser)
    close(StageKind.CEREMONY, by)

    give_feedback(organiser)
    read = {
        code: client.get(reverse("application_feedback", args=[_entry(code).pk])).content.decode()
        for code, client in contacts.items()
    }
    assert ["Tack för er ansökan." in page for page in read.values()] == [True, True]

    editions.conclude_edition(edition=edition, by=by)
    editions.archive_edition(edition=edition, by=by)
    assert [contacts[code].get(reverse("application_list")).status_code for code in MARKS] == [404, 404]
    _assert_what_is_left(edition)


def _entry(code: str) -> Nomination:
    return Nomination.objects.get(edition__key=KEY, municipality__code=code)


def _assert_what_is_left(edition: Edition) -> None:
    """The history says who won; the first edition is as it was; the journal tells it all."""
    events = _entry(ESKILSTUNA).events.order_by("pk").values_list("kind", flat=True)
    assert list(events) == ["applied", "submitted", "won"]
    assert _entry(ESKILSTUNA).motivation == "För ett arbete som når alla."
    assert Round.objects.get(edition__key="rehearsal-2027").state == "open"
    told = set(JournalEntry.objects.filter(edition_id=edition.pk).values_list("verb", flat=True))
    wanted = {"copy_edition", "invite", "open_stage", "close_stage", "open_round", "announce_decision",
              "release_feedback", "archive_edition"}  # fmt: skip
    assert wanted - told == set()
