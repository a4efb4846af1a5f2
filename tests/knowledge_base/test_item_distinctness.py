"""No item is its neighbour with the name changed."""

from __future__ import annotations

from knowledge_base.distinctness import TOO_ALIKE, alike_pairs, guide_text
from knowledge_base.items import load_catalogue


def test_given_all_items_when_compared_then_no_two_guides_are_alike(catalogue):
    assert alike_pairs(catalogue.items.values()) == []


def test_given_a_copy_with_another_name_when_compared_then_it_is_found(write_data, item, other):
    copied = {
        **item,
        "item_id": "museum-card",
        "name": "看展证办理",
        "aliases": ["看展证", "展览证", "看展卡"],
    }
    copied["neighbours"] = []
    copied["steps"] = ["填看展证申请表", "交表", "拍照", "领看展证"]
    item["steps"] = ["填借书证申请表", "交表", "拍照", "领借书证"]

    (pair,) = alike_pairs(load_catalogue(write_data(item, copied)).items.values())

    assert {pair.one, pair.other} == {"library-card", "museum-card"} and pair.likeness > 0.9


def test_given_two_different_guides_when_compared_then_they_are_not_alike(write_data, item, other):
    assert alike_pairs(load_catalogue(write_data(item, other)).items.values(), TOO_ALIKE) == []


def test_given_a_guide_when_read_for_comparison_then_its_names_are_masked(write_data, item, other):
    item["steps"] = ["领取借书证"]

    text = guide_text(load_catalogue(write_data(item, other)).items["library-card"])

    assert "领取□" in text and "借书证" not in text
