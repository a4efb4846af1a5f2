"""A sentence that staff changed finds its place in the guide, or none is made up."""

from __future__ import annotations

import pytest

from assistant.editor.field_proposal import propose

GUIDE = {
    "fee": {"charged": True, "standard": "每本120元，照片费另计"},
    "time_limits": {"legal": 15, "promised": 7, "note": "需核实身份的可延长至30日"},
    "steps": ["网上预约时段", "到窗口拍照、填表", "缴费领取回执"],
    "materials": [
        {"name": "居民身份证", "form": "原件核验", "number": 1},
        {"name": "出入境证件照片", "form": "原件", "number": 1},
    ],
    "cases": [
        {"when": {"applicant": "代办"}, "note": "本人不能到场的写委托书。", "extra_materials": [{"name": "授权委托书"}]}
    ],
}


@pytest.mark.parametrize(
    ("field", "before", "after", "where", "value"),
    [
        (
            "fee",
            "收费标准：每本120元，照片费另计。",
            "收费标准：每本100元，照片免费。",
            ("fee", "standard"),
            "每本100元，照片免费",
        ),
        ("time_limits", "承诺 7 个工作日办结。", "承诺 5 个工作日办结。", ("time_limits", "promised"), 5),
        ("steps", "2. 到窗口拍照、填表", "2. 到窗口拍照即可", ("steps", 1), "到窗口拍照即可"),
        (
            "materials",
            "2. 出入境证件照片：原件 1 份",
            "2. 近期免冠照片：原件 1 份",
            ("materials", 1, "name"),
            "近期免冠照片",
        ),
        (
            "cases",
            "代办的情形：本人不能到场的写委托书。",
            "代办的情形：本人不能到场的先公证。",
            ("cases", 0, "note"),
            "本人不能到场的先公证",
        ),
        ("materials", "3. 授权委托书", "3. 公证的授权书", ("cases", 0, "extra_materials", 0, "name"), "公证的授权书"),
    ],
)
def test_given_a_changed_sentence_when_proposed_then_only_the_value_that_differs_is_changed(
    field, before, after, where, value
):
    proposed = propose(GUIDE, field, before, after)

    found = proposed
    for step in where:
        found = found[step]
    assert found == value
    assert propose(proposed, field, after, before) == GUIDE | {
        "cases": [{**GUIDE["cases"][0], "note": proposed["cases"][0]["note"].replace("先公证", "写委托书")}]
        if where[0] == "cases" and where[2] == "note"
        else GUIDE["cases"]
    }


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("fee", "【护照】每本120元，照片费另计。", "请到窗口问收费。"),
        ("time_limits", "承诺 7 个工作日，法定 15 个工作日。", "承诺 5 个工作日，法定 10 个工作日。"),
        ("time_limits", "承诺 7 个工作日办结。", "承诺几个工作日办结。"),
        ("places", "去大厅。", "去二楼大厅。"),
        ("fee", None, "可以刷卡。"),
        ("fee", None, None),
        ("fee", "每本120元，照片费另计。", None),
    ],
)
def test_given_a_sentence_without_one_place_when_proposed_then_nothing_is_made_up(field, before, after):
    assert propose(GUIDE, field, before, after) is None


def test_given_a_sentence_left_out_when_proposed_then_its_entry_is_gone():
    assert propose(GUIDE, "materials", "2. 出入境证件照片：原件 1 份", None)["materials"] == GUIDE["materials"][:1]


def test_given_an_added_sentence_when_proposed_then_it_is_an_entry_of_its_own():
    assert propose(GUIDE, "steps", None, "4. 凭回执取证。")["steps"] == [*GUIDE["steps"], "凭回执取证"]
