"""Speech out: a reply, sentence by sentence, so that the first one sounds early."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from voice.language.spoken_form import spoken_form
from voice.synthesis.clip import Clip, joined
from voice.synthesis.clip_cache import ClipCache
from voice.synthesis.contract import SynthesisFailed, SynthesisRequest, SynthesizerBusy, VoiceName
from voice.synthesis.external_synthesizers import synthesizer_from
from voice.synthesis.pyttsx3_synthesizer import Pyttsx3Synthesizer
from voice.synthesis.request_queue import SynthesisQueue
from voice.synthesis.sentences import sentences

Keep = bool | Callable[[str], bool]
"""whether a sentence is the same for everybody and may be kept on disk; a function is asked sentence by sentence"""


@dataclass(frozen=True)
class SynthesisSettings:
    """How replies are spoken."""

    voice: VoiceName = "mandarin"
    rate: int = 190
    """pace of our synthesiser at speed 1, in espeak-ng's words a minute"""
    volume: float = 1.0
    """0 to 1; 1 is the loudest that is not distorted"""
    pitch: int = 50
    """0 to 100, of our synthesiser"""
    synthesizer: str | None = None
    """another one to be asked first: `command:PROGRAM ARGUMENT…` or an http(s) address; ours speaks where it fails"""
    time_limit: float = 3.0
    """seconds our synthesiser may take over a sentence"""
    external_time_limit: float = 3.0
    """seconds the other one may take; ours has the rest of what a spoken session waits for a sentence"""
    external_rest: float = 30.0
    """seconds the other one is left alone after a failure"""
    most_waiting: int = 256
    """sentences asked for at the same time, of all speakers"""
    cache_folder: Path | None = None
    """where fixed sentences are kept; None keeps none"""
    cache_bytes: int = 64 * 2**20


@dataclass(frozen=True)
class SpokenSentence:
    """A part of a reply and how it sounds."""

    text: str
    """as written"""
    clip: Clip
    """empty where the text has no sound"""


class Synthesizer:
    """Speak for several sessions at once. Safe from any thread and any event loop."""

    def __init__(self, settings: SynthesisSettings | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare to speak; processes start with the first sentence. `clock` gives seconds.

        Raises:
            UnknownSynthesizer: the settings name a synthesiser that does not exist.
        """
        self._settings = settings = settings or SynthesisSettings()
        external = synthesizer_from(settings.synthesizer, settings.external_time_limit)
        ours = Pyttsx3Synthesizer(settings.rate, settings.pitch, settings.time_limit)
        self._queues = [SynthesisQueue(ours, settings.most_waiting, 0.0, clock)]
        if external:
            self._queues.insert(0, SynthesisQueue(external, settings.most_waiting, settings.external_rest, clock))
        self._cache = ClipCache(settings.cache_folder, settings.cache_bytes) if settings.cache_folder else None

    def __enter__(self) -> Synthesizer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Start our process and load the readings, so that the first reply need not wait for them; blocks.

        Raises:
            SynthesisFailed: it does not start.
        """
        self._queues[-1].submit(self._request("好", None, 1.0, 1.0)).result()

    def close(self) -> None:
        """End every process; what is being spoken fails."""
        for queue in self._queues:
            queue.close()

    async def speak(
        self, text: str, voice: VoiceName | None = None, speed: float = 1.0, volume: float = 1.0, keep: Keep = False
    ) -> AsyncIterator[SpokenSentence]:
        """Yield a reply in sentences, each as soon as it is spoken; speed and volume are factors.

        Only sentences that `keep` allows are looked for and kept on disk: never one that holds personal data.

        Raises:
            SynthesisFailed: a sentence could not be spoken; those before it were given.
            SynthesizerBusy: too many are waiting.
            UnknownVoice: there is no such voice.
        """
        for sentence in sentences(text):
            request = self._request(sentence, voice, speed, volume)
            kept = keep(sentence) if callable(keep) else keep
            yield SpokenSentence(sentence, await self._spoken(request, self._cache if kept else None))

    def say(self, text: str, voice: VoiceName | None = None, speed: float = 1.0, volume: float = 1.0) -> Clip:
        """Return a whole text as one clip; blocks, and is not for a thread that runs an event loop.

        Raises:
            SynthesisFailed, SynthesizerBusy, UnknownVoice: as `speak`.
        """

        async def whole() -> list[Clip]:
            return [spoken.clip async for spoken in self.speak(text, voice, speed, volume)]

        return joined(asyncio.run(whole()))

    def _request(self, sentence: str, voice: VoiceName | None, speed: float, volume: float) -> SynthesisRequest:
        try:
            text = spoken_form(sentence.encode(errors="ignore").decode())
        except ValueError as error:  # a number that cannot be said
            raise SynthesisFailed(f"{SynthesisFailed.__doc__} {error}") from error
        return SynthesisRequest(text, voice or self._settings.voice, speed, volume * self._settings.volume)

    async def _spoken(self, request: SynthesisRequest, cache: ClipCache | None) -> Clip:
        failure: Exception | None = None
        for queue in self._queues:
            fingerprint = await asyncio.to_thread(queue.fingerprint, request) if cache else ""
            if cache and (clip := await asyncio.to_thread(cache.get, fingerprint)):
                return clip
            try:
                clip = await asyncio.wrap_future(queue.submit(request))
            except (SynthesisFailed, SynthesizerBusy) as error:
                failure = error
                continue
            if cache:
                await asyncio.to_thread(cache.put, fingerprint, clip)
            return clip
        assert failure
        raise failure
