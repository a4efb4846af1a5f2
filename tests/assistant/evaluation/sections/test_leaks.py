"""The section of leaks."""

from __future__ import annotations

from assistant.evaluation.leaks import Leak
from assistant.evaluation.sections.leaks import section


def test_given_leaks_then_they_are_counted_and_told_with_what_they_are_like():
    measured = section("open", [Leak("护照丢了？", "护照丢了", 0.9)])

    assert str(measured.figures[0].estimate) == "1"
    assert measured.failures.listed[0].got == "90% alike: 护照丢了"


def test_given_none_then_nothing_fails():
    assert section("open", []).failures.counts == {}
