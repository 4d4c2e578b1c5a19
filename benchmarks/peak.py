"""One report written in a process of its own, which tells its peak: `python -m benchmarks.peak NAME ...`."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def peak_of_child(name: str, ending: str, edition: int, person: int) -> int:
    """Kilobytes that a fresh process held at its peak, Django and all, while it wrote the report."""
    asked = [name, ending, str(edition), str(person)]
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.peak", *asked],
        cwd=ROOT,
        env=os.environ,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(child.stdout.split()[-1])


def own_peak() -> int:
    """This process's own peak in kilobytes.

    Linux tells it by itself; `ru_maxrss` also counts what the process that began this one held.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def main(name: str, ending: str, edition: str, person: str) -> None:
    """Write the report and tell."""
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from benchmarks.reports import export_to_disk  # noqa: PLC0415 - models are ready only now

    export_to_disk(int(edition), int(person), name, ending)
    print(own_peak())


if __name__ == "__main__":
    main(*sys.argv[1:])
