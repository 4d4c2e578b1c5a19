"""What our letters say, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class LetterText:
    """A subject and a plain text."""

    subject: str
    body: str


def paragraphs(*texts: str) -> str:
    """Paragraphs with an empty line between, the empty ones left out, and our name below."""
    return "\n\n".join([*(text for text in texts if text), "Sveriges KvalitetsKommun"]) + "\n"


def invitation_code(*, code: str, minutes: int, language: str) -> LetterText:
    """The code that shows that the address is the reader's."""
    with translation.override(language):
        body = paragraphs(
            _("Your code is %(code)s") % {"code": code},
            _("Type it on the page where you asked for it. It holds for %(minutes)s minutes.")
            % {"minutes": minutes},
            _("Never give the code to anybody. We do not ask for it by telephone or e-mail."),
        )
        return LetterText(_("Your code: %(code)s") % {"code": code}, body)
