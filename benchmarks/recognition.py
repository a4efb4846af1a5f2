"""The recogniser on sentences and voices it never learnt: character errors, whole numbers, short answers, people."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml
from rich.table import Table

from benchmarks.figures import Figure, Result, result
from benchmarks.human_speech import CLIPS, human_clips
from benchmarks.program import HOME
from benchmarks.spoken_clips import CHOSEN_BY, KEPT_APART, KNOWN_VOICES, ClipMaker, Said, in_noise, said

if TYPE_CHECKING:
    from assistant.settings import Settings
    from voice.recognition.recognizer import Recognizer

SENTENCES = 150
NUMBERS = 100
LONG_SENTENCES, LONG_FROM = 40, 26
"""how many, and from how many characters they count as long"""
HUMAN_CLIPS = 100
SPEEDS = (150, 185)
SHORT_ANSWERS = ("是", "不是", "对", "确认", "取消", "转人工")
_STYLES_AS_SPOKEN = ("plain", "story", "elderly", "angry", "fragment")


def measure() -> Result:
    """Speak and recognise every set."""
    from assistant.settings import Settings
    from voice.recognition.recognizer import Recognizer
    from voice.recognition.whisper_model import WhisperSpeechModel

    settings = Settings.from_environment()
    recognizer = Recognizer(WhisperSpeechModel(settings.recognizer, settings.speech_models))
    sentences, phones = _sentences(SENTENCES), _phones()
    stories = _stories(settings)
    long_sentences = _sentences(LONG_SENTENCES, LONG_FROM)
    answers = [said(text) for text in SHORT_ANSWERS]
    clips = ClipMaker()
    known = _error_rate(recognizer, clips, sentences, KNOWN_VOICES)
    noisy = _error_rate(recognizer, clips, sentences, KNOWN_VOICES, noise_decibels=15)
    long = _error_rate(recognizer, clips, long_sentences, KNOWN_VOICES)
    told = _error_rate(recognizer, clips, stories, KNOWN_VOICES)
    chosen = {voice: _error_rate(recognizer, clips, sentences, (voice,)) for voice in CHOSEN_BY}
    apart = {voice: _error_rate(recognizer, clips, sentences, (voice,)) for voice in KEPT_APART}
    numbers = {
        "known": _whole(recognizer, clips, phones, KNOWN_VOICES),
        "kept_apart": _whole(recognizer, clips, phones, KEPT_APART),
    }
    short = {
        "known": _whole(recognizer, clips, answers * 10, KNOWN_VOICES),
        "kept_apart": _whole(recognizer, clips, answers * 4, KEPT_APART),
    }
    unseen = float(np.mean(list(apart.values())))
    figures = [
        Figure("characters wrong, known voices", round(100 * known, 2), "%", 3.0),
        Figure("characters wrong, known voices, noise at 15 dB", round(100 * noisy, 2), "%", 8.0),
        Figure(f"characters wrong, known voices, sentences from {LONG_FROM} characters", round(100 * long, 2), "%"),
        Figure("characters wrong, known voices, stories of data/spoken held out", round(100 * told, 2), "%"),
        Figure("characters wrong, voices kept apart", round(100 * unseen, 2), "%", 10.0),
        Figure("telephone numbers wrong, known voices", round(100 * (1 - numbers["known"]), 2), "%", 15.0),
        Figure("telephone numbers wrong, voices kept apart", round(100 * (1 - numbers["kept_apart"]), 2), "%"),
        Figure("short answers wrong, known voices", round(100 * (1 - short["known"]), 2), "%", 1.0),
        Figure("short answers wrong, voices kept apart", round(100 * (1 - short["kept_apart"]), 2), "%"),
        _people(recognizer),
    ]
    return result(figures, recogniser=recognizer.model.description, voices={**chosen, **apart})


def tables(measured: Result) -> list[Table]:
    """Return the error rate of each voice that was never learnt."""
    table = Table("voice never learnt", "characters wrong")
    for voice, rate in measured["details"]["voices"].items():
        table.add_row(voice, f"{100 * rate:.1f} %")
    return [table]


def _people(recognizer: Recognizer) -> Figure:
    """Return how much of human speech is heard wrong; nothing is tuned to it."""
    from voice.training.error_rate import character_error_rate

    name = "characters wrong, a person reading aloud"
    pairs = [(text, _characters(recognizer.transcribe(samples).text)) for samples, text in human_clips(HUMAN_CLIPS)]
    if not pairs:
        return Figure(name, None, "%", note=f"skipped: there is no {CLIPS.parent.name}/{CLIPS.name}; see WENBAN_SHARED")
    note = f"{len(pairs)} clips; of {sum(not heard for _, heard in pairs)} nothing was believed"
    return Figure(name, round(100 * character_error_rate(pairs), 1), "%", note=note)


def _characters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _sentences(count: int, shortest: int = 0) -> list[Said]:
    """Return questions of the open part of the evaluation set, which nothing is trained on, as they are said."""
    from voice.training.corpus import speakable

    raw = yaml.safe_load((HOME / "data" / "eval" / "open" / "questions.yml").read_text(encoding="utf-8"))
    texts = [text for one in raw if one.get("style") in _STYLES_AS_SPOKEN and (text := speakable(one["text"]))]
    every = [one for one in map(said, texts) if len(one.text) >= shortest]
    return random.Random(5).sample(every, min(count, len(every)))


def _stories(settings: Settings) -> list[Said]:
    """Return what people tell of their lives, as far as the recogniser did not learn it."""
    from assistant.speech.training import stories_held_out
    from voice.training.corpus import speakable

    return [said(text) for one in stories_held_out(settings) if (text := speakable(one))]


def _phones() -> list[Said]:
    from voice.language.numerals import by_digit

    drawn = random.Random(6)
    numbers = ["1" + drawn.choice("3456789") + "".join(drawn.choices("0123456789", k=9)) for _ in range(NUMBERS)]
    return [said("，".join(by_digit(part) for part in (one[:3], one[3:7], one[7:]))) for one in numbers]


def _heard(
    recognizer: Recognizer,
    clips: ClipMaker,
    all_said: Sequence[Said],
    voices: Sequence[str],
    noise_decibels: float | None = None,
) -> Iterator[tuple[str, str]]:
    chance = np.random.default_rng(4)
    for place, words in enumerate(all_said):
        wave = clips.speak(words, voices[place % len(voices)], SPEEDS[place // len(voices) % len(SPEEDS)])
        if noise_decibels is not None:
            wave = in_noise(wave, noise_decibels, chance)
        yield words.text, recognizer.transcribe(wave).text


def _error_rate(*arguments: Any, **options: Any) -> float:
    from voice.training.error_rate import edit_distance

    pairs = list(_heard(*arguments, **options))
    return sum(edit_distance(text, heard) for text, heard in pairs) / sum(len(text) for text, _ in pairs)


def _whole(*arguments: Any, **options: Any) -> float:
    pairs = list(_heard(*arguments, **options))
    return sum(text == heard for text, heard in pairs) / len(pairs)
