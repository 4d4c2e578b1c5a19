"""The fields of the score form as HTML, each drawn once: jurors share models, levels and marks."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from criteria.score_form import Field, TextBox

register = template.Library()
REMEMBERED = 4096  # drawn fields, of about 2 kB each: ten models in two languages with every mark


@register.simple_tag
def score_field(field: Field) -> SafeString:
    """`{% score_field block.field %}`: levels to choose among, or a number to type."""
    return (
        _drawn("levels", field, own=False) if field.levels else _drawn("number", field, own=bool(field.typed))
    )


@register.simple_tag
def attribute_field(field: Field) -> SafeString:
    """`{% attribute_field field %}`: the same for a part of a criterion, on one line."""
    return _drawn("attribute", field, own=bool(field.typed and not field.levels))


@register.simple_tag
def text_field(text: TextBox) -> SafeString:
    """`{% text_field text %}`: one of the texts of a criterion, with its label."""
    return _drawn("text", text, own=bool(text.value))


def _drawn(name: str, field: Field | TextBox, *, own: bool) -> SafeString:
    if own or field.problem:  # what one person wrote is drawn for that person, and not kept
        return _draw(name, field)
    return _remembered(name, field, get_language())


def _draw(name: str, field: Field | TextBox) -> SafeString:
    return render_to_string(f"criteria/includes/{name}.html", {"field": field})


@lru_cache(maxsize=REMEMBERED)
def _remembered(name: str, field: Field | TextBox, language: str) -> SafeString:  # noqa: ARG001 - part of the key
    return _draw(name, field)
