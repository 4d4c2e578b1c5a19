"""The product's own files, as the tests of the house read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("awards", "nominees", "criteria", "reports")  # lowest first


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that belongs to the product: kept in version control, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in names.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


@cache
def modules() -> dict[str, Path]:
    """Dotted name of each module in the four apps -> its file."""
    files = (path.relative_to(ROOT) for path in kept_files() if path.suffix == ".py")
    return {dotted(path): ROOT / path for path in files if path.parts[0] in FLOORS}


def dotted(path: Path) -> str:
    """`awards/models/person.py` -> `awards.models.person`; a package is named by its folder."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    """The parsed source of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(module: ast.AST) -> list[tuple[str, str, int]]:
    """(module, name, line) for every import in the tree; the name is empty for `import module`."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found += [(alias.name, "", node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [
                (f"{'.' * node.level}{node.module or ''}", alias.name, node.lineno) for alias in node.names
            ]
    return found
