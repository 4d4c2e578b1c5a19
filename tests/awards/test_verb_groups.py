"""The journal's verbs in groups: whatever can be read in words can be looked for."""

import pytest

from awards.chronicle import WORDS
from awards.verb_groups import GROUPS, KNOWN, LABELS, OTHER, group_of

pytestmark = pytest.mark.once
TOLD_BY_ITS_RECEIPT = {"export_report"}


def test_every_verb_that_has_words_has_a_group():
    assert set(WORDS) - KNOWN == TOLD_BY_ITS_RECEIPT


def test_every_verb_of_a_group_has_words_and_no_other_group():
    assert KNOWN - set(WORDS) == set()
    assert sum(len(verbs) for verbs in GROUPS.values()) == len(KNOWN)
    assert set(LABELS) - set(GROUPS) == {OTHER}
    assert group_of("write_letters") == "letters"
