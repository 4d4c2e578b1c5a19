"""The mark of a workbook: what it says, and that nobody else can write it."""

from dataclasses import replace

import pytest

from criteria.scoring import Mark
from reports.workbook.fingerprint import CHUNK, FingerprintError, opened, payload_of, seal
from reports.workbook.spec import CriterionSpec
from tests.reports.workbooks import KEY, entry, preset, spec

KEYS = {"k1": KEY}


def a_payload(**more):
    return {"v": 1, "key": "k1", "cells": {"0484/A1": [3, 2, 1, 0]}, **more}


def reason(mac, chunks, keys=KEYS):
    with pytest.raises(FingerprintError) as caught:
        opened(mac, chunks, keys)
    return caught.value.args[0]


def test_a_seal_opens_to_what_was_sealed():
    made = seal(a_payload(edition="2027 – å"), KEY)

    assert opened(made.mac, made.chunks, KEYS) == a_payload(edition="2027 – å")


def test_a_long_payload_is_cut_into_chunks():
    made = seal(a_payload(long="x" * 2 * CHUNK), KEY)

    assert [len(chunk) <= CHUNK for chunk in made.chunks] == [True] * 3
    assert opened(made.mac, made.chunks, KEYS) == a_payload(long="x" * 2 * CHUNK)


def test_the_same_payload_gives_the_same_seal_in_any_order():
    assert seal({"a": 1, "key": "k1"}, KEY) == seal({"key": "k1", "a": 1}, KEY)


def test_another_key_does_not_open_it():
    made = seal(a_payload(), b"another key")

    assert reason(made.mac, made.chunks) == "forged"


def test_an_edited_payload_does_not_open():
    made, edited = seal(a_payload(), KEY), seal(a_payload(juror="somebody else"), b"guess")

    assert reason(made.mac, edited.chunks) == "forged"


def test_a_key_no_longer_known_does_not_open():
    made = seal(a_payload(key="k0"), KEY)

    assert reason(made.mac, made.chunks) == "unknown_key"


@pytest.mark.parametrize(
    "chunks", [(), ("",), ("%%%",), ("bnVsbA",), ("W10",), ("e30",), ("å",), ("eyJrZXkiOltdfQ",)]
)
def test_rubbish_is_unreadable(chunks):
    assert reason("0" * 64, chunks) == "unreadable"


def test_a_mac_that_is_not_ascii_is_forged():
    made = seal(a_payload(), KEY)

    assert reason("å" * 64, made.chunks) == "forged"


def test_the_payload_names_everything_the_upload_must_check():
    model = preset("plain-1-5")
    codes = [node.code for node in model.root.children]
    given = replace(
        entry("0484", "Eskilstuna", {}),
        criteria={codes[0]: CriterionSpec(Mark(), versions=(3, 2, 1, 0))},
        private_note_version=2,
    )
    away = replace(entry("1980", "Västerås", {}), recused="hemkommun")

    assert payload_of(spec(model, [given, away])) == {
        "v": 1,
        "id": "a5d6d589301e",
        "key": "k1",
        "edition": "rehearsal-2027",
        "juror": "juror-7",
        "model": "plain-1-5-v1",
        "issued": "2026-11-22T19:40:00+00:00",
        "language": "sv",
        "cells": {
            f"0484/{codes[0]}": [3, 2, 1, 0],
            f"0484/{codes[1]}": [0, 0, 0, 0],
            f"0484/{codes[2]}": [0, 0, 0, 0],
            "0484/_privat": [2],
            "0484/_jury": [0],
        },
    }
