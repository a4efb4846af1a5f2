"""Run a spoken session: do what it asks for, send what it tells, and let time pass for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import numpy as np
from cachetools import TTLCache

from actions.texts import Texts
from assistant.speech.manner import Manner
from assistant.speech.number_check import NumberCheck
from assistant.speech.read_back import Said
from assistant.speech.voice import Voice
from voice.audio import SAMPLE_RATE
from voice.language.expectation import ExpectationKind
from voice.opus_clip import opus_clip
from voice.recognition.queue import RecognizerBusy
from voice.session.events import AudioClip, ClientEvent, Duck, NoticeKind, Resume, SessionState, StopAudio
from voice.session.reply import Heard, SpokenReply
from voice.session.requests import (
    AskAssistant,
    CancelRecognition,
    CancelSynthesis,
    Output,
    RecognitionKind,
    Recognize,
    Synthesize,
)
from voice.session.spoken_session import SpokenSession

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.05
SECONDS_AHEAD = 30.0
"""how much more sound than time may arrive, as after a hitch of the network"""
TYPED_WAITS_SECONDS = 120.0
"""how long the id of a typed turn is kept while it waits to be asked"""
_TURN = "turn"
Ask = Callable[[AskAssistant], Awaitable[SpokenReply]]
Send = Callable[[ClientEvent], Awaitable[None]]


class SpeechDriver:
    """Keep one spoken conversation going on an event loop, whether or not its client is there."""

    def __init__(
        self,
        conversation_id: str,
        session: SpokenSession,
        voice: Voice,
        texts: Texts,
        is_yes: Callable[[str], bool],
        check: NumberCheck,
        ask: Ask,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the parts; `is_yes` tells a plain yes, `ask` gives a turn to the assistant once it passes `check`."""
        self.manner = Manner()
        """how the citizen is spoken to, from the next sentence that is synthesised"""
        self.opus = False
        """whether clips are encoded for the client"""
        self.check = check
        self.conversation_id = conversation_id
        self._session = session
        self._voice = voice
        self._texts = texts
        self._is_yes = is_yes
        self._last_reply: SpokenReply | None = None
        self._ask = ask
        self._clock = clock
        self._send: Send | None = None
        self._serving: asyncio.Task[Any] | None = None
        self._began = clock()
        self._heard_seconds = 0.0
        self._to_send: asyncio.Queue[ClientEvent] = asyncio.Queue()
        self._tasks: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._message_ids: TTLCache[str | int, str] = TTLCache(maxsize=20, ttl=TYPED_WAITS_SECONDS)

    @property
    def is_closed(self) -> bool:
        """Tell whether the session is over."""
        return self._session.state is SessionState.CLOSED

    async def run(self) -> None:
        """Let time pass until the session is over."""
        try:
            while not self.is_closed:
                self.tell(self._session.tick)
                await asyncio.sleep(TICK_SECONDS)
        finally:
            for (kind, _), task in list(self._tasks.items()):
                if kind != _TURN:  # what was asked is done and kept, though nobody hears of it here
                    task.cancel()

    async def serve(self, send: Send) -> None:
        """Send what the session tells to a client until this is cancelled; an earlier client gives way."""
        if self._serving is not None:
            self._serving.cancel()
        if self._send is not None:
            self.leave(self._send)
        self._serving, self._send = asyncio.current_task(), send
        self.tell(self._session.reconnected)
        while True:
            await send(await self._to_send.get())
            self._to_send.task_done()

    async def told(self) -> None:
        """Wait until the client has been sent everything."""
        await self._to_send.join()

    def leave(self, send: Send) -> None:
        """Take it that the client is gone, unless another has taken its place."""
        if self._send is send:
            self._send = None
            self._forget_sound()
            self.tell(self._session.disconnected)

    def gave_way(self, send: Send) -> bool:
        """Tell whether another client has taken a client's place."""
        return self._send is not None and self._send is not send

    def _forget_sound(self) -> None:
        """Drop what was to be played at a client that is gone: the session holds it for stopped."""
        waiting = [self._to_send.get_nowait() for _ in range(self._to_send.qsize())]
        for event in waiting:
            if not isinstance(event, AudioClip | Duck | Resume | StopAudio):
                self._to_send.put_nowait(event)
            self._to_send.task_done()

    def hear(self, samples: np.ndarray) -> None:
        """Hand over sound, but no more than can have been spoken by now; time that passed in silence earns none."""
        elapsed = self._clock() - self._began
        heard_seconds = max(self._heard_seconds, elapsed) + len(samples) / SAMPLE_RATE
        if heard_seconds <= elapsed + SECONDS_AHEAD:
            self._heard_seconds = heard_seconds
            self.tell(self._session.audio, samples)

    def tell(self, happened: Callable[..., list[Output]], *what: Any) -> None:
        """Tell the session what happened, one of its own methods, and do what it wants done."""
        for output in happened(*what, self._clock()):
            self._do(output)

    def type(self, text: str, message_id: str | None) -> None:
        """Take a turn that was typed, under the client's id for it if it has one."""
        if message_id is not None:
            self._message_ids[text.strip()] = message_id
        self.tell(self._session.typed, text)

    def message_id(self, wanted: AskAssistant) -> str | None:
        """Return, once, the client's id for a typed turn, whatever number its yes stands for."""
        return self._message_ids.pop(wanted.ask_id, None)

    @property
    def session(self) -> SpokenSession:
        """Return the session, to be told what happens."""
        return self._session

    def _do(self, output: Output) -> None:
        if isinstance(output, Recognize):
            self._start("recognition", output.request_id, self._recognize(output))
        elif isinstance(output, AskAssistant):
            self._start(_TURN, output.ask_id, self._answer(output))
        elif isinstance(output, Synthesize):
            self._start("synthesis", output.clip_id, self._synthesize(output))
        elif isinstance(output, CancelRecognition):
            self._cancel("recognition", output.request_id)
        elif isinstance(output, CancelSynthesis):
            self._cancel("synthesis", output.clip_id)
        else:
            self._to_send.put_nowait(output)

    def _start(self, kind: str, number: int, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks[kind, number] = task
        task.add_done_callback(lambda _: self._tasks.pop((kind, number), None))

    def _cancel(self, kind: str, number: int) -> None:
        task = self._tasks.get((kind, number))
        if task is not None:
            task.cancel()

    async def _recognize(self, wanted: Recognize) -> None:
        draft = wanted.kind is RecognitionKind.PARTIAL
        audio = np.asarray(wanted.audio, dtype=np.float32)
        try:
            heard = await self._voice.transcribe(audio, wanted.expectation, self.conversation_id, draft)
        except RecognizerBusy:
            self.tell(self._session.recognition_refused, wanted.request_id)
        except Exception as error:  # what was said is lost then, and the citizen is told
            logger.error("Speech could not be recognised: %s", type(error).__name__)
            self.tell(self._session.recognition_failed, wanted.request_id)
        else:
            self.tell(self._session.transcript_ready, wanted.request_id, heard)

    async def _answer(self, wanted: AskAssistant) -> None:
        """Answer a turn."""
        try:
            reply = await self._reply_to(wanted)
        except Exception as error:
            logger.error("A spoken turn failed: %s", type(error).__name__)
            self.tell(self._session.assistant_failed, wanted.ask_id)
        else:
            self._last_reply = reply
            self.tell(self._session.reply_ready, wanted.ask_id, reply)

    async def _reply_to(self, wanted: AskAssistant) -> SpokenReply:
        """Ask again for a yes said before its question was heard, make sure of a number, or ask the assistant."""
        if wanted.typed and (message_id := self._message_ids.pop(wanted.text, None)):
            self._message_ids[wanted.ask_id] = message_id
        before = self._last_reply
        if before and self._answers_unheard(wanted, before):
            return before
        said = self.check(Said(wanted.text, wanted.confidence, wanted.typed))
        if isinstance(said, SpokenReply):
            return replace(said, kept=False)
        return await self._ask(replace(wanted, text=said.text, confidence=said.confidence))

    def _answers_unheard(self, wanted: AskAssistant, before: SpokenReply) -> bool:
        """Tell whether a yes answers a question that was not heard to its end, or not there when it was typed."""
        unheard = wanted.reply_heard is not Heard.WHOLE
        asked = before.expectation.kind is ExpectationKind.yes_no
        return unheard and asked and self._is_yes(wanted.text)

    async def _synthesize(self, wanted: Synthesize) -> None:
        fixed = isinstance(wanted.sentence, NoticeKind)
        text = self.wording(wanted.sentence) if isinstance(wanted.sentence, NoticeKind) else wanted.sentence
        try:
            clip = await self._voice.clip(text, keep=fixed, manner=self.manner)
            if self.opus and len(clip.samples):
                clip = await asyncio.to_thread(opus_clip, clip)
        except Exception as error:  # the sentence is on the screen
            logger.warning("A sentence could not be said: %s", type(error).__name__)
            self.tell(self._session.synthesis_failed, wanted.clip_id)
        else:
            self.tell(self._session.clip_ready, wanted.clip_id, clip)

    def wording(self, kind: NoticeKind) -> str:
        """Return what a notice says."""
        return self._texts(f"notices_{kind.value}")
