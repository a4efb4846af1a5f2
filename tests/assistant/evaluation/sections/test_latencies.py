"""Latencies of known stages."""

from __future__ import annotations

from assistant.evaluation.sections.latencies import section


def test_given_times_then_median_and_95th_percentile_of_each_stage_are_told():
    measured = section("open", {"turn": list(range(1, 102)), "search": [2.0]})

    assert [(figure.name, str(figure.estimate)) for figure in measured.figures] == [
        ("turn, p50", "51.0 ms"),
        ("turn, p95", "96.0 ms"),
        ("search, p50", "2.0 ms"),
        ("search, p95", "2.0 ms"),
    ]
