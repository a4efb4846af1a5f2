"""Voices to train on are many; those held out are never among them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tests.voice.training.tiny import unlike
from voice.training.espeak_library import EspeakLibrary, EspeakMissing
from voice.training.voices import CHOSEN_BY, KEPT_APART, LANGUAGE, VoiceBank

TEXT = "zi1 ge2 zheng4 zen3 me ban4"


def _speak(library: EspeakLibrary, voice: str) -> np.ndarray:
    return library.speak(TEXT, voice, rate=165, pitch=50, pitch_range=50)


def test_given_the_bank_then_no_voice_held_out_is_drawn(bank: VoiceBank) -> None:
    random = Random(1)
    drawn = {bank.draw(random, "drawn0").removeprefix(f"{LANGUAGE}+") for _ in range(1500)}
    assert drawn.isdisjoint((*CHOSEN_BY, *KEPT_APART))
    assert len(drawn) > 80
    assert {LANGUAGE, "drawn0"} <= drawn


def test_given_the_voices_held_out_then_the_library_can_speak_in_them(library: EspeakLibrary) -> None:
    for voice in (*CHOSEN_BY, *KEPT_APART):
        assert len(_speak(library, f"{LANGUAGE}+{voice}")), voice


def test_given_made_up_voices_then_each_sounds_different_from_the_plain_one_and_the_last(
    bank: VoiceBank, library: EspeakLibrary
) -> None:
    waves = [_speak(library, LANGUAGE)]
    for seed in range(3):
        random = Random(seed)
        while (voice := bank.draw(random, "drawn7")) != f"{LANGUAGE}+drawn7":
            pass
        waves.append(_speak(library, voice))

    assert all(len(wave) > 0.5 * library.rate for wave in waves)
    assert min(unlike(one, other) for one, other in combinations(waves, 2)) > 0.1


def test_given_a_folder_without_the_data_then_the_error_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EspeakMissing, match="apt-get install"):
        VoiceBank.make(tmp_path / "nothing", tmp_path / "bank")
