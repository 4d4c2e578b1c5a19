"""Papers set in this process or in another: the same bytes, and the same troubles told."""

from datetime import UTC, datetime

import pytest

from nominees.papers import FOLDER, typeset
from nominees.typesetting import TypesettingError, compiled_apart

AT = datetime(2027, 3, 1, tzinfo=UTC)
WORDS = {"lead": "Åtta ärenden på ön.", "empty": "", "chapters": []}


def test_a_paper_is_the_same_wherever_it_is_set():
    here = typeset("submission", "Ansökan å ä ö", WORDS, "sv", AT)

    assert typeset("submission", "Ansökan å ä ö", WORDS, "sv", AT, apart=True) == here
    assert here.startswith(b"%PDF-")


def test_what_goes_wrong_in_the_other_process_is_told():
    with pytest.raises(TypesettingError, match="No such file"):
        compiled_apart({"input": str(FOLDER / "nothing.typ"), "format": "pdf"})
