"""What the municipality brings to the fair, as the rows of a writing page. Two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from nominees.actions.contributions import MOST_CONTRIBUTIONS, contribution_values, own_contributions
from nominees.fields import Field, Typing
from nominees.models import Contribution, Nomination, Theme


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One contribution with its fields; without them when it is public, or another's to write."""

    pk: int
    title: str
    about: str  # the theme and with whom, in a line
    fields: dict[str, Field]
    is_open: bool
    is_public: bool
    owner: str = ""  # the municipality that wrote it, when that is another
    kind: str = "contribution"

    @property
    def anchor(self) -> str:
        """Where links lead."""
        return f"contribution-{self.pk}"


@dataclass(frozen=True)
class ContributionPage:
    """What the page shows; it is asked for the same things as a section."""

    rows: tuple[ContributionRow, ...]
    orphans: dict[str, str]
    title: object = _("Contributions to the fair")
    saved_at: datetime | None = None

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another."""
        return len([row for row in self.rows if not row.owner]) >= MOST_CONTRIBUTIONS

    @property
    def labels(self) -> dict[str, object]:
        """The label of every field on the page, by name."""
        return {each.name: each.label for row in self.rows for each in row.fields.values()}


def contribution_page(entry: Nomination, now: datetime, typing: Typing, opened: str) -> ContributionPage:
    """`opened` is the anchor of the row to show unfolded."""
    laying = _Laying(tuple(Theme.objects.all()), typing, opened, now, entry.municipality_id)
    rows = tuple(laying.row(contribution, others) for contribution, others in _with_others(entry))
    shown = {each.name for row in rows for each in row.fields.values()}
    orphans = {name: text for name, text in typing.typed.items() if name not in shown and text}
    return ContributionPage(rows, orphans)


def theme_title(theme: Theme) -> str:
    """In the language of the page."""
    language = formats.written_language(get_language())
    return getattr(theme, f"title_{language}") or theme.title_sv


def _with_others(entry: Nomination) -> list[tuple[Contribution, str]]:
    """Each contribution with the names of the other municipalities: one query."""
    found: dict[int, tuple[Contribution, list[str]]] = {}
    pks = own_contributions(entry).values("pk")
    rows = (
        Contribution.objects.filter(pk__in=pks)
        .select_related("theme", "owner")
        .annotate(with_id=F("municipalities__pk"), with_name=F("municipalities__name"))
        .order_by("pk", "municipalities__sort_key")
    )
    for row in rows:
        _first, names = found.setdefault(row.pk, (row, []))
        if row.with_id != entry.municipality_id:
            names.append(row.with_name)
    return [(contribution, ", ".join(names)) for contribution, names in found.values()]


@dataclass(frozen=True)
class _Laying:
    """What the rows are laid out from."""

    themes: tuple[Theme, ...]
    typing: Typing
    opened: str
    now: datetime
    own: int

    def row(self, contribution: Contribution, others: str) -> ContributionRow:
        """One row; a public one without fields."""
        is_public = contribution.is_public(self.now)
        owner = contribution.owner if contribution.owner_id not in (None, self.own) else None
        fields = {} if is_public or owner else self._fields(contribution, others)
        theme = theme_title(contribution.theme) if contribution.theme else ""
        anchor = f"contribution-{contribution.pk}"
        is_wrong = any(each.problem for each in fields.values())
        return ContributionRow(
            contribution.pk,
            contribution.title,
            ", ".join(each for each in (theme, others) if each),
            fields,
            is_wrong or not contribution.title or self.opened == anchor,
            is_public,
            owner.name if owner else "",
        )

    def _fields(self, contribution: Contribution, others: str) -> dict[str, Field]:
        values = contribution_values(contribution, others)

        def field(name: str, label: object, widget: str, **more: object) -> Field:
            return self.typing.field(
                f"contribution-{contribution.pk}-{name}", values[name], label, widget, **more
            )

        options = (("", _("No theme")), *((str(theme.pk), theme_title(theme)) for theme in self.themes))
        return {
            "title": field("title", _("Title"), "line"),
            "kind": field("kind", _("Kind"), "select", options=Contribution.KINDS),
            "theme": field("theme", _("Theme"), "select", options=options),
            "together": field(
                "together",
                _("Together with"),
                "line",
                hint=_("Other municipalities, with commas between them. Leave it empty if you are alone."),
            ),
        }
