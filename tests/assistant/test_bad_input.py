"""Bad input gets a clear reply in Chinese; nothing is lost and nothing breaks."""

from __future__ import annotations

import pytest

from actions.status import AnswerStatus as Status

LONG = "我想问一下身份证的事情" * 460


@pytest.mark.parametrize("said", ["", "   ", "\u200b\u200b", "😀😀😀", "？？？", LONG])
def test_given_nothing_to_understand_when_it_comes_then_it_is_said_what_to_do(conversation, said):
    reply = conversation().say(said)

    assert reply.status is Status.NOT_UNDERSTOOD
    assert reply.text


@pytest.mark.parametrize("said", ["/affirm", "/turn_application", "／affirm", "/restart", '/apply{"item": "x"}'])
def test_given_a_read_back_when_a_command_comes_then_it_confirms_nothing(conversation, said):
    citizen = conversation("demo")
    citizen.say("我要办无犯罪记录证明")
    citizen.say("求职")

    assert citizen.say(said).status is not Status.SUBMITTED
    assert citizen.say("确认").status is Status.SUBMITTED


@pytest.mark.parametrize(
    "said",
    [
        "<script>alert('身份证')</script>",
        "'; DROP TABLE applications; --",
        "passport丟失了怎麼補辦abc123",
        "{{7*7}} ${jndi:ldap://x}",
        "a" * 499,
        "\x00\x07身份证丢了",
    ],
)
def test_given_code_or_mixed_scripts_when_it_comes_then_it_is_only_text(conversation, said):
    reply = conversation().say(said)

    assert reply.status is not Status.ERROR
    assert reply.text


def test_given_traditional_characters_when_asked_then_they_are_understood(conversation):
    assert conversation().say("護照丟了怎麼補辦").item == "passport-reissue"


def test_given_a_flow_when_a_wrong_id_and_a_short_phone_come_then_each_is_explained_and_nothing_is_lost(
    conversation,
):
    citizen = conversation()
    citizen.say("帮我办一张无犯罪记录证明")
    citizen.say("张示例")

    wrong_id = citizen.say("110105194912310021")
    assert wrong_id.status is Status.FLOW_ASKED and "身份证" in wrong_id.text
    citizen.say("11010519491231002X")

    short_phone = citizen.say("13900")
    assert short_phone.status is Status.FLOW_ASKED and "手机号" in short_phone.text
    assert citizen.say("13900001234").status is Status.FLOW_ASKED
    citizen.say("求职")
    assert citizen.say("确认").status is Status.SUBMITTED
