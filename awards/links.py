"""A word and where it leads: what crumbs, chips, downloads and menus are lists of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`label` may be lazy text."""

    label: object
    url: str
