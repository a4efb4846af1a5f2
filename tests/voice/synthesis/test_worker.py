"""What runs in the synthesiser's process, spoken to as its keeper does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from pytest import approx

import voice.synthesis.worker
from voice.synthesis.clip import Clip

_ORDER = {"voice": "sit/cmn-latn-pinyin", "rate": 190, "volume": 1.0, "pitch": 50}


def _answers(*orders: dict[str, Any] | str) -> list[tuple[dict[str, Any], bytes]]:
    lines = "".join((order if isinstance(order, str) else json.dumps(order)) + "\n" for order in orders)
    path = Path(voice.synthesis.worker.__file__)
    output = subprocess.run([sys.executable, path], input=lines.encode(), capture_output=True, timeout=20).stdout
    answers = []
    while output:
        line, output = output.split(b"\n", 1)
        told = json.loads(line)
        size = told.get("bytes", 0)
        answers.append((told, output[:size]))
        output = output[size:]
    return answers


def test_given_orders_when_input_ends_then_each_was_answered_in_order_and_it_ended() -> None:
    short, long = _ORDER | {"text": "ni3 hao3"}, _ORDER | {"text": "ni3 hao3 " * 5}

    ready, *spoken = _answers(short, long, short)

    assert ready == ({"ready": True}, b"")
    seconds = [Clip.from_wav(sound).seconds for _, sound in spoken]
    assert seconds == [approx(seconds[0]), approx(4 * seconds[0], rel=0.5), approx(seconds[0], abs=0.01)]


def test_given_orders_that_cannot_be_met_when_answered_then_the_reason_is_told_and_the_next_is_met() -> None:
    _, *told = _answers(
        "rubbish", _ORDER | {"text": ""}, _ORDER | {"text": "x", "voice": "none"}, _ORDER | {"text": "hao3"}
    )

    assert ["error" in answer for answer, _ in told] == [True, True, True, False]
    assert told[3][1].startswith(b"RIFF")


def test_given_a_change_of_voice_rate_volume_and_pitch_when_spoken_then_each_is_heard() -> None:
    plain = _ORDER | {"text": "nin2 hao3 huan1 ying2"}

    _, *spoken = _answers(plain, plain | {"rate": 120}, plain | {"volume": 0.3}, plain | {"pitch": 90}, plain)

    first, slow, quiet, high, again = [Clip.from_wav(sound) for _, sound in spoken]
    assert slow.seconds > 1.2 * first.seconds
    assert abs(quiet.samples).max() < 0.5 * abs(first.samples).max()
    assert high.samples.tobytes() != first.samples.tobytes()
    assert again.seconds == approx(first.seconds, abs=0.02)


def test_given_settings_that_change_with_every_order_when_spoken_then_none_is_lost() -> None:
    orders = [_ORDER | {"text": "nin2 hao3 huan1 ying2", "rate": rate} for rate in (100, 300)] * 20

    _, *spoken = _answers(*orders)

    seconds = [Clip.from_wav(sound).seconds for _, sound in spoken]
    assert min(seconds[::2]) > 1.5 * max(seconds[1::2])


def test_given_an_engine_that_loses_the_sound_when_spoken_then_the_sentence_is_said_again() -> None:
    losing = """
import io
from voice.synthesis.worker import Speaker

speaker, given = Speaker(), []
engine, save = speaker._engine, speaker._engine.save_to_file
engine.save_to_file = lambda text, sound: (given.append(text), save(text, sound if len(given) == 3 else io.BytesIO()))
sound = speaker.speak("ni3 hao3", "sit/cmn-latn-pinyin", 190, 1.0, 50)
print(len(given), len(sound))
"""
    output = subprocess.run([sys.executable, "-c", losing], capture_output=True, text=True, timeout=20, check=True)

    times, size = output.stdout.splitlines()[-1].split()
    assert times == "3"
    assert int(size) > 10_000
