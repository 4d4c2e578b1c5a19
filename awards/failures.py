"""Why a letter did not leave, in words; the mail server's own words come after them."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

UNREACHABLE = _("The mail server did not answer.")
SIGN_IN = _("The mail server did not let us sign in.")
LATER = _("The mail server did not take the letter yet.")
NEVER = _("The mail server refused the letter.")
MALFORMED = _("The letter cannot be sent as it is.")
UNKNOWN = _("The letter could not be sent.")
_SAID = (
    (r"53[0458]\b", SIGN_IN),
    (r"4\d\d\b", LATER),
    (r"5\d\d\b", NEVER),
    (r"SMTPAuthenticationError\b", SIGN_IN),
    (r"(Connection\w*|Timeout|timeout|BrokenPipe|OS|gai|herror|SSL\w*|SMTPServerDisconnected|SMTPConnect)"
     r"(Error|error)?:", UNREACHABLE),
    (r"(Value|Unicode\w*|HeaderParse|BadHeader)Error:", MALFORMED),
)  # fmt: skip


def in_words(failure: str) -> str | Promise:
    """What went wrong in a sentence, with the technical words behind it; nothing where nothing did."""
    if not failure:
        return ""
    said = next((words for sign, words in _SAID if re.match(sign, failure)), UNKNOWN)
    return format_lazy("{} ({})", said, failure)
