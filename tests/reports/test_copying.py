"""Copying an edition: what is shown is what is made, all of it or nothing, and no person in the journal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards import copying
from awards.actions.rehearsals import wipe_rehearsal
from awards.actions.setting_up import copy_edition
from awards.edition_facts import EditionFacts
from awards.models import (
    Edition,
    Invitation,
    JournalEntry,
    Letter,
    LetterTemplate,
    Partner,
    Role,
    Seat,
    Stage,
    StageExtension,
)
from awards.shifts import SAME, WITHOUT_DATES, Shift
from criteria.models import Round, ScoringModel, Undertaking
from nominees.actions.questionnaires import give_questionnaire, questionnaire_of
from nominees.models import Nomination
from nominees.questionnaire_files import shipped

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TWO_YEARS = Shift(728)
ALL = ("stages", "questionnaire", "rounds", "seats", "undertaking", "partners", "letters", "texts")


@pytest.fixture
def source(story):
    """The rehearsal in scoring, with something of every part."""
    edition = story.edition
    give_questionnaire(edition=edition, questionnaire=shipped("2013-four-questions"), by=None)
    Undertaking.objects.create(edition=edition, version=1, text_sv="Gammalt löfte.")
    Undertaking.objects.create(edition=edition, version=2, text_sv="Jag lovar.", text_en="I promise.")
    Partner.objects.create(edition=edition, organisation="Svenska Mässan", part="huvudpartner")
    Seat.objects.create(edition=edition, name="Ledamot D", organisation="SKR", panel="Panel 1")
    Edition.objects.filter(pk=edition.pk).update(motto="Tillit", note="En anmärkning.")
    return Edition.objects.select_related("fair", "award").get(pk=edition.pk)


def copy(source, by, *names, shift=TWO_YEARS, **changes):
    facts = EditionFacts(**{"award": source.award, "year": 2033, "is_rehearsal": True, **changes})
    return copy_edition(source=source, facts=facts, names=names or ALL, shift=shift, now=NOW, by=by)


def asked(source, **changes):
    return {
        "award": source.award_id, "year": 2033, "key": "", "entry_mode": "application", "is_rehearsal": "on",
        "how": "days", "days": 728, "parts": list(ALL), **changes,
    }  # fmt: skip


def test_every_app_has_registered_its_parts():
    assert [part.name for part in copying.parts()] == [
        "stages", "questionnaire", "rounds", "seats", "people", "undertaking", "partners", "letters", "texts",
    ]  # fmt: skip


def test_copy_has_every_part_and_nothing_that_happened(source, story):
    made = copy(source, story.organiser)

    assert (made.key, made.state, made.is_rehearsal, made.motto, made.note) == (
        "rehearsal-2033", "planned", True, "Tillit", "En anmärkning.",
    )  # fmt: skip
    assert questionnaire_of(made).sections == questionnaire_of(source).sections
    planned = Round.objects.get(edition=made)
    assert (planned.scoring_model, planned.state) == (story.scoring_model, "planned")
    assert planned.closes_at == Shift(728).instant(story.round.closes_at)
    text = Undertaking.objects.get(edition=made)
    assert (text.version, text.text_sv, text.text_en) == (1, "Jag lovar.", "I promise.")
    assert list(made.partners.values_list("organisation", "part")) == [("Svenska Mässan", "huvudpartner")]
    assert list(made.seats.values_list("name", "kind", "organisation", "panel")) == [
        ("Ordförande", "chair", "", ""),
        ("Vice ordförande", "deputy", "", ""),
        ("Ledamot D", "juror", "SKR", "Panel 1"),
        ("Ledamot A", "juror", "", ""),
        ("Ledamot B", "juror", "", ""),
        ("Ledamot C", "juror", "", ""),
        ("Observatör", "observer", "", ""),
    ]
    assert list(Role.objects.filter(edition=made).values_list("person", "kind")) == [
        (story.organiser.pk, "organiser")
    ]
    assert not Nomination.objects.filter(edition=made).exists()
    assert not Invitation.objects.filter(edition=made).exists()


def test_copied_stages_lie_ahead_at_the_same_time_of_day(source, story):
    StageExtension.objects.create(
        stage=source.stages.first(), closes_at=story.now + timedelta(days=1), by=story.organiser
    )
    made = copy(source, story.organiser, "stages")

    assert [(stage.kind, stage.position, stage.opens_at) for stage in made.stages.all()] == [
        (stage.kind, stage.position, Shift(728).instant(stage.opens_at)) for stage in source.stages.all()
    ]
    assert {stage.state for stage in made.stages.all()} == {"ahead"}
    assert not StageExtension.objects.filter(stage__edition=made).exists()
    assert made.dates.get(what="ceremony").status == "planned"


def test_copy_without_dates_has_none(source, story):
    made = copy(source, story.organiser, shift=WITHOUT_DATES)

    assert {(stage.opens_at, stage.closes_at) for stage in made.stages.all()} == {(None, None)}
    assert Round.objects.get(edition=made).closes_at is None
    assert not made.dates.exists()


def test_people_are_invited_anew_to_their_seats(source, story):
    made = copy(source, story.organiser, "seats", "people")
    invited = Invitation.objects.filter(edition=made).order_by("pk")

    assert [(each.email, each.kind, each.details["seat"]) for each in invited] == [
        ("chair@story.example", "chair", "Ordförande"),
        ("deputy@story.example", "deputy", "Vice ordförande"),
        ("juror1@story.example", "juror", "Ledamot A"),
        ("juror2@story.example", "juror", "Ledamot B"),
        ("juror3@story.example", "juror", "Ledamot C"),
        ("observer@story.example", "observer", "Observatör"),
    ]
    assert Letter.objects.filter(edition=made).count() == 6
    kept = JournalEntry.objects.get(verb="copy_edition").data
    assert "@" not in str(kept)
    assert [line["text"] for line in kept["parts"][1]["lines"]] == [
        "Ordförande", "Vice ordförande", "Ledamot A", "Ledamot B", "Ledamot C", "Observatör",
    ]  # fmt: skip


def test_retired_model_is_followed_by_its_latest_version(source, story):
    ScoringModel.objects.filter(pk=story.scoring_model.pk).update(state="retired")
    later = ScoringModel.objects.create(
        code=story.scoring_model.code, version=2, title_sv="Fyra områden",
        definition=story.scoring_model.definition, state="active",
    )  # fmt: skip
    made = copy(source, story.organiser, "rounds")

    assert Round.objects.get(edition=made).scoring_model == later


def test_trouble_in_the_last_part_leaves_nothing(source, story):
    def fail(_copied):
        raise RuntimeError

    last = copying.Part("zz", "Z", lambda _edition, _shift: (), fail, lambda _edition: "", order=999)
    copying.register(last)
    try:
        with pytest.raises(RuntimeError):
            copy(source, story.organiser, *ALL, "zz")
    finally:
        copying.forget("zz")

    assert not Edition.objects.filter(key="rehearsal-2033").exists()
    assert not JournalEntry.objects.filter(verb="copy_edition").exists()


@pytest.mark.parametrize("who", ["other_organiser", "chair", "juror1", "contact", "outsider"])
def test_only_the_organiser_copies_a_rehearsal(source, story, who):
    with pytest.raises(PermissionDenied):
        copy(source, story.people[who])

    assert not Edition.objects.filter(key="rehearsal-2033").exists()


def test_archived_edition_is_copied_without_its_people(source, story):
    Edition.objects.filter(pk=source.pk).update(state="archived")
    source.refresh_from_db()
    LetterTemplate.objects.create(
        edition=source, purpose="free", language="sv", subject="Om {edition}", body="Hej {name}!"
    )
    made = copy(source, story.organiser)  # who organises another edition of the award now

    assert made.seats.count() == 7
    assert list(made.letter_templates.values_list("subject", "body")) == [("Om {edition}", "Hej {name}!")]
    assert not Invitation.objects.filter(edition=made).exists()
    with pytest.raises(PermissionDenied):
        copy(source, story.organiser, "seats", "people", year=2035)


def test_preview_shows_old_and_new_and_writes_nothing(source, story, client_of):
    client = client_of(story.organiser)
    before = JournalEntry.objects.count()
    page = client.get(reverse("edition_copy", args=[source.key]), asked(source, parts=[*ALL, "people"]))
    text = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert (page.status_code, JournalEntry.objects.count()) == (200, before)
    assert "Det här blir rehearsal-2033" in text
    assert "104 veckor (728 dagar)" in text
    assert "juror1@story.example" in text
    assert "Svenska Mässan, huvudpartner" in text
    assert not Edition.objects.filter(key="rehearsal-2033").exists()


def test_preview_warns_of_times_that_have_passed(source, story, client_of):
    client, address = client_of(story.organiser), reverse("edition_copy", args=[source.key])
    pages = {days: client.get(address, asked(source, days=days)).context["passed"] for days in (-14, 728)}

    assert pages == {-14: "3 stängningstider har redan passerat. Se över datumen.", 728: ""}


@pytest.mark.parametrize(("years", "warned"), [(2, False), (9, True)])
def test_preview_warns_where_no_date_lies_in_the_fairs_year(source, story, client_of, years, warned):
    year = story.now.year + years
    page = client_of(story.organiser).get(
        reverse("edition_copy", args=[source.key]), asked(source, days=728, year=year)
    )

    assert (f"Mässan är {year}, men alla datum ligger" in page.content.decode()) == warned
    assert bool(page.context["missed"]) == warned


def test_agreed_preview_becomes_the_edition_and_is_told_afterwards(source, story, client_of):
    client = client_of(story.organiser)
    address = reverse("edition_copy", args=[source.key])
    preview = client.get(address, asked(source))
    wishes = {name: [] for name, _value in preview.context["wishes"]}
    for name, value in preview.context["wishes"]:
        wishes[name].append(value)
    made = client.post(address, wishes | {"seen": preview.context["fingerprint"]})

    assert made["Location"] == reverse("edition_copied", args=["rehearsal-2033"])
    told = client.get(made["Location"])
    assert [each.part.name for each in told.context["found"]] == list(ALL)
    assert [line.text for line in told.context["found"][5].lines] == ["Svenska Mässan, huvudpartner"]
    first = told.context["found"][0].lines[0]
    assert first.new_opens == Shift(728).instant(source.stages.first().opens_at)
    links = [each.url for each in told.context["found"]]
    assert [client.get(url).status_code for url in links] == [200] * len(ALL)


def test_source_that_changed_since_the_preview_is_shown_again(source, story, client_of):
    client = client_of(story.organiser)
    address = reverse("edition_copy", args=[source.key])
    seen = client.get(address, asked(source)).context["fingerprint"]
    Partner.objects.create(edition=source, organisation="En till")
    again = client.post(address, asked(source, seen=seen))

    assert again.status_code == 200
    assert "Omgången har ändrats under tiden" in again.content.decode()
    assert not Edition.objects.filter(key="rehearsal-2033").exists()


def test_preview_agreed_to_in_another_language_is_the_same_and_told_in_the_readers(source, story, client_of):
    client, address = client_of(story.organiser), reverse("edition_copy", args=[source.key])
    swedish = client.get(address, asked(source))
    client.cookies["django_language"] = "en"
    english = client.get(address, asked(source))
    made = client.post(address, asked(source, seen=swedish.context["fingerprint"]))

    assert swedish.context["fingerprint"] == english.context["fingerprint"]
    assert made["Location"] == reverse("edition_copied", args=["rehearsal-2033"])
    told = {}
    for language in ("en", "sv"):
        client.cookies["django_language"] = language
        stages = client.get(made["Location"]).context["found"][0].lines
        told[language] = (str(stages[0].text), stages[0].new_opens)
    opens = Shift(728).instant(source.stages.first().opens_at)
    assert told == {"en": ("Application", opens), "sv": ("Ansökan", opens)}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days": ""}, "Skriv hur många dagar datumen flyttas."),
        ({"parts": ["people"]}, "så kopiera platserna också"),
        ({"year": ""}, "Skriv året."),
        ({"year": "tjugosju"}, "Skriv året med fyra siffror."),
        ({"key": "rehearsal-2027"}, "Nyckeln rehearsal-2027 är upptagen."),
        ({"starts": "igår"}, "Skriv dagen som 2027-03-01."),
        ({"parts": ["scores"]}, "scores"),
    ],
)
def test_mistake_in_the_wishes_is_said_and_nothing_made(source, story, client_of, changes, sentence):
    client = client_of(story.organiser)
    address = reverse("edition_copy", args=[source.key])
    editions = Edition.objects.count()

    assert sentence in client.get(address, asked(source, **changes)).content.decode()
    assert client.post(address, asked(source, seen="x", **changes)).status_code == 422
    assert Edition.objects.count() == editions


def test_weeks_follow_from_the_fairs_days(source, story, client_of):
    source.fair.starts = date(2027, 11, 16)
    source.fair.save()
    client = client_of(story.organiser)
    pages = {
        how: client.get(
            reverse("edition_copy", args=[source.key]), asked(source, how=how, starts="2033-11-17")
        ).context["shift"].days
        for how in ("weeks", "fair", "none")
    }  # fmt: skip

    assert pages == {"weeks": 2191, "fair": 2193, "none": None}


def test_copied_rehearsal_is_wiped_wholly(source, story):
    made = copy(source, story.organiser, *ALL, "people")
    wipe_rehearsal(edition=made, by=story.administrator)

    assert not Edition.objects.filter(pk=made.pk).exists()
    left = (Seat, Partner, Round, Undertaking, Invitation, Letter)
    assert [model.objects.filter(edition_id=made.pk).count() for model in left] == [0] * len(left)
    assert not JournalEntry.objects.filter(edition_id=made.pk).exists()
    assert source.partners.count() == 1


def test_set_up_shows_every_part_with_few_queries(source, story, client_of, django_assert_max_num_queries):
    client = client_of(story.organiser)
    address = reverse("edition_setup", args=[source.key])
    with django_assert_max_num_queries(24):
        page = client.get(address)

    assert [each.part.name for each in page.context["found"]] == list(ALL)
    assert page.context["found"][0].part.preview(source, SAME)


def test_stage_at_the_calendars_end_is_copied_without_its_time(source, story, client_of):
    Stage.objects.filter(edition=source, position=1).update(
        closes_at=datetime(9999, 12, 31, 22, 59, tzinfo=UTC)
    )
    page = client_of(story.organiser).post(reverse("edition_copy", args=[source.key]), asked(source))
    made = copy(source, story.organiser)

    assert page.status_code == 200
    assert made.stages.get(position=1).closes_at is None
