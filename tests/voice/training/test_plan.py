"""The learning rate rises, then falls as the time passes."""

from __future__ import annotations

import pytest

from voice.training.plan import Plan


def test_given_the_first_steps_then_the_rate_rises_to_its_highest() -> None:
    plan = Plan(rate=1e-3, warm_up_steps=100)
    rates = [plan.rate_at(steps, 0.0) for steps in range(100)]
    assert rates == sorted(rates)
    assert rates[0] == pytest.approx(1e-5, rel=0.01) and rates[-1] == pytest.approx(1e-3, rel=0.01)


def test_given_time_passes_then_the_rate_falls_to_next_to_nothing() -> None:
    plan = Plan(rate=1e-3)
    rates = [plan.rate_at(10_000, share) for share in (0.0, 0.3, 0.6, 1.0, 1.2)]
    assert rates == sorted(rates, reverse=True)
    assert 0.0 < rates[-1] == rates[-2] < 1e-5
