"""A contact who writes, uploads and sends in by HTTP as a browser does, and notes what was answered."""

from __future__ import annotations

import hashlib
import html
import random
import re
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from awards.models import Person
from nominees.models import Nomination

SECTION, CODES = "beskrivning", ("varfor", "mest")
SECONDS = 15  # no answer after this is none
WORDS = "Vi har arbetat med språket på äldreboenden och förskolor. "


@dataclass
class Contact:
    """One contact with a browser of her own, and what she knows to be kept."""

    entry: Nomination
    person: Person
    base: str
    dice: random.Random
    known: dict[str, str] = field(default_factory=dict)  # code -> the text that was answered as saved
    hoped: dict[str, list[str]] = field(default_factory=dict)  # code -> texts sent since, never answered
    saves: int = 0  # answered ones that changed something
    files: dict[str, int] = field(default_factory=dict)  # SHA-256 -> size of answered uploads
    sent_in: list[dict[str, str]] = field(default_factory=list)  # what was known when "sent in" was answered
    strange: list[str] = field(default_factory=list)  # answers that should never come
    number: int = 0

    def __post_init__(self) -> None:
        """Sign in once: the session lies in the database and outlives every crash."""
        session = SessionStore()
        session[SESSION_KEY] = str(self.person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.person.get_session_auth_hash()
        session.create()
        self.cookie = session.session_key

    def work(self, ready: threading.Barrier, until: threading.Event) -> None:
        """Open the pages, wait for the others, then one thing after another until nobody answers any more."""
        with self.browser() as browser:
            try:
                for page in (f"{SECTION}/", "material/", "submit/"):
                    self._page(browser, page)
            finally:
                ready.wait()
            with suppress(requests.RequestException):
                while not until.is_set():
                    self.dice.choice((self.save, self.save, self.save, self.upload, self.send_in))(browser)

    def browser(self) -> requests.Session:
        """A browser in which she has signed in; close it."""
        browser = requests.Session()
        browser.trust_env = False
        browser.cookies.set(settings.SESSION_COOKIE_NAME, self.cookie)
        return browser

    def save(self, browser: requests.Session) -> None:
        """A text of about five kilobytes to one question, as the autosave sends it."""
        page = self._page(browser, f"{SECTION}/")
        missing = [code for code in CODES if code not in self.known]
        code = missing[0] if missing else self.dice.choice(CODES)
        was = re.search(rf'name="was-answer-{code}" value="(\w*)"', page)
        self.number += 1
        text = f"{self.entry.pk}:{code}:{self.number} {WORDS * 85}".strip()
        self.hoped.setdefault(code, []).append(text)
        answer = browser.post(
            self._url(f"{SECTION}/"),
            data={
                "csrfmiddlewaretoken": _token(page),
                f"answer-{code}": text,
                f"was-answer-{code}": was[1] if was else "",
            },
            headers={"Accept": "application/json"},
            timeout=SECONDS,
        )
        if answer.status_code == 200:
            self.known[code], self.hoped[code] = text, []
            self.saves += 1
        else:
            self._wonder("save", answer)

    def upload(self, browser: requests.Session, size: int = 0) -> None:
        """A sound PDF that nobody has sent before, of up to three megabytes unless a size is given."""
        page = self._page(browser, "material/")
        content = _paper(self.dice.randbytes(size or self.dice.randrange(20_000, 3_000_000)))
        answer = browser.post(
            self._url("material/"),
            data={"csrfmiddlewaretoken": _token(page)},
            files={"files": (f"Årsbok {len(content)}.pdf", content, "application/pdf")},
            headers={"Accept": "application/json"},
            timeout=SECONDS,
        )
        if answer.status_code == 200:
            self.files[hashlib.sha256(content).hexdigest()] = len(content)
        else:
            self._wonder("upload", answer)

    def send_in(self, browser: requests.Session) -> None:
        """Send in what is saved, with files still being checked; the same again makes no new version."""
        page = self._page(browser, "submit/")
        answer = browser.post(
            self._url("submit/"),
            data={"csrfmiddlewaretoken": _token(page), "unchecked": "yes"},
            timeout=SECONDS,
            allow_redirects=False,
        )
        if answer.status_code == 302:
            self.sent_in.append(dict(self.known))
        elif answer.status_code != 403 or len(self.known) == len(CODES):  # before that something is missing
            self._wonder("submit", answer)

    def _page(self, browser: requests.Session, path: str) -> str:
        answer = browser.get(self._url(path), timeout=SECONDS)
        if answer.status_code != 200:
            self._wonder(f"page {path}", answer)
            raise requests.RequestException
        return answer.text

    def _url(self, path: str) -> str:
        return f"{self.base}/applications/{self.entry.pk}/{path}"

    def _wonder(self, what: str, answer: requests.Response) -> None:
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text.partition("<main")[2])).split())
        self.strange.append(f"{what} was answered {answer.status_code}: {(text or answer.text)[:300]}")


def _token(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


def _paper(content: bytes) -> bytes:
    """A PDF of one page with these bytes inside."""
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.Root.Ballast = paper.make_stream(content)
        made = BytesIO()
        paper.save(made)
    return made.getvalue()
