"""The material of an entry as its page shows it: what there is, how far each file has come, what is left."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nominees.actions.materials import said_of
from nominees.asking import Asked
from nominees.drafts import mark
from nominees.models import Material, Nomination, Submission
from nominees.states import MaterialState, NominationState, QuestionKind
from nominees.uploads.inspecting import REFUSALS

SENT = (NominationState.SUBMITTED, NominationState.REOPENED)
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
    jury: object = ""  # what the jury reads of it, where that is something else
    earlier: tuple[Row, ...] = ()

    @property
    def was(self) -> dict[str, str]:
        """The marks of what its form shows, by field."""
        return {name: mark(value) for name, value in said_of(self.material).items()}

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
    questions: tuple[tuple[str, str], ...]  # those that ask for a file
    used: int
    file_limit: int
    limit: int
    is_sent: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether any file is still being checked."""
        return any(row.material.state == MaterialState.CHECKING for row in self.rows)

    @property
    def has_files(self) -> bool:
        """Whether there is anything to download."""
        return any(row.url and not row.material.link for row in self.rows)


def material_page(entry: Nomination, asked: tuple[Asked, ...]) -> MaterialPage:
    """The page's content. One query, and another where a version has been sent in."""
    found = list(Material.objects.filter(nomination=entry, removed_at=None).select_related("question"))
    replaced: dict[int, list[Material]] = {}
    for each in found:
        if each.replaced_by_id:
            replaced.setdefault(each.replaced_by_id, []).append(each)
    current = [each for each in found if each.replaced_by_id is None]
    sent = _sent(entry)
    return MaterialPage(
        title=_("Material"),
        rows=tuple(_row(each, tuple(_before(each, replaced)), sent) for each in current),
        questions=tuple(
            (str(each.pk), f"{each.section_title}: {each.text}")
            for each in asked
            if each.kind == QuestionKind.FILE
        ),
        used=sum(each.size for each in current),
        file_limit=settings.MATERIAL_FILE_LIMIT,
        limit=settings.MATERIAL_LIMIT,
        is_sent=sent is not None,
    )


def _sent(entry: Nomination) -> frozenset[int] | None:
    """The files that went with the last version, or None while none counts."""
    if entry.state not in SENT:
        return None
    last = Submission.objects.filter(nomination=entry).order_by("-number").values_list("content__materials")
    found = last.first()
    return frozenset(each["id"] for each in found[0]) if found else None


def _before(material: Material, replaced: dict[int, list[Material]]):
    """What it took the place of, and that in turn; the newest first."""
    for old in replaced.get(material.pk, []):
        yield _row(old)
        yield from _before(old, replaced)


def _row(material: Material, earlier: tuple[Row, ...] = (), sent: frozenset[int] | None = None) -> Row:
    url = material.link
    if not url and material.state == MaterialState.READY:
        url = reverse("material_file", args=[material.nomination_id, material.pk])
    jury = _jury(material, earlier, sent)
    return Row(material, url, REFUSALS.get(material.refusal, material.refusal), jury, earlier)


def _jury(material: Material, earlier: tuple[Row, ...], sent: frozenset[int] | None) -> object:
    """Where what the jury reads is not this very file."""
    if sent is None or material.pk in sent or material.state == MaterialState.REFUSED:
        return ""
    if material.is_private:
        return _("Not sent in yet.")
    if any(each.material.pk in sent for each in earlier):
        return _("The jury reads the earlier version until you send in again.")
    return _("Not sent in yet: the jury gets it when you send in again.")
