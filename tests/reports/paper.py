"""What is read out of finished papers: text, facts and bookmarks, as other programs see them."""

import io
import subprocess

import pikepdf

from nominees.actions.submissions import freeze_version
from nominees.models import Material


def told_by(program: str, content: bytes, *more: str) -> str:
    """What pdftotext or pdfinfo says of the paper."""
    done = subprocess.run([program, *more], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(content: bytes) -> str:
    """All words of the paper."""
    return told_by("pdftotext", content, "-layout", "-", "-")


def facts_of(content: bytes) -> dict[str, str]:
    """Title, Tagged, Pages, Page size ..."""
    lines = told_by("pdfinfo", content, "-").splitlines()
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def language_of(content: bytes) -> str:
    """The document's language."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        return str(paper.Root.Lang)


def bookmarks_of(content: bytes) -> list[str]:
    """The outermost bookmarks."""
    with pikepdf.open(io.BytesIO(content)) as paper, paper.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def sent_in(story, *codes: str) -> None:
    """The entries of these municipalities, or all, are frozen as they stand."""
    for code in codes or story.nominations:
        freeze_version(nomination=story.nominations[code], now=story.now, by=story.people[f"contact_{code}"])


def material(story, code: str, name: str, content: bytes = b"%PDF-1.7 prov", **fields) -> Material:
    """A checked file of an entry, with its bytes in the storage."""
    import_of = {"content_type": "application/pdf", "state": "ready", "size": len(content), "pages": 2}
    made = Material(nomination=story.nominations[code], name=name, **{**import_of, **fields})
    made.file.save(name, io.BytesIO(content), save=False)
    made.save()
    return made
