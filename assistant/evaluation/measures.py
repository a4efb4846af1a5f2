"""Measures of shares, rankings and confidences: pure functions over numbers, and 95 % intervals for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Interval = tuple[float, float]

RESAMPLES = 2000
_SEED = 2026
_NORMAL_QUANTILE = 1.959964
BINS = 10


def wilson(hits: float, of: float) -> Interval:
    """Return Wilson's 95 % interval of the share `hits / of` (Wilson 1927); (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, _NORMAL_QUANTILE**2
    centre = share + square / (2 * of)
    reach = _NORMAL_QUANTILE * sqrt(share * (1 - share) / of + square / (4 * of * of))
    low, high = (centre - reach) / (1 + square / of), (centre + reach) / (1 + square / of)
    return max(low, 0.0), min(high, 1.0)


def bootstrap(statistic: Callable[..., float], *samples: ArrayLike, resamples: int = RESAMPLES) -> Interval:
    """Return the 95 % percentile interval of `statistic(*samples)`, each sample resampled along its first axis."""
    dice = np.random.default_rng(_SEED)
    arrays = [np.asarray(sample) for sample in samples]
    values = [
        statistic(*(array[dice.integers(len(array), size=len(array))] for array in arrays)) for _ in range(resamples)
    ]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def mean_reciprocal_rank(ranks: ArrayLike) -> float:
    """Return the mean of 1 / rank; rank 0 stands for "not found" and counts 0."""
    places = np.asarray(ranks, dtype=float)
    return float(np.where(places > 0, 1 / np.maximum(places, 1), 0.0).mean())


def auroc(positive: ArrayLike, negative: ArrayLike) -> float:
    """Return the probability that a positive scores above a negative, ties counted half."""
    above, below = np.asarray(positive, dtype=float), np.sort(np.asarray(negative, dtype=float))
    wins = np.searchsorted(below, above, side="left") + np.searchsorted(below, above, side="right")
    return float(wins.mean() / (2 * len(below)))


def false_positive_rate(positive: ArrayLike, negative: ArrayLike, recall: float = 0.95) -> float:
    """Return the share of negatives at or above the highest threshold that keeps `recall` of the positives."""
    threshold = np.quantile(np.asarray(positive, dtype=float), 1 - recall, method="lower")
    return float((np.asarray(negative, dtype=float) >= threshold).mean())


def mixture_weights(inside: int, outside: int, outside_share: float = 0.2) -> Floats:
    """Return the weights, sum 1, that make the last `outside` entries that share of the whole."""
    return np.concatenate([np.full(inside, (1 - outside_share) / inside), np.full(outside, outside_share / outside)])


def risk_coverage(confidence: ArrayLike, right: ArrayLike, weights: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Return coverage and risk (share wrong of what is answered) at each distinct confidence, the surest first."""
    scores, wrong, shares = _weighted(confidence, 1 - np.asarray(right, dtype=float), weights)
    order = np.argsort(-scores, kind="stable")
    last_of_ties = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    coverage = np.cumsum(shares[order])[last_of_ties]
    erred = np.cumsum((shares * wrong)[order])[last_of_ties]
    return coverage, erred / coverage


def area_under_risk_coverage(confidence: ArrayLike, right: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean risk over all coverages (AURC, Geifman et al. 2019); lower is better."""
    coverage, risk = risk_coverage(confidence, right, weights)
    return float(np.diff(coverage, prepend=0.0) @ risk)


def reliability(
    confidence: ArrayLike, right: ArrayLike, weights: ArrayLike | None = None, bins: int = BINS
) -> tuple[Floats, Floats, Floats]:
    """Return mean confidence, share right and weight of each equally wide bin that is not empty."""
    scores, truths, shares = _weighted(confidence, right, weights)
    places = np.minimum((scores * bins).astype(int), bins - 1)
    weight, claimed, true = (
        np.bincount(places, weights=values, minlength=bins) for values in (shares, shares * scores, shares * truths)
    )
    filled = weight > 0
    return claimed[filled] / weight[filled], true[filled] / weight[filled], weight[filled]


def calibration_error(
    confidence: ArrayLike, right: ArrayLike, weights: ArrayLike | None = None, bins: int = BINS
) -> float:
    """Return the expected calibration error over equally wide bins (ECE)."""
    claimed, true, weight = reliability(confidence, right, weights, bins)
    return float(np.abs(claimed - true) @ weight)


def macro_f1(confusion: ArrayLike) -> float:
    """Return the mean F1 of the classes that occur, from a (true, predicted) matrix of counts."""
    counts = np.asarray(confusion, dtype=float)
    both = counts.sum(axis=0) + counts.sum(axis=1)
    occurs = both > 0
    return float((2 * np.diag(counts)[occurs] / both[occurs]).mean())


def confusion_matrix(expected: Sequence[int] | NDArray, predicted: Sequence[int] | NDArray, classes: int) -> Floats:
    """Count how often each class was taken for each, shape (true, predicted)."""
    pairs = np.asarray(expected) * classes + np.asarray(predicted)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes).astype(float)


def _weighted(confidence: ArrayLike, truths: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    """Return the three as arrays, the weights made to sum 1."""
    scores = np.asarray(confidence, dtype=float)
    shares = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
    return scores, np.asarray(truths, dtype=float), shares / shares.sum()
