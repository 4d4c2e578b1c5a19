"""Bringing lists in: every row is shown first, all is written or nothing, and twice is as good as once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from awards import due
from awards.menu import Place, items_for
from awards.models import Edition, Invitation, JournalEntry, Letter, Role
from benchmarks.world import municipalities
from nominees.models import Contact, Evaluation, EvaluationArea, Nomination, NominationEvent
from reports.actions.imports import discard_import
from reports.models import ColumnMemory, ImportDraft
from tests.reports.tables import columns, confirm, csv_of, problems, results, shown, upload, xlsx_of

HEAD = ("Kommunkod", "Kommun", "Diarienummer")


@pytest.fixture
def organiser(story, client_of):
    return client_of(story.organiser)


@pytest.fixture
def fresh(story):
    """An edition that nobody has entered yet, with the same organiser."""
    Nomination.objects.filter(edition=story.call).delete()
    return story.call


@pytest.fixture
def real(story):
    """A real edition under way."""
    Edition.objects.filter(pk=story.elsewhere.pk).update(is_rehearsal=False)
    story.elsewhere.refresh_from_db()
    return story.elsewhere


def test_nominations_are_shown_then_written_then_the_same(organiser, fresh):
    rows = [HEAD, ("0484", "Eskilstuna", "KS 2029-1"), ("1490", "Borås", ""), ("", "", "")]
    page = shown(organiser, fresh, "nominations", csv_of(rows))

    assert results(page) == [(2, "new", "Eskilstuna (0484)"), (3, "new", "Borås (1490)")]
    assert Nomination.objects.filter(edition=fresh).count() == 0

    confirm(organiser, page)
    entry = Nomination.objects.get(edition=fresh, municipality__code="0484")
    assert (entry.state, entry.route, entry.diary_number) == ("draft", "application", "KS 2029-1")
    assert list(entry.events.values_list("kind", flat=True)) == ["applied"]

    again = shown(organiser, fresh, "nominations", csv_of(rows))
    assert [status for _number, status, _whom in results(again)] == ["same", "same"]
    assert again.context["page"].plan.acts == []
    confirm(organiser, again)
    assert NominationEvent.objects.filter(nomination__edition=fresh).count() == 2


def test_changed_entry_shows_old_and_new(organiser, story):
    story.drafts["0484"].diary_number = "GAMMALT"
    story.drafts["0484"].save()
    rows = [("Kommun", "Dnr", "Svara senast"), ("Eskilstuna kommun", "NYTT", "5 mars 2029")]
    page = shown(organiser, story.call, "nominations", csv_of(rows))
    row = page.context["rows"][0]

    assert row.status == "changed"
    assert [(str(each.old), str(each.new)) for each in row.changes] == [
        ("GAMMALT", "NYTT"),
        ("", "5\xa0mars\xa02029"),
    ]
    confirm(organiser, page)
    story.drafts["0484"].refresh_from_db()
    assert story.drafts["0484"].diary_number == "NYTT"
    assert story.drafts["0484"].answer_by.isoformat() == "2029-03-05T22:59:00+00:00"


def test_empty_cell_changes_nothing(organiser, story):
    story.drafts["0484"].diary_number = "KVAR"
    story.drafts["0484"].save()
    page = shown(organiser, story.call, "nominations", csv_of([HEAD, ("0484", "", "")]))

    assert results(page) == [(2, "same", "Eskilstuna (0484)")]


def test_a_problem_keeps_every_row_out(organiser, fresh):
    rows = [HEAD, ("0484", "Eskilstuna", ""), ("9999", "", "")]
    page = shown(organiser, fresh, "nominations", csv_of(rows))
    answer = confirm(organiser, page)

    assert problems(page) == ["3: Det finns ingen kommun med koden 9999."]
    assert "En rad har ett problem." in answer.content.decode()
    assert Nomination.objects.filter(edition=fresh).count() == 0


def test_a_row_can_be_left_out_and_taken_with_again(organiser, fresh):
    page = shown(organiser, fresh, "nominations", csv_of([HEAD, ("0484", "", ""), ("9999", "", "")]))
    draft = page.context["draft"]
    url = f"/organiser/import/{draft.pk}/"
    organiser.post(f"{url}answers/", {"row-3": "out", "row-77": "out", "row-2": "nonsense"})

    page = organiser.get(url, {"show": "all"})
    assert ImportDraft.objects.get().answers == {"3": "out"}
    assert [status for _number, status, _whom in results(page)] == ["new", "left_out"]
    organiser.post(f"{url}answers/", {"row-3": ""})
    assert [each[1] for each in results(organiser.get(url, {"show": "all"}))] == ["new", "problem"]


def test_doubtful_name_is_asked_about_and_answered(organiser, fresh):
    """As many lists without å, ä and ö: Boras is Borås, and Boros is asked about."""
    page = shown(organiser, fresh, "nominations", csv_of([("Kommun",), ("BORAS",), ("Eskilstna",)]))

    assert results(page)[0] == (2, "new", "Borås (1490)")
    assert problems(page) == ["3: Det finns ingen kommun som heter ”Eskilstna”. Vilken menas?"]
    organiser.post(f"/organiser/import/{page.context['draft'].pk}/answers/", {"row-3": "0484"})
    page = organiser.get(f"/organiser/import/{page.context['draft'].pk}/", {"show": "all"})
    assert results(page)[1] == (3, "new", "Eskilstuna (0484)")
    organiser.post(f"/organiser/import/{page.context['draft'].pk}/answers/", {"row-3": ""})
    page = organiser.get(f"/organiser/import/{page.context['draft'].pk}/", {"show": "all"})
    assert results(page)[1] == (3, "problem", "Eskilstna")


def test_same_municipality_twice_is_a_problem(organiser, fresh):
    rows = [("Kommun", "Orgnr"), ("Borås", ""), ("", "2120001561"), ("Malmö stad", "212000-1562")]
    page = shown(organiser, fresh, "nominations", csv_of(rows))

    assert problems(page) == [
        "3: Rad 2 handlar om samma sak. Ta bort en av dem.",
        "4: 212000-1562 är inget organisationsnummer: den sista siffran stämmer inte med de andra.",
    ]


def test_winner_is_not_told_by_a_list(organiser, story):
    rows = [("Kommun", "Händelse", "Datum"), ("Borås", "Vann", ""), ("Kävlinge", "Nominerad", "31 feb 2029")]
    page = shown(organiser, story.call, "nominations", csv_of(rows))

    assert problems(page) == [
        "2: Vad som hände: ”Vann” är inte känt här. Skriv något av: sökte, nominerad, slutnominerad, "
        "ej nominerad, inte behörig.",
        "3: Datum: Det finns ingen dag ”31 feb 2029”.",
    ]


def test_event_on_another_day_is_added_and_never_changed(organiser, story):
    rows = [("Kommun", "Händelse", "Datum"), ("Borås", "nominerad", "2029-03")]
    confirm(organiser, shown(organiser, story.call, "nominations", csv_of(rows)))
    page = shown(organiser, story.call, "nominations", csv_of(rows))
    assert results(page) == [(2, "same", "Borås (1490)")]

    rows[1] = ("Borås", "nominerad", "2029-04-02")
    confirm(organiser, shown(organiser, story.call, "nominations", csv_of(rows)))
    told = story.drafts["1490"].events.filter(kind="nominated").values_list("date", "precision")
    assert [(str(day), precision) for day, precision in told] == [
        ("2029-03-01", "month"),
        ("2029-04-02", "day"),
    ]


def test_contacts_are_invited_once(organiser, story):
    rows = [
        ("Kommunkod", "E-post", "Behörighet", "Titel"),
        ("0484", "ny@story.example", "skriver", "Utvecklare"),
        ("0484", "contact-0484@story.example", "", "Kanslichef"),
    ]
    page = shown(organiser, story.call, "contacts", csv_of(rows))
    assert [status for _number, status, _whom in results(page)] == ["new", "changed"]
    assert page.context["page"].plan.letters == 1

    confirm(organiser, page, greeting="Välkommen in.")
    invitation = Invitation.objects.get(edition=story.call)
    assert {name: invitation.details[name] for name in ("municipality", "level", "title")} == {
        "municipality": "0484",
        "level": "editor",
        "title": "Utvecklare",
    }
    assert "Välkommen in." in Letter.objects.get(email="ny@story.example").body
    assert Contact.objects.get(edition=story.call, municipality__code="0484").title == "Kanslichef"
    again = shown(organiser, story.call, "contacts", csv_of(rows))
    assert [status for _number, status, _whom in results(again)] == ["same", "same"]
    assert Letter.objects.filter(email="ny@story.example").count() == 1


def test_municipality_keeps_somebody_who_submits(organiser, story):
    rows = [("Kommun", "E-post", "Får"), ("Borås", "contact-1490@story.example", "läser")]
    page = shown(organiser, story.call, "contacts", csv_of(rows))

    assert problems(page) == ["2: Någon måste kunna skicka in för kommunen. Bjud in en efterträdare först."]


def test_contacts_in_trouble_have_their_sentences(organiser, story):
    rows = [
        ("Kommun", "E-post", "Får", "Titel"),
        ("Borås", "", "skriver", ""),
        ("Borås", "ingen adress", "skriver", ""),
        ("Borås", "a@story.example", "äger", ""),
        ("Borås", "b@story.example", "skriver", "=HYPERLINK(A1)"),
        ("Borås", "c@story.example", "skriver", "x" * 121),
        ("Borås", "d@story.example", "skriver", "\x07"),
        ("Borås", "e@story.example", "skriver", "", "spill"),
    ]
    page = shown(organiser, story.call, "contacts", csv_of(rows))

    assert problems(page) == [
        "2: E-postadress: cellen är tom.",
        "3: E-postadress: ”ingen adress” är ingen e-postadress.",
        "4: Får: ”äger” är inte känt här. Skriv något av: läser, skriver, skriver och skickar in.",
        "5: Befattning: ”=HYPERLINK(A1)” börjar som en formel. Skriv själva värdet.",
        "6: Befattning: Texten är längre än 120 tecken.",
        "7: D7 innehåller tecken som varken kan skrivas ut eller synas. Skriv om cellen.",
        "8: E8 står utanför den sista rubriken. Står ett skiljetecken inne i ett värde?",
    ]


def test_jurors_are_invited_to_their_seats(organiser, story):
    rows = [
        ("E-postadress", "Roll", "Plats", "Organisation", "Panel"),
        ("NY@story.example", "", "Ledamot D", "Vinnova", "A"),
        ("juror1@story.example", "ledamot", "Ledamot A", "SKR", ""),
        ("other@story.example", "ledamot", "Ledamot B", "", ""),
    ]
    page = shown(organiser, story.edition, "jurors", csv_of(rows))
    assert problems(page) == ["4: Plats: platsen är någon annans."]

    page = shown(organiser, story.edition, "jurors", csv_of(rows[:3]))
    assert [each[1] for each in results(page)] == ["new", "changed"]
    confirm(organiser, page)
    details = Invitation.objects.get(edition=story.edition, kind="juror").details
    assert [details[name] for name in ("seat", "organisation", "panel")] == ["Ledamot D", "Vinnova", "A"]
    assert Role.objects.get(pk=story.seats["juror1"].pk).organisation == "SKR"
    again = shown(organiser, story.edition, "jurors", csv_of(rows[:3]))
    assert [each[1] for each in results(again)] == ["same", "same"]


def test_a_seat_is_not_given_away_by_a_row_that_is_left_out(organiser, story):
    rows = [
        ("E-postadress", "Roll", "Plats"),
        ("ny@story.example", "ledamot", "Ledamot A"),
        ("mailto:Juror1@story.example", "ledamot", "Ledamot D"),
    ]
    page = shown(organiser, story.edition, "jurors", csv_of(rows))
    assert [each[1] for each in results(page)] == ["new", "changed"]

    draft = page.context["draft"]
    organiser.post(f"{draft.get_absolute_url()}answers/", {"row-3": "out"})
    page = organiser.get(draft.get_absolute_url(), {"show": "all"})
    assert problems(page) == ["2: Plats: platsen är någon annans."]


def test_a_seat_is_not_given_away_by_another_role_of_its_holder(organiser, story):
    rows = [
        ("E-postadress", "Roll", "Plats"),
        ("ny@story.example", "ledamot", "Ledamot A"),
        ("juror1@story.example", "observatör", "Ledamot D"),
    ]
    page = shown(organiser, story.edition, "jurors", csv_of(rows))

    assert problems(page) == ["2: Plats: platsen är någon annans."]


def test_juror_who_becomes_chair_on_the_same_seat_is_told_of_in_the_preview(organiser, story):
    rows = [("E-postadress", "Roll", "Plats"), ("juror1@story.example", "ordförande", "Ledamot A")]
    page = shown(organiser, story.edition, "jurors", csv_of(rows))

    assert [each[1] for each in results(page)] == ["new"]
    assert "Ordförande också, på samma plats" in page.content.decode()


EXTERNAL = ("Version", "Kommun", "Utvärderad", "Nr", "Område", "Poäng", "Max", "Riket")


def test_external_scores_keep_their_version(story, client_of, real):
    client = client_of(story.other_organiser)
    rows = [
        EXTERNAL,
        ("2020", "Borås", "feb 2029", "1", "Samspel", "61,5", "100", "55"),
        ("2010", "Borås", "feb 2029", "1", "Samspel", "40", "", ""),
    ]
    page = shown(client, real, "evaluations", csv_of(rows))
    assert [status for _number, status, _whom in results(page)] == ["new", "new"]
    confirm(client, page)
    assert set(
        EvaluationArea.objects.values_list(
            "evaluation__instrument_version", "evaluation__evaluated", "points", "max_points", "national_mean"
        )
    ) == {("2020", "2029-02", 61.5, 100, 55), ("2010", "2029-02", 40, 100, None)}
    assert set(Evaluation.objects.values_list("source__text", flat=True)) == {"SKR"}

    rows[1] = ("2020", "Borås", "feb 2029", "1", "Samspel", "62", "100", "55")
    page = shown(client, real, "evaluations", csv_of(rows))
    assert [each[1] for each in results(page)] == ["changed", "same"]
    confirm(client, page)
    assert EvaluationArea.objects.get(evaluation__instrument_version="2020").points == 62
    assert EvaluationArea.objects.count() == 2


def test_external_scores_in_trouble_have_their_sentences(story, client_of, real):
    client = client_of(story.other_organiser)
    rows = [
        EXTERNAL,
        ("2020", "Borås", "2029", "1", "Samspel", "101", "", ""),
        ("2020", "Borås", "2029", "2", "Samspel", "1,234", "", ""),
        ("2020", "Borås", "46000", "3", "Samspel", "sex", "", ""),
        ("", "Borås", "2029", "4,5", "", "7", "", ""),
    ]
    page = shown(client, real, "evaluations", csv_of(rows))

    assert problems(page) == [
        "2: Poäng: talet är under noll eller över det högsta.",
        "3: Poäng: ”1,234” har fler än 2 decimaler.",
        "4: Utvärderad: ”46000” är kalkylprogrammets eget nummer på en dag. Formatera kolumnen som datum.",
        "4: Poäng: ”sex” är inget tal.",
        "5: Version: cellen är tom.",
        "5: Områdets nummer: ”4,5” är inget heltal från 1 till 99.",
        "5: Område: cellen är tom.",
    ]


def test_rehearsal_brings_no_external_scores(organiser, story):
    answer = upload(organiser, story.edition, "evaluations", csv_of([EXTERNAL]))

    assert answer.status_code == 422
    assert "en repetition kan inte föra in dem" in answer.content.decode()


def test_external_scores_name_their_source(story, client_of, real):
    answer = upload(client_of(story.other_organiser), real, "evaluations", csv_of([EXTERNAL]), source="")

    assert "Ange varifrån poängen kommer." in answer.content.decode()


def test_column_is_chosen_remembered_and_asked_for(organiser, fresh):
    rows = [("Vem", "Ärende", "Annat"), ("Borås", "KS 1", "x")]
    address = upload(organiser, fresh, "nominations", csv_of(rows))["Location"]
    refused = columns(organiser, address)

    assert refused.status_code == 422
    assert "Ingen kolumn säger vilken kommun en rad gäller" in refused.content.decode()
    twice = columns(organiser, address, column_0="name", column_1="name")
    assert "Två kolumner sägs vara ”Kommun”. Välj en." in twice.content.decode()
    columns(organiser, address, column_0="name", column_1="diary_number")
    assert ColumnMemory.objects.get().columns == {"vem": "name", "ärende": "diary_number", "annat": ""}
    page = shown(organiser, fresh, "nominations", csv_of(rows))
    assert results(page) == [(2, "new", "Borås (1490)")]
    assert page.context["page"].unused == ("Annat",)


def test_value_said_once_holds_for_every_empty_cell(organiser, fresh):
    rows = [("Kommun", "Händelse"), ("Borås", ""), ("Kävlinge", "ej nominerad")]
    confirm(organiser, shown(organiser, fresh, "nominations", csv_of(rows), fill_event="nominerad"))

    told = NominationEvent.objects.filter(nomination__edition=fresh)
    assert set(told.values_list("nomination__municipality__code", "kind")) == {
        ("1490", "nominated"),
        ("1261", "not_nominated"),
    }


def test_nothing_is_written_when_the_site_has_moved_on(organiser, story, fresh):
    page = shown(organiser, fresh, "nominations", csv_of([HEAD, ("0484", "", ""), ("1490", "", "")]))
    Nomination.objects.create(edition=fresh, municipality=story.municipalities["0484"])
    answer = confirm(organiser, page)

    assert "Något har ändrats sedan du tittade. Inget skrevs." in answer.content.decode()
    assert Nomination.objects.filter(edition=fresh).count() == 1
    assert ImportDraft.objects.get().imported_at is None


def test_second_click_imports_nothing(organiser, fresh):
    page = shown(organiser, fresh, "nominations", csv_of([HEAD, ("0484", "", "")]))
    confirm(organiser, page)
    answer = confirm(organiser, page)

    assert "Tabellen har redan importerats. Inget har skrivits." in answer.content.decode()
    assert JournalEntry.objects.filter(verb="import_table").count() == 1


def test_journal_keeps_hash_source_and_counts_and_the_draft_forgets(organiser, story, fresh):
    content = csv_of([HEAD, ("0484", "", ""), ("1490", "", "")])
    confirm(organiser, shown(organiser, fresh, "nominations", content))
    told = JournalEntry.objects.get(verb="import_table")
    draft = ImportDraft.objects.get()

    assert (told.person_id, told.edition_id) == (story.organiser.pk, fresh.pk)
    assert told.data == {
        "kind": "nominations",
        "sha256": draft.sha256,
        "source": "SKR",
        "new": 2,
        "changed": 0,
        "same": 0,
        "problem": 0,
        "left_out": 0,
    }
    assert (draft.table, draft.answers) == ({}, {})
    assert (
        "2 nya, 0 ändrade, 0 som förut, 0 utelämnade."
        in organiser.get(draft.get_absolute_url()).content.decode()
    )


def test_draft_is_its_own_persons_and_expires(organiser, story, client_of, fresh):
    page = shown(organiser, fresh, "nominations", csv_of([HEAD, ("0484", "", "")]))
    url = page.context["draft"].get_absolute_url()

    assert client_of(story.administrator).get(url).status_code == 404
    assert organiser.get(url).status_code == 200
    ImportDraft.objects.update(created_at="2020-01-01T00:00Z")
    assert organiser.get(url).status_code == 404
    due.run(story.now)
    assert ImportDraft.objects.count() == 0


def test_draft_can_be_let_go(organiser, fresh):
    page = shown(organiser, fresh, "nominations", csv_of([HEAD, ("0484", "", "")]))
    draft = page.context["draft"]
    organiser.post(f"{draft.get_absolute_url()}discard/")

    assert ImportDraft.objects.count() == 0
    line = JournalEntry.objects.get(verb="discard_import")
    assert (line.thing_id, line.edition_id, line.data) == (draft.pk, fresh.pk, {"kind": "nominations"})


def test_a_draft_is_let_go_by_who_may_import_alone(organiser, story, fresh):
    draft = shown(organiser, fresh, "nominations", csv_of([HEAD, ("0484", "", "")])).context["draft"]

    with pytest.raises(PermissionDenied):
        discard_import(draft=draft, by=story.chair)

    assert ImportDraft.objects.count() == 1


def test_who_no_longer_organises_is_refused(organiser, story, fresh):
    page = shown(organiser, fresh, "nominations", csv_of([HEAD, ("0484", "", "")]))
    Role.objects.filter(edition=fresh, person=story.organiser).update(ended_at=story.now)

    assert organiser.get(page.context["draft"].get_absolute_url()).status_code == 403


@pytest.mark.parametrize("who", ["contact", "juror", "chair", "outsider"])
def test_others_are_refused(story, client_of, who):
    assert client_of(story.people[who]).get("/organiser/import/").status_code == 403


def test_other_peoples_edition_is_not_on_offer(organiser, story):
    answer = upload(organiser, story.elsewhere, "nominations", csv_of([HEAD, ("0484", "", "")]))

    assert answer.status_code == 422
    assert ImportDraft.objects.count() == 0


@pytest.mark.parametrize("count", [3, 290])
def test_rows_cost_the_same_queries_however_many(organiser, fresh, count, django_assert_num_queries):
    codes = [each.code for each in municipalities(count)]
    page = shown(organiser, fresh, "nominations", csv_of([("Kommunkod",), *((code,) for code in codes)]))
    url = page.context["draft"].get_absolute_url()

    with django_assert_num_queries(10):
        page = organiser.get(url)
    assert page.context["page"].counts[2].number == count


@pytest.mark.parametrize("count", [2, 40])
def test_contacts_and_jurors_cost_the_same_queries_however_many(
    organiser, story, count, django_assert_num_queries
):
    addresses = [f"{number}@story.example" for number in range(count)]
    contacts = [("Kommunkod", "E-post"), *(("1490", address) for address in addresses)]
    jurors = [("E-post", "Plats"), *((address, f"Plats {address}") for address in addresses)]
    pages = {
        kind: shown(organiser, story.call, kind, csv_of(rows)).context["draft"].get_absolute_url()
        for kind, rows in (("contacts", contacts), ("jurors", jurors))
    }

    with django_assert_num_queries(10):
        organiser.get(pages["contacts"])
    with django_assert_num_queries(8):
        organiser.get(pages["jurors"])


@pytest.mark.parametrize("count", [2, 40])
def test_external_scores_cost_the_same_queries_however_many(
    story, client_of, real, count, django_assert_num_queries
):
    rows = [("1490", "2020", "2029", str(number), "Del", "7") for number in range(1, count + 1)]
    head = ("Kommunkod", "Version", "År", "Nr", "Område", "Poäng")
    client = client_of(story.other_organiser)
    confirm(client, shown(client, real, "evaluations", csv_of([head, *rows])))
    page = shown(client, real, "evaluations", csv_of([head, *rows]))

    with django_assert_num_queries(9):
        client.get(page.context["draft"].get_absolute_url())


def test_workbook_brings_values_dates_and_results(organiser, fresh):
    rows = [
        ("Nominerade kommuner 2029", None, None, None),
        (None, None, None, None),
        ("Kod", "Kommun", "Händelse", "Datum"),
        (484, "Eskilstuna", "nominerad", date(2029, 3, 5)),
        ("1490", "Borås", "nominerad", "=A1"),
    ]
    page = shown(organiser, fresh, "nominations", xlsx_of(rows, [("annat",)]), name="lista.xlsx")

    assert results(page) == [(4, "new", "Eskilstuna (0484)"), (5, "problem", "Borås (1490)")]
    assert problems(page)[0] == "5: D5 innehåller en formel utan resultat. Skriv själva värdet."
    assert "bladet ”Blad1”, ett blad till läses inte" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Filen innehåller inga rader."),
        (b"a" * (5 * 2**20 + 1), "Filen är större än 5 MB, eller packas upp till långt mer än en lista."),
        (b"PK\x03\x04", "Filen är skadad. Öppna den, spara den igen som .xlsx och försök på nytt."),
    ],
)
def test_file_that_cannot_be_read_is_told_on_the_page(organiser, story, content, says):
    answer = upload(organiser, story.call, "nominations", content)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert ImportDraft.objects.count() == 0


def test_list_in_windows_1252_is_read(organiser, fresh):
    rows = [("Kommun",), ("BORÅS",), ("Västerås stad",), ("  Kävlinge\u00a0kommun",)]
    page = shown(organiser, fresh, "nominations", csv_of(rows, encoding="cp1252"))

    assert [whom for _number, _status, whom in results(page)] == [
        "Borås (1490)",
        "Västerås (1980)",
        "Kävlinge (1261)",
    ]
    assert "lista.csv, Windows-1252, kolumner skilda av ;" in page.content.decode()


def test_import_is_a_room_of_the_edition(story, rf):
    request = rf.get("/")
    request.user, request.edition = story.organiser, story.edition
    rooms = [(str(item.label), item.url) for item in items_for(request) if item.place == Place.EDITION]

    assert ("Importera", "/organiser/import/?edition=rehearsal-2027") in rooms
