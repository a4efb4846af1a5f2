"""Fuse the channels' rows into one probability over items: a conditional logit fitted on held-out sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Scores

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

_ALL_UP_TO = 400
_BEST_OF_A_ROW = 24
_DEFAULT_LEVEL, _DEFAULT_GAP = 0.25, 0.35


@dataclass(frozen=True)
class Shortlist:
    """The items worth comparing for one question.

    `places` (k,) are item positions; `scores` and `levels` (rows, k) the rows raw and standardised over all
    items; `outside` (rows,) each row's best raw score taken from what it gives to "not for the desk".
    """

    places: Places
    scores: Scores
    levels: Scores
    outside: Scores

    @property
    def features(self) -> Scores:
        """Return (k, 2 × rows): standardised scores, and their gaps to the row's best."""
        return np.concatenate([self.levels, self.levels - self.levels.max(axis=1, keepdims=True)]).T


def shortlist(matrix: Scores, also: int | None = None) -> Shortlist:
    """Reduce a (rows, items + 1) matrix to all items, or of many to the best few of each row and `also`."""
    scores = matrix[:, :-1]
    items = scores.shape[1]
    if items <= _ALL_UP_TO:
        places = np.arange(items)
    else:
        places = np.unique(np.argpartition(scores, items - _BEST_OF_A_ROW, axis=1)[:, items - _BEST_OF_A_ROW :])
        if also is not None and also not in places:
            places = np.append(places, also)
    mean, spread = scores.mean(axis=1, keepdims=True), scores.std(axis=1, keepdims=True)
    chosen = scores[:, places]
    levels = (chosen - mean) / np.where(spread > 1e-9, spread, 1.0)
    return Shortlist(places, chosen, levels, matrix[:, -1] - chosen.max(axis=1))


@dataclass(frozen=True)
class Ranking:
    """The shortlisted items best first: `order` (k,) points into the shortlist; logits and probabilities (k,)."""

    order: Places
    logits: Floats
    probabilities: Floats


@dataclass(frozen=True)
class Fusion:
    """Weights over each row's standardised score and its gap to the row's best, shape (2 × rows,)."""

    rows: tuple[str, ...]
    weights: Floats

    @classmethod
    def default(cls, rows: Sequence[str]) -> Fusion:
        """Return even weights, for an index without asks to fit on."""
        weights = [_DEFAULT_LEVEL] * len(rows) + [_DEFAULT_GAP] * len(rows)
        return cls(tuple(rows), np.array(weights))

    @classmethod
    def fit(
        cls, rows: Sequence[str], lists: Sequence[Shortlist], targets: Sequence[int], penalty: float = 2e-3
    ) -> Fusion:
        """Fit by maximum likelihood with an L2 penalty; each target is an item position in its shortlist."""
        from scipy.optimize import minimize

        width = max(len(short.places) for short in lists)
        stacked = np.zeros((len(lists), width, 2 * len(rows)), dtype=np.float32)
        mask = np.full((len(lists), width), -1e9, dtype=np.float32)
        for number, short in enumerate(lists):
            stacked[number, : len(short.places)] = short.features
            mask[number, : len(short.places)] = 0
        right = np.array([int(np.argmax(short.places == target)) for short, target in zip(lists, targets, strict=True)])
        every = np.arange(len(lists))
        met = stacked[every, right].mean(axis=0)

        def objective(weights: Floats) -> tuple[float, Floats]:
            logits = stacked @ weights.astype(np.float32) + mask
            logits -= logits.max(axis=1, keepdims=True)
            exponentials = np.exp(logits)
            probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
            loss = float(-np.log(probabilities[every, right] + 1e-12).mean() + penalty * weights @ weights)
            expected = np.einsum("qi,qif->f", probabilities, stacked) / len(every)
            return loss, np.asarray(expected - met + 2 * penalty * weights, dtype=np.float64)

        start = cls.default(rows).weights
        found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
        return cls(tuple(rows), np.asarray(found.x))

    def rank(self, short: Shortlist) -> Ranking:
        """Rank the shortlisted items of one question."""
        logits = short.features @ self.weights
        order = np.argsort(-logits, kind="stable")
        exponentials = np.exp(logits[order] - logits[order[0]])
        return Ranking(order, logits[order], exponentials / exponentials.sum())

    def save(self, folder: Path) -> None:
        """Write the weights."""
        np.savez(folder / "fusion.npz", rows=np.array(self.rows), weights=self.weights)

    @classmethod
    def load(cls, folder: Path) -> Fusion:
        """Read what `save` wrote."""
        with np.load(folder / "fusion.npz", allow_pickle=False) as arrays:
            return cls(tuple(str(row) for row in arrays["rows"]), arrays["weights"])
