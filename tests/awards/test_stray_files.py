"""What a crash leaves of files is swept after a week; what belongs to a row never is."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone

from awards.actions.jobs import sweep_files
from awards.models import Job
from awards.stray_files import KEPT_FOR, is_time, throw_away_unfinished


@pytest.fixture
def folder(settings, tmp_path):
    """The folders of this test alone."""
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files", tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return tmp_path


def aged(path: Path, by: timedelta) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    at = (timezone.now() - by).timestamp()
    os.utime(path, (at, at))
    return path


def test_old_strays_go_and_young_ones_and_known_ones_stay(story, folder):
    job = Job.objects.create(person=story.organiser, kind="pack")
    job.file.save("known.zip", ContentFile(b"x"))
    known = aged(folder / "files" / job.file.name, 2 * KEPT_FOR)
    gone = [
        aged(folder / "files" / "jobs" / "stray.zip", 2 * KEPT_FOR),
        aged(folder / "incoming" / "cut-off.upload", 2 * KEPT_FOR),
    ]
    young = [
        aged(folder / "files" / "jobs" / "young.zip", KEPT_FOR / 2),
        aged(folder / "incoming" / "coming.upload", timedelta(minutes=1)),
    ]

    assert sweep_files(timezone.now()) == 2
    assert [path.exists() for path in [known, *young, *gone]] == [True, True, True, False, False]


def test_folders_that_are_not_there_yet_hold_no_strays(story, folder):
    folder.joinpath("incoming").rmdir()

    assert sweep_files(timezone.now()) == 0


def test_sweep_comes_once_an_hour_whichever_worker():
    assert [is_time("jobs"), is_time("jobs"), is_time("materials")] == [True, False, True]
    cache.clear()
    assert is_time("jobs")


def test_a_package_that_a_crash_left_half_made_goes_with_its_folder(folder):
    half_made = folder / "incoming" / "package-x"
    (half_made / "json").mkdir(parents=True)
    (half_made / "json" / "a.json").write_text("[")
    now = timezone.now()

    young = (throw_away_unfinished(now), half_made.exists())
    old = (throw_away_unfinished(now + KEPT_FOR + timedelta(minutes=1)), half_made.exists())

    assert (young, old) == ((0, True), (1, False))
