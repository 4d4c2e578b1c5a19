"""How a page is judged in a browser: its picture is taken, axe finds nothing, nothing scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection

# Between them every layout and every colour: what depends on both at once is judged where it happens.
LOOKS = ((1280, "light"), (360, "dark"))
PICTURES = settings.BASE_DIR / "screenshots"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],  # what passed is not described: on a long page that is most of the work
}


def wear(page, look: tuple[int, str]) -> str:
    """Give the page one of our looks; answers its name."""
    width, scheme = look
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    return f"{width}-{scheme}"


def picture(page, name: str) -> None:
    """Keep the whole page as `screenshots/NAME.png`, to be looked at; once, in the run on SQLite."""
    if connection.vendor != "sqlite":
        return
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)


def faults(page) -> list[str]:
    """What axe finds."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:150]}" for each in found for node in each["nodes"]]


def sideways(page) -> int:
    """How many pixels the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
