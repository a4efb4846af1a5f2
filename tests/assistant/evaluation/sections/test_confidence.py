"""Our gate beside the usual one, on searches whose outcomes are known."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.evaluation.outcomes import Searched
from assistant.evaluation.report import Section
from assistant.evaluation.sections.confidence import OURS, USUAL, Judged, section


@pytest.fixture
def inside(searched) -> list[Searched]:
    return [searched(0.9), searched(0.8), searched(0.6, "b"), searched(0.2)]


@pytest.fixture
def outside(searched) -> list[Searched]:
    return [searched(0.7, expected=None, kind="near_miss"), searched(0.1, expected=None, kind="chat")]


@pytest.fixture
def measured(inside, outside) -> Section:
    blind = Judged(np.array([(0.5, one.rank == 1, 0.5) for one in inside]), np.array([(0.5, 0, 0.5)] * len(outside)))
    return section("open", inside, outside, blind)


def figures(measured: Section) -> dict[str, float]:
    return {figure.name: figure.estimate.value for figure in measured.figures}


def test_given_known_confidences_then_curves_are_worth_their_areas(measured):
    found = figures(measured)

    assert found["AURC, in scope"] == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)
    mixed = 0.2 * 0 + 0.2 * 0 + 0.1 * 0.1 / 0.5 + 0.2 * 0.3 / 0.7 + 0.2 * 0.3 / 0.9 + 0.1 * 0.4
    assert found["AURC, one in five out of scope"] == pytest.approx(mixed)


def test_given_a_gate_that_cannot_tell_then_ours_is_better_by_the_difference(measured):
    found = figures(measured)

    assert found["AURC of the usual gate less ours, in scope"] == pytest.approx(0.25 - found["AURC, in scope"])
    assert found["AUROC of in scope"] == (4 * 2 - 2) / 8
    beside = {row[0]: row[2].value for row in measured.tables[0].rows}
    assert measured.tables[0].columns == ("", OURS, USUAL)
    assert (beside["AUROC of in scope"], beside["AURC, in scope"]) == (0.5, 0.25)


def test_given_the_thresholds_in_force_then_coverage_and_risk_are_told_with_and_without_strangers(measured):
    found = figures(measured)

    assert found["coverage at the threshold, in scope"] == 0.75
    assert found["risk at the threshold, in scope"] == pytest.approx(1 / 3)
    assert found["coverage at the threshold, one in five out of scope"] == pytest.approx(0.6 + 0.1)
    assert found["risk at the threshold, one in five out of scope"] == pytest.approx(0.3 / 0.7)
    assert found["out of scope answered at the threshold"] == 0.5


def test_given_kinds_then_each_has_its_shares_answered_offered_and_left(measured):
    rows = {row[0]: [cell.value for cell in row[2:]] for row in measured.tables[1].rows}

    assert rows == {"chat": [0, 1, 0], "near_miss": [1, 0, 0]}


def test_given_both_gates_then_every_chart_shows_both_and_the_thresholds_stand_on_our_curve(measured):
    for chart in measured.charts:
        assert [series.name for series in chart.series][:2] == [OURS, USUAL]
    for chart in measured.charts[:2]:
        ours, threshold = chart.series[0], chart.series[-1]
        assert (threshold.xs[0], threshold.ys[0]) in zip(ours.xs, ours.ys, strict=True)
