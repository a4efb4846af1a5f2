"""A spoken dialogue from clips: the three turns, what is not heard, and what is no sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.speech.rehearsed import RehearsedModel
from tests.voice.speech import in_container, spoken
from voice.synthesis.clip import Clip


@pytest.fixture
def dialogue(assistant: Any, voice: Any, clock: Any) -> Any:
    from assistant.speech.talk import Dialogue
    from tests.conftest import MONDAY_MORNING

    clock.now = MONDAY_MORNING
    return Dialogue(assistant, voice, assistant.start(assistant.demo_identity("demo")))


def _clip(folder: Path, text: str) -> Path:
    path = folder / f"{text}.wav"
    path.write_bytes(in_container(spoken(text), "wav", "pcm_s16le"))
    return path


def test_given_three_spoken_turns_then_an_application_is_submitted_and_said(
    dialogue: Any, model: RehearsedModel, tmp_path: Path
) -> None:
    said = ["我想申请办理有无犯罪证明", "找工作用", "确认提交"]
    model.lines = list(said)

    records = [dialogue.turn(number, _clip(tmp_path, text), tmp_path) for number, text in enumerate(said, start=1)]

    assert [record["status"] for record in records] == ["flow_asked", "flow_asked", "submitted"]
    assert records[2]["application"]["receipt_number"]
    for record in records:
        assert Clip.from_wav(Path(record["audio"]).read_bytes()).seconds > 1.0
        assert record["stages_ms"]["first_sound"] > record["stages_ms"]["end_of_speech"] > 0


def test_given_nothing_was_understood_then_it_is_asked_again_and_the_assistant_never_hears_of_it(
    dialogue: Any, model: RehearsedModel, tmp_path: Path
) -> None:
    record = dialogue.turn(1, _clip(tmp_path, "你好"), tmp_path)

    assert (record["heard"], record["status"], record["doubt"]) == ("", "not_understood", "silence")
    assert record["text"] == record["spoken"][0]
    assert Clip.from_wav(Path(record["audio"]).read_bytes()).seconds > 0.5


def test_given_no_voice_then_the_reply_is_told_as_text(
    dialogue: Any, model: RehearsedModel, voice: Any, tmp_path: Path
) -> None:
    model.lines = ["护照丢了怎么补"]
    voice.synthesizer.close()

    record = dialogue.turn(1, _clip(tmp_path, "护照丢了怎么补"), tmp_path)

    assert record["text"] and record["spoken"]
    assert record["audio"] is None
    assert record["stages_ms"]["first_sound"] > 0


def test_given_a_guess_then_it_is_not_believed(dialogue: Any, model: RehearsedModel, tmp_path: Path) -> None:
    model.lines, model.log_probability = ["我想申请办理有无犯罪证明"], -2.0

    assert dialogue.turn(1, _clip(tmp_path, "你好"), tmp_path)["status"] == "not_understood"


def test_given_words_half_heard_then_the_item_is_less_sure_than_when_typed(
    dialogue: Any, assistant: Any, model: RehearsedModel, tmp_path: Path
) -> None:
    model.lines, model.log_probability = ["护照丢了怎么补"], -0.5

    record = dialogue.turn(1, _clip(tmp_path, "护照丢了怎么补"), tmp_path)

    import asyncio

    typed = asyncio.run(assistant.turn(assistant.start(), "护照丢了怎么补")).reply
    assert record["candidates"][0]["item"] == typed.item
    assert record["confidence"] < 0.7 * typed.confidence


def test_given_rubbish_then_the_turn_says_so_and_nothing_is_lost(
    dialogue: Any, model: RehearsedModel, tmp_path: Path
) -> None:
    rubbish = tmp_path / "rubbish.wav"
    rubbish.write_bytes(b"not a sound" * 50)
    model.lines = ["我想申请办理有无犯罪证明"]

    assert dialogue.turn(1, rubbish, tmp_path)["error"]
    assert dialogue.turn(2, _clip(tmp_path, "我想申请"), tmp_path)["status"] == "flow_asked"


def test_given_a_record_then_it_is_one_line_of_json(dialogue: Any, model: RehearsedModel, tmp_path: Path) -> None:
    model.lines = ["身份证丢了怎么办"]
    line = json.dumps(dialogue.turn(1, _clip(tmp_path, "身份证丢了怎么办"), tmp_path), ensure_ascii=False)

    assert "\n" not in line
    assert json.loads(line)["heard"] == "身份证丢了怎么办"
