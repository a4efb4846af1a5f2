"""What runs in the synthesiser's own process: orders in on standard input, sound out on standard output.

Started by its path, so that nothing of this program is loaded with it. An order is a line of JSON; an answer is a line
of JSON, followed by the bytes it announces.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_WAV_HEADER = 44  # bytes
_ATTEMPTS = 3


def main() -> None:
    """Answer orders until standard input ends."""
    own_folder = os.path.dirname(os.path.abspath(__file__))
    sys.path = [folder for folder in sys.path if folder != own_folder]  # else our modules pass for top-level ones
    answers = _reserved_output()
    _end_with_parent()
    try:
        speaker = Speaker()
    except Exception as error:  # whatever keeps it from starting is told to the parent
        _answer(answers, {"error": f"{type(error).__name__}: {error}"})
        return
    _answer(answers, {"ready": True})
    for line in sys.stdin.buffer:
        try:
            sound = speaker.speak(**json.loads(line))
        except Exception as error:
            _answer(answers, {"error": f"{type(error).__name__}: {error}"})
        else:
            _answer(answers, {"bytes": len(sound)}, sound)


class Speaker:
    """pyttsx3 on espeak-ng, for one thread."""

    def __init__(self) -> None:
        """Load the engine."""
        import pyttsx3
        from pyttsx3.drivers import _espeak

        self._engine: Any = pyttsx3.init("espeak")
        # espeak-ng works in a thread of its own and the engine does not wait for it: without this, settings and
        # whole sentences get lost as soon as the machine is busy
        self._until_done: Callable[[], Any] = _espeak.Synchronize
        self._engine.runAndWait()  # from here on it applies settings at once

    def speak(self, text: str, voice: str, rate: int, volume: float, pitch: int) -> bytes:
        """Return a text as a WAV file, which is empty where the text has no sound."""
        for name, value in (("voice", voice), ("rate", rate), ("volume", volume), ("pitch", pitch)):
            self._engine.setProperty(name, value)
        self._until_done()
        for _ in range(_ATTEMPTS):  # on a busy machine a sentence may come back without its sound
            sound = self._sound(text)
            if len(sound) > _WAV_HEADER:
                break
        # the engine keeps the last voice where it does not know the new one, and says nothing
        if self._engine.getProperty("voice") != voice.lower():
            raise ValueError(f"espeak-ng has no voice {voice}")
        return sound

    def _sound(self, text: str) -> bytes:
        sound = io.BytesIO()
        self._engine.save_to_file(text, sound)
        self._engine.runAndWait()
        self._until_done()
        return sound.getvalue()


def _reserved_output() -> BinaryIO:
    """Return standard output for the answers alone; what the engine prints goes where errors go."""
    reserved = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return reserved


def _end_with_parent() -> None:
    """Be killed when the thread that started this process ends, hung or not; elsewhere the end of input must do."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _answer(answers: BinaryIO, told: dict[str, Any], sound: bytes = b"") -> None:
    answers.write(json.dumps(told).encode() + b"\n" + sound)
    answers.flush()


if __name__ == "__main__":
    main()
