"""Looking into a file in a process of its own, with little memory and time, and nothing of ours to reach.

Run as a script by `inspecting.py`: the kind is the argument, the file is standard input, the finding is one
line of JSON. It imports nothing of the product, so that a file that breaks out of a reader finds no settings.
"""

import io
import json
import sys
import zipfile

try:
    import resource
except ImportError:  # Windows has none
    resource = None

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 20
MOST_UNPACKED = 500_000_000
MOST_PARTS = 10_000
MOST_PIXELS = 120_000_000
FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
ACTIVE_KEYS = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/RichMedia", "/XFA")
ACTIVE_DEEDS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")


def limit() -> None:
    """Bound memory and time, and let nothing be written, where the system can."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look_into_pdf(file: io.BufferedReader) -> dict:
    """Whether it opens without a password, how many pages it has, and whether it wants to do things."""
    import pikepdf  # noqa: PLC0415 - heavy, and only needed here

    try:
        with pikepdf.open(file, suppress_warnings=True, attempt_recovery=False) as paper:
            if paper.is_encrypted:
                return {"found": "encrypted"}
            pages = len(paper.pages)
            if not pages:
                return {"found": "broken"}
            return {"found": "sound", "pages": pages, "active": is_active(paper, pikepdf)}
    except pikepdf.PasswordError:
        return {"found": "encrypted"}
    except pikepdf.PdfError:
        return {"found": "broken"}


def is_active(paper, pikepdf) -> bool:
    """Whether anything in it carries a script, a program to start, or a file inside."""
    waiting = list(paper.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            parts = list(thing)
        elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            if any(key in thing for key in ACTIVE_KEYS) or thing.get("/S") in ACTIVE_DEEDS:
                return True
            parts = [thing[key] for key in thing.keys()]  # noqa: SIM118 - not a Python dictionary
        else:
            continue
        # What stands by itself in the file is in the list already; what stands inside another is not.
        waiting += [part for part in parts if isinstance(part, pikepdf.Object) and not part.is_indirect]
    return False


def look_into_office(file: io.BufferedReader, kind: str) -> dict:
    """Whether it is the kind it says, not too large when unpacked, without macros and without a password."""
    try:
        with zipfile.ZipFile(file) as folder:
            parts = folder.infolist()
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError):
        return {"found": "broken"}
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return {"found": "bomb"}
    if any(part.flag_bits & 1 for part in parts):
        return {"found": "encrypted"}
    if "[Content_Types].xml" not in names or not any(name.startswith(FOLDERS[kind]) for name in names):
        return {"found": "other"}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return {"found": "macros"}
    return {"found": "sound"}


def look_into_picture(file: io.BufferedReader) -> dict:
    """Whether it is whole and of a size that a browser can show."""
    from PIL import Image  # noqa: PLC0415 - heavy, and only needed here

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return {"found": "bomb"}
            picture.verify()
    except Image.DecompressionBombError:
        return {"found": "bomb"}
    except Exception:  # the reader raises what it pleases on broken pictures
        return {"found": "broken"}
    return {"found": "sound"}


def look_into(file: io.BufferedReader, kind: str) -> dict:
    """The finding for one file."""
    if kind == "pdf":
        return look_into_pdf(file)
    if kind in FOLDERS:
        return look_into_office(file, kind)
    return look_into_picture(file)


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(look_into(sys.stdin.buffer, sys.argv[1])))
