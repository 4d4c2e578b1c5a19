"""The contact writes over weeks with colleagues and loses nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.models import JournalEntry, Letter, Person, Stage, StageExtension
from nominees.actions.areas import add_row, take_area
from nominees.actions.entries import carry_over, start_entry
from nominees.application import with_surroundings
from nominees.drafts import mark
from nominees.models import (
    Answer,
    Contact,
    Contribution,
    ImprovementArea,
    Initiative,
    Nomination,
    Question,
    Section,
)
from nominees.states import ContactLevel, QuestionKind
from tests.story import BORAS, ESKILSTUNA

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def draft(story):
    """Eskilstuna's application, which the contact writes."""
    return story.drafts[ESKILSTUNA]


@pytest.fixture
def areas_section(story):
    section = Section.objects.create(
        edition=story.call, code="omraden", title_sv="Förbättringsområden", position=2
    )
    Question.objects.create(
        section=section, code="lista", kind="improvement_areas", text_sv="Vilka områden?", required=True
    )
    return section


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


def url(entry, section="beskrivning"):
    return f"/applications/{entry.pk}/{section}/"


def answer_of(entry, code="varfor"):
    return Answer.objects.filter(nomination=entry, question__code=code).values_list("text", flat=True).first()


def colleague(story, draft, level=ContactLevel.EDITOR):
    person = Person.objects.create_user("kollega@story.example", name="Kommunikatör")
    Contact.objects.create(person=person, municipality=draft.municipality, edition=draft.edition, level=level)
    person.roles.create(edition=draft.edition, kind="contact")
    return person


def queries(call, **kwargs):
    with CaptureQueriesContext(connection) as asked:
        assert call(**kwargs).status_code == 200
    return len(asked)


def close_the_call(story, ago=timedelta(minutes=1)):
    story.call.stages.filter(kind="call").update(closes_at=story.now - ago)


# Coming in ------------------------------------------------------------------------------------------
def test_home_says_what_is_missing_with_links(client, draft):
    page = client.get("/applications/").content.decode()

    assert "En sak saknas i ansökan" in page
    assert f'<a href="{url(draft)}#answer-mest">Vilket område har ni arbetat mest med?</a>' in page


def test_home_is_for_contacts_only(story, client_of):
    assert [client_of(each).get("/applications/").status_code for each in (story.outsider, story.juror1)] == [
        404,
        404,
    ]


def test_application_of_another_municipality_does_not_exist(client, story):
    theirs = story.drafts[BORAS]

    assert client.get(url(theirs)).status_code == 404
    assert client.post(url(theirs), {"answer-varfor": "Vårt"}).status_code == 404
    assert client.get(f"/applications/{theirs.pk}/changes/").status_code == 404
    assert answer_of(theirs) == f"Övningstext från {BORAS}."


def test_juror_and_outsider_never_reach_an_application(story, client_of, draft):
    entry = story.nominations[ESKILSTUNA]
    for person in (story.juror1, story.chair, story.outsider):
        assert client_of(person).get(url(entry)).status_code == 404


def test_organiser_reads_and_does_not_write(story, client_of, draft):
    client = client_of(story.organiser)

    page = client.get(url(draft))
    assert page.status_code == 200
    assert "Bara de som skriver för kommunen får göra det" in page.content.decode()
    assert client.post(url(draft), {"answer-varfor": "Arrangörens ord"}).status_code == 403
    assert answer_of(draft) == f"Övningstext från {ESKILSTUNA}."


# Writing --------------------------------------------------------------------------------------------
def test_save_without_script_keeps_the_text_and_the_journal(client, draft, story):
    was = mark(answer_of(draft))
    answer = client.post(url(draft), {"answer-varfor": "Ny text\r\nrad två", "was-answer-varfor": was})

    assert (answer.status_code, answer["Location"]) == (302, url(draft))
    assert answer_of(draft) == "Ny text\nrad två"
    row = JournalEntry.objects.get(verb="save_draft")
    assert (row.person_id, row.thing_id, row.data) == (
        story.contact.pk,
        draft.pk,
        {"fields": ["answer-varfor"]},
    )
    assert "Sparat <time" in client.get(url(draft)).content.decode()


def test_save_twice_is_one_save(client, draft):
    data = {"answer-varfor": "Ny text", "was-answer-varfor": mark(answer_of(draft))}
    client.post(url(draft), data)
    client.post(url(draft), data)

    assert Answer.objects.get(nomination=draft, question__code="varfor").version == 2
    assert JournalEntry.objects.filter(verb="save_draft").count() == 1


def test_draft_may_be_emptied(client, draft):
    client.post(url(draft), {"answer-varfor": "", "was-answer-varfor": mark(answer_of(draft))})

    assert answer_of(draft) == ""


def test_autosave_answers_with_time_and_new_mark(client, draft):
    data = {"answer-mest": "Skolan", "was-answer-mest": mark("")}
    answer = client.post(url(draft), data, **JSON).json()

    assert answer["was"] == {"answer-mest": mark("Skolan")}
    assert len(answer["saved"]) == 5
    assert answer_of(draft, "mest") == "Skolan"


def test_two_editors_on_different_questions_never_clash(story, client, client_of, draft):
    other = client_of(colleague(story, draft))
    was = {"was-answer-varfor": mark(answer_of(draft)), "was-answer-mest": mark("")}
    client.post(url(draft), {"answer-varfor": "Min", "answer-mest": "", **was})
    other.post(url(draft), {"answer-varfor": f"Övningstext från {ESKILSTUNA}.", "answer-mest": "Din", **was})

    assert (answer_of(draft), answer_of(draft, "mest")) == ("Min", "Din")


def test_stale_save_shows_both_texts_and_writes_neither_over(story, client, client_of, draft):
    was = mark(answer_of(draft))
    client_of(colleague(story, draft)).post(
        url(draft), {"answer-varfor": "Kollegans text", "was-answer-varfor": was}
    )
    answer = client.post(
        url(draft),
        {
            "answer-varfor": "Min text",
            "was-answer-varfor": was,
            "answer-mest": "Skolan",
            "was-answer-mest": mark(""),
        },
    )
    page = answer.content.decode()

    assert answer.status_code == 409
    assert (answer_of(draft), answer_of(draft, "mest")) == ("Kollegans text", "Skolan")
    assert "<ins>Min</ins> text" in page
    assert "<del>Kollegans</del> text" in page
    assert "av Kommunikatör" in page


def test_clash_beside_a_text_that_is_too_long_is_told_and_kept_for_the_next_save(
    story, client, client_of, draft
):
    """The page with the problem still builds on what its writer saw: the colleague's text stays to be met."""
    was = mark(answer_of(draft))
    client_of(colleague(story, draft)).post(
        url(draft), {"answer-varfor": "Kollegans text", "was-answer-varfor": was}
    )
    typed = {"answer-varfor": "Min text", "was-answer-varfor": was, "was-answer-mest": mark("")}
    page = client.post(url(draft), {**typed, "answer-mest": "x" * 40_001}).content.decode()

    assert "En kollega har sparat en annan text här under tiden." in page
    assert re.findall(r'name="was-answer-varfor" value="(\w+)"', page) == [was]
    answer = client.post(url(draft), {**typed, "answer-mest": "Skolan"})
    assert answer.status_code == 409
    assert (answer_of(draft), answer_of(draft, "mest")) == ("Kollegans text", "Skolan")


@pytest.mark.parametrize(
    ("use", "kept"), [("written", "Min text"), ("saved", "Kollegans text"), ("merged", "Båda texterna")]
)
def test_clash_is_settled_by_choice(client, draft, use, kept):
    Answer.objects.filter(nomination=draft, question__code="varfor").update(text="Kollegans text")
    client.post(
        url(draft),
        {
            "answer-varfor": "Min text",
            "was-answer-varfor": mark("Kollegans text"),
            "use-answer-varfor": use,
            "merged-answer-varfor": "Båda texterna",
        },
    )

    assert answer_of(draft) == kept


@pytest.mark.parametrize("use", ["written", "saved", "merged"])
def test_text_that_clashes_is_kept_as_a_file_whatever_is_chosen(client, draft, use):
    data = {"answer-varfor": "Min text", "use-answer-varfor": use, "merged-answer-varfor": "Min text"}
    kept = client.post(f"{url(draft)}text/", data)

    assert kept.content.decode() == "answer-varfor\r\nMin text\r\n"


def test_autosave_of_a_clash_says_so_and_keeps_both(client, draft):
    answer = client.post(url(draft), {"answer-varfor": "Min", "was-answer-varfor": mark("Gammal")}, **JSON)

    assert answer.status_code == 409
    assert answer.json()["conflict"].startswith("En kollega hann spara samma text före dig.")
    assert answer_of(draft) == f"Övningstext från {ESKILSTUNA}."


# Who, and until when --------------------------------------------------------------------------------
def test_viewer_reads_but_does_not_write(story, client_of, draft):
    viewer = client_of(colleague(story, draft, ContactLevel.VIEWER))

    assert viewer.get(url(draft)).status_code == 200
    answer = viewer.post(url(draft), {"answer-mest": "Smygtext"})
    assert answer.status_code == 403
    assert "Du får läsa men inte skriva." in answer.content.decode()
    assert answer_of(draft, "mest") is None


def test_post_after_the_deadline_keeps_the_text_on_screen_and_as_a_file(client, draft, story):
    close_the_call(story)
    data = {"answer-mest": "Skrivet i sista stund", "was-answer-mest": mark("")}
    answer = client.post(url(draft), data)
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "Ansökan stängde" in page
    assert "Skrivet i sista stund</textarea>" in page
    assert answer_of(draft, "mest") is None
    assert client.post(url(draft), data, **JSON).status_code == 403
    kept = client.post(f"{url(draft)}text/", data)
    assert kept["Content-Disposition"] == f'attachment; filename="beskrivning-{draft.pk}.txt"'
    assert kept.content.decode() == "answer-mest\r\nSkrivet i sista stund\r\n"


def test_extension_for_the_municipality_keeps_its_door_open_alone(client, client_of, draft, story):
    close_the_call(story)
    stage = story.call.stages.get(kind="call")
    StageExtension.objects.create(
        stage=stage,
        municipality_code=ESKILSTUNA,
        closes_at=story.now + timedelta(days=2),
        by=story.organiser,
    )
    theirs = story.drafts[BORAS]

    assert client.post(url(draft), {"answer-mest": "I tid"}).status_code == 302
    other = client_of(story.other_contact).post(url(theirs), {"answer-mest": "För sent"})
    assert other.status_code == 403
    stage.state = "closed"
    stage.save()
    assert (
        client.post(url(draft), {"answer-mest": "I tid nu med", "was-answer-mest": mark("I tid")}).status_code
        == 302
    )
    assert answer_of(draft, "mest") == "I tid nu med"


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_entry_that_has_left_is_not_written(client, draft, state):
    Nomination.objects.filter(pk=draft.pk).update(state=state)

    assert client.post(url(draft), {"answer-mest": "Efteråt"}).status_code == 403


def test_signed_out_post_gets_its_text_back(db, draft):
    anonymous = Client()
    answer = anonymous.post(url(draft), {"answer-varfor": "Lång text skriven innan sessionen tog slut"})

    assert answer.status_code == 401
    assert "Lång text skriven innan sessionen tog slut</textarea>" in answer.content.decode()
    assert "Eskilstuna" not in answer.content.decode()
    assert anonymous.post(url(draft), {"answer-varfor": "x"}, **JSON).json() == {"out": True}
    assert anonymous.get(url(draft))["Location"] == f"/accounts/login/?next={url(draft)}"


# Bad input ------------------------------------------------------------------------------------------
def test_control_characters_are_taken_out_with_a_word_about_it(client, draft):
    answer = client.post(
        url(draft), {"answer-mest": "Fint\x07 ord\x0bny rad", "was-answer-mest": mark("")}, follow=True
    )

    assert answer_of(draft, "mest") == "Fint ord\nny rad"
    assert "Osynliga tecken har tagits bort ur texten." in answer.content.decode()


def test_text_of_40000_characters_is_refused_and_still_in_the_form(client, draft):
    long = "åäö " * 10_000
    answer = client.post(url(draft), {"answer-mest": long, "was-answer-mest": mark("")})
    page = answer.content.decode()

    assert answer_of(draft, "mest") is None
    assert "Texten är 39999 tecken lång; högst 30000 kan sparas." in page
    assert long.strip() in page


def test_text_in_decomposed_letters_is_composed(client, draft):
    client.post(url(draft), {"answer-mest": "Ha\u030abo", "was-answer-mest": mark("")})

    assert answer_of(draft, "mest") == "Håbo"


def test_forged_row_of_another_municipality_changes_nothing(client, draft, story, areas_section):
    theirs = ImprovementArea.objects.create(
        nomination=story.drafts[BORAS], direction="outward", title="Deras", position=1
    )
    name = f"area-{theirs.pk}-title"
    answer = client.post(url(draft, "omraden"), {name: "Kapat", f"was-{name}": mark("Deras")})
    page = answer.content.decode()

    theirs.refresh_from_db()
    assert theirs.title == "Deras"
    assert "Raden finns inte längre i ansökan" in page
    assert "<p>Kapat</p>" in page
    assert "Deras" not in page


def test_form_with_too_many_rows_is_refused(client, draft):
    data = {f"area-{number}-title": "x" for number in range(601)}
    answer = client.post(url(draft), data)

    assert answer.status_code == 403
    assert "Formuläret innehåller fler rader än det får." in answer.content.decode()


def test_choice_that_does_not_exist_is_refused(client, draft, story):
    section = story.call.sections.get()
    Question.objects.create(section=section, code="grad", kind=QuestionKind.GRADED, text_sv="Hur väl?")
    answer = client.post(url(draft), {"answer-grad": "9", "was-answer-grad": mark("")})

    assert "Det valet finns inte." in answer.content.decode()
    assert Answer.objects.filter(nomination=draft, question__code="grad").count() == 0


@pytest.mark.parametrize(("typed", "kept"), [("12,5", "12.5"), ("1 250", "1250"), ("−3", "-3")])
def test_number_is_read_as_swedes_write_it(client, draft, story, typed, kept):
    section = story.call.sections.get()
    Question.objects.create(section=section, code="antal", kind=QuestionKind.NUMBER, text_sv="Hur många?")
    client.post(url(draft), {"answer-antal": typed, "was-answer-antal": mark("")})

    number = Answer.objects.get(nomination=draft, question__code="antal").number
    assert f"{number.normalize():f}" == kept


def test_number_in_words_is_refused(client, draft, story):
    section = story.call.sections.get()
    Question.objects.create(section=section, code="antal", kind=QuestionKind.NUMBER, text_sv="Hur många?")
    page = client.post(url(draft), {"answer-antal": "många", "was-answer-antal": mark("")}).content.decode()

    assert "Skriv ett tal med siffror" in page
    assert 'value="många"' in page


# Areas ----------------------------------------------------------------------------------------------
def test_area_is_added_written_and_complete(client, draft, areas_section):
    there = client.post(url(draft, "omraden"), {"do": "add-area"})["Location"]
    area = ImprovementArea.objects.get(nomination=draft)
    assert there == f"{url(draft, 'omraden')}?row=area-{area.pk}#area-{area.pk}-title"
    client.post(url(draft, "omraden"), {"do": "add-area"})
    assert ImprovementArea.objects.filter(nomination=draft).count() == 1

    data = {f"area-{area.pk}-{name}": f"Vårt {name}" for name in ("title", "aim", "action", "result")}
    client.post(url(draft, "omraden"), data | {f"was-{name}": mark("") for name in data})
    assert ">klar<" in client.get(url(draft, "omraden")).content.decode()
    area.refresh_from_db()
    assert (area.title, area.result, area.version) == ("Vårt title", "Vårt result", 2)


def test_areas_are_at_most_ten(client, draft, areas_section):
    ImprovementArea.objects.bulk_create(
        ImprovementArea(nomination=draft, direction="outward", title=f"Område {n}", position=n)
        for n in range(10)
    )
    answer = client.post(url(draft, "omraden"), {"do": "add-area"})

    assert answer.status_code == 403
    assert "Här får det vara högst 10 rader." in answer.content.decode()


def test_area_of_the_last_entry_is_achieved_once(draft, story):
    draft.carried_from = story.historic[ESKILSTUNA]
    draft.save()
    before = story.historic[ESKILSTUNA].improvement_areas.first()
    asked = {"nomination": draft, "now": story.now, "by": story.contact}
    area = take_area(predecessor=before.pk, continuation="achieved", **asked)

    assert take_area(predecessor=before.pk, continuation="achieved", **asked) == area
    assert (area.predecessor, area.continuation, area.title) == (before, "achieved", before.title)


def test_areas_move_within_their_direction(client, draft, story, areas_section):
    rows = [add_row(nomination=draft, kind="area", now=story.now, by=story.contact) for _ in range(1)]
    rows += ImprovementArea.objects.bulk_create(
        ImprovementArea(nomination=draft, direction="outward", title=title, position=place)
        for place, title in ((2, "Två"), (3, "Tre"))
    )
    client.post(url(draft, "omraden"), {"do": f"up-area-{rows[2].pk}"})

    assert list(draft.improvement_areas.values_list("title", flat=True)) == ["", "Tre", "Två"]


def test_row_is_removed_with_its_journal(client, draft, story, areas_section):
    row = add_row(nomination=draft, kind="initiative", now=story.now, by=story.contact)
    client.post(url(draft, "omraden"), {"do": f"remove-initiative-{row.pk}"})

    assert draft.initiatives.count() == 0
    assert JournalEntry.objects.filter(verb="remove_initiative", thing_id=row.pk).count() == 1


def test_row_that_a_colleague_has_written_in_is_not_removed_unseen(client, draft, story, areas_section):
    row = add_row(nomination=draft, kind="initiative", now=story.now, by=story.contact)
    name = f"initiative-{row.pk}-title"
    Initiative.objects.filter(pk=row.pk).update(title="Kollegans satsning")
    stale = {name: "", f"was-{name}": mark(""), "do": f"remove-initiative-{row.pk}"}
    answer = client.post(url(draft, "omraden"), stale)

    assert answer.status_code == 403
    assert "En kollega har skrivit i den här raden" in answer.content.decode()
    assert draft.initiatives.get().title == "Kollegans satsning"
    client.post(
        url(draft, "omraden"),
        {**stale, name: "Kollegans satsning", f"was-{name}": mark("Kollegans satsning")},
    )
    assert draft.initiatives.count() == 0


def test_row_of_ones_own_is_removed_before_its_name_is_saved_tidily(client, draft, story, areas_section):
    """Two spaces are kept as one: that is no colleague's text."""
    row = add_row(nomination=draft, kind="initiative", now=story.now, by=story.contact)
    name = f"initiative-{row.pk}-title"
    typed = {name: "Vår  satsning", f"was-{name}": mark(""), "do": f"remove-initiative-{row.pk}"}
    answer = client.post(url(draft, "omraden"), typed)

    assert (answer.status_code, draft.initiatives.count()) == (302, 0)


def test_script_that_sends_no_text_is_not_told_that_it_was_saved(client, draft):
    answer = client.post(url(draft), {"answer--": "x", "other": "y"}, **JSON)

    assert answer.status_code == 422
    assert answer.json()["refusal"].startswith("Inget sparades:")


def test_form_that_is_no_text_is_refused(client, draft):
    answer = client.post(url(draft), b"answer-mest=%ff%fe", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert answer.content.decode() == "Formuläret innehåller tecken som inte går att läsa. Inget sparades."
    assert answer_of(draft, "mest") is None


@pytest.mark.parametrize(
    ("sent", "status"), [(b"G\xc3\xa5", 302), (b"\xef\xbf\xbd", 302), (b"\xff\xfe", 400)]
)
def test_form_in_parts_that_is_no_text_is_refused(client, draft, sent, status):
    """As the script sends it. The sign for what cannot be read is a text like others when it was pasted."""
    part = b'--x\r\nContent-Disposition: form-data; name="answer-mest"\r\n\r\n' + sent + b"\r\n--x--\r\n"
    answer = client.post(url(draft), part, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == status
    assert answer_of(draft, "mest") == (sent.decode() if status == 302 else None)


def test_signs_that_turn_the_direction_of_text_are_taken_out(client, draft):
    typed = {"answer-mest": "Faktura \u202egpj.exe", "was-answer-mest": mark("")}
    answer = client.post(url(draft), typed, **JSON)

    assert answer.json()["notice"].startswith("Osynliga tecken har tagits bort")
    assert answer_of(draft, "mest") == "Faktura gpj.exe"


# Another municipality of one's own ------------------------------------------------------------------
def test_contact_of_two_municipalities_begins_the_second(story, client, draft):
    story.drafts[BORAS].delete()
    Contact.objects.create(
        person=story.contact, edition=story.call, level="submitter", municipality=story.municipalities[BORAS]
    )
    page = client.get("/applications/").content.decode()
    assert f'name="municipality" value="{BORAS}"' in page
    assert f'name="municipality" value="{ESKILSTUNA}"' not in page

    client.post("/applications/new/", {"edition": story.call.key, "municipality": BORAS})
    page = client.get("/applications/").content.decode()
    assert "Påbörja ansökan" not in page
    assert len(re.findall(r"stänger [^<,]*, 2 saker saknas|stänger [^<,]*, en sak saknas", page)) == 1


def test_home_without_an_entry_shows_the_stage_and_until_when(story, client, draft):
    draft.delete()
    Nomination.objects.filter(edition=story.edition, municipality__code=ESKILSTUNA).delete()
    answer = client.get("/applications/")

    assert answer.context["request"].edition == story.call
    assert answer.context["request"].deadline == story.call.stages.get(kind="call").closes_at


# From last time -------------------------------------------------------------------------------------
def test_carry_over_brings_areas_once_and_keeps_what_is_written(draft, story):
    draft.carried_from = story.historic[ESKILSTUNA]
    draft.save()
    asked = {"nomination": draft, "now": story.now, "by": story.contact}

    assert (carry_over(**asked), carry_over(**asked)) == (3, 0)
    assert answer_of(draft) == f"Övningstext från {ESKILSTUNA}."
    assert set(draft.improvement_areas.values_list("continuation", flat=True)) == {"continued"}


def test_changes_page_compares_with_the_last_entry(client, draft, story):
    page = client.get(f"/applications/{draft.pk}/changes/").content.decode()

    assert "Vad som har ändrats sedan 2027" in page
    assert "Höja utbildningsnivån" in page


def test_last_entry_of_a_rehearsal_is_never_offered_to_a_real_one(story):
    entries = with_surroundings(Nomination.objects.filter(edition=story.history), story.contact, story.now)
    assert set(entries.values_list("last_id", flat=True)) == {None}


def test_rehearsals_build_on_public_history_and_on_no_real_draft(story):
    """Its contacts may be invented people, and what a municipality has sent in for real is its own."""
    Nomination.objects.filter(edition=story.edition).delete()
    here = Nomination.objects.filter(pk=story.drafts[ESKILSTUNA].pk)

    def last():
        return with_surroundings(here, story.contact, story.now).get().last_id

    assert last() == story.historic[ESKILSTUNA].pk
    Nomination.objects.filter(pk=story.historic[ESKILSTUNA].pk).update(state="submitted")
    assert last() is None
    Nomination.objects.filter(pk=story.historic[ESKILSTUNA].pk).update(state="historic", published_at=None)
    assert last() is None


# Contributions --------------------------------------------------------------------------------------
def test_contribution_with_other_municipalities(client, draft, story):
    client.post(url(draft, "contributions"), {"do": "add-contribution"})
    row = Contribution.objects.get(fair=story.call.fair)
    names = {"title": "Eskilstuna utmanar", "kind": "stand", "together": "borås, Västerås"}
    stored = {"title": "", "kind": "contribution", "together": ""}
    data = {f"contribution-{row.pk}-{name}": value for name, value in names.items()}
    data |= {f"was-contribution-{row.pk}-{name}": mark(value) for name, value in stored.items()}
    client.post(url(draft, "contributions"), data)

    row.refresh_from_db()
    assert (row.title, row.kind, row.version) == ("Eskilstuna utmanar", "stand", 2)
    assert sorted(row.municipalities.values_list("name", flat=True)) == ["Borås", "Eskilstuna", "Västerås"]


@pytest.fixture
def joint(story, draft):
    """Eskilstuna's contribution together with Borås."""
    row = Contribution.objects.create(
        fair=story.call.fair, title="Gemensam monter", kind="stand", owner=draft.municipality
    )
    row.municipalities.set([draft.municipality, story.municipalities[BORAS]])
    return row


def test_partner_is_told_by_letter(client, draft, story, joint):
    joint.municipalities.remove(story.municipalities[BORAS])
    name = f"contribution-{joint.pk}-together"
    client.post(url(draft, "contributions"), {name: "Borås", f"was-{name}": mark("")})

    letter = Letter.objects.get(purpose="entry-joined")
    assert (letter.to, letter.subject) == (
        story.other_contact,
        "Eskilstuna nämner er i ett gemensamt inspel",
    )


def together(client, draft, joint, names, was="", **how):
    name = f"contribution-{joint.pk}-together"
    return client.post(url(draft, "contributions"), {name: names, f"was-{name}": mark(was)}, **how)


def test_partner_is_told_by_save_and_not_in_the_middle_of_a_name(client, draft, story, joint):
    joint.municipalities.remove(story.municipalities[BORAS])
    assert together(client, draft, joint, "Borås", **JSON).status_code == 200
    assert Letter.objects.filter(purpose="entry-joined").count() == 0

    Contribution.objects.filter(pk=joint.pk).update(title="Nytt namn")
    together(client, draft, joint, "Borås", was="Borås")
    assert "Det heter ”Nytt namn”." in Letter.objects.get(purpose="entry-joined").body


def test_partner_taken_away_and_named_again_is_told_once(client, draft, story, joint):
    together(client, draft, joint, "Borås", was="Borås")
    for _time in range(3):
        together(client, draft, joint, "", was="Borås")
        together(client, draft, joint, "Borås")

    assert [letter.to for letter in Letter.objects.filter(purpose="entry-joined")] == [story.other_contact]


def test_partner_reads_and_leaves_but_does_not_write(story, client_of, joint):
    other, entry = client_of(story.other_contact), story.drafts[BORAS]
    page = other.get(url(entry, "contributions")).content.decode()
    assert "Eskilstuna har skrivit det här gemensamma inspelet." in page
    name = f"contribution-{joint.pk}-together"
    assert f'name="{name}"' not in page
    answer = other.post(url(entry, "contributions"), {name: "", f"was-{name}": mark("Eskilstuna")})
    assert answer.status_code == 403
    assert "Ni kan lämna det." in answer.content.decode()

    other.post(url(entry, "contributions"), {"do": f"remove-contribution-{joint.pk}"})
    joint.refresh_from_db()
    assert [each.name for each in joint.municipalities.all()] == ["Eskilstuna"]


def test_new_row_is_never_a_partners_unnamed_one(story, client_of, joint):
    Contribution.objects.filter(pk=joint.pk).update(title="")
    client_of(story.other_contact).post(url(story.drafts[BORAS], "contributions"), {"do": "add-contribution"})

    new = Contribution.objects.exclude(pk=joint.pk).get(fair=story.call.fair)
    assert new.owner == story.municipalities[BORAS]


def test_joint_contribution_goes_to_the_partner_when_its_writer_leaves(client, draft, story, joint):
    client.post(url(draft, "contributions"), {"do": f"remove-contribution-{joint.pk}"})

    joint.refresh_from_db()
    assert (joint.owner, joint.municipalities.get()) == (story.municipalities[BORAS],) * 2


def test_contribution_with_a_folded_name_is_refused(client, draft, story):
    client.post(url(draft, "contributions"), {"do": "add-contribution"})
    row = Contribution.objects.get(fair=story.call.fair)
    name = f"contribution-{row.pk}-together"
    page = client.post(url(draft, "contributions"), {name: "Boras", f"was-{name}": mark("")}).content.decode()

    assert "Det finns ingen kommun som heter Boras." in page
    assert row.municipalities.count() == 1


def test_theme_is_added_by_the_organiser_only(story, client_of):
    assert client_of(story.contact).get("/editions/rehearsal-2029/themes/").status_code == 404
    organiser = client_of(story.organiser)
    organiser.post("/editions/rehearsal-2029/themes/", {"title_sv": "vågar"})
    assert "vågar" in organiser.get("/editions/rehearsal-2029/themes/").content.decode()
    again = organiser.post("/editions/rehearsal-2029/themes/", {"title_sv": "Vågar"}).content.decode()
    assert "Det finns redan ett tema med det namnet." in again


# A new application ----------------------------------------------------------------------------------
def test_application_is_begun_once(client, draft, story):
    draft.delete()
    assert "Påbörja ansökan" in client.get("/applications/").content.decode()
    data = {"edition": story.call.key, "municipality": ESKILSTUNA}
    first, second = client.post("/applications/new/", data), client.post("/applications/new/", data)

    assert (first.status_code, second.status_code) == (302, 403)
    entry = Nomination.objects.get(edition=story.call, municipality__code=ESKILSTUNA)
    assert [event.kind for event in entry.events.all()] == ["applied"]


def test_application_for_another_municipality_is_refused(client, story):
    story.drafts[BORAS].delete()
    answer = client.post("/applications/new/", {"edition": story.call.key, "municipality": BORAS})

    assert answer.status_code == 403


# What it costs --------------------------------------------------------------------------------------
def test_pages_cost_few_queries(client, draft, areas_section):
    client.get("/applications/")
    paths = {
        "/applications/": 10,
        url(draft): 10,
        url(draft, "omraden"): 10,
        url(draft, "contributions"): 10,
        f"/applications/{draft.pk}/changes/": 10,
    }

    assert {path: queries(client.get, path=path) for path in paths} == paths


def test_autosave_costs_few_queries(client, draft):
    data = {"answer-mest": "å" * 2500, "was-answer-mest": mark("")}

    assert queries(client.post, path=url(draft), data=data, **JSON) == 10


def test_entry_begun_after_midnight_in_sweden_bears_that_day(story):
    story.drafts[ESKILSTUNA].delete()
    late = datetime(2029, 3, 4, 23, 30, tzinfo=UTC)
    Stage.objects.filter(edition=story.call).update(opens_at=None, closes_at=None)
    entry = start_entry(
        edition=story.call, municipality=story.municipalities[ESKILSTUNA], now=late, by=story.contact
    )

    assert entry.events.get().date == date(2029, 3, 5)


@pytest.mark.parametrize(
    "data",
    [{"answer-varfor": "x" * 5_300_000}, {f"answer-{number}": "x" for number in range(4_100)}],
)
def test_form_of_more_than_can_be_received_is_answered_in_words(client, draft, data):
    page = client.post(url(draft), data)
    script = client.post(url(draft), data, **JSON)
    says = "Formuläret innehåller mer än vad som kan tas emot på en gång."

    assert (page.status_code, says in page.content.decode()) == (400, True)
    assert (script.status_code, script.json()["refusal"].startswith(says)) == (400, True)


def test_form_in_letters_that_nobody_reads_is_answered_in_words(client, draft):
    typed = "application/x-www-form-urlencoded; charset=utf-7"
    answer = client.generic("POST", url(draft), b"answer-varfor=x", content_type=typed)

    assert (answer.status_code, "Det gick inte att förstå" in answer.content.decode()) == (400, True)
