"""A citizen who says what was written for a dialogue, makes sure of numbers, and gives up when nothing is under way."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.sounds import RATE
from benchmarks.spoken_clips import ClipMaker, in_noise, said

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.speech.voice import Voice
    from storage.application_records import Application

RIGHT, WRONG = "对", "不对"
"""what is said to a number that is read back"""
_NUMBER = re.compile("[幺零一二三四五六七八九]{7,}")
_FIGURES = str.maketrans("幺零一二三四五六七八九", "10123456789")
_READ_BACK = re.compile(r"\d{7,}")
_SLOWER = 30
"""words a minute less when something is said again"""


@dataclass(frozen=True)
class Submitted:
    """An application as far as it must be right."""

    item: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Played:
    """What came of one dialogue."""

    voice: str
    speed: int
    noise_db: float | None
    wish: str
    submitted: bool
    """the application that was meant"""
    wrong: int
    """applications that were not meant"""
    statuses: tuple[str, ...]
    heard: tuple[str, ...]


class Player:
    """Play dialogues to one assistant, a conversation each."""

    def __init__(self, assistant: Assistant, voice: Voice, free: frozenset[str]) -> None:
        """Keep the parts; `free` names the fields that are not compared."""
        self._assistant, self._voice, self._free = assistant, voice, free
        self._clips, self._chance = ClipMaker(), np.random.default_rng(7)

    def typed(self, turns: Sequence[str]) -> Submitted | None:
        """Type a dialogue and return what it submits, None unless that is one application."""
        conversation_id = self._start()
        for text in turns:
            asyncio.run(self._assistant.turn(conversation_id, text))
        submitted = self._submitted(conversation_id)
        return submitted[0] if len(submitted) == 1 else None

    def spoken(self, turns: Sequence[str], meant: Submitted, voice: str, speed: int, noise_db: float | None) -> Played:
        """Say a dialogue until something is submitted, or nothing is under way that could be."""
        from assistant.speech.talk import Dialogue

        conversation_id = self._start()
        records: list[dict[str, Any]] = []
        dialogue = Dialogue(self._assistant, self._voice, conversation_id)
        waiting, again = deque((text, speed) for text in turns), True
        with tempfile.TemporaryDirectory(prefix="wenban-dialogue-") as folder:
            clip = Path(folder) / "said.wav"
            while waiting:
                text, pace = waiting.popleft()
                clip.write_bytes(self._wav(text, voice, pace, noise_db))
                records.append(dialogue.turn(len(records) + 1, clip, Path(folder)))
                if self._submitted(conversation_id) or not self._may_go_on(conversation_id, records[-1]):
                    break
                more = number_answers(text, records[-1]["spoken"], self._asks_for_number(conversation_id))
                if again or more == [RIGHT]:
                    waiting.extendleft((one, speed - _SLOWER) for one in reversed(more))
                    again = again and text not in more
        submitted = self._submitted(conversation_id)
        right = sum(one == meant for one in submitted)
        return Played(
            voice=voice,
            speed=speed,
            noise_db=noise_db,
            wish=turns[0],
            submitted=right > 0,
            wrong=len(submitted) - min(1, right),
            statuses=tuple(record["status"] for record in records),
            heard=tuple(record["heard"] for record in records),
        )

    def _start(self) -> str:
        self._assistant.services.connector.advance()
        return self._assistant.start(self._assistant.demo_identity("demo"))

    def _wav(self, text: str, voice: str, speed: int, noise_db: float | None) -> bytes:
        from voice.synthesis.clip import Clip

        wave = self._clips.speak(said(text), voice, speed)
        if noise_db is not None:
            wave = in_noise(wave, noise_db, self._chance)
        return Clip(np.asarray(np.clip(wave * 32767, -32768, 32767), np.int16), RATE).wav

    def _may_go_on(self, conversation_id: str, record: Mapping[str, Any]) -> bool:
        under_way = self._assistant.services.engine.expected(conversation_id) is not None
        return under_way or bool(record.get("choices"))

    def _asks_for_number(self, conversation_id: str) -> bool:
        expected = self._assistant.services.engine.expected(conversation_id)
        return expected is not None and expected.type == "cn_mobile"

    def _submitted(self, conversation_id: str) -> list[Submitted]:
        return [self._seen(one) for one in self._assistant.services.applications.of_conversation(conversation_id)]

    def _seen(self, application: Application) -> Submitted:
        fields = {name: value for name, value in application.fields.items() if name not in self._free}
        return Submitted(application.item_id, fields)


def number_answers(text: str, spoken: Sequence[str], still_asked: bool) -> list[str]:
    """Return what is said next after a number: a yes or a no to what was read back, and the number again."""
    if not still_asked or not _NUMBER.fullmatch(text):
        return []
    read_back = _READ_BACK.findall("".join(spoken).replace(" ", ""))
    if not read_back:
        return [text]
    return [RIGHT] if text.translate(_FIGURES) in read_back else [WRONG, text]
