"""What a large upload costs the web server in memory: the resident set of its real processes, by HTTP."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.contact import Contact
from benchmarks.crashes import Crew
from nominees.models import Contact as Level
from nominees.models import Nomination
from nominees.states import ContactLevel

SIZE = 24_900_000  # bytes; with what surrounds it just below the limit of 25 MB a file


def growth_by_upload() -> str:
    """The growth in words; starts a server of its own on the settings' database, and stops it."""
    crew = Crew()
    try:
        crew.start("server")
        grown = _growth(_contact(crew), crew)
    finally:
        crew.stop()
    return "the system does not tell" if grown is None else f"{grown:.1f} MB"


def _growth(contact: Contact, crew: Crew) -> float | None:
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


def _contact(crew: Crew) -> Contact:
    """The demonstration's first contact who may send in where entries are written."""
    found = Level.objects.filter(edition__key="rehearsal-2029", level=ContactLevel.SUBMITTER).order_by("pk")
    row = found.select_related("person").first()
    entry = Nomination.objects.get(edition=row.edition_id, municipality=row.municipality_id)
    return Contact(entry, row.person, f"http://localhost:{crew.port}", random.Random(7))  # noqa: S311 - no secret


def _kilobytes(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)
