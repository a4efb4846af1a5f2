"""Calibrate an index on questions of other hands: what its confidence is worth, and where to answer.

What is fitted while an index is built knows only sentences of its own authors, harder and stranger than what citizens
ask; the confidence errs low and the thresholds are cautious. Two straight lines over the log-odds put that right.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge_base.thresholds import Judged, Risk, Thresholds, choose_thresholds

if TYPE_CHECKING:
    from knowledge_base.search import Searcher

FILE = "calibration.json"
_LEAST_QUESTIONS = 200
_LEAST_STRANGERS = 50
_LEAST_SHARE_OF_ITEMS = 0.25
_LEAST_SLOPE = 0.2
_CLIP = 1e-4

Progress = Callable[[str, float], None]


class TooFewQuestions(ValueError):
    """Too few questions are about the items of the index to calibrate on; its cautious thresholds stay in force."""


@dataclass(frozen=True)
class KnownQuestion:
    """A question with the item that answers it; None where no item does."""

    text: str
    item: str | None


@dataclass(frozen=True)
class Line:
    """A straight line over log-odds."""

    slope: float = 1.0
    intercept: float = 0.0

    @classmethod
    def fit(cls, chances: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> Line:
        """Fit so that the probabilities (0 to 1) agree with the truth (Platt scaling)."""
        from sklearn.linear_model import LogisticRegression

        regression = LogisticRegression(C=1e6, max_iter=1000)
        regression.fit(_log_odds(chances)[:, None], truth, sample_weight=weights)
        return cls(max(float(regression.coef_[0][0]), _LEAST_SLOPE), float(regression.intercept_[0]))

    def apply(self, chance: float) -> float:
        """Return the calibrated probability."""
        return float(1 / (1 + np.exp(-(self.slope * _log_odds(np.float64(chance)) + self.intercept))))


@dataclass(frozen=True)
class Calibration:
    """The lines and the thresholds of one index version, and what they were chosen on."""

    version: str
    in_scope: Line
    right: Line
    thresholds: Thresholds
    made_at: str

    def apply(self, in_scope: float, confidence: float) -> tuple[float, float]:
        """Return the calibrated probabilities: for the desk, and for the desk with the first candidate right."""
        in_scope = self.in_scope.apply(in_scope)
        return in_scope, min(self.right.apply(confidence), in_scope)

    def save(self, folder: Path) -> None:
        """Write into the folder of the index version, in a single step."""
        beside = folder / f".{FILE}.new"
        content = {**asdict(self), "thresholds": self.thresholds.as_dict()}
        beside.write_text(json.dumps(content, indent=1), encoding="utf-8")
        os.replace(beside, folder / FILE)

    @classmethod
    def load(cls, folder: Path) -> Calibration | None:
        """Read what `save` wrote; None where the index version was never calibrated."""
        try:
            content: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return cls(
            content["version"],
            Line(**content["in_scope"]),
            Line(**content["right"]),
            Thresholds.from_dict(content["thresholds"]),
            content["made_at"],
        )


def calibrated_at(folder: Path) -> int:
    """Return when the calibration of an index version was written, in nanoseconds; 0 where there is none."""
    try:
        return (folder / FILE).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def calibrate(
    searcher: Searcher,
    questions: Sequence[KnownQuestion],
    risk: Risk,
    progress: Progress,
    clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
) -> Calibration:
    """Ask an uncalibrated searcher the questions and fit lines and thresholds.

    Questions about items that the index does not hold are left out. Raises TooFewQuestions when the rest is too few, or
    about too few of the items.
    """
    known = set(searcher.item_ids)
    questions = [question for question in questions if question.item is None or question.item in known]
    about = {question.item for question in questions if question.item is not None}
    inside = np.array([question.item is not None for question in questions], dtype=bool)
    if (
        inside.sum() < _LEAST_QUESTIONS
        or (~inside).sum() < _LEAST_STRANGERS
        or len(about) < _LEAST_SHARE_OF_ITEMS * len(known)
    ):
        raise TooFewQuestions(TooFewQuestions.__doc__)
    results = []
    for number, question in enumerate(questions):
        results.append(searcher.search(question.text))
        if number % 50 == 0:
            progress("questions", number / len(questions))
    in_scope = np.array([result.in_scope for result in results])
    confidence = np.array([result.confidence for result in results])
    first = [result.best.item_id if result.best else None for result in results]
    right = inside & np.array([item == question.item for item, question in zip(first, questions, strict=True)])
    weights = np.where(inside, (1 - risk.out_of_scope_share) / inside.sum(), risk.out_of_scope_share / (~inside).sum())
    weights = weights * len(weights)
    lines = Line.fit(in_scope, inside, weights), Line.fit(confidence, right, weights)
    calibration = Calibration(searcher.manifest.version, *lines, Thresholds(), clock().isoformat(timespec="seconds"))
    judged = []
    for place, result in enumerate(results):
        scope, sure = calibration.apply(result.in_scope, result.confidence)
        judged.append(Judged(sure, scope, bool(inside[place]), bool(right[place]), float(weights[place]), result.clear))
    return replace(calibration, thresholds=choose_thresholds(judged, risk))


def _log_odds(chances: Any) -> Any:
    clipped = np.clip(chances, _CLIP, 1 - _CLIP)
    return np.log(clipped / (1 - clipped))


def load_known_questions(questions: Path, strangers: Path) -> list[KnownQuestion]:
    """Load questions with their items, and questions that no item answers, from two YAML files.

    A file that is missing holds none.
    """
    import yaml

    def entries(path: Path) -> list[dict[str, Any]]:
        return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []

    return [
        *(KnownQuestion(entry["text"], entry["item"]) for entry in entries(questions)),
        *(KnownQuestion(entry["text"], None) for entry in entries(strangers)),
    ]
