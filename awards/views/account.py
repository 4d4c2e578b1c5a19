"""A person's own page: who the site thinks they are, and the ways to how they sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def account_page(request: HttpRequest) -> HttpResponse:
    """Name, address, language and the roles in force."""
    roles = request.user.roles.in_force().select_related("edition__fair")

    return render(request, "awards/account.html", {"roles": roles})
