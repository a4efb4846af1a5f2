"""From the evidence of one search to probabilities: for the desk, the first item right, one item meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge_base.channels import Query
from knowledge_base.channels.bank import ChannelBank
from knowledge_base.fusion import Floats, Ranking, Shortlist
from knowledge_base.scope import FEATURES, ScopeClassifier

_CLIP = 8.0
_LEAST_RIVAL = 0.03
"""probability from which a second item comes to mind"""


@dataclass(frozen=True)
class Evidence:
    """Named numbers of one search, in a fixed order."""

    names: tuple[str, ...]
    values: tuple[float, ...]

    def as_dict(self) -> dict[str, float]:
        """Return name → value."""
        return dict(zip(self.names, self.values, strict=True))


def gather(
    query: Query, short: Shortlist, bank: ChannelBank, ranking: Ranking, scope: ScopeClassifier | None
) -> Evidence:
    """Gather what speaks for and against the item ranked first."""
    top = int(ranking.order[0])
    first = float(ranking.probabilities[0])
    second = ranking.second
    shares = ranking.probabilities[:10]
    levels = short.levels[:, top]
    rivals = np.delete(short.levels, top, axis=1)
    margins = np.clip(levels - rivals.max(axis=1), -4, 4) if rivals.size else np.full(len(levels), 4.0)
    names = ["fused", "fused_margin", "fused_entropy", "agreement", "length"]
    values = [
        float(np.log(first / max(1 - first, 1e-4) + 1e-9)),
        float(np.log((first + 1e-6) / (second + 1e-6))),
        float(-(shares * np.log(shares + 1e-9)).sum()),
        float((margins > 0).mean()),
        float(np.log1p(len(query.text))),
    ]
    names += [f"margin:{row}" for row in bank.rows]
    values += [float(margin) for margin in margins]
    names += [f"level:{row}" for row in bank.rows]
    values += [float(level) for level in levels]
    for place in bank.outside_rows:
        names += [f"raw:{bank.rows[place]}", f"outside:{bank.rows[place]}"]
        values += [float(short.scores[place, top]), float(short.outside[place])]
    if short.asked is not None:
        names.append("asked")
        values.append(float(short.asked[top]))
    if scope is not None:
        names += FEATURES
        values += scope.features(query)
    return Evidence(tuple(names), tuple(values))


@dataclass(frozen=True)
class Forest:
    """Boosted regression trees as arrays (trees, nodes): feature (-1 a leaf), threshold, children, value."""

    feature: NDArray[np.int32]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    start: float
    depth: int

    @classmethod
    def of(cls, model: Any, start: float) -> Forest:
        """Take the trees of a fitted scikit-learn GradientBoostingClassifier of two classes."""
        trees = [stage[0].tree_ for stage in model.estimators_]
        most = max(tree.node_count for tree in trees)

        def padded(name: str, fill: float, dtype: Any) -> Any:
            rows = [np.ravel(getattr(tree, name)) for tree in trees]
            return np.stack([np.pad(row, (0, most - len(row)), constant_values=fill) for row in rows]).astype(dtype)

        return cls(
            np.maximum(padded("feature", -1, np.int32), -1),
            padded("threshold", 0, np.float64),
            padded("children_left", 0, np.int32),
            padded("children_right", 0, np.int32),
            padded("value", 0, np.float64) * model.learning_rate,
            start,
            model.max_depth,
        )

    def log_odds(self, features: Floats) -> float:
        """Return the summed log-odds for one row of features, shape (features,)."""
        trees = np.arange(len(self.feature))
        nodes = np.zeros(len(self.feature), dtype=np.int64)
        for _ in range(self.depth):
            feature = self.feature[trees, nodes]
            lower = features[feature] <= self.threshold[trees, nodes]
            below = np.where(lower, self.left[trees, nodes], self.right[trees, nodes])
            nodes = np.where(feature >= 0, below, nodes)
        return self.start + float(self.value[trees, nodes].sum())


@dataclass(frozen=True)
class Judge:
    """One yes-or-no question about a search, answered by a logistic regression and small trees, averaged."""

    mean: Floats
    spread: Floats
    weights: Floats
    bias: float
    forest: Forest

    @classmethod
    def fit(cls, features: Floats, answers: Sequence[bool], importance: Floats, seed: int = 0) -> Judge:
        """Fit on (questions, features) with a weight a question; both answers must occur."""
        from sklearn.ensemble import GradientBoostingClassifier
        from sklearn.linear_model import LogisticRegression

        truth = np.asarray(answers, dtype=bool)
        mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
        scaled = np.clip((features - mean) / spread, -_CLIP, _CLIP)
        line = LogisticRegression(C=0.3, max_iter=2000).fit(scaled, truth, sample_weight=importance)
        trees = GradientBoostingClassifier(
            n_estimators=90,
            learning_rate=0.07,
            max_depth=3,
            subsample=0.6,
            min_samples_leaf=15,
            max_features=0.4,
            random_state=seed,
        ).fit(scaled, truth, sample_weight=importance)
        share = float(np.average(truth, weights=importance))
        start = float(np.log(share / (1 - share)))
        return cls(mean, spread, line.coef_[0], float(line.intercept_[0]), Forest.of(trees, start))

    def probability(self, features: Floats) -> float:
        """Return the probability of yes for one row of features."""
        scaled = np.clip((features - self.mean) / self.spread, -_CLIP, _CLIP)
        line = float(scaled @ self.weights + self.bias)
        return (_sigmoid(line) + _sigmoid(self.forest.log_odds(scaled))) / 2

    def save(self, folder: Path, name: str) -> None:
        """Write all arrays into one npz."""
        forest = {f"forest_{key}": value for key, value in vars(self.forest).items()}
        own = {key: getattr(self, key) for key in ("mean", "spread", "weights", "bias")}
        np.savez(folder / f"{name}.judge.npz", **own, **forest)

    @classmethod
    def load(cls, folder: Path, name: str) -> Judge:
        """Read what `save` wrote."""
        with np.load(folder / f"{name}.judge.npz", allow_pickle=False) as arrays:
            forest = Forest(
                **{key: arrays[f"forest_{key}"] for key in ("feature", "threshold", "left", "right", "value")},
                start=float(arrays["forest_start"]),
                depth=int(arrays["forest_depth"]),
            )
            return cls(arrays["mean"], arrays["spread"], arrays["weights"], float(arrays["bias"]), forest)


class Judgement(NamedTuple):
    """Three probabilities (0 to 1) about one question."""

    in_scope: float
    """that it is for the desk"""
    right: float
    """that it is for the desk and the first item is the one meant"""
    clear: float
    """that one item is meant, not as well another"""


@dataclass(frozen=True)
class Confidence:
    """The judges over the same evidence: is it for the desk, is the first item right, is one item meant at all.

    `clear` is None where nobody wrote questions that fit several items.
    """

    in_scope: Judge
    right: Judge
    clear: Judge | None = None

    def judge(self, evidence: Evidence, ranking: Ranking) -> Judgement:
        """Judge a question; without a judge of that it is as clear as the second item is unlikely.

        Where no second item comes to mind there is nothing to ask back about.
        """
        features = np.asarray(evidence.values)
        in_scope = self.in_scope.probability(features)
        judged = self.clear is not None and ranking.second >= _LEAST_RIVAL
        clear = self.clear.probability(features) if self.clear and judged else 1 - ranking.second
        return Judgement(in_scope, min(self.right.probability(features), in_scope), clear)

    def save(self, folder: Path) -> None:
        """Write the judges."""
        for name, judge in vars(self).items():
            if judge is not None:
                judge.save(folder, name)

    @classmethod
    def load(cls, folder: Path) -> Confidence:
        """Read what `save` wrote."""
        clear = Judge.load(folder, "clear") if (folder / "clear.judge.npz").exists() else None
        return cls(Judge.load(folder, "in_scope"), Judge.load(folder, "right"), clear)


def rough_confidence(ranking: Ranking) -> Judgement:
    """Return uncalibrated stand-ins, kept modest, for an index that had nothing to be calibrated on."""
    first = float(ranking.probabilities[0])
    return Judgement(0.5 + 0.3 * first, 0.8 * first, 1 - ranking.second)


def _sigmoid(value: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(value, -30, 30))))
