"""A pasted list: each line told its fate, everybody invited or nobody, and nothing twice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards.actions.invitations import invite
from awards.models import Invitation, JournalEntry, Letter
from nominees.models import Contact
from nominees.people_list import checked
from tests.story import ESKILSTUNA


def lines(text, story):
    return [
        (line.number, line.email, str(line.kind), line.place, line.fate.value)
        for line in checked(text, story.edition, story.now).lines
    ]


def whys(text, story):
    return [str(line.why) for line in checked(text, story.edition, story.now).lines]


@pytest.mark.parametrize("separator", ["\t", ";", ", "])
def test_list_is_read_with_swedish_headings_in_any_order(story, separator):
    rows = [
        ["Roll", "E-post", "Kommun/organisation", "Namn"],
        ["Ledamot", "Ny@Story.Example", "Övningsförbundet", "Åsa Öberg"],
        ["kontaktperson", "k@story.example", "BORÅS STAD", ""],
    ]
    text = "\n".join(separator.join(row) for row in rows)

    assert lines(text, story) == [
        (2, "ny@story.example", "juror", "Övningsförbundet", "new"),
        (3, "k@story.example", "contact", "Borås kommun", "new"),
    ]


def test_list_without_headings_is_name_address_role_place(story):
    assert lines("Åsa;ny@story.example;vice ordförande;\n\n;k@story.example;;Eskilstuna kommun", story) == [
        (1, "ny@story.example", "deputy", "", "new"),
        (3, "k@story.example", "contact", "Eskilstuna kommun", "new"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (";ingen adress;ledamot;", "E-postadressen saknas eller är inte giltig."),
        (";;ledamot;", "E-postadressen saknas eller är inte giltig."),
        (
            ";ny@story.example;kejsare;",
            "”kejsare” är ingen roll här. Skriv till exempel ledamot eller kontakt.",
        ),
        (";ny@story.example;;", "Rollen saknas."),
        (";ny@story.example;kontakt;Ankeborg", "Det finns ingen kommun som heter ”Ankeborg”."),
        (";ny@story.example;kontakt;", "Det finns ingen kommun som heter ”–”."),
    ],
)
def test_line_that_cannot_be_says_why(story, line, why):
    found = checked(line, story.edition, story.now)

    assert ([str(each.why) for each in found.lines], found.may_be_written) == ([why], False)


@pytest.mark.parametrize(
    "place", ["Borås stad", "Borås", "Borås kommun", "Eskilstunas stad", "1490", "borås kn"]
)
def test_municipality_is_known_in_the_ways_that_people_write_it(story, place):
    [line] = checked(f";ny@story.example;;{place}", story.edition, story.now).lines
    wanted = "Eskilstuna kommun" if place.startswith("Esk") else "Borås kommun"

    assert (line.place, str(line.kind), line.fate.value) == (wanted, "contact", "new")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kim Test <Kim@story.example>\tledamot", "Kim Test"),
        ("E-post;Roll\nKim Test <kim@story.example>;ledamot", "Kim Test"),
        ("Namn;E-post;Roll\nKim T;Kim Test <kim@story.example>;ledamot", "Kim T"),
        ("Kim Test <kim@story.example>;;ledamot", "Kim Test"),
        ("Kim;kim@story.example;ledamot", "Kim"),
    ],
)
def test_name_and_address_in_one_cell_are_parted(story, text, name):
    [line] = checked(text, story.edition, story.now).lines

    assert (line.name, line.email) == (name, "kim@story.example")


def test_address_that_stands_twice_is_found(story):
    text = ";a@story.example;ledamot;\n;b@story.example;ledamot;\n;A@story.example;observatör;"

    assert whys(text, story) == ["", "", "Adressen står också på rad 1."]


def test_contact_of_two_municipalities_may_stand_twice(story):
    text = ";a@story.example;kontakt;Borås\n;a@story.example;kontakt;Karlstad"

    assert [line[-1] for line in lines(text, story)] == ["new", "new"]


def test_who_takes_part_or_is_invited_is_left_alone(story):
    invite(email="ny@story.example", edition=story.edition, kind="juror", now=story.now, by=story.organiser)
    text = (
        f";{story.juror1.email};ledamot;\n;ny@story.example;ledamot;\n"
        f";{story.contact.email};kontakt;Eskilstuna\n;{story.contact.email};kontakt;Borås"
    )
    assert [line[-1] for line in lines(text, story)] == ["same", "same", "same", "new"]


def test_invitation_that_has_run_out_is_sent_anew(story):
    invite(email="ny@story.example", edition=story.edition, kind="juror", now=story.now, by=story.organiser)
    Invitation.objects.update(expires_at=story.now - timedelta(days=1))

    assert [line[-1] for line in lines(";ny@story.example;ledamot;", story)] == ["new"]


def test_lines_parted_as_an_old_system_parts_them_are_lines(story):
    text = ";a@story.example;ledamot;\r;b@story.example;ledamot;\r\n;c@story.example;ledamot;"
    assert [(line[0], line[1]) for line in lines(text, story)] == [
        (1, "a@story.example"), (2, "b@story.example"), (3, "c@story.example"),
    ]  # fmt: skip


def test_quotation_mark_that_is_not_closed_swallows_no_line_and_is_told(story):
    names = ["Åsa", '"Bo', '"Eva ""Ewa"" Ek"']
    text = "\n".join(f"{name};{number}@story.example;ledamot;" for number, name in enumerate(names))
    found = checked(text, story.edition, story.now)

    assert [(line.number, line.name, line.fate.value) for line in found.lines] == [
        (1, "Åsa", "new"),
        (2, '"Bo;1@story.example;ledamot;', "problem"),
        (3, 'Eva "Ewa" Ek', "new"),
    ]
    assert str(found.lines[1].why) == (
        "Ett citattecken på raden avslutas aldrig. Avsluta det eller ta bort det."
    )


def test_list_too_long_or_empty_is_refused_in_words(story):
    long = "\n".join(f";a{number}@story.example;ledamot;" for number in range(501))

    assert (
        str(checked(long, story.edition, story.now).problem) == "En lista har högst 500 rader. Dela upp den."
    )
    assert str(checked(" \n;;\n", story.edition, story.now).problem) == "Listan innehåller ingen."


def test_list_costs_the_same_for_one_as_for_two_hundred(story, django_assert_num_queries):
    for most in (1, 200):
        text = "\n".join(f";a{number}@story.example;ledamot;" for number in range(most))
        with django_assert_num_queries(5):
            assert len(checked(text, story.edition, story.now).new) == most


def url(story):
    return reverse("people_list", args=[story.edition.key])


def confirmed(client, story, text):
    seen = checked(text, story.edition, story.now).fingerprint
    return client.post(url(story), {"people": text, "greeting": "Varmt!", "seen": seen, "confirm": "1"})


def test_list_is_shown_first_and_then_everybody_is_invited(story, client_of):
    client = client_of(story.organiser)
    text = "Åsa Öberg;ny@story.example;ledamot;Förbundet\nBo;k@story.example;kontakt;Borås"
    page = client.post(url(story), {"people": text}).content.decode()
    assert ("Skicka 2 inbjudningar" in page, Invitation.objects.count()) == (True, 0)

    assert confirmed(client, story, text).status_code == 302
    assert list(Invitation.objects.order_by("pk").values_list("email", "kind", "details__name")) == [
        ("ny@story.example", "juror", "Åsa Öberg"),
        ("k@story.example", "contact", "Bo"),
    ]
    assert [("Varmt!" in body) for body in Letter.objects.values_list("body", flat=True)] == [True, True]
    assert JournalEntry.objects.filter(verb="invite_list").values_list("data__invited").get() == (2,)
    again = client.post(url(story), {"people": text}).content.decode()
    assert again.count("Är redan inbjuden; inget händer.") == 2


def test_list_with_one_problem_invites_nobody(story, client_of):
    text = ";ny@story.example;ledamot;\n;fel;ledamot;"
    answer = confirmed(client_of(story.organiser), story, text)

    assert answer.status_code == 422
    assert "En rad måste rättas först. Ingen har bjudits in." in answer.content.decode()
    assert Invitation.objects.count() == 0


def test_list_that_would_do_something_else_than_was_shown_is_shown_again(story, client_of):
    text = ";a@story.example;ledamot;\n;b@story.example;ledamot;"
    seen = checked(text, story.edition, story.now).fingerprint
    invite(email="a@story.example", edition=story.edition, kind="juror", now=story.now, by=story.organiser)
    page = client_of(story.organiser).post(url(story), {"people": text, "seen": seen, "confirm": "1"})

    assert "Något har ändrats sedan du läste listan. Titta igen." in page.content.decode()
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("chair", 403), ("contact", 403), ("other_organiser", 404)])
def test_list_is_the_organisers_business(story, client_of, who, status):
    assert confirmed(client_of(story.people[who]), story, ";a@story.example;ledamot;").status_code == status
    assert Invitation.objects.count() == 0


def test_contacts_by_list_may_send_in(story, client_of):
    confirmed(client_of(story.organiser), story, ";k@story.example;kontakt;Eskilstuna")

    assert Invitation.objects.get().details["level"] == "submitter"
    assert Contact.objects.filter(municipality__code=ESKILSTUNA, edition=story.edition).count() == 1
