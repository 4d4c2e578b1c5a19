"""Figures, days and times as Swedish and English write them, as filters (built in: no load needed)."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from awards import formats

register = template.Library()


def _language() -> str:
    return formats.written_language(get_language())


@register.filter
def number(value, decimals=None):
    """`{{ 2645.5|number }}` gives 2 645,5; `{{ mean|number:1 }}` always one decimal."""
    return formats.number(value, decimals, _language())


@register.filter
def signed(value, decimals=None):
    """`{{ difference|signed:1 }}` gives +4,3 or −4,8."""
    return formats.signed(value, decimals, _language())


@register.filter
def percent(share, decimals=0):
    """`{{ 0.25|percent }}` gives 25 %."""
    return formats.percent(share, decimals, _language())


@register.filter
def size(count):
    """`{{ material.size|size }}` gives 2,4 MB."""
    return formats.size(count, _language())


@register.filter
def day(when):
    """`{{ edition.date|day }}` gives 22 nov 2026."""
    return formats.day(when, _language())


@register.filter
def day_long(when):
    """`{{ when|day_long }}` gives fredag 25 september."""
    return formats.day_long(when, _language())


@register.filter
def month(when):
    """`{{ when|month }}` gives november 2014."""
    return formats.month(when, _language())


@register.filter
def clock(when):
    """`{{ sheet.saved_at|clock }}` gives 14:03 in Stockholm."""
    return formats.clock(when)


@register.filter
def deadline(when):
    """`{{ stage.closes_at|deadline }}` gives fredag 25 september 23:59."""
    return formats.deadline(when, _language(), now=timezone.now())


@register.filter
def until(when):
    """`{{ stage.closes_at|until }}` gives om 6 dagar."""
    return formats.until(when, timezone.now(), _language()) if when else ""


@register.filter
def since(when):
    """`{{ event.at|since }}` gives för 5 minuter sedan."""
    return formats.since(when, timezone.now(), _language()) if when else ""


@register.filter
def moment(when):
    """`{{ event.at|moment }}` gives i dag 14:03 or 18 sep 16:11."""
    return formats.moment(when, timezone.now(), _language())
