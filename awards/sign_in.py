"""How people come in: by invitation only; then password, e-mail code, passkey or their employer's sign-in."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from awards.permissions import needs_second_factor


class PersonBackend(AuthenticationBackend):
    """Sign-in by address and password; accounts of the demonstration are refused in production."""

    def user_can_authenticate(self, user) -> bool:
        """Active, and not a demonstration account where the award is real."""
        return super().user_can_authenticate(user) and not (settings.PRODUCTION and user.is_demonstration)


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up: accounts begin with an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An organisation's sign-in opens an account that exists; it never makes one or gives a role."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Never."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who needs a second factor keeps at least one."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of an organiser or chair where the award is real."""
        if not settings.SECOND_FACTOR_REQUIRED or not needs_second_factor(authenticator.user):
            return True
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        others = Authenticator.objects.filter(user=authenticator.user, type__in=kinds)
        return others.exclude(pk=authenticator.pk).exists()
