"""Conditions told in words."""

from __future__ import annotations

import pytest

from knowledge_base.guides import Condition
from knowledge_base.requirements import held_against, requirements


def required(catalogue, text):
    return list(requirements((Condition(text),), catalogue.dimensions, catalogue.fact_words))


@pytest.mark.parametrize("text", ["具有本市户籍", "本市户籍，共同生活的家庭成员一起申请", "本市户籍并已在本市登记失业"])
def test_given_a_clause_that_is_a_value_when_read_then_it_is_required(catalogue, text):
    assert [one.value for one in required(catalogue, text)] == ["本市户籍"]


@pytest.mark.parametrize(
    "text",
    [
        "本市户籍，或者父母一方持有居住证",
        "本市户籍或者在本市长期居住的家庭，突发急难的也可以",
        "孩子已经登记户口，由孩子户籍地发放",
        "年满65周岁",
    ],
)
def test_given_another_way_or_another_thing_when_read_then_nothing_is_required(catalogue, text):
    assert required(catalogue, text) == []


def test_given_what_was_told_when_held_against_then_it_is_met_or_not_or_left_to_a_case(catalogue):
    def verdicts(told, decided=frozenset()):
        return [
            one.met
            for one in held_against(iter(required(catalogue, "具有本市户籍")), {"household": told}, frozenset(decided))
        ]

    assert verdicts("本市户籍") == [True]
    assert verdicts("非本市户籍") == [False]
    assert verdicts(None) == []
    assert verdicts("非本市户籍", {"household"}) == []
