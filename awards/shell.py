"""What every page shows around its own matter: menus, editions, stage line, language, rehearsal banner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats, menu
from awards.models import Edition, Person
from awards.prepared import Prepared
from awards.stage_line import StageLine, stage_line

LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}


@dataclass(frozen=True, slots=True)
class Line:
    """A menu line as it is drawn; `current` is the value of aria-current, or empty."""

    label: object
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """One edition in the switcher."""

    label: str
    url: str
    current: bool = False
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code and its own name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class WayBack:
    """A place to go on from a refusal, in words."""

    label: object
    url: str


@dataclass(frozen=True)
class Shell:
    """Everything lazy: a page that does not draw a part does not ask the database for it.

    At most three queries: the editions, the stages when `request.edition` is set, and the person's roles.
    """

    request: HttpRequest
    name_prefix: str = "Sveriges"
    name_core: str = "KvalitetsKommun"

    @property
    def site_name(self) -> str:
        """The name in the title of every page."""
        return f"{self.name_prefix} {self.name_core}".strip()

    @property
    def home_url(self) -> str:
        """Where the mark in the top bar leads."""
        return reverse("start")

    @property
    def way_back(self) -> WayBack | None:
        """Where a refused reader came from, when the view said so by setting `request.way_back`."""
        return getattr(self.request, "way_back", None)

    @property
    def demonstration(self) -> bool:
        """Whether the footer says that this is not the award's official site."""
        return settings.DEMONSTRATION

    @property
    def this_url(self) -> str:
        """The page itself, to come back to after a change of language."""
        return self.request.get_full_path() if self.request.method in ("GET", "HEAD") else self.request.path

    @property
    def sign_in_url(self) -> str:
        """To the sign-in page and back here afterwards."""
        return f"{reverse('account_login')}?{urlencode({'next': self.this_url})}"

    @property
    def other_language(self) -> Language:
        """The one of our two languages that the page is not in."""
        code = "sv" if formats.written_language(get_language()) == "en" else "en"
        return Language(code, LANGUAGE_NAMES[code])

    @property
    def edition(self):
        """The edition the page is about, when its view said so by setting `request.edition`."""
        return getattr(self.request, "edition", None)

    @property
    def is_rehearsal(self) -> bool:
        """Whether the banner says that all is invented."""
        return self.edition is not None and self.edition.is_rehearsal

    @property
    def viewing(self):
        """Whom an organiser sees the site as just now, set by the room that lets them; None for others."""
        return getattr(self.request, "viewing", None)

    @cached_property
    def stage_line(self) -> StageLine | None:
        """Where the page's edition stands; none on pages about all years."""
        if self.edition is None:
            return None
        language = formats.written_language(get_language())
        deadline = getattr(self.request, "deadline", None)
        return stage_line(self.edition, self.edition.stages.all(), timezone.now(), language, deadline)

    @cached_property
    def editions(self) -> tuple[EditionChoice, ...]:
        """The editions this person may see, newest first; with the award's name where there are several."""
        found = list(_visible_to(self.request.user, timezone.now()))
        several = len({each.award_id for each in found}) > 1
        return tuple(
            EditionChoice(
                each.called(with_award=several),
                each.get_absolute_url(),
                each == self.edition,
                each.is_rehearsal,
            )
            for each in found
        )

    @property
    def edition_label(self) -> str:
        """What the switcher says: the page's edition, or all of them."""
        chosen = next((choice.label for choice in self.editions if choice.current), "")
        return chosen or (self.edition.title if self.edition else _("All editions"))

    @property
    def all_editions_url(self) -> str:
        """To the list of editions."""
        return reverse("edition_list")

    @cached_property
    def _lines(self) -> dict[str, tuple[Line, ...]]:
        items = menu.items_for(self.request)
        current = _nearest(self.request.path, [item.url for item in items])
        return {
            place: tuple(_line(item, self.request.path, current) for item in items if item.place == place)
            for place in menu.Place
        }

    @property
    def menu(self) -> tuple[Line, ...]:
        """The lines of the top bar: a person's work, or what is open to all."""
        return self._lines[menu.Place.WORK] or self._lines[menu.Place.OPEN]

    @property
    def more_menu(self) -> tuple[Line, ...]:
        """What is open to all, folded away for people who have work here."""
        return self._lines[menu.Place.OPEN] if self._lines[menu.Place.WORK] else ()

    @property
    def footer(self) -> tuple[Line, ...]:
        """The lines at the foot of the page."""
        return self._lines[menu.Place.FOOT]


def _newest_first(editions: QuerySet) -> QuerySet:
    return editions.select_related("fair", "award").order_by("-fair__label_year", "key")


_SEEN_BY = Prepared(
    lambda user, now: _newest_first(Edition.objects.visible_to(Person(pk=user), now)), user=int, now=datetime
)
_PUBLIC = Prepared(lambda now: _newest_first(Edition.objects.public(now)), now=datetime)


def _visible_to(user: Person | AnonymousUser, now: datetime) -> Iterable[Edition]:
    """The one door to editions, compiled once: every page shows the switcher."""
    if not user.is_authenticated:
        return _PUBLIC.things(now=now)
    if user.is_superuser:
        return _newest_first(Edition.objects.visible_to(user, now))
    return _SEEN_BY.things(user=user.pk, now=now)


def _nearest(path: str, urls: list[str]) -> str:
    """The longest address that `path` lies under; the front page counts only for itself."""
    above = (url for url in urls if url.endswith("/") and url != "/" and path.startswith(url))
    return path if path in urls else max(above, key=len, default="")


def _line(item: menu.MenuItem, path: str, current: str) -> Line:
    here = ("page" if path == item.url else "true") if item.url == current else ""
    return Line(item.label, item.url, here)


def shell(request: HttpRequest) -> dict:
    """The context processor: one Shell for the whole request, so that its answers are fetched once."""
    if not hasattr(request, "shell"):
        request.shell = Shell(request)
    return {"shell": request.shell}
