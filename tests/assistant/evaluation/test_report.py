"""Sections: failures sorted into new, known and mended, and what is hidden."""

from __future__ import annotations

from assistant.evaluation.estimates import share
from assistant.evaluation.report import Failure, Failures, Figure, Report, Section, Table


def failure(key: str, *reasons: str) -> Failure:
    return Failure(key, key, reasons, "this", "that")


def test_given_known_failures_then_new_known_and_mended_ones_are_told_apart():
    found = Failures.among(
        [failure("one", "slow", "wrong"), failure("two", "wrong")],
        asked=("one", "two", "three", "four"),
        known=frozenset({"two", "three", "never asked"}),
    )

    assert [one.key for one in found.new] == ["one"]
    assert [one.key for one in found.known] == ["two"]
    assert found.recovered == ("three",)
    assert found.counts == {"wrong": 2, "slow": 1}


def test_given_a_section_when_sealed_then_counts_and_breakdowns_stay_and_single_failures_go():
    section = Section(
        "questions",
        "locked",
        "Questions",
        (Figure("hit@1", share([True, False])),),
        tables=(Table("By style", ("style",), ()), Table("Confused", ("pair",), (("a b",),), tells_failures=True)),
        failures=Failures.among([failure("secret", "wrong")]),
    )

    sealed = section.sealed()

    assert [table.title for table in sealed.tables] == ["By style"]
    assert sealed.failures == Failures((), {"wrong": 1}, (), hidden=True)
    assert sealed.figures == section.figures


def test_given_a_run_before_then_a_figure_finds_its_value_there():
    figure = Figure("hit@1", share([True]))
    section = Section("questions", "open", "Questions", (figure,))

    assert Report("now", {}, (section,), {"open/questions/hit@1": 0.5}).last_value(section, figure) == 0.5
    assert Report("now", {}, (section,)).last_value(section, figure) is None


def test_given_leaks_in_both_parts_then_the_report_counts_them_together():
    leaks = Failures.among([failure("one", "trained on")])
    sections = tuple(Section("leaks", part, "Leaks", (), failures=leaks) for part in ("open", "locked"))

    assert Report("now", {}, (sections[0], sections[1].sealed())).leaked == 2
