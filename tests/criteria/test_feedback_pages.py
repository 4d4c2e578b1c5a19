"""Feedback on the screen and on paper: who reaches it, what it says, and that no juror is in it."""

import io
import re
import shutil
import subprocess
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from awards.models import Edition, Letter, Person, Role
from awards.states import RoleKind
from criteria import actions
from criteria.feedback.texts import Words
from criteria.models import Assignment, FeedbackReport, Recusal, Round, Score, ScoreSheet
from nominees.models import Contact
from tests.criteria.feedback import ceremony_over, found, released, reviewed, written
from tests.criteria.jury import close, table
from tests.criteria.meeting import second_round
from tests.story import BORAS, ESKILSTUNA

READERS = ("organiser", "chair", "deputy", "administrator", "contact")
NOBODY = ("other_contact", "juror1", "juror2", "observer", "outsider", "other_organiser", "earlier_juror")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def listed(story) -> str:
    return reverse("feedback_list", args=[story.edition.key])


def edited(story, code: str = ESKILSTUNA) -> str:
    return reverse("feedback_edit", args=[story.edition.key, code])


def asked(story) -> str:
    return reverse("feedback_release", args=[story.edition.key])


def own(story, code: str = ESKILSTUNA) -> str:
    return reverse("application_feedback", args=[story.nominations[code].pk])


def paper(story, code: str = ESKILSTUNA) -> str:
    return reverse("application_feedback_pdf", args=[story.nominations[code].pk])


def text_of(pdf: bytes) -> str:
    return told_by("pdftotext", pdf, "-layout", "-", "-")


def told_by(program: str, pdf: bytes, *arguments: str) -> str:
    """What a program of the machine, which has no part in the product, reads in the file."""
    command = [shutil.which(program), *arguments]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


# Who reaches what -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"), [*((who, 200) for who in READERS), *((who, 404) for who in NOBODY)]
)
def test_released_feedback_is_read_by_the_municipality_and_those_who_lead(story, client_of, who, status):
    released(story)
    client = client_of(story.people[who])
    assert [client.get(url).status_code for url in (own(story), paper(story))] == [status, status]


def test_before_the_release_the_contact_sees_the_same_whether_a_draft_exists_or_not(story, client_of):
    client = client_of(story.contact)
    close(story)
    nothing = client.get(own(story)).content.decode()
    reviewed(story)
    something = client.get(own(story)).content.decode()
    assert TOKEN.sub("", nothing) == TOKEN.sub("", something)
    assert client.get(paper(story)).status_code == 404
    assert "Tydlig riktning" in client_of(story.chair).get(own(story)).content.decode()


def test_withdrawn_feedback_is_called_withdrawn(story, client_of):
    report = released(story)
    actions.withdraw_feedback(report=report, reason="Fel siffra", now=story.now, by=story.organiser)
    page = client_of(story.contact).get(own(story)).content.decode()
    assert ("Återkopplingen har dragits tillbaka" in page, "Det finns ingen" in page) == (True, False)
    assert "efter ceremonin" not in page


@pytest.mark.parametrize("name", ["feedback_list", "feedback_release"])
@pytest.mark.parametrize("who", ["contact", "juror1", "observer", "outsider", "other_organiser"])
def test_nobody_else_meets_the_organisers_pages(story, client_of, who, name):
    reviewed(story)
    url = reverse(name, args=[story.edition.key])
    assert client_of(story.people[who]).get(url).status_code == 404


def test_a_chair_who_stands_aside_sees_nothing_of_the_entry(story, client_of):
    released(story)
    client = client_of(story.chair)
    assert client.get(own(story)).status_code == 200
    Recusal.objects.create(
        juror=story.seats["chair"], nomination=story.nominations[ESKILSTUNA], reason="home", by=story.chair
    )
    urls = (own(story), paper(story), edited(story))
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
    assert "Eskilstuna" not in client.get(listed(story)).content.decode()


def test_a_juror_who_stands_aside_reads_what_the_own_municipality_was_given(story, client_of):
    released(story)
    person = story.contact
    seat = Role.objects.create(edition=story.edition, person=person, kind="juror", seat="Ledamot X")
    Recusal.objects.create(juror=seat, nomination=story.nominations[ESKILSTUNA], reason="home")

    assert client_of(person).get(own(story)).status_code == 200


def test_feedback_of_an_earlier_round_is_withdrawn_when_a_later_one_has_opened(story, client_of):
    report = released(story)
    second_round(story, "open")
    client, reason = client_of(story.organiser), {"reason": "Fel siffra."}
    listed_then = client.get(listed(story) + "?round=1").content.decode()
    address = edited(story) + "withdraw/"
    codes = [client.post(address + query, reason).status_code for query in ("", "?round=1")]

    assert f'href="{edited(story)}?round=1"' in listed_then
    assert (codes, found(report).state) == ([404, 302], "draft")


def test_a_contact_of_the_next_edition_reads_the_last_ones_feedback(story, client_of):
    released(story)
    successor = Person.objects.create_user("successor@story.example")
    contact = Contact.objects.create(
        person=successor, municipality=story.municipalities[ESKILSTUNA], edition=story.call
    )
    Role.objects.create(edition=story.call, person=successor, kind=RoleKind.CONTACT)
    client = client_of(successor)
    assert client.get(own(story)).status_code == 200
    Contact.objects.filter(pk=contact.pk).update(ended_at=story.now - timedelta(days=1))
    assert client.get(own(story)).status_code == 404


def test_a_rehearsals_feedback_is_not_met_by_contacts_of_real_editions(story, client_of):
    released(story)
    Contact.objects.create(
        person=story.outsider, municipality=story.municipalities[ESKILSTUNA], edition=story.history
    )
    assert client_of(story.outsider).get(own(story)).status_code == 404


def test_an_archived_edition_lets_nobody_in(story, client_of):
    released(story)
    Contact.objects.filter(edition=story.call).delete()
    Edition.objects.filter(pk=story.edition.pk).update(state="archived")
    people = (story.contact, story.chair, story.organiser)
    assert [client_of(person).get(own(story)).status_code for person in people] == [404, 404, 404]


# No trace of a juror --------------------------------------------------------------------------------
def everything_of(client, story) -> list[bytes]:
    page = TOKEN.sub("", client.get(own(story)).content.decode()).encode()
    pdf = client.get(paper(story)).content
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        inside = b"".join(each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream))
    return [page, pdf, inside, text_of(pdf).encode()]


def signed(story) -> None:
    """Jurors have names, and one signs a text with name, seat and address."""
    for number, name in enumerate(("Anna Ek", "Bo Lind", "Cia Alm"), start=1):
        Person.objects.filter(pk=story.people[f"juror{number}"].pk).update(name=name)
    Score.objects.filter(sheet=story.sheets["juror1", ESKILSTUNA], criterion="A1").update(
        strengths="Bra styrning. Anna Ek, Ledamot A, juror1@story.example"
    )


def test_no_byte_names_a_juror(story, client_of):
    signed(story)
    close(story)
    client = client_of(story.organiser)
    form = client.get(edited(story)).context["form"]
    client.post(edited(story), {**form.initial, "do": "review"})
    ceremony_over(story)
    report = found(FeedbackReport.objects.get())
    actions.release_feedback(report=report, version=report.version, now=story.now, by=story.organiser)
    whole = everything_of(client_of(story.contact), story)
    rows = Role.objects.filter(edition=story.edition, kind=RoleKind.JUROR)
    marks = [mark for row in rows.values_list("seat", "person__name", "person__email") for mark in row]
    assert len([mark for mark in marks if mark]) == 9
    assert [mark for mark in marks for part in whole if mark.encode() in part] == []
    assert "Bra styrning. […], […], […]" in whole[0].decode()


def test_notes_are_never_in_a_draft(story, client_of):
    ScoreSheet.objects.update(note_to_jury="Till juryn: tveksamt")
    close(story)
    page = client_of(story.organiser).get(edited(story)).content.decode()
    assert ("Styrka enligt" in page, "Till juryn" in page, "Hemlig anteckning" in page) == (
        True,
        False,
        False,
    )


def test_permuting_the_jurors_changes_no_byte(story, client_of):
    released(story)
    actions.withdraw_feedback(
        report=found(FeedbackReport.objects.get()), reason="Prov.", now=story.now, by=story.organiser
    )
    organiser = client_of(story.organiser)

    def seen() -> list[bytes]:
        draft = TOKEN.sub("", organiser.get(f"{edited(story)}?afresh").content.decode()).encode()
        return [draft, *everything_of(organiser, story)]

    before = seen()
    first, second = (story.sheets[name, ESKILSTUNA] for name in ("juror1", "juror2"))
    mine = list(Score.objects.filter(sheet=first))
    theirs = list(Score.objects.filter(sheet=second))
    Score.objects.filter(sheet__in=[first, second]).delete()
    for score, sheet in [*((each, second) for each in mine), *((each, first) for each in theirs)]:
        score.pk, score.sheet = None, sheet
        score.save()
    assert seen() == before
    Score.objects.filter(sheet=first).update(strengths="Något annat")
    assert seen()[0] != before[0]


def test_equal_texts_stand_once_and_unfinished_or_recused_sheets_not_at_all(story, client_of):
    Score.objects.filter(criterion="A1").update(strengths="  Samma  text ")
    Score.objects.filter(criterion="A1", sheet=story.sheets["juror2", ESKILSTUNA]).update(
        strengths="samma text"
    )
    Score.objects.filter(criterion="A2", sheet=story.sheets["juror3", ESKILSTUNA]).update(
        strengths="Utkastet"
    )
    Recusal.objects.create(
        juror=story.seats["juror2"], nomination=story.nominations[ESKILSTUNA], reason="home", by=story.juror2
    )
    close(story)
    groups = {each.code: each for each in client_of(story.organiser).get(edited(story)).context["groups"]}
    assert groups["A1"].rows[0].said == ("Samma  text",)
    assert groups["A2"].rows[0].said == ("Styrka enligt juror1 0484 A2",)


# What it says ---------------------------------------------------------------------------------------
def rows_of(story, client_of, rows: dict) -> tuple:
    table(story, rows)
    report = written(story)
    return client_of(story.organiser).get(own(story)).context["page"], report


def test_own_values_stand_against_the_median_of_the_others(story, client_of):
    field = {ESKILSTUNA: (4, 5), BORAS: (1, 1), "1261": (2, 2), "1980": (5, 4), "1780": (3, 3)}
    page, _report = rows_of(story, client_of, field)
    assert page.rows[0] == ("Demokrati 1", "4,50", "2,50")
    assert page.is_small is False


def test_three_others_are_enough_and_two_are_not(story, client_of):
    three = {ESKILSTUNA: (4, 4), BORAS: (1, 1), "1261": (2, 2), "1980": (5, 5)}
    page, _report = rows_of(story, client_of, three)
    assert page.rows[0] == ("Demokrati 1", "4,00", "2,00")
    FeedbackReport.objects.all().delete()
    page, _report = rows_of(story, client_of, {ESKILSTUNA: (4, 4), BORAS: (1, 1), "1261": (2, 2)})
    assert (page.rows[0], page.is_small) == (("Demokrati 1", "4,00", "–"), True)
    text = client_of(story.organiser).get(own(story)).content.decode()
    assert "Fältet är så litet" in text
    assert "romben" not in text


def test_an_entry_without_values_says_so(story, client_of):
    page, _report = rows_of(story, client_of, {ESKILSTUNA: (None, None), BORAS: (1, 1)})
    assert (page.rows, page.chart, page.notes) == ((), None, ("Det finns inga värden att visa.",))


def test_texts_with_markup_and_formulas_are_shown_as_typed(story, client_of):
    nasty = "<b>fet</b> =SUM(A1) #set text(red) $x^2$ *stark* @ref \\ [ruta] åäö"
    report = written(story, A1=Words(nasty))
    assert report.texts["A1"]["strengths"] == nasty
    client = client_of(story.organiser)
    page = client.get(own(story)).content.decode()
    assert "&lt;b&gt;fet&lt;/b&gt; =SUM(A1)" in page
    lines = " ".join(text_of(client.get(paper(story)).content).split())
    assert nasty in lines


def test_the_paper_is_tagged_and_in_the_readers_language(story, client_of):
    released(story)
    client = client_of(story.contact)
    answer = client.get(paper(story))
    assert answer["Content-Disposition"] == 'attachment; filename="aterkoppling-0484-rehearsal-2027.pdf"'
    told = dict(line.split(":", 1) for line in told_by("pdfinfo", answer.content, "-").splitlines())
    assert (told["Tagged"].strip(), told["Title"].strip()) == (
        "yes",
        "Juryns återkoppling till Eskilstuna, Sveriges KvalitetsKommun Repetition 2027",
    )
    words = text_of(answer.content)
    assert [
        each for each in ("Styrkor", "Tydlig riktning", "allmän handling", "4,50") if each not in words
    ] == []
    client.post(reverse("set_language"), {"language": "en"})
    assert "becomes a public record" in text_of(client.get(paper(story)).content)


def test_the_same_paper_comes_twice(story, client_of):
    released(story)
    client = client_of(story.contact)
    assert client.get(paper(story)).content == client.get(paper(story)).content


# The organiser at work ------------------------------------------------------------------------------
def test_the_pages_say_what_must_happen_first(story, client_of):
    client = client_of(story.organiser)
    page = client.get(listed(story)).content.decode()
    assert "Återkopplingen kommer efter bedömningen" in page
    assert client.get(edited(story)).status_code == 404
    close(story)
    assert "Prisutdelningen är inte över." in client.get(listed(story)).content.decode()


def test_the_first_draft_is_what_the_jurors_wrote(story, client_of):
    close(story)
    form = client_of(story.organiser).get(edited(story)).context["form"]
    assert form.initial["version"] == 0
    assert sorted(form.initial["strengths-A1"].split("\n\n")) == [
        "Styrka enligt juror1 0484 A1", "Styrka enligt juror2 0484 A1",
    ]  # fmt: skip


def test_saving_and_reviewing_is_one_post(story, client_of):
    close(story)
    client = client_of(story.organiser)
    answer = client.post(edited(story), {"version": "0", "general": "Tack.", "do": "review"})
    assert (answer.status_code, FeedbackReport.objects.get().state) == (302, "reviewed")


def test_a_text_that_names_a_juror_is_saved_but_stays_a_draft(story, client_of):
    close(story)
    client = client_of(story.organiser)
    data = {"version": "0", "general": "Enligt Ledamot A är det bra.", "do": "review"}
    page = client.post(edited(story), data, follow=True).content.decode()
    assert FeedbackReport.objects.get().state == "draft"
    assert "Texten pekar ut en ledamot: Ledamot A" in page


def test_a_stale_save_shows_both_texts_and_the_next_one_counts(story, client_of):
    written(story)
    client = client_of(story.organiser)
    client.post(edited(story), {"version": "1", "strengths-A1": "En kollegas"})
    answer = client.post(edited(story), {"version": "1", "strengths-A1": "Min"})
    row = answer.context["groups"][0].rows[0]
    assert (answer.status_code, row.field.value(), row.saved) == (409, "Min", "En kollegas")
    assert 'name="version" value="2"' in answer.content.decode()
    assert client.post(edited(story), {"version": "2", "strengths-A1": "Båda"}).status_code == 302


def test_a_save_after_the_review_is_refused_with_the_text_kept(story, client_of):
    reviewed(story)
    answer = client_of(story.organiser).post(edited(story), {"version": "1", "general": "Sent skrivet"})
    assert answer.status_code == 403
    assert "Sent skrivet" in answer.content.decode()
    assert FeedbackReport.objects.get().general == "Tack för en genomtänkt ansökan."


@pytest.mark.parametrize(
    "data",
    [{"version": "x"}, {"version": "-1"}, {"version": "9" * 30}, {"version": "0", "general": "å" * 10_001}],
)
def test_what_cannot_be_kept_is_refused_with_the_text_on_the_screen(story, client_of, data):
    close(story)
    answer = client_of(story.organiser).post(edited(story), {"strengths-A1": "Kvar", **data})
    assert (answer.status_code, "Kvar" in answer.content.decode()) == (200, True)
    assert FeedbackReport.objects.count() == 0


def confirm(client, story, **data):
    shown = [f"{each.pk}-{each.version}" for each in FeedbackReport.objects.filter(state="reviewed")]
    return client.post(asked(story), {"report": shown, "understood": "on", **data})


def test_releasing_all_counts_the_letters_and_says_what_it_means(story, client_of):
    reviewed(story)
    reviewed(story, BORAS)
    ceremony_over(story)
    client = client_of(story.organiser)
    page = client.get(asked(story))
    ready = [line.nomination.municipality.code for line in page.context["ready"]]
    assert (ready, page.context["letters"]) == ([BORAS, ESKILSTUNA], 2)
    assert "allmän handling" in page.content.decode()
    assert client.post(asked(story), {"report": "1-2"}).status_code == 200  # the box is not ticked
    assert confirm(client, story).status_code == 302
    assert FeedbackReport.objects.released().count() == 2
    assert Letter.objects.filter(purpose="feedback-release").count() == 2


def test_releasing_twice_sends_one_letter(story, client_of):
    report = reviewed(story)
    ceremony_over(story)
    client, data = client_of(story.organiser), {"report": f"{report.pk}-{report.version}", "understood": "on"}
    assert [client.post(asked(story), data).status_code for _time in range(2)] == [302, 302]
    assert Letter.objects.filter(purpose="feedback-release").count() == 1


def test_what_was_changed_since_it_was_shown_is_not_released(story, client_of):
    report = reviewed(story)
    ceremony_over(story)
    data = {"report": f"{report.pk}-{report.version - 1}", "understood": "on"}
    page = client_of(story.organiser).post(asked(story), data, follow=True).content.decode()
    assert "Inget lämnades ut" in page
    assert FeedbackReport.objects.released().count() == 0


def test_releasing_before_the_ceremony_asks_for_a_reason(story, client_of):
    reviewed(story)
    client = client_of(story.organiser)
    assert confirm(client, story).status_code == 200
    assert FeedbackReport.objects.released().count() == 0
    assert confirm(client, story, reason="Ingen prisutdelning hålls.").status_code == 302
    assert FeedbackReport.objects.get().reason == "Ingen prisutdelning hålls."


def test_another_editions_report_is_not_released_through_this_page(story, client_of):
    report = reviewed(story)
    ceremony_over(story)
    url = reverse("feedback_release", args=[story.call.key])
    data = {"report": f"{report.pk}-{report.version}", "understood": "on"}
    assert client_of(story.organiser).post(url, data).status_code == 404
    assert FeedbackReport.objects.released().count() == 0


def test_a_withdrawal_shuts_page_and_paper_at_once(story, client_of):
    released(story)
    url = reverse("feedback_withdraw", args=[story.edition.key, ESKILSTUNA])
    assert client_of(story.organiser).post(url, {"reason": ""}).status_code == 200
    assert client_of(story.organiser).post(url, {"reason": "Fel siffra."}).status_code == 302
    client = client_of(story.contact)
    assert "Tydlig riktning" not in client.get(own(story)).content.decode()
    assert client.get(paper(story)).status_code == 404


# The municipality's reply ---------------------------------------------------------------------------
def test_a_reply_is_shown_to_the_organiser(story, client_of):
    report = released(story)
    client = client_of(story.contact)
    data = {"version": report.version, "text": "Vi håller <i>med</i>.", "to_jury": "on"}
    assert client.post(own(story), data).status_code == 302
    page = client_of(story.organiser).get(edited(story)).content.decode()
    assert "Vi håller &lt;i&gt;med&lt;/i&gt;." in page
    assert "Nästa omgångs jury får läsa det." in page


def test_a_stale_reply_shows_both_texts(story, client_of):
    report = released(story)
    client = client_of(story.contact)
    client.post(own(story), {"version": report.version, "text": "Den första"})
    answer = client.post(own(story), {"version": report.version, "text": "Den andra"})
    page = answer.content.decode()
    assert (answer.status_code, "Den första" in page, "Den andra" in page) == (409, True, True)


def test_a_reply_to_withdrawn_feedback_stays_on_the_screen(story, client_of):
    report = released(story)
    actions.withdraw_feedback(report=report, reason="Fel.", now=story.now, by=story.organiser)
    answer = client_of(story.contact).post(own(story), {"version": "4", "text": "Det vi skrev"})
    assert (answer.status_code, "Det vi skrev" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("allowed", [True, False])
def test_the_next_jury_reads_the_reply_only_where_the_municipality_lets_it(story, client_of, allowed):
    report = released(story)
    data = {"version": report.version, "text": "Vi håller med."} | ({"to_jury": "on"} if allowed else {})
    client_of(story.contact).post(own(story), data)
    opened = Round.objects.create(edition=story.call, scoring_model=story.scoring_model, state="open")
    seat = Role.objects.create(edition=story.call, person=story.outsider, kind=RoleKind.JUROR, seat="X")
    reading = Assignment.objects.create(round=opened, juror=seat, nomination=story.drafts[ESKILSTUNA])
    page = client_of(story.outsider).get(reverse("scoring_page", args=[reading.pk])).content.decode()
    assert ("Vi håller med." in page, "Tydlig riktning" in page) == (allowed, False)


# Ways there, and how much is asked ------------------------------------------------------------------
def test_the_contact_meets_the_link_at_home_and_beside_the_next_application(story, client_of):
    client, link = client_of(story.contact), f'href="{own(story)}"'
    section = reverse("application_section", args=[story.drafts[ESKILSTUNA].pk, "beskrivning"])
    before = [link in client.get(url).content.decode() for url in (reverse("application_list"), section)]
    released(story)
    after = [link in client.get(url).content.decode() for url in (reverse("application_list"), section)]
    assert (before, after) == ([False, False], [True, True])
    assert link not in client_of(story.other_contact).get(reverse("application_list")).content.decode()


def test_the_desks_lead_there(story, client_of):
    pages = [client_of(person).get(reverse("desk")) for person in (story.organiser, story.chair)]
    query = f"?edition={story.edition.key}&role=organiser"
    pages[0] = client_of(story.organiser).get(reverse("desk") + query)
    assert [f'href="{listed(story)}"' in page.content.decode() for page in pages] == [True, True]


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_asks_as_much_for_one_as_for_six(story, client_of, django_assert_num_queries, number):
    for code in list(story.nominations)[:number]:
        written(story, code)
    client = client_of(story.organiser)
    with django_assert_num_queries(10):
        client.get(listed(story))


def test_the_other_pages_ask_few_questions(story, client_of, django_assert_num_queries):
    released(story)
    organiser, contact = client_of(story.organiser), client_of(story.contact)
    with django_assert_num_queries(11):
        organiser.get(edited(story))
    with django_assert_num_queries(7):
        contact.get(own(story))
    with django_assert_num_queries(3):
        contact.get(paper(story))
