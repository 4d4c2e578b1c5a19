"""Dates, figures and headings as Swedish lists write them."""

from decimal import Decimal

import pytest

from reports.importing import values
from reports.importing.columns import guessed, heading_key, heading_row
from reports.importing.kinds import CONTACTS, EVALUATIONS, NOMINATIONS


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2027-03-05", "2027-03-05"),
        ("2027-3-5", "2027-03-05"),
        ("2027/03/05", "2027-03-05"),
        ("20270305", "2027-03-05"),
        ("270305", "2027-03-05"),
        ("5/3 2027", "2027-03-05"),
        ("5/3-2027", "2027-03-05"),
        ("05.03.2027", "2027-03-05"),
        ("5 mars 2027", "2027-03-05"),
        ("den 5 mars 2027", "2027-03-05"),
        ("Fredag den 5 mars 2027 kl 14.30", "2027-03-05"),
        ("fre 5 mar. 2027", "2027-03-05"),
        ("5:e mars 2027", "2027-03-05"),
        ("5 MAJ 2027", "2027-05-05"),
        ("5 March 2027", "2027-03-05"),
        ("2027-03-05 14:30", "2027-03-05"),
        ("2027-03-05T00:00:00", "2027-03-05"),
        ("mars 2027", "2027-03"),
        ("2027-03", "2027-03"),
        ("2027", "2027"),
    ],
)
def test_date_is_read_as_exactly_as_it_is_written(text, written):
    assert values.when(text).written == written


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("03/25/2027", "”03/25/2027” har månaden först. Skriv datumet som 2027-03-05."),
        ("31 feb 2027", "Det finns ingen dag ”31 feb 2027”."),
        ("2027-13-01", "Det finns ingen dag ”2027-13-01”."),
        ("05/03/27", "Året i ”05/03/27” är oklart. Skriv datumet som 2027-03-05."),
        ("46086", "”46086” är kalkylprogrammets eget nummer på en dag. Formatera kolumnen som datum."),
        ("våren 2027", "”våren 2027” är inget datum. Skriv det som 2027-03-05."),
        ("1066-10-14", "Året i ”1066-10-14” kan inte stämma."),
        ("９９９９", "”９９９９” är inget datum. Skriv det som 2027-03-05."),
    ],
)
def test_doubtful_date_has_its_sentence(text, says):
    with pytest.raises(values.ValueTroubleError) as caught:
        values.when(text)

    assert str(caught.value.says) == says


def test_month_is_not_a_whole_day():
    with pytest.raises(values.ValueTroubleError) as caught:
        values.whole_day("mars 2027")

    assert str(caught.value.says) == "”mars 2027” är inget helt datum. Skriv det som 2027-03-05."


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("61,5", "61.5"),
        ("61.5", "61.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("−3", "-3"),
    ],
)
def test_figure_is_read_with_comma_or_point(text, number):
    assert values.figure(text) == Decimal(number)


@pytest.mark.parametrize("text", ["61 %", "6l", "1e5", "NaN", "1,2,3", "1.2.3,4.5", "٣", "9" * 19])
def test_what_is_no_figure_has_its_sentence(text):
    with pytest.raises(values.ValueTroubleError) as caught:
        values.figure(text)

    assert str(caught.value.says) == f"”{text}” är inget tal."


@pytest.mark.parametrize("text", ["=1+1", "+46", "-x", "@SUM(A1)", "＝1"])
def test_text_like_a_formula_is_refused(text):
    with pytest.raises(values.ValueTroubleError) as caught:
        values.plain(text, 20)

    assert str(caught.value.says) == f"”{text}” börjar som en formel. Skriv själva värdet."


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Malmö\u00a0 stad ", "Malmö stad"),
        ("Ma\u0308lmo\u200b", "Mälmo"),
        ("–", ""),
        ("-", ""),
        ("a\nb", "a b"),
    ],
)
def test_cell_is_cleaned_of_what_nobody_sees(text, clean):
    assert values.cleaned(text) == clean


def test_headings_are_guessed_in_both_languages():
    swedish = ["Kommunkod", "KOMMUN", "E-post *", "Befattning", "Telefon"]
    english = ["Municipality code", "municipality", "e-mail", "Job title", "Phone"]

    assert guessed(swedish, CONTACTS, {}) == ["code", "name", "email", "title", ""]
    assert guessed(english, CONTACTS, {}) == ["code", "name", "email", "title", ""]


def test_heading_with_more_words_is_guessed_last():
    headings = ["Kontaktens e-postadress", "Kommun (namn)", "Kommun"]

    assert guessed(headings, CONTACTS, {}) == ["email", "", "name"]


def test_what_was_said_last_time_goes_first():
    remembered = {"kommun": "", "vem": "name"}

    assert guessed(["Kommun", "Vem"], NOMINATIONS, remembered) == ["", "name"]


def test_headings_below_a_title_are_found():
    rows = [
        (1, ["Kommunkompassen", "2020"]),
        (2, ["", ""]),
        (3, ["Kommun", "Version", "Poäng"]),
        (4, ["Borås", "2020", "61"]),
    ]

    assert heading_row(rows, EVALUATIONS) == 2


def test_heading_is_compared_without_signs_and_case():
    assert heading_key(" E-post_adress:* ") == "e post adress"
