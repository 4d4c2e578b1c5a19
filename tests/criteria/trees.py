"""Small scoring models and marks, said in one line each, for the tests of the arithmetic."""

from decimal import Decimal

from criteria.scoring import Band, Bilingual, Blank, Mark, Node, Rounding, Scale, ScoringModel

NO_EVIDENCE = Mark(blank=Blank.NO_EVIDENCE)
NOT_APPLICABLE = Mark(blank=Blank.NOT_APPLICABLE)


def scale(lo="1", hi="5", step="1", *, code=None, given_as="number", bands=()) -> Scale:
    levels = tuple(Band(Decimal(a), Decimal(b), Bilingual(f"{a}-{b}", f"{a}-{b}")) for a, b in bands)
    return Scale(code or f"{lo}-{hi}", Decimal(lo), Decimal(hi), Decimal(step), given_as, levels)


def leaf(code, weight=None, *, on=None, kind="criterion", points=None, **more) -> Node:
    title = Bilingual(f"Kriterium {code}", f"Criterion {code}")
    return Node(
        code,
        kind,
        title,
        weight=None if weight is None else Decimal(weight),
        max_points=None if points is None else Decimal(points),
        scale=on or scale(),
        **more,
    )


def group(code, children, aggregate="weighted_mean", weight=None, **more) -> Node:
    title = Bilingual(f"Område {code}", f"Area {code}")
    weight = None if weight is None else Decimal(weight)
    return Node(code, "group", title, aggregate=aggregate, weight=weight, children=tuple(children), **more)


def model(root: Node, *, at="final", places=2, **more) -> ScoringModel:
    title = Bilingual("Modell", "Model")
    return ScoringModel("test", 1, title, Bilingual(), root, rounding=Rounding(at, places), **more)


def flat(*weights, on=None, **more) -> ScoringModel:
    """Criteria a, b, c ... with these weights."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    children = [leaf(code, weight, on=on) for code, weight in zip(letters, weights, strict=False)]
    return model(group("total", children, weight_total=Decimal(sum(map(Decimal, weights)))), **more)


def marks(**values) -> dict[str, Mark]:
    """Marks by code: a number, or a Mark as it is."""
    return {
        code: value if isinstance(value, Mark) else Mark(value=Decimal(str(value)))
        for code, value in values.items()
    }
