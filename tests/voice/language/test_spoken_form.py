"""How a written reply is said aloud."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.language.spoken_form import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("手机号13800138000", "手机号幺三八，零零幺三，八零零零"),
        ("138-0013-8000", "幺三八，零零幺三，八零零零"),
        ("021-62345678", "零二幺，六二三四，五六七八"),
        ("400-820-8820", "四零零，八二零，八八二零"),
        ("身份证号31010119900307001X", "身份证号三幺零幺零幺，幺九九零，零三零七，零零幺叉"),
        ("收件编号：WB20261126-0001", "收件编号：W B，二零二六，幺幺二六，零零零幺"),
        ("收件编号是20261127-0000017", "收件编号是二零二六，幺幺二七，零零零零，零幺七"),
        ("暂存号是412-738-907", "暂存号是四幺二，七三八，九零七"),
        ("6222021234567890123", "六二二二，零二幺二，三四五六，七八九零，幺二三"),
        ("尾号8000", "尾号八零零零"),
        ("3号楼502室", "三号楼五零二室"),
    ],
)
def test_given_a_number_that_identifies_then_it_is_said_digit_by_digit_in_groups(written: str, said: str) -> None:
    assert spoken_form(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("请拨打12345热线。", "请拨打幺二三四五热线。"),
        ("110", "幺幺零"),
        ("费用120元", "费用一百二十元"),
        ("面积120平米", "面积一百二十平米"),
        ("12000多元", "一万二千多元"),
        ("110个名额", "一百一十个名额"),
    ],
)
def test_given_a_number_one_calls_then_it_is_told_from_an_amount(written: str, said: str) -> None:
    assert spoken_form(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-26", "二零二六年十一月二十六日"),
        ("2026/1/5前", "二零二六年一月五日前"),
        ("2026年12月3日", "二零二六年十二月三日"),
        ("2024年1-3月", "二零二四年一到三月"),
        ("2026-2027学年", "二零二六到二零二七学年"),
        ("95后", "九五后"),
        ("9:00-17:30", "九点到十七点三十分"),
        ("9:05", "九点零五分"),
    ],
)
def test_given_a_date_or_a_time_then_it_is_said_as_one(written: str, said: str) -> None:
    assert spoken_form(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("¥1,200.50", "一千二百点五元"),
        ("0.5%", "百分之零点五"),
        ("10%-20%", "百分之十到百分之二十"),
        ("1/2", "二分之一"),
        ("3-5个工作日", "三到五个工作日"),
        ("2个工作日", "两个工作日"),
        ("2小时", "两小时"),
        ("第2个", "第二个"),
        ("2年级", "二年级"),
        ("7×24小时", "七乘二十四小时"),
        ("2次/年", "两次每年"),
        ("20㎡", "二十平方米"),
    ],
)
def test_given_an_amount_then_it_is_said_by_its_value(written: str, said: str) -> None:
    assert spoken_form(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("138****8000", "幺三八开头，尾号八零零零"),
        ("310101********0011", "三幺零幺零幺开头，尾号零零幺幺"),
        ("姓名：王**，", "姓名：王某"),
        ("张*明", "张某明"),
        ("人民路****", "人民路已隐去"),
    ],
)
def test_given_what_is_masked_then_it_is_said_to_be_hidden(written: str, said: str) -> None:
    assert spoken_form(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("（1）身份证\n（2）户口本", "身份证。户口本"),
        ("- 身份证\n- 户口本", "身份证。户口本"),
        ("《居住证》（原件）", "居住证原件"),
        ("带上材料（本人身份证、照片），", "带上材料，本人身份证、照片"),
        ("见https://example.org/a?b=1，谢谢", "见屏幕上的网址，谢谢"),
        ("身份证 原件", "身份证原件"),
        ("", ""),
    ],
)
def test_given_marks_without_a_sound_then_they_are_left_out(written: str, said: str) -> None:
    assert spoken_form(written) == said


@given(st.text(st.sampled_from("0123456789年月日-/.:个元第（）《》*%，。\n 居住证手机X"), max_size=30))
def test_given_any_text_then_no_figure_is_left_unsaid(written: str) -> None:
    assert not re.search(r"[\d《》（）\n]", spoken_form(written))
