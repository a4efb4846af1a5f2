"""pyttsx3 on espeak-ng: the synthesiser that is always there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata

import numpy as np

from voice.language.pinyin import syllables
from voice.synthesis.clip import Clip
from voice.synthesis.contract import SynthesisRequest, VoiceName
from voice.synthesis.process import Order, SynthesisProcess

_HAN = "〇\u3400-\u9fff"
_HEARD = re.compile(rf"[{_HAN}]+|[A-Za-z]+|[，。！？；：、,.!?;:\n]")
_WITH_SOUND = re.compile(r"\w")
_SLOWEST, _FASTEST = 80, 450
_RATE = 22_050


def pinyin(text: str) -> str:
    """Return what the Mandarin voice is given: syllables with tone numbers, Latin letters one by one.

    Debian's espeak-ng takes most characters for English, but reads pinyin well.
    """
    return " ".join(
        " ".join(syllables(part, sandhi=True)) if re.match(f"[{_HAN}]", part) else _letters(part)
        for part in _HEARD.findall(text)
    )


def characters(text: str) -> str:
    """Return what the Cantonese voice is given: characters as they are, Latin letters one by one.

    A one told digit by digit is 一 in Cantonese, where Mandarin has 幺.
    """
    return " ".join(_letters(part) for part in _HEARD.findall(text.replace("幺", "一")))


def _letters(part: str) -> str:
    return " ".join(part.upper()) if part.isascii() and part.isalpha() else part


@dataclass(frozen=True)
class _Voice:
    name: str
    written: Callable[[str], str]


_VOICES: dict[VoiceName, _Voice] = {
    "mandarin": _Voice("sit/cmn-latn-pinyin", pinyin),
    "cantonese": _Voice("sit/yue", characters),
}


@cache
def _version() -> str:
    return metadata.version("pyttsx3")


class Pyttsx3Synthesizer:
    """Speak with pyttsx3 in a process of its own."""

    at_once = 1

    def __init__(self, rate: int = 190, pitch: int = 50, time_limit: float = 3.0, start_limit: float = 15.0) -> None:
        """Prepare to start: `rate` in espeak-ng's words a minute, `pitch` 0 to 100, limits in seconds."""
        self._rate = rate
        self._pitch = pitch
        self.process = SynthesisProcess(time_limit, start_limit)

    def fingerprint(self, request: SynthesisRequest) -> str:
        """Return what decides the sound: the version of pyttsx3 and the order as given to it."""
        return f"pyttsx3 {_version()} {asdict(self._order(request))}"

    def speak(self, request: SynthesisRequest) -> Clip:
        """Return the sentence as sound; one that has no sound gives an empty clip.

        Raises:
            SynthesisFailed: the process failed twice, or took too long twice.
        """
        order = self._order(request)
        if not _WITH_SOUND.search(order.text):
            return Clip(np.zeros(0, np.int16), _RATE)
        return self.process.speak(order)

    def _order(self, request: SynthesisRequest) -> Order:
        voice = _VOICES[request.voice]
        rate = min(max(round(self._rate * request.speed), _SLOWEST), _FASTEST)
        volume = min(max(request.volume, 0.0), 1.0)
        return Order(voice.written(request.text), voice.name, rate, volume, self._pitch)

    def close(self) -> None:
        """End the process."""
        self.process.close()
