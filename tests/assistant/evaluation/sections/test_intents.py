"""Intents by cross-validation."""

from __future__ import annotations

from collections import Counter

import pytest
from scipy.sparse import csr_matrix

from assistant.evaluation.sections.intents import FOLDS, cross_predicted, section, training_examples


def test_given_known_predictions_then_accuracy_f1_and_confusion_are_told():
    measured = section(["ask", "ask", "ask", "deny"], ["ask", "ask", "deny", "deny"])

    assert [figure.estimate.value for figure in measured.figures] == [0.75, pytest.approx((0.8 + 2 / 3) / 2)]
    ask, deny = measured.tables[0].rows
    assert (ask[0], ask[1], ask[2].value, ask[3].value, ask[4]) == ("ask", 3, pytest.approx(2 / 3), 1.0, "deny 1")
    assert (deny[0], deny[2].value, deny[3].value, deny[4]) == ("deny", 1.0, 0.5, "")
    assert measured.charts[0].rows == ((0.6667, 0.3333), (0.0, 1.0))


def test_given_features_that_tell_intents_apart_then_every_example_is_told_by_a_model_without_it():
    intents = ["ask", "deny"] * FOLDS

    predicted = cross_predicted(csr_matrix([[1, 0], [0, 1]] * FOLDS), intents, {"max_iter": 100, "tol": 1e-3})

    assert predicted == intents


def test_given_the_project_then_the_examples_are_those_that_rasa_trains_on(prepared):
    counted = Counter(intent for _, intent in training_examples(prepared))

    assert counted["ask"] > 1000  # those of data/nlu and a share of data/asks
    assert {"affirm", "apply", "human", "out_of_scope"} <= set(counted)
