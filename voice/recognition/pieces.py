"""Long speech cut at its pauses: a recogniser hears a clause better than a speech."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voice.audio import SAMPLE_RATE

_FRAME = SAMPLE_RATE // 100
_LOUD_PERCENTILE, _NOISE_PERCENTILE = 90, 5
_BELOW_LOUD_DB = 25.0
_ABOVE_NOISE = 0.3
"""of the way from the noise to the loud parts, for what is quiet where the noise is high"""


@dataclass(frozen=True)
class PieceRule:
    """When speech is cut; all in seconds."""

    longest_whole_s: float
    """what is no longer is left whole"""
    shortest_s: float
    """no piece is shorter"""
    longest_s: float
    """what is longer is cut even without a pause, where it is quietest"""
    pause_s: float = 0.15
    """quiet that is long enough to be cut at"""
    kept_s: float = 0.2
    """of a pause, on either side of the cut"""


def pieces(audio: np.ndarray, rule: PieceRule) -> list[np.ndarray]:
    """Return float32 samples at 16 kHz in pieces, in their order; of long pauses the middle is left out."""
    if len(audio) <= rule.longest_whole_s * SAMPLE_RATE:
        return [audio]
    frames = len(audio) // _FRAME
    power = np.mean(audio[: frames * _FRAME].reshape(-1, _FRAME) ** 2, axis=1)
    levels = 10.0 * np.log10(power + 1e-10)
    gaps, kept = _gaps(levels, round(rule.pause_s * 100)), round(rule.kept_s * 100)
    shortest, longest, whole = (round(100 * s) for s in (rule.shortest_s, rule.longest_s, rule.longest_whole_s))
    cuts: list[tuple[int, int]] = []
    start = 0
    while frames - start > whole:
        first, last, end = start + shortest, start + longest, frames - shortest
        fitting = [gap for gap in gaps if first <= gap[0] <= last and gap[1] <= end]
        if fitting:
            cut = max(fitting, key=lambda gap: (gap[1] - gap[0], -gap[0]))
        elif frames - start > longest:
            cut = _quietest(levels, start + longest // 2, start + longest)
        else:
            break
        cuts.append(cut)
        start = cut[1]
    begins = [0, *(max(begin, end - kept) for begin, end in cuts)]
    ends = [*(min(end, begin + kept) for begin, end in cuts), frames + 1]
    return [audio[begin * _FRAME : end * _FRAME] for begin, end in zip(begins, ends, strict=True)]


def _gaps(levels: np.ndarray, shortest: int) -> list[tuple[int, int]]:
    """Return the quiet stretches in frames."""
    noise, loud = np.percentile(levels, [_NOISE_PERCENTILE, _LOUD_PERCENTILE])
    quiet = levels < max(loud - _BELOW_LOUD_DB, noise + _ABOVE_NOISE * (loud - noise))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]]))).reshape(-1, 2)
    return [(int(begin), int(end)) for begin, end in edges if end - begin >= shortest]


def _quietest(levels: np.ndarray, first: int, last: int) -> tuple[int, int]:
    """Return where a stretch is quietest, as a gap without length."""
    frame = first + int(np.argmin(levels[first:last]))
    return frame, frame
