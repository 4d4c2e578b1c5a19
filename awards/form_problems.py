"""What is wrong in a form, as a plain list that a summary can link from."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence, the field it is about and the id of the control to go to (empty when about the whole)."""

    text: str
    label: str = ""
    target: str = ""


def problems_of(*forms) -> list[Problem]:
    """The problems of forms and formsets, whole-form ones first; forms that are None or unbound give none."""
    return [problem for form in forms if form is not None for problem in _of_one(form)]


def _of_one(form) -> Iterator[Problem]:
    if not form.is_bound:
        return
    if hasattr(form, "forms"):
        yield from (Problem(str(text)) for text in form.non_form_errors())
        for part in form.forms:
            yield from _of_one(part)
        return
    yield from (Problem(str(text)) for text in form.non_field_errors())
    for name, texts in form.errors.items():
        if name in form.fields:
            bound = form[name]
            target = "" if bound.is_hidden else _first_control(bound)
            yield from (Problem(str(text), str(bound.label or ""), target) for text in texts)


def _first_control(bound) -> str:
    """The id that can take focus: of a radio group, a split field or a date choice it is the first part's."""
    parts = [part.id_for_label for part in bound.subwidgets]
    return bound.id_for_label or next(iter(parts), "") or bound.auto_id
