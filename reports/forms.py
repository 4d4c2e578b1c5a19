"""What an organiser types to keep a view of a list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.actions.saved_views import NAME_TAKEN
from reports.models import SavedView

NAME = {"required": _("Give the view a name."), "max_length": _("A name has at most 80 characters.")}


class ViewForm(forms.Form):
    """A name, and whether the edition's other organisers see it."""

    name = forms.CharField(label=_("Name of the view"), max_length=80, error_messages=NAME)
    shared = forms.BooleanField(label=_("Share with the edition's organisers"), required=False)


class RenameForm(forms.Form):
    """A new name, which no other view of the same list and owner has."""

    name = forms.CharField(label=_("New name"), max_length=80, error_messages=NAME)

    def __init__(self, *args, view: SavedView, **options) -> None:
        self.view = view
        super().__init__(*args, **options)

    def clean_name(self) -> str:
        """Refuse a name that is taken."""
        name, view = self.cleaned_data["name"], self.view
        same = SavedView.objects.filter(edition=view.edition, list_name=view.list_name, owner=view.owner)
        if same.filter(name=name).exclude(pk=view.pk).exists():
            raise forms.ValidationError(NAME_TAKEN)
        return name
