"""Where a sentence may fall apart."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.nlu.joints import Joint, Joints

CUES = Path(__file__).parents[3] / "data" / "texts" / "dialogue.yml"


@pytest.fixture(scope="module")
def joints() -> Joints:
    return Joints.from_mapping(yaml.safe_load(CUES.read_text(encoding="utf-8"))["joints"])


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ("身份证和社保卡都丢了", ("身份证都丢了", "社保卡都丢了")),
        ("身份证、社保卡和驾照都丢了", ("身份证都丢了", "社保卡都丢了", "驾照都丢了")),
        ("补办身份证和护照", ("补办身份证", "补办护照")),
        ("我要办居住证,顺便问下护照多少钱", ("我要办居住证", "问下护照多少钱")),
        ("我结婚证丢了,户口本也找不到了", ("我结婚证丢了", "户口本也找不到了")),
    ],
)
def test_given_several_wishes_when_split_then_each_piece_says_its_own(joints, said, pieces):
    found = joints.pieces(said)

    assert (found.joint, found.texts) == (Joint.WISHES, pieces)


@pytest.mark.parametrize(
    "said",
    [
        "出生证明和户口本能一起办吗",
        "带身份证和户口本吗",
        "办护照要带身份证和户口本吗",
        "我有居住证也交了社保,能买房吗",
        "老公和我都是外地户口能办吗",
        "护照丢了怎么补办",
        "驾照还有两个月过期",
        "",
    ],
)
def test_given_one_wish_when_split_then_it_has_no_joint(joints, said):
    assert joints.pieces(said) is None


@pytest.mark.parametrize(
    ("said", "sides"),
    [
        ("居住证和居住登记有什么区别", ("居住证", "居住登记")),
        ("公租房跟廉租房是一回事吗", ("公租房", "廉租房")),
        ("准备买车,绿牌和蓝牌哪个划算", ("绿牌", "蓝牌")),
        ("注册公司好还是个体户好", ("注册公司", "个体户")),
        ("它和居住登记有啥不一样", ("", "居住登记")),
        ("跟护照比呢", ("", "护照")),
        ("这两个有什么区别", ("",)),
    ],
)
def test_given_a_comparison_when_split_then_the_sides_are_named_or_pointed_to(joints, said, sides):
    found = joints.pieces(said)

    assert (found.joint, found.texts) == (Joint.COMPARISON, sides)


@pytest.mark.parametrize("said", ["户口本和身份证名字不一样怎么办", "两个地方的地址不一样会影响吗"])
def test_given_a_difference_that_is_a_trouble_when_split_then_nothing_is_compared(joints, said):
    found = joints.pieces(said)

    assert found is None or found.joint is not Joint.COMPARISON


def test_given_a_reply_that_denies_one_thing_when_read_then_what_is_meant_is_left(joints):
    assert joints.denied.sub("", "不是丢了 是快到期了") == "是快到期了"
    assert joints.denied.sub("", "不是新办，我那张要过期") == "我那张要过期"
    assert joints.denied.sub("", "丢了要补") == "丢了要补"
