"""The papers beside the code are there, agree with it, and name no machine and no registry."""

import re
import tomllib

import pytest

from tests.house.source import ROOT, kept_files

REQUIRED = [
    ".ci/run",
    ".env.example",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs/decisions/0001-record-decisions.md",
    "docs/glossary.md",
    "docs/house.md",
    "docs/states.md",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements-server.txt",
    "requirements.txt",
]
LOCKS = ["requirements.txt", "requirements-server.txt", "requirements-dev.txt"]
MACHINE_PATH = re.compile(r"(?<![\w.$}/])/(?:root|work|Users|home)/[\w.-]+")
REGISTRY = re.compile(
    r"(?:index-url|find-links|trusted-host)\s*[= ]\s*\S*[/.]|pypi\.org/simple|files\.pythonhosted"
)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
TEXTS = [
    path for path in kept_files() if path.suffix not in {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".pdf"}
]
PAPERS = [path for path in kept_files() if path.suffix == ".md"]


@pytest.mark.parametrize("name", REQUIRED)
def test_paper_is_there(name):
    assert (ROOT / name).is_file()


def test_no_file_names_a_machine_or_a_registry():
    this = "tests/house/test_paper.py"
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in TEXTS
        if str(path.relative_to(ROOT)) != this
        for pattern in (MACHINE_PATH, REGISTRY)
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_has_hashes_and_no_address(name):
    lock = (ROOT / name).read_text(encoding="utf-8")
    requirements = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    unhashed = re.findall(r"^[^\s#].*(?<!\\)$", lock, re.MULTILINE)

    assert (unhashed, "://" in lock, [line for line in requirements if "==" not in line]) == ([], False, [])


def test_lock_files_name_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    run = project["project"]["dependencies"]
    server = [*run, *extras["postgres"], *extras["s3"]]
    declared = dict(zip(LOCKS, [run, server, [*server, *project["dependency-groups"]["dev"]]], strict=True))

    missing = {
        lock: [name for name in map(_name, names) if name not in _locked(lock)]
        for lock, names in declared.items()
    }
    assert missing == {lock: [] for lock in LOCKS}


def test_lock_files_agree():
    run, server, dev = (_locked(lock) for lock in LOCKS)

    assert (run.items() <= server.items(), server.items() <= dev.items()) == (True, True)


def test_example_names_every_setting_and_no_other():
    settings = (ROOT / "awards" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""\benv(?:\.\w+)?\(\s*["'](\w+)["']""", settings)) - {"TESTING"}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert set(re.findall(r"^# ([A-Z0-9_]+)=", example, re.MULTILINE)) == read | {"PORT"}


def test_changelog_tells_of_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    headings = re.findall(
        r"^## \[?([\w.]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert headings[0] in ("Unreleased", project["version"])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_papers_lead_somewhere(paper):
    links = LINK.findall(paper.read_text(encoding="utf-8"))

    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_decisions_are_numbered_without_gap():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def _name(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement).group().lower().replace("_", "-")


def _locked(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ")[0].split("==") for line in lines if "==" in line)
    return {name.lower(): version for name, version in pairs}
