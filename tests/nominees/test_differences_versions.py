"""What changed between two versions: answers, rows that came and went, long texts cut down."""

from copy import deepcopy

from nominees.differences.texts import Piece
from nominees.differences.versions import changes, shortened

AREA = {
    "id": 7, "direction": "outward", "title": "Fler jobb", "aim": "Lägre arbetslöshet", "action": "",
    "result": "", "evidence": "", "continuation": "", "builds_on": None,
}  # fmt: skip
CONTENT = {
    "sections": [
        {
            "code": "a",
            "title": {"sv": "Om oss", "en": "About us"},
            "answers": [
                {
                    "code": "x", "kind": "long_text", "question": {"sv": "Varför?", "en": "Why?"},
                    "unit": "", "text": "Vi är bra.", "number": None, "choice": "", "chosen": {},
                }
            ],
        }
    ],
    "areas": [AREA],
    "initiatives": [],
    "challenges": [],
    "contributions": [],
    "materials": [],
}  # fmt: skip


def told(before, after):
    return [
        (each.kind, each.title, [[(piece.kind, piece.text) for piece in text.pieces] for text in each.texts])
        for each in changes(before, after, "sv")
    ]


def test_same_content_has_no_changes():
    assert told(CONTENT, deepcopy(CONTENT)) == []


def test_changed_answer_shows_its_words_under_its_question():
    after = deepcopy(CONTENT)
    after["sections"][0]["answers"][0]["text"] = "Vi är bäst."

    assert told(CONTENT, after) == [
        ("changed", "Varför?", [[("same", "Vi är "), ("taken", "bra."), ("added", "bäst.")]])
    ]


def test_new_and_removed_areas_are_told_whole():
    after = deepcopy(CONTENT)
    after["areas"] = [{**AREA, "id": 8, "title": "Stabil ekonomi", "aim": ""}]

    assert told(CONTENT, after) == [
        (
            "taken",
            "Fler jobb",
            [[("taken", "Fler jobb")], [("taken", "utåt")], [("taken", "Lägre arbetslöshet")]],
        ),
        ("added", "Stabil ekonomi", [[("added", "Stabil ekonomi")], [("added", "utåt")]]),
    ]


def test_renamed_area_is_one_change():
    after = deepcopy(CONTENT)
    after["areas"][0]["title"] = "Fler i arbete"

    assert told(CONTENT, after) == [
        ("changed", "Fler i arbete", [[("same", "Fler "), ("taken", "jobb"), ("added", "i arbete")]])
    ]


def test_long_unchanged_text_is_cut_down_around_the_change():
    long = "ord " * 500
    pieces = shortened((Piece("same", long), Piece("added", "nytt "), Piece("same", long)))

    assert [piece.kind for piece in pieces] == ["gap", "same", "added", "same", "gap"]
    assert len(pieces[1].text) <= 160
    assert shortened((Piece("same", "kort "), Piece("added", "nytt"))) == (
        Piece("same", "kort "),
        Piece("added", "nytt"),
    )
