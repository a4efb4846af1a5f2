"""What must hold for every way in."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from actions.status import AnswerStatus as Status
from storage.errors import DatabaseFull


def over_webhook(assistant, text, sender, **more) -> list[dict]:
    """Say something as a client of Rasa's webhook may."""
    channel = CollectingOutputChannel()
    message = UserMessage(text, channel, sender, **{"input_channel": "rest", **more})
    asyncio.run(assistant.agent.handle_message(message))
    return channel.messages


def tracked(assistant) -> str:
    """Return everything the tracker store holds, escapes undone."""
    with sa.create_engine(assistant.settings.tracker_url).connect() as connection:
        rows = connection.exec_driver_sql("SELECT sender_id, data FROM events").fetchall()
    return "\n".join(f"{sender} {json.dumps(json.loads(data), ensure_ascii=False)}" for sender, data in rows)


def test_given_a_client_that_names_our_channel_when_it_speaks_then_it_is_in_no_conversation_of_ours(
    assistant, conversation
):
    citizen = conversation("demo")
    citizen.say("我要开无犯罪记录证明")

    said = over_webhook(assistant, "求职就业", citizen.id, input_channel="wenban")

    assert all("张" not in message.get("text", "") for message in said)
    assert assistant.services.engine.expected(citizen.id).field == "purpose"


def test_given_what_a_client_adds_when_a_message_is_stored_then_neither_that_nor_its_sender_stands_in_clear(assistant):
    over_webhook(assistant, "护照丢了怎么补", "13988887777", metadata={"phone": "13966665555"})

    kept = tracked(assistant)
    assert "13988887777" not in kept and "13966665555" not in kept


def test_given_a_name_with_a_number_when_the_name_was_asked_then_both_are_masked(assistant, conversation):
    citizen = conversation()
    citizen.say("帮我办一张无犯罪记录证明")

    citizen.say("欧阳示例，310101199304180027")

    assert "欧阳示例" not in tracked(assistant)


def test_given_a_place_in_a_few_words_when_it_was_asked_then_it_is_masked(assistant, conversation):
    citizen = conversation()
    citizen.say("路灯坏了好几天没人修")

    citizen.say("阿婆家楼下3栋，13900000001")

    assert "阿婆家楼下" not in tracked(assistant)


@pytest.mark.parametrize("place", ["我家楼下3栋，13900000001", "在我家门口", "江边", "在路口"])
def test_given_a_place_that_was_asked_when_it_sounds_like_danger_then_it_is_an_answer(conversation, place):
    citizen = conversation()
    assert citizen.say("路灯坏了好几天没人修").status is Status.FLOW_ASKED

    assert citizen.say(place).status is not Status.EMERGENCY


@pytest.mark.parametrize("relation", ["我妈", "孩子", "老公", "朋友"])
def test_given_a_choice_that_was_asked_when_it_is_answered_then_it_is_no_emergency(conversation, relation):
    citizen = conversation()
    for said in ("我要替别人办无犯罪记录证明", "代办", "张示例", "310101199304180027", "13900000001"):
        citizen.say(said)

    assert citizen.say(relation).status is not Status.EMERGENCY


def test_given_an_application_when_danger_is_told_then_the_number_comes_and_the_application_stays(conversation):
    citizen = conversation("demo")
    citizen.say("我要开无犯罪记录证明")

    assert citizen.say("隔壁着火了，楼道里都是烟").status is Status.EMERGENCY
    assert citizen.say("求职就业").status is Status.FLOW_ASKED


def test_given_a_storage_that_fails_when_danger_is_told_then_the_number_is_said_all_the_same(
    assistant, conversation, monkeypatch
):
    def full(*_, **__):
        raise DatabaseFull("The disk that holds the database is full.")

    citizen = conversation()
    monkeypatch.setattr(type(assistant.services.personal_values), "put", full)
    monkeypatch.setattr(type(assistant.services.standings), "of", full)

    reply = citizen.say("我家着火了，电话13912345678")

    assert (reply.status, reply.urgent["number"]) == (Status.EMERGENCY, "119")


def test_given_a_storage_that_fails_when_something_is_asked_then_it_is_said_and_nothing_is_logged_of_it(
    assistant, conversation, monkeypatch, caplog
):
    def full(*_, **__):
        raise DatabaseFull("The disk that holds the database is full.")

    caplog.set_level(logging.DEBUG)
    citizen = conversation()
    monkeypatch.setattr(type(assistant.services.personal_values), "put", full)

    reply = citizen.say("我的手机号是13912345678，护照丢了")

    assert reply.status is Status.ERROR and reply.text
    assert "13912345678" not in caplog.text


def test_given_an_action_that_fails_when_asked_then_the_citizen_is_told_and_no_traceback_is_logged(
    assistant, conversation, monkeypatch, caplog
):
    def broken(*_, **__):
        raise RuntimeError("13912345678")

    monkeypatch.setattr("actions.answer.compose", broken)

    reply = conversation().say("护照丢了怎么补办")

    assert reply.status is Status.ERROR and reply.text
    assert "13912345678" not in caplog.text and "Traceback" not in caplog.text
