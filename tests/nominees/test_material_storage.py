"""Material in object storage: brought, checked, served and packed as on the server's own disk."""

import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from nominees.actions.material_checks import check_waiting
from nominees.models import Material
from tests.nominees.papers import pdf
from tests.nominees.test_material import upload, url
from tests.object_storage import storing
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
            S3_BUCKET="material",
            S3_ENDPOINT=server.address,
            S3_REGION="eu-north-1",
            S3_ACCESS_KEY="key",
            S3_SECRET_KEY="secret",
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
    assert bucket.kept == {f"/material/{material.file.name}": content}
    assert (material.state, material.pages) == ("ready", 2)
    assert client.get(url(draft, material.pk)).getvalue() == content
    packed = client.get(f"/applications/{draft.pk}/material.zip").getvalue()
    with zipfile.ZipFile(io.BytesIO(packed)) as folder:
        assert folder.read("Årsbok.pdf") == content
