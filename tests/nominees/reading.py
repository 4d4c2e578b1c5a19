"""What a reader sees in a page: its words without the markup."""

import re
from html import unescape
from urllib.parse import quote

SECRET = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def words(response) -> str:
    """The text between <main> and the foot, spaces folded; no-break spaces become plain ones."""
    page = response.content.decode()
    return plain(page[page.index("<main") : page.index("</main>")])


def plain(markup: str) -> str:
    """The text of some markup, which may begin inside a tag."""
    text = unescape(re.sub(r"^[^<]*>|<[^>]+>", " ", markup)).replace("\N{WORD JOINER}", "")
    return re.sub(r"\s+", " ", text).strip()


def part(response, tag: str, number: int = 0) -> str:
    """The words of the n-th element of this kind that holds none of its own kind."""
    found = re.findall(rf"<{tag}[ >].*?</{tag}>", response.content.decode(), re.DOTALL)
    return plain(found[number])


def rows(response, table: int = 0) -> list[list[str]]:
    """The cells of a table's body, row by row."""
    body = re.findall(r"<tbody>.*?</tbody>", response.content.decode(), re.DOTALL)[table]
    lines = re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
    return [[plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)] for line in lines]


def same_bytes(response, address: str) -> bytes:
    """The answer without what differs by design: its own address and the form's secret."""
    page = SECRET.sub(b"", response.content)
    return page.replace(address.encode(), b"?").replace(quote(address, safe="").encode(), b"?")
