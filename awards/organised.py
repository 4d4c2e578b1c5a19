"""The edition that an organiser's page is about: found the same way on every floor."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from awards import permissions
from awards.models import Edition


def organised_edition(request: HttpRequest, key: str) -> Edition:
    """An edition that this person organises; one that they only see says why not. The page belongs to it."""
    visible = Edition.objects.visible_to(request.user).select_related("fair", "award")
    edition = get_object_or_404(visible, key=key)
    permissions.may_organise(request.user, edition).require()
    request.edition = edition
    return edition
