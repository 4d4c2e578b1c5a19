"""`manage.py create_organiser EMAIL`: how a real installation begins, with a link for its organiser."""

import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.utils import timezone

from awards import invitation_links
from awards.actions.invitations import CONSOLE_VALID_FOR, invite_from_console
from awards.models import Edition

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """Without --edition the person may organise every edition."""

    help = "Make an organiser and print a one-time link to sign in with."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the organiser's e-mail address")
        parser.add_argument("--edition", help="organise only this edition, such as 2027 or rehearsal-2027")

    def handle(self, *args, **options):
        email, key = options["email"].strip().lower(), options["edition"]
        try:
            validate_email(email)
        except ValidationError:
            self.refuse(f"{email} is not an e-mail address.")
        edition = Edition.objects.filter(key=key).first() if key else None
        if key and edition is None:
            self.refuse(f"There is no edition {key}. Known: {self.known()}.")
        invitation = invite_from_console(email=email, edition=edition, now=timezone.now())
        what = f"the edition {key}" if key else "every edition"
        hours = int(CONSOLE_VALID_FOR.total_seconds() // 3600)
        self.stdout.write(f"{email} may now organise {what}.")
        self.stdout.write(f"This link signs them in once and holds for {hours} hours:")
        self.stdout.write(invitation_links.address_of(invitation))

    def known(self) -> str:
        """The editions there are, newest first."""
        return ", ".join(Edition.objects.values_list("key", flat=True)[:20]) or "none yet"

    def refuse(self, sentence: str) -> None:
        """Say what was not understood, and end with exit code 2."""
        self.stderr.write(sentence)
        sys.exit(NOT_UNDERSTOOD)
