"""Passages from files, and what is said of broken ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.passages.checks import check_passages
from knowledge_base.passages.loading import PassagesInvalid, load_passages

PAIRS = """
source: https://example.gov.cn/faq
checked: 2026-11-23
sample: false
questions:
  - {id: print, question: 大厅能打印吗, answer: 一般免费。, items: [library-card], expires: 2026-12-01}
"""
POLICY = """
source: 市政务服务中心
checked: null
sample: false
document:
  id: rules
  title: 办事守则
  effective: 2026-01-01
  text: |
    第一条 取号凭本人身份证件。
    第二条 下班前十五分钟停止取号。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faq.yml").write_text(PAIRS, "utf-8")
    (tmp_path / "rules.yml").write_text(POLICY, "utf-8")
    return tmp_path


def test_given_the_projects_own_passages_then_nothing_is_wrong_with_them(data, catalogue):
    assert len(load_passages(data / "passages", data)) >= 30
    assert check_passages(data / "passages", data, catalogue.items) == []


def test_given_pairs_and_a_policy_text_then_each_passage_carries_its_source_and_dates(folder, data):
    pair, first, second = load_passages(folder, data)

    assert (pair.name, pair.source, pair.checked) == ("大厅能打印吗", "https://example.gov.cn/faq", date(2026, 11, 23))
    assert (first.passage_id, first.name, first.text) == ("rules.1", "办事守则 第一条", "取号凭本人身份证件。")
    assert second.source == "市政务服务中心"


def test_given_dates_then_a_passage_holds_from_the_first_and_no_longer_on_the_last(folder, data):
    pair, first, _ = load_passages(folder, data)

    assert pair.in_force(date(2026, 11, 30)) and not pair.in_force(date(2026, 12, 1))
    assert first.in_force(date(2026, 1, 1)) and not first.in_force(date(2025, 12, 31))


def test_given_no_folder_then_there_are_no_passages(tmp_path, data):
    assert load_passages(tmp_path / "none", data) == []


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.yml", PAIRS.replace("answer: 一般免费。", "answer: ''"), "questions.0.answer"),
        ("a.yml", PAIRS.replace("2026-12-01", "2026-13-41"), "a.yml is not valid YAML: month"),
        ("a.yml", PAIRS.replace("2026-12-01", "'2026-13-41'"), "questions.0.expires"),
        ("a.yml", "", "a.yml"),
        ("a.yml", PAIRS + POLICY.replace("source: 市政务服务中心\nchecked: null\nsample: false\n", ""), "a.yml"),
        ("a.yml", "questions: [", "a.yml is not valid YAML"),
        ("b.jsonl", '{"id": "x", "question": "问", "answer": "答"}\n{"id": "y"}\n', "b.jsonl, line 2"),
        ("b.jsonl", "{broken\n", "b.jsonl, line 1"),
    ],
)
def test_given_a_broken_file_then_the_place_is_named(tmp_path, data, name, content, named):
    (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(PassagesInvalid, match=named):
        load_passages(tmp_path, data)


def test_given_one_id_twice_then_it_is_named(folder, data):
    (folder / "again.jsonl").write_text(json.dumps({"id": "print", "question": "问", "answer": "答"}), "utf-8")

    with pytest.raises(PassagesInvalid, match="print is used twice"):
        load_passages(folder, data)


def test_given_an_item_that_is_not_there_then_the_check_says_so(folder, data, catalogue):
    (finding,) = check_passages(folder, data, catalogue.items)

    assert finding.where == "passage print" and "library-card" in finding.message
