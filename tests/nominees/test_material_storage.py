"""Material in object storage, by S3: brought, checked, served, packed and swept as on the server's disk."""

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.utils import timezone

from nominees.actions.material_checks import check_waiting, sweep_files
from nominees.models import Material
from tests.nominees.papers import pdf
from tests.nominees.reading import words
from tests.nominees.test_material import upload, url
from tests.object_storage import ACCESS, BUCKET, REGION, storing
from tests.story import ESKILSTUNA

PROGRAM = """
import json
from awards import settings
print(json.dumps(settings.STORAGES["default"]))
"""


def storage_of(**names) -> dict:
    """The setting in a process of its own that finds these names in its environment."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **names},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture
def bucket(settings):
    with storing() as server:
        found = storage_of(
            S3_BUCKET=BUCKET,
            S3_ENDPOINT=server.address,
            S3_REGION=REGION,
            S3_ACCESS_KEY=ACCESS["access_key"],
            S3_SECRET_KEY=ACCESS["secret_key"],
        )
        settings.STORAGES = {**settings.STORAGES, "default": found}
        yield server


def test_files_stay_on_the_disk_unless_a_bucket_is_named():
    assert storage_of() == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def test_material_lives_in_the_bucket(story, client_of, bucket):
    draft, client = story.drafts[ESKILSTUNA], client_of(story.contact)
    content = pdf(2)
    assert upload(client, draft, "Årsbok.pdf", content).status_code == 302
    check_waiting(timezone.now())

    material = Material.objects.get()
    assert bucket.kept == {material.file.name: content}
    assert (material.state, material.pages) == ("ready", 2)
    assert client.get(url(draft, material.pk)).getvalue() == content
    packed = client.get(f"/applications/{draft.pk}/material.zip").getvalue()
    with zipfile.ZipFile(io.BytesIO(packed)) as folder:
        assert folder.read("Årsbok.pdf") == content


def test_large_file_comes_to_the_bucket_whole(story, client_of, bucket):
    draft, client = story.drafts[ESKILSTUNA], client_of(story.contact)
    content = pdf(1) + b"\n%" + b"x" * 12_000_000  # more than one part of S3's

    upload(client, draft, "Stor.pdf", content)

    assert bucket.kept == {Material.objects.get().file.name: content}


def test_storage_that_is_away_is_told_and_nothing_is_written(story, client_of, bucket, settings):
    draft, client = story.drafts[ESKILSTUNA], client_of(story.contact)
    options = settings.STORAGES["default"]["OPTIONS"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {**options, "bucket_name": "ingen"}},
    }

    answer = upload(client, draft, "Årsbok.pdf", pdf())

    assert (answer.status_code, Material.objects.count()) == (503, 0)
    assert "Årsbok.pdf kunde inte sparas just nu. Försök igen om en stund." in words(answer)


def test_what_no_row_knows_is_swept_from_the_bucket_after_a_week(story, client_of, bucket):
    draft, client = story.drafts[ESKILSTUNA], client_of(story.contact)
    upload(client, draft, "Årsbok.pdf", pdf())
    kept = Material.objects.get().file.name
    bucket.client.put_object(Bucket=BUCKET, Key="materials/ab/left-by-a-crash", Body=b"x")

    assert sweep_files(timezone.now()) == 0
    cache.clear()
    assert sweep_files(timezone.now() + timedelta(days=8)) == 1
    assert list(bucket.kept) == [kept]
