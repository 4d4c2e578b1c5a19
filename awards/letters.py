"""What our letters say, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from awards import formats


@dataclass(frozen=True, slots=True)
class LetterText:
    """A subject and a plain text."""

    subject: str
    body: str


def paragraphs(*texts: str) -> str:
    """Paragraphs with an empty line between, the empty ones left out, and our name below."""
    return "\n\n".join([*(text for text in texts if text), "Sveriges KvalitetsKommun"]) + "\n"


def invitation(
    *, role: str, place: str, edition: str, greeting: str, link: str, expires_at: datetime, language: str
) -> LetterText:
    """Come and be `role` for `place` in `edition`."""
    with translation.override(language):
        words = {"role": role, "place": place, "edition": edition}
        whereto = _invited_to(words)
        until = formats.deadline(expires_at, language)
        body = paragraphs(
            _("Hello,"),
            whereto,
            greeting,
            _("Open this address to accept. A code is then sent to this e-mail address, and that is all:"),
            link,
            _("The invitation is yours alone and holds until %(until)s.") % {"until": until},
            _("If you did not expect this letter, you need do nothing."),
        )
        return LetterText(_("Your invitation to Sveriges KvalitetsKommun"), body)


def _invited_to(words: dict) -> str:
    if words["place"] and words["edition"]:
        return _("You are invited to take part as %(role)s for %(place)s in %(edition)s.") % words
    if words["edition"]:
        return _("You are invited to take part as %(role)s in %(edition)s.") % words
    return _("You are invited as %(role)s.") % words


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
