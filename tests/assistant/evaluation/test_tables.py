"""The report in the terminal."""

from __future__ import annotations

import io

from rich.console import Console

from assistant.evaluation.estimates import Estimate, Unit
from assistant.evaluation.report import Failure, Failures, Figure, Report, Section, Table
from assistant.evaluation.tables import headlines, print_report


def section(part: str = "open", value: float = 0.5) -> Section:
    failing = [Failure(key, key, ("wrong",), "this", "that") for key in ("old trouble", "new trouble")]
    return Section(
        "questions",
        part,
        "Questions",
        (Figure("hit@1", Estimate(value, Unit.SHARE, 0.4, 0.6, 9)),),
        tables=(Table("By style", ("", "n"), (("story", 3),)),),
        failures=Failures.among(failing, ("mended",), frozenset({"old trouble", "mended"})),
    )


def printed(report: Report) -> str:
    written = io.StringIO()
    print_report(report, Console(file=written, width=160))
    return written.getvalue()


def test_given_a_last_run_then_the_change_is_told_with_its_sign():
    last = {"open/questions/hit@1": 0.48}

    assert headlines(Report("now", {}, (section(),), last), "open") == (
        ("questions", "hit@1", "50.0 %", "40.0–60.0", "9", "48.0 %", "+2.0 %"),
    )


def test_given_the_same_value_or_none_before_then_no_change_is_told():
    assert headlines(Report("now", {}, (section(),), {"open/questions/hit@1": 0.5001}), "open")[0][-1] == "="
    assert headlines(Report("now", {}, (section(),)), "open")[0][-2:] == ("", "")


def test_given_failures_when_printed_then_new_and_mended_ones_are_listed_and_known_ones_counted():
    text = printed(Report("now", {}, (section(),)))

    assert "By style" in text and "story" in text
    assert "1 new, 1 known, 1 known that pass now" in text
    assert "new trouble | wrong" in text and "passes now: mended" in text
    assert "old trouble" not in text


def test_given_a_locked_section_when_printed_then_its_failures_are_only_counted():
    text = printed(Report("now", {}, (section("locked").sealed(),)))

    assert "wrong: 2" in text
    assert "trouble" not in text and "mended" not in text
