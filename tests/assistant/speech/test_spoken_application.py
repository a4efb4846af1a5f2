"""Three spoken turns to a receipt, heard by the shipped recogniser, with no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.voice.speech import in_container, spoken

TURNS = ("我要办无犯罪记录证明", "找工作用", "确认提交")


@pytest.fixture(scope="module")
def shipped(assistant: Any, project: Path) -> Iterator[Any]:
    """The voice as it is shipped."""
    from assistant.settings import Settings
    from assistant.speech.voice import Voice
    from voice.recognition.settings import WhisperSettings

    recognizer = WhisperSettings(str(project / "models" / "asr"), threads=1)
    settings: Settings = assistant.settings.with_(recognizer=recognizer)
    voice = Voice.open(settings, assistant.services)
    yield voice
    voice.close()


@pytest.mark.parametrize("variant", ["", "+m3"])
def test_given_three_spoken_turns_in_a_voice_it_learnt_then_the_certificate_is_applied_for(
    assistant: Any, shipped: Any, clock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variant: str
) -> None:
    from assistant.speech.talk import Dialogue
    from tests.conftest import MONDAY_MORNING

    def refuse(*_: object) -> None:
        raise AssertionError("something calls outside")

    clips = []
    for number, text in enumerate(TURNS):
        clips.append(tmp_path / f"{number}.wav")
        clips[-1].write_bytes(in_container(spoken(text, variant), "wav", "pcm_s16le"))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    clock.now = MONDAY_MORNING
    dialogue = Dialogue(assistant, shipped, assistant.start(assistant.demo_identity("demo")))

    records = [dialogue.turn(number, clip, tmp_path) for number, clip in enumerate(clips, start=1)]

    assert [record["status"] for record in records] == ["flow_asked", "flow_asked", "submitted"], records
    assert records[2]["item"] == "no-criminal-record-certificate"
    assert records[2]["application"]["receipt_number"]
