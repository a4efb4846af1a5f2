"""espeak-ng speaks into arrays."""

from __future__ import annotations

import numpy as np
import pytest

from tests.voice.training.tiny import unlike
from voice.training.espeak_library import EspeakLibrary, UnknownVoice
from voice.training.voices import VoiceBank

TEXT = "wo3 xiang3 ban4 ju1 zhu4 zheng4"


def _speak(library: EspeakLibrary, rate: int = 165, pitch: int = 50, voice: str = "cmn-latn-pinyin") -> np.ndarray:
    return library.speak(TEXT, voice, rate=rate, pitch=pitch, pitch_range=50)


def test_given_a_text_then_seconds_of_sound_come_back(library: EspeakLibrary) -> None:
    wave = _speak(library)
    assert wave.dtype == np.int16
    assert 0.8 < len(wave) / library.rate < 4.0
    assert np.abs(wave).max() > 3000


def test_given_a_higher_speed_then_the_clip_is_shorter(library: EspeakLibrary) -> None:
    assert len(_speak(library, rate=250)) < 0.75 * len(_speak(library, rate=120))


def test_given_another_pitch_or_voice_then_it_sounds_different(library: EspeakLibrary) -> None:
    plain = _speak(library)
    assert unlike(plain, _speak(library)) < 0.05
    assert unlike(plain, _speak(library, pitch=90)) > 0.1
    assert unlike(plain, _speak(library, voice="cmn-latn-pinyin+f2")) > 0.1


def test_given_nothing_to_say_then_there_is_no_sound(library: EspeakLibrary) -> None:
    assert np.abs(library.speak("", "cmn-latn-pinyin", 165, 50, 50)).max(initial=0) < 100


@pytest.mark.parametrize("voice", ["no-such-voice", "cmn-latn-pinyin+no-such-voice"])
def test_given_an_unknown_voice_then_the_error_names_it(library: EspeakLibrary, voice: str) -> None:
    with pytest.raises(UnknownVoice, match="no-such-voice"):
        library.speak(TEXT, voice, 165, 50, 50)
    assert len(_speak(library))


def test_given_a_folder_with_data_then_they_are_used(library: EspeakLibrary, bank: VoiceBank) -> None:
    assert library.data.parent == bank.folder
