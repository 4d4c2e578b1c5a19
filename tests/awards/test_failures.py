"""Why a letter did not leave is told in words, with the mail server's own behind."""

import pytest
from django.utils import translation

from awards.failures import in_words


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        ("ConnectionRefusedError: [Errno 111] Connection refused", "E-postservern svarade inte."),
        ("TimeoutError: timed out", "E-postservern svarade inte."),
        ("gaierror: [Errno -2] Name or service not known", "E-postservern svarade inte."),
        ("SMTPServerDisconnected: Connection unexpectedly closed", "E-postservern svarade inte."),
        ("535 5.7.8 bad password", "E-postservern släppte inte in oss."),
        ("451 try later", "E-postservern tog inte emot brevet än."),
        ("550 no such user", "E-postservern tog inte emot brevet."),
        ("ValueError: bad header", "Brevet går inte att skicka som det är."),
        ("SMTPNotSupportedError: no TLS", "Brevet kunde inte skickas."),
    ],
)
def test_failure_is_a_sentence_with_the_technical_words_behind(failure, said):
    with translation.override("sv"):
        assert str(in_words(failure)) == f"{said} ({failure})"


def test_no_failure_is_no_sentence():
    assert in_words("") == ""
