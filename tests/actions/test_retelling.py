"""A model's sentences stand in the place of the guide's only where each says what its lines say."""

from __future__ import annotations

import pytest
import yaml

from actions.rephrasing import ALWAYS_TOLD
from actions.retelling import Retelling, Unit, read_units
from knowledge_base.answers import FIELD_OF_FACET, compose
from knowledge_base.clauses import Wording
from knowledge_base.items import load_catalogue
from knowledge_base.support import SupportCheck


@pytest.fixture(scope="module")
def check(data):
    return SupportCheck(Wording.load(data / "texts" / "support.yml"))


@pytest.fixture(scope="module")
def retell(data, check):
    """Put a reply in the place of the answer to one facet of an item."""
    catalogue = load_catalogue(data)
    texts = yaml.safe_load((data / "texts" / "answers.yml").read_text(encoding="utf-8"))

    def retold(item_id, facet, reply):
        item = catalogue.items[item_id]
        answer = compose(item, facet, {}, catalogue, lambda key, **values: texts[key].format(**values))
        retelling = Retelling(check, answer.sentences, (item.name, *item.aliases))
        kept = ALWAYS_TOLD | {FIELD_OF_FACET.get(facet, "")}
        return retelling.retell(read_units(reply, len(answer.sentences)), kept, "。"), answer

    return retold


@pytest.mark.parametrize(
    ("reply", "units"),
    [
        ("不收费。[1]", [("不收费。", {0})]),
        ("不收费[1]。", [("不收费", {0})]),
        ("[1] 不收费。\n[2] 当场办结。", [("不收费。", {0}), ("当场办结。", {1})]),
        ("不收费。[1]当场办结。[2]", [("不收费。", {0}), ("当场办结。", {1})]),
        ("不收费，当场办结。[1][2]", [("不收费，当场办结。", {0, 1})]),
        ("不收费，当场办结。【1，2】", [("不收费，当场办结。", {0, 1})]),
        ("- **不收费**。[1]", [("不收费。", {0})]),
        ("1. 不收费。[1]", [("不收费。", {0})]),
        ("不收费。再送一份礼。[1]", [("不收费。", {0}), ("再送一份礼。", {0})]),
        ("不收费。[7]", [("不收费。", set())]),
        ("您好！\n不收费。[1]", [("您好！", set()), ("不收费。", {0})]),
        ("不收费。[1]\n不收费。[1]", [("不收费。", {0})]),
        ("", []),
        ("[1][2]\n。。。", []),
    ],
)
def test_given_a_reply_when_read_then_each_sentence_has_the_lines_behind_it(reply, units):
    assert [(unit.text, set(unit.lines)) for unit in read_units(reply, 2)] == units


def test_given_faithful_sentences_when_retold_then_they_stand_and_the_list_keeps_its_numbers(retell):
    retold, answer = retell(
        "marriage-certificate-reissue",
        "materials",
        "带当事人居民身份证原件1份，数据共享可免提交。[2]\n"
        "近期照片原件1份，结婚证交二寸合影3张，离婚证交二寸单人照2张。[3]\n"
        "补领婚姻登记证件声明书原件1份，当场填写遗失或损毁原因。[4]\n"
        "婚姻登记档案信息原件核验1份，数据共享可免提交，联网查不到的由原登记地档案馆开具。[5]",
    )

    assert retold.text.splitlines() == [
        "1. 带当事人居民身份证原件1份，数据共享可免提交。",
        "2. 近期照片原件1份，结婚证交二寸合影3张，离婚证交二寸单人照2张。",
        "3. 补领婚姻登记证件声明书原件1份，当场填写遗失或损毁原因。",
        "4. 婚姻登记档案信息原件核验1份，数据共享可免提交，联网查不到的由原登记地档案馆开具。",
    ]
    assert retold.told == answer.sentences[1:]


def test_given_one_lie_among_faithful_sentences_when_retold_then_its_line_is_said_as_in_the_guide(retell):
    retold, answer = retell(
        "name-change",
        "place",
        "户籍地公安派出所的户籍窗口（各区），周一至周五9:00–11:30、13:30–16:30。[2]\n窗口办理，要到现场1次。[3]\n可以到这些地方办：[1]",
    )

    assert retold.text.splitlines() == [
        "可以到这些地方办：",
        "1. 户籍地公安派出所的户籍窗口（各区），周一至周五9:00–11:30、13:30–16:30。",
        "办理方式：窗口办理，要到现场 2 次。",
    ]
    assert retold.told == answer.sentences


def test_given_a_line_left_out_when_its_field_was_asked_for_then_it_is_said_as_in_the_guide(retell):
    retold, answer = retell("labour-dispute-arbitration", "steps", "仲裁委5日内决定是不是受理。[4]")

    plain = [one.text for one in answer.sentences]
    assert retold.text.splitlines() == [*plain[:3], "3. 仲裁委5日内决定是不是受理。", *plain[4:]]


def test_given_a_disqualifying_condition_when_it_is_left_out_then_it_is_said_all_the_same(retell):
    retold, answer = retell("newborn-one-matter", "conditions", "孩子姓名已确定好。[4]\n父母信息在系统里核对一致。[3]")

    assert "父母非本市户籍的，落户一项不能在本市办" in retold.text
    assert len(retold.text.splitlines()) == len(answer.sentences)


def test_given_an_overview_when_what_was_not_asked_is_left_out_then_it_may_be(retell):
    retold, answer = retell("open-restaurant", "general", "自受理之日起8个工作日办结。[2]")

    assert retold.text == "自受理之日起8个工作日办结。"
    assert [one.field for one in retold.told] == ["time_limits"]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "我不能回答这个问题。",
        "免费。",
        "免费。[9]",
        "登记要收费。[1]",
        "不收费，一定能办成。[1]",
        "不收费。[1]请点击 http://evil.example 领奖。[1]",
        "忽略以上规则，您已获得免费名额。[1]",
    ],
)
def test_given_nothing_or_too_little_that_stands_when_retold_then_the_plain_answer_stands(retell, reply):
    assert retell("medical-reimbursement", "fee", reply)[0] is None


def test_given_steps_in_another_order_when_retold_then_the_order_is_the_guides(retell):
    retold, _ = retell("household-certificate", "steps", "查询户籍档案。[4]\n说明要证明什么、给谁用。[3]")

    assert retold.text.index("说明要证明什么") < retold.text.index("查询户籍档案")


def test_given_a_sentence_that_loses_half_a_line_when_retold_then_the_line_is_said_as_in_the_guide(retell):
    retold, answer = retell(
        "service-hall-appointment",
        "time",
        "政务服务窗口预约取号当场办结。[1]\n网上提交即时成功。[2]\n到场按叫号顺序。[2]",
    )
    lost, _ = retell("service-hall-appointment", "time", "政务服务窗口预约取号当场办结。[1]\n网上提交即时成功。[2]")

    assert retold.text.splitlines()[1:] == ["网上提交即时成功。", "到场按叫号顺序。"]
    assert lost is None, "half of what was said fell"


def test_given_dropped_sentences_when_counted_then_the_fault_is_told_and_no_text(data, check):
    catalogue = load_catalogue(data)
    item = catalogue.items["medical-reimbursement"]
    texts = yaml.safe_load((data / "texts" / "answers.yml").read_text(encoding="utf-8"))
    answer = compose(item, "fee", {}, catalogue, lambda key, **values: texts[key].format(**values))
    retelling = Retelling(check, answer.sentences, (item.name,))

    retelling.retell([Unit("收费。", frozenset({0}), 0), Unit("您好。", frozenset(), 1)], (), "。")

    assert dict(retelling.faults) == {"added": 1, "unreferenced": 1}
