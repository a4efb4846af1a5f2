"""The recogniser in models/asr: small, loaded by faster-whisper as it is, and hearing what is said most."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from faster_whisper import WhisperModel

from tests.voice.speech import spoken
from voice.audio import SAMPLE_RATE
from voice.recognition.recognizer import Recognizer
from voice.recognition.settings import WhisperSettings
from voice.recognition.whisper_model import WORDS, WhisperSpeechModel
from voice.training.error_rate import character_error_rate

SHORT_ANSWERS = ("是", "不是", "对", "确认", "取消", "转人工")
SENTENCES = ("我想办居住证", "身份证丢了怎么补办", "公积金怎么提取", "护照到期了要换", "无犯罪记录证明在哪里开")
EVERYDAY = (
    "手指头少了一截要去评级别",
    "凭什么不让我简易注销",
    "去香港的那张卡加一次签多少钱",
    "停了五分钟就闯红灯被拍了",
)
"""everyday words, which its texts hold few of"""
TRAINED = ("", "+m3", "+f2")


@pytest.fixture(scope="module")
def folder(project: Path) -> Path:
    return project / "models" / "asr"


@pytest.fixture(scope="module")
def recognizer(folder: Path) -> Recognizer:
    return Recognizer(WhisperSpeechModel(WhisperSettings(str(folder), threads=1)))


def heard(recognizer: Recognizer, text: str, variant: str) -> str:
    quiet = np.zeros(SAMPLE_RATE // 5, np.float32)
    return recognizer.transcribe(np.concatenate([quiet, spoken(text, variant), quiet])).text


def test_given_the_folder_then_it_is_small_and_says_what_it_is(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 20_000_000
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "synthetic voices" in card and "WENBAN_ASR_MODEL" in card


def test_given_plain_faster_whisper_then_it_loads_and_hears_too(folder: Path) -> None:
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    segments, _ = model.transcribe(spoken("我想办居住证"), language="zh", without_timestamps=True, max_new_tokens=40)
    assert "居住证" in "".join(segment.text for segment in segments)


@pytest.mark.parametrize("variant", TRAINED)
def test_given_short_answers_in_voices_it_learnt_then_all_are_heard(recognizer: Recognizer, variant: str) -> None:
    assert [heard(recognizer, text, variant) for text in SHORT_ANSWERS] == list(SHORT_ANSWERS)


@pytest.mark.parametrize("variant", TRAINED)
def test_given_wishes_in_voices_it_learnt_then_few_characters_are_wrong(recognizer: Recognizer, variant: str) -> None:
    pairs = [(text, heard(recognizer, text, variant)) for text in SENTENCES]
    assert character_error_rate(pairs) <= 0.1, pairs


def test_given_silence_and_noise_then_nothing_is_heard(recognizer: Recognizer) -> None:
    noise = np.random.default_rng(1).normal(0, 0.02, 2 * SAMPLE_RATE).astype(np.float32)
    assert recognizer.transcribe(np.zeros(2 * SAMPLE_RATE, np.float32)).text == ""
    assert recognizer.transcribe(noise).text == ""


def test_given_its_words_when_it_hears_then_what_it_writes_is_spelled_by_them(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        if path.name != WORDS:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    spelling, plain = (
        Recognizer(WhisperSpeechModel(WhisperSettings(str(place), threads=1))) for place in (folder, tmp_path)
    )
    said = [(text, heard(spelling, text, "+m3"), heard(plain, text, "+m3")) for text in EVERYDAY]
    wrong = character_error_rate([(text, spelled) for text, spelled, _ in said])

    assert wrong < character_error_rate([(text, unspelled) for text, _, unspelled in said]), said
    assert all(len(spelled) == len(unspelled) for _, spelled, unspelled in said)
