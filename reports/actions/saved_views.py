"""Saving, renaming and deleting the views of lists that organisers keep."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from awards.journal import record
from awards.models import Edition, Person
from awards.verdicts import no
from reports import permissions
from reports.models import SavedView

NAME_TAKEN = _("There is already a view with this name.")


@transaction.atomic
def save_view(
    *, edition: Edition, list_name: str, name: str, query: str, shared: bool, by: Person
) -> SavedView:
    """Keep a list's filters, order and columns under a name; one that has the name already is replaced."""
    permissions.may_save_view(by, edition).require()
    view, _new = SavedView.objects.update_or_create(
        edition=edition,
        list_name=list_name,
        owner=by,
        name=name,
        defaults={"query": query, "is_shared": shared},
    )
    record("save_view", view, by=by, edition=edition)
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: Person) -> SavedView:
    """Give a view another name; one that its owner's other view of the list has by now is refused."""
    permissions.may_change_view(by, view).require()
    view.name = name
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError:
        no(NAME_TAKEN).require()
    record("rename_view", view, by=by, edition=view.edition)
    return view


@transaction.atomic
def delete_view(*, view: SavedView, by: Person) -> None:
    """Throw a view away; the rows it showed are not touched."""
    permissions.may_change_view(by, view).require()
    record("delete_view", view, by=by, edition=view.edition)
    view.delete()
