"""What a writer asks for beside saving: another row, one fewer, another order, or the next part."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nominees.actions import areas, contributions
from nominees.application import application, find_entry
from nominees.models import Nomination
from nominees.parts import part_url
from nominees.posted import read_posted

_DO = re.compile(
    r"(add|remove|up|down|take)-(area|initiative|challenge|contribution)(?:-([0-9]{1,18}))?(?:-([a-z]+))?"
)


def follow(request: HttpRequest, entry: Nomination, section: str, now: datetime) -> str:
    """Do what the pressed button says after the save, and give the address to go on to."""
    do = request.POST.get("do", "save")
    url = part_url(entry.pk, section)
    if do == "next":
        return application(find_entry(request.user, entry.pk, now)).after(section).url
    found = _DO.fullmatch(do)
    if not found:
        return url
    verb, kind, pk, more = found.groups()
    asked = {"nomination": entry, "now": now, "by": request.user}
    if verb == "add":
        return _to_row(url, kind, _add(kind, asked))
    if verb == "take":
        return _to_row(url, kind, areas.take_area(predecessor=int(pk or 0), continuation=more or "", **asked))
    if verb == "remove":
        _remove(request, kind, int(pk or 0), asked)
        return url
    areas.move_area(pk=int(pk or 0), places=-1 if verb == "up" else 1, **asked)
    return f"{url}#area-{pk}"


def _add(kind: str, asked: dict):
    return (
        contributions.add_contribution(**asked)
        if kind == "contribution"
        else areas.add_row(kind=kind, **asked)
    )


def _remove(request: HttpRequest, kind: str, pk: int, asked: dict) -> None:
    if kind == "contribution":
        gone = contributions.remove_contribution(pk=pk, **asked)
    else:
        gone = areas.remove_row(kind=kind, pk=pk, written=read_posted(request.POST).written, **asked)
    if gone:
        messages.success(request, _("The row has been removed."))


def _to_row(url: str, kind: str, row) -> str:
    return f"{url}?row={kind}-{row.pk}#{kind}-{row.pk}-title"
