"""What lies in the repository's top folder, and that no database does anywhere."""

from tests.house.source import ROOT, kept_files

FOLDERS = {".ci", "awards", "benchmarks", "criteria", "deploy", "docs", "nominees", "reports", "tests"}
FILES = {
    ".env.example", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "CHANGELOG.md", "LICENSE",
    "Makefile", "README.md", "manage.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt",
    "requirements-server.txt",
}  # fmt: skip
DATABASE = b"SQLite format 3\x00"


def test_the_top_folder_holds_what_the_house_says_and_no_more():
    tops = {path.relative_to(ROOT).parts for path in kept_files()}

    folders = {parts[0] for parts in tops if len(parts) > 1}
    files = {parts[0] for parts in tops if len(parts) == 1}
    assert (folders, files - FILES) == (FOLDERS, set())


def test_no_database_is_kept():
    assert [path.name for path in kept_files() if path.read_bytes()[:16] == DATABASE] == []
