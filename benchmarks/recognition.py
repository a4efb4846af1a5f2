"""The shipped recogniser on sentences and voices it never learnt: character errors, whole numbers, short answers."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml
from rich.table import Table

from benchmarks.figures import Figure, Result, result
from benchmarks.program import HOME

if TYPE_CHECKING:
    from voice.recognition.recognizer import Recognizer
    from voice.training.espeak_library import EspeakLibrary

SENTENCES = 150
NUMBERS = 100
SPEEDS = (150, 185)
KNOWN_VOICES = ("", "f2", "m3", "Annie", "john")
CHOSEN_BY = ("f4", "m6", "steph2")
"""voices never learnt, by which the recogniser was chosen"""
KEPT_APART = ("belinda", "Michael", "f5", "steph3")
"""voices never learnt, and by which nothing was chosen"""
SHORT_ANSWERS = ("是", "不是", "对", "确认", "取消", "转人工")
_STYLES_AS_SPOKEN = ("plain", "story", "elderly", "angry", "fragment")


@dataclass(frozen=True)
class Said:
    """A text as it is said, with what the synthesiser is given."""

    text: str
    spoken: str


def measure() -> Result:
    """Speak and recognise every set."""
    from assistant.settings import Settings
    from voice.recognition.recognizer import Recognizer
    from voice.recognition.whisper_model import WhisperSpeechModel

    settings = Settings.from_environment()
    recognizer = Recognizer(WhisperSpeechModel(settings.recognizer, settings.speech_models))
    sentences, phones = _sentences(), _phones()
    answers = [_said(text) for text in SHORT_ANSWERS]
    with tempfile.TemporaryDirectory(prefix="wenban-voices-") as folder:
        speak = _studio(Path(folder))
        known = _error_rate(recognizer, speak, sentences, KNOWN_VOICES)
        noisy = _error_rate(recognizer, speak, sentences, KNOWN_VOICES, noise_decibels=15)
        chosen = {voice: _error_rate(recognizer, speak, sentences, (voice,)) for voice in CHOSEN_BY}
        apart = {voice: _error_rate(recognizer, speak, sentences, (voice,)) for voice in KEPT_APART}
        numbers = {
            "known": _whole(recognizer, speak, phones, KNOWN_VOICES),
            "kept_apart": _whole(recognizer, speak, phones, KEPT_APART),
        }
        short = {
            "known": _whole(recognizer, speak, answers * 10, KNOWN_VOICES),
            "kept_apart": _whole(recognizer, speak, answers * 4, KEPT_APART),
        }
    unseen = float(np.mean(list(apart.values())))
    figures = [
        Figure("characters wrong, known voices", round(100 * known, 2), "%", 3.0),
        Figure("characters wrong, known voices, noise at 15 dB", round(100 * noisy, 2), "%", 8.0),
        Figure("characters wrong, voices kept apart", round(100 * unseen, 2), "%", 10.0),
        Figure("telephone numbers wrong, known voices", round(100 * (1 - numbers["known"]), 2), "%", 15.0),
        Figure("telephone numbers wrong, voices kept apart", round(100 * (1 - numbers["kept_apart"]), 2), "%"),
        Figure("short answers wrong, known voices", round(100 * (1 - short["known"]), 2), "%", 1.0),
        Figure("short answers wrong, voices kept apart", round(100 * (1 - short["kept_apart"]), 2), "%"),
    ]
    return result(figures, recogniser=recognizer.model.description, voices={**chosen, **apart})


def tables(measured: Result) -> list[Table]:
    """Return the error rate of each voice that was never learnt."""
    table = Table("voice never learnt", "characters wrong")
    for voice, rate in measured["details"]["voices"].items():
        table.add_row(voice, f"{100 * rate:.1f} %")
    return [table]


def _sentences() -> list[Said]:
    """Return questions of the open part of the evaluation set, which nothing is trained on, as they are said."""
    from voice.training.corpus import speakable

    raw = yaml.safe_load((HOME / "data" / "eval" / "open" / "questions.yml").read_text(encoding="utf-8"))
    texts = [said for one in raw if one.get("style") in _STYLES_AS_SPOKEN and (said := speakable(one["text"]))]
    return [_said(text) for text in random.Random(5).sample(texts, min(SENTENCES, len(texts)))]


def _phones() -> list[Said]:
    from voice.language.numerals import by_digit

    drawn = random.Random(6)
    numbers = ["1" + drawn.choice("3456789") + "".join(drawn.choices("0123456789", k=9)) for _ in range(NUMBERS)]
    return [_said("，".join(by_digit(part) for part in (one[:3], one[3:7], one[7:]))) for one in numbers]


def _said(text: str) -> Said:
    from voice.language.pinyin import syllables

    spoken = ", ".join(" ".join(syllables(part)) for part in text.split("，"))
    return Said(text.replace("，", ""), spoken)


def _studio(folder: Path) -> Callable[[Said, str, int], np.ndarray]:
    from scipy.signal import resample_poly

    from voice.training.espeak_library import EspeakLibrary

    library: EspeakLibrary = EspeakLibrary()

    def speak(said: Said, voice: str, speed: int) -> np.ndarray:
        name = f"cmn-latn-pinyin+{voice}" if voice else "cmn-latn-pinyin"
        wave = library.speak(said.spoken, name, speed, 50, 50).astype(np.float32) / 32768.0
        quiet = np.zeros(3200, np.float32)
        return np.concatenate([quiet, resample_poly(wave, 16000, library.rate).astype(np.float32), quiet])

    return speak


def _heard(
    recognizer: Recognizer,
    speak: Callable[[Said, str, int], np.ndarray],
    all_said: Sequence[Said],
    voices: Sequence[str],
    noise_decibels: float | None = None,
) -> Iterator[tuple[str, str]]:
    chance = np.random.default_rng(4)
    for place, said in enumerate(all_said):
        wave = speak(said, voices[place % len(voices)], SPEEDS[place // len(voices) % len(SPEEDS)])
        if noise_decibels is not None:
            level = float(np.sqrt(np.mean(wave**2))) / 10 ** (noise_decibels / 20)
            wave = wave + chance.normal(0, level, len(wave)).astype(np.float32)
        yield said.text, recognizer.transcribe(wave).text


def _error_rate(*arguments: Any, **options: Any) -> float:
    from voice.training.error_rate import edit_distance

    pairs = list(_heard(*arguments, **options))
    return sum(edit_distance(said, heard) for said, heard in pairs) / sum(len(said) for said, _ in pairs)


def _whole(*arguments: Any, **options: Any) -> float:
    pairs = list(_heard(*arguments, **options))
    return sum(said == heard for said, heard in pairs) / len(pairs)
