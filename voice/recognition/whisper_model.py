"""faster-whisper as a speech model, with short windows where the model was trained for them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from voice.audio import SAMPLE_RATE
from voice.language.speller import Speller
from voice.language.word_counts import WordCounts
from voice.recognition.pieces import PieceRule, pieces
from voice.recognition.settings import WhisperSettings
from voice.recognition.transcript import Hypothesis

_RECORD = "training.json"
"""stands in the folder of a model that `voice.training` trained"""
WORDS = "words.json.gz"
"""may stand beside it: the words of the texts it was trained on, by which what it heard is spelled"""
_USUAL_S = 6.0
CLAUSES = PieceRule(longest_whole_s=7.0, shortest_s=2.0, longest_s=8.0)
"""for our own models, which hear clauses better than long sentences; an ID number told in groups stays whole"""
WINDOWS = PieceRule(longest_whole_s=28.0, shortest_s=8.0, longest_s=28.0)
"""for others, which hear 30 s at a time and profit from all that is said before"""


class NoSpeechModel(Exception):
    """There is no such recogniser: give a folder, or run `wenban voice install NAME` while there is a network."""


class WhisperSpeechModel:
    """Hear Mandarin through faster-whisper."""

    def __init__(self, settings: WhisperSettings, installed: Path | None = None) -> None:
        """Load the model; `installed` is the folder below which models were installed by name.

        Raises:
            NoSpeechModel: neither a folder nor an installed model bears the name.
        """
        from faster_whisper import WhisperModel

        from voice.recognition.short_windows import ShortWindowModel

        folder = folder_of(settings.model, installed)
        self._settings = settings
        self.is_demonstration = (folder / _RECORD).is_file()
        """whether it was trained by this project, on synthetic voices and windows of any length"""
        self._rule = CLAUSES if self.is_demonstration else WINDOWS
        model = (ShortWindowModel if self.is_demonstration else WhisperModel)(
            str(folder),
            device=settings.device,
            compute_type=settings.compute_type,
            cpu_threads=settings.threads,
            local_files_only=True,
        )
        self._model = model
        self._probabilities = model.probabilities if isinstance(model, ShortWindowModel) else None
        words = folder / WORDS
        self._speller = Speller(WordCounts.load(words)) if words.is_file() else None
        self._one_at_a_time = threading.Lock()

    @property
    def description(self) -> str:
        """Say which model it is."""
        demonstration = "demonstration recogniser, trained on synthetic voices alone"
        kind = demonstration if self.is_demonstration else "Whisper model"
        return f"{kind}: {self._settings.model} ({self._settings.device}, {self._settings.compute_type})"

    def hear(self, audio: np.ndarray, draft: bool = False) -> Hypothesis:
        """Return what is heard in float32 samples at 16 kHz; what is long is heard in pieces, cut at its pauses."""
        with self._one_at_a_time:
            parts = [
                (segment, self._spelled(segment))
                for piece in pieces(audio, self._rule)
                for segment in self._segments(piece, draft)
            ]
        if not parts:
            return Hypothesis("", 0.0, 1.0)
        found = [segment for segment, _ in parts]
        lengths = np.array([max(1, len(segment.tokens)) for segment in found], dtype=float)
        lengths /= lengths.sum()
        return Hypothesis(
            text="".join(text for _, text in parts).strip(),
            average_log_probability=float(lengths @ [segment.avg_logprob for segment in found]),
            no_speech_probability=float(lengths @ [segment.no_speech_prob for segment in found]),
        )

    def _spelled(self, segment: Any) -> str:
        """Return the text of a segment, a token a character, with the likeliest characters for its sound."""
        text = str(segment.text)
        if self._speller is None or self._probabilities is None:
            return text
        probabilities = self._probabilities(segment.tokens)
        return self._speller.spell(text, probabilities) if len(probabilities) == len(text) else text

    def _segments(self, piece: np.ndarray, draft: bool) -> Iterable[Any]:
        tokens = self._settings.longest_tokens * max(1.0, len(piece) / (SAMPLE_RATE * _USUAL_S))
        segments, _ = self._model.transcribe(
            piece,
            language="zh",
            beam_size=1 if draft else self._settings.beam,
            temperature=0.0,
            without_timestamps=True,
            condition_on_previous_text=False,
            max_new_tokens=round(tokens),
            suppress_blank=False,  # so that a silent clip may have no text
        )
        return segments


def folder_of(model: str, installed: Path | None) -> Path:
    """Return the folder of a model by path or by the name it was installed under.

    Raises:
        NoSpeechModel: there is none.
    """
    for folder in (Path(model), *([installed / model] if installed else [])):
        if (folder / "model.bin").is_file():
            return folder
    raise NoSpeechModel(f"{NoSpeechModel.__doc__} Asked for: {model}")
