"""A word and where it leads: what crumbs, chips, downloads and menus are lists of."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Link:
    """`label` may be lazy text."""

    label: object
    url: str


def address_of(name: str, *args: object) -> str:
    """The address with this name, or nothing where no such page has been built."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
