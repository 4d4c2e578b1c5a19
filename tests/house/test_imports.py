"""Every arrow runs down, drawers have labels, and what is private stays at home."""

import ast
import os
import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from tests.house.source import FLOORS, ROOT, imports, modules, tree

# From another app: its tables, states, rules and readings, and never these.
CLOSED_ROOMS = {"views", "forms", "urls", "admin", "apps", "management", "migrations", "tests"}
UNLABELLED_DRAWERS = {
    "utils",
    "helpers",
    "common",
    "services",
    "mixins",
    "managers",
    "signals",
    "constants",
    "misc",
}
# Libraries that cost time or memory to load: a documented lazy import keeps them out of start-up.
HEAVY = {"krippendorff", "lxml", "numpy", "openpyxl", "pikepdf", "PIL", "scipy", "typst", "vl_convert"}

# When Django starts, `ready` tells the lower floors of gates and menus, whose models are loaded only then.
WIRING = {f"{floor}.apps" for floor in FLOORS}
# Rooms that stand on such libraries: they import them plainly, and are themselves imported lazily.
HEAVY_ROOMS = ("criteria.statistics",)


def test_arrows_run_down():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True) == 0


@pytest.mark.parametrize("floor", FLOORS)
def test_other_apps_rooms_are_closed(floor):
    trespassing = [
        f"{name}:{line} imports {imported}"
        for name, path in modules().items()
        if name.split(".")[0] == floor
        for imported, attribute, line in imports(tree(path))
        if _app_of(imported) not in (None, floor)
        and CLOSED_ROOMS & {*imported.split(".")[1:2], *([attribute] if imported in FLOORS else [])}
    ]
    assert trespassing == []


def test_imports_are_absolute_and_private_names_stay_at_home():
    strangers = [
        f"{name}:{line} imports {attribute or imported} from {imported}"
        for name, path in modules().items()
        for imported, attribute, line in imports(tree(path))
        if imported.startswith(".") or (_app_of(imported) and _is_private(attribute))
    ]
    assert strangers == []


def test_only_heavy_libraries_are_imported_inside_functions():
    inline = [
        f"{name}:{line} imports {imported}"
        for name, path in modules().items()
        for imported, _, line in _inside_functions(tree(path))
        if not _is_heavy(imported) and name not in WIRING
    ]
    assert inline == []


def test_heavy_libraries_are_imported_only_inside_functions():
    eager = [
        f"{name}:{line} imports {imported}"
        for name, path in modules().items()
        if not _is_in_heavy_room(name)
        for imported, _, line in _at_start(tree(path))
        if _is_heavy(imported)
    ]
    assert eager == []


def test_starting_django_loads_no_heavy_library():
    program = "import django, sys; django.setup(); print(*sorted(set(sys.modules) & set(sys.argv[1:])))"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "awards.settings"}
    command = [sys.executable, "-c", program, *HEAVY]
    loaded = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert loaded.stdout == "\n"


def test_no_drawer_is_without_label():
    drawers = [name for name in modules() if UNLABELLED_DRAWERS & set(name.split("."))]
    assert drawers == []


def test_every_module_says_why_it_exists():
    silent = [
        name
        for name, path in modules().items()
        if ".migrations." not in name and tree(path).body and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def _app_of(imported: str) -> str | None:
    app = imported.split(".")[0]
    return app if app in FLOORS else None


def _is_heavy(imported: str) -> bool:
    return imported.split(".")[0] in HEAVY or _is_in_heavy_room(imported)


def _is_in_heavy_room(module: str) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in HEAVY_ROOMS)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _at_start(module: ast.Module) -> set[tuple[str, str, int]]:
    for_types = [
        found
        for node in module.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for found in imports(node)
    ]
    return {*imports(module)} - {*_inside_functions(module), *for_types}


def _inside_functions(module: ast.Module) -> list[tuple[str, str, int]]:
    functions = (
        node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [found for function in functions for found in imports(function)]
