"""A rephrased sentence stands when it says what its lines say, no more and no less."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from knowledge_base.answers import compose
from knowledge_base.clauses import Wording
from knowledge_base.faults import Fault
from knowledge_base.support import Source, SupportCheck

REPHRASINGS = Path(__file__).parent.parent / "data" / "rephrasings.yml"
LISTED = re.compile(r"^(?:\d+\. |· )")


@pytest.fixture(scope="module")
def check(data):
    return SupportCheck(Wording.load(data / "texts" / "support.yml"))


@pytest.fixture(scope="module")
def sources(catalogue, answer_texts):
    """Return the lines of an answer as sources."""

    def read(item_id, facet):
        item = catalogue.items[item_id]
        found, headings = [], {}
        for sentence in compose(item, facet, {}, catalogue, answer_texts).sentences:
            source = Source(sentence.text, (item.name, *item.aliases), headings.get(sentence.field, ""))
            if source.is_heading:
                headings[sentence.field] = sentence.text
            found.append(source)
        return found

    return read


def fault_of(check, text, cited):
    """Return what is wrong with a text that is said instead of the lines cited, or None."""
    sentences = [one for one in re.split(r"(?<=[。！？；])", text) if one.strip()]
    found = [check.unsupported(one, cited) for one in sentences] + [check.lost(one, sentences) for one in cited]
    return next((one for one in found if one), None)


FEE = Source("费用：遗失补领、损坏换领每证20元；因登记错误由窗口更正的不收。")
PHOTO = Source("2. 照片：原件 2 份（电子件；必要时提供；一寸）", (), "【读者证办理】需要这些材料：")
CARD = Source("1. 居民身份证：原件 1 份（数据共享可免提交）", (), "【读者证办理】需要这些材料：")
AGENT = Source("· 代办：须带委托书，不能由未成年人代办；工作日或周六办理。", ("读者证办理", "借书证"))
FAMILY = Source("子女可以代父母领取。")
TIME = Source("【无犯罪记录证明】承诺 3 个工作日内办结（自受理之日起算，法定 10 个工作日）。", ("无犯罪记录证明",))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("需要带居民身份证原件1份，数据共享可免提交。", CARD),
        ("身份证带一份原件，数据共享的可以免提交。", CARD),
        ("照片要2份原件，电子的，一寸，必要时提供。", PHOTO),
        ("遗失补领、损坏换领，每证二十块钱；因为登记错误由窗口更正的不收。", FEE),
        ("代办必须带委托书，不可以由未成年人代办，工作日或者周六办理。", AGENT),
        ("借书证代办的，须带委托书，不能由未成年人代办；工作日、周六办理都可以。", AGENT),
        ("【读者证】借书证代办必须带委托书，不能由未成年人代办；工作日或礼拜六办理。", AGENT),
        ("您好，无犯罪记录证明从受理之日起3个工作日内就能办好，法定10个工作日。", TIME),
    ],
)
def test_given_the_same_in_other_words_when_checked_then_it_stands(check, text, source):
    assert fault_of(check, text, [source]) is None


@pytest.mark.parametrize(
    ("text", "source", "fault"),
    [
        ("居民身份证原件2份，数据共享可免提交。", CARD, Fault.ADDED),
        ("居民身份证复印件1份，数据共享可免提交。", CARD, Fault.ADDED),
        ("居民身份证原件1份，免提交。", CARD, Fault.ADDED),
        ("居民身份证原件1份。", CARD, Fault.LOST),
        ("居民身份证原件1份，数据共享必须提交。", CARD, Fault.NEGATION),
        ("居民身份证原件1份，数据共享可免提交，详见 www.example.cn。", CARD, Fault.CONTACT),
        ("居民身份证原件1份，数据共享可免提交，电话021-62345678。", CARD, Fault.CONTACT),
        ("依据《图书馆法》带居民身份证原件1份，数据共享可免提交。", CARD, Fault.TITLE),
        ("照片原件2份，电子件，一寸。", PHOTO, Fault.LOST),
        ("遗失补领、损坏换领每证20元；由窗口更正的不收。", FEE, Fault.LOST),
        ("因登记错误由窗口更正的每证20元。", FEE, Fault.SCATTERED),
        ("未成年人须带委托书。", AGENT, Fault.SCATTERED),
        ("代办须带委托书，可以由未成年人代办；工作日或周六办理。", AGENT, Fault.NEGATION),
        ("代办可以带委托书，不能由未成年人代办；工作日或周六办理。", AGENT, Fault.MODALITY),
        ("代办须带委托书，不能由成年人代办；工作日或周六办理。", AGENT, Fault.ADDED),
        ("代办须带委托书，不能由未成年人代办；工作日和周六办理。", AGENT, Fault.CHOICE),
        ("父母可以代子女领取。", FAMILY, Fault.ORDER),
        ("子女必须代父母领取。", FAMILY, Fault.MODALITY),
        ("3天办结，自受理之日起算，法定10天。", TIME, Fault.ADDED),
        ("10个工作日内办结，自受理之日起算，法定3个工作日。", TIME, Fault.SCATTERED),
        ("3个工作日内一定办结，自受理之日起算，法定10个工作日。", TIME, Fault.ADDED),
        ("不用办，也可以。", TIME, Fault.ADDED),
    ],
)
def test_given_a_lie_when_checked_then_the_rule_it_breaks_is_told(check, text, source, fault):
    found = fault_of(check, text, [source])

    assert found is not None and found.fault is fault, found


def test_given_two_lines_when_a_sentence_takes_pieces_of_either_then_it_falls(check):
    library = Source("1. 图书馆：周一至周六 9:00–16:30")
    archive = Source("2. 档案馆：周二至周五 13:00–17:00")

    assert fault_of(check, "图书馆周一至周六9:00–16:30，档案馆周二至周五13:00–17:00。", [library, archive]) is None
    assert fault_of(check, "图书馆，周二至周五13:00–17:00；档案馆，周一至周六9:00–16:30。", [library, archive])


@pytest.fixture(scope="module")
def measured(check, sources):
    """Return part → outcome → number of the written rephrasings, and each one judged wrongly."""
    counts, wrong = {}, {}
    for part, cases in yaml.safe_load(REPHRASINGS.read_text(encoding="utf-8")).items():
        counts[part], wrong[part] = Counter(), []
        for case in cases:
            lines = sources(case["item"], case["facet"])
            for outcome in ("faithful", "unfaithful"):
                for text in (one for texts in case[outcome].values() for one in texts):
                    cited = [lines[int(number) - 1] for number in re.findall(r"\[(\d+)\]", text)]
                    found = fault_of(check, re.sub(r"\[\d+\]", "", text), cited)
                    counts[part][outcome] += 1
                    if (found is None) != (outcome == "faithful"):
                        counts[part][f"{outcome} judged wrongly"] += 1
                        wrong[part].append((text, found))
    return counts, wrong


def test_given_the_written_lies_when_checked_then_all_but_one_fall_and_most_faithful_ones_stand(measured):
    counts, wrong = measured
    total = sum(counts.values(), Counter())

    assert len(counts) == 3 and total["faithful"] >= 120 and total["unfaithful"] >= 120
    assert total["unfaithful judged wrongly"] <= 1, wrong
    assert total["faithful judged wrongly"] <= 0.15 * total["faithful"], wrong


def test_given_lines_of_guides_when_said_again_word_for_word_then_they_stand_and_changed_numbers_fall(
    check, catalogue, sources
):
    stood = fell = 0
    for item_id in sorted(catalogue.items)[::20]:
        for facet in ("materials", "time", "fee", "place", "conditions", "validity", "general"):
            for source in sources(item_id, facet):
                said = LISTED.sub("", source.line)
                assert fault_of(check, said, [source]) is None, said
                stood += 1
                body = source.said
                for number in re.finditer(r"\d+", body):
                    other = str(int(number.group()) + 1)
                    changed = body[: number.start()] + other + body[number.end() :]
                    assert fault_of(check, changed, [source]), changed
                    fell += 1
    assert stood > 150 and fell > 80
