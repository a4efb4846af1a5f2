"""The report as JSON, and what the next run finds in it."""

from __future__ import annotations

import json

import pytest

from assistant.evaluation.estimates import Estimate, Unit, share
from assistant.evaluation.record import LATEST, PREVIOUS, last_figures, write
from assistant.evaluation.report import Figure, Report, Section, Table


def report(value: float, last: dict[str, float] | None = None) -> Report:
    section = Section(
        "questions",
        "open",
        "Questions",
        (Figure("hit@1", Estimate(value, Unit.SHARE, 0.1, 0.9, 3)),),
        tables=(Table("By style", ("", "n", "hit@1"), (("方言", 2, share([True, False])),)),),
    )
    return Report("2026-11-23T10:00:00+08:00", {"index": "x"}, (section,), last or {})


def test_given_a_run_when_written_then_the_next_finds_its_figures(tmp_path):
    write(report(0.5), tmp_path)

    assert last_figures(tmp_path) == {"open/questions/hit@1": 0.5}


def test_given_a_second_run_when_written_then_the_first_is_kept_and_compared_with(tmp_path):
    write(report(0.5), tmp_path)
    write(report(0.75, last_figures(tmp_path)), tmp_path)

    latest, previous = (json.loads((tmp_path / name).read_text("utf-8")) for name in (LATEST, PREVIOUS))
    figure = latest["sections"][0]["figures"][0]
    assert (figure["value"], figure["last"], figure["unit"], figure["count"]) == (0.75, 0.5, "share", 3)
    assert previous["sections"][0]["figures"][0]["last"] is None
    assert latest["sections"][0]["tables"][0]["rows"][0][:2] == ["方言", 2]


@pytest.mark.parametrize("text", ["", "[]", '{"figures": {"hit@1": 0.5}}'])
def test_given_a_file_of_another_form_then_there_is_nothing_to_compare_with(tmp_path, text):
    (tmp_path / LATEST).write_text(text, "utf-8")

    assert last_figures(tmp_path) == {}


def test_given_no_run_before_then_there_is_nothing_to_compare_with(tmp_path):
    assert last_figures(tmp_path / "nowhere") == {}
