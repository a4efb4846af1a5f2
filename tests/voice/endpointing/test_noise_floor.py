"""The room's noise as it is followed."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.sounds import noise, pink_noise
from tests.voice.speech import spoken
from voice.audio import WINDOW, level_dbfs
from voice.endpointing.noise_floor import NoiseFloor


def heard(floor: NoiseFloor, samples: np.ndarray) -> NoiseFloor:
    for start in range(0, len(samples) - WINDOW + 1, WINDOW):
        floor.update(level_dbfs(samples[start : start + WINDOW]))
    return floor


@pytest.mark.parametrize("dbfs", [-70.0, -45.0, -20.0])
@pytest.mark.parametrize("kind", [noise, pink_noise])
def test_given_steady_noise_when_followed_then_the_floor_is_near_its_level(kind, dbfs: float) -> None:  # type: ignore[no-untyped-def]
    assert heard(NoiseFloor(), kind(8.0, dbfs)).dbfs == pytest.approx(dbfs, abs=4.0)


def test_given_speech_over_noise_when_followed_then_the_floor_stays_at_the_noise() -> None:
    sentence = spoken("我要办理居住证需要什么材料")
    said = np.concatenate([noise(4.0, -55.0), *[np.r_[sentence, np.zeros(6400)]] * 3, np.zeros(6400)])
    floor = heard(NoiseFloor(), said.astype(np.float32) + noise(len(said) / 16_000, -55.0, seed=2)[: len(said)])
    assert floor.dbfs == pytest.approx(-55.0, abs=5.0)
    assert floor.above(level_dbfs(sentence)) == pytest.approx(level_dbfs(sentence) + 55.0, abs=5.0)


def test_given_noise_that_ends_when_followed_then_the_floor_falls_within_half_a_second() -> None:
    floor = heard(NoiseFloor(), noise(8.0, -25.0))
    assert heard(floor, noise(0.5, -60.0)).dbfs == pytest.approx(-60.0, abs=2.0)


def test_given_noise_that_begins_when_followed_then_the_floor_rises_within_four_seconds_and_not_at_once() -> None:
    floor = heard(NoiseFloor(), noise(8.0, -60.0))
    assert heard(floor, noise(2.0, -25.0)).dbfs < -55.0
    assert heard(floor, noise(2.0, -25.0)).dbfs == pytest.approx(-25.0, abs=2.0)


def test_given_a_room_not_heard_yet_when_someone_speaks_at_once_then_it_stands_out() -> None:
    floor = NoiseFloor()
    for _ in range(10):
        assert floor.above(-40.0) >= 15.0
        floor.update(-40.0)
