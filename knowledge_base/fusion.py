"""Fuse the channels' rows into one probability over items: a conditional logit fitted on held-out sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Places, Scores
from knowledge_base.channels.bank import BankReading

Floats = NDArray[np.float64]

_ALL_UP_TO = 400
_BEST_OF_A_CHANNEL = 48
_DEFAULT_LEVEL, _DEFAULT_GAP = 0.25, 0.35


@dataclass(frozen=True)
class Shortlist:
    """The items worth comparing for one question.

    `places` (k,) are item positions; `scores` and `levels` (rows, k) the rows raw and standardised over these
    items; `outside` (rows,) each row's best raw score taken from what it gives to "not for the desk". `asked` (k,)
    tells the items that have ways of asking from those that have none, where an index holds both.
    """

    places: Places
    scores: Scores
    levels: Scores
    outside: Scores
    asked: NDArray[np.bool_] | None = None

    @property
    def features(self) -> Scores:
        """Return (k, 2 × rows): standardised scores, and their gaps to the row's best.

        Where `asked` is given: (k, 4 × rows + 1), those of the asked items apart from those of the others, and whether
        it is one of the others. The same score says another thing of forty ways of asking than of a name alone.
        """
        own = np.concatenate([self.levels, self.levels - self.levels.max(axis=1, keepdims=True)]).T
        if self.asked is None:
            return own
        asked = self.asked[:, None]
        return np.hstack([own * asked, own * ~asked, ~asked]).astype(np.float32)


def shortlist(reading: BankReading, also: int | None = None) -> Shortlist:
    """Compare all items, or of many the best few of each channel and `also`."""
    items = len(reading.asked)
    if items <= _ALL_UP_TO:
        places = np.arange(items)
    else:
        places = reading.best(_BEST_OF_A_CHANNEL)
        if not len(places):
            places = np.arange(_BEST_OF_A_CHANNEL)
        if also is not None and also not in places:
            places = np.append(places, also)
    matrix = reading.at(places)
    scores = matrix[:, :-1]
    mean, spread = scores.mean(axis=1, keepdims=True), scores.std(axis=1, keepdims=True)
    levels = (scores - mean) / np.where(spread > 1e-9, spread, 1.0)
    asked = reading.asked[places] if reading.is_mixed else None
    return Shortlist(places, scores, levels, matrix[:, -1] - scores.max(axis=1), asked)


@dataclass(frozen=True)
class Ranking:
    """The shortlisted items best first: `order` (k,) points into the shortlist; logits and probabilities (k,)."""

    order: Places
    logits: Floats
    probabilities: Floats

    @property
    def second(self) -> float:
        """Return the probability of the second item, 0 where there is one alone."""
        return float(self.probabilities[1]) if len(self.probabilities) > 1 else 0.0


@dataclass(frozen=True)
class Fusion:
    """Weights over the features of a shortlist, shape (features,)."""

    rows: tuple[str, ...]
    weights: Floats

    @classmethod
    def default(cls, rows: Sequence[str], is_mixed: bool = False) -> Fusion:
        """Return even weights, for an index with too few asks to fit on; `is_mixed` where some items have none."""
        weights = [_DEFAULT_LEVEL] * len(rows) + [_DEFAULT_GAP] * len(rows)
        return cls(tuple(rows), np.array([*weights, *weights, 0.0] if is_mixed else weights))

    @classmethod
    def fit(
        cls, rows: Sequence[str], lists: Sequence[Shortlist], targets: Sequence[int], penalty: float = 2e-3
    ) -> Fusion:
        """Fit by maximum likelihood with an L2 penalty; each target is an item position in its shortlist."""
        from scipy.optimize import minimize

        width = max(len(short.places) for short in lists)
        is_mixed = lists[0].asked is not None
        start = cls.default(rows, is_mixed).weights
        stacked = np.zeros((len(lists), width, len(start)), dtype=np.float32)
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
