"""People who sign in: the e-mail address is the name of the account."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from awards.models.role import Role
from awards.prepared import Prepared

_ROLES_HELD = Prepared(
    lambda person, now: (
        Role.objects.in_force(now).filter(person=person).select_related("edition__fair", "edition__award")
    ),
    person=int,
    now=datetime,
)


class PersonManager(BaseUserManager):
    """Creates people with an address in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """A new person; without a password only codes, passkeys and links sign in."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> Person:
        """A new administrator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> Person:
        """Addresses are compared without case."""
        return self.get(email=email.strip().lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """One human being. Roles hang on editions and municipalities, never here."""

    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("This address is already in use.")}
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=2, default="sv", choices=[("sv", _("Swedish")), ("en", _("English"))]
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_demonstration = models.BooleanField(_("belongs to the demonstration"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")), name="person_email_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, or the address where no name is known."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """As get_full_name: one field, no guessing at given names."""
        return self.get_full_name()

    @cached_property
    def roles_held(self) -> tuple:
        """The roles in force, read once per request."""
        return tuple(_ROLES_HELD.things(person=self.pk, now=timezone.now()))

    def holds(self, edition: models.Model, *kinds: str) -> bool:
        """Whether this person has one of `kinds` in `edition`; administrators organise everything."""
        if self.is_superuser and "organiser" in kinds:
            return True
        return any(role.edition_id == edition.pk and role.kind in kinds for role in self.roles_held)
