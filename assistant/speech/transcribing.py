"""Transcribe files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.speech.understanding import Understanding
from knowledge_base.items import load_catalogue
from voice.audio import AudioTooLong, EmptyAudio, UnreadableAudio, decode
from voice.endpointing.whole_speech import speech_in
from voice.language.expectation import ANYTHING
from voice.recognition.recognizer import Recognizer
from voice.recognition.whisper_model import WhisperSpeechModel


def transcribe_files(settings: Settings, files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield what is said in each file, or an `error` for one that cannot be read.

    Raises:
        NoSpeechModel: the recogniser that is set is not there.
    """
    recognizer = Recognizer(WhisperSpeechModel(settings.recognizer, settings.speech_models))
    understanding = Understanding.of(load_catalogue(settings.data, settings.knowledge))
    for path in files:
        try:
            heard = recognizer.transcribe(speech_in(decode(path.read_bytes())))
        except (UnreadableAudio, EmptyAudio, AudioTooLong, OSError) as error:
            yield {"file": str(path), "error": str(error)}
            continue
        text = understanding(heard, ANYTHING).text if heard.text else ""
        yield {
            "file": str(path),
            "text": text,
            "heard": heard.text,
            "confidence": round(heard.confidence, 4),
            "doubt": heard.doubt.value if heard.doubt else None,
            "seconds": round(heard.seconds, 3),
            "compute_seconds": round(heard.compute_seconds, 4),
        }
