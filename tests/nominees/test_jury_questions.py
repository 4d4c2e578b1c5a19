"""A juror asks without a name; the organiser releases; the municipality answers; all who read it see it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import Letter, Role
from criteria.models import Recusal
from nominees.actions.questions import answer_question, ask_question, hold_question, release_question
from nominees.drafts import mark
from nominees.models import JuryQuestion
from tests.story import BORAS, ESKILSTUNA

TEXT = "Hur mäter ni nöjdheten?"


@pytest.fixture
def entry(story):
    return story.nominations[ESKILSTUNA]


@pytest.fixture
def asked(story, entry):
    return ask_question(
        nomination=entry, seat=story.seats["juror1"], text=TEXT, now=story.now, by=story.juror1
    )


@pytest.fixture
def released(story, asked):
    until = story.now + timedelta(days=3)
    release_question(question=asked, answer_by=until, now=story.now, by=story.organiser)
    return asked


def letters(purpose):
    return list(Letter.objects.filter(purpose=f"entry-{purpose}"))


def test_question_waits_for_the_organiser(story, asked, client_of, entry):
    assert [letter.to for letter in letters("asked")] == [story.organiser]
    assert TEXT not in client_of(story.contact).get(f"/applications/{entry.pk}/questions/").content.decode()
    page = client_of(story.organiser).get("/editions/rehearsal-2027/questions/").content.decode()
    assert (TEXT in page, "Ledamot A" in page) == (True, True)


def test_same_question_twice_is_one(story, asked, entry):
    again = ask_question(
        nomination=entry, seat=story.seats["juror1"], text=f" {TEXT} ", now=story.now, by=story.juror1
    )

    assert again == asked
    assert (JuryQuestion.objects.count(), len(letters("asked"))) == (1, 1)


def test_nobody_asks_from_anothers_seat(story, entry):
    for person in (story.juror2, story.contact, story.chair, story.outsider):
        with pytest.raises(PermissionDenied):
            ask_question(nomination=entry, seat=story.seats["juror1"], text=TEXT, now=story.now, by=person)


def test_released_question_reaches_the_municipality_without_the_jurors_name(
    story, released, client_of, entry
):
    page = client_of(story.contact).get(f"/applications/{entry.pk}/questions/").content.decode()
    letter = letters("released")[0]

    assert TEXT in page
    assert TEXT in letter.body
    for secret in ("Ledamot A", "juror1", story.juror1.email):
        assert (secret in page, secret in letter.body) == (False, False)
    shown = client_of(story.organiser).get("/editions/rehearsal-2027/questions/").content.decode()
    assert "Ledamot A" in shown


def test_only_organisers_release_and_only_once(story, asked, released):
    until = story.now + timedelta(days=3)
    for person in (story.juror1, story.contact, story.chair, story.other_organiser):
        with pytest.raises(PermissionDenied):
            release_question(question=asked, answer_by=until, now=story.now, by=person)
    with pytest.raises(PermissionDenied, match="redan framsläppt"):
        release_question(question=asked, answer_by=until, now=story.now, by=story.organiser)
    with pytest.raises(PermissionDenied, match="redan framsläppt"):
        hold_question(question=asked, now=story.now, by=story.organiser)


def test_held_question_never_reaches_the_municipality(story, asked, client_of, entry):
    hold_question(question=asked, now=story.now, by=story.organiser)

    assert TEXT not in client_of(story.contact).get(f"/applications/{entry.pk}/questions/").content.decode()
    assert letters("released") == []


def test_answer_is_read_by_every_juror_of_the_entry(story, released, client_of, entry):
    answer_question(
        question=released, nomination=entry, text="Med en enkät.", was="", now=story.now, by=story.contact
    )

    assert [letter.to for letter in letters("answered")] == [story.juror1]
    for seat in ("juror1", "juror2", "juror3"):
        url = f"/scoring/{story.assignments[seat, ESKILSTUNA].pk}/questions/"
        page = client_of(story.people[seat]).get(url).content.decode()
        assert ("Med en enkät." in page, "Ledamot A" in page) == (True, False)


def test_answer_is_told_by_letter_to_who_still_reads_the_entry_alone(story, entry, asked, released):
    def answer(text, minutes):
        found = JuryQuestion.objects.get(pk=asked.pk)
        answer_question(
            question=found, nomination=entry, text=text, was=mark(found.answer),
            now=story.now + timedelta(minutes=minutes), by=story.contact,
        )  # fmt: skip
        return [letter.to for letter in letters("answered")]

    assert answer("Vi frågar.", 1) == [story.juror1]
    recusal = Recusal.objects.create(juror=story.seats["juror1"], nomination=entry, reason="home")
    assert answer("Vi frågar ofta.", 2) == [story.juror1]
    Recusal.objects.filter(pk=recusal.pk).update(lifted_at=story.now)
    assert answer("Vi frågar varje år.", 3) == [story.juror1, story.juror1]
    Role.objects.filter(pk=story.seats["juror1"].pk).update(ended_at=story.now)
    assert answer("Vi frågar två gånger om året.", 4) == [story.juror1, story.juror1]


def test_waiting_question_is_seen_by_who_asked_only(story, asked, client_of):
    def page(seat):
        url = f"/scoring/{story.assignments[seat, ESKILSTUNA].pk}/questions/"
        return client_of(story.people[seat]).get(url).content.decode()

    assert (TEXT in page("juror1"), TEXT in page("juror2")) == (True, False)


def test_recused_juror_and_others_find_no_questions(story, client_of):
    url = f"/scoring/{story.assignments['juror2', BORAS].pk}/questions/"

    for person in (story.juror2, story.juror1, story.chair, story.contact, story.outsider):
        assert client_of(person).get(url).status_code == 404


def test_answer_after_the_date_is_refused(story, released, entry):
    late = story.now + timedelta(days=3)

    with pytest.raises(PermissionDenied, match="Sista tid att svara var"):
        answer_question(question=released, nomination=entry, text="Sent.", was="", now=late, by=story.contact)
    assert JuryQuestion.objects.get().answer == ""


def typed(question, text, was):
    name = f"question-{question.pk}"
    return {"question": question.pk, f"{name}-text": text, f"{name}-was": mark(was)}


def test_colleagues_answer_is_shown_before_it_is_replaced(story, released, client_of, entry):
    url, client = f"/applications/{entry.pk}/questions/", client_of(story.contact)
    JuryQuestion.objects.update(answer="Kollegans svar")
    page = client.post(url, typed(released, "Mitt svar", ""))

    assert JuryQuestion.objects.get().answer == "Kollegans svar"
    assert "En kollega har svarat under tiden: ”Kollegans svar”." in page.content.decode()
    assert "Mitt svar</textarea>" in page.content.decode()
    was = re.search(r'name="question-\d+-was" value="(\w+)"', page.content.decode())[1]
    assert was == mark("Kollegans svar")
    client.post(url, typed(released, "Vårt svar", "Kollegans svar"))
    assert JuryQuestion.objects.get().answer == "Vårt svar"


def test_answer_that_comes_too_late_or_signed_out_is_given_back(story, released, client, client_of, entry):
    url = f"/applications/{entry.pk}/questions/"
    JuryQuestion.objects.update(answer_by=story.now - timedelta(days=30))
    late = client_of(story.contact).post(url, typed(released, "Vi mätte med en enkät.", ""))
    out = client.post(url, typed(released, "Vi mätte med en enkät.", ""))

    for answer, status in ((late, 403), (out, 401)):
        assert answer.status_code == status
        assert "Vi mätte med en enkät.</textarea>" in answer.content.decode()
    kept = client.post("/typed-text/", {"typed-1": "Vi mätte med en enkät."})
    assert kept.content.decode() == "Vi mätte med en enkät.\r\n"
    assert JuryQuestion.objects.get().answer == ""


def test_question_of_another_entry_is_not_answered_through_this_page(story, released, client_of):
    theirs = story.nominations[BORAS]

    client = client_of(story.other_contact)
    answer = client.post(
        f"/applications/{theirs.pk}/questions/",
        {"question": released.pk, f"question-{released.pk}-text": "Intrång"},
    )

    assert answer.status_code == 404
    assert JuryQuestion.objects.get().answer == ""


def test_whole_way_through_the_pages(story, client_of, entry):
    own = f"/scoring/{story.assignments['juror1', ESKILSTUNA].pk}/questions/"
    client_of(story.juror1).post(own, {"text": TEXT})
    question = JuryQuestion.objects.get()
    release = f"/editions/rehearsal-2027/questions/{question.pk}/release/"
    field = f"question-{question.pk}-answer_by"

    organiser = client_of(story.organiser)
    twice = organiser.post(release, {field: "2027-10-31T02:30"})
    never = organiser.post(release, {field: "2027-03-28T02:30"})
    assert "Den tiden kommer två gånger" in twice.content.decode()
    assert "Den tiden finns inte" in never.content.decode()
    until = (story.now + timedelta(days=2)).strftime("%Y-%m-%dT12:00")
    assert organiser.post(release, {field: until}).status_code == 302
    answer = client_of(story.contact).post(
        f"/applications/{entry.pk}/questions/",
        {"question": question.pk, f"question-{question.pk}-text": "Med en enkät."},
    )

    question.refresh_from_db()
    assert (answer.status_code, question.answer) == (302, "Med en enkät.")


def test_organiser_finds_the_questions_from_the_desk_and_among_the_rooms(story, asked, client_of):
    link = 'href="/editions/rehearsal-2027/questions/"'
    desk = client_of(story.organiser).get("/desk/?edition=rehearsal-2027").content.decode()
    rooms = client_of(story.organiser).get("/organiser/editions/rehearsal-2027/").content.decode()

    assert "En fråga från juryn väntar på dig" in desk
    assert (link in desk, link in rooms) == (True, True)
    hold_question(question=asked, now=story.now, by=story.organiser)
    assert "från juryn väntar på dig" not in client_of(story.organiser).get("/desk/").content.decode()


def test_contact_finds_the_questions_from_every_part(story, client_of, entry):
    page = client_of(story.contact).get(f"/applications/{entry.pk}/material/").content.decode()

    assert f'href="/applications/{entry.pk}/questions/">Frågor från juryn</a>' in page
    assert "/editions/rehearsal-2027/questions/" not in page
