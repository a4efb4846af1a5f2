"""Measures, on results that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.confidence import Evidence
from knowledge_base.evaluation import (
    Question,
    Stranger,
    auroc,
    calibration_error,
    evaluate,
    leaks,
    load_questions,
    load_strangers,
    risk_coverage,
)
from knowledge_base.search import Candidate, SearchResult
from knowledge_base.thresholds import Decision, Thresholds


class Oracle:
    """Know beforehand which items and confidence a text gets."""

    def __init__(self, known: dict[str, tuple[list[str], float]]) -> None:
        self._known = known
        self._thresholds = Thresholds(answer=0.8, clarify=0.4)

    def search(self, text: str, limit: int = 5) -> SearchResult:
        items, confidence = self._known[text]
        candidates = tuple(Candidate(item, 0.0, 0.0) for item in items[:limit])
        return SearchResult(candidates, confidence, confidence, "fee", 1.0, Evidence((), ()))

    def decide(self, result: SearchResult) -> Decision:
        return self._thresholds.decide(result.confidence, result.in_scope)


def test_given_known_results_then_the_report_counts_them() -> None:
    oracle = Oracle(
        {
            "right": (["a", "b"], 0.9),
            "second": (["b", "a"], 0.5),
            "wrong": (["b", "c"], 0.95),
            "stranger": (["a"], 0.85),
            "chat": (["a"], 0.1),
        }
    )
    questions = [
        Question("right", "a", "fee", "plain"),
        Question("second", "a", "time", "plain"),
        Question("wrong", "a", "fee", "story"),
    ]
    report = evaluate(questions, [Stranger("stranger", "near"), Stranger("chat", "chat")], oracle, lambda item: "t")

    whole = report.whole
    assert (whole.hit_at_1, whole.hit_at_3, whole.mrr) == (0.3333, 0.6667, 0.5)
    assert (whole.facet, whole.answered_right, whole.answered_wrong) == (0.6667, 0.3333, 0.3333)
    assert report.out_of_scope_answered == 0.5
    assert report.out_of_scope_by_kind == {"chat": 0.0, "near": 1.0}
    assert [failure.text for failure in report.failures] == ["second", "wrong"]
    assert [row.group for row in report.groups["style"]] == ["plain", "story"]
    assert report.groups["theme"][0].questions == 3


def test_given_no_question_then_the_report_is_empty() -> None:
    assert evaluate([], [], Oracle({})).whole.questions == 0


def test_given_perfect_and_useless_scores_then_auroc_tells() -> None:
    assert auroc([0.9, 0.8], [0.1]) == 1
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([], [0.5]) == 0.5


def test_given_overconfidence_then_the_calibration_error_is_its_size() -> None:
    assert calibration_error([0.95] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.45)
    assert calibration_error([], []) == 0


def test_given_sure_and_right_first_then_risk_grows_with_coverage() -> None:
    points = risk_coverage([0.9, 0.8, 0.7, 0.2], [True, True, True, False])
    assert points[-1] == (1.0, 0.25)
    assert points[0][1] == 0


def test_given_a_near_copy_then_it_is_a_leak_and_an_own_wording_is_not() -> None:
    found = leaks(["护照丢了怎么办？", "狗证在哪办呢"], ["护照丢了怎么办", "结婚登记要带什么"])
    assert [(leak.text, leak.trained) for leak in found] == [("护照丢了怎么办？", "护照丢了怎么办")]


def test_given_files_then_questions_and_strangers_load(tmp_path: Path) -> None:
    (tmp_path / "q.yml").write_text("- {text: 要钱吗, item: a, facet: fee, style: plain}\n", "utf-8")
    (tmp_path / "o.yml").write_text("- {text: 下雨吗, kind: chat}\n", "utf-8")
    assert load_questions(tmp_path / "q.yml") == [Question("要钱吗", "a", "fee", "plain")]
    assert load_strangers(tmp_path / "o.yml") == [Stranger("下雨吗", "chat")]
