"""What somebody wrote comes back; what the page showed beside it does not."""

import pytest

from awards.typed_text import texts_in

pytestmark = pytest.mark.once


def test_hidden_twins_are_not_what_somebody_wrote():
    posted = {"initial-note": "Det som stod där.", "note": "Det jag skrev.", "entry_mode": "application"}

    assert texts_in(posted) == ("Det jag skrev.",)
