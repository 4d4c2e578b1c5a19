"""What every test stands on: fast passwords, a database of its own, and a loud line for what is left out."""

import shutil

import pytest
from django.conf import settings
from django.core.cache import cache

from awards.translations import compile_stale
from tests.browser.eyes import LOOKS
from tests.chromium import find_chromium
from tests.environment import DATA_DIR
from tests.history import past
from tests.office import find_office
from tests.story import client_of, story

__all__ = ["client_of", "past", "story"]  # fixtures of every test

# mark -> (how the machine is asked, what is said where it has none)
NEEDS = {
    "browser": (
        find_chromium,
        "NO CHROMIUM FOUND: browser tests are left out. Install Chromium or set CHROMIUM=/path.",
    ),
    "gettext": (
        lambda: shutil.which("xgettext"),
        "NO GETTEXT FOUND: the search for untranslated texts is left out. Install gettext.",
    ),
    "office": (
        find_office,
        "NO LIBREOFFICE FOUND: recalculation of workbooks is left out. Install libreoffice-calc.",
    ),
}


DATABASE = {"db", "transactional_db", "live_server"}  # the fixtures that open it


def missing() -> dict[str, str]:
    """Mark -> loud line, for each kind of test this machine cannot run."""
    return {mark: line for mark, (find, line) in NEEDS.items() if find() is None}


def pytest_configure(config):
    """Switch what only tests want, before anything has used the settings; compile what has changed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not hasattr(config, "workerinput"):
        compile_stale()


def pytest_report_header(config):
    """Say first which database this run uses and what it leaves out."""
    return [f"database: {settings.DATABASES['default']['ENGINE']}", *missing().values()]


def pytest_terminal_summary(terminalreporter):
    """Say last, too, what was left out: nobody reads the head of a long run."""
    for line in missing().values():
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what drives a browser and what no database has a part in; leave out what cannot run here."""
    for item in items:
        if not item.get_closest_marker("django_db") and not DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.once)
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if is_second_look(item):
            item.add_marker(pytest.mark.once)
    lacking = missing()
    dropped = [item for item in items if any(item.get_closest_marker(mark) for mark in lacking)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]


def is_second_look(item) -> bool:
    """Whether a test looks once more, on the narrow and dark screen: the database is asked the same."""
    given = getattr(item, "callspec", None)
    values = given.params.values() if given else ()
    return any(isinstance(value, tuple) and value[:2] == LOOKS[1] for value in values)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Give SQLite a file: the live server's threads then have connections of their own, as in real life."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(DATA_DIR / "test.sqlite3")}
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(autouse=True)
def _clean_cache():
    """No test sees what another left in the cache: rate limits above all."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Drive the machine's own Chromium."""
    return {**browser_type_launch_args, "executable_path": find_chromium()}
