"""Clips for tests: sentences spoken by espeak-ng, noise, music-like tones, files in the containers that browsers send."""

from __future__ import annotations

import io
import subprocess
from functools import cache

import av
import numpy as np

from voice.audio import SAMPLE_RATE, decode, float_to_pcm
from voice.language.pinyin import syllables

MANDARIN = "cmn-latn-pinyin"


@cache
def spoken(text: str, variant: str = "", speed: int = 170) -> np.ndarray:
    """Return a sentence in Mandarin, float32, mono, 16 kHz, without the silence around it."""
    wav = subprocess.run(
        ["espeak-ng", "-v", MANDARIN + variant, "-s", str(speed), "--stdout", " ".join(syllables(text))],
        check=True,
        capture_output=True,
    ).stdout
    samples = decode(wav)
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    clip = samples[loud[0] : loud[-1] + 1] * np.float32(0.5)
    clip.flags.writeable = False
    return clip


def in_container(samples: np.ndarray, container: str, codec: str, rate: int = SAMPLE_RATE) -> bytes:
    """Return a sound file of a container format, the sound encoded by a codec at a rate."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as written:
        stream = written.add_stream(codec, rate=rate)
        stream.layout = "mono"
        pcm = np.frombuffer(float_to_pcm(samples), "<i2").reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        for part in (frame, None):
            written.mux(stream.encode(part))
    return file.getvalue()
