"""The workbook up again: what would change is shown first, the juror chooses, and all is saved or nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.models import JournalEntry
from criteria import actions
from criteria.lines import Line, Paper
from criteria.models import (
    Acceptance,
    Assignment,
    Recusal,
    Round,
    Score,
    ScoreSheet,
    ScoringModel,
    Tie,
    Undertaking,
)
from criteria.scoring import Blank, Mark
from criteria.states import RecusalReason, RoundState, SheetState
from nominees.models import Nomination
from nominees.states import NominationState
from reports.workbook_import import dry_run, seats_of
from reports.workbook_offer import unsealed
from tests.reports.calc import filled_in_calc
from tests.reports.stranger import written_anew
from tests.reports.test_workbook_reading import added, bomb, edited, in_part, with_part

pytestmark = pytest.mark.django_db
UPLOAD = "/scoring/workbook/"
CONFIRM = "/scoring/workbook/confirm/"


@pytest.fixture
def issued(story, client_of) -> bytes:
    """juror3's own workbook: one draft for Eskilstuna with A1, A2, A3 and B1, and five entries not begun."""
    return client_of(story.juror3).get(reverse("own_workbook")).content


@pytest.fixture
def client(story, client_of):
    """juror3's browser."""
    return client_of(story.juror3)


def upload(client, content, name="jury.xlsx"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def confirm(client, page, **choices):
    data = {name.replace("_", "-"): value for name, value in choices.items()}
    return client.post(CONFIRM, {"offer": page.context["offer"], **data}, follow=True)


def sentence(page) -> str:
    """What stands at the file's field."""
    return " ".join(str(each) for each in page.context["form"].errors.get("file", []))


def messages(page) -> list[str]:
    return [str(each) for each in page.context["messages"]]


def lines(found) -> list[tuple]:
    return [(each.place, each.entry, each.what, each.old, each.new) for each in found]


def cell(sheet, row, column):
    """The cell of a row's key in the column of a machine name."""
    names = {each.value: each.column for each in sheet[4]}
    number = next(each.row for each in sheet["A"] if each.value == row)
    return sheet.cell(number, names[column])


def fill(values):
    """Write {(sheet, row, column): value}, as a stranger's tool would save it."""

    def write(book):
        for (title, row, column), value in values.items():
            cell(book[title], row, column).value = value

    return lambda content: edited(content, write)


def everything() -> tuple:
    """All that an upload could write."""
    journal = JournalEntry.objects.values_list("verb", "data")
    return (
        sorted(Score.objects.values_list()),
        sorted(ScoreSheet.objects.values_list()),
        [each for each in journal if each[0] in ("save_sheet", "import_sheets")],
    )


def save_on_site(story, code, **fields):
    """juror3 saves fields of A1 on the site."""
    found = Assignment.objects.select_related("round__scoring_model", "nomination", "juror", "sheet").get(
        pk=story.assignments["juror3", code].pk
    )
    line = Line(**{"mark": Mark(value=Decimal(4)), "strengths": "", **fields})
    only = frozenset(("A1", name) for name in fields)
    actions.save_sheet(
        assignment=found,
        written=Paper({"A1": line}, only=only),
        version=getattr(found, "sheet", ScoreSheet(version=0)).version,
        now=timezone.now(),
        by=story.juror3,
    )


def test_unchanged_file_changes_nothing(issued, client):
    before = everything()

    page = upload(client, issued)

    found = page.context["found"]
    assert (found.changes, found.conflicts, found.problems, found.unchanged) == ([], [], [], 6 * (12 * 4 + 2))
    assert page.context["offer"] == ""
    assert "Arbetsboken ändrar ingenting" in page.content.decode()
    assert everything() == before


def test_unchanged_file_is_unchanged_also_when_the_site_is_newer(story, issued, client):
    save_on_site(story, "0484", mark=Mark(value=Decimal(2)), strengths="nyare")

    found = upload(client, issued).context["found"]

    assert (found.changes, found.conflicts, found.unchanged) == ([], [], 300)


CHANGED = {
    ("Eskilstuna", "0484/A1", "score"): 4,
    ("Eskilstuna", "0484/A2", "strengths"): "ny styrka",
    ("Borås", "1490/A1", "score"): "ej tillämpligt",
    ("Borås", "1490/_privat", "levels"): "Fråga vidare",
    ("Borås", "1490/_jury", "levels"): "Till juryn",
}


def test_changed_cells_are_shown_one_by_one_then_saved(story, issued, client):
    before = everything()
    content = fill(CHANGED)(issued)

    page = upload(client, content)

    found = page.context["found"]
    was = Score.objects.get(sheet=story.sheets["juror3", "0484"], criterion="A1")
    assert sorted(each[1:] for each in lines(found.changes)) == [
        ("Borås", "mark", "", "Ej tillämpligt"),
        ("Borås", "note_to_jury", "", "Till juryn"),
        ("Borås", "private_note", "", "Fråga vidare"),
        ("Eskilstuna", "mark", "5", "4"),
        ("Eskilstuna", "strengths", "Styrka enligt juror3 0484 A2", "ny styrka"),
    ]
    assert everything() == before

    done = confirm(client, page)

    assert messages(done) == ["5 ändringar sparades från arbetsboken."]
    latest = Score.objects.filter(
        sheet__assignment__juror=story.seats["juror3"], is_latest=True, version__gte=1
    )
    told = {
        (each.sheet.assignment.nomination.municipality.code, each.criterion): each
        for each in latest.select_related("sheet__assignment__nomination__municipality")
    }
    a1, a2, boras = told["0484", "A1"], told["0484", "A2"], told["1490", "A1"]
    assert (a1.value, a1.version, a1.source, a1.strengths) == (4, 2, "workbook", was.strengths)
    assert (a2.strengths, a2.version, a2.source) == ("ny styrka", 2, "workbook")
    assert (boras.blank, boras.value, boras.version) == (Blank.NOT_APPLICABLE, None, 1)
    assert told["0484", "A3"].version == 1
    notes = ScoreSheet.objects.get(assignment=story.assignments["juror3", "1490"])
    assert (notes.private_note, notes.note_to_jury) == ("Fråga vidare", "Till juryn")
    entry = JournalEntry.objects.get(verb="import_sheets")
    assert (entry.data["sha256"], entry.data["source"], entry.person_id) == (
        found.sha256,
        "workbook",
        story.juror3.pk,
    )


@pytest.mark.parametrize("text", ["å" * 5_000, "å" * 10_000, "🦌" * 10_000])
def test_a_text_as_long_as_the_site_takes_is_unchanged_in_an_unchanged_file(story, client, text):
    save_on_site(story, "0484", strengths=text)

    found = upload(client, client.get(reverse("own_workbook")).content).context["found"]

    assert (found.changes, found.conflicts, found.problems) == ([], [], [])


def test_a_text_longer_than_the_site_takes_is_told_only_where_the_juror_wrote_it(story, client):
    sheet = story.sheets["juror3", "0484"]
    Score.objects.filter(sheet=sheet, criterion="A1").update(strengths="å" * 10_001)
    content = client.get(reverse("own_workbook")).content
    written = fill({("Borås", "1490/A1", "strengths"): "å" * 10_001, ("Borås", "1490/A1", "score"): 3})

    page = upload(client, written(content))

    found = page.context["found"]
    assert [(each.code, each.place) for each in found.problems] == [("too_long", "Borås!H7")]
    assert "Texten är längre än 10000 tecken. Korta den." in page.content.decode()
    assert [(each.entry, each.what) for each in found.changes] == [("Borås", "mark")]


def test_the_same_file_again_changes_nothing(issued, client):
    content = fill(CHANGED)(issued)
    confirm(client, upload(client, content))
    before = everything()

    found = upload(client, content).context["found"]

    assert (found.changes, found.conflicts) == ([], [])
    assert everything() == before


def test_the_same_list_confirmed_twice_is_saved_and_recorded_once(issued, client):
    page = upload(client, fill(CHANGED)(issued))
    first = confirm(client, page)
    before = everything()

    second = confirm(client, page)

    assert (messages(first), messages(second)) == (
        ["5 ändringar sparades från arbetsboken."],
        ["Det här står redan på webbplatsen. Inget ändrades."],
    )
    assert everything() == before


def test_what_the_site_says_already_is_neither_counted_nor_recorded(story, issued, client):
    page = upload(client, fill(CHANGED)(issued))
    save_on_site(story, "0484", mark=Mark(value=Decimal(4)))
    save_on_site(story, "0484", mark=Mark(value=Decimal(4)))
    offer = unsealed(page.context["offer"], story.juror3)
    eskilstuna = story.assignments["juror3", "0484"].pk
    only_a1 = replace(
        offer,
        versions=dict.fromkeys(offer.versions),
        changes=tuple(each for each in offer.changes if (each.assignment, each.code) != (eskilstuna, "A2")),
    )

    number = actions.import_sheets(
        scoring_round=story.round,
        papers=only_a1.papers(()),
        sha256=offer.sha256,
        workbook=offer.workbook,
        now=timezone.now(),
        by=story.juror3,
    )

    entry = JournalEntry.objects.get(verb="import_sheets")
    assert (number, entry.data["assignments"]) == (3, [story.assignments["juror3", "1490"].pk])


@pytest.mark.parametrize(("choice", "holds"), [("site", 2), ("workbook", 4), (None, 2)])
def test_a_conflict_is_decided_by_the_juror(story, issued, client, choice, holds):
    content = fill({("Eskilstuna", "0484/A1", "score"): 4, ("Eskilstuna", "0484/A2", "score"): 1})(issued)
    save_on_site(story, "0484", mark=Mark(value=Decimal(2)))

    page = upload(client, content)

    found = page.context["found"]
    assert [(each.what, each.old, each.new) for each in found.conflicts] == [("mark", "2", "4")]
    assert [each.code for each in found.changes] == ["A2"]
    confirm(client, page, **({"conflict_0": choice} if choice else {}))
    latest = Score.objects.filter(sheet=story.sheets["juror3", "0484"], is_latest=True)
    assert dict(latest.filter(criterion__in=["A1", "A2"]).values_list("criterion", "value")) == {
        "A1": holds,
        "A2": 1,
    }


def test_another_field_that_is_newer_on_the_site_is_no_conflict_and_stays(story, issued, client):
    content = fill({("Eskilstuna", "0484/A1", "score"): 4})(issued)
    save_on_site(story, "0484", strengths="skriven på webben")

    page = upload(client, content)
    confirm(client, page)

    score = Score.objects.get(sheet=story.sheets["juror3", "0484"], criterion="A1", is_latest=True)
    assert page.context["found"].conflicts == []
    assert (score.value, score.strengths, score.version) == (4, "skriven på webben", 3)


def test_a_note_that_is_newer_on_the_site_is_a_conflict(story, issued, client):
    content = fill({("Eskilstuna", "0484/_privat", "levels"): "i filen"})(issued)
    ScoreSheet.objects.filter(pk=story.sheets["juror3", "0484"].pk).update(
        private_note="på webben", version=2
    )

    found = upload(client, content).context["found"]

    assert [(each.what, each.old, each.new) for each in found.conflicts] == [
        ("private_note", "på webben", "i filen")
    ]


def test_a_save_on_the_site_after_the_dry_run_undoes_all(story, issued, client):
    page = upload(client, fill(CHANGED)(issued))
    save_on_site(story, "0484", strengths="emellan")
    before = everything()

    done = confirm(client, page)

    assert messages(done) == ["Något sparades på webbplatsen under tiden. Inget skrevs. Välj filen igen."]
    assert everything() == before


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (lambda _story: Round.objects.update(state=RoundState.CLOSED), "Bedömningen är stängd"),
        (
            lambda _story: ScoreSheet.objects.update(state=SheetState.DONE),
            "markerat den här ansökan som klar",
        ),
        (
            lambda story: Recusal.objects.create(
                juror=story.seats["juror3"], nomination=story.nominations["0484"], reason=RecusalReason.OTHER
            ),
            "inte längre din att bedöma",
        ),
        (
            lambda _story: Nomination.objects.update(state=NominationState.WITHDRAWN),
            "inte längre din att bedöma",
        ),
    ],
)
def test_a_door_that_shuts_after_the_dry_run_undoes_all(story, issued, client, happens, says):
    page = upload(client, fill(CHANGED)(issued))
    happens(story)
    before = everything()

    done = confirm(client, page)

    assert [says in each and each.endswith("Inget har skrivits.") for each in messages(done)] == [True]
    assert everything() == before


@pytest.mark.parametrize(
    "spoil", [lambda _offer: "", lambda offer: offer[:-1] + "x", lambda offer: offer + "\0"]
)
def test_an_offer_that_is_not_whole_writes_nothing(issued, client, spoil):
    offer = upload(client, fill(CHANGED)(issued)).context["offer"]
    before = everything()

    done = client.post(CONFIRM, {"offer": spoil(offer)}, follow=True)

    assert messages(done) == ["Listan med ändringar är för gammal eller inte hel. Välj filen igen."]
    assert everything() == before


def test_an_offer_of_somebody_else_writes_nothing(story, issued, client, client_of):
    offer = upload(client, fill(CHANGED)(issued)).context["offer"]
    before = everything()

    done = client_of(story.juror2).post(CONFIRM, {"offer": offer}, follow=True)

    assert messages(done) == ["Listan med ändringar är för gammal eller inte hel. Välj filen igen."]
    assert everything() == before


# What is shut ---------------------------------------------------------------------------------------
def test_an_entry_that_the_juror_stands_aside_from_is_not_compared(story, issued, client):
    Recusal.objects.create(
        juror=story.seats["juror3"], nomination=story.nominations["0484"], reason=RecusalReason.OTHER
    )

    page = upload(client, fill(CHANGED)(issued))

    found = page.context["found"]
    assert {each.entry for each in found.changes} == {"Borås"}
    assert [(each.code, each.place) for each in found.problems] == [("entry_shut", "Eskilstuna")]
    assert "Styrka enligt juror3" not in page.content.decode()


def test_an_entry_whose_tie_waits_for_an_answer_is_in_no_file_and_not_compared(story, issued, client):
    Tie.objects.create(
        person=story.juror3, kind=RecusalReason.EMPLOYER, municipality=story.municipalities["0484"]
    )
    before = everything()

    fresh = openpyxl.load_workbook(io.BytesIO(client.get(reverse("own_workbook")).content))
    found = upload(client, fill(CHANGED)(issued)).context["found"]

    assert ("Eskilstuna" in fresh.sheetnames, "Borås" in fresh.sheetnames) == (False, True)
    assert {each.entry for each in found.changes} == {"Borås"}
    assert [str(each.says) for each in found.problems] == [
        "En av dina anknytningar kan innebära jäv mot den här ansökan. Svara på det först. "
        "Ingenting av den lästes ur filen."
    ]
    assert everything() == before


def test_a_sheet_that_is_done_is_told_and_its_changes_are_left_out(story, issued, client):
    ScoreSheet.objects.filter(pk=story.sheets["juror3", "0484"].pk).update(state=SheetState.DONE)

    found = upload(client, fill(CHANGED)(issued)).context["found"]

    assert {each.entry for each in found.changes} == {"Borås"}
    assert [(each.code, each.place) for each in found.problems] == [("entry_shut", "Eskilstuna")]


def test_an_entry_that_was_withdrawn_is_told_and_its_changes_are_left_out(story, issued, client):
    Nomination.objects.filter(pk=story.nominations["1490"].pk).update(state=NominationState.WITHDRAWN)

    found = upload(client, fill(CHANGED)(issued)).context["found"]

    assert {each.entry for each in found.changes} == {"Eskilstuna"}
    assert [(each.code, each.place) for each in found.problems] == [("entry_shut", "Borås")]


# Bad input: one Swedish sentence, no 500, nothing written -----------------------------------------------
def foreign(story, client_of, juror):
    return client_of(story.people[juror]).get(reverse("own_workbook")).content


def million_rows(content):
    rows = b"<sheetData>" + b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(99, 30_000))
    return in_part("xl/worksheets/sheet3.xml", b"<sheetData>", rows)(content)


def set_mark(address, value):
    def spoil(book):
        book["_kk"][address].value = value

    return lambda content: edited(content, spoil)


REFUSED = {
    "old .xls or encrypted": (
        lambda _content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "Filen är i det gamla formatet .xls eller har lösenord.",
    ),
    ".ods": (
        with_part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        "Det här är en OpenDocument-fil.",
    ),
    ".csv renamed": (lambda _content: b"Kod;Poang\r\n0484;4\r\n", "Det här är inte en .xlsx-fil."),
    "truncated": (lambda content: content[: len(content) // 2], "Filen är skadad."),
    "empty": (lambda _content: b"", "Filen är tom."),
    "macros": (with_part("xl/vbaProject.bin", b"x"), "Filen innehåller makron."),
    "zip bomb": (lambda _content: bomb(), "Filen är mycket större än en "),
    "over ten megabytes": (
        lambda content: content + b"\0" * 11 * 2**20,
        "Filen är mycket större än en ",
    ),
    "formatted rows": (million_rows, "Filen är mycket större än en "),
    "entities": (
        with_part("customXml/item1.xml", b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'),
        "Filen innehåller något som aldrig finns i en arbetsbok.",
    ),
    "external links": (
        lambda content: added(content, "xl/externalLinks/externalLink1.xml", b"<x/>"),
        "Filen länkar till andra filer.",
    ),
    "edited fingerprint": (
        set_mark("B2", "0" * 64),
        "Filens märkning är inte vår eller har ändrats.",
    ),
    "no fingerprint": (set_mark("A1", "x"), "Filens märkning saknas."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(issued, client, name):
    spoil, says = REFUSED[name]
    before = everything()

    page = upload(client, spoil(issued))

    assert page.status_code == 200
    assert sentence(page)[: len(says)] == says
    assert everything() == before


def test_no_file_at_all_is_refused_in_a_sentence(issued, client):
    assert sentence(client.post(UPLOAD)) == "Välj en fil."


@pytest.mark.parametrize("other", ["juror1", "juror2"])
def test_another_jurors_file_is_refused(story, client_of, client, other):
    page = upload(client, foreign(story, client_of, other))

    assert sentence(page).startswith("Filen hör till en annan ledamot eller en annan omgång.")


def test_another_editions_file_is_refused(story, issued, client):
    Round.objects.filter(pk=story.round.pk).update(edition=story.elsewhere)

    assert sentence(upload(client, issued)).startswith(
        "Filen hör till en annan ledamot eller en annan omgång."
    )


def test_a_file_of_an_older_model_version_is_refused(story, issued, client):
    newer = ScoringModel.objects.get(pk=story.scoring_model.pk)
    newer.pk, newer.version = None, 2
    newer.definition = {**newer.definition, "version": 2}
    newer.save()
    Round.objects.update(scoring_model=newer)

    assert sentence(upload(client, issued)).startswith("Filen är gjord för en äldre bedömningsmodell.")


def test_a_file_of_another_round_is_refused(story, issued, client):
    second = Round.objects.get(pk=story.round.pk)
    second.pk, second.position = None, 2
    second.save()
    Assignment.objects.filter(juror=story.seats["juror3"]).update(round=second)

    assert sentence(upload(client, issued)) == "Filen gjordes för en annan bedömningsrunda. Hämta en ny."


def test_a_file_after_the_close_is_refused(issued, client):
    Round.objects.update(state=RoundState.CLOSED)

    assert sentence(upload(client, fill(CHANGED)(issued))).startswith("Bedömningen är stängd")


def test_the_undertaking_comes_first(story, issued, client):
    Undertaking.objects.create(edition=story.edition, version=1, text_sv="Jag lovar.")

    assert sentence(upload(client, issued)) == "Godkänn först juryns försäkran. Välj sedan filen igen."
    assert Acceptance.objects.count() == 0


VALUES = {
    "4,5": "4,5 ligger mellan två steg",
    "4.5": "4,5 ligger mellan två steg",
    6: "6 ligger utanför skalan",
    0: "0 ligger utanför skalan",
    True: "SANT och FALSKT är inga poäng",
    "40 %": "“40 %”",
    "fyra": "“fyra”",
    "=2+2": "Cellen innehåller en formel utan resultat.",
    "#N/A": "Cellen innehåller ett fel",
}


def test_cells_that_hold_no_score_are_problems_and_the_rest_can_be_saved(story, issued, client):
    rows = [f"1490/{area}{number}" for area in "ABC" for number in (1, 2, 3)]
    given = {("Borås", row, "score"): value for row, value in zip(rows, VALUES, strict=True)}

    page = upload(client, fill({**given, ("Borås", "1490/D1", "score"): " ４ "})(issued))

    found = page.context["found"]
    assert [(each.code, each.new) for each in found.changes] == [("D1", "4")]
    assert [each.place.split("!")[0] for each in found.problems] == ["Borås"] * 9
    assert all(str(each.says).endswith(".") or ")" in str(each.says) for each in found.problems)
    confirm(client, page)
    sheet = ScoreSheet.objects.get(assignment=story.assignments["juror3", "1490"])
    assert list(sheet.scores.values_list("criterion", "value")) == [("D1", 4)]


def test_rows_columns_and_sheets_may_be_moved_and_renamed(issued, client):
    def move(book):
        book["Borås"].title = "min favorit"
        book.move_sheet("min favorit", -2)
        cell(book["min favorit"], "1490/A1", "score").value = 3

    found = upload(client, edited(issued, move)).context["found"]

    assert [(each.entry, each.code, each.new) for each in found.changes] == [("Borås", "A1", "3")]
    assert found.changes[0].place.startswith("min favorit!")


def test_deleted_rows_and_merged_cells_are_told(issued, client):
    def spoil(book):
        cell(book["Borås"], "1490/A1", "key").value = None
        book["Karlstad"].merge_cells(
            f"{cell(book['Karlstad'], '1780/A1', 'score').coordinate}:"
            f"{cell(book['Karlstad'], '1780/A2', 'score').coordinate}"
        )

    found = upload(client, edited(issued, spoil)).context["found"]

    assert ([each.code for each in found.problems], found.changes) == (
        ["row_missing", "merged", "merged"],
        [],
    )


def test_problems_name_the_municipality_whatever_its_sheet_is_called(issued, client):
    def spoil(book):
        cell(book["Borås"], "1490/A1", "score").value = "fyra"
        book["Borås"].title = "min favorit"
        cell(book["Karlstad"], "1780/A1", "score").value = "fyra"
        book.remove(book["Eskilstuna"])

    found = upload(client, edited(issued, spoil)).context["found"]

    assert sorted((each.code, each.place) for each in found.problems) == [
        ("sheet_missing", "Eskilstuna"),
        ("value", "Karlstad!F7"),
        ("value", "min favorit!F7 (Borås)"),
    ]


def test_an_entry_that_is_no_longer_the_jurors_is_named(story, issued, client):
    Assignment.objects.filter(pk=story.assignments["juror3", "1490"].pk).delete()

    found = upload(client, issued).context["found"]

    assert [(each.code, each.place) for each in found.problems] == [("entry_shut", "Borås")]


@pytest.mark.office
def test_a_file_filled_in_and_saved_by_libreoffice_brings_changes_and_a_conflict(
    story, issued, client, tmp_path
):
    values = {
        ("Eskilstuna", "0484/A1", "score"): 4,
        ("Borås", "1490/A1", "score"): 3,
        ("Borås", "1490/A1", "strengths"): "Tydliga mål på åtta områden",
        ("Karlstad", "1780/B1", "score"): "ej tillämpligt",
    }
    filled = filled_in_calc(tmp_path, issued, values)
    save_on_site(story, "0484", mark=Mark(value=Decimal(1)))

    page = upload(client, filled)

    found = page.context["found"]
    news = {each.new for each in found.changes}
    assert (news, [each.new for each in found.conflicts]) == (
        {"3", "Tydliga mål på åtta områden", "Ej tillämpligt"},
        ["4"],
    )
    assert (found.problems, found.unchanged) == ([], 296)
    assert messages(confirm(client, page, conflict_0="workbook")) == [
        "4 ändringar sparades från arbetsboken."
    ]


@pytest.mark.office
def test_the_total_in_a_file_filled_in_by_libreoffice_is_the_sites_after_the_upload(
    story, issued, client, tmp_path
):
    scored = [f"{area}{number}" for area in "ABCD" for number in (1, 2, 3)]
    values = {("Borås", f"1490/{code}", "score"): 1 + at % 5 for at, code in enumerate(scored)}
    filled = filled_in_calc(tmp_path, issued, values)

    confirm(client, upload(client, filled))

    page = client.get(reverse("scoring_page", args=[story.assignments["juror3", "1490"].pk]))
    total = openpyxl.load_workbook(io.BytesIO(filled), data_only=True)["Borås"]["F3"].value
    assert (Decimal(str(total)), page.context["total"].of) == (page.context["total"].value, 12)


def test_a_file_written_anew_by_another_library_brings_its_changes(issued, client):
    page = upload(client, written_anew(issued, CHANGED))
    found = page.context["found"]
    assert sorted(each.new for each in found.changes) == sorted(
        ["Ej tillämpligt", "Till juryn", "Fråga vidare", "4", "ny styrka"]
    )
    assert (found.problems, found.conflicts) == ([], [])


# Who, how much, and by command -------------------------------------------------------------------------
def test_upload_is_for_jurors_alone(story, client_of):
    statuses = [
        client_of(person).get(UPLOAD).status_code
        for person in (story.juror3, story.chair, story.organiser, story.outsider, story.earlier_juror)
    ]
    assert statuses == [200, 404, 404, 404, 404]


@pytest.mark.parametrize("codes", [["1490"], ["1490", "0484", "1780"]])
def test_a_dry_run_costs_the_same_queries_for_one_entry_and_for_three(story, issued, client, codes):
    sheets = {"1490": "Borås", "0484": "Eskilstuna", "1780": "Karlstad"}
    content = fill({(sheets[code], f"{code}/D1", "score"): 5 for code in codes})(issued)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        dry_run(story.juror3, seats_of(story.juror3, story.now), content, now=timezone.now(), language="sv")

    assert len(queries) == 4


def test_the_upload_page_costs_ten_queries(issued, client):
    content = fill(CHANGED)(issued)

    with CaptureQueriesContext(connection) as queries:
        upload(client, content)

    assert len(queries) == 10


def command(capsys, path, *more):
    """(exit code, what it wrote, what it said was wrong)."""
    code = 0
    try:
        call_command("import_jury_workbook", str(path), *more)
    except SystemExit as end:
        code = end.code
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_command_prints_the_dry_run_and_saves_with_apply(story, issued, tmp_path, capsys):
    path = tmp_path / "jury.xlsx"
    path.write_bytes(fill({("Borås", "1490/A1", "score"): 3})(issued))
    before = everything()

    code, out, _err = command(capsys, path, "--as", story.juror3.email)

    assert (code, out.splitlines()[0]) == (0, "Borås!F7 Borås: Demokrati 1, Poäng: '' -> '3'")
    assert everything() == before
    assert (
        command(capsys, path, "--as", story.juror3.email, "--apply")[1].splitlines()[-1] == "Saved 1 changes."
    )
    assert Score.objects.get(sheet__assignment=story.assignments["juror3", "1490"]).value == 3


def test_the_command_refuses_with_a_sentence(story, issued, tmp_path, capsys):
    path = tmp_path / "jury.xlsx"
    path.write_bytes(issued[:500])
    before = everything()

    assert command(capsys, path, "--as", story.juror3.email, "--apply")[::2] == (
        2,
        "Filen är skadad. Spara om den som .xlsx eller hämta en ny.\n",
    )
    assert command(capsys, path, "--as", "nobody@story.example")[0] == 2
    assert command(capsys, path, "--as", story.chair.email)[0] == 2
    assert command(capsys, tmp_path / "none.xlsx", "--as", story.juror3.email)[0] == 2
    assert everything() == before


def test_the_command_does_not_choose_in_a_conflict(story, issued, tmp_path, capsys):
    path = tmp_path / "jury.xlsx"
    path.write_bytes(fill({("Eskilstuna", "0484/A1", "score"): 4})(issued))
    save_on_site(story, "0484", mark=Mark(value=Decimal(2)))
    latest = Score.objects.filter(sheet=story.sheets["juror3", "0484"], criterion="A1", is_latest=True)

    assert command(capsys, path, "--as", story.juror3.email, "--apply")[0] == 2
    assert latest.get().value == 2
    assert command(capsys, path, "--as", story.juror3.email, "--apply", "--conflicts", "workbook")[0] == 0
    assert latest.get().value == 4


@pytest.mark.parametrize(
    ("name", "why"), [("nowhere.xlsx", "No such file or directory"), (".", "Is a directory")]
)
def test_the_command_says_why_a_file_cannot_be_read(story, tmp_path, capsys, name, why):
    path = tmp_path / name

    assert command(capsys, path, "--as", story.juror3.email) == (2, "", f"{path} cannot be read: {why}.\n")
