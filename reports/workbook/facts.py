"""What stands below the criteria: the juror's notes, and what is known of the nomination."""

from __future__ import annotations

from reports.cells import Page, defined_name, rich_text
from reports.workbook.paper import Book, name_cells, pieces, row_height
from reports.workbook.spec import EntrySpec, Fact
from reports.workbook.styles import INK, MUTED, inline_font
from reports.workbook.words import Words

LABEL_WIDTH, TEXT_WIDTH = 32, 57


def write_notes(book: Book, page: Page, entry: EntrySpec, row: int) -> int:
    """The two note fields in columns C and D from `row` on; returns the row after them."""
    words = book.words
    page.text(f"C{row}", words["entry.notes"], "KK Rubrik")
    page.sheet.row_dimensions[row].height = 24
    bold, plain = inline_font(10.5, INK, bold=True), inline_font(10, MUTED)
    kinds = (("private", "_privat", entry.private_note), ("jury", "_jury", entry.note_to_jury))
    for number, (name, key, note) in enumerate(kinds, start=row + 1):
        heading, reader = words[f"entry.{name}"]
        page.text(f"A{number}", f"{entry.code}/{key}", "KK Maskin")
        page.rich(f"C{number}", rich_text([(f"{heading}\n", bold), (reader, plain)]), "KK Cell")
        page.value(f"D{number}", note or None, "KK Inmatning text")
        row_height(page, number, 52, (note, TEXT_WIDTH))
    return row + 3


def write_facts(book: Book, page: Page, entry: EntrySpec, row: int, width: float = TEXT_WIDTH) -> int:
    """The table "About the nomination" in columns C and D from `row` on; returns its last row."""
    words = book.words
    page.text(f"C{row}", words["entry.about"], "KK Rubrik")
    name_cells(book, defined_name("fakta", entry.code), page, f"C{row}")
    page.sheet.row_dimensions[row].height = 24
    facts = facts_of(entry, words)
    if not facts:
        page.text(f"C{row + 1}", words["entry.about_none"], "KK Underrubrik")
        return row + 1
    for letter, head in zip("CD", words["entry.about_head"], strict=True):
        page.text(f"{letter}{row + 1}", head, "KK Kolumn")
    page.sheet.row_dimensions[row + 1].height = 22
    at = row + 2
    for fact in facts:
        for number, piece in enumerate(pieces(fact.text, width)):
            label = words.say("common.more", label=fact.label) if number else fact.label
            page.text(f"C{at}", label, "KK Cell fet")
            page.text(f"D{at}", piece, "KK Cell")
            row_height(page, at, 20, (piece, width), (label, LABEL_WIDTH * 0.9))
            at += 1
    return at - 1


def facts_of(entry: EntrySpec, words: Words) -> list[Fact]:
    """All that is known of a nomination, one row each, in reading order."""
    found = list(entry.facts)
    numbered = (
        ("outward", entry.outward),
        ("inward", entry.inward),
        ("initiative", entry.initiatives),
        ("challenge", entry.challenges),
    )
    for name, texts in numbered:
        found += [
            Fact(words.say(f"entry.{name}", number=number), text)
            for number, text in enumerate(texts, start=1)
        ]
    for each in entry.contributions:
        name = "entry.contribution_text" if each.theme else "entry.contribution_bare"
        text = words.say(name, year=each.year, title=each.title, theme=each.theme)
        found.append(Fact(words["entry.contribution"], text))
    found += [Fact(each.label, each.text or words["entry.no_answer"]) for each in entry.answers]
    return found
