"""Files as people upload them: sound ones, and ones that are broken on purpose."""

import io
import zipfile
from functools import cache

import pikepdf
from PIL import Image

FOLDERS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def pdf(pages: int = 2, *, script: str = "", password: str = "") -> bytes:
    """A PDF of empty pages; with a script that runs when it is opened, or locked by a password."""
    with pikepdf.new() as paper:
        for _number in range(pages):
            paper.add_blank_page()
        if script:
            paper.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
        made = io.BytesIO()
        locked = {"encryption": pikepdf.Encryption(owner=password, user=password)} if password else {}
        paper.save(made, **locked)
    return made.getvalue()


def office(kind: str = "docx", *more: str, size: int = 10) -> bytes:
    """A ZIP that looks like an office file from the outside; `more` are further parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name in ("[Content_Types].xml", FOLDERS[kind], *more):
            folder.writestr(name, b" " * size)
    return made.getvalue()


@cache
def picture(kind: str = "png") -> bytes:
    """A small red square."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, kind)
    return made.getvalue()
