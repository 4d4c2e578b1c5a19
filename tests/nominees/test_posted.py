"""What a writing page posts is read for saving, or given back whole."""

from django.http import QueryDict

from nominees.posted import read_posted, read_typed

CLASH = "answer-varfor=Min&was-answer-varfor=0&merged-answer-varfor={merged}&use-answer-varfor={use}"


def typed(use, merged="Min"):
    return read_typed(QueryDict(CLASH.format(use=use, merged=merged)))


def test_what_was_typed_is_given_back_whatever_was_chosen_at_a_clash():
    assert [typed(use) for use in ("written", "saved", "merged")] == [{"answer-varfor": "Min"}] * 3
    assert read_posted(QueryDict(CLASH.format(use="saved", merged="Min"))).typed == {}


def test_merged_text_is_given_back_beside_the_first():
    assert typed("merged", "Bådas") == {"answer-varfor": "Min", "merged-answer-varfor": "Bådas"}
