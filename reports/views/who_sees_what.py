"""Who sees what, for everybody to read: the policy table in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards import formats
from reports.policy import ALL, SIGNED_IN, Case, Page, policy

ROLES = {
    ALL: gettext_lazy("Everybody, also without signing in"),
    SIGNED_IN: gettext_lazy("Everybody who has signed in"),
    "outsider": gettext_lazy("somebody without a role"),
    "contact": gettext_lazy("the municipality's own contact"),
    "other_contact": gettext_lazy("the contact of another municipality"),
    "juror": gettext_lazy("the juror"),
    "recused_juror": gettext_lazy("a juror who stands aside from another entry"),
    "other_juror": gettext_lazy("a juror of another edition"),
    "earlier_juror": gettext_lazy("a juror of an archived edition"),
    "observer": gettext_lazy("the observer"),
    "chair": gettext_lazy("the chair"),
    "deputy": gettext_lazy("the deputy chair"),
    "organiser": gettext_lazy("the edition's organiser"),
    "other_organiser": gettext_lazy("the organiser of another edition"),
    "administrator": gettext_lazy("the administrator"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One situation in words."""

    what: str
    when: str
    reached: str
    refused: str


@login_not_required
@require_safe
def who_sees_what(request: HttpRequest) -> HttpResponse:
    """Each page and act with those who reach it and those who are told why not."""
    language = formats.written_language(get_language())
    lines = [_line(page, case, language) for page in policy().pages for case in page.cases]
    return render(request, "reports/who_sees_what.html", {"lines": lines})


def _line(page: Page, case: Case, language: str) -> Line:
    return Line(
        what=getattr(page, language),
        when=getattr(case, language),
        reached=_in_words(case.yes) or _("Nobody"),
        refused=_in_words(case.refused),
    )


def _in_words(roles: tuple[str, ...]) -> str:
    words = ", ".join(str(ROLES[role]) for role in roles)
    return words[:1].upper() + words[1:]
