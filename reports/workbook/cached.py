"""Puts the value beside each formula in a saved workbook, so that it shows where nothing recalculates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from reports.cells import Shown, escaped

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TERMS = "{http://purl.org/dc/terms/}"


def with_values(xlsx: bytes, shown: Sequence[Mapping[str, Shown]], written_at: datetime) -> bytes:
    """`xlsx` with `shown[n][address]` beside the formulas of its n-th sheet, all times set to `written_at`.

    Rows lose the mark that their height was set by hand, so that they grow while the juror writes.
    """
    pages = {f"xl/worksheets/sheet{number}.xml": values for number, values in enumerate(shown, start=1)}
    stamp = max(written_at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name in pages:
                content = _patched(content, pages[name])
            elif name == "docProps/core.xml":
                content = _dated(content, stamp)
            info = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return out.getvalue()


def _patched(content: bytes, values: Mapping[str, Shown]) -> bytes:
    etree = _lxml()
    root = etree.fromstring(content)
    for row in root.iter(f"{MAIN}row"):
        row.attrib.pop("customHeight", None)
        for cell in row:
            formula = cell.find(f"{MAIN}f")
            if formula is not None:
                _show(etree, cell, values[cell.get("r")])
    # A kommunkod is text on purpose: no green corner that offers to make 0484 a number.
    etree.SubElement(
        etree.SubElement(root, f"{MAIN}ignoredErrors"),
        f"{MAIN}ignoredError",
        sqref="A1:XFD1048576",
        numberStoredAsText="1",
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _show(etree: Any, cell: Any, value: Shown) -> None:
    place = cell.find(f"{MAIN}v")
    if place is None:
        place = etree.SubElement(cell, f"{MAIN}v")
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "str")
        place.text = escaped(value)
    elif value is None:
        raise ValueError(f"a formula without a value: {cell.get('r')}")
    else:
        place.text = number_text(value)


def number_text(value: int | float | Decimal) -> str:
    """A number as XML writes it: no exponent, no trailing zeros of a Decimal."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return repr(value)


def _dated(content: bytes, stamp: datetime) -> bytes:
    etree = _lxml()
    root = etree.fromstring(content)
    for name in ("created", "modified"):
        for element in root.iter(f"{TERMS}{name}"):
            element.text = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _lxml() -> Any:
    from lxml import etree  # noqa: PLC0415 - heavy, loaded when a workbook is written

    return etree
