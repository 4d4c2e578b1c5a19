"""What the organiser writes as feedback, the reasons asked for, and the municipality's reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from criteria.feedback.texts import KINDS, Words, clean
from criteria.lines import text_nodes
from criteria.scoring import Node, ScoringModel

LONGEST = 10_000
LABELS = {"strengths": _("Strengths"), "improvements": _("Areas for improvement")}


def _area(label: object, rows: int, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FeedbackForm(forms.Form):
    """Two texts a criterion and one in general; which criteria there are follows from the scoring model."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, nodes: tuple[Node, ...], language: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.nodes, self.language = nodes, language
        self.fields["general"] = _area(_("In general"), 5, _("The first that the municipality reads."))
        for node in nodes:
            for kind in KINDS:
                self.fields[f"{kind}-{node.code}"] = _area(LABELS[kind], 4)

    def clean(self) -> dict:
        """Texts without signs that nobody sees."""
        return {
            name: clean(value) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }

    @property
    def words(self) -> dict[str, Words]:
        """The texts by criterion."""
        data = self.cleaned_data
        return {node.code: Words(*(data[f"{kind}-{node.code}"] for kind in KINDS)) for node in self.nodes}


@dataclass(frozen=True)
class Row:
    """One field of the form with what stands beside it: what the jurors wrote, and what a colleague saved."""

    field: forms.BoundField
    said: tuple[str, ...]
    saved: str | None = None


@dataclass(frozen=True)
class Group:
    """One criterion of the form."""

    code: str
    title: str
    guidance: str
    rows: tuple[Row, ...]


def groups_of(
    form: FeedbackForm, said: Mapping[str, Mapping[str, tuple[str, ...]]], saved: Mapping[str, Words] | None
) -> tuple[Group, ...]:
    """The form's criteria. `saved`, after a stale save, is what stands there now."""
    found = []
    for node in form.nodes:
        rows = []
        for kind in KINDS:
            bound = form[f"{kind}-{node.code}"]
            now = None if saved is None else getattr(saved.get(node.code, Words()), kind)
            differs = now is not None and now != (bound.value() or "")
            rows.append(Row(bound, said.get(node.code, {}).get(kind, ()), now if differs else None))
        title, guidance = (each.in_language(form.language) for each in (node.title, node.guidance))
        found.append(Group(node.code, title, guidance, tuple(rows)))
    return tuple(found)


def initial_of(model: ScoringModel, words: Mapping[str, Words], general: str, version: int) -> dict:
    """What the form begins with."""
    texts = {
        f"{kind}-{node.code}": getattr(words.get(node.code, Words()), kind)
        for node in text_nodes(model)
        for kind in KINDS
    }
    return {"version": version, "general": general, **texts}


class ReasonForm(forms.Form):
    """Why released feedback is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the journal. The municipality is told that it was withdrawn, not why."),
        error_messages={"required": _("Give a reason.")},
    )


class ReleaseForm(forms.Form):
    """The confirmation of a release; before the ceremony is over it asks for a reason."""

    reason = forms.CharField(
        label=_("Why not wait for the ceremony?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the journal."),
        error_messages={"required": _("The ceremony is not over. Give a reason to release before it.")},
    )
    understood = forms.BooleanField(
        label=_("I know that it becomes a public record at the municipality"),
        error_messages={"required": _("Tick the box to go on.")},
    )

    def __init__(self, *args, is_over: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if is_over:
            del self.fields["reason"]


class ReplyForm(forms.Form):
    """The municipality's reply."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    text = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you agree with, what you see otherwise, what you will do. The organiser reads it, "
                    "and you meet it again when you write the next application."),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip
    to_jury = forms.BooleanField(
        label=_("The next edition's jury may read our reply"),
        required=False,
        help_text=_("Otherwise only you and the organiser do."),
    )

    def clean_text(self) -> str:
        """Without signs that nobody sees."""
        return clean(self.cleaned_data["text"])
