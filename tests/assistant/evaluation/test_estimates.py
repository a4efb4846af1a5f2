"""Values with their intervals, and how they are written."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.evaluation.estimates import (
    Estimate,
    Unit,
    count,
    milliseconds,
    plain,
    resampled,
    share,
    shown,
    weighted_share,
)
from assistant.evaluation.measures import wilson


def test_given_answers_then_a_share_carries_wilsons_interval_and_their_number():
    found = share([True, False, True, True])

    assert (found.value, found.count, found.unit) == (0.75, 4, Unit.SHARE)
    assert (found.low, found.high) == pytest.approx((0.3006, 0.9544), abs=1e-4)


def test_given_even_weights_then_a_weighted_share_is_the_plain_one_and_uneven_ones_widen_its_interval():
    hits = np.array([True, False, True, True])

    even, uneven = weighted_share(hits, np.ones(4)), weighted_share(hits, np.array([3.0, 3.0, 1.0, 5.0]))

    assert (even.value, even.low, even.high) == pytest.approx((0.75, *wilson(3, 4)))
    assert uneven.value == 0.75 and uneven.high - uneven.low > even.high - even.low


def test_given_no_case_then_a_weighted_share_is_of_none():
    assert weighted_share(np.array([]), np.array([])).count == 0


def test_given_two_samples_then_a_resampled_statistic_counts_both():
    found = resampled(lambda one, other: float(np.mean(one) - np.mean(other)), [1, 1], [0, 0, 0], unit=Unit.POINTS)

    assert found == Estimate(1.0, Unit.POINTS, 1.0, 1.0, 5)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (share([True] * 9 + [False]), "90.0 % (59.6–98.2)"),
        (share([]), "–"),
        (Estimate(0.0123, Unit.POINTS, -0.01, 0.03, 9), "1.2 points (-1.0 to 3.0)"),
        (Estimate(0.98765, Unit.SCORE, 0.9, 1.0, 9), "0.9877 (0.9000–1.0000)"),
        (milliseconds(12.34, 5), "12.3 ms"),
        (count(3), "3"),
        ("story", "story"),
        (7, "7"),
        (0.5, "0.500"),
    ],
)
def test_given_a_cell_then_it_is_written_with_unit_and_interval(cell, text):
    assert shown(cell) == text


def test_given_a_unit_and_long_floats_then_json_holds_them_short():
    assert (
        json.dumps(plain({"unit": Unit.SHARE, "values": (1 / 3, None)}))
        == '{"unit": "share", "values": [0.333333, null]}'
    )
