"""Whatever comes over the wire in whatever order, and whoever fails behind it, a spoken session goes on or ends well."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.texts import Texts
from assistant.speech.connection import Connection
from assistant.speech.driver import SpeechDriver
from assistant.speech.hall import Shown
from assistant.speech.manner import Manner
from assistant.speech.read_back import Said
from tests.voice.session.test_session_properties import loud_is_speech
from voice.audio import float_to_pcm, pcm_to_float
from voice.endpointing.endpointer import Endpointer
from voice.endpointing.voice_activity import VoiceActivity
from voice.opus import OpusEncoder
from voice.recognition.queue import RecognizerBusy
from voice.recognition.transcript import Doubt, Transcript
from voice.session.events import SessionState
from voice.session.reply import SpokenReply
from voice.session.requests import AskAssistant
from voice.session.settings import SessionSettings
from voice.session.spoken_session import SpokenSession
from voice.session.turn_words import TurnWords
from voice.synthesis.clip import Clip
from voice.synthesis.contract import SynthesisFailed

TEXTS = Texts.load(Path(__file__).parents[3] / "data" / "texts" / "speech.yml")
WORDS = TurnWords.load()
QUIET_AFTER_S = 150
LOUD = float_to_pcm(np.random.default_rng(0).normal(0.0, 0.1, 8000).astype(np.float32))
SILENCE = bytes(2 * 16000)
PACKET = OpusEncoder().encode(pcm_to_float(LOUD))[0]


class Whims:
    """A clock, a recogniser, an assistant and a synthesiser that answer, fail, refuse or never come back."""

    def __init__(self, moods: list[str]) -> None:
        self.now = 0.0
        self.moods = moods
        self.hall = True

    def clock(self) -> float:
        return self.now

    async def transcribe(self, audio: Any, expectation: Any, conversation_id: str, draft: bool = False) -> Transcript:
        return await self._in_a_mood(Transcript("怎么办居住证", 0.9, 1.0, 0.1), RecognizerBusy())

    async def clip(self, sentence: str, keep: bool = False, manner: Manner = Manner()) -> Clip:
        return await self._in_a_mood(Clip(np.zeros(50, np.int16), 100), SynthesisFailed())

    async def ask(self, wanted: AskAssistant) -> SpokenReply:
        return await self._in_a_mood(SpokenReply(("请带身份证。", "一共三步。")), ValueError())

    def __call__(self, said: Said) -> Said:
        return said

    def shown(self, text: str, is_draft: bool) -> Shown:
        return Shown(text)

    async def _in_a_mood(self, answer: Any, refusal: Exception) -> Any:
        mood = self.moods.pop(0) if self.moods else "answers"
        if mood == "fails":
            raise RuntimeError
        if mood == "refuses":
            raise refusal
        if mood == "nothing" and isinstance(answer, Transcript):
            return Transcript("", 0.0, 1.0, 0.1, Doubt.IMPROBABLE)
        if mood == "stalls":
            await asyncio.Event().wait()
        return answer


class Wire:
    """A WebSocket that notes whether all it was sent can be read."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    async def send(self, data: str | bytes) -> None:
        if isinstance(data, str):
            self.told.append(json.loads(data))

    async def close(self, code: int = 1000, reason: str = "") -> None:
        pass


def message(**told: Any) -> str:
    return json.dumps(told)


frames = st.one_of(
    st.sampled_from([LOUD, SILENCE, LOUD[:-1], LOUD[:1], LOUD[:333], b"", PACKET, PACKET[: len(PACKET) // 2]]),
    st.binary(max_size=60),
)
messages = st.one_of(
    st.sampled_from(["hold-pressed", "hold-released", "touch", "close", "hello", "", None, 7, [], {}]).map(
        lambda kind: message(type=kind)
    ),
    st.builds(
        lambda kind, clip_id: message(type=kind, clip_id=clip_id),
        st.sampled_from(["playback-started", "playback-finished"]),
        st.one_of(st.integers(-1, 40), st.sampled_from([None, "1", 1.5, 10**40])),
    ),
    st.builds(
        lambda text: message(type="message", text=text), st.one_of(st.text(max_size=9), st.sampled_from([None, 5]))
    ),
    st.builds(
        lambda speed: message(type="speak-as", speed=speed, volume=speed), st.sampled_from([0.5, "x", None, 1e400])
    ),
    st.sampled_from(["", "{", "[1]", "null", "\x00", '{"type": "message"']),
    st.text(max_size=9),
)
happenings = st.one_of(
    st.tuples(st.just("sends"), st.one_of(frames, messages)),
    st.tuples(st.just("speaks"), st.integers(1, 6)),
    st.tuples(st.just("waits"), st.sampled_from([0.05, 0.5, 2.0, 8.0, 30.0])),
    st.tuples(st.just("is gone"), st.none()),
    st.tuples(st.just("is back"), st.booleans()),
)
moods = st.lists(st.sampled_from(["answers", "answers", "fails", "refuses", "nothing", "stalls"]), max_size=30)


@settings(max_examples=120, deadline=None)
@given(st.lists(happenings, max_size=25), moods, st.booleans(), st.booleans())
def test_given_any_story_on_the_wire_then_nothing_is_raised_and_the_session_comes_to_rest(
    story: list[tuple[str, Any]], whims: list[str], hands_free: bool, opus: bool
) -> None:
    asyncio.run(lived(story, Whims(whims), SessionSettings(hands_free=hands_free), opus))


async def lived(story: list[tuple[str, Any]], whims: Any, settings: SessionSettings, opus: bool) -> None:
    raised: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: raised.append(context))
    session = SpokenSession(settings, Endpointer(activity=VoiceActivity(loud_is_speech)), WORDS)
    driver = SpeechDriver("one", session, whims, TEXTS, WORDS.is_filler, whims, whims.ask, whims.clock)
    wires = [Wire()]
    connection = Connection(wires[0], driver, opus)
    send = connection.send
    serving = [asyncio.ensure_future(driver.serve(send))]
    await settled()
    for kind, what in story:
        if kind == "sends":
            connection.receive(what)
        elif kind == "speaks":
            for frame in [LOUD] * what + [SILENCE]:
                whims.now += len(frame) / 32000
                driver.hear(pcm_to_float(frame))
        elif kind == "waits":
            whims.now += what
            driver.tell(session.tick)
        elif kind == "is gone":
            serving[-1].cancel()
            driver.leave(send)
        else:
            wires.append(Wire())
            connection = Connection(wires[-1], driver, what)
            send = connection.send
            serving.append(asyncio.ensure_future(driver.serve(send)))
        await settled()
    for _ in range(QUIET_AFTER_S):
        whims.now += 1.0
        driver.tell(session.tick)
        await settled()
    assert session.state in (SessionState.LISTENING, SessionState.CLOSED)
    driver.tell(session.close)
    await settled()
    assert driver.is_closed
    for task in serving:
        task.cancel()
    outcomes = await asyncio.gather(*serving, return_exceptions=True)
    assert all(isinstance(one, asyncio.CancelledError) for one in outcomes), outcomes
    assert not raised
    assert all(isinstance(one["type"], str) for wire in wires for one in wire.told)


async def settled() -> None:
    for _ in range(6):
        await asyncio.sleep(0)
