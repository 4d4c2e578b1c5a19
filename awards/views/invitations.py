"""Coming in by invitation: the link shows, a code to the invited address proves, and one POST spends it."""

from __future__ import annotations

import smtplib

from allauth.account.utils import perform_login
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from awards import formats, invitation_links, letters, limits, permissions
from awards.actions import invitations as actions
from awards.forms import InvitationCodeForm
from awards.models import Invitation

GONE = 410
LOOKS = {"most": 60, "seconds": 600}  # per address of the network
CODES = {"most": 5, "seconds": 3600}  # letters with a code per invitation
TRIES = {"most": 30, "seconds": 600}  # codes typed per address of the network


@login_not_required
@never_cache
@require_safe
def invitation_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what the invitation is for. Opening it changes nothing, so mail scanners may."""
    if not limits.take("invitation-look", request.META.get("REMOTE_ADDR"), **LOOKS):
        return respond_429(request)
    return _show(request, secret, _find(secret), InvitationCodeForm())


@login_not_required
@never_cache
@require_POST
@sensitive_variables("code")
def invitation_code(request: HttpRequest, secret: str) -> HttpResponse:
    """Send a code to the invited address."""
    invitation = _find(secret)
    if not permissions.may_accept(invitation, timezone.now()):
        return redirect("invitation_page", secret)
    if not limits.take("invitation-code", invitation.pk, **CODES):
        return respond_429(request)

    code = actions.make_code(invitation=invitation, now=timezone.now())
    language = formats.written_language(get_language())
    text = letters.invitation_code(code=code, minutes=actions.CODE_MINUTES, language=language)
    try:
        send_mail(text.subject, text.body, None, [invitation.email])
    except (smtplib.SMTPException, OSError):
        messages.error(
            request, _("The letter with the code could not be sent just now. Try again in a while.")
        )
    else:
        messages.success(request, _("A code is on its way to the address you were invited at."))
    return redirect("invitation_page", secret)


@login_not_required
@never_cache
@require_POST
@sensitive_post_parameters("code")
def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Spend the invitation and sign the person in."""
    invitation = _find(secret)
    if not limits.take("invitation-accept", request.META.get("REMOTE_ADDR"), **TRIES):
        return respond_429(request)
    from_console = bool(invitation.details.get("from_console"))
    form = InvitationCodeForm(request.POST)
    now = timezone.now()

    if not permissions.may_accept(invitation, now):
        return _show(request, secret, invitation, form)
    if not from_console:
        verdict = (
            actions.try_code(invitation=invitation, code=form.cleaned_data["code"], now=now)
            if form.is_valid()
            else None
        )
        if verdict is not None and not verdict:
            form.add_error("code", verdict.reason)
        if not form.is_valid():
            return _show(request, secret, invitation, form)

    language = formats.written_language(get_language())
    person = actions.accept_invitation(invitation=invitation, language=language, now=now)
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request)
    if from_console or not person.has_usable_password():
        messages.success(
            request,
            _("Welcome. Choose here how you want to sign in next time; a code by e-mail always works."),
        )
        return perform_login(request, person, email=person.email, redirect_url=_account_url())
    messages.success(request, _("Welcome. The invitation is accepted."))
    return perform_login(request, person, email=person.email)


def _account_url() -> str:
    return redirect("account_page").url


def _find(secret: str) -> Invitation:
    invitation = invitation_links.find(secret)
    if invitation is None:
        raise Http404
    return invitation


def _show(
    request: HttpRequest, secret: str, invitation: Invitation, form: InvitationCodeForm
) -> HttpResponse:
    now = timezone.now()
    verdict = permissions.may_accept(invitation, now)
    context = {
        "invitation": invitation,
        "secret": secret,
        "verdict": verdict,
        "form": form,
        "role": invitation.get_kind_display(),
        "place": invitation.details.get("place", ""),
        "masked_address": _masked(invitation.email),
        "from_console": bool(invitation.details.get("from_console")),
        "code_is_sent": bool(invitation.code_hash),
        "other_person": request.user.is_authenticated and request.user.email != invitation.email,
        "login_url": settings.LOGIN_URL,
    }
    status = (422 if form.errors else 200) if verdict else GONE
    return render(request, "awards/invitation.html", context, status=status)


def _masked(address: str) -> str:
    """`k•••@eskilstuna.se`: enough to know one's own address again."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}"
