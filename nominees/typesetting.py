"""A process of its own that sets one paper and ends: what a thousand pages took of memory is given back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


class TypesettingError(Exception):
    """The paper could not be set; the text is what the compiler complains of."""


def compiled(order: dict) -> bytes:
    """The paper that typst makes of this order, in this process: right for a few pages."""
    try:
        return _typst().compile(**order)
    except (_typst().TypstError, RuntimeError, OSError) as error:
        raise TypesettingError(str(getattr(error, "diagnostic", "") or error)) from error


def compiled_apart(order: dict) -> bytes:
    """The same from another process: right for a binder. What goes wrong there is raised here."""
    done = subprocess.run(
        [sys.executable, "-m", "nominees.typesetting"],
        input=json.dumps(order).encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace"))
    return done.stdout


def main() -> None:
    """Read an order, write the paper."""
    try:
        sys.stdout.buffer.write(compiled(json.load(sys.stdin.buffer)))
    except TypesettingError as error:
        sys.exit(str(error))


def _typst():
    import typst  # noqa: PLC0415 - heavy, and most requests set no paper

    return typst


if __name__ == "__main__":
    main()
