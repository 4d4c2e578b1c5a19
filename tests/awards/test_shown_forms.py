"""Forms with hidden twins: untouched fields follow what stands there now, and two who differ are told."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils.translation import override

from awards.shown_forms import ShownForm
from awards.wall_times import WallTime

pytestmark = pytest.mark.once
OPENED = {"text": "Ett", "way": "a", "is_on": True, "day": date(2027, 3, 1),
          "at": datetime(2027, 3, 1, 11, 0, 30, tzinfo=UTC)}  # fmt: skip
TWINS = {"initial-text": "Ett", "initial-way": "a", "initial-is_on": "True", "initial-day": "2027-03-01",
         "initial-at": "2027-03-01T12:00"}  # fmt: skip
BOXES = {"text": "Ett", "way": "a", "is_on": "on", "day": "2027-03-01", "at": "2027-03-01T12:00"}


class Page(ShownForm):
    """One field of each kind."""

    text = forms.CharField(required=False, widget=forms.Textarea)
    way = forms.ChoiceField(choices=[("a", "Ansökan"), ("n", "Nominering")])
    is_on = forms.BooleanField(required=False)
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    at = WallTime(required=False)


def posted(now=OPENED, **typed):
    return Page({**TWINS, **BOXES, **typed}, initial=now)


def said(form):
    with override("sv"):
        return {name: str(errors[0]).split(". Spara")[0] for name, errors in form.errors.items()}


def test_twins_carry_what_the_page_shows():
    page = str(Page(initial=OPENED))

    assert [f'name="{name}" value="{value}"' in page for name, value in TWINS.items()] == [True] * 5


def test_page_saved_as_it_was_opened_touches_nothing():
    form = posted()

    assert (form.is_valid(), form.status, form.touched, form.clashes) == (True, 200, frozenset(), frozenset())


def test_untouched_fields_follow_what_stands_there_now():
    now = {
        "text": "Rad\nRad",
        "way": "n",
        "is_on": False,
        "day": None,
        "at": datetime(2027, 4, 1, tzinfo=UTC),
    }
    form = posted(now)

    assert form.is_valid()
    assert form.cleaned_data == now
    assert form.touched == frozenset()


def test_only_fields_that_differ_are_touched():
    form = posted(text="Två", is_on="")

    assert form.is_valid()
    assert form.touched == {"text", "is_on"}
    assert (form.cleaned_data["text"], form.cleaned_data["is_on"]) == ("Två", False)


@pytest.mark.parametrize(
    ("name", "typed", "now", "sentence"),
    [
        ("text", "Två", "Tre", "En kollega har under tiden skrivit: Tre"),
        ("text", "Två", "", "En kollega har tömt det här under tiden"),
        ("day", "2027-03-02", date(2027, 3, 3), "En kollega har under tiden skrivit: 3 mars 2027"),
        (
            "at",
            "2027-03-02T12:00",
            datetime(2027, 3, 3, 11, tzinfo=UTC),
            "En kollega har under tiden skrivit: 3 mars 2027 12:00",
        ),
    ],
)
def test_field_that_two_have_written_is_refused_with_both(name, typed, now, sentence):
    form = posted({**OPENED, name: now}, **{name: typed})
    told = {key: text.replace("\N{NO-BREAK SPACE}", " ") for key, text in said(form).items()}

    assert (form.status, told) == (409, {name: sentence})
    assert form[name].value() == typed


def test_two_who_write_the_same_agree():
    assert posted({**OPENED, "text": "Två", "way": "n"}, text="Två", way="n").is_valid()


def test_saved_once_more_the_typed_holds():
    first = posted({**OPENED, "text": "Tre"}, text="Två")
    assert first.status == 409
    again = Page(first.data, initial={**OPENED, "text": "Tre"})

    assert (again.is_valid(), again.cleaned_data["text"]) == (True, "Två")


def test_line_ends_of_a_browser_are_no_touch():
    form = Page({**TWINS, **BOXES, "initial-text": "Ett\r\nTvå", "text": "Ett\nTvå"}, initial=OPENED)

    assert (form.is_valid(), form.touched) == (True, frozenset())
