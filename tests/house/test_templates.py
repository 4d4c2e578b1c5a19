"""Templates compile, and hold to the strict Content-Security-Policy: nothing inline."""

import re

import pytest
from django.template.loader import get_template

from tests.house.source import FLOORS, ROOT, kept_files

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script without src": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE
    ),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
    "an address of another site": re.compile(
        r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["']?(?:https?:)?//"""
    ),
}
TEMPLATES = {
    str(path.relative_to(ROOT)): path
    for path in kept_files()
    if path.relative_to(ROOT).parts[0] in FLOORS and "templates" in path.parts
}
PAGES = {name: path for name, path in TEMPLATES.items() if path.suffix in (".html", ".svg")}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    get_template(name.split("/templates/", 1)[1])


@pytest.mark.parametrize("name", PAGES)
def test_template_has_nothing_inline(name):
    markup = PAGES[name].read_text(encoding="utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(markup)] == []


def test_blocktranslate_is_always_trimmed():
    untrimmed = [
        name
        for name, path in TEMPLATES.items()
        if re.search(r"{%\s*blocktrans(late)?\b(?![^%]*\btrimmed\b)", path.read_text(encoding="utf-8"))
    ]
    assert untrimmed == []
