"""What may stand in a score cell: the list to choose from, the check behind it, the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from criteria.lines import LONGEST
from criteria.scoring import Blank, Mark, Node, Scale
from reports.cells import Shown, cut_utf16, defined_name, formula_text
from reports.workbook.expressions import on_scale
from reports.workbook.layout import Layout, Line
from reports.workbook.words import Words

LONGEST_LIST = 30
MESSAGE, TITLE = 255, 32  # what a validation's texts may hold


@dataclass(frozen=True)
class Choice:
    """The values of one kind of score cell; `name` leads to its list on the machine sheet ("" = too long)."""

    scale: Scale
    may_be_not_applicable: bool
    name: str
    listed: tuple[Decimal | str, ...]


def choices_of(layout: Layout, words: Words) -> dict[str, Choice]:
    """The kind of score cell of each line that takes a mark, by code; alike scales share one."""
    kinds: dict[tuple[Decimal, Decimal, Decimal, bool], Choice] = {}
    found: dict[str, Choice] = {}
    for line in layout.inputs:
        scale, applies = line.scale, line.node.may_be_not_applicable
        key = (scale.min, scale.max, scale.step, applies)
        if key not in kinds:
            number = len(kinds) + 1
            name = defined_name("skala") if number == 1 else defined_name("skala", str(number))
            values = numbers_of(scale)
            blanks = [words["blank.no_evidence"], *([words["blank.not_applicable"]] if applies else [])]
            listed = (*values, *blanks) if len(values) <= LONGEST_LIST else ()
            kinds[key] = Choice(scale, applies, name if listed else "", tuple(listed))
        found[line.plan.code] = kinds[key]
    return found


def numbers_of(scale: Scale) -> list[Decimal]:
    """The scale's values from the highest down; empty where there are very many."""
    steps = (scale.max - scale.min) / scale.step
    if steps > LONGEST_LIST:
        return [Decimal(0)] * (LONGEST_LIST + 1)
    return [scale.max - scale.step * number for number in range(int(steps) + 1)]


def range_text(scale: Scale, words: Words) -> str:
    """ "1–5", or "0–100 i steg om 5"."""
    ends = {"lo": words.number(scale.min), "hi": words.number(scale.max)}
    if scale.step == 1:
        return words.say("scale.range", **ends)
    return words.say("scale.range_step", **ends, step=words.number(scale.step))


def shown_mark(mark: Mark | None, words: Words) -> Shown:
    """What stands in the score cell for a mark."""
    if mark is None:
        return None
    if mark.blank == Blank.NO_EVIDENCE:
        return words["blank.no_evidence"]
    if mark.blank == Blank.NOT_APPLICABLE:
        return words["blank.not_applicable"]
    return mark.value


def levels(node: Node, words: Words) -> list[tuple[str, str]]:
    """(level, what it means) of each band; the bare range where a scale has none."""
    scale = node.scale
    if scale is None:
        return []
    found = []
    for band in scale.bands:
        label = band.label.in_language(words.language)
        meaning = band.descriptor.in_language(words.language)
        ends = (
            words.number(band.lo)
            if band.lo == band.hi
            else f"{words.number(band.lo)}–{words.number(band.hi)}"
        )
        parts = [label] if label and label != ends else []
        found.append((ends, ": ".join([*parts, meaning] if meaning else parts)))
    return found or [(range_text(scale, words), "")]


def validate_scores(
    page: Any, lines: Sequence[Line], choices: dict[str, Choice], column: str, words: Words
) -> None:
    """Put the right check and message on each score cell of a sheet."""
    by_choice: dict[int, tuple[Choice, list[Line]]] = {}
    for line in lines:
        choice = choices[line.plan.code]
        by_choice.setdefault(id(choice), (choice, []))[1].append(line)
    for choice, alike in by_choice.values():
        first = f"{column}{alike[0].row}"
        if choice.name:
            check = _validation(type="list", formula1=choice.name)
        else:
            check = _validation(type="custom", formula1=_custom(first, choice, words))
        check.promptTitle, check.prompt = _fit(words["scale.input_title"], TITLE), _prompt(choice, words)
        check.errorTitle, check.error = _fit(words["scale.error_title"], TITLE), _error(choice, words)
        for line in alike:
            check.add(f"{column}{line.row}")
        page.sheet.add_data_validation(check)


def validate_texts(page: Any, areas: Sequence[str], words: Words) -> None:
    """Keep the juror's texts within what a field holds, which is what the site takes."""
    most = words.number(LONGEST)
    check = _validation(type="textLength", operator="lessThanOrEqual", formula1=str(LONGEST))
    check.promptTitle, check.prompt = words["scale.text_title"], words.say("scale.text_prompt", most=most)
    check.errorTitle, check.error = words["scale.text_error_title"], words.say("scale.text_error", most=most)
    for area in areas:
        check.add(area)
    page.sheet.add_data_validation(check)


def _custom(cell: str, choice: Choice, words: Words) -> str:
    blanks = [words["blank.no_evidence"]]
    if choice.may_be_not_applicable:
        blanks.append(words["blank.not_applicable"])
    texts = ",".join(f"TRIM({cell})={formula_text(word)}" for word in blanks)
    return f"IF(ISNUMBER({cell}),AND({on_scale(cell, choice.scale)}),OR({texts}))"


def _prompt(choice: Choice, words: Words) -> str:
    name = "scale.input_choice" if choice.name else "scale.input_number"
    extra = words["scale.input_na"] if choice.may_be_not_applicable else ""
    lowest = words.number(choice.scale.min)
    return _fit(words.say(name, range=range_text(choice.scale, words), lo=lowest, na=extra), MESSAGE)


def _error(choice: Choice, words: Words) -> str:
    extra = words["scale.error_na"] if choice.may_be_not_applicable else ""
    return _fit(words.say("scale.error", range=range_text(choice.scale, words), na=extra), MESSAGE)


def _fit(text: str, most: int) -> str:
    return cut_utf16(text, most)


def _validation(**given: str) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy

    return DataValidation(
        allow_blank=True, showErrorMessage=True, showInputMessage=True, errorStyle="stop", **given
    )
