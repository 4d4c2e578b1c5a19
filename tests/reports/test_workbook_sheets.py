"""The juror's workbook, opened again: what stands where, what is open, and what must not be in it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from criteria.scoring import Blank, Mark
from reports.workbook.build import build_jury_workbook
from reports.workbook.fingerprint import opened, payload_of
from reports.workbook.spec import CriterionSpec, Fact, WorkbookSpec
from tests.reports.test_cells import NASTY
from tests.reports.workbooks import KEY, entry, eskilstuna_2015, preset, random_marks, seeded, spec

MODEL = preset("four-areas")
CODES = [leaf.code for area in MODEL.root.children for leaf in area.children]


def scored(*values):
    """Marks for the twelve criteria: numbers, "-" no evidence, "x" not applicable, None nothing."""
    blanks = {"-": Mark(blank=Blank.NO_EVIDENCE), "x": Mark(blank=Blank.NOT_APPLICABLE)}
    return {
        code: blanks.get(value) or Mark(value=Decimal(value))
        for code, value in zip(CODES, values, strict=True)
        if value is not None
    }


def six(language="sv") -> WorkbookSpec:
    return spec(
        MODEL,
        [
            entry("1490", "Borås", scored(4, 3, 4, 3, 4, 3, 4, 4, 3, 4, 4, 4)),
            eskilstuna_2015(scored(4, 4, 3, 5, 3, 4, 4, 5, 3, 4, "-", None)),
            entry("1283", "Helsingborg", scored(*"xxx", 3, 3, 3, 4, 4, 3, 4, 4, 4)),
            entry("1780", "Karlstad", {}),
            entry("1261", "Kävlinge", scored(4, 3, 4, 3, 4, 3, 4, 4, 3, 4, 4, 4)),
            entry(
                "1980",
                "Västerås",
                scored(*[5] * 12),
                recused="hemkommun",
                facts=(Fact("Hemligt", "Västerås hemlighet"),),
                private_note="Västerås anteckning",
            ),
        ],
        language=language,
    )


@pytest.fixture(scope="module")
def content() -> bytes:
    return build_jury_workbook(six())


@pytest.fixture(scope="module")
def shown(content):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def row(sheet, number, first, last):
    return [cell.value for cell in sheet[f"{first}{number}:{last}{number}"][0]]


def parts(content) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_sheets_stand_in_order_and_the_overview_is_open(book):
    assert book.sheetnames == [
        "Läs mig", "Översikt", "Borås", "Eskilstuna", "Helsingborg", "Karlstad", "Kävlinge", "Västerås",
        "Kontroll", "_kk",
    ]  # fmt: skip
    assert (book.active.title, book["_kk"].sheet_state) == ("Översikt", "hidden")


def test_the_overview_has_one_row_per_nomination(shown):
    sheet = shown["Översikt"]

    assert [row(sheet, number, "B", "L") for number in range(4, 11)] == [
        ["Nominering", "Demokrati", "Service", "Arbetsmiljö", "Samhällsbyggare", "Viktat värde", "Av 100",
         "Plats", "Bedömda", "Saknas", "Status"],
        ["Borås", 3.65, 3.35, 3.75, 4, 3.67, 66.8, 1, 12, 0, "komplett"],
        ["Eskilstuna", 3.75, 4.05, 4.1, 2.6, 3.68, 67.1, "–", 11, 1, "påbörjad"],
        ["Helsingborg", None, 3, 3.75, 4, 3.55, 63.8, 3, 12, 0, "komplett"],
        ["Karlstad", None, None, None, None, None, None, "–", 0, 12, "inte påbörjad"],
        ["Kävlinge", 3.65, 3.35, 3.75, 4, 3.67, 66.8, 1, 12, 0, "komplett"],
        ["Västerås", "–", "–", "–", "–", "–", "–", "–", "–", "–", "jäv – bedöms inte av dig"],
    ]  # fmt: skip


def test_a_nominations_rows_carry_what_the_juror_gave(shown):
    sheet = shown["Eskilstuna"]

    assert row(sheet, 3, "F", "I") == [3.68, 67.1, 1, "–"]
    assert row(sheet, 5, "B", "J") == [
        "Kod", "Kriterium", "Vad nivåerna betyder", "Vikt", "Poäng", "Läge", "Styrkor", "Förbättringsområden",
        "Underlag (var i ansökan?)",
    ]  # fmt: skip
    assert row(sheet, 6, "E", "G") == [30, 3.75, "3 av 3 klara"]
    assert row(sheet, 7, "E", "K") == [
        40,
        4,
        "klar",
        "Öppen ingång och samlad information genom Eskilstuna direkt.",
        "Visa hur många som hittar svaret själva.",
        "Ansökan s. 6",
        4,
    ]
    assert [row(sheet, number, "E", "G") for number in (20, 21, 22)] == [
        [35, "inget underlag", "inget underlag"],
        [25, None, "saknas"],
        [None, 3.68, None],
    ]


def test_the_keys_and_machine_names_let_the_file_be_recognised(shown):
    sheet = shown["Eskilstuna"]

    assert [sheet[f"A{number}"].value for number in (1, 6, 7, 21, 22, 25, 26)] == [
        "kk:nominering:0484", "0484/_A", "0484/A1", "0484/D3", "0484/_total", "0484/_privat", "0484/_jury",
    ]  # fmt: skip
    assert row(sheet, 4, "A", "R") == [
        "key", "code", "criterion", "levels", "weight", "score", "state", "strengths", "improve", "evidence",
        "base", "w", "wv", "num", "den", "lcm", "proposal", "changed",
    ]  # fmt: skip


def test_facts_areas_contributions_and_unanswered_questions_stand_below(shown):
    sheet = shown["Eskilstuna"]

    found = [row(sheet, number, "C", "D") for number in range(29, sheet.max_row + 1)]

    assert found == [
        ["Uppgift", "Innehåll"],
        ["Län", "Södermanlands län"],
        ["Kommunkod", "0484"],
        ["Folkmängd", "107 076 (2025-09-30)"],
        ["Tidigare utfall", "Nominerad 2013."],
        ["Utåtriktat förbättringsområde 1", "Höja stadens och landsbygdens attraktionskraft"],
        ["Utåtriktat förbättringsområde 2", "Höja utbildningsnivån"],
        ["Utåtriktat förbättringsområde 3", "Fler jobb och fler i arbete"],
        ["Utåtriktat förbättringsområde 4", "Ekologisk hållbarhet"],
        ["Inåtriktat förbättringsområde 1", "Stabil ekonomi"],
        ["Inåtriktat förbättringsområde 2", "En attraktiv arbetsgivare"],
        ["Inåtriktat förbättringsområde 3", "Högre processkvalitet (tillgänglighet och effektivitet)"],
        ["Satsning 1", "Fler e-tjänster"],
        ["Satsning 2", "Eskilstuna direkt"],
        ["Satsning 3", "Modigt ledarskap och modigt medarbetarskap"],
        ["Utmaning framåt 1", "Social uthållighet inför 2016"],
        ["Utmaning framåt 2", "En växande och yngre befolkning"],
        ["Inspel på mässan", "2011  Eskilstuna utmanar (tema: utmanar)"],
        ["Inspel på mässan", "2013  Eskilstuna inspirerar (tema: inspirerar)"],
        ["Inspel på mässan", "2015  Eskilstuna gör evolution (tema: evolution)"],
        ["Varför ska ni vinna?", "Inget svar finns i underlaget."],
    ]


def test_only_the_jurors_own_cells_are_open(book):
    opened_cells = {
        sheet.title: {
            cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked
        }
        for sheet in book
    }
    rows = [7, 8, 9, 11, 12, 13, 15, 16, 17, 19, 20, 21]
    mine = {f"{letter}{number}" for letter in "FHIJ" for number in rows} | {"D25", "D26"}

    assert opened_cells == {
        title: mine if title in ("Borås", "Eskilstuna", "Helsingborg", "Karlstad", "Kävlinge") else set()
        for title in book.sheetnames
    }
    assert {sheet.protection.sheet for sheet in book} == {True}
    assert book["Borås"].protection.formatRows is False  # allowed: rows must grow


def test_a_recused_nomination_has_one_sentence_and_none_of_its_content(content, shown):
    sheet = shown["Västerås"]

    assert [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None] == [
        "kk:nominering:1980",
        "Västerås kommun",
        "Till översikten",
        "Du deltar inte i bedömningen av den här nomineringen",
        "Du har anmält jäv (hemkommun). Här finns därför inget att fylla i, "
        "och nomineringen räknas inte i din ordning.",
        "Stämmer det inte? Kontakta arrangören. Skriv ingenting om nomineringen i filen.",
    ]  # fmt: skip
    assert sheet.data_validations.dataValidation == []
    found = {
        name for name, part in parts(content).items() if re.search("hemlighet|Västerås anteckning", part)
    }
    assert found == set()


def test_score_cells_take_values_of_the_scale_with_swedish_messages(book):
    check = book["Borås"].data_validations.dataValidation[0]

    assert (check.type, check.formula1, check.promptTitle, check.prompt, check.errorTitle, check.error) == (
        "list",
        "kk_skala",
        "Poäng",
        "Välj 1–5, ”inget underlag” (räknas som 1) eller ”ej tillämpligt” (vikten fördelas om). "
        "Töm cellen om du inte är klar.",
        "Värdet finns inte på skalan",
        "Skriv ett tal 1–5, ”inget underlag” eller ”ej tillämpligt”. Inget är ändrat: "
        "välj Avbryt för att få tillbaka det gamla värdet.",
    )
    assert [cell.value for (cell,) in book["_kk"]["D2:D8"]] == [
        5,
        4,
        3,
        2,
        1,
        "inget underlag",
        "ej tillämpligt",
    ]


def test_gaps_and_wrong_values_are_coloured_with_a_word_beside(book):
    rules = [rule.formula for area in book["Borås"].conditional_formatting for rule in area.rules]

    assert rules == [
        ['OR($G6="utanför skalan",$G6="ogiltigt värde")'],
        ['OR($G6="saknas")'],
        ['OR($G6="ej tillämpligt",$G6="inget underlag")'],
    ]


def test_sheets_are_frozen_and_print_on_a4(book):
    sheet = book["Borås"]

    assert (sheet.freeze_panes, book["Översikt"].freeze_panes, book["Kontroll"].freeze_panes) == (
        "D6",
        "C5",
        "C5",
    )
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.oddHeader.left.text) == ("$5:$5", "Sveriges KvalitetsKommun 2027")
    assert book["Läs mig"].page_setup.orientation == "portrait"


def test_the_cursor_waits_at_the_first_gap(book):
    selections = {
        selection.pane: selection.activeCell for selection in book["Eskilstuna"].sheet_view.selection
    }

    assert selections["bottomRight"] == "F21"


def test_names_lead_to_each_nomination(book):
    assert {name: each.attr_text for name, each in book.defined_names.items() if "0484" in name} == {
        "kk_blad_0484": "'Eskilstuna'!$B$1",
        "kk_total_0484": "'Eskilstuna'!$F$3",
        "kk_poang_0484": "'Eskilstuna'!$F$6:$F$21",
        "kk_fakta_0484": "'Eskilstuna'!$C$28",
    }


def test_the_check_sheet_finds_site_and_file_equal(shown):
    sheet = shown["Kontroll"]

    assert [row(sheet, number, "B", "G") for number in (5, 6, 8, 10)] == [
        ["Borås", 3.67, 3.67, 0, 0, "lika"],
        ["Eskilstuna", 3.68, 3.68, 0, 0, "lika"],
        ["Karlstad", "–", "–", 0, 0, "lika"],
        ["Västerås", "–", "–", "–", "–", "jäv – räknas inte"],
    ]
    assert [row(sheet, number, "C", "G") for number in range(14, 18)] == [
        [3.9, 3.9, 0, 2, "rätt"],
        [4.3846, 4.3846, 0, 4, "rätt"],
        [2.68, 2.68, 0, 2, "rätt"],
        [3.91, 3.91, 0, 2, "rätt"],
    ]


def test_the_machine_sheet_carries_the_signed_mark(shown):
    sheet = shown["_kk"]
    chunks = [sheet[f"B{5 + number}"].value for number in range(sheet["B4"].value)]

    assert row(sheet, 1, "A", "B") == ["kk-jurybok", "1"]
    assert opened(sheet["B2"].value, chunks, {"k1": KEY}) == payload_of(six())


def test_properties_say_what_the_file_is_and_nobodys_name(book):
    found = book.properties

    assert (found.creator, found.lastModifiedBy, found.language, found.title) == (
        "Sveriges KvalitetsKommun",
        None,
        "sv-SE",
        "Bedömningsbok – Sveriges KvalitetsKommun 2027",
    )
    assert [prop.name for prop in book.custom_doc_props.props] == ["kk_id", "kk_mac"]


def test_the_same_spec_gives_the_same_bytes(content):
    assert build_jury_workbook(six()) == content


def test_the_signing_key_and_other_peoples_machine_are_not_in_the_file(content):
    text = "".join(parts(content).values())

    assert re.findall("a key for tests|/home/|macro|vbaProject", text) == []


def test_every_formula_has_its_value_and_uses_old_functions_only(content):
    pages = [part for name, part in parts(content).items() if name.startswith("xl/worksheets/")]
    functions = set(re.findall(r"([A-Z][A-Z.]+)\(", " ".join(re.findall("<f>(.*?)</f>", "".join(pages)))))

    assert [len(re.findall("</f>(?!<v>)", page)) for page in pages] == [0] * len(pages)
    assert functions == {
        "IF", "OR", "AND", "ISERROR", "ISLOGICAL", "ISNUMBER", "TRIM", "INT", "ROUND", "SUM", "COUNTIF",
        "LCM", "SUMPRODUCT",
    }  # fmt: skip


def test_rows_may_grow_for_they_were_not_set_by_hand(content):
    assert "customHeight" not in "".join(
        part for name, part in parts(content).items() if name.startswith("xl/worksheets/")
    )


def test_nasty_text_in_every_field_stays_text():
    texts = list(NASTY)
    given = {code: CriterionSpec(None, text, text, text) for code, text in zip(CODES, texts, strict=False)}
    nasty = replace(
        entry("0484", "=1+1", {}),
        title="=1+1",
        summary="@SUM(A1)",
        criteria=given,
        facts=tuple(Fact(text, text) for text in texts),
        private_note="=2+2",
        note_to_jury="#REF!",
    )

    book = openpyxl.load_workbook(io.BytesIO(build_jury_workbook(spec(MODEL, [nasty], juror_label="=cmd|x"))))

    sheet = book.worksheets[2]
    assert sheet.title == "=1+1"
    places = [sheet[address] for address in ("B1", "B2", "D25", "D26", "H7")]
    assert [(cell.value, cell.data_type) for cell in places] == [
        ("=1+1", "s"), ("@SUM(A1)", "s"), ("=2+2", "s"), ("#REF!", "s"), ("=1+1", "s"),
    ]  # fmt: skip
    types = {cell.data_type for line in sheet["H7:J21"] for cell in line if cell.value is not None}
    assert types == {"s"}
    assert {cell.data_type for (cell,) in sheet[f"D29:D{sheet.max_row}"]} == {"s"}


def test_a_long_answer_is_parted_into_rows_that_can_be_read():
    answer = "\n".join(f"Stycke {number}. " + "Ord " * 60 for number in range(40))
    long = replace(entry("0484", "Eskilstuna", {}), answers=(Fact("Svar", answer),))

    sheet = openpyxl.load_workbook(io.BytesIO(build_jury_workbook(spec(MODEL, [long]))))["Eskilstuna"]

    rows = range(30, sheet.max_row + 1)
    assert [sheet[f"C{number}"].value for number in rows] == ["Svar"] + ["Svar (forts.)"] * (len(rows) - 1)
    assert "\n".join(sheet[f"D{number}"].value for number in rows) == answer
    assert max(sheet.row_dimensions[number].height for number in rows) <= 400


def test_an_english_workbook_speaks_english():
    book = openpyxl.load_workbook(io.BytesIO(build_jury_workbook(six("en"))), data_only=True)

    assert book.sheetnames[:2] + book.sheetnames[-2:] == ["Read me", "Overview", "Check", "_kk"]
    assert row(book["Overview"], 6, "B", "L")[-1] == "begun"
    assert row(book["Eskilstuna"], 20, "F", "G") == ["no evidence", "no evidence"]
    assert book["Eskilstuna"].data_validations.dataValidation[0].promptTitle == "Score"
    assert book.properties.language == "en-GB"


def test_an_edition_without_nominees_still_makes_a_workbook():
    book = openpyxl.load_workbook(io.BytesIO(build_jury_workbook(spec(MODEL, []))), data_only=True)

    assert book.sheetnames == ["Läs mig", "Översikt", "Kontroll", "_kk"]
    assert book["Översikt"]["B5"].value == "Det finns inga nominerade att bedöma i den här omgången."


def test_two_nominations_of_one_name_get_sheets_of_their_own():
    book = openpyxl.load_workbook(
        io.BytesIO(build_jury_workbook(spec(MODEL, [entry("0001", "Nya", {}), entry("0002", "nya", {})])))
    )

    assert book.sheetnames[2:4] == ["Nya", "nya 2"]


@pytest.mark.parametrize("codes", [("0484", "0484"), ("a-b", "a.b"), ("",), ("a b",), ("x" * 41,)])
def test_a_key_that_could_be_confused_is_refused(codes):
    with pytest.raises(ValueError, match="not a key"):
        spec(MODEL, [entry(code, "Namn", {}) for code in codes])


def test_a_mark_on_a_criterion_of_another_model_is_refused():
    with pytest.raises(ValueError, match="not in the scoring model: Z9"):
        spec(MODEL, [entry("0484", "Eskilstuna", {"Z9": Mark(blank=Blank.NO_EVIDENCE)})])


def test_a_long_scale_is_checked_by_a_formula_instead_of_a_list():
    model = preset("baldrige")
    given = random_marks(model, seeded(1), "full")
    long = build_jury_workbook(spec(preset("indicator-round"), [entry("0484", "Eskilstuna", {})]))

    listed = openpyxl.load_workbook(io.BytesIO(build_jury_workbook(spec(model, [entry("0484", "E", given)]))))
    checks = [listed["E"], openpyxl.load_workbook(io.BytesIO(long))["Eskilstuna"]]

    assert [sheet.data_validations.dataValidation[0].type for sheet in checks] == ["list", "custom"]
