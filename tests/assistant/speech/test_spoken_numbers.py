"""Numbers said over the wire, by clips and in a dialogue of clips, with the real conversation behind them."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.assistant.speech.client import Line
from tests.assistant.speech.rehearsed import RehearsedModel
from tests.voice.speech import in_container, spoken

MOBILE, ID_NUMBER = "13800138000", "11010519491231002X"
AS_SAID = "幺三八零零幺三八零零零"
UNTIL_THE_ID, UNTIL_THE_PHONE = ("我想申请办理有无犯罪证明", "张三"), ("我想申请办理有无犯罪证明", "张三", ID_NUMBER)
UNSURE, SURE = -0.1, -0.001
ID_ASKED, PHONE_ASKED, NEXT_ASKED = "身份证号码是多少", "手机号是多少", "用于什么用途"


def asked_for(assistant: Any, line: Line) -> str | None:
    expected = assistant.services.engine.expected(line.conversation)
    return expected.type if expected else None


def events_of(line: Line) -> int:
    return len(line.citizens.hub.since(line.conversation, 0))


async def test_given_a_number_not_surely_heard_then_it_is_read_back_and_a_yes_gives_it_to_the_assistant(
    stranger: Line, model: RehearsedModel, assistant: Any
) -> None:
    assert PHONE_ASKED in await stranger.types(*UNTIL_THE_PHONE)
    turns = events_of(stranger)
    model.lines, model.log_probability = [AS_SAID, "对"], UNSURE
    socket, stream = stranger.open(mode="hold")

    question = await stranger.answers(socket, AS_SAID)
    assert "".join(question["sentences"]) == f"您说的手机号是{MOBILE}，对吗？"
    assert (question["expects"], question["read_back"]) == ("yes_no", "138 0013 8000")
    assert (events_of(stranger), asked_for(assistant, stranger)) == (turns, "cn_mobile")

    answer = await stranger.answers(socket, "对")
    assert asked_for(assistant, stranger) == "choice"
    assert not answer["read_back"]
    socket.leave()
    await stream


async def test_given_a_yes_before_the_number_was_heard_then_it_is_read_back_again(
    stranger: Line, model: RehearsedModel, assistant: Any
) -> None:
    await stranger.types(*UNTIL_THE_PHONE)
    model.lines, model.log_probability = [AS_SAID, "对"], UNSURE
    socket, stream = stranger.open(mode="hold")
    socket.plays = False

    question = await stranger.answers(socket, AS_SAID)
    again = await stranger.answers(socket, "对")

    assert again["sentences"] == question["sentences"]
    assert asked_for(assistant, stranger) == "cn_mobile"
    socket.leave()
    await stream


async def test_given_too_few_digits_then_their_count_is_told_and_the_assistant_never_hears_of_it(
    stranger: Line, model: RehearsedModel
) -> None:
    await stranger.types(*UNTIL_THE_PHONE)
    turns = events_of(stranger)
    model.lines, model.log_probability = ["幺三八零零幺三八零", "幺三八零零幺三八零"], SURE
    socket, stream = stranger.open(mode="hold")

    first = "".join((await stranger.answers(socket, "幺三八零零幺三八零"))["sentences"])
    second = "".join((await stranger.answers(socket, "幺三八零零幺三八零"))["sentences"])

    assert first == "我听到了 9 位，手机号是 11 位，请一位一位再说一遍。"
    assert second.startswith(first)
    assert "键盘" in second
    assert events_of(stranger) == turns
    socket.tell("message", text=MOBILE)
    assert (await socket.until("reply", 3))[2]["expects"] == "choice"
    socket.leave()
    await stream


async def test_given_a_hall_then_a_number_is_on_the_screen_only_and_in_no_log(
    stranger: Line, model: RehearsedModel, assistant: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await stranger.types(*UNTIL_THE_PHONE)
    model.lines, model.log_probability = [AS_SAID], UNSURE
    socket, stream = stranger.open(mode="hold", hall=True)

    question = await stranger.answers(socket, AS_SAID)
    assert "屏幕" in "".join(question["sentences"])
    assert not any(figure.isdigit() for figure in "".join(question["sentences"]))
    assert (question["read_back"], question["input"]) == ("138 0013 8000", "speech")
    socket.tell("message", text=question["choices"][0])
    await socket.until("reply", 2)

    assert asked_for(assistant, stranger) == "choice"
    assert MOBILE not in caplog.text
    assert "138 0013 8000" not in caplog.text
    socket.leave()
    await stream


async def test_given_a_hall_then_an_id_number_is_typed_and_not_said(
    stranger: Line, model: RehearsedModel, assistant: Any
) -> None:
    await stranger.types(UNTIL_THE_ID[0])
    model.lines, model.log_probability = ["张三", ID_NUMBER], SURE
    socket, stream = stranger.open(mode="hold", hall=True)

    asked = await stranger.answers(socket, "张三")
    turns = events_of(stranger)
    refused = await stranger.answers(socket, "幺幺零幺零五")
    assert ID_ASKED in "".join(asked["sentences"])
    assert [one["input"] for one in (asked, refused)] == ["keypad", "keypad"]
    assert "".join(refused["sentences"]) == "身份证号请不要说出来，请用屏幕上的键盘输入，或者刷身份证。"
    transcripts = [*socket.events("transcript"), *socket.events("transcript-partial")]
    assert not [one for one in transcripts if set(one["text"]) & set("0123456789X")]
    assert [one["type_instead"] for one in socket.events("transcript")] == [None, "".join(refused["sentences"])]
    assert (events_of(stranger), asked_for(assistant, stranger)) == (turns, "cn_id_number")

    socket.tell("message", text=ID_NUMBER)
    assert (await socket.until("reply", 3))[2]["input"] == "speech"
    assert asked_for(assistant, stranger) == "cn_mobile"
    socket.leave()
    await stream


async def test_given_another_place_then_an_id_number_may_be_said(
    stranger: Line, model: RehearsedModel, assistant: Any
) -> None:
    await stranger.types(*UNTIL_THE_ID)
    model.lines, model.log_probability = [ID_NUMBER], SURE
    socket, stream = stranger.open(mode="hold")

    await stranger.answers(socket, "幺幺零幺零五幺九四九幺二三幺零零二叉")

    assert asked_for(assistant, stranger) == "cn_mobile"
    socket.leave()
    await stream


async def test_given_a_session_goes_on_at_a_kiosk_then_the_kiosks_rules_hold(
    stranger: Line, model: RehearsedModel
) -> None:
    await stranger.types(*UNTIL_THE_PHONE)
    model.lines, model.log_probability = [AS_SAID], UNSURE
    first, stream = stranger.open(mode="hold")
    await first.until("state")
    first.leave()
    await stream
    kiosk, again = stranger.open(mode="hold", hall=True)

    assert MOBILE not in "".join((await stranger.answers(kiosk, AS_SAID))["sentences"])
    kiosk.leave()
    await again


async def test_given_a_person_has_the_conversation_then_numbers_are_theirs_to_judge(
    stranger: Line, model: RehearsedModel, assistant: Any
) -> None:
    from assistant.speech.number_check import NumberCheck
    from assistant.speech.read_back import Said

    await stranger.types(*UNTIL_THE_PHONE)
    check = NumberCheck(assistant.services, stranger.channel._texts, stranger.conversation)
    few = Said("138001", 0.9)
    assert check(few) is not few
    handoff = assistant.services.handoffs.open(stranger.conversation, "asked", "")
    assert check(few) is not few
    assistant.services.handoffs.enqueue(handoff.id)

    assert check(few) is few


async def test_given_a_number_corrected_at_the_confirmation_then_it_is_read_back_and_changed_at_the_yes(
    line: Line, model: RehearsedModel, assistant: Any
) -> None:
    assert "139****0001" in await line.types("我想申请办理有无犯罪证明", "找工作用的")
    model.lines, model.log_probability = [f"手机号改成{AS_SAID}", "对"], UNSURE
    socket, stream = line.open(mode="hold")

    question = await line.answers(socket, f"手机号改成{AS_SAID}")
    assert "".join(question["sentences"]) == f"您说的手机号是{MOBILE}，对吗？"
    assert question["read_back"] == "138 0013 8000"

    changed = "".join((await line.answers(socket, "对"))["sentences"])
    assert "138****8000" in changed
    assert assistant.services.applications.of_conversation(line.conversation) == ()
    socket.leave()
    await stream


async def test_given_a_hall_then_an_id_number_that_nobody_asked_for_is_not_taken(
    stranger: Line, model: RehearsedModel
) -> None:
    model.lines, model.log_probability = [f"我的身份证号是{ID_NUMBER}"], SURE
    socket, stream = stranger.open(mode="hold", hall=True)
    turns = events_of(stranger)

    refused = await stranger.answers(socket, "我的身份证号是幺幺零幺零五")

    assert "".join(refused["sentences"]).startswith("身份证号请不要说出来，需要时我会请您用键盘输入")
    assert (refused["input"], events_of(stranger)) == ("speech", turns)
    assert socket.events("transcript")[0]["text"] == f"我的身份证号是{'*' * 18}"
    socket.leave()
    await stream


async def test_given_a_yes_that_only_the_classifier_knows_then_it_counts_when_its_question_was_heard(
    line: Line, model: RehearsedModel, assistant: Any
) -> None:
    await line.types("我想申请办理有无犯罪证明")
    assert not assistant.services.engine.is_plain_yes("核对过了")
    model.lines, model.log_probability = ["找工作用的", "核对过了", "核对过了"], SURE
    socket, stream = line.open(mode="hold")
    socket.plays = False
    asked = await line.answers(socket, "找工作用的")
    socket.plays = True

    again = await line.answers(socket, "核对过了")
    assert again["sentences"] == asked["sentences"]
    assert assistant.services.applications.of_conversation(line.conversation) == ()

    await line.answers(socket, "核对过了")
    assert len(assistant.services.applications.of_conversation(line.conversation)) == 1
    socket.leave()
    await stream


async def test_given_the_next_clip_goes_to_another_process_then_its_yes_is_for_the_number(
    stranger: Line, model: RehearsedModel, assistant: Any, voice: Any
) -> None:
    from assistant.speech.channel import SpeechChannel

    await stranger.types(*UNTIL_THE_PHONE)
    model.lines, model.log_probability = [AS_SAID, "对"], UNSURE
    other = SpeechChannel(stranger.citizens, voice)
    told = []
    for channel, text in ((stranger.channel, AS_SAID), (other, "对")):
        clip = in_container(spoken(text), "wav", "pcm_s16le")
        told.append(json.loads((await channel.say(SimpleNamespace(body=clip, token=None), stranger.conversation)).body))

    assert told[0]["notice"]["read_back"] == "138 0013 8000"
    assert [event["type"] for event in told[1]["events"]] == ["message", "reply"]
    assert asked_for(assistant, stranger) == "choice"


async def test_given_clips_over_rest_then_a_number_is_asked_back_as_a_notice_and_a_yes_is_the_turn(
    stranger: Line, model: RehearsedModel, assistant: Any
) -> None:
    await stranger.types(*UNTIL_THE_PHONE)
    model.lines, model.log_probability = ["幺三八零零幺三八零", AS_SAID, "对"], UNSURE
    clips = [in_container(spoken(text), "wav", "pcm_s16le") for text in ("幺三八零零幺三八零", AS_SAID, "对")]

    told = [
        json.loads((await stranger.channel.say(SimpleNamespace(body=clip, token=None), stranger.conversation)).body)
        for clip in clips
    ]

    assert [one["events"] for one in told[:2]] == [[], []]
    assert told[0]["notice"]["text"] == "我听到了 9 位，手机号是 11 位，请一位一位再说一遍。"
    assert told[1]["notice"] == {
        "notice": "number",
        "text": f"您说的手机号是{MOBILE}，对吗？",
        "read_back": "138 0013 8000",
    }
    assert [event["type"] for event in told[2]["events"]] == ["message", "reply"]
    assert MOBILE not in json.dumps(told[2]["events"])
    assert asked_for(assistant, stranger) == "choice"


def test_given_clips_of_a_dialogue_then_a_number_is_read_back_and_kept_out_of_what_was_heard(
    assistant: Any, voice: Any, model: RehearsedModel, tmp_path: Path
) -> None:
    from assistant.speech.talk import Dialogue

    conversation = assistant.start()
    dialogue = Dialogue(assistant, voice, conversation)
    model.lines = [*UNTIL_THE_PHONE, AS_SAID, "对"]
    records = []
    for number, said in enumerate((*UNTIL_THE_PHONE[:2], "幺幺零幺零五幺九四九幺二三幺零零二叉", AS_SAID, "对"), 1):
        clip = tmp_path / f"{number}.wav"
        clip.write_bytes(in_container(spoken(said), "wav", "pcm_s16le"))
        model.log_probability = SURE if number <= 3 else UNSURE
        records.append(dialogue.turn(number, clip, tmp_path))

    assert records[3]["heard"] == "***********"
    assert (records[3]["status"], "".join(records[3]["spoken"])) == ("flow_asked", f"您说的手机号是{MOBILE}，对吗？")
    assert Path(records[3]["audio"]).is_file()
    assert MOBILE not in json.dumps(records[4])
    assert assistant.services.engine.expected(conversation).type == "choice"
