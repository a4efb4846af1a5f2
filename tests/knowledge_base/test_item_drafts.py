"""What is wrong with a draft, and where."""

from __future__ import annotations

import ast
import copy
import re

import pytest
import yaml

from knowledge_base.item_drafts import DraftChecker
from knowledge_base.items import load_catalogue

ASKS = {"general": [f"办个读者证第{number}种说法" for number in range(30)]}


@pytest.fixture
def checker(write_data, item, other):
    folder = write_data(item, other)
    asks = {"library-card": ASKS, "museum-card": {"general": ["博物馆的卡怎么办呀"]}}
    return DraftChecker(folder, load_catalogue(folder), asks)


def found(checker, guide, asks=ASKS, level="error") -> list[tuple[str, str]]:
    problems = checker.problems("library-card", guide, asks)
    return [(problem.element, problem.rule) for problem in problems if problem.level == level]


def test_given_an_item_as_it_is_then_nothing_is_wrong(checker, item):
    assert found(checker, item) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"summary": ""}, ("summary", "minLength")),
        ({"visits": 9}, ("visits", "maximum")),
        ({"fee": {"charged": False}}, ("fee.standard", "required")),
        (
            {"materials": [{"name": "照片", "form": "随便", "number": 1, "medium": "纸质"}]},
            ("materials.0.form", "enum"),
        ),
        ({"conditions": [{"text": "年满14周岁", "quantity": "age"}]}, ("conditions.0", "anyOf")),
        ({"conditions": [""]}, ("conditions.0", "minLength")),
        ({"colour": "red"}, ("colour", "additionalProperties")),
        ({"item_id": "other-card"}, ("item_id", "other_item")),
        ({"related": ["nothing"]}, ("related.0", "unknown_item")),
        ({"neighbours": [{"item": "nothing", "difference": "?"}]}, ("neighbours.0.item", "unknown_item")),
        ({"cases": [{"when": {"weather": "雨"}, "note": "带伞"}]}, ("cases.0.when", "unknown_dimension")),
        ({"cases": [{"when": {"applicant": "猫"}, "note": "不行"}]}, ("cases.0.when", "unknown_value")),
        ({"conditions": [{"text": "够高", "quantity": "height", "at_least": 1}]}, ("conditions.0", "unknown_quantity")),
        ({"time_limits": {"legal": 3, "promised": 5}}, ("time_limits.promised", "promise")),
        ({"sample": True, "source": "某网"}, ("source", "sample_source")),
    ],
)
def test_given_something_wrong_then_its_element_is_named(checker, item, change, where):
    assert where in found(checker, {**item, **change})


@pytest.mark.parametrize(
    ("asks", "where"),
    [
        ({"general": ["只有一句"]}, ("asks", "few_asks")),
        ({**ASKS, "colour": ["什么颜色"]}, ("asks", "unknown_facet")),
        ({**ASKS, "fee": "多少钱"}, ("asks.fee", "asks_form")),
        ({**ASKS, "fee": ["我的手机[手机号1]要交钱吗"]}, ("asks.fee", "placeholder")),
        ({**ASKS, "fee": ["要"] * 1 + ["钱" * 121]}, ("asks.fee", "long_ask")),
        ({**ASKS, "fee": ["博物馆的卡怎么办呀？"]}, ("asks.fee", "shared_ask")),
        ({**ASKS, "general": [*ASKS["general"], "读者证办理"]}, ("asks", "only_name")),
        (None, ("asks", "asks_form")),
    ],
)
def test_given_ways_of_asking_that_will_not_do_then_their_facet_is_named(checker, item, asks, where):
    assert where in found(checker, item, asks)


def test_given_a_guide_that_is_another_items_then_that_is_said(checker, item, other):
    guide = {**copy.deepcopy(item), **{part: other[part] for part in ("conditions", "materials", "steps")}}
    assert ("", "alike") in found(checker, guide)


def test_given_something_doubtful_then_it_is_a_warning(checker, item):
    assert ("questions", "no_questions") in found(checker, {**item, "questions": []}, level="warning")


@pytest.mark.parametrize("guide", [None, "text", [], {}])
def test_given_no_item_at_all_then_that_is_said_and_nothing_breaks(checker, guide):
    assert found(checker, guide)


def test_given_every_rule_then_the_editors_texts_have_its_sentence(data):
    texts = yaml.safe_load((data / "texts" / "editor.yml").read_text("utf-8"))["problem"]
    drafts = (data.parent / "knowledge_base" / "item_drafts.py").read_text("utf-8")
    checks = ast.parse((data.parent / "knowledge_base" / "checks.py").read_text("utf-8"))
    calls = [node for node in ast.walk(checks) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding"]
    rules = {ast.literal_eval(call.args[3]) for call in calls if len(call.args) > 3}
    named = {*re.findall(r'_error\([^,]+, "(\w+)"', drafts), *rules}

    assert {"unknown_item", "promise", "few_asks"} <= named <= texts.keys()
