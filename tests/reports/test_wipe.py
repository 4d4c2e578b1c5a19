"""Wiping touches rehearsals alone, asks first, and takes their files along."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command

from awards.actions.rehearsals import wipe_rehearsal
from awards.models import Edition, Job, JournalEntry, Person, Source
from nominees.models import Nomination, NominationEvent


def test_wipe_of_a_real_edition_is_refused(story):
    with pytest.raises(PermissionDenied):
        wipe_rehearsal(edition=story.history, by=None)
    assert story.history.nominations.count() == 6


def test_wipe_by_another_organiser_is_refused(story):
    with pytest.raises(PermissionDenied):
        wipe_rehearsal(edition=story.edition, by=story.other_organiser)


def test_wipe_command_asks_first(story, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"readline": staticmethod(lambda: "no\n")}))
    call_command("wipe_rehearsals")

    assert Edition.objects.filter(is_rehearsal=True).count() == 4
    assert capsys.readouterr().out.endswith("Nothing was changed.\n")


def test_wipe_of_one_key_leaves_the_others(story):
    call_command("wipe_rehearsals", "rehearsal-2027", "--yes")

    assert sorted(Edition.objects.values_list("key", flat=True)) == [
        "2015",
        "rehearsal-2025",
        "rehearsal-2029",
        "rehearsal-2031",
    ]
    assert Person.objects.filter(pk=story.juror1.pk).exists()


def test_wipe_of_an_unknown_key_is_a_sentence_and_exit_code_2(story, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("wipe_rehearsals", "2015", "--yes")

    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "There is no rehearsal 2015. Known: rehearsal-2025, rehearsal-2027, rehearsal-2029, rehearsal-2031.\n"
    )


def test_wipe_takes_files_along(story, django_capture_on_commit_callbacks):
    job = Job.objects.create(person=story.organiser, edition=story.edition, kind="juror_workbooks")
    job.file.save("pack.zip", ContentFile(b"PK"))
    storage, name = job.file.storage, job.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        wipe_rehearsal(edition=story.edition, by=story.organiser)

    assert not storage.exists(name)
    assert JournalEntry.objects.filter(edition_id=story.edition.pk).count() == 0


def test_wipe_forgets_the_sources_that_only_the_rehearsal_named(story):
    own, shared, unused = (Source.objects.create(text=text) for text in ("Own.", "Shared.", "Unused."))
    Nomination.objects.filter(edition=story.edition).update(motivation_source=own)
    ours = Nomination.objects.filter(edition=story.edition).first()
    theirs = Nomination.objects.filter(edition=story.history).first()
    for entry in (ours, theirs):
        NominationEvent.objects.create(nomination=entry, kind="honoured", source=shared)
    wipe_rehearsal(edition=story.edition, by=story.organiser)

    assert set(Source.objects.filter(pk__in=[own.pk, shared.pk, unused.pk])) == {shared, unused}
