"""The binder, the protocol and the diplomas: what they hold, for whom, and that they are sound PDF."""

import pytest
from django.utils import translation

from criteria.models import Acceptance, Undertaking
from nominees.models import Material, Nomination
from nominees.states import NominationState
from reports.papers.binder import binder_pdf
from reports.papers.diplomas import diplomas_of, diplomas_pdf
from reports.papers.protocol import protocol_pdf
from tests.criteria.meeting import KAVLINGE, closed_round, confirmed, stand_aside
from tests.reports.paper import bookmarks_of, facts_of, language_of, material, sent_in, text_of
from tests.story import BORAS, ESKILSTUNA, SIX

pytestmark = pytest.mark.django_db
A4, LANDSCAPE = "595.276 x 841.89 pts (A4)", "841.89 x 595.276 pts (A4)"
IN_ORDER = ["Borås", "Eskilstuna", "Helsingborg", "Karlstad", "Kävlinge", "Västerås"]


def sound(content: bytes) -> tuple:
    facts = facts_of(content)
    return facts["Title"], facts["Tagged"], facts["Page size"], language_of(content)


# The binder -------------------------------------------------------------------------------------------
def test_binder_is_tagged_swedish_and_has_a_bookmark_for_each_application(story):
    sent_in(story)

    made = binder_pdf(story.edition, by=story.organiser)

    assert sound(made) == ("Juryns pärm, Sveriges KvalitetsKommun Repetition 2027", "yes", A4, "sv")
    assert bookmarks_of(made) == ["Innehåll", *(f"{name} kommun" for name in IN_ORDER)]


def test_binder_holds_areas_and_the_list_of_material_with_page_numbers(story):
    material(story, ESKILSTUNA, "Årsredovisning å ä ö.pdf")
    sent_in(story)

    text = text_of(binder_pdf(story.edition, by=story.organiser))

    wanted = ("Höja utbildningsnivån", "Årsredovisning å ä ö.pdf", "Sida 3 av 8", "6 ansökningar")
    assert [each for each in wanted if each not in text] == []


def test_binder_counts_its_steps(story):
    sent_in(story)
    told = []

    binder_pdf(story.edition, by=story.organiser, progress=lambda done, of: told.append((done, of)))

    assert told == [(number, 7) for number in range(1, 8)]


def test_binder_leaves_drafts_out_unless_they_are_wanted(story):
    Nomination.objects.filter(edition=story.edition).update(state=NominationState.DRAFT)
    sent_in(story, ESKILSTUNA)

    without = bookmarks_of(binder_pdf(story.edition, by=story.organiser))
    with_drafts = binder_pdf(story.edition, by=story.organiser, with_drafts=True)

    assert without == ["Innehåll", "Eskilstuna kommun"]
    assert len(bookmarks_of(with_drafts)) == 7
    assert text_of(with_drafts).count("Ett utkast som inte har skickats in.") == 5


def test_binder_says_what_was_sent_in_and_not_what_was_written_later(story):
    sent_in(story, ESKILSTUNA)
    story.nominations[ESKILSTUNA].improvement_areas.filter(title="Fler jobb").update(title="Skrivet efteråt")

    text = text_of(binder_pdf(story.edition, by=story.organiser))

    assert ("Fler jobb" in text, "Skrivet efteråt" in text) == (True, False)


def test_private_files_are_not_in_the_binder_whoever_orders_it(story):
    material(story, ESKILSTUNA, "hemligt.pdf", is_private=True)
    material(story, ESKILSTUNA, "öppet.pdf")
    sent_in(story)

    text = text_of(binder_pdf(story.edition, by=story.organiser))

    assert ("öppet.pdf" in text, "hemligt.pdf" in text) == (True, False)


def test_a_jurors_own_binder_leaves_out_what_the_juror_stands_aside_from(story):
    sent_in(story)

    mine = bookmarks_of(binder_pdf(story.edition, by=story.juror2, own=True))
    another = bookmarks_of(binder_pdf(story.edition, by=story.juror1, own=True))

    assert another == ["Innehåll", *(f"{name} kommun" for name in IN_ORDER)]
    assert mine == [each for each in another if each != "Borås kommun"]


def test_a_file_that_was_replaced_after_the_sending_in_stays_in_the_binder(story):
    old = material(story, ESKILSTUNA, "skickad.pdf")
    sent_in(story)
    newer = material(story, ESKILSTUNA, "nyare.pdf")
    Material.objects.filter(pk=old.pk).update(replaced_by=newer)

    text = text_of(binder_pdf(story.edition, by=story.juror1, own=True))

    assert ("skickad.pdf" in text, "nyare.pdf" in text) == (True, False)


def test_a_juror_who_owes_the_undertaking_has_nothing_bound(story):
    sent_in(story)
    undertaking = Undertaking.objects.create(edition=story.edition, text_sv="Jag lovar.")
    before = text_of(binder_pdf(story.edition, by=story.juror1, own=True))

    Acceptance.objects.create(undertaking=undertaking, person=story.juror1)

    assert "Det finns ingen ansökan att binda in." in before
    assert len(bookmarks_of(binder_pdf(story.edition, by=story.juror1, own=True))) == 7


def test_an_organiser_who_stands_aside_has_the_entry_left_out(story):
    sent_in(story)
    stand_aside(story, story.seats["chair"], ESKILSTUNA)

    assert "Eskilstuna kommun" not in bookmarks_of(binder_pdf(story.edition, by=story.chair))
    assert "Eskilstuna kommun" in bookmarks_of(binder_pdf(story.edition, by=story.organiser))


# The protocol -----------------------------------------------------------------------------------------
def test_protocol_before_the_decision_names_jury_and_recusals(story):
    made = protocol_pdf(story.edition, by=story.organiser)

    text = text_of(made)
    assert sound(made) == ("Juryprotokoll, Sveriges KvalitetsKommun Repetition 2027", "yes", A4, "sv")
    wanted = ("Ledamot B", "Är eller har varit anställd", "Inget beslut är fastställt ännu.", "Justeras")
    assert [each for each in wanted if each not in text] == []


def test_protocol_tells_the_decision_with_its_motivation_and_sum(story):
    closed_round(story)
    decision = confirmed(story)

    text = text_of(protocol_pdf(story.edition, by=story.organiser))

    compact = text.replace(" ", "").replace("\n", "")
    assert "För att ni lär av varandra." in text
    assert ("Beslut1fastställdes" in compact, decision.sha256 in compact) == (True, True)
    assert "Det har inte tillkännagivits." in text


def test_protocol_leaves_out_what_its_reader_stands_aside_from(story):
    closed_round(story)
    confirmed(story)
    chairs = text_of(protocol_pdf(story.edition, by=story.chair))
    stand_aside(story, story.seats["chair"], KAVLINGE)

    aside = text_of(protocol_pdf(story.edition, by=story.chair))

    assert ("För att ni lär av varandra." in chairs, "För att ni lär av varandra." in aside) == (True, False)
    assert "Ansökningar som du är jävig för är utelämnade." in aside


def test_protocol_counts_the_sheets_that_there_are_to_be(story):
    """Three jurors read six; one is done, one stands aside from Borås, one has not finished any."""
    before = text_of(protocol_pdf(story.edition, by=story.organiser))
    story.nominations[ESKILSTUNA].state = NominationState.WITHDRAWN
    story.nominations[ESKILSTUNA].save()

    after = text_of(protocol_pdf(story.edition, by=story.organiser))

    assert ("11 av 17" in before, "9 av 14" in after) == (True, True)


# Diplomas ---------------------------------------------------------------------------------------------
def test_diplomas_follow_what_was_told_where_nothing_is_decided(story):
    found = diplomas_of(story.history, by=story.administrator)

    assert [(each.entry.municipality.name, each.outcome) for each in found] == [
        ("Kävlinge", "won"),
        *((name, "nominated") for name in IN_ORDER if name != "Kävlinge"),
    ]


def test_diplomas_follow_a_confirmed_decision_before_it_is_announced(story):
    closed_round(story)
    before = {each.outcome for each in diplomas_of(story.edition, by=story.organiser)}

    confirmed(story)

    first = diplomas_of(story.edition, by=story.organiser)[0]
    assert before == {"nominated"}
    assert (first.entry.municipality.code, first.outcome, first.motivation) == (
        KAVLINGE,
        "won",
        "För att ni lär av varandra.",
    )


def test_all_diplomas_are_one_landscape_page_each(story):
    made = diplomas_pdf(story.history, by=None)

    assert sound(made) == ("Diplom, Sveriges KvalitetsKommun 2015", "yes", LANDSCAPE, "sv")
    assert facts_of(made)["Pages"] == str(len(SIX))
    assert bookmarks_of(made)[0] == "Kävlinge kommun"


def test_one_diploma_names_its_municipality_year_and_outcome(story):
    made = diplomas_pdf(story.history, by=None, codes=[BORAS])

    words = text_of(made).split("\n")
    lines = [line.strip() for line in words if line.strip()]
    assert lines == ["Sveriges KvalitetsKommun", "2015", "Borås kommun", "Nominerad", "Kvalitetsmässan 2015"]
    assert facts_of(made)["Title"] == "Diplom för Borås kommun, Sveriges KvalitetsKommun 2015"


@pytest.mark.parametrize("times", [1, 40, 80])
def test_a_motivation_of_any_length_stays_on_the_page(story, times):
    Nomination.objects.filter(pk=story.historic["1261"].pk).update(
        motivation="Modigt och uthålligt. " * times
    )

    made = diplomas_pdf(story.history, by=None, codes=["1261"])

    assert facts_of(made)["Pages"] == "1"


def test_papers_are_written_in_the_language_asked_for(story):
    sent_in(story)
    with translation.override("sv"):
        made = binder_pdf(story.edition, by=story.organiser, language="en")

    assert (facts_of(made)["Title"], language_of(made)) == (
        "The jury's binder, Sveriges KvalitetsKommun Rehearsal 2027",
        "en",
    )
