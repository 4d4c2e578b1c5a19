"""Formulas of groups whose own value the juror states: the overall judgement and the ladder."""

from __future__ import annotations

from fractions import Fraction

from reports.workbook.cached import number_text
from reports.workbook.expressions import factor, times, units
from reports.workbook.layout import scale_of
from reports.workbook.references import References
from reports.workbook.sums import Sum


def overall_judgement(to: References, node: Sum) -> dict[str, str]:
    """The stated value; until then the proposal: the mean of the parts, half up to the step."""
    step = Fraction(scale_of(node.plan).step)
    steps = (node.plan.hi - node.plan.lo) / step
    counted, proposal = to.counted(node), to.cell("proposal", node)
    common = str(node.common) if node.common else to.cell("lcm", node)
    bottom = times(steps.denominator * node.scale, f"{common}*{factor(counted)}")
    top = times(steps.numerator, to.sum("wv", node))
    whole = times(int(step * node.unit), units(top, bottom, 1))
    if node.lowest:
        whole = f"{node.lowest}+{whole}"
    shut, stated = to.is_shut(node), to.is_stated(node)
    return {
        "proposal": f"IF({counted}=0,0,{whole})",
        "num": f"IF({stated},{to.stated_units(node)},IF({shut},0,{proposal}))",
        "den": f"IF({stated},{node.unit},IF(OR({shut},{factor(counted)}=0),0,{node.unit}))",
    }


def ladder(to: References, node: Sum) -> dict[str, str]:
    """The stated value held to the band that the rungs reach; with nothing stated the band's lowest."""
    bands = scale_of(node.plan).bands
    reached, den = to.cell("proposal", node), to.cell("den", node)
    lows = ",".join(str(int(band.lo * node.unit)) for band in bands)
    highs = ",".join(str(int(band.hi * node.unit)) for band in bands)
    lo, hi = f"CHOOSE({reached}+1,{lows})", f"CHOOSE({reached}+1,{highs})"
    asked = f"IF({to.is_stated(node)},{to.stated_units(node)},{lo})"
    return {
        "proposal": to.sum("wv", node),
        "num": f"IF({den}=0,0,MIN(MAX({asked},{lo}),{hi}))",
        "den": f"IF(OR({to.is_shut(node)},{factor(to.counted(node))}=0),0,{node.unit})",
    }


def rung(to: References, parent: Sum, node: Sum) -> dict[str, str]:
    """A rung counts 1 where it has a value, and contributes 1 while no rung before it is unreached."""
    if node.children:
        there = f"{to.cell('den', node)}>0"
        top = f"{there},{to.cell('num', node)}={times(int(node.plan.hi), to.cell('den', node))}"
    else:
        there = to.is_marked(node)
        most = number_text(scale_of(node.plan).max)
        top = f"{to.cell('state', node)}={to.word('state.done')},{to.cell('score', node)}={most}"
    place = [child.plan.code for child in parent.children].index(node.plan.code)
    if place:
        top = f"{to.cell('wv', parent.children[place - 1])}=1,{top}"
    otherwise = f"IF({to.is_excused(node)},-1,0)" if to.may_be_excused(node) else "0"
    return {"w": f"IF({there},1,{otherwise})", "wv": f"IF(AND({top}),1,0)"}
