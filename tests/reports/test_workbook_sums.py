"""The hidden cells' whole numbers are the site's arithmetic, and their worst case is known beforehand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from criteria.plan import plan_for
from criteria.scoring import Rounding, Scale
from criteria.tally import tally
from reports.workbook.figures import figures_of
from reports.workbook.sums import LIMIT, all_exact, sums_of
from tests.reports.test_workbook_formulas import FOUR, MODELS, ONE_TO_FIVE
from tests.reports.workbooks import preset, random_marks, seeded, weighted


@pytest.mark.parametrize("name", MODELS)
def test_the_totals_fraction_is_the_sites_exact_total(name):
    model, _count = MODELS[name]
    chance = seeded(name)
    root = sums_of(plan_for(model), model.rounding)

    for style in ("full", "words", "mixed", "mixed", "blank", "nothing_applies") * 5:
        marks = random_marks(model, chance, style)
        total = figures_of(root, marks, model.rounding)[model.root.code]
        found = Fraction(total.num) / Fraction(total.den) if total.den else None
        exact = tally(model, marks).exact
        if all_exact(root) or exact is None:
            assert found == exact
        else:
            assert abs(found - exact) < Fraction(1, 10**12)


def test_shipped_models_stay_exact_in_the_worst_case():
    names = [
        "four-areas", "plain-1-5", "kommunkompassen-2010", "kommunkompassen-2020", "baldrige",
        "caf-2020-classical", "caf-2020-fine-tuned", "radar-like", "indicator-round",
    ]  # fmt: skip

    found = {name: all_exact(sums_of(plan_for(preset(name)), preset(name).rounding)) for name in names}

    assert found == dict.fromkeys(names, True)


def test_weights_are_shortened_before_they_are_multiplied():
    root = sums_of(plan_for(weighted("x", FOUR, ONE_TO_FIVE, Rounding())), Rounding())

    assert [child.weight for child in root.children] == [6, 5, 5, 4]
    assert [[leaf.weight for leaf in area.children] for area in root.children] == [[8, 7, 5]] * 4


def test_large_primes_on_a_fine_scale_are_not_exact():
    scale = Scale("fine", Decimal(0), Decimal(100), Decimal("0.01"))
    areas = [(str(prime), ["37", "41", "22"]) for prime in (13, 17, 19, 23, 28)]
    model = weighted(
        "large",
        [(w, [f"{int(a) + at}.{at}7" for a in weights]) for at, (w, weights) in enumerate(areas)],
        scale,
        Rounding(),
    )

    root = sums_of(plan_for(model), model.rounding)

    assert (all_exact(root), LIMIT) == (False, 10**14)
