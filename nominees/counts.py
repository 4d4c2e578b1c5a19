"""How many rows hang on another, counted within the query that reads it."""

from __future__ import annotations

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce


def counted(rows: QuerySet, by: str) -> Coalesce:
    """How many of `rows`, which name the outer row by the field `by`, there are; 0 for none."""
    number = rows.order_by().values(by).annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(number[:1]), 0)
