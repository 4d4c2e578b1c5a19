"""The ZIP of materials: names with å ä ö, an index twice over, nothing private to jurors."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from nominees.models import Material
from reports.material_pack import pack_materials, sum_of
from tests.reports.paper import material, sent_in
from tests.story import BORAS, ESKILSTUNA

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(story):
    """Two open files of the same name, a private one, a film, one not checked, and one in another entry."""
    material(story, ESKILSTUNA, "Årsredovisning åäö.pdf", b"%PDF-1.7 ett")
    material(story, ESKILSTUNA, "årsredovisning åäö.pdf", b"%PDF-1.7 tva")
    material(story, ESKILSTUNA, "hemligt.pdf", b"%PDF-1.7 hemligt", is_private=True)
    material(story, ESKILSTUNA, "väntar.pdf", b"%PDF-1.7 fyra")
    Material.objects.create(
        nomination=story.nominations[ESKILSTUNA], name="Film", link="https://film.example/1", state="ready"
    )
    material(story, BORAS, "bilaga.pdf", b"%PDF-1.7 bor")
    sent_in(story)
    Material.objects.filter(name="väntar.pdf").update(state="checking")  # looked into anew after sending in


def packed(story, by, **wishes) -> tuple[dict[str, bytes], list[dict]]:
    path, _pieces = pack_materials(story.edition, by=by, now=story.now, language="sv", **wishes)
    with zipfile.ZipFile(path) as folder:
        assert folder.testzip() is None
        content = {name: folder.read(name) for name in folder.namelist()}
    path.unlink()
    table = csv.DictReader(io.StringIO(content.pop("index.csv").decode("utf-8-sig")), delimiter=";")
    return content, list(table)


@pytest.mark.usefixtures("files")
def test_the_organisers_pack_holds_everything_under_the_municipalitys_name(story):
    content, _table = packed(story, story.organiser)

    assert {name: content[name] for name in content if name != "INDEX.txt"} == {
        "0484 Eskilstuna/Årsredovisning åäö.pdf": b"%PDF-1.7 ett",
        "0484 Eskilstuna/årsredovisning åäö (2).pdf": b"%PDF-1.7 tva",
        "0484 Eskilstuna/hemligt.pdf": b"%PDF-1.7 hemligt",
        "1490 Borås/bilaga.pdf": b"%PDF-1.7 bor",
    }


@pytest.mark.usefixtures("files")
def test_the_index_says_what_is_private_and_why_something_is_not_there(story):
    _content, table = packed(story, story.organiser)

    notes = {row["Filnamn"]: (row["Bara för arrangören"], row["Anmärkning"]) for row in table}
    assert notes == {
        "Årsredovisning åäö.pdf": ("nej", ""),
        "årsredovisning åäö.pdf": ("nej", ""),
        "hemligt.pdf": ("ja", ""),
        "väntar.pdf": ("nej", "är inte kontrollerad, och är utelämnad"),
        "Film": ("nej", "en film på webben"),
        "bilaga.pdf": ("nej", ""),
    }


@pytest.mark.usefixtures("files")
def test_a_jurors_pack_has_nothing_private_and_nothing_left_aside(story):
    content, table = packed(story, story.juror2, own=True)

    assert sorted(content) == [
        "0484 Eskilstuna/Årsredovisning åäö.pdf",
        "0484 Eskilstuna/årsredovisning åäö (2).pdf",
        "INDEX.txt",
    ]
    assert [row["Filnamn"] for row in table] == ["Årsredovisning åäö.pdf", "årsredovisning åäö.pdf", "Film"]
    assert "hemligt" not in content["INDEX.txt"].decode()


@pytest.mark.usefixtures("files")
def test_the_index_for_people_is_swedish_with_windows_line_ends(story):
    content, _table = packed(story, story.organiser)

    lines = content["INDEX.txt"].decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Material, Sveriges KvalitetsKommun Repetition 2027"
    assert lines[4:6] == ["Borås kommun (1490)", "  1490 Borås/bilaga.pdf, 12 byte, 2 sidor"]


def test_what_was_replaced_after_sending_in_is_still_what_was_sent_in(story):
    sent = material(story, ESKILSTUNA, "första.pdf", b"%PDF-1.7 1")
    sent_in(story, ESKILSTUNA)
    newer = material(story, ESKILSTUNA, "andra.pdf", b"%PDF-1.7 2")
    Material.objects.filter(pk=sent.pk).update(replaced_by=newer)

    content, _table = packed(story, story.organiser)

    assert [name for name in content if name != "INDEX.txt"] == ["0484 Eskilstuna/första.pdf"]


def test_a_lost_file_is_told_and_the_rest_is_packed(story):
    lost = material(story, ESKILSTUNA, "borta.pdf")
    sent_in(story, ESKILSTUNA)
    lost.file.storage.delete(lost.file.name)

    content, table = packed(story, story.organiser)

    assert list(content) == ["INDEX.txt"]
    assert [(row["Filnamn"], row["Anmärkning"]) for row in table] == [("borta.pdf", "saknas i lagret")]


def test_the_sum_is_the_files_own(tmp_path: Path):
    path = tmp_path / "å.txt"
    path.write_bytes(b"abc")

    assert sum_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_pack_lies_where_crashes_are_swept(story):
    path, pieces = pack_materials(story.edition, by=None, now=story.now, language="sv")
    lying = path.parent
    path.unlink()

    assert (lying, pieces) == (Path(settings.FILE_UPLOAD_TEMP_DIR), [])
