"""Small turns of phrase that sentences are put together with."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

NUMBER_WORDS = (
    "0", lazy("one"), lazy("two"), lazy("three"), lazy("four"), lazy("five"), lazy("six"),
    lazy("seven"), lazy("eight"), lazy("nine"), lazy("ten"), lazy("eleven"), lazy("twelve"),
)  # fmt: skip


def spelled(number: int) -> str:
    """Small numbers in letters: `two`; from thirteen in figures."""
    return str(NUMBER_WORDS[number]) if 0 <= number < len(NUMBER_WORDS) else str(number)


def joined(words: Sequence[object]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    texts = [str(word) for word in words]
    if len(texts) < 2:
        return "".join(texts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def capitalised(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
