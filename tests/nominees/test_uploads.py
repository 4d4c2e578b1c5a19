"""What may come in, told without a database: names, first bytes, streams, findings, and the virus scanner."""

import hashlib
import io
import socket
import struct
import tempfile
import threading
import tracemalloc
import unicodedata
from contextlib import contextmanager

import pytest
from django.core.files.uploadhandler import SkipFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nominees.uploads.allowed import film_problem, look_at
from nominees.uploads.file_names import LONGEST, apart, display_name
from nominees.uploads.inspecting import REFUSALS, Finding, inspect
from nominees.uploads.receiving import MOST_FILES, Limits, ReceivingHandler
from nominees.uploads.virus_scan import Scan, ScannerAwayError, scan
from tests.nominees.papers import office, pdf, picture

NOT_TAKEN = "går inte att ta emot. Välj en PDF-, Word-, Excel-, PowerPoint-, PNG- eller JPEG-fil."
SOMETHING_ELSE = "men innehåller något annat. Spara om filen och välj den igen."


# Names ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Årsredovisning för Växjö.pdf", "Årsredovisning för Växjö.pdf"),
        (unicodedata.normalize("NFD", "åäö.pdf"), "åäö.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kontakt\\bilaga.pdf", "bilaga.pdf"),
        ("bil\x00aga\x1f\u202efdp.pdf", "bilagafdp.pdf"),
        ("fråga: vad?.pdf", "fråga_ vad_.pdf"),
        ("con.pdf", "_con.pdf"),
        ("  två   ord .pdf. ", "två ord .pdf"),
        ("å" * 300 + ".pdf", "å" * (LONGEST - 4) + ".pdf"),
        ("...", ""),
        ("/", ""),
    ],
)
def test_name_is_made_safe_and_keeps_its_letters(raw, shown):
    assert display_name(raw) == shown


@given(st.text(max_size=400))
def test_name_never_leads_anywhere(raw):
    name = display_name(raw)

    assert (len(name) <= LONGEST + 1, "/" in name, "\\" in name, "\x00" in name) == (
        True,
        False,
        False,
        False,
    )
    assert name == display_name(name)


def test_names_in_a_folder_are_told_apart_also_by_capitals():
    assert list(apart(["a.pdf", "A.pdf", "a.pdf", "b"])) == ["a.pdf", "A (2).pdf", "a (3).pdf", "b"]
    assert list(apart(["x/a:.pdf", "a_.pdf", "aux.pdf", "..."])) == ["a_.pdf", "a_ (2).pdf", "_aux.pdf", "_"]


# First bytes ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", pdf(1), "pdf"),
        ("a.PDF", b"\xef\xbb\xbf%PDF-1.7", "pdf"),
        ("a.docx", office("docx"), "docx"),
        ("a.xlsx", office("xlsx"), "xlsx"),
        ("a.pptx", office("pptx"), "pptx"),
        ("a.png", picture("png"), "png"),
        ("a.jpg", picture("jpeg"), "jpeg"),
        ("a.jpeg", picture("jpeg"), "jpeg"),
    ],
)
def test_each_kind_is_known_by_name_and_content(name, content, kind):
    assert look_at(name, content[:1024], len(content)).kind.code == kind


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.exe", b"MZ", f"a.exe {NOT_TAKEN}"),
        ("a.svg", b"<svg>", f"a.svg {NOT_TAKEN}"),
        ("a.pdf", b"MZ", f"a.pdf kallas PDF {SOMETHING_ELSE}"),
        ("a.png", b"%PDF-1.7", f"a.png kallas PNG {SOMETHING_ELSE}"),
        ("a.pdf", b"", "a.pdf är tom. Välj filen igen."),
        ("", b"%PDF-1.7", "Filen har inget namn som går att visa. Ge den ett annat namn och välj den igen."),
    ],
)  # fmt: skip
def test_wrong_file_is_answered_with_a_sentence(name, content, says):
    with translation.override("sv"):
        assert str(look_at(name, content, len(content)).refusal) == says


def test_film_is_a_whole_https_address():
    links = [
        "https://film.example/1",
        "http://film.example/1",
        "javascript:alert(1)",
        "https://a:b@film.example/",
        "film",
        "",
    ]

    assert [not film_problem(link) for link in links] == [True, False, False, False, False, False]


# Streams --------------------------------------------------------------------------------------------
def stream(handler, name, chunks):
    """As Django's parser does it."""
    try:
        handler.new_file("file", name, "", None)
        size = 0
        for chunk in chunks:
            handler.receive_data_chunk(chunk, size)
            size += len(chunk)
    except SkipFile:
        return None
    return handler.file_complete(size)


def test_stream_is_hashed_and_kept_on_the_disk():
    handler = ReceivingHandler(None, Limits(10_000_000, 10_000_000, 10_000_000))
    content = pdf()
    file = stream(handler, "rapport.pdf", [content[:100], content[100:]])

    (received,) = handler.receipt.files
    assert received.sha256 == hashlib.sha256(content).hexdigest()
    assert (received.name, received.kind.code, received.size) == ("rapport.pdf", "pdf", len(content))
    assert file.read() == content


def test_stream_stops_writing_at_the_limit_of_a_file_and_of_the_entry():
    handler = ReceivingHandler(None, Limits(2_000_000, 2_500_000, 200_000_000))
    chunk = b"%PDF-" + b" " * 999_995
    sizes = {"a.pdf": 3, "b.pdf": 2, "c.pdf": 1}
    files = [stream(handler, name, [chunk] * count) for name, count in sizes.items()]

    with translation.override("sv"):
        said = [str(each) for each in handler.receipt.refusals]
    assert said == [
        "a.pdf är större än 2 MB. Gör den mindre, eller beskriv innehållet och länka till det i stället.",
        "c.pdf får inte plats: materialet i en ansökan får vara 200 MB sammanlagt. Ta bort något först.",
    ]
    assert [file is None for file in files] == [True, False, True]


def test_stream_takes_a_bounded_number_of_files():
    handler = ReceivingHandler(None, Limits(1_000, 1_000_000, 1_000_000))
    for number in range(MOST_FILES + 2):
        stream(handler, f"{number}.pdf", [b"%PDF-"])

    assert (len(handler.receipt.files), len(handler.receipt.refusals)) == (MOST_FILES, 2)
    assert handler.receipt.is_flooded is False


def test_stream_of_25_megabytes_needs_little_memory():
    handler = ReceivingHandler(None, Limits(25_000_000, 200_000_000, 200_000_000))
    chunk = b"%PDF-" + b" " * 65_531
    tracemalloc.start()
    stream(handler, "stor.pdf", (chunk for _number in range(380)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 10_000_000
    assert handler.receipt.files[0].size == 380 * 65_536


# Findings -------------------------------------------------------------------------------------------
def finding(content: bytes, kind: str) -> Finding:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return inspect(file, kind)


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        (pdf(3), "pdf", Finding("", 3)),
        (pdf(1, script="app.alert(1)"), "pdf", Finding("", 1, is_active=True)),
        (pdf(1, password="hemligt"), "pdf", Finding("encrypted")),
        (pdf(1)[:200], "pdf", Finding("broken")),
        (b"%PDF-1.7\n" + b"x" * 500, "pdf", Finding("broken")),
        (office("docx"), "docx", Finding()),
        (office("docx"), "xlsx", Finding("other")),
        (office("docx", "word/vbaProject.bin"), "docx", Finding("macros")),
        (office("xlsx", *(f"xl/{number}.xml" for number in range(10_001)), size=1), "xlsx", Finding("bomb")),
        (office("pptx")[:60], "pptx", Finding("broken")),
        (picture("png"), "png", Finding()),
        (picture("jpeg"), "jpeg", Finding()),
        (picture("png")[:40], "png", Finding("broken")),
    ],
    ids=range(13),  # never the bytes: they carry the time, and every worker must name the tests alike
)
def test_each_file_is_looked_into_in_a_process_of_its_own(content, kind, found):
    assert finding(content, kind) == found


def test_every_refusal_has_a_swedish_sentence():
    with translation.override("sv"):
        said = {code: str(sentence) for code, sentence in REFUSALS.items()}
    assert said == {
        "broken": "Filen är trasig och går inte att öppna. Spara om den och ladda upp den igen.",
        "encrypted": "Filen är låst med lösenord. Spara den utan lösenord och ladda upp den igen.",
        "other": "Filen innehåller något annat än namnet säger. Spara om den och ladda upp den igen.",
        "macros": "Filen innehåller makron. Spara den utan makron och ladda upp den igen.",
        "virus": "Virusskyddet stoppade filen. Fråga er it-support innan ni laddar upp den igen.",
        "bomb": "Filen blir för stor när den öppnas. Gör den mindre och ladda upp den igen.",
    }


# The virus scanner ----------------------------------------------------------------------------------
@contextmanager
def clamd(answer: bytes, path=None):
    """A stand-in that speaks INSTREAM once; gives its address and, afterwards, what it was sent."""
    listening = socket.socket(socket.AF_UNIX if path else socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(str(path) if path else ("127.0.0.1", 0))
    listening.listen(1)
    listening.settimeout(10)
    got = bytearray()

    def serve():
        line, _address = listening.accept()
        with line, line.makefile("rb") as source:
            assert source.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", source.read(4))[0]:
                got.extend(source.read(size))
            line.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield (f"unix:{path}" if path else f"127.0.0.1:{listening.getsockname()[1]}"), got
    finally:
        thread.join(timeout=10)
        listening.close()


def test_scanner_finds_nothing(tmp_path):
    content = b"x" * 200_000
    with clamd(b"stream: OK\0", tmp_path / "c") as (address, got):
        assert scan(io.BytesIO(content), address) == Scan("")
    assert bytes(got) == content


def test_scanner_names_what_it_found():
    with clamd(b"stream: Eicar-Test-Signature FOUND\0") as (address, _got):
        assert scan(io.BytesIO(b"x"), address) == Scan("Eicar-Test-Signature")


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_scanner_without_a_verdict_is_away(answer):
    with clamd(answer) as (address, _got), pytest.raises(ScannerAwayError):
        scan(io.BytesIO(b"x"), address)


@pytest.mark.parametrize("address", ["unix:/nowhere/at/all", "nonsense"])
def test_scanner_that_does_not_answer_is_away(address):
    with pytest.raises(ScannerAwayError):
        scan(io.BytesIO(b"x"), address)
