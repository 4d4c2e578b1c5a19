"""The award's real history, loaded from the product's own files, for tests that count on it."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from nominees.loading.history import load_history
from nominees.loading.reference import load_reference
from nominees.loading.tables import Shelf


@pytest.fixture
def past(db) -> SimpleNamespace:
    """The country and the history 2003-2025, a visitor who has not signed in, and now."""
    load_reference(Shelf())
    load_history(Shelf())
    return SimpleNamespace(visitor=AnonymousUser(), now=timezone.now())
