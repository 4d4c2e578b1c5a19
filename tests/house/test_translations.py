"""Every text has its Swedish, in the catalogue of the app that says it."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.house.source import FLOORS, ROOT, kept_files

CATALOGUES = {app: ROOT / app / "locale" / "sv" / "LC_MESSAGES" / "django.po" for app in FLOORS}
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%[sd]|\{[a-z_0-9.]*\}", re.IGNORECASE)


def test_swedish_is_the_default():
    assert settings.LANGUAGE_CODE == "sv"


@pytest.mark.parametrize("app", FLOORS)
def test_catalogue_is_complete(app):
    entries = [entry for entry in _catalogue(app) if not entry.obsolete]

    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("app", FLOORS)
def test_catalogue_repeats_nothing(app):
    keys = [(entry.msgctxt, entry.msgid) for entry in _catalogue(app)]

    assert sorted({key[1] for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("app", FLOORS)
def test_translation_keeps_the_placeholders(app):
    changed = [
        entry.msgid
        for entry in _catalogue(app).translated_entries()
        for text in _translations(entry)
        if not _placeholders(text) <= _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
        or not (entry.msgid_plural or _placeholders(text) == _placeholders(entry.msgid))
    ]
    assert changed == []


@pytest.mark.gettext
@pytest.mark.parametrize("app", FLOORS)
def test_every_text_in_the_source_has_its_swedish(app, tmp_path):
    translated = {_key(entry) for name in FLOORS for entry in _catalogue(name) if entry.translated()}

    assert sorted(key[1] for key in _texts_in_source(app, tmp_path) - translated) == []


@cache
def _catalogue(app: str) -> polib.POFile:
    return polib.pofile(str(CATALOGUES[app]))


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgctxt or "", entry.msgid)


def _texts_in_source(app: str, folder: Path) -> set[tuple[str, str]]:
    """What makemessages finds in a copy of the app; needs gettext, which continuous integration has."""
    for path in kept_files():
        within = path.relative_to(ROOT)
        if within.parts[0] == app and path.suffix in (".py", ".html", ".txt", ".svg"):
            (folder / within).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / within)
    (folder / app / "locale").mkdir()
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--locale",
        "sv",
        "--extension",
        "html,txt,py,svg",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=folder / app, env=environment, capture_output=True, check=True)
    found = folder / app / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    return {_key(entry) for entry in polib.pofile(str(found))} if found.exists() else set()
