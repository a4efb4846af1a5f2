"""Figures and failures of questions whose outcomes are known."""

from __future__ import annotations

import pytest

from assistant.evaluation.outcomes import Answered
from assistant.evaluation.report import Section
from assistant.evaluation.sections.questions import are_neighbours, section
from knowledge_base.items import load_catalogue

RENEWAL, REISSUE, PASSPORT = "id-card-renewal", "id-card-reissue", "passport-reissue"


@pytest.fixture(scope="module")
def items(data):
    return load_catalogue(data).items


@pytest.fixture
def asked(answered) -> list[Answered]:
    return [
        answered("right", RENEWAL, RENEWAL),
        answered("second", RENEWAL, None, (REISSUE, RENEWAL), style="story"),
        answered("wrong", RENEWAL, PASSPORT, (PASSPORT, REISSUE)),
        answered("not answered", RENEWAL, None, (RENEWAL,)),
        answered("another facet", RENEWAL, RENEWAL, facet="time"),
    ]


def figures(measured: Section) -> dict[str, float]:
    return {figure.name: round(figure.estimate.value, 4) for figure in measured.figures}


def test_given_known_outcomes_then_the_figures_count_them(asked, items):
    assert figures(section("open", asked, items)) == {
        "hit@1": 0.6,
        "hit@3": 0.8,
        "hit@5": 0.8,
        "MRR": 0.7,
        "facet right": 0.8,
        "coverage (answered)": 0.6,
        "answered right": 0.4,
        "answered wrong": 0.2,
        "risk (wrong of the answers)": round(1 / 3, 4),
    }


def test_given_known_outcomes_then_each_failure_says_why_it_counts(asked, items):
    failures = section("open", asked, items, frozenset({"second", "right"})).failures

    assert {one.key: one.reasons for one in failures.listed} == {
        "second": ("right item not ranked first",),
        "wrong": ("another item answered", "right item not ranked first"),
        "not answered": ("right item first, not answered",),
        "another facet": ("another facet",),
    }
    assert [one.key for one in failures.known] == ["second"]
    assert failures.recovered == ("right",)
    assert f"ranked: {PASSPORT}, {REISSUE}" in next(one.got for one in failures.listed if one.key == "wrong")


def test_given_styles_then_each_has_its_row(asked, items):
    table = next(table for table in section("open", asked, items).tables if table.title == "By style")

    assert [(row[0], row[1], row[2].value) for row in table.rows] == [("plain", 4, 0.75), ("story", 1, 0.0)]


def test_given_a_neighbour_ranked_first_then_the_pair_is_told_and_a_strange_item_is_not(asked, items):
    table = section("open", asked, items).tables[-1]

    assert table.tells_failures
    assert [(row[0].split()[0], row[1].split()[0], *row[2:]) for row in table.rows] == [(RENEWAL, REISSUE, 1, 5)]
    assert are_neighbours(items, RENEWAL, REISSUE) and not are_neighbours(items, RENEWAL, PASSPORT)
