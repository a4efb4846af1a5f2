"""Calibrated answers from evidence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingClassifier

from knowledge_base.confidence import Confidence, Evidence, Forest, Judge
from knowledge_base.fusion import Ranking

RANKING = Ranking(np.array([0, 1]), np.array([1.0, 0.0]), np.array([0.7, 0.3]))


@pytest.fixture(scope="module")
def cases() -> tuple[np.ndarray, np.ndarray]:
    """Return evidence of which the first number decides, with some doubt."""
    chance = np.random.default_rng(1)
    features = chance.normal(size=(600, 4))
    return features, features[:, 0] + 0.7 * chance.normal(size=600) > 0


def test_given_trees_as_arrays_then_they_say_what_scikit_learn_says(cases: tuple[np.ndarray, np.ndarray]) -> None:
    features, answers = cases
    model = GradientBoostingClassifier(n_estimators=20, max_depth=3, random_state=0).fit(features, answers)
    start = float(model._raw_predict_init(features[:1])[0, 0])
    forest = Forest.of(model, start)
    ours = [forest.log_odds(row) for row in features[:50]]
    assert np.allclose(ours, model.decision_function(features[:50]))


def test_given_a_judge_then_its_probabilities_are_calibrated(cases: tuple[np.ndarray, np.ndarray]) -> None:
    features, answers = cases
    judge = Judge.fit(features[:400], list(answers[:400]), np.ones(400))
    chances = np.array([judge.probability(row) for row in features[400:]])
    sure = chances > 0.8
    assert abs(chances[sure].mean() - answers[400:][sure].mean()) < 0.1
    assert abs(chances.mean() - answers[400:].mean()) < 0.1


def test_given_a_saved_confidence_then_it_judges_as_before(
    cases: tuple[np.ndarray, np.ndarray], tmp_path: Path
) -> None:
    features, answers = cases
    judge = Judge.fit(features, list(answers), np.ones(len(features)))
    confidence = Confidence(judge, judge, judge)
    confidence.save(tmp_path)
    evidence = Evidence(("a", "b", "c", "d"), tuple(features[0]))
    assert Confidence.load(tmp_path).judge(evidence, RANKING) == confidence.judge(evidence, RANKING)


def test_given_no_ambiguous_questions_then_a_question_is_as_clear_as_the_second_item_is_unlikely(
    cases: tuple[np.ndarray, np.ndarray], tmp_path: Path
) -> None:
    features, answers = cases
    judge = Judge.fit(features, list(answers), np.ones(len(features)))
    Confidence(judge, judge).save(tmp_path)

    judged = Confidence.load(tmp_path).judge(Evidence(("a",) * 4, tuple(features[0])), RANKING)

    assert judged.clear == pytest.approx(0.7)


def test_given_a_confident_item_out_of_scope_then_confidence_never_exceeds_being_in_scope(
    cases: tuple[np.ndarray, np.ndarray],
) -> None:
    features, answers = cases
    judge = Judge.fit(features, list(answers), np.ones(len(features)))
    contrary = Judge.fit(features, list(~answers), np.ones(len(features)))
    judged = Confidence(contrary, judge).judge(Evidence(("a",) * 4, (3.0, 0.0, 0.0, 0.0)), RANKING)
    assert judged.right <= judged.in_scope
