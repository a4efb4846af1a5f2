"""Personal data stands nowhere in clear: not in a database, not in a log."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path

import pytest

SECRETS = ("张隐私", "11010519491231002X", "13912348765", "6222021234567890128", "虚构路8弄5号602室")


def forms(secret: str) -> list[bytes]:
    """The ways in which a value may hide in a file: UTF-8, JSON escapes, base64 at each offset."""
    encoded = secret.encode()
    shapes = [encoded, json.dumps(secret)[1:-1].encode()]
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + encoded)
        shapes.append(whole[(offset * 8 + 5) // 6 : len(whole) - 4])
    return [shape for shape in shapes if len(shape) >= 6]


def scan(folder: Path, secrets: tuple[str, ...] = SECRETS) -> list[tuple[str, str]]:
    """Return where a secret stands in clear in any file of a folder."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [(path.name, secret) for secret in secrets if any(form in content for form in forms(secret))]
    return found


def test_given_a_secret_in_a_file_when_scanned_then_every_form_of_it_is_found(tmp_path):
    for number, content in enumerate(
        [b"x13912348765x", json.dumps("张隐私").encode(), base64.b64encode("ab张隐私住".encode())]
    ):
        (tmp_path / f"{number}.txt").write_bytes(content)

    assert {name for name, _ in scan(tmp_path)} == {"0.txt", "1.txt", "2.txt"}


def test_given_personal_data_said_everywhere_when_stored_then_none_stands_in_clear(conversation, caplog):
    caplog.set_level(logging.DEBUG)
    citizen = conversation()

    for said in (
        "我叫张隐私，身份证11010519491231002X，手机13912348765，住在虚构路8弄5号602室，卡号6222021234567890128",
        "我要办无犯罪记录证明",
        "张隐私",
        "11010519491231002X",
        "139 1234 8765",
        "求职",
        "确认",
        "我的手机号是13912348765，办好了吗",
    ):
        citizen.say(said)
    other = conversation()
    other.say("楼上半夜装修吵死了")
    other.say("虚构路8弄5号602室")
    other.say("13912348765")

    var = citizen.assistant.settings.var
    assert scan(var) == []
    for secret in SECRETS:
        assert secret not in caplog.text


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("手机13912348765", "13912348765"),
        ("电话 139-1234-8765 谢谢", "139-1234-8765"),
        ("幺三九幺二三四八七六五", "幺三九幺二三四八七六五"),
        ("身份证11010519491231002x", "11010519491231002x"),
        ("卡号 6222 0212 3456 7890 128", "6222 0212 3456 7890 128"),
        ("我叫张隐私，想办护照", "张隐私"),
        ("我是李四，想办护照", "李四"),
        ("您好，我是欧阳小明，想问居住证", "欧阳小明"),
        ("护照丢了。我是王小二", "王小二"),
        ("发到 zhang.yinsi+a@example.com 谢谢", "zhang.yinsi+a@example.com"),
        ("邮箱13912348765@example.com", "13912348765@example.com"),
        ("寄到浦东新区虚构路8弄5号602室", "虚构路8弄5号602室"),
    ],
)
def test_given_a_personal_value_when_masked_then_a_placeholder_stands_for_it(assistant, said, hidden):
    conversation = assistant.start()

    masked = assistant.agent.guard.mask(conversation, said)

    assert hidden not in masked
    assert assistant.services.personal_values.reveal(conversation, masked) == said


@pytest.mark.parametrize(
    "said",
    [
        *(
            "我是本人，怎么办",
            "我是学生，能办居住证吗",
            "我是高中生，能办吗",
            "我是程序员，能积分吗",
            "我是江苏人，刚来",
        ),
        *("我是车主，要年检", "我是申请人，", "我是代办，可以吗", "我是应届生，怎么落户", "我是老师，", "我是外地的，"),
        *("12345是什么电话", "2026年12月3日", "20261203", "交了120个月社保", "收件编号20261123-0000018"),
    ],
)
def test_given_an_ordinary_number_when_masked_then_it_stays(assistant, said):
    assert assistant.agent.guard.mask(assistant.start(), said) == said


def test_given_an_email_address_when_masked_then_it_has_a_placeholder_of_its_own(assistant):
    assert assistant.agent.guard.mask(assistant.start(), "邮箱是zhang@example.com") == "邮箱是[邮箱1]"
