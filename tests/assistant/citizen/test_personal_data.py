"""Numbers that are no personal data stay."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from assistant.citizen.personal_data import PersonalDataGuard
from storage.personal_values import PersonalKind


@pytest.fixture(scope="module")
def guard(data: Path) -> PersonalDataGuard:
    return PersonalDataGuard.load(data / "texts" / "personal_data.yml", Mock())


@pytest.mark.parametrize(
    "said",
    [
        "20261123-0000018",
        "202611230000018",
        "编号是202611230000018，办到哪了",
        "20261123－0000018",
        "编号—20261123-0000018",
    ],
)
def test_given_a_receipt_number_when_it_is_typed_with_any_dash_or_none_then_it_stays(guard, said):
    assert guard.find(said) == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("202611230000019", PersonalKind.ID_NUMBER),
        ("310101930418002", PersonalKind.ID_NUMBER),
        ("202611230000018-13900000001", PersonalKind.PHONE),
    ],
)
def test_given_digits_that_are_no_receipt_number_when_looked_at_then_they_are_personal(guard, said, kind):
    assert kind in {found.kind for found in guard.find(said)}


def test_given_a_text_that_is_kept_for_no_conversation_when_masked_then_no_value_is_put_away(data):
    values = Mock()
    values.nameless.side_effect = lambda kind: f"[{kind.value}]"
    guard = PersonalDataGuard.load(data / "texts" / "personal_data.yml", values)

    assert guard.without_values("请打13900000001或13900000002") == "请打[phone]或[phone]"
    assert guard.without_values("请打13900000001或13900000002", known="窗口电话13900000001") == (
        "请打13900000001或[phone]"
    )
    values.put.assert_not_called()


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("我叫买买提·吐尔逊江，想办居住证", "我叫[full_name]，想办居住证"),
        ("我是阿卜杜热西提•麦麦提要办社保卡", "我是[full_name]要办社保卡"),
        ("我叫阿拉坦其其格，身份证丢了", "我叫[full_name]，身份证丢了"),
        ("姓名：阿拉坦其其格", "姓名：[full_name]"),
        ("我叫王㛃", "我叫[full_name]"),
        ("我叫李𬭎，身份证丢了", "我叫[full_name]，身份证丢了"),
        ("我叫John Smith，想办居住证", "我叫[full_name]，想办居住证"),
        ("姓名写错了怎么改", "姓名写错了怎么改"),
        ("窗口那位他叫什么名字来着", "窗口那位他叫什么名字来着"),
        ("我叫他们明天再来一趟", "我叫他们明天再来一趟"),
        ("身份证：１１０１０５１９４９１２３１００２ｘ", "身份证：[id_number]"),
        ("电话１３９００００１２３４", "电话[phone]"),
        ("电话139 000 01234", "电话[phone]"),
        ("电话139-0000-1234", "电话[phone]"),
    ],
)
def test_given_names_and_digits_as_they_are_written_when_masked_then_none_stays(data, said, masked):
    values = Mock()
    values.nameless.side_effect = lambda kind: f"[{kind.value}]"
    guard = PersonalDataGuard.load(data / "texts" / "personal_data.yml", values)

    assert guard.without_values(said) == masked
