"""Swedish order: a sort key that every database sorts alike, with å ä ö last."""

import unicodedata

_ALPHABET = " -0123456789abcdefghijklmnopqrstuvwxyzåäö"
_RANK = {letter: f"{position + 10:02d}" for position, letter in enumerate(_ALPHABET)}
_LIKE = {
    "æ": "ä",
    "ø": "ö",
    "ü": "y",
    "é": "e",
    "è": "e",
    "ë": "e",
    "á": "a",
    "à": "a",
    "ñ": "n",
    "ç": "c",
    "–": "-",
}


def sort_key(text: str) -> str:
    """Digits only, two a letter, so that byte order is Swedish order under any collation.

    Å, Ä and Ö sort last in that order; other accents sort as their letter; other signs sort first.
    """
    letters = unicodedata.normalize("NFC", text).casefold()
    return "".join(_RANK.get(_LIKE.get(letter, letter), "00") for letter in letters)


def search_pattern(text: str) -> str:
    """A regular expression that finds `text` with small or large letters, on any database alike.

    Å, ä and ö are letters of their own: Habo does not find Håbo. LIKE cannot be used: SQLite folds only
    a to z, and PostgreSQL what its server's locale knows.
    """
    return "".join(_either_case(letter) for letter in unicodedata.normalize("NFC", text))


def _either_case(letter: str) -> str:
    cases = [case for case in dict.fromkeys((letter, letter.lower(), letter.upper())) if len(case) == 1]
    if len(cases) > 1:
        return f"[{''.join(cases)}]"
    return f"\\{letter}" if letter in r".^$*+?{}[]\|()" else letter
