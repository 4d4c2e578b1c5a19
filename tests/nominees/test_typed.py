"""Numbers as people type them: kept as they were meant, or asked about; never kept as something else."""

from decimal import Decimal

import pytest

from nominees.models import Answer, Question, Section
from nominees.states import QuestionKind
from nominees.typed import read_number, read_title
from tests.story import ESKILSTUNA

LARGE = "Talet är för stort för att sparas."


@pytest.fixture
def draft(story):
    """Eskilstuna's application, with a question for a number."""
    section = Section.objects.create(edition=story.call, code="tal", title_sv="Tal", position=3)
    Question.objects.create(section=section, code="antal", kind=QuestionKind.NUMBER, text_sv="Hur många?")
    return story.drafts[ESKILSTUNA]


@pytest.fixture
def client(story, client_of):
    return client_of(story.contact)


def save(client, draft, typed, was=""):
    return client.post(f"/applications/{draft.pk}/tal/", {"answer-antal": typed, "was-answer-antal": was})


def stored():
    return list(Answer.objects.filter(question__code="antal").values_list("number", flat=True))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12,5", "12.5"),
        ("1 250", "1250"),
        ("-1250,125", "-1250.125"),
        ("1250.125", "1250.125"),
        ("0.125", "0.125"),
        ("1.25", "1.25"),
        ("99999999999,9999", "99999999999.9999"),
    ],
)
def test_number_is_kept_as_it_was_meant(typed, kept):
    assert read_number(typed) == (kept, "")


@pytest.mark.parametrize("typed", ["1.250", "-1.250", "12.000", "1.000"])
def test_number_that_can_be_read_in_two_ways_is_asked_about(typed):
    kept, problem = read_number(typed)

    whole, part = typed.replace(".", ""), typed.rstrip("0").rstrip(".").replace(".", ",")
    assert (kept, str(problem)) == (
        typed,
        f"{typed} kan läsas på två sätt. Skriv {whole} eller {part}, det ni menar.",
    )


@pytest.mark.parametrize("typed", ["99999999999999,99999", "99999999999,99999", "1" * 40, "1e30", "nan"])
def test_number_that_rounds_over_the_edge_is_refused_and_stays_typed(client, draft, typed):
    answer = save(client, draft, typed)

    page = answer.content.decode()
    assert (answer.status_code, LARGE in page, f'value="{typed}"' in page) == (200, True, True)
    assert stored() == []
    assert client.get(f"/applications/{draft.pk}/tal/").status_code == 200


def test_largest_number_comes_back_as_it_was_typed(client, draft):
    assert save(client, draft, "99999999999,9999").status_code == 302

    assert stored() == [Decimal("99999999999.9999")]
    assert 'value="99999999999,9999"' in client.get(f"/applications/{draft.pk}/tal/").content.decode()


def test_number_too_large_that_was_saved_once_stops_no_page(client, draft):
    question = Question.objects.get(code="antal")
    Answer.objects.create(nomination=draft, question=question, number=Decimal(10) ** 14)

    pages = ("tal/", "submit/", "print/", "beskrivning/")
    assert [client.get(f"/applications/{draft.pk}/{page}").status_code for page in pages] == [200] * 4
    assert client.get("/applications/").status_code == 200


def test_three_decimals_that_stand_there_are_not_asked_about_again(client, draft):
    question = Question.objects.get(code="antal")
    Answer.objects.create(nomination=draft, question=question, number=Decimal("1.125"))

    assert save(client, draft, "1.125", was="whatever").status_code == 302
    assert stored() == [Decimal("1.125")]


@pytest.mark.parametrize("typed", ["", " ", "\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN} \N{WORD JOINER}"])
def test_title_of_unseen_signs_is_none(typed):
    assert read_title(typed) == ("", "")
