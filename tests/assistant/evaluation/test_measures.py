"""Measures, on numbers whose values are known."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.evaluation.measures import (
    area_under_risk_coverage,
    auroc,
    bootstrap,
    calibration_error,
    confusion_matrix,
    false_positive_rate,
    macro_f1,
    mean_reciprocal_rank,
    mixture_weights,
    reliability,
    risk_coverage,
    wilson,
)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (0, 0, 0, 1)],
)
def test_given_published_examples_then_wilsons_interval_is_theirs(hits, of, low, high):
    assert wilson(hits, of) == pytest.approx((low, high), abs=1e-4)


def test_given_a_sample_when_bootstrapped_then_the_interval_holds_the_mean_and_repeats():
    sample = np.arange(100) % 2

    low, high = bootstrap(np.mean, sample)

    assert (low, high) == pytest.approx((0.4, 0.6), abs=0.02)
    assert bootstrap(np.mean, sample) == (low, high)


def test_given_two_samples_when_bootstrapped_then_each_is_resampled_within_itself():
    assert bootstrap(lambda one, other: one.mean() - other.mean(), [3.0] * 5, [1.0] * 50) == (2.0, 2.0)


def test_given_ranks_then_a_missing_item_counts_nothing():
    assert mean_reciprocal_rank([1, 2, 0, 4]) == pytest.approx((1 + 0.5 + 0 + 0.25) / 4)


@pytest.mark.parametrize(
    ("positive", "negative", "value"),
    [([0.9, 0.8], [0.1], 1.0), ([0.5], [0.5], 0.5), ([0.1, 0.6], [0.5, 0.5], 0.5), ([0.2], [0.9], 0.0)],
)
def test_given_scores_then_auroc_is_the_chance_that_a_positive_is_above(positive, negative, value):
    assert auroc(positive, negative) == value


def test_given_a_recall_to_keep_then_the_negatives_at_or_above_its_threshold_are_let_through():
    positive = np.arange(1, 101) / 100  # 0.05 of them may fall below the threshold: it is 0.05

    assert false_positive_rate(positive, [0.01, 0.04, 0.05, 0.5]) == 0.5


def test_given_a_mixture_then_the_outside_weighs_one_in_five_whatever_its_number():
    weights = mixture_weights(8, 1)

    assert weights.sum() == pytest.approx(1)
    assert weights[-1] == pytest.approx(0.2)


def test_given_confidences_then_risk_is_told_at_each_coverage():
    coverage, risk = risk_coverage([0.9, 0.8, 0.7, 0.2], [True, False, True, False])

    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert area_under_risk_coverage([0.9, 0.8, 0.7, 0.2], [1, 0, 1, 0]) == pytest.approx(
        (0 + 1 / 2 + 1 / 3 + 1 / 2) / 4
    )


def test_given_ties_then_they_are_answered_together_whatever_their_order():
    one, other = ([0.9, 0.5, 0.5], [1, 0, 1]), ([0.5, 0.9, 0.5], [1, 1, 0])

    assert risk_coverage(*one)[0].tolist() == pytest.approx([1 / 3, 1.0])
    assert area_under_risk_coverage(*one) == area_under_risk_coverage(*other) == pytest.approx(2 / 3 * 1 / 3)


def test_given_weights_then_risk_and_coverage_follow_them():
    coverage, risk = risk_coverage([0.9, 0.8], [True, False], [3, 1])

    assert coverage.tolist() == [0.75, 1.0]
    assert risk.tolist() == [0.0, 0.25]


def test_given_overconfidence_then_the_calibration_error_is_its_size():
    assert calibration_error([0.95] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.45)


def test_given_weights_then_each_bin_counts_by_them():
    confidence, right, weights = [0.05, 0.95, 1.0], [True, True, True], [1, 2, 1]

    claimed, true, weight = reliability(confidence, right, weights)

    assert claimed == pytest.approx([0.05, (2 * 0.95 + 1) / 3])
    assert (true.tolist(), weight.tolist()) == ([1, 1], [0.25, 0.75])
    assert calibration_error(confidence, right, weights) == pytest.approx(0.25 * 0.95 + 0.75 * 0.1 / 3)


def test_given_a_confusion_then_macro_f1_weighs_classes_alike():
    confusion = confusion_matrix([0, 0, 0, 1], [0, 0, 1, 1], classes=3)

    assert confusion.tolist() == [[2, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert macro_f1(confusion) == pytest.approx((0.8 + 2 / 3) / 2)
