"""An entry is sent in and frozen, reopened, withdrawn; a nomination is accepted or declined."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from awards.models import JournalEntry, Letter, Person, Stage, StageExtension
from nominees import permissions
from nominees.actions.submissions import (
    accept_nomination,
    decline_nomination,
    reopen,
    set_diary_number,
    submit,
    withdraw,
)
from nominees.frozen import content_of
from nominees.models import (
    Answer,
    Contact,
    Contribution,
    Material,
    Nomination,
    NominationEvent,
    Question,
    Submission,
)
from nominees.states import ContactLevel, EventKind, NominationState, Outcome, Route
from nominees.submission_content import canonical, fingerprint
from nominees.versions import has_changed
from tests.story import BORAS, ESKILSTUNA


@pytest.fixture
def draft(story):
    """Eskilstuna's application with both questions answered."""
    entry = story.drafts[ESKILSTUNA]
    complete(entry)
    return entry


def complete(entry, text="Vi har arbetat mest med språket."):
    most = Question.objects.get(section__edition=entry.edition, code="mest")
    Answer.objects.create(nomination=entry, question=most, text=text)


def kinds(entry):
    return list(entry.events.values_list("kind", flat=True))


def send_in(story, entry, later=timedelta(0)):
    return submit(nomination=entry, now=story.now + later, by=story.contact)


# Sending in -----------------------------------------------------------------------------------------
def test_submit_freezes_a_version_and_tells_of_it(story, draft):
    submission, is_new = send_in(story, draft)

    draft.refresh_from_db()
    assert (is_new, submission.number, draft.state) == (True, 1, NominationState.SUBMITTED)
    assert kinds(draft) == [EventKind.APPLIED, EventKind.SUBMITTED]
    row = JournalEntry.objects.get(verb="submit")
    assert (row.person_id, row.thing_id, row.data) == (
        story.contact.pk,
        draft.pk,
        {"submission": submission.pk, "number": 1},
    )
    letter = Letter.objects.get()
    assert (letter.to, letter.purpose, letter.once_key) == (
        story.contact,
        "receipt",
        f"receipt:{submission.pk}",
    )
    assert submission.sha256 in letter.body
    assert bytes(letter.attachment)[:5] == b"%PDF-"


def test_hash_is_that_of_the_canonical_bytes_as_they_come_back_from_the_database(story, draft):
    send_in(story, draft)

    kept = Submission.objects.get()
    assert kept.sha256 == hashlib.sha256(canonical(kept.content)).hexdigest()
    assert kept.content == content_of(Nomination.objects.get(pk=draft.pk))


def test_content_is_the_same_in_whatever_language_it_is_read(story, draft, settings):

    with translation.override("en"):
        english = fingerprint(content_of(draft))
    with translation.override("sv"):
        assert fingerprint(content_of(draft)) == english


def test_incomplete_entry_is_refused_and_stays(story):
    entry = story.drafts[ESKILSTUNA]

    with pytest.raises(PermissionDenied, match="1 sak saknas"):
        send_in(story, entry)

    entry.refresh_from_db()
    assert (entry.state, Submission.objects.count(), Letter.objects.count()) == (NominationState.DRAFT, 0, 0)


def test_second_click_keeps_the_first_version(story, draft):
    first, _new = send_in(story, draft)
    again, is_new = send_in(story, draft, timedelta(seconds=1))

    assert (again, is_new) == (first, False)
    assert (Submission.objects.count(), Letter.objects.count()) == (1, 1)
    assert kinds(draft) == [EventKind.APPLIED, EventKind.SUBMITTED]


def test_change_and_submit_again_makes_a_second_version_beside_the_first(story, draft):
    first, _new = send_in(story, draft)
    Answer.objects.filter(nomination=draft, question__code="mest").update(text="Med skolan.")
    second, is_new = send_in(story, draft, timedelta(hours=1))

    assert (is_new, second.number) == (True, 2)
    assert kinds(draft) == [EventKind.APPLIED, EventKind.SUBMITTED, EventKind.SUPPLEMENTED]
    first.refresh_from_db()
    assert [each["text"] for each in first.content["sections"][0]["answers"]] == [
        f"Övningstext från {ESKILSTUNA}.",
        "Vi har arbetat mest med språket.",
    ]


def test_submit_after_the_deadline_is_refused(story, draft):
    story.call.stages.filter(kind="call").update(closes_at=story.now - timedelta(minutes=1))

    with pytest.raises(PermissionDenied, match="Ansökan stängde"):
        send_in(story, draft)
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("level", [ContactLevel.VIEWER, ContactLevel.EDITOR])
def test_only_who_submits_for_the_municipality_submits(story, draft, level):
    colleague = Person.objects.create_user("kollega@story.example")
    Contact.objects.create(
        person=colleague, municipality=draft.municipality, edition=draft.edition, level=level
    )

    for person in (colleague, story.other_contact, story.organiser, story.outsider):
        with pytest.raises(PermissionDenied):
            submit(nomination=draft, now=story.now, by=person)
    assert Submission.objects.count() == 0


def test_frozen_files_are_those_that_are_neither_replaced_nor_removed_nor_refused(story, draft):
    def file(name, **fields):
        return Material.objects.create(
            nomination=draft, name=name, file="materials/x", size=5, sha256="a" * 64, state="ready", **fields
        )

    new = file("Ny.pdf")
    file("Gammal.pdf", replaced_by=new)
    file("Borta.pdf", removed_at=story.now)
    refused = file("Vägrad.pdf")
    Material.objects.filter(pk=refused.pk).update(state="refused")
    private = file("Enskild.pdf", is_private=True)

    submission, _new = send_in(story, draft)

    assert [(each["id"], each["name"], each["is_private"]) for each in submission.content["materials"]] == [
        (new.pk, "Ny.pdf", False),
        (private.pk, "Enskild.pdf", True),
    ]


# Reopening and withdrawing --------------------------------------------------------------------------
def test_reopened_entry_is_written_and_submitted_again(story, draft):
    send_in(story, draft)
    reopen(nomination=draft, reason="Bilaga saknas.", now=story.now, by=story.organiser)

    assert Nomination.objects.get(pk=draft.pk).state == NominationState.REOPENED
    event = NominationEvent.objects.get(kind=EventKind.REOPENED)
    assert (event.reason, event.note, event.by) == ("Bilaga saknas.", "", story.organiser)
    letter = Letter.objects.get(purpose="entry-reopened")
    assert letter.to == story.contact
    assert "Angivet skäl: Bilaga saknas." in letter.body

    _second, is_new = send_in(story, draft, timedelta(hours=1))
    assert is_new
    assert Nomination.objects.get(pk=draft.pk).state == NominationState.SUBMITTED


def after_the_deadline(story, draft):
    send_in(story, draft)
    late = story.now + timedelta(days=20)
    Stage.objects.filter(edition=story.call, kind="call").update(state="closed")
    return Nomination.objects.get(pk=draft.pk), late


def test_reopening_after_the_deadline_needs_a_time_that_lies_ahead(story, draft):
    entry, late = after_the_deadline(story, draft)

    for until, says in ((None, "Ansökan har stängt"), (late, "måste ligga framåt")):
        with pytest.raises(PermissionDenied, match=says):
            reopen(nomination=entry, reason="Fel fil.", until=until, now=late, by=story.organiser)
    assert Nomination.objects.get(pk=draft.pk).state == NominationState.SUBMITTED
    assert StageExtension.objects.count() == 0


def test_reopening_after_the_deadline_gives_this_municipality_alone_more_time(story, draft):
    entry, late = after_the_deadline(story, draft)
    until = late + timedelta(days=2)
    reopen(nomination=entry, reason="Fel fil.", until=until, now=late, by=story.organiser)

    extension = StageExtension.objects.get()
    assert (extension.stage.kind, extension.municipality_code, extension.closes_at, extension.reason) == (
        "call",
        ESKILSTUNA,
        until,
        "Fel fil.",
    )
    row = JournalEntry.objects.get(verb="extend_stage")
    assert (row.person_id, row.thing_id, row.edition_id) == (story.organiser.pk, extension.pk, story.call.pk)
    assert "Ni kan skriva och skicka in till" in Letter.objects.get(purpose="entry-reopened").body

    entry = Nomination.objects.get(pk=draft.pk)
    assert permissions.may_write(story.contact, entry, late)
    assert not permissions.may_write(story.contact, entry, until)
    assert not permissions.may_write(story.other_contact, story.drafts[BORAS], late)
    _second, is_new = send_in(story, entry, timedelta(days=21))
    assert is_new


def test_reopen_and_withdraw_need_a_reason(story, draft):
    send_in(story, draft)

    for act, by in ((reopen, story.organiser), (withdraw, story.contact)):
        with pytest.raises(PermissionDenied, match="Tala om varför"):
            act(nomination=draft, reason="  ", now=story.now, by=by)
    assert Nomination.objects.get(pk=draft.pk).state == NominationState.SUBMITTED


def test_only_the_organiser_reopens_and_only_the_contact_withdraws(story, draft):
    send_in(story, draft)

    for person in (story.contact, story.other_organiser, story.outsider):
        with pytest.raises(PermissionDenied):
            reopen(nomination=draft, reason="Nej", now=story.now, by=person)
    for person in (story.organiser, story.other_contact, story.outsider):
        with pytest.raises(PermissionDenied):
            withdraw(nomination=draft, reason="Nej", now=story.now, by=person)


def test_withdrawn_entry_was_nominated_all_the_same(story):
    entry = story.nominations[ESKILSTUNA]
    withdraw(nomination=entry, reason="För dyrt.", now=story.now, by=story.contact)

    assert kinds(entry) == [EventKind.SUBMITTED, EventKind.NOMINATED, EventKind.WITHDREW]
    assert Nomination.objects.with_outcome().get(pk=entry.pk).outcome == Outcome.WITHDREW
    assert Letter.objects.get().to == story.organiser
    with pytest.raises(PermissionDenied, match="redan"):
        withdraw(nomination=entry, reason="Igen.", now=story.now, by=story.contact)


def test_reason_of_a_withdrawal_is_never_public(story, client):
    entry = story.historic[ESKILSTUNA]
    event = {"kind": EventKind.WITHDREW, "reason": "HEMLIGT SKÄL", "note": "ÖPPEN ANMÄRKNING"}
    NominationEvent.objects.create(nomination=entry, **event)

    page = client.get(entry.get_absolute_url()).content.decode()

    assert ("ÖPPEN ANMÄRKNING" in page, "HEMLIGT SKÄL" in page) == (True, False)


# What changes beside it -----------------------------------------------------------------------------
def test_partners_change_of_a_joint_contribution_is_not_ones_own(story, draft):
    complete(story.drafts[BORAS])
    own, theirs = (
        Contribution.objects.create(fair=story.call.fair, title=title, owner=story.municipalities[code])
        for title, code in (("Vår", ESKILSTUNA), ("Deras", BORAS))
    )
    own.municipalities.add(story.municipalities[ESKILSTUNA])
    theirs.municipalities.add(story.municipalities[BORAS], story.municipalities[ESKILSTUNA])
    last, _is_new = send_in(story, draft)
    assert not has_changed(draft, last)

    Contribution.objects.filter(pk=theirs.pk).update(title="Deras, ändrad")
    assert not has_changed(draft, last)
    Contribution.objects.filter(pk=own.pk).update(title="Vår, ändrad")
    assert has_changed(draft, last)


def test_decided_before_it_is_told_stands_in_no_history_of_the_municipality(story, draft, client_of):
    NominationEvent.objects.create(nomination=draft, kind=EventKind.NOMINATED, note="Ur en lista")
    draft.refresh_from_db()
    contact, pages = client_of(story.contact), (
        f"/applications/{draft.pk}/history/", f"/editions/{story.call.key}/{ESKILSTUNA}/",
        f"/editions/{story.call.key}/",
    )  # fmt: skip

    def told():
        return [bool(re.search(r"\bNominerad\b", contact.get(url).content.decode())) for url in pages]

    assert told() == [False, False, False]
    assert "Nominerad" in client_of(story.organiser).get(pages[1]).content.decode()
    Nomination.objects.filter(pk=draft.pk).update(published_at=story.now)
    assert told()[:2] == [True, True]


# Nominated by others --------------------------------------------------------------------------------
@pytest.fixture
def invited(story):
    """Borås, nominated on key figures, with three days to answer."""
    entry = story.drafts[BORAS]
    Nomination.objects.filter(pk=entry.pk).update(
        route=Route.KEY_FIGURES, answer_by=story.now + timedelta(days=3)
    )
    NominationEvent.objects.create(nomination=entry, kind=EventKind.NOMINATED)
    entry.refresh_from_db()
    return entry


def test_accepted_nomination_is_written_like_any_other(story, invited):
    accept_nomination(nomination=invited, now=story.now, by=story.other_contact)

    assert invited.state == NominationState.ACCEPTED
    assert kinds(invited)[-2:] == [EventKind.NOMINATED, EventKind.ACCEPTED]
    assert Letter.objects.get().to == story.organiser


def test_declined_nomination_stays_nominated_in_its_history(story, invited):
    decline_nomination(nomination=invited, reason="Valår.", now=story.now, by=story.other_contact)

    assert invited.state == NominationState.DECLINED
    assert kinds(invited)[-2:] == [EventKind.NOMINATED, EventKind.DECLINED]
    assert NominationEvent.objects.get(kind=EventKind.DECLINED).reason == "Valår."
    with pytest.raises(PermissionDenied):
        accept_nomination(nomination=invited, now=story.now, by=story.other_contact)


def test_answer_to_a_nomination_has_its_own_deadline(story, invited):
    late = story.now + timedelta(days=3)

    with pytest.raises(PermissionDenied, match="Sista tid att svara var"):
        accept_nomination(nomination=invited, now=late, by=story.other_contact)
    with pytest.raises(PermissionDenied, match="Sista tid att svara var"):
        decline_nomination(nomination=invited, reason="Sent.", now=late, by=story.other_contact)
    assert Nomination.objects.get(pk=invited.pk).state == NominationState.DRAFT


def test_own_application_is_neither_accepted_nor_declined(story, draft):
    with pytest.raises(PermissionDenied, match="har själv ansökt"):
        accept_nomination(nomination=draft, now=story.now, by=story.contact)


# The municipality's register --------------------------------------------------------------------------
def test_diary_number_is_kept_and_written_once_in_the_journal(story, draft):
    for _twice in (1, 2):
        set_diary_number(nomination=draft, number="  KS/2029:17 ", by=story.contact)

    assert Nomination.objects.get(pk=draft.pk).diary_number == "KS/2029:17"
    assert JournalEntry.objects.filter(verb="set_diary_number").count() == 1
    with pytest.raises(PermissionDenied):
        set_diary_number(nomination=draft, number="X", by=story.organiser)
