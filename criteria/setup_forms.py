"""Which scoring model a round uses, and when it takes scores."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Edition, Stage
from awards.states import StageKind
from awards.wall_times import WallTime
from criteria.models import ScoringModel
from criteria.states import ModelState


class ModelForm(forms.Form):
    """One of the versions in use."""

    scoring_model = forms.ModelChoiceField(
        label=_("Scoring model"),
        queryset=ScoringModel.objects.filter(state=ModelState.ACTIVE).defer("definition"),
        empty_label=_("Choose a scoring model"),
    )


class RoundForm(ModelForm):
    """A new round; its times are those of the stage of scoring unless others are written."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    opens_at = WallTime(label=_("Opens"), required=False)
    closes_at = WallTime(label=_("Closes"), required=False)

    def __init__(self, edition: Edition, data: object = None) -> None:
        stage = Stage.objects.filter(edition=edition, kind=StageKind.SCORING).first()
        times = {"opens_at": stage.opens_at, "closes_at": stage.closes_at} if stage else {}
        super().__init__(data, prefix="round", initial=times)

    def clean(self) -> dict:
        """A round closes after it opens."""
        typed = super().clean()
        if typed.get("opens_at") and typed.get("closes_at") and typed["closes_at"] <= typed["opens_at"]:
            self.add_error("closes_at", _("The scoring must close after it opens."))
        return typed
