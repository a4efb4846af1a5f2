"""What a guide says in English."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.english.labels import EnglishLabels, check_labels
from assistant.english.overview import english_overview
from knowledge_base.guides import Fee, Guide, Material, Place, TimeLimits
from knowledge_base.items import Catalogue, load_catalogue


@pytest.fixture(scope="module")
def catalogue(data: Path) -> Catalogue:
    return load_catalogue(data)


@pytest.fixture(scope="module")
def labels(data: Path) -> EnglishLabels:
    return EnglishLabels.load(data / "english" / "labels.yml")


def said(catalogue: Catalogue, labels: EnglishLabels, guide: Guide) -> dict[str, list[str]]:
    item = replace(catalogue.items["passport-reissue"], guide=guide, cases=())
    fields: dict[str, list[str]] = {}
    for sentence in english_overview(item, labels):
        fields.setdefault(sentence.field, []).append(sentence.text)
    return fields


def test_given_an_item_when_it_is_told_then_both_names_come_first_and_what_depends_on_the_case_last(catalogue, labels):
    lines = [sentence.text for sentence in english_overview(catalogue.items["passport-reissue"], labels)]

    assert lines[0] == "Reissue of a lost or stolen ordinary passport (普通护照遗失补发)"
    assert "Department: Shanghai Public Security Bureau" in lines
    assert "Time limit: 7 working days after acceptance, by law 15 working days at most." in lines
    assert lines[-1] == labels("depends")


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (TimeLimits(5, 1), "Time limit: 1 working day after acceptance, by law 5 working days at most."),
        (TimeLimits(5, 0), "Time limit: done while you wait."),
        (TimeLimits(5, None), "Time limit: by law 5 working days at most after acceptance."),
        (TimeLimits(None, 3), "Time limit: 3 working days after acceptance."),
        (TimeLimits(), None),
    ],
)
def test_given_time_limits_when_they_are_told_then_the_days_are_in_english(catalogue, labels, limits, told):
    assert said(catalogue, labels, Guide(time_limits=limits)).get("time_limits") == ([told] if told else None)


@pytest.mark.parametrize(
    ("fee", "told"),
    [
        (Fee(False, "不收费"), "Fee: free of charge."),
        (Fee(False, "首次申领免费"), "Fee: free of charge; the guide adds: 首次申领免费"),
        (
            Fee(True, "每本120元，邮寄费另计"),
            "Fee: a fee is charged (amounts named: CNY 120); the guide says: 每本120元，邮寄费另计",
        ),
        (Fee(True, "按报考科目收费"), "Fee: a fee is charged; the guide says: 按报考科目收费"),
    ],
)
def test_given_a_fee_when_it_is_told_then_what_is_structured_is_in_english_and_the_rest_is_quoted(
    catalogue, labels, fee, told
):
    assert said(catalogue, labels, Guide(fee=fee))["fee"] == [told]


def test_given_documents_and_places_when_they_are_told_then_fixed_values_are_in_english(catalogue, labels):
    guide = Guide(
        materials=(Material("居民身份证", "原件和复印件", 2, "纸质", shared=True), Material("照片", required=False)),
        places=(Place("出入境大厅", "浦东新区", "周一至周六 9:00–16:30（法定节假日除外）"), Place("别处")),
        channels=("窗口办理", "网上办理"),
        visits=2,
    )

    lines = said(catalogue, labels, guide)

    assert lines["materials"] == [
        "Documents (2):",
        "1. 居民身份证 (original and copy, 2 copies, on paper, not needed where authorities share it)",
        "2. 照片 (only if it applies)",
    ]
    assert lines["places"] == [
        "Where: 出入境大厅, Pudong New Area, Mon–Sat 9:00–16:30 except public holidays",
        "Where: 1 more place(s) in the Chinese guide.",
    ]
    assert lines["channels"] == ["How to apply: at a counter, online. 2 visits in person."]


def test_given_hours_with_something_unknown_when_they_are_told_then_they_are_quoted_whole(labels):
    assert labels.hours("周一至周五 9:00–17:00") == "Mon–Fri 9:00–17:00"
    assert labels.hours("工作日 9:00–16:30，寒暑假集中受理") == "工作日 9:00–16:30，寒暑假集中受理"


def test_given_every_item_when_it_is_told_then_each_line_has_a_label_for_its_source(catalogue, labels):
    for item in catalogue.items.values():
        for sentence in english_overview(item, labels):
            assert labels(f"field_{sentence.field}")


def test_given_the_shipped_labels_when_they_are_checked_then_every_fixed_value_has_its_english(data, catalogue):
    assert check_labels(data / "english", catalogue) == []


def test_given_a_value_without_english_when_the_labels_are_checked_then_it_is_listed(data, catalogue):
    item = replace(catalogue.items["dog-licence"], department="某局")

    [found] = check_labels(data / "english", replace(catalogue, items={item.item_id: item}))

    assert (found.level, found.message) == ("warning", "has no English for: 某局")
