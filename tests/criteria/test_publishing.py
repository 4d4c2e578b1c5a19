"""A decision becomes public now or at an instant, once; it is stopped, taken back, replaced."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from awards import gates, menu
from awards.actions.editions import pause_edition, resume_edition
from awards.actions.letter_templates import save_template
from awards.letter_texts import mark_of, usual_text
from awards.letters import LetterText
from awards.models import Edition, JournalEntry, Letter
from awards.states import StageKind
from criteria import actions
from criteria.actions.decisions import Draft
from criteria.decided import Row
from criteria.models import Decision, DecisionRow, Publication, Round
from criteria.publishing import reach_of
from criteria.publishing_letters import LABELS, OUTCOME, PUBLISHED
from criteria.standings import standings_of
from nominees.models import Contact, Nomination, NominationEvent
from tests.criteria.meeting import (
    BORAS,
    ESKILSTUNA,
    HELSINGBORG,
    JURY,
    KARLSTAD,
    KAVLINGE,
    VASTERAS,
    closed_round,
    confirmed,
    drafted,
    stand_aside,
)

pytestmark = pytest.mark.django_db
PAGE, WORDS = "/editions/2027/1261/", "lär av varandra"
SOON = timedelta(days=3)


@pytest.fixture
def decision(story) -> Decision:
    """A confirmed decision of an edition that is no rehearsal, and that nobody outside has seen."""
    closed_round(story)
    Edition.objects.filter(pk=story.edition.pk).update(is_rehearsal=False, key="2027", published_at=None)
    Nomination.objects.filter(edition=story.edition).update(published_at=None)
    Letter.objects.all().delete()
    return again(confirmed(story))


def again(decision: Decision) -> Decision:
    return Decision.objects.select_related("edition__fair", "round__scoring_model").get(pk=decision.pk)


def plan(story, decision, **words) -> Publication:
    words = {"now": story.now, "by": story.organiser} | words
    return actions.plan_publication(decision=again(decision), **words)


def take_back(story, publication, reason="Fel namn i motiveringen.") -> Publication:
    return actions.unpublish(publication=publication, reason=reason, now=story.now, by=story.organiser)


def correction(story, decision, rows: dict[str, Row]) -> Decision:
    """A confirmed decision that replaces this one; entries not named are placed."""
    new = actions.correct_decision(decision=again(decision), reason="Fel.", now=story.now, by=story.chair)
    wanted = {story.nominations[code].pk: row for code, row in rows.items()}
    start = {row.nomination_id: Row("ranked", (row.place or 8) + 1) for row in new.rows.all()}
    actions.save_decision(decision=new, draft=Draft(start | wanted), version=None, by=story.chair)
    actions.propose_decision(decision=new, now=story.now, by=story.chair)
    return actions.confirm_decision(decision=new, now=story.now, by=story.organiser)


def seen_by_the_public(client) -> list[bool]:
    """Whether the edition answers, the entry answers, and the motivation can be read."""
    entry = client.get(PAGE)
    return [
        client.get("/editions/2027/").status_code == 200,
        entry.status_code == 200,
        WORDS in entry.content.decode(),
    ]


def test_published_now_the_public_sees_winner_nominees_and_motivation(story, decision, client):
    before = seen_by_the_public(client)
    plan(story, decision)

    page = client.get("/editions/2027/").content.decode()
    assert (before, seen_by_the_public(client)) == ([False] * 3, [True] * 3)
    assert [name for name in ("Kävlinge", "Borås", WORDS) if name in page] == ["Kävlinge", "Borås", WORDS]
    assert Decision.objects.get().state == "announced"


def test_at_an_instant_nothing_shows_before_and_everything_after(story, decision, client):
    publication = plan(story, decision, at=story.now + SOON)
    early = (actions.publish_due(story.now + SOON - timedelta(seconds=1)), seen_by_the_public(client))
    contact = Nomination.objects.with_outcome().get(pk=story.nominations[KAVLINGE].pk).outcome
    # The clock of this test's requests stands at the real now, so the instant is moved into its past.
    Publication.objects.filter(pk=publication.pk).update(at=story.now - timedelta(minutes=1))
    on_time = (actions.publish_due(story.now), seen_by_the_public(client))

    assert early == (0, [False] * 3)
    assert contact == "nominated"
    assert on_time == (1, [True] * 3)


def test_the_clock_publishes_once_and_the_journal_says_so(story, decision):
    plan(story, decision, at=story.now + SOON)
    done = [actions.publish_due(story.now + SOON) for _time in range(2)]

    entry = JournalEntry.objects.get(verb="publish")
    assert done == [1, 0]
    assert (entry.person_id, entry.edition_id) == (None, story.edition.pk)
    assert NominationEvent.objects.filter(kind="won", nomination__edition=story.edition).count() == 1
    assert Publication.objects.get().published_at == story.now + SOON


def test_a_paused_edition_stops_it_and_nothing_comes_when_it_goes_on(story, decision, client):
    plan(story, decision, at=story.now + SOON)
    pause_edition(edition=again(decision).edition, by=story.organiser)
    paused = actions.publish_due(story.now + SOON)
    resume_edition(edition=again(decision).edition, by=story.organiser)
    resumed = actions.publish_due(story.now + SOON)

    stopped = Publication.objects.get()
    assert (paused, resumed, seen_by_the_public(client)) == (0, 0, [False] * 3)
    assert (stopped.state, stopped.why) == ("stopped", "not_running")
    assert list(Letter.objects.values_list("purpose", "email")) == [
        ("decision-stopped", story.organiser.email)
    ]


def test_a_correction_stops_what_waits(story, decision):
    plan(story, decision, at=story.now + SOON)
    actions.correct_decision(decision=again(decision), reason="Fel.", now=story.now, by=story.chair)

    assert Publication.objects.values_list("state", "why").get() == ("stopped", "corrected")
    assert actions.publish_due(story.now + SOON) == 0
    assert Decision.objects.filter(state="announced").count() == 0


def test_a_correction_that_stops_what_waits_is_told_the_organiser_at_once(story, decision, english):
    plan(story, decision, at=story.now + SOON)
    new = actions.correct_decision(decision=again(decision), reason="Fel.", now=story.now, by=story.chair)
    actions.discard_decision(decision=new, by=story.chair)

    letter = Letter.objects.get()
    assert (letter.purpose, letter.email) == ("decision-stopped", story.organiser.email)
    assert "Ett nytt beslut som ersätter det här påbörjades." in letter.body


def test_stopped_by_hand_it_can_be_planned_again(story, decision):
    publication = plan(story, decision, at=story.now + SOON)
    actions.stop_publication(publication=publication, now=story.now, by=story.organiser)
    plan(story, decision, at=story.now + SOON)

    assert [each.state for each in Publication.objects.order_by("pk")] == ["stopped", "waiting"]
    assert actions.publish_due(story.now + SOON) == 1


def test_what_was_seen_must_still_be_so(story, decision, english):
    mark = reach_of(decision, [OUTCOME], story.now).mark
    Nomination.objects.filter(pk=story.nominations[BORAS].pk).update(state="withdrawn")
    with pytest.raises(actions.HasChanged, match="changed since you looked"):
        plan(story, decision, letters=[OUTCOME], seen=mark)

    fresh = reach_of(again(decision), [OUTCOME], story.now).mark
    assert plan(story, decision, letters=[OUTCOME], seen=fresh).state == "published"


def test_a_time_that_has_passed_and_a_second_plan_are_refused(story, decision, english):
    with pytest.raises(PermissionDenied, match="has passed"):
        plan(story, decision, at=story.now)
    plan(story, decision, at=story.now + SOON)
    with pytest.raises(PermissionDenied, match="planned already"):
        plan(story, decision)

    assert Publication.objects.count() == 1


def test_who_withdrew_or_was_not_nominated_stays_out_of_sight(story, decision, client):
    second = correction(
        story,
        decision,
        {KAVLINGE: Row("winner", 1, "För allt."), KARLSTAD: Row("not_nominated")},
    )
    Nomination.objects.filter(pk=story.nominations[BORAS].pk).update(state="withdrawn")
    reach = reach_of(again(second), list(LABELS), story.now)
    plan(story, second)

    public = Nomination.objects.public().filter(edition=story.edition)
    names = sorted(public.values_list("municipality__name", flat=True))
    assert names == ["Eskilstuna", "Helsingborg", "Kävlinge", "Västerås"]
    assert (sorted(reach.entries), sorted(reach.held)) == (names, ["Borås", "Karlstad"])


def test_the_dialog_counts_what_then_happens(story, decision):
    reach = reach_of(decision, list(LABELS), story.now)
    plan(story, decision, letters=list(LABELS))

    public = Nomination.objects.public().filter(edition=story.edition)
    letters = Letter.objects.filter(purpose__in=LABELS)
    assert (len(reach.entries), reach.winners, len(reach.words)) == (public.count(), ("Kävlinge",), 1)
    assert {each.purpose: each.count for each in reach.letters} == {
        purpose: letters.filter(purpose=purpose).count() for purpose in LABELS
    }
    assert reach.letter_count == letters.count() > 6


def test_letters_tell_a_contact_only_of_the_own_entry(story, decision):
    plan(story, decision, letters=[OUTCOME])
    letter = Letter.objects.get(purpose=OUTCOME, to=story.contacts[KAVLINGE])

    assert letter.subject == "Juryns beslut om Kävlinge"
    assert [name for name in ("Borås", "Karlstad", "Helsingborg") if name in letter.body] == []
    assert (WORDS in letter.body, "/editions/2027/1261/" in letter.body) == (True, True)
    assert Letter.objects.filter(purpose=PUBLISHED).count() == 0


def test_letters_carry_the_editions_own_words_and_changed_words_are_shown_once_more(story, decision):
    before = reach_of(decision, [OUTCOME], story.now)
    own = LetterText("Om {municipality}", "Kära {name}!\n\n{outcome}\n\n{motivation}\n\n{edition_link}")
    save_template(
        edition=story.edition,
        purpose=OUTCOME,
        language="sv",
        text=own,
        was=mark_of(usual_text(OUTCOME, "sv")),
        by=story.organiser,
    )
    after = reach_of(again(decision), [OUTCOME], story.now)
    plan(story, decision, letters=[OUTCOME])
    letter = Letter.objects.get(purpose=OUTCOME, to=story.contacts[KAVLINGE])
    name = story.contacts[KAVLINGE].get_full_name()
    motivation = DecisionRow.objects.get(nomination__municipality__code=KAVLINGE).motivation_sv

    assert before.mark != after.mark
    assert after.letters[0].example.subject == "Om Borås"
    assert (letter.subject, letter.body) == (
        "Om Kävlinge",
        f"Kära {name}!\n\nvinnare\n\nJuryns motivering: {motivation}\n\n{settings.BASE_URL}/editions/2027/\n",
    )


def test_an_entry_that_was_set_public_before_shows_with_the_edition_and_is_counted(story, decision):
    early = Nomination.objects.create(
        edition=story.edition, municipality=_another(story), published_at=story.now, state="historic"
    )
    reach = reach_of(decision, (), story.now)

    assert reach.along == (early.municipality.name,)


def test_the_dialog_counts_the_unwanted_who_were_set_public_before(story, decision, client):
    wanted = {
        KAVLINGE: Row("winner", 1, "För allt."),
        KARLSTAD: Row("not_nominated", None, "För tidigt."),
        ESKILSTUNA: Row("not_nominated", None, "Sägs inte."),
    }
    second = correction(story, decision, wanted)
    early = [story.nominations[code].pk for code in (BORAS, KARLSTAD)]
    Nomination.objects.filter(pk__in=early).update(published_at=story.now)
    leave(story, BORAS)
    reach = reach_of(again(second), (), story.now)
    plan(story, second)

    public = Nomination.objects.public().filter(edition=story.edition)
    names = set(public.values_list("municipality__name", flat=True))
    assert (reach.along, reach.already, reach.held) == (("Borås", "Karlstad"), (), ("Eskilstuna",))
    assert names == {*reach.entries, *reach.along}
    told = public.exclude(motivation="").values_list("municipality__name", flat=True)
    assert {each.municipality for each in reach.words} == set(told) == {"Karlstad", "Kävlinge"}


def test_the_dialog_promises_no_outcome_to_who_left_in_a_public_edition(story, decision):
    Edition.objects.filter(pk=story.edition.pk).update(published_at=story.now)
    Nomination.objects.filter(edition=story.edition).update(published_at=story.now)
    leave(story, BORAS)
    reach = reach_of(again(decision), (), story.now)

    assert (reach.untold, "Borås" in reach.already, len(reach.already)) == (("Borås",), False, 5)


def _another(story):
    place = story.municipalities[ESKILSTUNA]
    place.pk, place.code, place.name, place.organisation_number = None, "0999", "Nyby", "212000-9999"
    place.save()
    return place


def test_taken_back_the_public_sees_as_little_as_before(story, decision, client):
    publication = plan(story, decision, letters=list(LABELS))
    take_back(story, publication)

    assert seen_by_the_public(client) == [False] * 3
    assert NominationEvent.objects.filter(nomination__edition=story.edition, kind="won").count() == 0
    assert set(Letter.objects.filter(purpose__in=LABELS).values_list("state", flat=True)) == {"cancelled"}
    assert Decision.objects.get().state == "confirmed"
    told = JournalEntry.objects.get(verb="take_outcome_back", data__event="won").data
    assert (told["told_at"], told["told_by"]) == (story.now.isoformat(), story.organiser.pk)


def lists(story) -> tuple:
    """What the edition says of its lists: the nominees' is complete, and how many applied."""
    found = Edition.objects.filter(pk=story.edition.pk)
    return found.values_list("nominee_list_complete", "applicant_count").get()


def test_published_the_list_of_nominees_is_complete_and_taken_back_it_is_not(story, decision, client):
    number = Nomination.objects.filter(edition=story.edition).count()
    publication = plan(story, decision)
    told, page = lists(story), client.get("/editions/2027/").content.decode()
    second = plan(story, correction(story, publication.decision, {KAVLINGE: Row("winner", 1, WORDS)}))
    corrected = lists(story)
    take_back(story, second)

    assert (told, corrected, lists(story)) == ((True, number), (True, number), (False, None))
    assert [word for word in ("Minst", "känd i delar") if word in page] == []


def test_taking_back_leaves_what_was_told_of_the_lists_before(story, decision):
    Edition.objects.filter(pk=story.edition.pk).update(nominee_list_complete=True, applicant_count=31)
    take_back(story, plan(story, decision))

    assert lists(story) == (True, 31)


def test_taking_back_leaves_what_was_public_before(story, decision, client):
    earlier = story.now - timedelta(days=9)
    Edition.objects.filter(pk=story.edition.pk).update(published_at=earlier)
    Nomination.objects.filter(pk=story.nominations[BORAS].pk).update(published_at=earlier)
    take_back(story, plan(story, decision))

    public = Nomination.objects.public().filter(edition=story.edition)
    assert list(public.values_list("municipality__code", "published_at")) == [(BORAS, earlier)]
    assert client.get("/editions/2027/").status_code == 200


def test_taken_back_it_can_be_published_again(story, decision, client):
    take_back(story, plan(story, decision))
    plan(story, decision)

    assert seen_by_the_public(client) == [True] * 3
    assert [each.state for each in Publication.objects.order_by("pk")] == ["taken_back", "published"]


def test_taking_back_asks_for_a_reason(story, decision, english):
    publication = plan(story, decision)
    with pytest.raises(PermissionDenied, match="Write why"):
        take_back(story, publication, reason=" ")

    assert Publication.objects.get().state == "published"


def test_a_correction_keeps_the_date_of_what_it_does_not_change(story, decision):
    plan(story, decision)
    won = NominationEvent.objects.get(kind="won", nomination__edition=story.edition)
    later = story.now + timedelta(days=4)
    second = correction(
        story,
        decision,
        {KAVLINGE: Row("winner", 1, "För att ni lär av varandra."), BORAS: Row("honoured", 6, "För resan.")},
    )
    plan(story, second, now=later)

    events = NominationEvent.objects.filter(nomination__edition=story.edition, kind__in=["won", "honoured"])
    assert [(each.kind, each.recorded_at) for each in events] == [
        ("won", won.recorded_at), ("honoured", later),
    ]  # fmt: skip
    assert events.first().source == won.source
    assert [each.state for each in Publication.objects.order_by("pk")] == ["replaced", "published"]


def test_a_second_correction_takes_back_what_the_first_decision_told(story, decision):
    plan(story, decision)
    second = correction(story, decision, {HELSINGBORG: Row("winner", 1, "För bredden.")})
    third = correction(story, second, {VASTERAS: Row("winner", 1, "För modet.")})  # the second is never told
    plan(story, third)

    winners = NominationEvent.objects.filter(kind="won", nomination__edition=story.edition)
    motivated = Nomination.objects.filter(edition=story.edition).exclude(motivation="")
    assert [each.nomination.municipality.name for each in winners] == ["Västerås"]
    assert list(motivated.values_list("motivation", flat=True)) == ["För modet."]


def test_taking_a_correction_back_takes_everything_the_public_got(story, decision, client):
    plan(story, decision)
    second = correction(story, decision, {KAVLINGE: Row("winner", 1, "För att ni lär av varandra.")})
    take_back(story, plan(story, second))

    assert seen_by_the_public(client) == [False] * 3
    assert Nomination.objects.public().filter(edition=story.edition).count() == 0


def test_english_readers_get_the_english_motivation_and_the_swedish_where_there_is_none(story, client):
    closed_round(story)
    Edition.objects.filter(pk=story.edition.pk).update(is_rehearsal=False, key="2027")
    draft = drafted(story)
    draft.rows.filter(outcome="winner").update(motivation_en="For learning from each other.")
    second = draft.rows.filter(nomination=story.nominations[BORAS])
    second.update(outcome="honoured", motivation_sv="För resan.")
    actions.propose_decision(decision=draft, now=story.now, by=story.chair)
    plan(story, actions.confirm_decision(decision=draft, now=story.now, by=story.organiser))
    client.post("/language/", {"language": "en"})
    pages = {
        path: client.get(path).content.decode() for path in ("/editions/2027/", PAGE, "/municipalities/1261/")
    }

    assert {path: "For learning from each other." in page for path, page in pages.items()} == dict.fromkeys(
        pages, True
    )
    assert [path for path, page in pages.items() if WORDS in page] == []
    assert '<p lang="sv">För resan.' in client.get("/editions/2027/1490/").content.decode()


VERDICTS = """
publish   | organiser | confirmed | -       | yes
publish   | chair     | confirmed | -       | Only the organiser of the edition may do this.
publish   | juror1    | confirmed | -       | Only the organiser of the edition may do this.
publish   | contact   | confirmed | -       | Only the organiser of the edition may do this.
publish   | organiser | published | -       | Only a confirmed decision can be announced, and once.
publish   | organiser | waiting   | -       | A publication is planned already. Stop it first.
publish   | organiser | confirmed | paused  | The edition is paused, so nothing is published.
publish   | organiser | confirmed | aside   | You stand aside from one of the entries, so others decide.
publish   | organiser | confirmed | in hand | A new decision is in hand. Confirm it, or throw the draft away.
stop      | organiser | waiting   | -       | yes
stop      | chair     | waiting   | -       | Only the organiser of the edition may do this.
stop      | organiser | published | -       | Only what waits can be stopped.
take_back | organiser | published | -       | yes
take_back | organiser | published | paused  | yes
take_back | chair     | published | -       | Only the organiser of the edition may do this.
take_back | organiser | waiting   | -       | Only what is published can be taken back.
take_back | organiser | published | aside   | yes
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in VERDICTS.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:4]))
def test_verdict(story, decision, english, row):
    verb, who, state, thing, answer = row
    publication = None
    if state != "confirmed":
        publication = plan(story, decision, at=story.now + SOON if state == "waiting" else None)
    _happened(story, decision, thing)

    assert _answer(story, decision, publication, verb, story.people[who]) == answer


def _answer(story, decision, publication, verb: str, by) -> str:
    try:
        if verb == "publish":
            plan(story, decision, by=by)
        elif verb == "stop":
            actions.stop_publication(publication=publication, now=story.now, by=by)
        else:
            actions.unpublish(publication=publication, reason="Fel.", now=story.now, by=by)
    except PermissionDenied as refusal:
        return str(refusal)
    return "yes"


def _happened(story, decision, thing: str) -> None:
    if thing == "paused":
        Edition.objects.filter(pk=story.edition.pk).update(state="paused")
    if thing == "aside":
        stand_aside(story, story.seats["organiser"], BORAS)
    if thing == "in hand":
        actions.correct_decision(decision=again(decision), reason="Fel.", now=story.now, by=story.chair)


def test_a_rehearsal_is_published_and_still_nobody_outside_sees_it(story, client):
    closed_round(story)
    plan(story, confirmed(story))

    assert client.get("/editions/rehearsal-2027/").status_code == 404
    assert client.get("/editions/rehearsal-2027/1261/").status_code == 404
    assert len(JURY) == Nomination.objects.filter(edition=story.edition).exclude(published_at=None).count()
    assert standings_of(Round.objects.select_related("edition", "scoring_model").get(pk=story.round.pk)).lines


def test_the_organisers_checklist_follows_the_publishing(story, decision, english):
    said = [_ceremony(story)]
    plan(story, decision, at=story.now + SOON)
    said.append(_ceremony(story))
    actions.publish_due(story.now + SOON)

    assert [*said, _ceremony(story)] == [
        ("The decision has not been published.", False, "/editions/2027/decision/publish/"),
        ("The decision waits to become public.", False, "/editions/2027/decision/publish/"),
        ("The decision is published.", True, "/editions/2027/decision/publish/"),
    ]


def _ceremony(story) -> tuple:
    edition = Edition.objects.get(pk=story.edition.pk)
    (line,) = gates.checklist(edition, StageKind.CEREMONY)
    return str(line.text), line.settled, line.url


def test_publishing_is_among_the_editions_rooms_of_its_organiser(story, rf):
    seen = {}
    for name in ("organiser", "chair", "other_organiser"):
        request = rf.get("/")
        request.user, request.edition = story.people[name], story.edition
        rooms = [item.url for item in menu.items_for(request) if item.place == menu.Place.EDITION]
        seen[name] = "/editions/rehearsal-2027/decision/publish/" in rooms

    assert seen == {"organiser": True, "chair": False, "other_organiser": False}


def leave(story, code: str, state: str = "withdrawn") -> None:
    """The entry leaves the award after the decision."""
    Nomination.objects.filter(pk=story.nominations[code].pk).update(state=state)


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_a_winner_who_left_stops_what_waits_and_the_organiser_is_told(story, decision, client, state):
    plan(story, decision, at=story.now + SOON)
    leave(story, KAVLINGE, state)
    published = actions.publish_due(story.now + SOON)

    assert (published, seen_by_the_public(client)) == (0, [False] * 3)
    assert Publication.objects.values_list("state", "why").get() == ("stopped", "left")
    assert list(Letter.objects.values_list("purpose", "email")) == [
        ("decision-stopped", story.organiser.email)
    ]


def test_a_winner_who_left_is_not_published_by_hand(story, decision, english):
    leave(story, KAVLINGE)
    with pytest.raises(PermissionDenied, match="Kävlinge wins or is honoured in the decision, and has left"):
        plan(story, decision)

    assert Publication.objects.count() == 0


def test_nothing_is_told_of_an_entry_that_left(story, decision):
    contacts = set(Contact.objects.in_force(story.now).values_list("municipality__code", flat=True))
    leave(story, ESKILSTUNA)
    plan(story, decision, letters=[OUTCOME])

    told = NominationEvent.objects.filter(nomination__edition=story.edition, source__isnull=False)
    letters = Letter.objects.filter(purpose=OUTCOME)
    assert ESKILSTUNA in contacts
    assert told.filter(nomination=story.nominations[ESKILSTUNA], kind="nominated").count() == 0
    assert [each.subject for each in letters if "Eskilstuna" in each.subject] == []
    assert letters.count() == reach_of(again(decision), [OUTCOME], story.now).letter_count > 0


def test_unsent_letters_of_a_replaced_publication_never_leave(story, decision):
    first = plan(story, decision, letters=list(LABELS))
    second = correction(story, decision, {HELSINGBORG: Row("winner", 1, "För bredden.")})
    later = plan(story, second, letters=[OUTCOME])

    states = {
        pk: set(
            Letter.objects.filter(once_key__startswith=f"publication:{pk}:").values_list("state", flat=True)
        )
        for pk in (first.pk, later.pk)
    }
    assert states == {first.pk: {"cancelled"}, later.pk: {"queued"}}


def test_taking_back_stops_every_unsent_letter_of_the_edition(story, decision):
    plan(story, decision, letters=[OUTCOME])
    publication = plan(story, correction(story, decision, {HELSINGBORG: Row("winner", 1, "För bredden.")}))
    Letter.objects.filter(purpose=OUTCOME).update(state="queued")  # as an earlier version left them
    take_back(story, publication)

    assert set(Letter.objects.filter(purpose=OUTCOME).values_list("state", flat=True)) == {"cancelled"}
