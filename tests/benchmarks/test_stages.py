"""The stage clock: own time only, nested stages apart."""

from __future__ import annotations

import benchmarks.stages
from benchmarks.stages import StageClock


def test_an_inner_stage_does_not_count_in_the_outer_one(monkeypatch):
    # given a clock on which every look costs a second
    seconds = iter(range(100))
    monkeypatch.setattr(benchmarks.stages.time, "perf_counter", lambda: float(next(seconds)))
    clock = StageClock()

    # when a stage runs inside another: outer from 0 to 3, inner from 1 to 2
    with clock.stage("outer"), clock.stage("inner"):
        pass

    # then each second counts once
    assert dict(clock.seconds) == {"inner": 1.0, "outer": 2.0}


def test_stages_are_told_a_turn_longest_first():
    clock = StageClock()
    clock.seconds.update({"short": 0.01, "long": 0.04})
    clock.calls.update({"short": 2, "long": 4})

    told = clock.per_turn(turns=2)

    assert list(told) == ["long", "short"]
    assert told["long"] == {"ms": 20.0, "calls": 2.0}
