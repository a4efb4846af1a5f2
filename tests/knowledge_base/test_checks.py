"""`wenban items check` finds what a knowledge editor must mend."""

from __future__ import annotations

import pytest

from knowledge_base.asks import Ambiguous
from knowledge_base.checks import ASKED_FACETS, ERROR, WARNING, check_items
from knowledge_base.items import load_catalogue

NUMERALS = "甲乙丙丁"


def enough_asks(*item_ids: str) -> dict[str, dict[str, list[str]]]:
    return {
        item_id: {facet: [f"{item_id}{facet}{sign}" for sign in NUMERALS] for facet in ASKED_FACETS}
        for item_id in item_ids
    }


@pytest.fixture
def check(write_data, item, other):
    """Check the two items with enough ways of asking, changed as told; return messages by level."""

    def checked(item_change=None, asks=None, catalogue_csv=None):
        catalogue = load_catalogue(write_data({**item, **(item_change or {})}, other))
        asks = {**enough_asks("library-card", "museum-card"), **(asks or {})}
        return [(one.level, f"{one.where}: {one.message}") for one in check_items(catalogue, asks, catalogue_csv)]

    return checked


def check_ambiguous(catalogue, *items: str) -> list[tuple[str, str]]:
    questions = [Ambiguous("证怎么办", items)]
    found = check_items(catalogue, enough_asks("library-card", "museum-card"), ambiguous=questions)
    return [(one.level, f"{one.where}: {one.message}") for one in found]


def found(findings: list[tuple[str, str]], level: str, text: str) -> bool:
    return any(one == level and text in message for one, message in findings)


def test_given_sound_items_when_checked_then_there_is_no_error(check):
    assert not [message for level, message in check() if level == ERROR]


def test_given_too_few_asks_when_checked_then_it_is_an_error(check):
    assert found(check(asks={"library-card": {"general": ["借书"]}}), ERROR, "has 1 ways of asking")


def test_given_a_facet_without_asks_when_checked_then_it_is_a_warning(check):
    asks = enough_asks("library-card")["library-card"]
    asks["general"] += asks.pop("fee")

    assert found(check(asks={"library-card": asks}), WARNING, "no ways of asking for: fee")


def test_given_one_sentence_under_two_items_when_checked_then_it_is_an_error(check):
    asks = enough_asks("library-card", "museum-card")
    asks["library-card"]["fee"].append("办卡要钱吗？")
    asks["museum-card"]["fee"].append("办卡要钱吗")

    assert found(check(asks=asks), ERROR, "library-card, museum-card: share a way of asking")


def test_given_an_official_name_when_checked_then_it_is_an_error(check):
    asks = enough_asks("library-card")["library-card"]
    asks["general"].append("读者证办理")

    assert found(check(asks={"library-card": asks}), ERROR, "only the official name")


def test_given_an_ambiguous_question_when_its_items_are_wrong_then_it_is_an_error(write_data, item, other):
    catalogue = load_catalogue(write_data(item, other))

    assert not found(check_ambiguous(catalogue, "library-card", "museum-card"), ERROR, "证怎么办")
    assert found(check_ambiguous(catalogue, "library-card"), ERROR, "fits one item")
    assert found(check_ambiguous(catalogue, "library-card", "ghost"), ERROR, "names ghost, but there is no such item")


def test_given_asks_of_no_item_when_checked_then_it_is_an_error(check):
    assert found(check(asks={"ghost": {"general": ["你好"]}}), ERROR, "there is no such item")


@pytest.mark.parametrize(
    ("change", "level", "message"),
    [
        ({"source": "somewhere"}, ERROR, "a sample must have source"),
        ({"checked": "2026-01-01"}, ERROR, "`checked` must be null"),
        ({"sample": False, "source": "市图书馆网站"}, WARNING, "never checked"),
        ({"legal_basis": ["《公共图书馆法》第三条》"]}, ERROR, "laws are named by title only"),
        ({"summary": "按公共图书馆法第三十条办"}, WARNING, "names an article"),
        ({"time_limits": {"legal": 3, "promised": 5}}, ERROR, "more than the legal 3"),
        ({"cases": []}, WARNING, "has no cases"),
        ({"questions": []}, WARNING, "has no common questions"),
        ({"neighbours": []}, WARNING, "has no neighbours"),
        (
            {"questions": [{"question": f"问{n}？", "answer": "答"} for n in range(4)], "neighbours": []},
            WARNING,
            "has many questions",
        ),
    ],
)
def test_given_a_doubtful_item_when_checked_then_it_is_found(check, change, level, message):
    assert found(check(change), level, message)


def test_given_the_list_of_items_when_checked_then_what_is_missing_or_different_is_found(check, tmp_path):
    rows = "item_id,name,department,audience,theme,item_type\n"
    rows += "library-card,读者证,市图书馆,自然人,文化,公共服务\nzoo-card,动物园卡,动物园,自然人,文化,公共服务\n"
    (tmp_path / "list.csv").write_text(rows, "utf-8")

    findings = check(catalogue_csv=tmp_path / "list.csv")

    assert found(findings, ERROR, "library-card: name is not `读者证`")
    assert found(findings, ERROR, "zoo-card: is in the list of items, but has no guide")
    assert found(findings, WARNING, "museum-card: is not in the list")


def test_given_real_items_without_asks_when_checked_then_one_warning_tells_of_all_of_them(write_data, item, other):
    real = [{**one, "sample": False, "source": "市图书馆", "checked": "2021-05-26"} for one in (item, other)]
    real[0]["time_limits"] = {"legal": 1, "promised": 3}
    real[1] |= {"steps": item["steps"], "conditions": item["conditions"], "materials": item["materials"]}

    findings = check_items(load_catalogue(write_data(*real)), {})

    assert [one.level for one in findings] == [WARNING, WARNING]
    messages = [f"{one.where}: {one.message}" for one in findings]
    assert any("promises 3 working days, more than the legal 1" in message for message in messages)
    assert any(message.startswith("2 item(s): have no ways of asking") for message in messages)
