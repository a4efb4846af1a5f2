"""Clips of people joined to one stream, with silences between, hesitations within, and noise over all of it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import butter, sosfilt

from benchmarks.sounds import RATE, noise

_FRAME = 160
_RUMBLE_HZ = 150.0
_BELOW_LOUDEST_DB = 22.0
_SHORTEST_SOUND = 5
"""frames above the threshold, one after another, that count as sound"""
_SHORTEST_SYLLABLE = 15
_APART = 20
"""frames: what is shorter and so far from the speech is a click of the mouth or the mouse"""
_SYLLABLE = 25
"""frames of a whole syllable: a quarter of a second"""
_FADE = 80
_SILENCE_S = (2.5, 4.0)
_FIRST_SILENCE_S = 5.0
ROOM_DBFS = -65.0
"""noise of a quiet room, under every stream"""


@dataclass(frozen=True)
class Clip:
    """What one person said."""

    samples: np.ndarray
    loud: np.ndarray
    """of each 10 ms, whether they are louder than the background"""

    @property
    def bounds(self) -> tuple[int, int]:
        """Return the first sample of the speech and the one after its last."""
        frames = np.flatnonzero(self.loud)
        return int(frames[0]) * _FRAME, (int(frames[-1]) + 1) * _FRAME

    @property
    def level_dbfs(self) -> float:
        """Return the level of its loud parts."""
        framed = self.samples[: len(self.loud) * _FRAME].reshape(-1, _FRAME)
        return float(10.0 * np.log10(np.mean(framed[self.loud] ** 2)))


@dataclass(frozen=True)
class Stream:
    """Clips joined, and where each is spoken, in seconds."""

    samples: np.ndarray
    spoken: tuple[tuple[float, float], ...]


def clip_of(samples: np.ndarray) -> Clip:
    """Find the loud parts of a recording: vowels and clear consonants; rumble and breath are left out."""
    high = sosfilt(butter(2, _RUMBLE_HZ, "highpass", fs=RATE, output="sos"), samples)
    framed = high[: len(high) // _FRAME * _FRAME].reshape(-1, _FRAME)
    levels = 10.0 * np.log10(np.mean(framed**2, axis=1) + 1e-10)
    return Clip(samples, _without_clicks(levels > np.percentile(levels, 95) - _BELOW_LOUDEST_DB))


def _without_clicks(loud: np.ndarray) -> np.ndarray:
    """Leave out what is too short, and before and after the speech what is short and stands apart."""
    edges = np.flatnonzero(np.diff(np.r_[0, loud.astype(int), 0])).reshape(-1, 2).tolist()
    sounds = [(begin, end) for begin, end in edges if end - begin >= _SHORTEST_SOUND]
    while len(sounds) > 1 and _is_click(sounds[0], sounds[1][0] - sounds[0][1]):
        del sounds[0]
    while len(sounds) > 1 and _is_click(sounds[-1], sounds[-1][0] - sounds[-2][1]):
        del sounds[-1]
    kept = np.zeros(len(loud), bool)
    for begin, end in sounds:
        kept[begin:end] = True
    return kept


def _is_click(sound: tuple[int, int], apart: int) -> bool:
    return sound[1] - sound[0] < _SHORTEST_SYLLABLE and apart >= _APART


def _background(clip: Clip, frames: int, random: np.random.Generator) -> np.ndarray:
    """Return noise as loud as a clip is where nobody speaks."""
    framed = clip.samples[: len(clip.samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    level = np.sqrt(np.percentile(np.mean(framed**2, axis=1), 10))
    return random.normal(0.0, level, frames * _FRAME).astype(np.float32)


def load_clips(folder: Path) -> list[Clip]:
    """Read the clips that a folder's `manifest.tsv` lists."""
    from voice.audio import decode

    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t"))
    return [clip_of(decode((folder / row["file"]).read_bytes())) for row in rows]


def joined(clips: Sequence[Clip], pauses_s: tuple[float, float] | None, seed: int = 0) -> Stream:
    """Join clips with silences; with `pauses_s`, quiet moments within them are made as long as a hesitation."""
    random = np.random.default_rng(seed)
    parts, spoken = [np.zeros(round(_FIRST_SILENCE_S * RATE), np.float32)], []
    length = len(parts[0])
    for clip in clips:
        said = hesitating(clip, pauses_s, random) if pauses_s else clip
        begin, end = said.bounds
        spoken.append(((length + begin) / RATE, (length + end) / RATE))
        silence = np.zeros(round(random.uniform(*_SILENCE_S) * RATE), np.float32)
        parts += [_faded(said.samples), silence]
        length += len(said.samples) + len(silence)
    samples = np.concatenate(parts)
    return Stream(samples + noise(len(samples) / RATE, ROOM_DBFS, seed)[: len(samples)], tuple(spoken))


def hesitating(clip: Clip, pauses_s: tuple[float, float], random: np.random.Generator) -> Clip:
    """Lengthen one or two of a clip's quiet moments to silences of a length drawn from `pauses_s`."""
    gaps = _gaps(clip)
    if not gaps:
        return clip
    count = 1 if len(clip.samples) < 3 * RATE else 2
    samples, loud = clip.samples, clip.loud
    for index in sorted(random.choice(len(gaps), min(count, len(gaps)), replace=False), reverse=True):
        begin, end = gaps[index]
        missing = max(0, round(random.uniform(*pauses_s) * RATE / _FRAME) - (end - begin))
        middle = (begin + end) // 2
        silence = _background(clip, missing, random)
        head, tail = samples[: middle * _FRAME], samples[middle * _FRAME :]
        samples = np.concatenate([_faded(head), silence, _faded(tail)])
        loud = np.concatenate([loud[:middle], np.zeros(missing, bool), loud[middle:]])
    return Clip(samples, loud)


def _gaps(clip: Clip) -> list[tuple[int, int]]:
    """Return the quiet moments within the speech, in frames; without one, the quietest frame of its middle half.

    Those close to its ends are left out: nobody hesitates within a consonant.
    """
    begin, end = (sample // _FRAME for sample in clip.bounds)
    edges = np.flatnonzero(np.diff(clip.loud[begin:end].astype(int))) + 1 + begin
    gaps = [
        (int(first), int(last))
        for first, last in edges.reshape(-1, 2)
        if first - begin >= _SYLLABLE and end - last >= _SYLLABLE
    ]
    if gaps:
        return gaps
    quarter = (end - begin) // 4
    middle = clip.samples[(begin + quarter) * _FRAME : (end - quarter) * _FRAME].reshape(-1, _FRAME)
    quietest = begin + quarter + int(np.argmin(np.mean(middle**2, axis=1)))
    return [(quietest, quietest)]


def _faded(samples: np.ndarray) -> np.ndarray:
    """Let a piece begin and end without a click."""
    faded = samples.copy()
    slope = np.linspace(0.0, 1.0, _FADE, dtype=np.float32)
    faded[:_FADE] *= slope
    faded[-_FADE:] *= slope[::-1]
    return faded
