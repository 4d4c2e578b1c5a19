"""A municipality is found in every spelling that people use, and a doubtful one is asked about."""

import unicodedata

import pytest

from awards.swedish import sort_key
from nominees.models import Municipality, MunicipalityName
from nominees.organisation_number import is_sound
from nominees.recognition import Gazetteer

NUMBERS = ("212000-0241", "212000-1124", "212000-0803", "212000-0357")


@pytest.fixture(scope="module")
def gazetteer():
    rows = [
        ("0305", "Håbo", "Håbo kommun", "212000-0241"),
        ("0643", "Habo", "Habo kommun", "212000-1561"),
        ("0980", "Gotland", "Gotlands kommun", "212000-0803"),
        ("0484", "Eskilstuna", "Eskilstuna kommun", "212000-0357"),
        ("1280", "Malmö", "Malmö kommun", "212000-1124"),
        ("1480", "Göteborg", "Göteborgs kommun", "212000-1355"),
        ("0139", "Upplands-Bro", "Upplands-Bro kommun", "212000-0100"),
        ("0331", "Heby", "Heby kommun", "212000-2080"),
    ]
    municipalities = [
        Municipality(
            pk=number,
            code=code,
            name=name,
            full_name=full,
            organisation_number=organisation,
            sort_key=sort_key(name),
        )
        for number, (code, name, full, organisation) in enumerate(rows, start=1)
    ]
    names = [
        MunicipalityName(municipality_id=3, kind="alias", value="Region Gotland"),
        MunicipalityName(municipality_id=8, kind="code", value="1917"),
    ]
    return Gazetteer(municipalities, names)


def code_of(found):
    return found.municipality.code if found.municipality else None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Malmö", "1280"),
        ("MALMÖ", "1280"),
        ("Malmö stad", "1280"),
        ("Malmo", "1280"),
        (unicodedata.normalize("NFD", "Malmö stad"), "1280"),
        ("malmö\u00a0 kommun ", "1280"),
        ("Göteborgs Stad", "1480"),
        ("Göteborgs kommun", "1480"),
        ("Region Gotland", "0980"),
        ("Gotlands kommun", "0980"),
        ("Upplands Bro", "0139"),
        ("Upplands–Bro", "0139"),
        ("Håbo", "0305"),
        ("Håbo kommun", "0305"),
        ("Habo", "0643"),
        ("0484 Eskilstuna", "0484"),
        ("Eskilstuna (0484)", "0484"),
        ("0484", "0484"),
    ],
)
def test_name_is_recognised(gazetteer, name, code):
    assert code_of(gazetteer.find(name=name)) == code


@pytest.mark.parametrize("name", ["Habo", "HABO", "habo kommun"])
def test_habo_in_a_list_without_rings_is_asked_about(gazetteer, name):
    found = gazetteer.find(name=name, rings=False)

    assert [each.code for each in found.candidates] == ["0643", "0305"]
    assert str(found.says) == f"”{name}” kan vara Habo (0643), Håbo (0305). Vilken menas?"


def test_code_decides_what_the_name_leaves_open(gazetteer):
    assert code_of(gazetteer.find(code="0305", name="Habo", rings=False)) == "0305"
    assert code_of(gazetteer.find(code="0643", name="Habo", rings=False)) == "0643"


@pytest.mark.parametrize("code", ["484", "484.0", "0484"])
def test_code_without_its_zero_is_found(gazetteer, code):
    assert code_of(gazetteer.find(code=code)) == "0484"


def test_former_code_is_found(gazetteer):
    assert code_of(gazetteer.find(code="1917")) == "0331"


@pytest.mark.parametrize(
    "number", ["212000-0357", "2120000357", "2120000357.0", "SE212000035701", "16212000-0357", "212000 0357"]
)
def test_organisation_number_is_found_as_it_is_written(gazetteer, number):
    assert code_of(gazetteer.find(number=number)) == "0484"


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({}, "Raden säger inte vilken kommun den gäller."),
        ({"code": "9999"}, "Det finns ingen kommun med koden 9999."),
        (
            {"number": "212000-0358"},
            "212000-0358 är inget organisationsnummer: den sista siffran stämmer inte med de andra.",
        ),
        ({"number": "556036-0793"}, "Ingen kommun har organisationsnumret 556036-0793."),
        ({"name": "Atlantis"}, "Det finns ingen kommun som heter ”Atlantis”."),
        ({"name": "Eskilstna"}, "Det finns ingen kommun som heter ”Eskilstna”. Vilken menas?"),
        (
            {"code": "0484", "name": "Malmö"},
            "Raden nämner två kommuner: Eskilstuna (0484) och Malmö (1280).",
        ),
        (
            {"code": "0484", "number": "212000-1124"},
            "Raden nämner två kommuner: Eskilstuna (0484) och Malmö (1280).",
        ),
    ],
)
def test_what_is_not_recognised_has_its_sentence(gazetteer, keys, says):
    found = gazetteer.find(**keys)

    assert (found.municipality, str(found.says)) == (None, says)


def test_numbers_of_this_test_are_sound():
    assert [number for number in NUMBERS if not is_sound(number)] == []


def test_likely_names_are_sought_a_hundred_times_and_no_more(gazetteer):
    other = Gazetteer(gazetteer.by_pk.values(), ())
    found = [other.find(name="Eskilstna").candidates for _time in range(101)]

    assert [len(each) for each in found] == [1] * 100 + [0]
