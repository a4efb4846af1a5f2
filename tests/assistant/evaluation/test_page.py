"""The page of a report."""

from __future__ import annotations

from assistant.evaluation.page import write_page
from assistant.evaluation.report import Failure, Failures, Report, Section, Table


def page(tmp_path, **parts) -> str:
    section = Section("questions", "open", "Questions", (), **parts)
    return write_page(Report("now", {"index": "x"}, (section,)), tmp_path).read_text("utf-8")


def test_given_text_with_markup_then_it_is_written_as_text(tmp_path):
    written = page(tmp_path, tables=(Table("<b>", ("a & b",), (("<script>",),)),))

    assert "<script>" not in written
    assert "&lt;script&gt;" in written and "a &amp; b" in written and "&lt;b&gt;" in written


def test_given_failures_then_new_ones_are_open_known_ones_folded_and_mended_ones_named(tmp_path):
    failing = [Failure(key, "words", ("wrong",), "this", "that") for key in ("dialogue/1", "dialogue/2")]
    failures = Failures.among(failing, ("dialogue/3",), frozenset({"dialogue/2", "dialogue/3"}))

    written = page(tmp_path, failures=failures)

    assert "<details open><summary>New failures: 1</summary>" in written
    assert "<details><summary>Known failures: 1</summary>" in written
    assert "Known failures that pass now" in written and "dialogue/3" in written


def test_given_hidden_failures_then_their_counts_are_shown_and_the_reader_is_told(tmp_path):
    written = page(tmp_path, failures=Failures((), {"wrong": 2}, hidden=True))

    assert "This part is locked" in written and "<td>2</td>" in written
    assert "New failures" not in written
