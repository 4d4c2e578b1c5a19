"""What municipalities were called, and by which code, when."""

from datetime import date

import pytest

from nominees.models import Municipality
from nominees.names import aliases_on, code_on, name_on


def told(code, day):
    municipality = Municipality.objects.get(code=code)
    names = municipality.names.all()
    return name_on(municipality, names, day), code_on(municipality, names, day), aliases_on(names, day)


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("0331", date(2006, 12, 31), ("Heby", "1917", ())),
        ("0331", date(2007, 1, 1), ("Heby", "0331", ())),
        ("2023", date(2007, 12, 31), ("Malung", "2023", ())),
        ("2023", date(2008, 1, 1), ("Malung-Sälen", "2023", ())),
        ("0980", date(2010, 12, 31), ("Gotland", "0980", ())),
        ("0980", date(2011, 1, 1), ("Gotland", "0980", ("Region Gotland",))),
        ("0330", date(2003, 1, 1), ("Knivsta", "0330", ())),
        ("0484", date(2015, 11, 3), ("Eskilstuna", "0484", ())),
    ],
)
def test_name_and_code_on_a_day(past, code, day, expected):
    assert told(code, day) == expected


def test_knivsta_has_its_code_since_it_left_uppsala(past):
    name = Municipality.objects.get(code="0330").names.get()

    assert (name.kind, name.valid_from, name.valid_to) == ("code", date(2003, 1, 1), None)
