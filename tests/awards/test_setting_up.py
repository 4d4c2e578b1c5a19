"""New editions from nothing: what comes of it, each mistake in its sentence, and by whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards.actions.setting_up import create_edition
from awards.edition_facts import EditionFacts, NotPossibleError, problems_of
from awards.models import Award, Edition, EditionDate, Fair, JournalEntry, Role
from awards.stage_templates import TEMPLATES

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CEREMONY = date(2027, 11, 16)

AWARD = "Sveriges KvalitetsKommun"


def main_award():
    return Award.objects.get(slug="sveriges-kvalitetskommun")


def facts(**changes):
    return EditionFacts(**{"award": main_award(), "year": 2027, **changes})


def make(story, by=None, **changes):
    return create_edition(
        facts=facts(**changes), template="application", ceremony=CEREMONY, now=NOW, by=by or story.organiser
    )


def problems(**changes):
    return {name: str(text) for name, text in problems_of(facts(**changes), NOW.date()).items()}


def test_edition_from_nothing_has_fair_stages_and_its_organiser(story):
    edition = make(story, theme="Tillit", venue="Göteborg", starts=CEREMONY, ends=date(2027, 11, 18))

    assert (edition.key, edition.title, edition.state) == ("2027", "2027", "planned")
    assert edition.published_at is None
    assert (edition.fair.theme, edition.fair.starts, edition.fair.rehearsal) == ("Tillit", CEREMONY, False)
    assert [stage.kind for stage in edition.stages.all()] == [s.kind for s in TEMPLATES["application"].stages]
    assert {stage.state for stage in edition.stages.all()} == {"ahead"}
    assert list(Role.objects.filter(edition=edition).values_list("person", "kind")) == [
        (story.organiser.pk, "organiser")
    ]
    assert EditionDate.objects.get(edition=edition).date == CEREMONY
    verbs = JournalEntry.objects.filter(edition_id=edition.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["create_edition", "appoint"]


def test_template_closes_at_midnight_in_stockholm_summer_and_winter(story):
    stages = {stage.kind: stage for stage in make(story).stages.all()}

    assert stages["scoring"].closes_at == datetime(2027, 9, 21, 21, 59, tzinfo=UTC)
    assert stages["ceremony"].closes_at == datetime(2027, 11, 16, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize("code", TEMPLATES)
def test_template_never_runs_backwards(code):
    spans = [stage.span(CEREMONY) for stage in TEMPLATES[code].stages]

    assert spans == sorted(spans)
    assert [closes for _opens, closes in spans] == sorted(closes for _opens, closes in spans)
    assert all(opens < closes for opens, closes in spans)


def test_edition_without_ceremony_has_stages_without_dates(story):
    edition = create_edition(facts=facts(), template="short", now=NOW, by=story.organiser)

    assert {(stage.opens_at, stage.closes_at) for stage in edition.stages.all()} == {(None, None)}
    assert not edition.dates.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"year": 2025}, "year", "Året 2025 är förbi."),
        ({"year": 2042}, "year", "Skriv ett år mellan 2026 och 2041."),
        ({"year": 1887, "is_rehearsal": True}, "year", "Skriv ett år mellan 2000 och 2041."),
        ({"key": "rehearsal-2031", "is_rehearsal": True}, "key", "Nyckeln rehearsal-2031 är upptagen."),
        ({"key": "new"}, "key", "Nyckeln är adressen till en annan sida."),
        ({"key": "2027 höst"}, "key", "En nyckel är små bokstäver a till z"),
        ({"key": "rehearsal-skarp"}, "key", "Bara en repetitions nyckel börjar med rehearsal-."),
        ({"starts": date(2027, 5, 4), "ends": date(2027, 5, 3)}, "ends", "Mässan kan inte sluta innan"),
        ({"starts": date(1, 5, 4)}, "starts",
         "Mässan 2027 börjar 2027 eller 2028, men den dag som står här är år 0001."),
        ({"award": None}, "new_award_sv", "Skriv vad den nya utmärkelsen heter."),
        ({"award": None, "new_award_sv": AWARD.upper()}, "new_award_sv", "Det finns en utmärkelse som"),
    ],
)  # fmt: skip
def test_mistake_has_its_sentence(story, changes, field, sentence):
    found = problems(**changes)

    assert list(found) == [field]
    assert found[field].startswith(sentence)


def test_second_edition_of_the_award_in_a_year_is_refused(story):
    make(story)

    assert problems(key="2027-igen") == {"year": "Sveriges KvalitetsKommun har redan en omgång 2027."}


def test_fair_that_is_known_is_shared_and_never_rewritten(story):
    first = make(story, theme="Tillit")
    sister = Award.objects.create(slug="arets-kvalitetschef", name_sv="Årets kvalitetschef")

    said = problems(award=sister, theme="Något annat")
    second = create_edition(facts=facts(award=sister, venue="Göteborg"), now=NOW, by=story.administrator)

    assert said == {"theme": "Kvalitetsmässan 2027 är redan upplagd, med Tillit här. Lämna fältet tomt."}
    assert second.fair == first.fair
    assert (second.fair.theme, second.fair.venue) == ("Tillit", "Göteborg")
    assert (second.key, second.title) == ("arets-kvalitetschef-2027", "2027")


def test_refused_edition_writes_nothing(story):
    before = (Edition.objects.count(), Fair.objects.count(), Role.objects.count(), Award.objects.count())
    with pytest.raises(NotPossibleError):
        make(story, year=2019)
    with pytest.raises(NotPossibleError):
        make(story, key=story.call.key, is_rehearsal=True)

    assert before == (
        Edition.objects.count(), Fair.objects.count(), Role.objects.count(), Award.objects.count()
    )  # fmt: skip


def test_new_award_is_for_administrators(story):
    wanted = {"award": None, "new_award_sv": "Årets kvalitetschef", "new_award_en": "Quality manager"}
    with pytest.raises(PermissionDenied):
        make(story, **wanted)
    edition = make(story, by=story.administrator, **wanted)

    assert (edition.award.slug, edition.award.name_en) == ("arets-kvalitetschef", "Quality manager")


@pytest.mark.parametrize("who", ["chair", "juror1", "contact", "observer", "outsider"])
def test_only_organisers_of_the_award_set_up(story, who):
    with pytest.raises(PermissionDenied):
        make(story, by=story.people[who])

    assert not Edition.objects.filter(key="2027").exists()


def test_organiser_of_an_archived_edition_alone_sets_up_nothing(story):
    story.elsewhere.state = "archived"
    story.elsewhere.save()

    with pytest.raises(PermissionDenied):
        make(story, by=story.other_organiser)


def test_form_sets_up_and_leads_to_the_set_up(story, client_of):
    client = client_of(story.organiser)
    typed = {
        "award": main_award().pk, "year": 2028, "key": "", "entry_mode": "application", "is_rehearsal": "on",
        "template": "short", "ceremony": "2028-05-09",
    }  # fmt: skip
    refused = client.post(reverse("edition_new"), typed | {"year": "19"})
    made = client.post(reverse("edition_new"), typed)

    assert refused.status_code == 422
    assert made["Location"] == reverse("edition_setup", args=["rehearsal-2028"])
    page = client.get(made["Location"]).content.decode()
    assert "28 mars 2028" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert Edition.objects.get(key="rehearsal-2028").is_rehearsal


def test_form_offers_only_awards_that_one_organises(story, client_of):
    Award.objects.create(slug="arets-kvalitetschef", name_sv="Årets kvalitetschef")
    pages = {
        who: client_of(story.people[who]).get(reverse("edition_new")).content.decode()
        for who in ("organiser", "administrator")
    }

    assert ["Årets kvalitetschef" in page for page in pages.values()] == [False, True]
    assert ["En ny utmärkelse" in page for page in pages.values()] == [False, True]
    assert client_of(story.outsider).get(reverse("edition_new")).status_code == 403


def test_editions_own_organiser_sees_only_their_own(story, client_of):
    sister = Award.objects.create(slug="arets-kvalitetschef", name_sv="Årets kvalitetschef")
    edition = create_edition(
        facts=facts(award=sister, is_rehearsal=True, year=2029), now=NOW, by=story.administrator
    )
    Role.objects.create(
        edition=edition, person=story.outsider, kind="organiser", began_at=NOW - timedelta(days=1)
    )
    own, foreign = client_of(story.outsider), client_of(story.organiser)
    address = reverse("edition_setup", args=[edition.key])

    assert (own.get(address).status_code, foreign.get(address).status_code) == (200, 404)
    assert own.get(reverse("edition_setup", args=[story.call.key])).status_code == 404
    page = own.get(address).content.decode()
    assert edition.key == "rehearsal-arets-kvalitetschef-2029"
    assert "Årets kvalitetschef Repetition 2029" in page
    assert "Sveriges KvalitetsKommun 2015" in page  # public, so in the switcher with its award's name
    assert "rehearsal-2029/" not in page.replace(address, "")


def test_lists_name_the_award_once_there_are_two(story, client):
    def shown():
        page = client.get(reverse("edition_list"))
        return [line.title for line in page.context["lines"]], [
            choice.label for choice in page.context["shell"].editions
        ]

    alone = shown()
    sister = Award.objects.create(slug="arets-kvalitetschef", name_sv="Årets kvalitetschef")
    Edition.objects.create(
        award=sister,
        fair=story.history.fair,
        key="arets-kvalitetschef-2015",
        published_at=NOW - timedelta(365),
    )

    both = ["Årets kvalitetschef 2015", "Sveriges KvalitetsKommun 2015"]
    assert alone == (["2015"], ["2015"])
    assert [sorted(titles) for titles in shown()] == [sorted(both)] * 2


def test_desk_names_the_award_of_the_other_editions(story, client_of):
    sister = Award.objects.create(slug="arets-kvalitetschef", name_sv="Årets kvalitetschef")
    edition = create_edition(
        facts=facts(award=sister, is_rehearsal=True, year=2029), now=NOW, by=story.administrator
    )
    Role.objects.create(edition=edition, person=story.organiser, kind="organiser", began_at=NOW)
    page = client_of(story.organiser).get(reverse("desk"))

    assert [other.label for other in page.context["others"]] == [
        "arrangör, Sveriges KvalitetsKommun Repetition 2029",
        "arrangör, Årets kvalitetschef Repetition 2029",
    ]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("0001-01-01", "Skriv en dag åren 2000 till 2100."),
        ("9999-12-31", "Skriv en dag åren 2000 till 2100."),
        ("2031-01-01", "Ceremonin för mässan 2028 kan inte vara 2031."),
    ],
)
def test_ceremony_of_another_time_is_refused_in_words(story, client_of, day, sentence):
    typed = {
        "award": main_award().pk, "year": 2028, "entry_mode": "application", "is_rehearsal": "on",
        "template": "short", "ceremony": day,
    }  # fmt: skip
    page = client_of(story.organiser).post(reverse("edition_new"), typed)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Edition.objects.filter(key="rehearsal-2028").exists()
