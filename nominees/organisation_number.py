"""Whether a Swedish organisation number can be right: ten digits whose last one checks the others."""

import re

_FORM = re.compile(r"[0-9]{6}-[0-9]{4}")


def is_sound(number: str) -> bool:
    """True for NNNNNN-NNNN with a right check digit (Luhn, ISO/IEC 7812-1 annex B)."""
    if not _FORM.fullmatch(number):
        return False
    digits = [int(digit) for digit in number.replace("-", "")]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
