"""The material of an entry as its page shows it: what there is, how far each file has come, what is left."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nominees.asking import Asked
from nominees.models import Material, Nomination
from nominees.states import MaterialState, QuestionKind
from nominees.uploads.inspecting import REFUSALS

_CSS = {
    MaterialState.CHECKING: "is-quiet",
    MaterialState.READY: "is-done",
    MaterialState.REFUSED: "is-alert",
}


@dataclass(frozen=True)
class Row:
    """One file or film with what can be said of it; `url` is empty while it may not be opened."""

    material: Material
    url: str
    refusal: object
    earlier: tuple[Row, ...] = ()

    @property
    def css(self) -> str:
        """How its state is drawn."""
        return _CSS[self.material.state]

    @property
    def words(self) -> object:
        """Its state in a word."""
        return self.material.get_state_display()


@dataclass(frozen=True)
class MaterialPage:
    """Everything that the page lists."""

    title: object
    rows: tuple[Row, ...]
    questions: tuple[tuple[int, str], ...]  # those that ask for a file
    used: int
    file_limit: int
    limit: int

    @property
    def is_waiting(self) -> bool:
        """Whether any file is still being checked."""
        return any(row.material.state == MaterialState.CHECKING for row in self.rows)

    @property
    def has_files(self) -> bool:
        """Whether there is anything to download."""
        return any(row.url and not row.material.link for row in self.rows)


def material_page(entry: Nomination, asked: tuple[Asked, ...]) -> MaterialPage:
    """The page's content. One query."""
    found = list(Material.objects.filter(nomination=entry, removed_at=None).select_related("question"))
    replaced: dict[int, list[Material]] = {}
    for each in found:
        if each.replaced_by_id:
            replaced.setdefault(each.replaced_by_id, []).append(each)
    current = [each for each in found if each.replaced_by_id is None]
    return MaterialPage(
        title=_("Material"),
        rows=tuple(_row(each, tuple(_before(each, replaced))) for each in current),
        questions=tuple((each.pk, each.text) for each in asked if each.kind == QuestionKind.FILE),
        used=sum(each.size for each in current),
        file_limit=settings.MATERIAL_FILE_LIMIT,
        limit=settings.MATERIAL_LIMIT,
    )


def _before(material: Material, replaced: dict[int, list[Material]]):
    """What it took the place of, and that in turn; the newest first."""
    for old in replaced.get(material.pk, []):
        yield _row(old)
        yield from _before(old, replaced)


def _row(material: Material, earlier: tuple[Row, ...] = ()) -> Row:
    url = material.link
    if not url and material.state == MaterialState.READY:
        url = reverse("material_file", args=[material.nomination_id, material.pk])
    return Row(material, url, REFUSALS.get(material.refusal, material.refusal), earlier)
