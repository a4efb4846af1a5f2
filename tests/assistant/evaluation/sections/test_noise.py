"""The fall of the ranking under homophones."""

from __future__ import annotations

import pytest

from assistant.evaluation.sections.noise import section


def test_given_hits_at_each_share_then_the_fall_is_told_in_points_against_the_clean_questions():
    measured = section("open", {0.0: [True] * 4, 0.05: [True] * 4, 0.2: [True, True, True, False]})

    values = {figure.name: figure.estimate.value for figure in measured.figures}
    assert values == {
        "hit@1, 5% homophones": 1.0,
        "fall, 5% homophones": 0.0,
        "hit@1, 20% homophones": 0.75,
        "fall, 20% homophones": pytest.approx(0.25),
    }
    assert measured.charts[0].series[0].xs == (0, 5, 20)
    assert measured.charts[0].series[0].ys == (1, 1, 0.75)
