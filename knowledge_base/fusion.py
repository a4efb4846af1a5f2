"""Fuse the channels' rows into one probability over items: a conditional logit fitted on held-out sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Scores

_ALL_UP_TO = 400
_SHORTLIST = 24
_DEFAULT_WEIGHT, _DEFAULT_GAP = 0.25, 0.35


@dataclass(frozen=True)
class Ranking:
    """Items worth naming: positions best first, their logits and probabilities, and their features."""

    places: NDArray[np.int64]
    logits: NDArray[np.float64]
    probabilities: NDArray[np.float64]


@dataclass(frozen=True)
class Fusion:
    """Weights over each row's standardised score and its gap to the row's best, shape (2 × rows,)."""

    rows: tuple[str, ...]
    weights: NDArray[np.float64]

    @classmethod
    def default(cls, rows: Sequence[str]) -> Fusion:
        """Return even weights, for an index without asks to fit on."""
        weights = [_DEFAULT_WEIGHT] * len(rows) + [_DEFAULT_GAP] * len(rows)
        return cls(tuple(rows), np.array(weights))

    @classmethod
    def fit(
        cls, rows: Sequence[str], scores: Sequence[Scores], targets: Sequence[int], penalty: float = 2e-3
    ) -> Fusion:
        """Fit by maximum likelihood with an L2 penalty.

        `scores` holds one (rows, items) matrix a question, the outside column left off; `targets` the right item.
        """
        from scipy.optimize import minimize

        prepared = [_prepare(matrix, target) for matrix, target in zip(scores, targets)]
        width = max(features.shape[0] for features, _ in prepared)
        stacked = np.zeros((len(prepared), width, 2 * len(rows)), dtype=np.float32)
        mask = np.full((len(prepared), width), -1e9, dtype=np.float32)
        right = np.array([place for _, place in prepared])
        for number, (features, _) in enumerate(prepared):
            stacked[number, : len(features)] = features
            mask[number, : len(features)] = 0
        every = np.arange(len(prepared))

        def objective(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            logits = stacked @ weights.astype(np.float32) + mask
            logits -= logits.max(axis=1, keepdims=True)
            exponentials = np.exp(logits)
            probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
            loss = -np.log(probabilities[every, right] + 1e-12).mean()
            expected = np.einsum("qi,qif->f", probabilities, stacked) / len(every)
            gradient = expected - stacked[every, right].mean(axis=0)
            return (
                float(loss + penalty * weights @ weights),
                np.asarray(gradient + 2 * penalty * weights, dtype=np.float64),
            )

        start = cls.default(rows).weights
        found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
        return cls(tuple(rows), np.asarray(found.x))

    def rank(self, scores: Scores) -> Ranking:
        """Rank the items of one question from its (rows, items) matrix."""
        places = _shortlist(scores)
        logits = _features(scores, places) @ self.weights
        order = np.argsort(-logits, kind="stable")
        exponentials = np.exp(logits[order] - logits[order[0]])
        return Ranking(places[order], logits[order], exponentials / exponentials.sum())

    def save(self, folder: Path) -> None:
        """Write the weights."""
        np.savez(folder / "fusion.npz", rows=np.array(self.rows), weights=self.weights)

    @classmethod
    def load(cls, folder: Path) -> Fusion:
        """Read what `save` wrote."""
        with np.load(folder / "fusion.npz", allow_pickle=False) as arrays:
            return cls(tuple(str(row) for row in arrays["rows"]), arrays["weights"])


def standardised(scores: Scores) -> Scores:
    """Return each row with mean 0 and deviation 1 over the items."""
    spread = scores.std(axis=1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / np.where(spread > 1e-9, spread, 1.0))


def _shortlist(scores: Scores) -> NDArray[np.int64]:
    """Return all items, or of many the best few of each row."""
    items = scores.shape[1]
    if items <= _ALL_UP_TO:
        return np.arange(items)
    best = np.argpartition(scores, items - _SHORTLIST, axis=1)[:, items - _SHORTLIST :]
    return np.unique(best)


def _features(scores: Scores, places: NDArray[np.int64]) -> Scores:
    """Return (places, 2 × rows): standardised scores, and gaps to the best of the row."""
    level = standardised(scores)
    gaps = level - level.max(axis=1, keepdims=True)
    return np.concatenate([level[:, places], gaps[:, places]]).T


def _prepare(scores: Scores, target: int) -> tuple[Scores, int]:
    places = _shortlist(scores)
    if target not in places:
        places = np.append(places, target)
    return _features(scores, places).astype(np.float32), int(np.flatnonzero(places == target)[0])
