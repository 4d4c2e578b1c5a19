"""Home says each person what to do now, and costs the same however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.actions.letters import queue_letter
from awards.letters import LetterText
from awards.models import Letter

HEADINGS = {
    "organiser": "Två saker återstår före samsyn",
    "chair": "6 av 17 bedömningar återstår",
    "deputy": "6 av 17 bedömningar återstår",
    "juror1": "Du har bedömt allt",
    "outsider": "Du har ingen uppgift här än",
    "earlier_juror": "Du har ingen uppgift här än",
}


def headline(page):
    return " ".join(page.content.decode().split("<h1>")[1].split("</h1>")[0].split())


@pytest.mark.parametrize(("who", "heading"), HEADINGS.items())
def test_desk_says_what_matters_most(story, client_of, who, heading):
    assert headline(client_of(story.people[who]).get("/desk/")) == heading


def test_desk_of_a_juror_leads_to_the_draft(story, client_of):
    page = client_of(story.juror3).get("/desk/")
    draft = story.assignments["juror3", "0484"]

    assert headline(page) == "Näst på tur: Eskilstuna"
    assert f"/scoring/{draft.pk}/#criterion-B2" in page.content.decode()


def test_desk_of_a_contact_is_the_municipalitys_home(story, client_of):
    assert client_of(story.contact).get("/desk/")["Location"] == "/applications/"


def test_desk_of_a_recused_juror_never_names_the_entry(story, client_of):
    assert "Borås" not in client_of(story.juror2).get("/desk/").content.decode()


def test_desk_of_another_organiser_shows_nothing_of_this_edition(story, client_of):
    page = client_of(story.other_organiser).get("/desk/?edition=rehearsal-2027").content.decode()

    assert "/editions/rehearsal-2031/" in page
    assert "/editions/rehearsal-2027/" not in page
    assert story.edition.title not in page


def test_desk_of_an_organiser_can_be_another_edition(story, client_of):
    page = client_of(story.organiser).get("/desk/?role=organiser&edition=rehearsal-2029").content.decode()

    assert f'<p class="kv-kicker">{story.call.award} {story.call.title}</p>' in page


def test_desk_of_an_organiser_counts_the_letters(story, client_of):
    for number in range(2):
        text = LetterText(f"Brev {number}", "Text")
        queue_letter(text=text, purpose="news", to=story.contact, edition=story.edition, needs_approval=True)
    Letter.objects.filter(subject="Brev 1").update(state="failed")

    page = client_of(story.organiser).get("/desk/").content.decode()
    assert "Ett brev väntar på dig" in page
    assert "Ett brev kunde inte skickas" in page


@pytest.mark.parametrize(
    ("who", "queries"),
    [("organiser", 12), ("chair", 11), ("juror1", 9), ("outsider", 4)],
)
def test_desk_costs_few_queries(story, client_of, who, queries):
    client = client_of(story.people[who])
    client.get("/desk/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/desk/").status_code == 200

    assert len(asked) == queries
