from __future__ import annotations

import threading

import pytest

from storage.personal_values import PersonalKind, PersonalValues

LABELS = {
    PersonalKind.FULL_NAME: "姓名",
    PersonalKind.ID_NUMBER: "身份证号",
    PersonalKind.PHONE: "手机号",
    PersonalKind.ADDRESS: "地址",
    PersonalKind.BANK_ACCOUNT: "银行卡号",
    PersonalKind.EMAIL: "邮箱",
}


@pytest.fixture
def values(database):
    return PersonalValues(database, LABELS)


def test_values_become_numbered_placeholders(values):
    assert values.put("one", PersonalKind.PHONE, "13900000001") == "[手机号1]"
    assert values.put("one", PersonalKind.PHONE, "13900000002") == "[手机号2]"
    assert values.put("one", PersonalKind.FULL_NAME, "张示例") == "[姓名1]"
    # the same value has the same placeholder
    assert values.put("one", PersonalKind.PHONE, "13900000001") == "[手机号1]"
    assert values.get("one", "[手机号2]") == "13900000002"


def test_numbers_run_within_a_conversation(values):
    values.put("one", PersonalKind.PHONE, "13900000001")
    assert values.put("two", PersonalKind.PHONE, "13900000002") == "[手机号1]"
    assert values.get("two", "[手机号1]") == "13900000002"


def test_a_text_gets_its_values_back_and_nobody_elses(values):
    values.put("one", PersonalKind.PHONE, "13900000001")
    values.put("one", PersonalKind.FULL_NAME, "张示例")
    text = "我是[姓名1]，电话[手机号1]，[手机号2]，[银行卡号1]，[备注1]"
    assert values.reveal("one", text) == "我是张示例，电话13900000001，[手机号2]，[银行卡号1]，[备注1]"
    assert values.reveal("two", text) == text


def test_what_is_no_placeholder_has_no_value(values):
    assert values.get("one", "手机号1") is None
    assert values.get("one", "[手机号9]") is None


def test_every_kind_needs_a_label(database):
    with pytest.raises(ValueError, match="phone"):
        PersonalValues(database, {kind: label for kind, label in LABELS.items() if kind != PersonalKind.PHONE})


def test_threads_never_share_a_number(values):
    placeholders = []
    threads = [
        threading.Thread(target=lambda n=n: placeholders.append(values.put("one", PersonalKind.PHONE, str(n))))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(placeholders) == [f"[手机号{n}]" for n in range(1, 9)]
