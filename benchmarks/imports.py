"""How long an organiser waits to see the rows of a list with every municipality, from the file on."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from awards.models import Edition, Role
from awards.states import RoleKind
from nominees.models import Municipality
from reports.cells import csv_bytes, xlsx_bytes
from reports.models import ImportDraft

EDITION = "rehearsal-2029"
HEADER = ("Kommunkod", "Kommun", "E-post", "Behörighet", "Titel")
COLUMNS = ("code", "name", "email", "level", "title")


class Preview:
    """Uploads a list of 290 contacts, takes the guessed columns and shows the rows, as a browser does."""

    def __init__(self, ending: str) -> None:
        self.edition = Edition.objects.get(key=EDITION)
        organiser = Role.objects.filter(edition=self.edition, kind=RoleKind.ORGANISER).first().person
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(organiser)
        rows = [
            (each.code, each.full_name.upper(), f"kontakt-{each.code}@bench.example", "skriver", "Utvecklare")
            for each in Municipality.objects.order_by("code")[:290]
        ]
        self.name = f"kontakter.{ending}"
        self.content = xlsx_bytes("Kontakter", HEADER, rows) if ending == "xlsx" else csv_bytes(HEADER, rows)

    def __call__(self) -> object:
        """One preview; the page with its rows."""
        ImportDraft.objects.all().delete()
        file = SimpleUploadedFile(self.name, self.content)
        posted = {"edition": EDITION, "kind": "contacts", "file": file}
        address = self.client.post("/organiser/import/", posted)["Location"]
        self.client.get(address)
        said = {f"column-{place}": name for place, name in enumerate(COLUMNS)}
        return self.client.get(self.client.post(address, said)["Location"], {"show": "all"})
