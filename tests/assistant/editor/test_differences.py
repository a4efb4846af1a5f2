from __future__ import annotations

from assistant.editor.differences import DiffLine, differences

BEFORE = {
    "guide": {
        "summary": "旧的说法",
        "fee": {"charged": True, "standard": "10元"},
        "steps": ["一", "二", "三", "四", "五"],
    },
    "asks": {"fee": ["多少钱"]},
}


def after(**guide) -> dict:
    return {**BEFORE, "guide": {**BEFORE["guide"], **guide}}


def test_given_the_same_when_compared_then_nothing_differs():
    assert differences(BEFORE, after()) == ()


def test_given_one_field_of_an_element_when_it_changed_then_only_it_is_marked():
    (found,) = differences(BEFORE, after(fee={"charged": True, "standard": "20元"}))

    assert found.element == "fee"
    assert found.lines == (
        DiffLine("", {"charged": True}),
        DiffLine("-", {"standard": "10元"}),
        DiffLine("+", {"standard": "20元"}),
    )


def test_given_a_long_list_when_one_entry_is_added_then_the_rest_is_left_out():
    (found,) = differences(BEFORE, after(steps=["一", "二", "三", "四", "五", "六"]))

    assert [(line.mark, line.value) for line in found.lines] == [("", "一"), ("", None), ("", "五"), ("+", "六")]


def test_given_ways_of_asking_when_one_is_added_then_its_facet_differs():
    (found,) = differences(BEFORE, {**BEFORE, "asks": {"fee": ["多少钱", "要钱吗"], "time": []}})

    assert (found.element, found.lines[-1]) == ("asks.fee", DiffLine("+", "要钱吗"))


def test_given_an_element_when_it_is_taken_away_then_it_is_told():
    guide = {key: value for key, value in BEFORE["guide"].items() if key != "fee"}
    (found,) = differences(BEFORE, {**BEFORE, "guide": guide})

    assert (found.element, {line.mark for line in found.lines}) == ("fee", {"-"})
