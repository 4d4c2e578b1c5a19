"""Charts become drawings that need no style, follow the page's colours and are told in words."""

import re

from awards.drawing import ACCENT, Chart, inline, picture

BARS = Chart(
    "bars",
    "Två <staplar>",
    "Borås & Kävlinge.",
    {
        "data": {"values": [{"name": "Borås", "points": 59.5}, {"name": "Kävlinge", "points": 81.3}]},
        "mark": {"type": "bar", "fill": ACCENT},
        "encoding": {
            "x": {"field": "points", "type": "quantitative"},
            "y": {"field": "name", "type": "nominal"},
        },
    },
)


def test_an_inline_drawing_has_no_style_and_no_colour_of_its_own():
    svg = inline(BARS)
    assert re.findall(r'style=|fill="|stroke="|font-family|href|on\w+=|xmlns', svg) == []
    assert svg.count('class="vf-accent') == 2


def test_an_inline_drawing_is_told_in_words():
    svg = inline(BARS)
    assert svg.startswith('<svg class="kv-vega" viewBox="0 0 ')
    assert 'role="img" aria-labelledby="bars-title bars-text"' in svg
    assert '<title id="bars-title">Två &lt;staplar&gt;</title>' in svg
    assert '<desc id="bars-text">Borås &amp; Kävlinge.</desc>' in svg


def test_figures_on_the_axes_are_written_in_the_readers_language():
    tenths = {**BARS.spec, "data": {"values": [{"name": "Borås", "points": 0.5}]}}
    chart = Chart("tenths", "", "", tenths)
    assert (">0,50<" in inline(chart, "sv"), ">0.50<" in inline(chart, "en")) == (True, True)


def test_a_picture_has_its_themes_colours():
    dark = picture(BARS, theme="dark")
    assert ('fill="#7accd5"' in dark, ACCENT in dark) == (True, False)
    assert "<title>Två &lt;staplar&gt;</title>" in picture(BARS)


def test_names_of_people_cannot_break_out_of_a_drawing():
    evil = {**BARS.spec, "data": {"values": [{"name": "<script>alert(1)</script>", "points": 1}]}}
    assert "<script" not in inline(Chart("evil", "", "", evil))
