"""The organiser's lists: the same rows, order and columns as page and file, at a cost that does not grow."""

import csv
import hashlib
import io
import json
import re

import openpyxl
import pytest
from django.core import mail
from django.utils import timezone

from awards.models import Award, Edition, Fair, Invitation, JournalEntry, Letter, Person, Role, Seat
from awards.states import LetterState, RoleKind
from criteria.actions import note_reading
from criteria.models import Assignment, Round
from criteria.states import RoundState
from nominees.models import Contact, Material, Municipality, Nomination, NominationEvent
from nominees.states import EventKind, MaterialState, NominationState
from reports import exporting
from reports.actions.receipts import keep_receipt
from reports.catalogue.registry import named
from reports.catalogue.report import Asked
from reports.columns import Kind
from reports.lists.register import LISTS
from reports.models import ExportReceipt
from tests.story import BORAS, ESKILSTUNA

QUERIES = {  # literal: no list may cost more than ten, however long it is
    "nominations": 10,
    "municipalities": 10,
    "contacts": 10,
    "jurors": 10,
    "materials": 9,
    "letters": 10,
    "journal": 10,
}


def url(story, name, ending="/"):
    below = "/list" if name in ("letters", "journal") else ""
    return f"/organiser/editions/{story.edition.key}/{name}{below}{ending}"


@pytest.fixture
def client(story, client_of):
    found = client_of(story.organiser)
    found.post("/language/", {"language": "en"})
    return found


def shown(page):
    """(headings, rows) of the table on the page, as texts."""
    content = page.content.decode()
    table = re.search(r"<table class=\"kv-table\">(.*?)</table>", content, re.DOTALL)
    if table is None:
        return [], []
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", table[1], re.DOTALL)
    body = table[1].split("<tbody>")[1]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [plain(head) for head in heads], [[plain(cell) for cell in row] for row in rows]


def plain(markup):
    return re.sub(r"<[^>]+>", "", markup).strip().replace("\N{NO-BREAK SPACE}", " ")


def read_csv(answer):
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def more(story, number):
    """So many more rows in every list."""
    county = story.municipalities[BORAS].county
    places = Municipality.objects.bulk_create(
        Municipality(
            code=f"{9000 + at}", name=f"Mätby {at:02d}", full_name=f"Mätby {at:02d} kommun", county=county,
            group="C6", population=5000 + at, population_date=timezone.localdate(),
            organisation_number=f"999000-{at:04d}", sort_key=f"99{at:04d}",
        )
        for at in range(number)
    )  # fmt: skip
    people = Person.objects.bulk_create(Person(email=f"row{at}@story.example") for at in range(number))
    entries = Nomination.objects.bulk_create(
        Nomination(edition=story.edition, municipality=place, state=NominationState.SUBMITTED)
        for place in places
    )
    NominationEvent.objects.bulk_create(
        NominationEvent(nomination=entry, kind=EventKind.SUBMITTED) for entry in entries
    )
    Contact.objects.bulk_create(
        Contact(edition=story.edition, municipality=place, person=person)
        for place, person in zip(places, people, strict=True)
    )
    Role.objects.bulk_create(
        Role(edition=story.edition, person=person, kind=RoleKind.JUROR, seat=f"Plats {at:02d}")
        for at, person in enumerate(people)
    )
    Material.objects.bulk_create(
        Material(nomination=entry, name=f"bilaga {at:02d}.pdf", file=f"materials/x{at}", size=1000 + at)
        for at, entry in enumerate(entries)
    )
    Letter.objects.bulk_create(
        Letter(
            edition=story.edition,
            email=person.email,
            purpose="invitation",
            subject=f"Brev {at:02d}",
            body="-",
        )
        for at, person in enumerate(people)
    )
    JournalEntry.objects.bulk_create(
        JournalEntry(at=timezone.now(), edition_id=story.edition.pk, verb="invite", thing="role", thing_id=at)
        for at in range(number)
    )


@pytest.mark.parametrize("rows", [5, 60])
@pytest.mark.parametrize("name", QUERIES)
def test_list_costs_the_same_with_few_and_many_rows(story, client, django_assert_num_queries, name, rows):
    more(story, rows)
    with django_assert_num_queries(QUERIES[name]):
        assert client.get(url(story, name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_file_costs_the_same_with_few_and_many_rows(story, client, django_assert_max_num_queries, name):
    more(story, 60)
    with django_assert_max_num_queries(14):
        client.get(url(story, name, ".csv"))


@pytest.mark.parametrize("name", LISTS)
def test_file_has_the_rows_order_and_columns_of_the_page(story, client, name):
    more(story, 60)
    kind = LISTS[name]
    columns = [column.key for column in kind.columns][::2]
    sort = next(column.key for column in kind.columns if column.sorts and column.key in columns)
    query = "&".join([f"sort=-{sort}", *(f"columns={key}" for key in columns)])

    pages = [shown(client.get(f"{url(story, name)}?{query}&page={number}")) for number in (1, 2)]
    rows = [row for _heads, found in pages for row in found]
    header, *lines = read_csv(client.get(f"{url(story, name, '.csv')}?{query}"))
    keys = json.loads(b"".join(client.get(f"{url(story, name, '.json')}?{query}").streaming_content))

    assert header == pages[0][0]
    assert len(lines) >= len(rows) > 50
    found = [column for column in kind.columns if column.key in columns]
    written = (Kind.MOMENT, Kind.DAY)  # a page writes times and figures as people read them
    text = [at for at, each in enumerate(found) if not each.is_number and each.kind not in written]
    written = [[row[at] or "–" for at in text] for row in lines[: len(rows)]]
    assert written == [[row[at] for at in text] for row in rows]
    assert list(keys["rows"][0]) == columns


def test_page_shows_the_usual_columns_in_the_usual_order(story, client):
    heads, rows = shown(client.get(url(story, "nominations")))
    assert heads == ["Municipality", "Code", "State", "Outcome", "Submitted", "Files", "Contacts", "County"]
    assert [row[0] for row in rows] == [
        "Borås",
        "Eskilstuna",
        "Helsingborg",
        "Karlstad",
        "Kävlinge",
        "Västerås",
    ]
    assert rows[1][1:4] == ["0484", "Submitted", "Nominated"]


def test_sorted_heading_says_so(story, client):
    page = client.get(url(story, "nominations") + "?sort=-code").content.decode()
    assert page.count('aria-sort="descending"') == 1
    assert [row[1] for row in shown(client.get(url(story, "nominations") + "?sort=-code"))[1]][:2] == [
        "1980",
        "1780",
    ]


def test_filters_are_chips_that_can_be_taken_away(story, client):
    query = "?state=submitted&county=04&sort=code"
    page = client.get(url(story, "nominations") + query)
    content = page.content.decode()
    assert [row[0] for row in shown(page)[1]] == ["Eskilstuna"]
    assert re.findall(r'<a class="kv-chip" href="([^"]+)"', content) == [
        "?county=04&amp;sort=code", "?state=submitted&amp;sort=code",
    ]  # fmt: skip


def test_unknown_value_is_shown_and_empties_the_list(story, client):
    page = client.get(url(story, "nominations") + "?state=molnfri&columns=nonsense&sort=nothing")
    content = page.content.decode()
    assert (page.status_code, shown(page)[1]) == (200, [])
    assert "“molnfri” is not among the choices." in content
    assert "State: molnfri" in content
    refused = client.get(url(story, "nominations", ".csv") + "?state=molnfri")
    assert (refused.status_code, refused.content.decode()) == (400, "“molnfri” is not among the choices.")
    assert ExportReceipt.objects.count() == 0


def test_jury_shows_who_has_not_signed_in(story, client, client_of):
    client_of(story.juror1)
    Invitation.objects.create(
        email="new@story.example", edition=story.edition, kind=RoleKind.JUROR, secret_hash="x",
        expires_at=timezone.now(),
    )  # fmt: skip
    page = client.get(url(story, "jurors") + "?kind=juror")
    assert [(row[0], row[5]) for row in shown(page)[1]] == [
        ("new@story.example", "–"), ("Ledamot A", "Yes".lower()), ("Ledamot B", "no"), ("Ledamot C", "no"),
    ]  # fmt: skip
    assert "One person has been invited to the jury" in page.content.decode()
    silent = client.get(url(story, "jurors") + "?kind=juror&signed_in=no")
    assert [row[0] for row in shown(silent)[1]] == ["Ledamot B", "Ledamot C"]


def test_jury_shows_seats_that_are_offered_and_vacant_in_page_and_file(story, client):
    for name in ("Ledamot A", "Ledamot X", "Ledamot Y"):
        Seat.objects.create(edition=story.edition, name=name, organisation="Övningsförbundet")
    Invitation.objects.create(
        email="new@story.example", edition=story.edition, kind=RoleKind.JUROR, secret_hash="x",
        expires_at=timezone.now(), details={"seat": "Ledamot X"},
    )  # fmt: skip
    wanted = [
        ("Ledamot A", "Juror", "Taken"), ("Ledamot B", "Juror", "Taken"), ("Ledamot C", "Juror", "Taken"),
        ("Ledamot X", "Juror", "Offered"), ("Ledamot Y", "Juror", "Vacant"),
    ]  # fmt: skip
    page = client.get(url(story, "jurors") + "?kind=juror")
    lines = read_csv(client.get(url(story, "jurors", ".csv") + "?kind=juror"))
    assert [tuple(row[:3]) for row in shown(page)[1]] == wanted
    assert [tuple(row[:3]) for row in lines[1:]] == wanted
    vacant = client.get(url(story, "jurors") + "?standing=vacant&q=Övning&sort=-seat")
    assert [row[0] for row in shown(vacant)[1]] == ["Ledamot Y"]
    assert named("jurors").to_count(Asked(story.edition, story.organiser, timezone.now()))[2].count() == 1


def test_files_show_size_and_check(story, client):
    entry = story.nominations[ESKILSTUNA]
    Material.objects.create(nomination=entry, name="=HYPERLINK(1).pdf", file="materials/a", size=2_400_000,
                            state=MaterialState.READY)  # fmt: skip
    Material.objects.create(nomination=entry, name="fel.exe", file="materials/b", state=MaterialState.REFUSED,
                            refusal="Filen är ett program.")  # fmt: skip
    rows = shown(client.get(url(story, "materials") + "?sort=-size"))[1]
    assert [(row[0], row[3], row[4], row[7]) for row in rows] == [
        ("=HYPERLINK(1).pdf", "Ready", "2.4 MB", "–"),
        ("fel.exe", "Refused", "0 bytes", "Filen är ett program."),
    ]
    lines = read_csv(client.get(url(story, "materials", ".csv") + "?sort=-size"))
    assert (lines[1][0], lines[1][4]) == ("'=HYPERLINK(1).pdf", "2400000")


def test_workbook_keeps_codes_as_text_and_times_as_times(story, client):
    Letter.objects.create(
        edition=story.edition,
        email="a@story.example",
        purpose="invitation",
        subject="=1+1",
        body="-",
        state=LetterState.SENT,
        sent_at=story.now,
    )
    answer = client.get(url(story, "letters", ".xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=1+1", "s")
    assert sheet["F6"].is_date
    contacts = client.get(url(story, "contacts", ".xlsx") + "?level=submitter&q=story")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(contacts.streaming_content))).active
    assert (sheet["B7"].value, sheet["B7"].data_type) == ("0484", "s")
    said = "Filtered by Person, position or municipality: story; May: writes and submits."
    assert sheet["A3"].value == said


def test_a_very_large_workbook_is_ordered_instead_also_from_a_saved_address(story, client, monkeypatch):
    monkeypatch.setattr(exporting, "LARGE", 1)

    large = client.get(url(story, "contacts", ".xlsx") + "?level=submitter")
    narrow = client.get(url(story, "contacts", ".xlsx") + f"?q={BORAS}")

    back = large["Location"]
    assert (large.status_code, back.startswith(url(story, "contacts") + "?level=submitter")) == (302, True)
    assert "Order it here" in client.get(back).content.decode()
    assert (narrow.status_code, ExportReceipt.objects.count()) == (200, 1)


def test_file_leaves_a_receipt_with_its_filters_and_hash(story, client):
    answer = client.get(url(story, "contacts", ".csv") + "?level=submitter&columns=name&columns=email")
    content = b"".join(answer.streaming_content)
    receipt = ExportReceipt.objects.get()
    assert (receipt.person, receipt.edition, receipt.report, receipt.format, receipt.rows) == (
        story.organiser, story.edition, "contacts", "csv", 6,
    )  # fmt: skip
    assert receipt.filters == {"level": ["submitter"], "columns": ["name", "email"]}
    assert receipt.sha256 == hashlib.sha256(content).hexdigest()
    assert JournalEntry.objects.filter(verb="export_report", thing_id=receipt.pk).count() == 1


@pytest.mark.parametrize("name", LISTS)
def test_list_holds_this_edition_only(story, client, client_of, name):
    other = client_of(story.other_organiser)
    assert other.get(url(story, name)).status_code == 404
    assert client_of(story.chair).get(url(story, name)).status_code == 403
    assert client_of(story.chair).get(url(story, name, ".csv")).status_code == 403


def test_contacts_of_another_edition_stay_out(story, client):
    person = Person.objects.create_user("elsewhere@story.example")
    Contact.objects.create(edition=story.elsewhere, municipality=story.municipalities[BORAS], person=person)
    emails = [row[3] for row in shown(client.get(url(story, "contacts")))[1]]
    assert emails == [
        f"contact-{code}@story.example" for code in ("1490", "0484", "1283", "1780", "1261", "1980")
    ]
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("free", "A letter of your own"),
        ("not-nominated", "Not nominated"),
        ("entry-reopened", "An entry was opened again"),
    ],
)
def test_letters_purpose_and_failure_are_told_in_words(story, client, purpose, words):
    Letter.objects.filter(edition=story.edition).delete()
    Letter.objects.create(
        edition=story.edition, email="a@story.example", purpose=purpose, subject="Brev", body="-",
        state=LetterState.FAILED, failure="ConnectionRefusedError: [Errno 111] Connection refused",
    )  # fmt: skip
    why = "The mail server did not answer. (ConnectionRefusedError: [Errno 111] Connection refused)"
    row = shown(client.get(url(story, "letters")))[1][0]
    line = read_csv(client.get(url(story, "letters", ".csv")))[1]
    assert (row[2], row[6], line[2], line[6]) == (words, why, words, why)


def test_journal_tells_who_took_what_and_who_read_as_the_page_does(story, client):
    JournalEntry.objects.all().delete()
    keep_receipt(
        report="jury_binder", format="pdf", edition=story.edition, rows=6, sha256="", by=story.organiser
    )
    note_reading(edition=story.edition, room="standings", now=timezone.now(), by=story.chair)
    wanted = [
        ("Read the standings", "Ordförande", "–"),
        ("Downloaded a file", "Organiser", "The jury&#x27;s binder (pdf, 6 rows)"),
    ]
    rows = shown(client.get(url(story, "journal") + "?columns=what&columns=who&columns=file"))[1]
    assert [tuple(row) for row in rows] == wanted
    asked = "?columns=what&columns=who&columns=file&verb=read_standings"
    assert read_csv(client.get(url(story, "journal", ".csv") + asked))[1:] == [
        ["Read the standings", "Ordförande", ""]
    ]


def test_every_receipt_has_a_line_in_the_journal_that_names_the_report(story, client, client_of):
    client.get(f"/organiser/editions/{story.edition.key}/contacts.csv")
    Round.objects.filter(pk=story.round.pk).update(state=RoundState.CLOSED)
    client_of(story.chair).get("/editions/rehearsal-2027/standings.csv")
    client_of(story.chair).get("/editions/rehearsal-2027/jury-workbook.xlsx")
    lines = JournalEntry.objects.filter(verb="export_report").order_by("pk")
    assert [row.data["report"] for row in lines] == ["contacts", "standings", "organiser_workbook"]
    assert list(lines.values_list("thing_id", flat=True)) == list(
        ExportReceipt.objects.order_by("pk").values_list("pk", flat=True)
    )


def test_earlier_nominations_are_those_of_the_same_award_before(story, client):
    later = Fair.objects.create(label_year=2033)
    sister = Award.objects.create(slug="annat-pris", name_sv="Annat pris")
    others = [
        Edition.objects.create(award=award, fair=fair, key=key, published_at=story.history.published_at)
        for award, fair, key in (
            (story.history.award, later, "2033"), (sister, story.history.fair, "annat-2015"),
        )
    ]  # fmt: skip
    for edition in others:
        entry = Nomination.objects.create(
            edition=edition, municipality=story.municipalities[BORAS], published_at=story.history.published_at
        )
        NominationEvent.objects.create(nomination=entry, kind=EventKind.NOMINATED)
    page = shown(client.get(url(story, "municipalities") + "?columns=name&columns=earlier"))
    assert dict(page[1])["Borås"] == "1"


def test_jury_reads_in_this_round_what_is_there_to_be_read(story, client):
    def read():
        page = client.get(url(story, "jurors") + "?columns=seat&columns=assigned&columns=done&kind=juror")
        return [tuple(row) for row in shown(page)[1]]

    assert read() == [("Ledamot A", "6", "6"), ("Ledamot B", "5", "5"), ("Ledamot C", "6", "0")]
    story.nominations[ESKILSTUNA].state = NominationState.WITHDRAWN
    story.nominations[ESKILSTUNA].save()
    assert read() == [("Ledamot A", "5", "5"), ("Ledamot B", "4", "4"), ("Ledamot C", "5", "0")]
    second = Round.objects.create(
        edition=story.edition, scoring_model=story.scoring_model, position=2, state=RoundState.OPEN
    )
    Assignment.objects.create(round=second, juror=story.seats["juror1"], nomination=story.nominations[BORAS])
    assert read() == [("Ledamot A", "1", "0"), ("Ledamot B", "0", "0"), ("Ledamot C", "0", "0")]
