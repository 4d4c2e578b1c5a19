"""How often a thing may be tried: a counter per key and window, shared by all web processes."""

from __future__ import annotations

import hashlib

from django.core.cache import cache


def take(action: str, key: object, *, most: int, seconds: int) -> bool:
    """Count one more try of `action` by `key`; False when there have been more than `most` in the window."""
    name = hashlib.sha256(f"{action}:{key}".encode()).hexdigest()
    counter = f"limit:{name}"
    cache.add(counter, 0, timeout=seconds)
    try:
        return cache.incr(counter) <= most
    except ValueError:  # the window ended between the two lines
        cache.set(counter, 1, timeout=seconds)
        return True
