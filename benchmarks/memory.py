"""What a large upload costs the web server in memory: the resident set of its real processes, by HTTP."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.contact import Contact
from benchmarks.crashes import Crew

SIZE = 24_900_000  # bytes; with what surrounds it just below the limit of 25 MB a file


def growth_by_upload(contact: Contact, crew: Crew) -> float | None:
    """Megabytes by which the server's largest worker grew at its peak; None where the system does not tell.

    Small uploads come first, so that what is loaded once is loaded in every worker.
    """
    workers = crew.processes()
    if not Path("/proc/self/clear_refs").exists():
        return None
    with contact.browser() as browser:
        for _time in range(6 * len(workers)):
            contact.upload(browser, 50_000)
        before = {pid: _kilobytes(pid, "VmRSS") for pid in workers}
        for pid in workers:
            Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")  # forget the peak so far
        contact.upload(browser, SIZE)
    if contact.strange:
        raise RuntimeError(contact.strange[0])
    return max(_kilobytes(pid, "VmHWM") - before[pid] for pid in workers) / 1000


def new_contact(entry, person, crew: Crew) -> Contact:
    """A contact with dice of her own, for a server that runs."""
    return Contact(entry, person, f"http://localhost:{crew.port}", random.Random(7))  # noqa: S311 - no secret


def _kilobytes(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)
