"""What recognising costs: seconds of compute for one of speech, and beside plain faster-whisper on the same model."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.spoken_clips import SpokenClip

if TYPE_CHECKING:
    from voice.recognition.recognizer import Recognizer
    from voice.recognition.settings import WhisperSettings

RUNS = 20
_WARM_UPS = 2


def recognition_cost(recognizer: Recognizer, clips: Sequence[SpokenClip]) -> dict[str, float]:
    """Return seconds of compute, of all cores together, and of waiting for one second of speech."""
    recognizer.transcribe(clips[0].samples)
    compute, began = time.process_time(), time.perf_counter()
    for clip in clips:
        recognizer.transcribe(clip.samples)
    speech = sum(clip.speech_s for clip in clips)
    return {
        "compute": (time.process_time() - compute) / speech,
        "waiting": (time.perf_counter() - began) / speech,
        "speech_seconds": speech,
    }


def beside_faster_whisper(recognizer: Recognizer, settings: WhisperSettings, audio: np.ndarray) -> dict[str, Any]:
    """Recognise one clip by ours and by an unchanged `WhisperModel` with the same options, in turn; medians in s."""
    from faster_whisper import WhisperModel

    plain = WhisperModel(
        settings.model,
        device=settings.device,
        compute_type=settings.compute_type,
        cpu_threads=settings.threads,
        local_files_only=True,
    )

    def ours_hears() -> str:
        return recognizer.model.hear(audio).text

    def plain_hears() -> str:
        segments, _ = plain.transcribe(
            audio,
            language="zh",
            beam_size=settings.beam,
            temperature=0.0,
            without_timestamps=True,
            condition_on_previous_text=False,
            max_new_tokens=settings.longest_tokens,
            suppress_blank=False,
        )
        return "".join(segment.text for segment in segments)

    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    texts = {}
    for run in range(_WARM_UPS + RUNS):
        for name, hears in (("ours", ours_hears), ("plain", plain_hears))[:: 1 if run % 2 else -1]:
            began = time.perf_counter()
            texts[name] = hears()
            if run >= _WARM_UPS:
                taken[name].append(time.perf_counter() - began)
    seconds = {name: median(all_of_it) for name, all_of_it in taken.items()}
    return {"seconds": seconds, "ratio": seconds["ours"] / seconds["plain"], "texts": texts}
