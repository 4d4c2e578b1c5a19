"""A letter's named places: filled once, and everything else in braces is text."""

import pytest

from awards import placeholders


def test_place_is_filled_and_a_second_time_too():
    assert placeholders.fill("{name}, {name}!", {"name": "Åsa"}) == "Åsa, Åsa!"


@pytest.mark.parametrize(
    "text",
    ["{}", "{0}", "{ name }", "{name!r}", "{name:>10}", "{name.__class__}", "{name[0]}", "{%if%}", "{", "}"],
)
def test_braces_that_hold_no_name_are_text(text):
    assert placeholders.fill(text, {"name": "Åsa"}) == text
    assert placeholders.names_in(text) == ()


def test_what_is_filled_in_is_never_read_again():
    assert placeholders.fill("{name} {link}", {"name": "{link}", "link": "hit"}) == "{link} hit"


def test_unknown_names_are_found_once_each():
    assert placeholders.unknown({"name"}, "{name} {kommun}", "{kommun} {sista_dag}") == (
        "{kommun}",
        "{sista_dag}",
    )


@pytest.mark.parametrize(
    "written",
    ["{}", "{0}", "{ name }", "{name!r}", "{name.__class__}", "{name[0]}", "{%if%}", "{{name}}", "{name"],
)
def test_braces_that_hold_no_known_name_are_unknown_as_they_are_written(written):
    assert placeholders.unknown({"name"}, f"Till {written}", f"{{name}} i {written}, {written}") == (written,)


def test_a_brace_by_itself_is_not_asked_about():
    assert placeholders.unknown({"name"}, "a { b } c :}", "} {name}") == ("{ b }",)


def test_paragraph_that_came_to_nothing_leaves_no_gap():
    assert placeholders.fill("Hej\r\n\r\n{greeting}\r\n\r\n{link}", {"greeting": "", "link": "hit"}) == (
        "Hej\n\nhit"
    )
