"""What was heard, mended by its sound towards what is likely to be said."""

from __future__ import annotations

import re
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from voice.language.domain_bias import DomainBias
from voice.language.expectation import ANYTHING, Expectation, ExpectationKind
from voice.language.normalizer import normalize, tidy
from voice.language.pinyin import toneless

YES_NO = Expectation(ExpectationKind.yes_no)
PHONE = Expectation(ExpectationKind.digits, length=11)
PURPOSE = Expectation(ExpectationKind.choice, options=("出国（境）", "求职就业", "收养", "其他"))
MENDED_AT_LEAST = 0.9
NAMES_MENDED_AT_LEAST = 0.95
SECONDS_A_TURN = 0.010


@pytest.fixture(scope="module")
def names(data: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((data / "items").glob("*.yml")):
        for item in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["items"]:
            for name in (item["name"], *item.get("aliases", ())):
                found.setdefault(name, item["item_id"])
    return found


@pytest.fixture(scope="module")
def bias(names: dict[str, str]) -> DomainBias:
    return DomainBias(names)


@pytest.fixture(scope="module")
def homophones() -> list[dict[str, Any]]:
    return list(yaml.safe_load((Path(__file__).parent / "homophones.yml").read_text(encoding="utf-8")))


def text(bias: DomainBias, heard: str, expectation: Expectation = ANYTHING, confidence: float | None = None) -> str:
    return bias.apply(heard, confidence, expectation).text


def test_given_homophone_mistakes_then_the_words_of_the_domain_come_back(
    bias: DomainBias, homophones: list[dict[str, Any]]
) -> None:
    assert len(homophones) > 65
    wrong = [one for one in homophones if text(bias, one["heard"]) != one["meant"]]
    assert 1 - len(wrong) / len(homophones) >= MENDED_AT_LEAST, wrong


def test_given_the_same_sentences_heard_right_then_none_is_changed(
    bias: DomainBias, homophones: list[dict[str, Any]]
) -> None:
    assert [one["meant"] for one in homophones if bias.apply(one["meant"], None, ANYTHING).changes] == []


def test_given_words_of_a_name_apart_then_each_is_mended_and_told(bias: DomainBias) -> None:
    biased = bias.apply("公鸡金祖房怎么提取", None, ANYTHING)
    assert biased.text == "公积金租房怎么提取"
    assert [(one.start, one.end, one.heard, one.meant) for one in biased.changes] == [
        (0, 3, "公鸡金", "公积金"),
        (3, 5, "祖房", "租房"),
    ]


def test_given_a_name_heard_right_or_wrong_then_its_item_is_the_nearest_candidate(bias: DomainBias) -> None:
    for heard in ("我要办居住登记", "我要办剧住灯记"):
        nearest = bias.apply(heard, None, ANYTHING).candidates[0]
        assert (nearest.phrase, nearest.item_id) == ("居住登记", "residence-registration")


def test_given_names_as_they_are_then_none_is_changed(bias: DomainBias, names: dict[str, str]) -> None:
    assert [name for name in names if bias.apply(tidy(name), None, ANYTHING).changes] == []


def test_given_names_spoiled_by_homophones_then_they_come_back(bias: DomainBias, names: dict[str, str]) -> None:
    random, sounding = Random(5), common_characters()
    tried = mended = 0
    for name in random.sample(sorted(names), 400):
        said = re.sub(r"\W", "", tidy(name))
        if len(said) < 3 or not all("\u4e00" <= one <= "\u9fff" for one in said):
            continue
        heard = "".join(
            random.choice(sounding[sound]) if random.random() < 0.5 else one
            for one, sound in zip(said, toneless(said), strict=True)
        )
        tried += 1
        mended += text(bias, f"我要办{heard}") == f"我要办{said}"
    assert mended / tried >= NAMES_MENDED_AT_LEAST


def common_characters() -> dict[str, list[str]]:
    """Return the characters of the first level of GB/T 2312 by their sound."""
    sounding: dict[str, list[str]] = {}
    for number in range(0xB0, 0xD8):
        for place in range(0xA1, 0xFF):
            character = bytes((number, place)).decode("gb2312", errors="ignore")
            if character:
                sounding.setdefault(toneless(character)[0], []).append(character)
    return sounding


@pytest.mark.parametrize(
    "heard",
    [
        *(
            "社保卡丢了",
            "居住证怎么办",
            "居住登记",
            "我只办执照不办食品",
            "手里没有材料",
            "非沪籍能买房吗",
            "离婚了要卖房",
        ),
        *(
            "在央企上班",
            "老板微信跟我说",
            "他们换伐",
            "我姓李",
            "有证没有",
            "打印出嚟",
            "先够十年再说",
            "没有事",
            "一块去",
        ),
        *("自己交社保", "这个单子哪里打", "我要找人工", "你好", "谢谢你", "孩子要上学了", "这件事怎么处理", "12345"),
    ],
)
def test_given_other_words_that_sound_alike_then_they_stay(bias: DomainBias, heard: str) -> None:
    assert text(bias, heard) == heard


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        *(
            ("雀认", "确认"),
            ("四的", "是的"),
            ("不似", "不是"),
            ("队", "对"),
            ("确人提交", "确认提交"),
            ("取销", "取消"),
        ),
        *(("我不同一", "我不同意"), ("不时", "不是"), ("补对", "不对"), ("每有", "没有"), ("转人公", "转人工")),
    ],
)
def test_given_a_yes_or_no_is_expected_then_it_is_heard(bias: DomainBias, heard: str, meant: str) -> None:
    assert text(bias, heard, YES_NO) == meant
    assert text(bias, meant, YES_NO) == meant


@pytest.mark.parametrize(
    "heard", ["我不确认", "不是我", "没有", "我姓李", "部队", "舍得花两年", "下一步要领证了", "嗯嗯"]
)
def test_given_a_yes_or_no_is_expected_then_nothing_is_turned_into_its_opposite(bias: DomainBias, heard: str) -> None:
    assert text(bias, heard, YES_NO) == heard


@pytest.mark.parametrize(
    ("heard", "meant"), [("球直就业", "求职就业"), ("收样", "收养"), ("出过", "出国"), ("气他", "其他")]
)
def test_given_options_then_one_of_them_is_heard(bias: DomainBias, heard: str, meant: str) -> None:
    assert text(bias, heard, PURPOSE) == meant
    assert text(bias, f"我选{heard}", PURPOSE) == f"我选{meant}"


def test_given_a_number_is_expected_then_digits_are_heard_and_can_be_written(bias: DomainBias) -> None:
    heard = bias.apply("要三吧，零零一三，吧零零林", None, PHONE)
    assert heard.text == "幺三八，零零一三，八零零零"
    assert normalize(heard.text, PHONE) == "13800138000"


def test_given_a_number_is_expected_and_something_else_said_then_it_is_mended_as_ever(bias: DomainBias) -> None:
    assert text(bias, "公鸡金怎么提取", PHONE) == "公积金怎么提取"


def test_given_a_name_is_expected_then_nothing_is_changed(bias: DomainBias) -> None:
    assert text(bias, "公鸡金", Expectation(ExpectationKind.name)) == "公鸡金"


def test_given_a_sure_recogniser_then_less_is_changed_than_by_an_unsure_one(
    bias: DomainBias, homophones: list[dict[str, Any]]
) -> None:
    changed = [
        sum(len(bias.apply(one["heard"], confidence, ANYTHING).changes) for one in homophones)
        for confidence in (0.1, 0.5, 1.0)
    ]
    assert changed[0] >= changed[1] > changed[2]


def test_given_phrases_alone_then_no_item_is_named() -> None:
    bias = DomainBias(["居住证办理"])
    assert bias.apply("居住正办里", None, ANYTHING).candidates[0].item_id == ""


def test_given_no_phrases_then_what_was_heard_stays() -> None:
    assert text(DomainBias([]), "公鸡金怎么提取") == "公鸡金怎么提取"


def test_given_nothing_heard_then_nothing_is_said(bias: DomainBias) -> None:
    assert bias.apply("", None, ANYTHING).text == ""


def test_given_a_long_sentence_then_it_takes_less_than_a_hundredth_of_a_second(bias: DomainBias) -> None:
    heard = "我在上海打工好几年了想问一下公鸡金祖房怎么提取还有居住正积分怎么申请要带什么材料"
    bias.apply(heard, None, ANYTHING)
    times = []
    for _ in range(40):
        begun = time.process_time()
        bias.apply(heard, None, ANYTHING)
        times.append(time.process_time() - begun)
    assert sorted(times)[len(times) // 4] < SECONDS_A_TURN
