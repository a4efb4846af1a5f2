"""The ear and the voice that all spoken conversations of a process share."""

from __future__ import annotations

import asyncio
import logging

import numpy as np

from actions.services import Services
from assistant.settings import Settings
from assistant.speech.manner import Manner
from assistant.speech.understanding import Understanding
from voice.endpointing.endpointer import Endpointer
from voice.endpointing.settings import ELDER_SETTINGS
from voice.endpointing.voice_activity import SileroModel, VoiceActivity
from voice.endpointing.whole_speech import utterances_in
from voice.language.expectation import Expectation
from voice.recognition.queue import RecognitionQueue
from voice.recognition.recognizer import Recognizer
from voice.recognition.transcript import Transcript
from voice.recognition.transcript import joined as joined_transcript
from voice.recognition.whisper_model import NoSpeechModel, WhisperSpeechModel
from voice.synthesis.clip import Clip, joined
from voice.synthesis.synthesizer import SynthesisSettings, Synthesizer

logger = logging.getLogger(__name__)


class Voice:
    """Hear and speak for several conversations at once."""

    def __init__(self, recognizer: Recognizer, understanding: Understanding, synthesizer: Synthesizer) -> None:
        """Keep the parts; `open` makes them."""
        self.recognizer = recognizer
        self.understanding = understanding
        self.synthesizer = synthesizer
        self._queue: RecognitionQueue | None = None
        self._silero = SileroModel()

    @classmethod
    def open(cls, settings: Settings, services: Services) -> Voice:
        """Load the recogniser and prepare to speak.

        Raises:
            NoSpeechModel: the recogniser that is set is not there.
        """
        model = WhisperSpeechModel(settings.recognizer, settings.speech_models)
        logger.info("Speech is recognised by a %s", model.description)
        if model.is_demonstration:
            logger.warning("It hears synthetic voices and not people; a real one is set by WENBAN_ASR_MODEL=small")
        synthesizer = Synthesizer(
            SynthesisSettings(
                synthesizer=settings.synthesizer,
                rate=settings.speech_rate,
                cache_folder=settings.var / "spoken",
            )
        )
        return cls(Recognizer(model), Understanding.of(services.catalogue), synthesizer)

    def endpointer(self, elder: bool = False) -> Endpointer:
        """Return the end-pointing of one session; the elderly are waited for longer."""
        return Endpointer(ELDER_SETTINGS if elder else None, VoiceActivity(self._silero))

    async def transcribe(
        self, audio: np.ndarray, expectation: Expectation, conversation_id: str, draft: bool = False
    ) -> Transcript:
        """Return what was said in float32 samples at 16 kHz, as it would have been typed.

        Raises:
            RecognizerBusy: more people speak than can be heard at once.
        """
        if self._queue is None:
            self._queue = RecognitionQueue(self.recognizer.transcribe)
        heard = await self._queue.transcribe(audio, conversation_id, draft)
        return await asyncio.to_thread(self.understanding, heard, expectation) if heard.text else heard

    async def transcribe_clip(self, audio: np.ndarray, expectation: Expectation, conversation_id: str) -> Transcript:
        """Return what was said in a whole clip; a long one takes its turn in the queue utterance by utterance.

        Raises:
            RecognizerBusy: more people speak than can be heard at once.
        """
        utterances = await asyncio.to_thread(utterances_in, audio, self._silero)
        return joined_transcript([await self.transcribe(one, expectation, conversation_id) for one in utterances])

    async def clip(self, sentence: str, keep: bool = False, manner: Manner = Manner()) -> Clip:
        """Return a sentence as sound; only one that is the same for everybody may be kept on disk.

        Raises:
            SynthesisFailed, SynthesizerBusy: it cannot be said now: show it.
        """
        said = self.synthesizer.speak(sentence, speed=manner.speed, volume=manner.volume, keep=keep)
        return joined([spoken.clip async for spoken in said])

    def transcribe_now(self, audio: np.ndarray, expectation: Expectation) -> Transcript:
        """Do the same at once, where nobody else speaks."""
        heard = self.recognizer.transcribe(audio)
        return self.understanding(heard, expectation) if heard.text else heard

    async def aclose(self) -> None:
        """Let what runs finish and end the processes."""
        if self._queue is not None:
            await self._queue.close()
        await asyncio.to_thread(self.synthesizer.close)

    def close(self) -> None:
        """End the processes, where nothing is being heard."""
        self.synthesizer.close()


def voice_if_there(settings: Settings, services: Services) -> Voice | None:
    """Return the voice, or None where no recogniser is installed: everything can still be typed."""
    try:
        return Voice.open(settings, services)
    except NoSpeechModel:
        return None
