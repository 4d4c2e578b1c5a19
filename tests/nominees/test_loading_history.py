"""The award's history: everything with its source, loaded as often as one likes, never half."""

import shutil
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from awards.models import Award, Edition, EditionDate, Fair, JournalEntry, Source, Stage
from awards.states import EditionState, StageKind
from nominees.loading.history import load_history
from nominees.loading.reference import load_reference
from nominees.loading.tables import SHIPPED, DataTroubleError, Shelf
from nominees.models import (
    Answer,
    Challenge,
    Contribution,
    Evaluation,
    EvaluationArea,
    ImprovementArea,
    Initiative,
    Nomination,
    NominationEvent,
    Question,
    Theme,
)

TABLES = (
    Award, Edition, EditionDate, Fair, Source, Stage, Challenge, Contribution, Evaluation, EvaluationArea,
    ImprovementArea, Initiative, Nomination, NominationEvent, Question, Theme,
    Contribution.municipalities.through,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A copy of the files that a test may damage."""
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def country(db):
    """Municipalities without history."""
    load_reference(Shelf())


def damage(folder, name, before, after):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def contents():
    return {model.__name__: sorted(model.objects.values_list()) for model in TABLES}


def test_everything_is_there(past):
    numbers = {model.__name__: model.objects.count() for model in TABLES}

    assert numbers == {
        "Award": 1,
        "Edition": 12,
        "EditionDate": 11,
        "Fair": 12,
        "Source": 35,
        "Stage": 68,
        "Challenge": 7,
        "Contribution": 5,
        "Contribution_municipalities": 6,
        "Evaluation": 2,
        "EvaluationArea": 16,
        "ImprovementArea": 7,
        "Initiative": 6,
        "Nomination": 73,
        "NominationEvent": 100,
        "Question": 4,
        "Theme": 3,
    }
    assert NominationEvent.objects.filter(kind="won").count() == 12


def test_every_fact_has_its_source(past):
    for model in (NominationEvent, Contribution, EditionDate, Edition, Fair, Evaluation):
        assert not model.objects.filter(source=None).exists()
    for model in (ImprovementArea, Initiative, Challenge):
        assert set(model.objects.values_list("source__text", flat=True)) == {
            "Kvalitetsmagasinet: Eskilstuna redo för evolution"
        }
    assert (
        Source.objects.get(text__contains="vartlulea.se/arkiv/aktuellt/luleanominerad").short == "Vårt Luleå"
    )


def test_editions_are_concluded_and_public_since_their_ceremony(past):
    editions = {edition.key: edition for edition in Edition.objects.all()}

    assert {edition.state for edition in editions.values()} == {EditionState.CONCLUDED}
    assert editions["2015"].published_at == datetime(2015, 11, 3, 11, tzinfo=UTC)
    assert editions["2021"].published_at == datetime(2022, 5, 2, 10, tzinfo=UTC)
    assert editions["2003"].published_at == datetime(2003, 12, 31, 11, tzinfo=UTC)
    assert [key for key, edition in editions.items() if not edition.nominee_list_complete] == [
        "2025", "2013", "2009", "2007",
    ]  # fmt: skip
    assert [key for key, edition in editions.items() if edition.applicant_list_complete] == [
        "2025", "2017", "2015", "2013",
    ]  # fmt: skip


def test_the_ceremony_of_2021_was_moved_twice(past):
    edition = Edition.objects.get(key="2021")
    dates = edition.dates.filter(what="ceremony").order_by("date").values_list("status", "date")

    assert edition.year == 2021
    assert list(dates) == [
        ("planned", date(2021, 11, 16)),
        ("moved", date(2022, 3, 7)),
        ("held", date(2022, 5, 2)),
    ]


def test_stages_follow_the_way_in_and_have_no_invented_dates(past):
    def kinds(key):
        return list(Stage.objects.filter(edition__key=key).values_list("kind", flat=True))

    assert kinds("2003") == ["call", "nomination", "scoring", "decision", "ceremony"]
    assert kinds("2015") == ["call", "external_evaluation", "nomination", "scoring", "decision", "ceremony"]
    assert kinds("2025")[0] == StageKind.SCREENING
    assert set(Stage.objects.values_list("state", "opens_at", "closes_at")) == {("closed", None, None)}


def test_eskilstuna_2015(past):
    nomination = Nomination.objects.get(edition__key="2015", municipality__code="0484")
    areas = list(nomination.improvement_areas.values_list("direction", "title"))
    challenges = list(nomination.challenges.values_list("title", "is_added", "ahead_of"))

    assert areas == [
        ("outward", "Högre attraktionskraft i stad och land"),
        ("outward", "Höjd utbildningsnivå"),
        ("outward", "Fler jobb och fler i arbete"),
        ("outward", "Ekologisk hållbarhet"),
        ("inward", "Stabil ekonomi"),
        ("inward", "Attraktiv arbetsgivare"),
        ("inward", "Högre kvalitet i processerna"),
    ]
    assert [title for title, is_added, _ahead in challenges if is_added] == ["Social uthållighet"]
    assert {ahead for _title, _added, ahead in challenges} == {2016}
    assert Question.objects.filter(section__edition=nomination.edition, audience="public").count() == 4
    assert not Answer.objects.exists()


def test_a_contribution_belongs_to_the_fair_and_never_to_a_nomination(past):
    assert list(Contribution.objects.values_list("fair__label_year", "theme__code", "title")) == [
        (2011, "utmanar", "Eskilstuna utmanar"),
        (2011, None, "Eskilstuna–Manchester 1–1"),
        (2013, "inspirerar", "Eskilstuna inspirerar"),
        (2013, None, "Resultatstyrning i praktiken"),
        (2015, "evolution", "Eskilstuna gör evolution"),
    ]
    assert not Nomination.objects.filter(edition__key="2011", municipality__code="0484").exists()
    joint = Contribution.objects.get(title="Resultatstyrning i praktiken")
    assert [each.code for each in joint.municipalities.all()] == ["0484", "0182"]


def test_evaluations_keep_their_version(past):
    points = {
        each.instrument_version: sum(each.areas.values_list("points", flat=True))
        for each in Evaluation.objects.all()
    }
    assert points == {"2010": 506, "2020": 648}


def test_a_second_run_changes_nothing_and_says_so(country):
    first, second = StringIO(), StringIO()
    call_command("load_history", stdout=first)
    before = contents()
    call_command("load_history", stdout=second)

    assert contents() == before
    assert first.getvalue().startswith("Added: ")
    assert second.getvalue().startswith("Nothing changed. As in the files: ")
    assert "entries 73, events 100" in second.getvalue()
    assert list(JournalEntry.objects.values_list("verb", flat=True)) == ["load_history", "load_reference"]


def test_what_an_organiser_added_is_kept(past):
    nomination = Nomination.objects.get(edition__key="2015", municipality__code="1261")
    Nomination.objects.filter(pk=nomination.pk).update(motivation="Ord från juryn.", published_at=None)
    load_history(Shelf())
    nomination.refresh_from_db()

    assert (nomination.motivation, nomination.published_at) == ("Ord från juryn.", None)


def test_a_new_event_in_a_later_file_is_added(past, folder):
    with (folder / "history.csv").open("a", encoding="utf-8") as file:
        file.write("2025,0114,Upplands Väsby,nominated,,https://example.org/2025\n")
    changes = load_history(Shelf(folder))

    assert changes.sentence == "Added: sources 1, entries 1, events 1."


@pytest.mark.parametrize(
    ("name", "before", "after", "line"),
    [
        (
            "history.csv", "2025,0840,Mörbylånga,won", "2025,9840,Mörbylånga,won",
            "history.csv, row 101: there is no municipality with the code “9840”",
        ),
        (
            "history.csv", "2025,0840,Mörbylånga,won", "2025,0840,Borgholm,won",
            "history.csv, row 101: 0840 is not Borgholm but Mörbylånga",
        ),
        (
            "history.csv", "2025,0840,Mörbylånga,won", "2027,0840,Mörbylånga,won",
            "history.csv, row 101: there is no edition 2027",
        ),
        (
            "history.csv", "2017,2417,Norsjö,applied", "2017,2417,Norsjö,nominated",
            "editions.csv, row 9: all 9 applicants are said to be known, history.csv names 8",
        ),
        (
            "editions.csv", "2017-11-14,2017-11-16,2017-11-14", "2017-11-14,2017-11-13,2017-11-14",
            "editions.csv, row 9: the fair ends 2017-11-13 before it starts 2017-11-14",
        ),
        (
            "editions.csv", "2017-11-14,2017-11-16,2017-11-14", "2017-11-14,2017-11-16,2017-11-15",
            "editions.csv, row 9: ceremony is 2017-11-15, in edition_dates.csv 2017-11-14",
        ),
        (
            "edition_dates.csv", "2021,ceremony,moved", "2021,ceremony,shifted",
            "edition_dates.csv, row 3: status is “shifted”, not one of planned, moved, held",
        ),
        (
            "contributions.csv", "2015,0484,Eskilstuna,evolution", "2015,0484,Eskilstuna,revolution",
            "contributions.csv, row 4: there is no theme “revolution” in themes.csv",
        ),
        (
            "contributions.csv", "0484;0182,Eskilstuna;Nacka", "0484;0182,Eskilstuna",
            "contributions.csv, row 6: names 2 codes and 1 municipalities",
        ),
        (
            "kommunkompassen.csv", "kontroll,73,100", "kontroll,173,100",
            "kommunkompassen.csv, row 4: 173 points of 100",
        ),
        (
            "kommunkompassen.csv", "kontroll,73,100", "kontroll,NaN,100",
            "kommunkompassen.csv, row 4: points is “NaN”, not a number",
        ),
        (
            "eskilstuna-2015.json", '"municipality": "0484"', '"municipality": "0485"',
            "eskilstuna-2015.json: there is no municipality with the code “0485”",
        ),
        (
            "eskilstuna-2015.json", '"municipality": "0484",', '"municipality": "0484"',
            "eskilstuna-2015.json, row 4: is not JSON: Expecting ',' delimiter",
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("country")
def test_a_wrong_row_is_told_and_nothing_is_loaded(folder, name, before, after, line):
    damage(folder, name, before, after)
    with pytest.raises(DataTroubleError) as refused:
        load_history(Shelf(folder))

    assert refused.value.lines[0] == line
    assert (Award.objects.count(), Edition.objects.count(), Nomination.objects.count()) == (0, 0, 0)


def test_without_municipalities_the_command_says_what_to_run(db):
    with pytest.raises(CommandError) as refused:
        call_command("load_history")

    assert refused.value.returncode == 2
    assert str(refused.value) == (
        "municipalities: there are none yet; run load_reference first\nNothing was loaded."
    )
