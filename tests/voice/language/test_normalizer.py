"""What was heard, as it would have been typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.language.expectation import ANYTHING, Expectation, ExpectationKind
from voice.language.normalizer import normalize, tidy
from voice.language.numerals import as_year, by_digit, by_value

DIGITS = Expectation(ExpectationKind.digits)
PHONE = Expectation(ExpectationKind.digits, length=11)
NAME = Expectation(ExpectationKind.name)
ADDRESS = Expectation(ExpectationKind.address)
PIECES = [
    *"零〇一二三四五六七八九十百千万两幺点年月日号岁块元，、 138洞叉个室第周楼弄分半钱毛多米去到至廿",
    *("百分之", "上午", "工资", "电话", "一点", "今年", "居住证"),
]


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("申請居住證需要什麼材料", "申请居住证需要什么材料"),
        ("居住 证 怎么 办", "居住证怎么办"),
        ("１３８００１３８０００", "13800138000"),
        ("怎么办,要多久?", "怎么办，要多久？"),
        ("怎么办？？要多久，。", "怎么办？要多久。"),
        ("，你好", "你好"),
        ("帮我办id card", "帮我办id card"),
        ("嗰份证明", "嗰份证明"),
        ("  ", ""),
    ],
)
def test_given_script_spaces_and_marks_of_any_kind_then_they_are_one_kind(heard: str, written: str) -> None:
    assert normalize(heard, ANYTHING) == written
    assert tidy(heard) == written.replace("13800138000", tidy("13800138000"))


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("我的手机号是幺三八零零一三八零零零", "我的手机号是13800138000"),
        ("一三八，零零一三，八零零零", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("一三八三个零一三八零零", "13800013800"),
        ("身份证三一零幺零幺一九九零零三零七零零幺叉", "身份证31010119900307001X"),
        ("三一零一零一，一九九零，零三零七，零零一，艾克斯", "31010119900307001X"),
        ("打幺二三四五", "打12345"),
        ("一二三四五热线", "12345热线"),
        ("幺幺零", "110"),
        ("一一九", "119"),
        ("编号二零二六幺幺二六零零零幺", "编号202611260001"),
        ("受理编号是二零二六，幺幺二七，零零零零，零幺二", "受理编号是202611270000012"),
        ("暂存号是四幺二，七三八，九零七", "暂存号是412738907"),
        ("打一一零，一一九，一二零", "打110，119，120"),
        ("身份证尾号零零二叉", "身份证尾号002X"),
        ("尾号三八", "尾号38"),
        ("控江路一千二百弄三号三零幺室", "控江路1200弄3号301室"),
    ],
)
def test_given_digits_said_one_by_one_then_they_are_figures(heard: str, written: str) -> None:
    assert normalize(heard, ANYTHING) == written


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("二〇二六年十二月三号", "2026年12月3日"),
        ("十二月三号去", "12月3日去"),
        ("九八年五月三十一号", "98年5月31日"),
        ("九八年五月", "98年5月"),
        ("零三年入学的", "03年入学的"),
        ("两千零八年", "2008年"),
        ("我十月份去", "我10月份去"),
        ("下个月十五号", "下个月15号"),
        ("上午九点半到十一点三十分", "上午9点半到11点30分"),
        ("下午三点", "下午3点"),
        ("九点零五分", "9点05分"),
        ("每天九点开门", "每天9点开门"),
        ("零零后", "00后"),
        ("十二月廿三号", "12月23日"),
        ("二零二六年元月一号", "2026年1月1日"),
        ("元月五号", "1月5日"),
        ("二零二六年元月", "2026年1月"),
        ("八点半到十七点", "8点半到17点"),
        ("三到五月", "3到5月"),
    ],
)
def test_given_a_spoken_date_or_time_then_it_is_in_figures(heard: str, written: str) -> None:
    assert normalize(heard, ANYTHING) == written


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("三百二十块", "320元"),
        ("一块钱", "1元"),
        ("十块", "10元"),
        ("三块五毛钱", "3.5元"),
        ("三块二毛五", "3.25元"),
        ("十块零五毛", "10.5元"),
        ("三块五毛一张", "3.5元一张"),
        ("五到十天", "5到10天"),
        ("一百到二百块", "100到200元"),
        ("一百多块", "100多元"),
        ("三万块钱", "3万元"),
        ("一万二千五百元", "12500元"),
        ("工资四千二", "工资4200"),
        ("一个月才四千二能申请吗", "一个月才4200能申请吗"),
        ("百分之六十", "60%"),
        ("百分之三点五", "3.5%"),
        ("百分之百", "100%"),
        ("我六十一岁", "我61岁"),
        ("八十多岁了", "80多岁了"),
        ("今年六十一了", "今年61了"),
        ("交了十五年", "交了15年"),
        ("六十平米", "60平米"),
        ("南京东路三百二十八号五号楼五零二室", "南京东路328号5号楼502室"),
        ("住三楼", "住3楼"),
    ],
)
def test_given_a_spoken_amount_then_it_is_in_figures(heard: str, written: str) -> None:
    assert normalize(heard, ANYTHING) == written


@pytest.mark.parametrize(
    "said",
    [
        *(
            "两个人一个一个一起去",
            "等一下",
            "万一办不了",
            "去三亚",
            "十分着急",
            "一样",
            "统一办",
            "第一个",
            "第二十五条",
        ),
        *(
            "一网通办",
            "一次性告知单",
            "零星报销",
            "零售许可",
            "五险一金",
            "出生一件事",
            "三个月",
            "一年一签",
            "七年落户",
        ),
        *("快一点", "有一点问题", "三点要求", "一块儿去", "一块去", "搬了三块牌子", "三四十岁", "十几岁", "五六月份"),
        *(
            "七八年了",
            "三七二十一",
            "三三两两",
            "七零八落",
            "二十四节气",
            "一五一十",
            "千万别",
            "几百块",
            "上万",
            "数十年",
        ),
        *("八月十五", "七月初九", "打六七折", "周三十点前", "五一放假", "十一放假", "大一新生", "高三", "初二", "老幺"),
        *(
            "腊月廿三",
            "过了元月",
            "送到了",
            "开叉车三年",
            "先弄一弄",
            "堆了一楼道",
            "小一号的",
            "门洞",
            "养老院五千一个月",
            "四分之三",
            "二手房",
            "一室一厅",
            "两居室",
        ),
        *("四川北路", "三元桥", "四平路", "七宝镇", "九亭", "一家三口", "独一无二", "百年好合", "一百二", "三四百"),
    ],
)
def test_given_words_that_only_hold_numerals_then_they_stay(said: str) -> None:
    assert normalize(said, ANYTHING) == said


@pytest.mark.parametrize(
    "written",
    [
        "我的手机号是13800138000，身份证号31010119900307001X",
        "12月3号去，2026年12月3日到期",
        "工资4200元，一个月320块",
        "9:00开门，周一到周五",
        "南京东路328号5号楼502室",
        "https://example.org/a?b=1",
        "PR申请要12,000元吗？",
        "3-5个工作日，60%，3.5万元",
    ],
)
def test_given_a_text_already_written_then_it_stays(written: str) -> None:
    assert normalize(written, ANYTHING) == written


def test_given_a_number_is_expected_then_short_ones_and_pauses_are_digits_too() -> None:
    assert normalize("五", DIGITS) == "5"
    assert normalize("三八", DIGITS) == "38"
    assert normalize("三百二十", DIGITS) == "320"
    assert normalize("六二二二，零二幺二，三四五六，七八九", DIGITS) == "622202123456789"
    assert normalize("一三八，零零，一三八，零零零", PHONE) == "13800138000"


def test_given_more_digits_than_expected_then_the_pause_stays() -> None:
    assert normalize("一三八零零一三八零零零，一二三四", PHONE) == "13800138000，1234"


def test_given_a_name_is_expected_then_numerals_in_it_stay() -> None:
    assert normalize("张五一", NAME) == "张五一"
    assert normalize("李三十岁", NAME) == "李三十岁"


def test_given_an_address_is_expected_then_two_digits_are_a_room() -> None:
    assert normalize("幺八室", ADDRESS) == "18室"


def test_given_an_item_or_option_with_numerals_then_they_survive() -> None:
    names = Expectation(ExpectationKind.item, options=("十年本",), items=("三岁以下补贴",))
    assert normalize("三岁以下补贴怎么领，孩子三岁", names) == "三岁以下补贴怎么领，孩子3岁"
    assert normalize("换十年本", names) == "换十年本"


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.booleans(), st.booleans(), st.sampled_from([ANYTHING, PHONE])
)
def test_given_any_mobile_number_said_then_it_comes_back(
    number: str, telephone: bool, pauses: bool, expectation: Expectation
) -> None:
    groups = (number[:3], number[3:7], number[7:]) if pauses else (number,)
    said = "，".join(map(by_digit if telephone else as_year, groups))
    assert normalize(f"电话{said}", expectation) == f"电话{number}"


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.sampled_from(["叉", "X", "艾克斯"]), st.booleans())
def test_given_any_identity_number_said_then_it_comes_back(number: str, letter: str, pauses: bool) -> None:
    groups = (number[:6], number[6:14], number[14:]) if pauses else (number,)
    said = "，".join(map(by_digit, groups)).replace("X", letter)
    assert normalize(f"身份证{said}", ANYTHING) == f"身份证{number}"


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)), st.sampled_from("日号"))
def test_given_any_date_said_then_it_comes_back(day: date, mark: str) -> None:
    said = f"{as_year(str(day.year))}年{by_value(str(day.month))}月{by_value(str(day.day))}{mark}出生"
    assert normalize(said, ANYTHING) == f"{day.year}年{day.month}月{day.day}日出生"


@given(st.integers(1, 9_999_999), st.sampled_from(["元", "块钱"]))
def test_given_any_amount_of_money_said_then_it_comes_back(yuan: int, unit: str) -> None:
    written = f"{yuan // 10_000}万" if yuan % 10_000 == 0 else str(yuan)
    assert normalize(f"要交{by_value(str(yuan))}{unit}", ANYTHING) == f"要交{written}元"


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.sampled_from([ANYTHING, PHONE, *map(Expectation, ExpectationKind)]),
)
def test_given_anything_heard_then_normalizing_twice_changes_nothing_more(heard: str, expectation: Expectation) -> None:
    once = normalize(heard, expectation)
    assert normalize(once, expectation) == once
