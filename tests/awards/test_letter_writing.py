"""Letters to many and in one's own words: read through first, refused in words, sent once."""

import html
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from awards import outbox
from awards.actions.invitations import invite
from awards.actions.letter_templates import copy_letters, save_template
from awards.actions.reminders import plan_reminders
from awards.letter_plans import plan_of
from awards.letter_texts import USUAL, mark_of, problems, texts_of, usual_text
from awards.letters import LetterText
from awards.models import Edition, JournalEntry, Letter, LetterTemplate
from awards.states import LetterPurpose
from nominees.models import Contact
from tests.mail_server import mail_server
from tests.story import BORAS

__all__ = ["mail_server"]


def base(edition, rest=""):
    return f"/organiser/editions/{edition.key}/letters/{rest}"


def text_url(edition, purpose="free", language="sv"):
    return base(edition, f"texts/{purpose}/{language}/")


def typed(**changes):
    return {
        "purpose": "free",
        "group": "contacts",
        "one": "",
        "subject": "Hej {municipality}",
        "body": "Vi ses på mässan, {name}.\n\n{link}",
        "token": "6f9619ff-8b86-4011-b42d-00c04fc964ff",
        **changes,
    }


def hidden(page):
    """The hidden fields of the preview, as a browser sends them."""
    found = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', page):
        name = re.search(r'name="([^"]*)"', tag)[1]
        value = re.search(r'value="([^"]*)"', tag, re.DOTALL)
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(value[1] if value else "")
    return found


def put(client, url, **text):
    """Write a text on its page, as it has just been opened."""
    return client.post(url, {"was": client.get(url).context["start"]["was"], **text})


def minutes_after(start, minutes):
    return lambda: start + timedelta(minutes=minutes)


def preview(client, story, **changes):
    return client.post(base(story.call, "write/"), typed(**changes)).content.decode()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("purpose", USUAL)
def test_usual_words_use_only_their_own_places(purpose, language):
    usual = USUAL[purpose]

    assert problems(usual_text(purpose, language), usual.names, usual.must) == []


def test_own_words_are_used_for_the_language_they_are_written_in(story, client_of):
    own = {"subject": "Välkommen {role}", "body": "{greeting}\n\n{link}\n\nTill {until}"}
    url = text_url(story.edition, "invitation-jury")
    assert put(client_of(story.organiser), url, **own).status_code == 302

    for language in ("sv", "en"):
        invite(
            email=f"{language}@story.example",
            edition=story.edition,
            kind="juror",
            language=language,
            now=story.now,
            by=story.organiser,
        )
    assert list(Letter.objects.order_by("pk").values_list("subject", flat=True)) == [
        "Välkommen ledamot",
        "Your invitation to Sveriges KvalitetsKommun",
    ]
    assert Letter.objects.order_by("pk")[0].body.startswith("{invitation}\n\nTill ")
    assert list(JournalEntry.objects.filter(verb="save_template").values_list("person_id", flat=True)) == [
        story.organiser.pk
    ]


def test_unknown_place_is_refused_by_its_name_and_nothing_is_saved(story, client_of):
    own = {"subject": "Hej", "body": "Hej {kommunen}, {0} {x!r} {{}} senast {deadline}."}
    answer = put(client_of(story.organiser), text_url(story.edition, "reminder-contact"), **own)

    assert answer.status_code == 422
    content = html.unescape(answer.content.decode())
    said = [
        f"Det finns inget att sätta i stället för {each}." for each in ("{kommunen}", "{0}", "{x!r}", "{{}}")
    ]
    assert [each for each in said if each not in content] == []
    assert LetterTemplate.objects.count() == 0
    with pytest.raises(PermissionDenied, match="kommunen"):
        save_template(
            edition=story.edition,
            purpose="reminder-contact",
            language="sv",
            text=LetterText("Hej", "{kommunen}"),
            was=mark_of(usual_text("reminder-contact", "sv")),
            by=story.organiser,
        )


def test_invitation_without_its_link_is_refused(story, client_of):
    own = {"subject": "Hej", "body": "Välkommen!"}
    answer = put(client_of(story.organiser), text_url(story.edition, "invitation-contact"), **own)

    assert "Brevet måste innehålla {link}." in answer.content.decode()


def test_text_that_somebody_else_changed_is_not_overwritten(story, client_of):
    client, url = client_of(story.organiser), text_url(story.edition)
    was = client.get(url).context["start"]["was"]
    put(client, url, subject="Ett", body="Första")
    answer = client.post(url, {"subject": "Två", "body": "Andra", "was": was})

    assert answer.status_code == 409
    assert ("Första" in answer.content.decode(), "Andra" in answer.content.decode()) == (True, True)
    assert LetterTemplate.objects.get().body == "Första"


def test_text_that_somebody_took_back_and_wrote_anew_is_not_overwritten(story, client_of):
    client, url = client_of(story.organiser), text_url(story.edition)
    put(client, url, subject="Ett", body="Första")
    was = client.get(url).context["start"]["was"]
    client.post(url + "usual/", {"was": was})
    put(client, url, subject="Två", body="Andra")
    answers = [
        client.post(url, {"subject": "Tre", "body": "Tredje", "was": was}).status_code,
        client.post(url + "usual/", {"was": was}).status_code,
    ]

    assert answers == [409, 403]
    assert LetterTemplate.objects.get().body == "Andra"


def test_usual_words_come_back(story, client_of):
    client, url = client_of(story.organiser), text_url(story.edition)
    put(client, url, subject="Ett", body="Första")
    own = hidden(client.get(url).content.decode())
    assert client.post(url + "usual/", own).status_code == 302

    assert texts_of(story.edition).template("free", "sv") == usual_text("free", "sv")
    assert client.post(url + "usual/", own).status_code == 403


def test_words_and_reminders_are_taken_over_from_another_edition(story):
    for edition, purpose in ((story.edition, "free"), (story.edition, "result"), (story.call, "free")):
        LetterTemplate.objects.create(
            edition=edition, purpose=purpose, language="sv", subject=edition.key, body="Text"
        )
    plan_reminders(edition=story.edition, is_on=True, days=[5], by=story.organiser)

    assert copy_letters(source=story.edition, target=story.call, by=story.organiser) == 1
    assert list(story.call.letter_templates.values_list("purpose", "subject")) == [
        ("free", "rehearsal-2029"),
        ("result", "rehearsal-2027"),
    ]
    assert plan_of(story.call).days == [5]
    with pytest.raises(PermissionDenied):
        copy_letters(source=story.elsewhere, target=story.call, by=story.organiser)


@pytest.mark.parametrize("path", ["texts/news/sv/", "texts/free/fi/", "write/?purpose=invitation-jury"])
def test_letter_of_an_unknown_kind_does_not_exist(story, client_of, path):
    assert client_of(story.organiser).get(base(story.edition, path)).status_code == 404


def test_preview_shows_each_letter_and_sends_nothing(story, client_of):
    page = preview(client_of(story.organiser), story)

    assert "<h1>6 brev</h1>" in page
    assert (page.count("<strong>Hej "), "Hej Eskilstuna kommun" in page) == (6, True)
    assert f"/applications/{story.drafts[BORAS].pk}/" in page
    assert Letter.objects.count() == 0


def test_confirmed_letters_are_sent_once_however_often_the_button_is_pressed(story, client_of):
    client = client_of(story.organiser)
    sending = hidden(preview(client, story))
    answers = [client.post(base(story.call, "send/"), sending).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert "De här breven har redan skickats." in client.get("/organiser/letters/").content.decode()
    assert sorted(Letter.objects.values_list("email", "state")) == sorted(
        (person.email, "queued") for person in story.contacts.values()
    )
    assert list(JournalEntry.objects.values_list("verb", "data__letters")) == [("write_letters", 6)]


def test_letter_read_through_anew_is_a_new_letter(story, client_of):
    client = client_of(story.organiser)
    for _time in range(2):
        client.post(base(story.call, "send/"), hidden(preview(client, story)))

    assert Letter.objects.count() == 12


def test_reader_who_came_and_one_who_went_since_the_preview_are_told_of(story, client_of):
    client = client_of(story.organiser)
    sending = hidden(preview(client, story))
    Contact.objects.filter(edition=story.call, person=story.contact).update(ended_at=timezone.now())
    Contact.objects.create(
        edition=story.call, person=story.outsider, municipality=story.municipalities[BORAS]
    )
    answer = client.post(base(story.call, "send/"), sending)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "En läsare är ny: Borås." in page
    assert "En läsare berörs inte längre." in page
    assert Letter.objects.count() == 0
    assert client.post(base(story.call, "send/"), hidden(page)).status_code == 302
    assert Letter.objects.count() == 6


def test_letter_that_reads_differently_since_the_preview_asks_again(story, client_of):
    client = client_of(story.organiser)
    sending = hidden(preview(client, story, body="Senast {deadline}"))
    story.call.stages.filter(kind="call").update(closes_at=None)
    answer = client.post(base(story.call, "send/"), sending)

    assert "men ett brev lyder nu annorlunda" in answer.content.decode()
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("group", "edition", "readers"),
    [
        ("contacts", "call", 6),
        ("contacts-unsubmitted", "call", 6),
        ("contacts-unsubmitted", "edition", 0),
        ("contacts-nominated", "edition", 6),
        ("contacts-others", "edition", 0),
        ("jurors", "edition", 3),
        ("jurors-behind", "edition", 1),
        ("leads", "edition", 2),
    ],
)
def test_group_is_those_who_belong_to_it_now(story, client_of, group, edition, readers):
    edition = getattr(story, edition)
    wanted = typed(group=group, subject="Hej", body="Hej {name}")
    page = client_of(story.organiser).post(base(edition, "write/"), wanted).content.decode()

    assert page.count('name="reader"') == readers


def test_letter_to_one_person(story, client_of):
    client = client_of(story.organiser)
    key = f"role:{story.seats['juror3'].pk}"
    wanted = typed(group="one", one=key, body="{seat}: {remaining}", subject="Hej")
    page = client.post(base(story.edition, "write/"), wanted).content.decode()

    assert "Ledamot C: 6 ansökningar" in page
    client.post(base(story.edition, "send/"), hidden(page))
    assert Letter.objects.get().to == story.juror3


def test_place_that_the_readers_have_nothing_for_is_refused(story, client_of):
    wanted = typed(group="jurors", body="{municipality}", subject="Hej")
    answer = client_of(story.organiser).post(base(story.edition, "write/"), wanted)

    assert answer.status_code == 422
    assert "Det finns inget att sätta i stället för {municipality}." in answer.content.decode()


def test_same_letter_goes_to_a_person_once_though_contact_twice(story, client_of):
    Contact.objects.create(edition=story.call, person=story.contact, municipality=story.municipalities[BORAS])
    client = client_of(story.organiser)

    assert preview(client, story, subject="Hej", body="Vi ses").count('name="reader"') == 6
    assert preview(client, story).count('name="reader"') == 7


def test_english_letter_goes_to_those_who_chose_english(story, client_of):
    story.contact.language = "en"
    story.contact.save()
    client = client_of(story.organiser)
    page = preview(client, story, subject_en="Hello {municipality}", body_en="See you")
    client.post(base(story.call, "send/"), hidden(page))

    assert sorted(Letter.objects.filter(language="en").values_list("email", "subject")) == [
        (story.contact.email, "Hello Eskilstuna kommun")
    ]
    half = client.post(base(story.call, "write/"), typed(subject_en="Hello"))
    assert half.status_code == 422


def test_drafts_wait_and_are_approved_together(story, client_of):
    client = client_of(story.organiser)
    client.post(base(story.call, "send/"), hidden(preview(client, story, needs_approval="on")))
    assert set(Letter.objects.values_list("state", flat=True)) == {"draft"}

    page = client.get("/organiser/letters/", {"edition": story.call.key}).content.decode()
    assert client.post(base(story.call, "approve/"), {"shown": "6"}).status_code == 403
    assert client.post(base(story.call, "approve/"), hidden(page)).status_code == 302
    assert set(Letter.objects.values_list("state", flat=True)) == {"queued"}


@pytest.mark.parametrize(("state", "path"), [("draft", "approve/"), ("failed", "retry/")])
def test_as_many_letters_but_others_than_shown_are_looked_at_first(story, client_of, state, path):
    client = client_of(story.organiser)
    for number in range(2):
        Letter.objects.create(email=f"{number}@story.example", edition=story.call, state=state)
    page = client.get("/organiser/letters/", {"edition": story.call.key}).content.decode()
    Letter.objects.filter(email="0@story.example").update(state="cancelled")
    Letter.objects.create(email="2@story.example", edition=story.call, state=state)

    assert client.post(base(story.call, path), hidden(page)).status_code == 403
    assert set(Letter.objects.values_list("state", flat=True)) == {"cancelled", state}


def test_failed_letters_are_tried_again_together(story, client_of):
    Letter.objects.create(email="x@story.example", edition=story.call, state="failed", tries=7, failure="550")
    client = client_of(story.organiser)
    page = client.get("/organiser/letters/", {"edition": story.call.key}).content.decode()
    client.post(base(story.call, "retry/"), hidden(page))

    assert Letter.objects.values_list("state", "tries", "failure").get() == ("queued", 0, "")


def test_letters_home_shows_the_editions_that_one_organises_and_no_others(story, client_of):
    for edition in (story.edition, story.call, story.elsewhere):
        Letter.objects.create(email=f"{edition.key}@story.example", edition=edition, subject="Brev")
    client = client_of(story.organiser)
    page = client.get("/organiser/letters/").content.decode()

    assert [f"{year}@story" in page for year in ("rehearsal-2027", "rehearsal-2029", "rehearsal-2031")] == [
        True,
        True,
        False,
    ]
    assert client.get("/organiser/letters/?edition=rehearsal-2031").status_code == 404
    alone = client.get("/organiser/letters/?edition=rehearsal-2029").content.decode()
    assert ("rehearsal-2027@story" in alone, "rehearsal-2029@story" in alone) == (False, True)


@pytest.mark.parametrize(
    ("who", "status"), [("other_organiser", 404), ("outsider", 404), ("contact", 403), ("chair", 403)]
)
def test_letters_of_an_edition_are_nobody_elses(story, client_of, who, status):
    client = client_of(story.people[who])
    got = [
        client.get(base(story.edition)).status_code,
        client.get(text_url(story.edition)).status_code,
        client.get(base(story.edition, "write/")).status_code,
        client.post(base(story.edition, "send/"), typed()).status_code,
        client.post(base(story.edition, "reminders/"), {"days": "7"}).status_code,
        client.get(f"/organiser/editions/{story.edition.key}/inbox/").status_code,
    ]
    assert got == [status] * 6
    assert client.get("/organiser/letters/").status_code == (200 if who == "other_organiser" else 404)


def test_archived_edition_writes_no_more_letters(story, client_of):
    Edition.objects.filter(pk=story.edition.pk).update(state="archived")

    assert client_of(story.administrator).get(base(story.edition, "write/")).status_code == 403


def test_plan_of_reminders_that_a_colleague_changed_is_not_overwritten(story, client_of):
    client, url = client_of(story.organiser), base(story.call, "reminders/")
    page = hidden(client.get(base(story.call)).content.decode())
    opened = {name: value[0] for name, value in page.items() if name.startswith("initial-")}
    plan_reminders(edition=story.call, is_on=True, days=[5], by=story.organiser)
    switched = client.post(url, {**opened, "days": "7, 3, 1"})  # off, and the days not touched
    assert (switched.status_code, plan_of(story.call).is_on, plan_of(story.call).days) == (302, False, [5])
    plan_reminders(edition=story.call, is_on=True, days=[5], by=story.organiser)
    answer = client.post(url, {**opened, "is_on": "on", "days": "9"})

    assert answer.status_code == 409
    assert "En kollega har under tiden skrivit: 5." in answer.content.decode()
    assert plan_of(story.call).days == [5]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("sju", "Skriv hela dagar med komma mellan, till exempel 7, 3, 1."),
        ("0, 3", "Påminnelser går mellan 1 och 60 dagar före sista dagen."),
        ("1,2,3,4,5,6,7", "Högst sex påminnelser skickas före en sista dag."),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(story, client_of, days, sentence):
    answer = client_of(story.organiser).post(base(story.call, "reminders/"), {"is_on": "on", "days": days})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_plan_page_shows_what_lies_ahead_with_few_questions(story, client_of, django_assert_max_num_queries):
    client = client_of(story.organiser)
    client.post(base(story.edition, "reminders/"), {"is_on": "on", "days": "1"})
    with django_assert_max_num_queries(16):
        page = client.get(base(story.edition)).content.decode()

    assert page.count(f"<td>{LetterPurpose.REMINDER_JUROR.label}</td>") == 1


def test_rehearsals_letters_go_to_its_inbox_and_never_to_the_mail_server(story, client_of, mail_server):
    invite(email="ny@story.example", edition=story.edition, kind="juror", now=story.now, by=story.organiser)
    assert outbox.send_due(timezone.now) == outbox.Round(kept=1)
    page = client_of(story.organiser).get(f"/organiser/editions/{story.edition.key}/inbox/").content.decode()

    assert mail_server.letters == []
    assert ("ny@story.example" in page, "/invitations/" in page) == (True, True)
    real = f"/organiser/editions/{story.history.key}/inbox/"
    assert client_of(story.administrator).get(real).status_code == 404


def test_mail_server_away_for_two_hours_loses_and_doubles_nothing(story, settings, mail_server):
    """The server is a real one; the hours pass on a clock that is handed in."""
    Edition.objects.filter(pk=story.call.pk).update(is_rehearsal=False)
    start = timezone.now()
    for number in range(3):
        Letter.objects.create(
            email=f"{number}@story.example", edition=story.call, subject="Brev", body="Text", due_at=start
        )
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    for minute in range(120):
        outbox.send_due(minutes_after(start, minute))
    assert set(Letter.objects.values_list("state", "tries")) == {("queued", 6)}

    settings.EMAIL_PORT = port
    for minute in range(120, 180):
        outbox.send_due(minutes_after(start, minute))
    assert sorted(letter["To"] for letter in mail_server.letters) == [
        f"{number}@story.example" for number in range(3)
    ]
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_own_letters_are_ones_own_and_no_drafts(story, client_of):
    for subject, to, state in (
        ("Kvitto", story.contact, "kept"),
        ("Misslyckat", story.contact, "failed"),
        ("Utkast", story.contact, "draft"),
        ("Stoppat", story.contact, "cancelled"),
        ("Annans", story.other_contact, "sent"),
    ):
        Letter.objects.create(to=to, email=to.email, edition=story.call, subject=subject, state=state)
    page = client_of(story.contact).get("/letters/").content.decode()

    assert [name for name in ("Kvitto", "Misslyckat", "Utkast", "Stoppat", "Annans") if name in page] == [
        "Kvitto",
        "Misslyckat",
    ]
