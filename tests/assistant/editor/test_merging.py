from __future__ import annotations

from assistant.editor.merging import merge

BASE = {"guide": {"summary": "说明", "visits": 1, "note": "旧"}, "asks": {"fee": ["多少钱"]}}


def changed(asks=None, **guide) -> dict:
    return {"guide": {**BASE["guide"], **guide}, "asks": {**BASE["asks"], **(asks or {})}}


def test_given_changes_of_different_elements_when_merged_then_both_are_there():
    merged = merge(BASE, changed(visits=2), changed(summary="新说明", asks={"time": ["多久"]}))

    assert merged.content == changed(visits=2, summary="新说明", asks={"time": ["多久"]})
    assert merged.contested == ()


def test_given_both_changed_one_element_when_merged_then_the_drafts_own_stands_and_it_is_named():
    merged = merge(BASE, changed(visits=2), changed(visits=3))

    assert (merged.content["guide"]["visits"], merged.contested) == (2, ("visits",))


def test_given_both_made_the_same_change_when_merged_then_nothing_is_contested():
    assert merge(BASE, changed(visits=2), changed(visits=2)).contested == ()


def test_given_an_element_taken_away_by_one_side_when_merged_then_it_is_gone():
    without = {**BASE, "guide": {"summary": "说明", "visits": 1}}

    assert merge(BASE, changed(visits=2), without).content["guide"] == {"summary": "说明", "visits": 2}
    assert merge(BASE, without, changed(visits=2)).content["guide"] == {"summary": "说明", "visits": 2}
