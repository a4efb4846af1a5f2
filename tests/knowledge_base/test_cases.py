"""What a sentence tells of the case, the guide for it, and numbers held against conditions."""

from __future__ import annotations

import pytest

from knowledge_base.cases import deciding_dimension, eligibility, guide_for, read_facts, value_told
from knowledge_base.chinese_numbers import read_number
from knowledge_base.items import load_catalogue


@pytest.fixture
def library(write_data, item, other):
    return load_catalogue(write_data(item, other))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("61", 61), ("六十一", 61), ("十五", 15), ("二十", 20), ("两百", 200), ("两百三", 230), ("一百零三", 103),
        ("一万五", 15000), ("3万", 30000), ("三千五百", 3500), ("二〇二六", 2026), ("半", 0.5), ("2.5", 2.5), ("很多", None),
    ],
)  # fmt: skip
def test_given_a_numeral_when_read_then_it_has_its_value(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("我61岁能办吗", {"age": 61, "age_group": "成年人"}),
        ("我妈今年六十一岁了", {"age": 61, "age_group": "成年人"}),
        ("儿子才8岁", {"age": 8, "age_group": "未成年人"}),
        ("社保交了8个月", {"contribution_months": 8}),
        ("公积金连续交了一年半", {"continuous_months": 18}),
        ("我在上海住了两年", {"residence_months": 24}),
        ("来上海三年零两个月了", {"residence_months": 38}),
        ("居住登记已经满半年", {"residence_months": 6}),
        ("积分110分", {"points": 110}),
        ("家里两个孩子", {"children": 2, "age_group": "未成年人"}),
        ("我替我妈办", {"applicant": "代办"}),
        ("我妈走不动，能帮她办吗", {"applicant": "代办"}),
        ("不是我自己办，是代办", {"applicant": "代办"}),
        ("我是外地户口", {"household": "非本市户籍"}),
        ("不是本市户籍", {"household": "非本市户籍"}),
        ("没有上海户口", {"household": "非本市户籍"}),
        ("身份證丟了", {"occasion": "遗失"}),
        ("在浦东住，去哪办", {"district": "浦东新区"}),
    ],
)
def test_given_a_sentence_when_read_then_it_tells_these_facts(catalogue, text, facts):
    assert read_facts(text, catalogue) == facts


@pytest.mark.parametrize(
    "text",
    [
        "帮我办一下", "必须本人去吗", "60岁以上才能办吗", "要满65岁才给吗", "我快60岁了", "不到14岁", "交不满一年",
        "我十分钟能办完吗", "多少岁可以办", "从长宁搬到闵行", "一个月要交多少社保", "",
    ],
)  # fmt: skip
def test_given_a_question_or_a_guess_when_read_then_nothing_is_taken_for_a_fact(catalogue, text):
    assert read_facts(text, catalogue) == {}


def test_given_both_values_when_read_then_neither_is_taken(catalogue):
    assert "household" not in read_facts("老公是外地户口，我是上海户口", catalogue)


def test_given_a_request_to_the_assistant_when_read_then_it_is_no_application_for_another(catalogue):
    assert "applicant" not in read_facts("帮我开一张证明", catalogue)
    assert read_facts("帮我妈开一张证明", catalogue)["applicant"] == "代办"


def test_given_an_item_when_read_then_only_what_its_guide_knows_counts(library):
    item = library.items["library-card"]

    facts = read_facts("我离婚了，61岁，社保交了8个月，外地户口", library, item)

    assert facts == {"age": 61, "household": "非本市户籍"}


def test_given_a_theme_dimension_when_read_then_its_own_words_count(catalogue):
    item = catalogue.items["birth-certificate-reissue"]

    assert read_facts("出生证上名字写错了", catalogue, item)["cert_problem"] == "信息有误"


def test_given_an_item_that_counts_continuous_months_when_months_are_said_then_these_are_meant(catalogue):
    item = catalogue.items["residence-permit-points"]

    assert read_facts("社保交了五个月能申请吗", catalogue, item)["continuous_months"] == 5


def test_given_no_facts_when_asked_for_then_the_guide_stands_as_written(library):
    item = library.items["library-card"]

    assert guide_for(item, {}).guide == item.guide
    assert guide_for(item, {}).applied == ()


def test_given_one_case_when_it_holds_then_it_overrides_and_adds(library):
    case = guide_for(library.items["library-card"], {"applicant": "代办"})

    assert case.guide.visits == 2
    assert [material.name for material in case.guide.materials] == ["居民身份证", "照片", "委托书"]
    assert len(case.applied) == 1


def test_given_a_later_case_that_replaces_materials_when_both_hold_then_the_added_one_stays(library):
    case = guide_for(library.items["library-card"], {"applicant": "代办", "household": "非本市户籍"})

    assert [material.name for material in case.guide.materials] == ["居住证", "委托书"]
    assert case.guide.time_limits.promised == 0


def test_given_part_of_a_condition_when_only_it_holds_then_the_case_does_not(library):
    assert guide_for(library.items["library-card"], {"household": "非本市户籍"}).applied == ()


def test_given_undecided_facts_when_asked_for_then_the_dimension_that_changes_the_field_decides(library):
    item = library.items["library-card"]

    assert deciding_dimension(item, "materials", {}).key == "applicant"
    assert deciding_dimension(item, "materials", {"applicant": "代办"}).key == "household"


def test_given_a_field_no_case_changes_when_asked_for_then_nothing_decides(library):
    item = library.items["library-card"]

    assert deciding_dimension(item, "fee", {}) is None
    assert deciding_dimension(item, "materials", {"applicant": "本人"}) is None


def test_given_a_number_when_held_against_the_condition_then_what_is_missing_is_told(catalogue):
    item = catalogue.items["senior-allowance"]

    (young,) = eligibility(item, {"age": 61}, catalogue)
    (old,) = eligibility(item, {"age": 65}, catalogue)

    assert (young.met, young.short_by, young.decisive) == (False, 4, True)
    assert (old.met, old.short_by) == (True, 0)


def test_given_a_condition_that_depends_on_more_when_judged_then_it_is_not_decisive(catalogue):
    item = catalogue.items["housing-fund-loan"]

    verdicts = {one.quantity.key: one for one in eligibility(item, {"age": 61}, catalogue)}

    assert not verdicts["age"].decisive


def test_given_no_number_when_judged_then_there_is_no_verdict(catalogue):
    assert eligibility(catalogue.items["senior-allowance"], {}, catalogue) == ()


def test_given_the_ages_of_two_when_held_against_a_condition_then_each_has_a_verdict(library):
    item = library.items["library-card"]
    facts = read_facts("我71，我老伴13岁", library, item)

    assert facts["age"] == [13.0, 71.0]
    assert [verdict.met for verdict in eligibility(item, facts)] == [False, True]


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("外地的", "非本市户籍"),
        ("本市的呀", "本市户籍"),
        ("安徽", None),
        ("不清楚", None),
    ],
)
def test_given_a_reply_to_the_deciding_question_when_read_loosely_then_its_own_words_count(catalogue, told, value):
    assert value_told(told, catalogue.dimensions["household"], catalogue.fact_words) == value


@pytest.mark.parametrize("text", ["我是安徽的", "户口在老家", "我户口不在上海", "从江苏过来上班"])
def test_given_where_a_household_is_when_read_then_it_is_elsewhere(catalogue, text):
    assert read_facts(text, catalogue)["household"] == "非本市户籍"
