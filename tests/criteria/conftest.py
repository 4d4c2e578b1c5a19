"""What the tests of this floor share."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    """Sentences in their source language."""
    with translation.override("en"):
        yield
