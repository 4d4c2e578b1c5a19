"""Statistic 4: how sure the order is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from criteria.chance import SURE
from criteria.statistics.severity import Adjusted

DRAWS = 10_000
CHUNK = 500
FEW = 60  # entries up to which the chance of every place is kept


@dataclass(frozen=True)
class Certainty:
    """Per entry (in the table's order). `group` letters: neighbours that cannot be separated share one.

    `places` is entries x places: the chance of each place, kept for up to 60 entries.
    """

    first: np.ndarray
    top: np.ndarray
    top_k: int
    low: np.ndarray  # 5th percentile of the rank
    high: np.ndarray  # 95th percentile of the rank
    group: tuple[str, ...]
    seed: int
    places: np.ndarray | None = None


def certainty(adjusted: Adjusted, *, top_k: int = 3, seed: int = 2027, draws: int = DRAWS) -> Certainty:
    """Draw q* ~ N(q, Cov(q)) and rank each draw: P(first), P(among the top k), 90 % rank interval, groups.

    Draws are made through the structure of Cov(q), so that no entries x entries matrix is built. An exact tie
    for the first place is shared.
    """
    size = len(adjusted.values)
    top_k = min(top_k, max(1, size - 1))
    ranks = np.empty((draws, size), dtype=np.int32)
    first = np.zeros(size)
    order = np.argsort(-adjusted.values, kind="stable")
    ahead = np.zeros(max(0, size - 1))
    for begin, drawn in drawn_chunks(adjusted, seed, draws):
        ranks[begin : begin + len(drawn)] = rankdata(-drawn, axis=1, method="min")
        best = drawn == drawn.max(axis=1, keepdims=True)
        first += (best / best.sum(axis=1, keepdims=True)).sum(axis=0)
        sorted_draws = drawn[:, order]
        ahead += (sorted_draws[:, :-1] > sorted_draws[:, 1:]).sum(axis=0)
    low, high = np.percentile(ranks, [5, 95], axis=0, method="inverted_cdf")
    top = (ranks <= top_k).mean(axis=0)
    places = _chances(ranks) if size <= FEW else None
    return Certainty(first / draws, top, top_k, low, high, _groups(order, ahead / draws), seed, places)


def _chances(ranks: np.ndarray) -> np.ndarray:
    return np.stack([(ranks == place).mean(axis=0) for place in range(1, ranks.shape[1] + 1)], axis=1)


def drawn_chunks(adjusted: Adjusted, seed: int, draws: int) -> Iterator[tuple[int, np.ndarray]]:
    """The draws in chunks, each with the number of its first: draws x entries, up to the common shift."""
    dice = np.random.default_rng(seed)
    spread = np.sqrt(max(adjusted.residual, 0.0))
    lower = _root(adjusted.kernel)
    for begin in range(0, draws, CHUNK):
        count = min(CHUNK, draws - begin)
        own = dice.standard_normal((count, len(adjusted.values))) / np.sqrt(adjusted.readings)
        shared = (adjusted.mixing @ (lower @ dice.standard_normal((lower.shape[1], count)))).T
        yield begin, adjusted.values + spread * (own + shared)


def _root(kernel: np.ndarray) -> np.ndarray:
    """A square root of a positive semidefinite matrix."""
    values, vectors = np.linalg.eigh(kernel)
    return vectors * np.sqrt(np.clip(values, 0, None))


def _groups(order: np.ndarray, ahead: np.ndarray) -> tuple[str, ...]:
    letters = [""] * len(order)
    number = 0
    for place, entry in enumerate(order):
        if place and ahead[place - 1] >= SURE:
            number += 1
        letters[entry] = _letter(number)
    return tuple(letters)


def _letter(number: int) -> str:
    """a ... z, aa, ab ..."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
