"""Speak with the assistant in a terminal, through ALSA."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from rich.console import Console

from actions.texts import Texts
from assistant.batch import opened
from assistant.citizen.wire import reply_payload
from assistant.settings import Settings
from assistant.speech.driver import SpeechDriver
from assistant.speech.number_check import NumberCheck
from assistant.speech.spoken_reply import spoken_reply
from assistant.speech.voice import Voice
from voice.audio import SAMPLE_RATE, pcm_to_float
from voice.session.events import AudioClip, ClientEvent, FinalTranscript, Notice, PartialTranscript, ReplyGiven
from voice.session.reply import Heard, SpokenReply
from voice.session.requests import AskAssistant
from voice.session.settings import SessionSettings
from voice.session.spoken_session import SpokenSession
from voice.session.turn_words import TurnWords
from voice.synthesis.clip import Clip

_DEVICE = "default"
_ALSA_CONFIGURATION = "/usr/share/alsa/alsa.conf"


class NoMicrophone(Exception):
    """No microphone or loudspeaker answers: see `arecord -l`; `wenban chat` works without, `wenban talk` with files."""


def talk_at_microphone(settings: Settings, identity: str | None) -> None:
    """Listen and speak until interrupted; the conversation is kept like any other.

    Raises:
        NoMicrophone: ALSA has none.
        NoSpeechModel: the recogniser that is set is not there.
    """
    microphone = _open("r")
    with opened(settings.with_(demo=settings.demo or identity is not None), keep=True) as assistant:
        voice = Voice.open(settings, assistant.services)
        try:
            conversation = assistant.start(assistant.demo_identity(identity) if identity else None)
            asyncio.run(_Terminal(assistant, voice, conversation).run(microphone))
        except KeyboardInterrupt:
            pass
        finally:
            microphone.close()
            voice.close()


class _Terminal:
    """A spoken session whose client is this terminal."""

    def __init__(self, assistant: Any, voice: Voice, conversation_id: str) -> None:
        self._assistant = assistant
        self._conversation_id = conversation_id
        self._texts = Texts.load(assistant.settings.data / "texts" / "speech.yml")
        self._console = Console()
        # The loudspeaker is beside the microphone, and nothing takes its echo away.
        session = SpokenSession(SessionSettings(half_duplex=True), voice.endpointer(), TurnWords.load())
        is_yes = assistant.services.engine.is_plain_yes
        check = NumberCheck(assistant.services, self._texts, conversation_id)
        self._driver = SpeechDriver(conversation_id, session, voice, self._texts, is_yes, check, self._answer)

    async def run(self, microphone: Any) -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._hear, args=(microphone, loop), daemon=True).start()
        greeting = self._assistant.services.texts("greeting")
        self._driver.tell(self._driver.session.announced, SpokenReply((greeting,)))
        sending = asyncio.ensure_future(self._driver.serve(self._show))
        try:
            await self._driver.run()
        finally:
            sending.cancel()

    def _hear(self, microphone: Any, loop: asyncio.AbstractEventLoop) -> None:
        import av

        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        for frame in microphone.decode(audio=0):
            for part in resampler.resample(frame):
                loop.call_soon_threadsafe(self._driver.hear, pcm_to_float(part.to_ndarray().tobytes()))

    async def _answer(self, wanted: AskAssistant) -> SpokenReply:
        self._assistant.services.connector.advance()
        was_heard = wanted.reply_heard is Heard.WHOLE
        answered = await self._assistant.turn(self._conversation_id, wanted.text, wanted.confidence, was_heard)
        payload = reply_payload(answered.reply, answered.latency_ms)
        return spoken_reply(self._assistant.services, self._texts, self._conversation_id, payload)

    async def _show(self, event: ClientEvent) -> None:
        write: Callable[[str], None] = self._console.print
        match event:
            case PartialTranscript(text=text):
                self._console.print(f"[dim]{text} …[/]", end="\r")
            case FinalTranscript(text=text):
                write(f"[bold]> {text}[/]")
            case ReplyGiven(reply=reply):
                write("\n".join(reply.sentences))
            case Notice(kind=kind):
                write(f"[yellow]{self._driver.wording(kind)}[/]")
            case AudioClip(clip_id=clip_id, clip=clip):
                self._driver.tell(self._driver.session.playback_started, clip_id)
                with suppress(NoMicrophone, OSError, ValueError):  # without a loudspeaker it can be read
                    await asyncio.to_thread(_play, clip)
                self._driver.tell(self._driver.session.playback_finished, clip_id)


def _play(clip: Clip) -> None:
    import av

    with _open("w") as loudspeaker:
        stream = loudspeaker.add_stream("pcm_s16le", rate=clip.rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(clip.samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = clip.rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            loudspeaker.mux(packet)


def _open(mode: Literal["r", "w"]) -> Any:
    import av

    if Path(_ALSA_CONFIGURATION).is_file():
        os.environ.setdefault("ALSA_CONFIG_PATH", _ALSA_CONFIGURATION)
    try:
        return av.open(_DEVICE, mode, format="alsa")
    except (OSError, ValueError) as error:
        raise NoMicrophone(NoMicrophone.__doc__) from error
