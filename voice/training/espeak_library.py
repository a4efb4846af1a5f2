"""espeak-ng as a library: many clips a second in one process, without a program started for each."""

from __future__ import annotations

import ctypes
from ctypes.util import find_library
from pathlib import Path

import numpy as np

VARIANTS = "voices/!v"
"""where the variants are below the data"""
# With espeak's own thread (mode 1) every clip waits for a clock of 20 ms; in this mode it speaks in ours.
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_RATE, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
_CHARACTERS_UTF8 = 1
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class EspeakMissing(Exception):
    """espeak-ng is not installed, or not whole: `apt-get install espeak-ng`."""


class UnknownVoice(Exception):
    """espeak-ng has no voice of that name: `espeak-ng --voices` and `espeak-ng --voices=variant` list them."""


class EspeakLibrary:
    """Speak texts into arrays. One process holds one; it is not for several threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the library; `folder` holds the `espeak-ng-data` to use, the system's unless told.

        Raises:
            EspeakMissing: the library or its data are not installed.
        """
        try:
            self._library = ctypes.CDLL(find_library("espeak-ng") or "libespeak-ng.so.1")
        except OSError as error:
            raise EspeakMissing(EspeakMissing.__doc__) from error
        unsigned, pointer = ctypes.c_uint, ctypes.c_void_p
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p, ctypes.c_size_t, unsigned, ctypes.c_int, unsigned, unsigned, pointer, pointer,
        ]  # fmt: skip
        self._library.espeak_Info.argtypes = [ctypes.POINTER(ctypes.c_char_p)]
        path = str(folder).encode() if folder else None
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, path, _DO_NOT_EXIT))
        """samples a second"""
        if self.rate <= 0:
            raise EspeakMissing(EspeakMissing.__doc__)
        used = ctypes.c_char_p()
        self._library.espeak_Info(ctypes.byref(used))
        self.data = Path((used.value or b"").decode())
        """the `espeak-ng-data` in use"""
        self._pieces: list[np.ndarray] = []
        self._keep = _CALLBACK(self._take)  # the library holds no reference of its own
        self._library.espeak_SetSynthCallback(self._keep)

    def _take(self, samples: ctypes._Pointer, count: int, events: int) -> int:
        if samples and count > 0:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def speak(self, text: str, voice: str, rate: int, pitch: int, pitch_range: int, word_gap: int = 0) -> np.ndarray:
        """Return the spoken text as int16 samples at `rate` of the library.

        `voice` is a language, or one with a variant such as `cmn-latn-pinyin+f2`; `rate` is in words a minute, `pitch`
        and its range are 0 to 100, `word_gap` is in units of 10 ms.

        Raises:
            UnknownVoice: there is no such voice.
        """
        variant = voice.partition("+")[2]  # espeak speaks without one that it does not know
        known = not variant or (self.data / VARIANTS / variant).is_file()
        if not known or self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise UnknownVoice(f"{UnknownVoice.__doc__} Asked for: {voice}")
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, pitch_range), (_WORD_GAP, word_gap)):
            self._library.espeak_SetParameter(parameter, value, 0)
        encoded = text.encode() + b"\0"
        self._pieces = []
        self._library.espeak_Synth(encoded, len(encoded), 0, 0, 0, _CHARACTERS_UTF8, None, None)
        return np.concatenate(self._pieces) if self._pieces else np.zeros(0, np.int16)
