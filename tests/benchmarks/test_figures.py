"""Figures: a verdict only where there is a budget."""

from __future__ import annotations

import pytest

from benchmarks.figures import Figure, milliseconds


@pytest.mark.parametrize(
    ("value", "budget", "passed"),
    [(1.6, 1.6, True), (1.61, 1.6, False), (9.0, None, None), (None, 15.0, False), (None, None, None)],
)
def test_a_figure_passes_when_it_keeps_its_budget(value, budget, passed):
    assert Figure("turn", value, "ms", budget).as_json()["passed"] is passed


def test_durations_are_summed_up_in_milliseconds():
    summary = milliseconds([0.001, 0.002, 0.003])

    assert (summary["count"], summary["mean"], summary["p50"], summary["max"]) == (3, 2.0, 2.0, 3.0)
