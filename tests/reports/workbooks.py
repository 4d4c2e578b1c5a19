"""Sample workbooks, random fillings, and LibreOffice as the reader that recalculates them."""

from __future__ import annotations

import io
import random
import re
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from criteria.model_files import read
from criteria.scoring import Bilingual, Blank, Mark, Node, Rounding, Scale, ScoringModel, inputs
from reports.workbook.spec import ContributionSpec, CriterionSpec, EntrySpec, Fact, WorkbookSpec
from tests.office import find_office

PRESETS = Path(__file__).parents[2] / "criteria" / "presets"
ISSUED = datetime(2026, 11, 22, 19, 40, tzinfo=UTC)
KEY = b"a key for tests, long enough to be one"
SIX = (
    ("1490", "Borås", "Västra Götalands län", "115 251"),
    ("0484", "Eskilstuna", "Södermanlands län", "107 076"),
    ("1283", "Helsingborg", "Skåne län", "152 091"),
    ("1780", "Karlstad", "Värmlands län", "98 084"),
    ("1261", "Kävlinge", "Skåne län", "32 964"),
    ("1980", "Västerås", "Västmanlands län", "161 236"),
)


def preset(name: str) -> ScoringModel:
    """A scoring model that ships with the product."""
    return read((PRESETS / f"{name}.json").read_bytes())


def weighted(
    name: str, groups: Sequence[tuple[str, Sequence[str]]], scale: Scale, rounding: Rounding, **more: Any
) -> ScoringModel:
    """A weighted tree: (area weight, criteria weights) per area, or one area for a flat model."""
    areas = tuple(
        Node(
            f"A{number}",
            "group",
            Bilingual(f"Område {number}", f"Area {number}"),
            weight=Decimal(weight),
            aggregate="weighted_mean",
            weight_total=sum(map(Decimal, weights), Decimal(0)),
            children=tuple(
                Node(f"A{number}.{at}", "criterion", Bilingual(f"K{at}"), weight=Decimal(each), scale=scale)
                for at, each in enumerate(weights, start=1)
            ),
        )
        for number, (weight, weights) in enumerate(groups, start=1)
    )
    total = sum((Decimal(weight) for weight, _weights in groups), Decimal(0))
    root = Node("total", "group", Bilingual("Totalt"), aggregate="weighted_mean", children=areas)
    root = replace(root, weight_total=total)
    return ScoringModel(name, 1, Bilingual(name), Bilingual(), root, rounding, **more)


def seeded(seed: object) -> random.Random:
    """The same chance every time."""
    return random.Random(str(seed))  # noqa: S311 - fillings for tests, not secrets


def numbers(node: Node) -> list[Decimal]:
    """All values on a node's scale."""
    scale = node.scale
    return [scale.min + scale.step * at for at in range(int((scale.max - scale.min) / scale.step) + 1)]


def random_marks(model: ScoringModel, chance: random.Random, style: str = "mixed") -> dict[str, Mark]:
    """One filling: "full" of numbers, "words" (both blanks), "mixed" (gaps), "blank", "nothing_applies"."""
    marks: dict[str, Mark] = {}
    excused = {node.code for node in model.root.children if style != "full" and chance.random() < 0.15}
    for node, top in _inputs_with_top(model):
        if mark := _random_mark(node, chance, style, excused=top in excused):
            marks[node.code] = mark
    return marks


def _random_mark(node: Node, chance: random.Random, style: str, *, excused: bool) -> Mark | None:
    dice = chance.random()
    number = Mark(value=chance.choice(numbers(node)))
    if style == "blank" or (style == "mixed" and dice > 0.9) or (node.children and dice > 0.7):
        return None
    if node.may_be_not_applicable and (style == "nothing_applies" or excused):
        return Mark(blank=Blank.NOT_APPLICABLE)
    if style not in ("mixed", "words") or dice > 0.24:
        return number
    if dice < 0.12:
        return Mark(blank=Blank.NO_EVIDENCE)
    return Mark(blank=Blank.NOT_APPLICABLE) if node.may_be_not_applicable else number


def _inputs_with_top(model: ScoringModel) -> list[tuple[Node, str]]:
    tops = {}

    def visit(node: Node, top: str) -> None:
        tops[node.code] = top
        for child in node.children:
            visit(child, top)

    for child in model.root.children:
        visit(child, child.code)
    return [(node, tops[node.code]) for node in inputs(model)]


def entry(code: str, name: str, marks: dict[str, Mark], **more: Any) -> EntrySpec:
    """A nomination with these marks and nothing else."""
    criteria = {leaf: CriterionSpec(mark, versions=(1, 0, 0, 0)) for leaf, mark in marks.items()}
    given = {"title": f"{name} kommun", "summary": f"kommunkod {code}", "criteria": criteria, **more}
    return EntrySpec(code, name, **given)


def spec(model: ScoringModel, entries: Sequence[EntrySpec], **more: Any) -> WorkbookSpec:
    """A juror's workbook with these nominations."""
    given = {
        "edition_key": "rehearsal-2027",
        "edition_title": "Sveriges KvalitetsKommun 2027",
        "issued_at": ISSUED,
        "workbook_id": "a5d6d589301e",
        "signing_key": KEY,
        "key_id": "k1",
        "juror_key": "juror-7",
        "juror_label": "Juror 7",
        **more,
    }
    return WorkbookSpec(model=model, entries=tuple(entries), **given)


def eskilstuna_2015(marks: dict[str, Mark]) -> EntrySpec:
    """The nomination of Eskilstuna in 2015 as its sources tell it, with marks that are invented."""
    criteria = {leaf: CriterionSpec(mark, versions=(3, 3, 3, 3)) for leaf, mark in marks.items()}
    first = next(iter(criteria))
    criteria[first] = CriterionSpec(
        marks[first],
        "Öppen ingång och samlad information genom Eskilstuna direkt.",
        "Visa hur många som hittar svaret själva.",
        "Ansökan s. 6",
        (3, 2, 2, 1),
    )
    return EntrySpec(
        "0484",
        "Eskilstuna",
        "Eskilstuna kommun",
        "Södermanlands län · 107 076 invånare · kommunkod 0484",
        facts=(
            Fact("Län", "Södermanlands län"),
            Fact("Kommunkod", "0484"),
            Fact("Folkmängd", "107 076 (2025-09-30)"),
            Fact("Tidigare utfall", "Nominerad 2013."),
        ),
        outward=(
            "Höja stadens och landsbygdens attraktionskraft",
            "Höja utbildningsnivån",
            "Fler jobb och fler i arbete",
            "Ekologisk hållbarhet",
        ),
        inward=(
            "Stabil ekonomi",
            "En attraktiv arbetsgivare",
            "Högre processkvalitet (tillgänglighet och effektivitet)",
        ),
        initiatives=("Fler e-tjänster", "Eskilstuna direkt", "Modigt ledarskap och modigt medarbetarskap"),
        challenges=("Social uthållighet inför 2016", "En växande och yngre befolkning"),
        contributions=(
            ContributionSpec("2011", "Eskilstuna utmanar", "utmanar"),
            ContributionSpec("2013", "Eskilstuna inspirerar", "inspirerar"),
            ContributionSpec("2015", "Eskilstuna gör evolution", "evolution"),
        ),
        answers=(Fact("Varför ska ni vinna?", ""),),
        criteria=criteria,
        private_note="Läs om bilaga 2 före samrådet. Fråga om svarstider på helger.",
        private_note_version=2,
    )


def without_values(xlsx: bytes) -> bytes:
    """The workbook with no value beside any formula: LibreOffice trusts the values it finds, so hide them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f>", content)
            target.writestr(name, content)
    return out.getvalue()


def recalculated(folder: Path, files: dict[str, bytes], to: str = "xlsx") -> dict[str, Path]:
    """The files as LibreOffice saves them after calculating every formula afresh, by the same names."""
    source, target = folder / "in", folder / "out"
    for each in (source, target):
        each.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (source / f"{name}.xlsx").write_bytes(without_values(content))
    profile = (folder / "profile").resolve().as_uri()
    command = [find_office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
    names = [str(source / f"{name}.xlsx") for name in files]
    subprocess.run([*command, "--outdir", str(target), *names], check=True, capture_output=True, timeout=240)
    return {name: target / f"{name}.{to.partition(':')[0]}" for name in files}


def differences(ours: bytes, theirs: Path) -> dict[tuple[str, str], tuple[object, object]]:
    """Where the values of two workbooks differ, by sheet and cell."""
    mine, yours = _values(io.BytesIO(ours)), _values(theirs)
    return {
        place: (value, yours.get(place))
        for place, value in mine.items()
        if not _same(value, yours.get(place))
    }


def _values(file: Any) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(file, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "") and sheet.title != "_kk"
    }


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-9 * max(1, abs(one))
    return one == other
