"""End-pointing on human speech: who is cut off, whose first syllable is lost, how long until the end is declared.

The clips are not ours to ship: they lie beside the checkout (`shared/data/speech_zh`), or where WENBAN_SHARED points.
They are read sentences, joined by script with silences, hesitations and noise; the bounds of the speech are measured
on the clean clips. Noise and music-like tones are made here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from rich.table import Table

from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.human_speech import CLIPS
from benchmarks.sounds import RATE, hum, melody, noise, pink_noise, ringing, siren
from benchmarks.spoken_stream import ROOM_DBFS, Clip, Stream, joined, load_clips
from voice.audio import WINDOW, WINDOW_S
from voice.endpointing.endpointer import Endpointer
from voice.endpointing.events import EndReason, SoundHeard, SpeechConfirmed, SpeechEnded, SpeechEvent
from voice.endpointing.settings import ELDER_SETTINGS, EndpointSettings
from voice.endpointing.voice_activity import JudgedWindow, SileroModel, VoiceActivity

PATIENCES = (0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
PAUSES: dict[str, tuple[float, float] | None] = {
    "as read": None,
    "pauses of 0.2 to 0.6 s": (0.2, 0.6),
    "pauses of 0.6 to 1.0 s": (0.6, 1.0),
}
PROMISED = ("as read", "pauses of 0.2 to 0.6 s")
NOISES = {"white": noise, "pink": pink_noise}
SNRS_DB = (20, 10, 5)
EVERY_IN_NOISE = 4
"""one clip of so many is heard in noise"""
SILENT_MINUTES = 5
NOBODY: dict[str, Callable[[float], np.ndarray]] = {
    "white noise": partial(noise, dbfs=-30.0),
    "pink noise": partial(pink_noise, dbfs=-25.0),
    "hum": hum,
    "ringing": ringing,
    "siren": siren,
    "music box": partial(melody, overtones=2),
    "organ": partial(melody, overtones=4),
    "strings": partial(melody, overtones=10, vibrato=1.0),
    "reeds": partial(melody, overtones=16),
    "chords": partial(melody, overtones=4, voices=3),
    "chimes": partial(melody, overtones=6, rest_s=1.5),
}
LATE_S = 0.02
"""an utterance may begin so much after the first loud sound and still holds the first syllable"""
CUT_OFF_BUDGET = 3.0
HEARD_BUDGET_MS = 200.0


@dataclass(frozen=True)
class Score:
    """How the clips of one stream fared with one patience."""

    clips: int
    cut_off: int
    """ended before the speech did"""
    first_syllable_lost: int
    missed: int
    heard_without_speech: int
    delays: tuple[float, ...]
    """seconds from the end of the speech until it was declared"""
    heard: tuple[float, ...]
    """seconds from the start of the speech until a sound was reported"""
    confirmed: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the counts, shares in percent and delays in milliseconds."""
        return {
            "clips": self.clips,
            "cut_off_percent": round(100.0 * self.cut_off / self.clips, 2),
            "first_syllable_lost": self.first_syllable_lost,
            "missed": self.missed,
            "heard_without_speech": self.heard_without_speech,
            "delay": milliseconds(self.delays),
            "sound_heard": milliseconds(self.heard),
            "speech_confirmed": milliseconds(self.confirmed),
        }


class JudgedActivity(VoiceActivity):
    """Windows judged once, handed out again for each setting."""

    def __init__(self, windows: Sequence[JudgedWindow]) -> None:
        self._windows = iter(windows)

    @property
    def noise_dbfs(self) -> float:
        """Tell a quiet room's: no score goes by it."""
        return ROOM_DBFS

    @property
    def waiting(self) -> int:
        """Tell that nothing waits: whole windows are fed."""
        return 0

    def feed(self, samples: np.ndarray) -> list[JudgedWindow]:
        """Return the next windows."""
        return [next(self._windows) for _ in range(len(samples) // WINDOW)]

    def reset(self) -> None:
        """Go on: there is no state."""


def measure() -> Result:
    """Measure noise and tones, then the clips as read and with pauses, in quiet and in noise, at each patience."""
    model = SileroModel()
    false_starts = {name: _false_starts(model, make) for name, make in NOBODY.items()}
    figures = [
        Figure(
            f"utterances in {SILENT_MINUTES} min each of {len(NOBODY)} noises and tones",
            sum(false_starts.values()),
            "",
            0,
            ", ".join(f"{name} {count}" for name, count in false_starts.items() if count) or "none in any",
        ),
    ]
    if not (CLIPS / "manifest.tsv").exists():
        return result([*figures, Figure("human speech: not measured", None, "", note=f"there is no {CLIPS.name}")])
    clips = load_clips(CLIPS)
    began = time.process_time()
    quiet = {name: joined(clips, pauses) for name, pauses in PAUSES.items()}
    judged = {name: _judged(model, stream) for name, stream in quiet.items()}
    judging_s = time.process_time() - began
    by_patience = {
        label: {name: _score(quiet[name], judged[name], settings) for name in quiet}
        for label, settings in _settings().items()
    }
    in_noise = {
        f"{name}, {snr} dB": _in_noise(model, clips[::EVERY_IN_NOISE], make, snr)
        for name, make in NOISES.items()
        for snr in SNRS_DB
    }
    default = by_patience[_label(EndpointSettings())]
    figures += _figures(default)
    seconds = sum(len(stream.samples) for stream in quiet.values()) / RATE
    figures.append(Figure("compute per second of sound, voice activity", 1000 * judging_s / seconds, "ms"))
    return result(
        figures,
        clips=len(clips),
        false_starts=false_starts,
        quiet={label: _as_json(scores) for label, scores in by_patience.items()},
        noise=_as_json(in_noise),
    )


def _as_json(scores: dict[str, Score]) -> dict[str, Any]:
    return {name: score.as_json() for name, score in scores.items()}


def _label(settings: EndpointSettings) -> str:
    return "elder" if settings == ELDER_SETTINGS else f"{settings.patience_s:.1f} s"


def _settings() -> dict[str, EndpointSettings]:
    patiences = sorted({*PATIENCES, EndpointSettings().patience_s})
    every = [replace(EndpointSettings(), patience_s=patience) for patience in patiences]
    return {_label(settings): settings for settings in [*every, ELDER_SETTINGS]}


def _figures(default: dict[str, Score]) -> list[Figure]:
    """Return what is promised at the default patience."""
    promised = [default[name] for name in PROMISED]
    figures = [
        Figure(f"cut off, {name}", 100.0 * default[name].cut_off / default[name].clips, "%", CUT_OFF_BUDGET)
        for name in PROMISED
    ]
    delays = milliseconds(default["as read"].delays)
    heard = milliseconds([delay for score in promised for delay in score.heard])
    return [
        *figures,
        Figure("first syllables lost", sum(score.first_syllable_lost for score in promised), "", 0),
        Figure("clips not heard at all", sum(score.missed for score in promised), "", 0),
        Figure("end of speech to end declared, p50", delays["p50"], "ms", note="as read"),
        Figure("end of speech to end declared, p95", delays["p95"], "ms", note="as read"),
        Figure(
            "start of speech to sound reported, p95", heard["p95"], "ms", HEARD_BUDGET_MS, "then playback is ducked"
        ),
    ]


def tables(measured: Result) -> list[Table]:
    """Return cut-offs and delays by patience, and what noise changes."""
    details = measured["details"]
    if "quiet" not in details:
        return []
    table = Table(title="cut off, % of clips, by patience", title_justify="left")
    for column in ("patience", *PAUSES, "first syllables lost", "delay p50 ms", "delay p95 ms"):
        table.add_column(column, justify="right")
    for label, scores in details["quiet"].items():
        cut_off = [f"{scores[name]['cut_off_percent']:.1f}" for name in PAUSES]
        lost = sum(score["first_syllable_lost"] for score in scores.values())
        delay = scores["as read"]["delay"]
        table.add_row(label, *cut_off, str(lost), f"{delay['p50']:.0f}", f"{delay['p95']:.0f}")
    noisy = Table(title="in noise, default patience, pauses of 0.2 to 0.6 s", title_justify="left")
    for column in (
        "noise",
        "clips",
        "cut off %",
        "first syllables lost",
        "missed",
        "false starts",
        "delay p95 ms",
    ):
        noisy.add_column(column, justify="right")
    for name, score in details["noise"].items():
        counts = [score[key] for key in ("cut_off_percent", "first_syllable_lost", "missed", "heard_without_speech")]
        noisy.add_row(name, str(score["clips"]), *map(str, counts), f"{score['delay']['p95']:.0f}")
    default = details["quiet"][_label(EndpointSettings())]["as read"]
    starts = {"sound reported": default["sound_heard"], "speech confirmed": default["speech_confirmed"]}
    return [table, noisy, durations_table("from the start of the speech, as read", starts)]


def _false_starts(model: SileroModel, make: Callable[[float], np.ndarray]) -> int:
    """Count the utterances found where nobody speaks."""
    seconds = 60.0 * SILENT_MINUTES
    stream = Stream(make(seconds) + noise(seconds, ROOM_DBFS), ())
    return _score(stream, _judged(model, stream), EndpointSettings()).heard_without_speech


def _in_noise(model: SileroModel, clips: Sequence[Clip], make: Callable[..., np.ndarray], snr_db: float) -> Score:
    stream = joined(clips, PAUSES["pauses of 0.2 to 0.6 s"])
    level = float(np.median([clip.level_dbfs for clip in clips])) - snr_db
    over = make(len(stream.samples) / RATE + 1.0, dbfs=level)[: len(stream.samples)]
    noisy = Stream(stream.samples + over, stream.spoken)
    return _score(noisy, _judged(model, noisy), EndpointSettings())


def _judged(model: SileroModel, stream: Stream) -> list[JudgedWindow]:
    return VoiceActivity(model).feed(stream.samples)


def _score(stream: Stream, windows: list[JudgedWindow], settings: EndpointSettings) -> Score:
    """Hear a stream and hold the utterances against what is spoken in it."""
    endpointer, events = Endpointer(settings, JudgedActivity(windows)), []
    for index, window in enumerate(windows):
        events += endpointer.feed(window.samples, (index + 1) * WINDOW_S)
    return scored(events, stream.spoken)


def scored(events: Sequence[SpeechEvent], spoken: Sequence[tuple[float, float]]) -> Score:
    """Hold the events of a stream against when each clip begins and ends."""
    ended = [event for event in events if isinstance(event, SpeechEnded) and event.reason is EndReason.SILENCE]
    of_clip = [
        [e for e in ended if e.utterance.started_at < end and e.utterance.ended_at > begin] for begin, end in spoken
    ]
    found = [(bounds, utterances) for bounds, utterances in zip(spoken, of_clip, strict=True) if utterances]
    return Score(
        clips=len(spoken),
        cut_off=sum(utterances[0].at < end for (_, end), utterances in found),
        first_syllable_lost=sum(
            utterances[0].utterance.audio_from > begin + LATE_S for (begin, _), utterances in found
        ),
        missed=len(spoken) - len(found),
        heard_without_speech=len(ended) - len({id(event) for utterances in of_clip for event in utterances}),
        delays=tuple(utterances[-1].at - end for (_, end), utterances in found),
        heard=_after_start(events, spoken, SoundHeard),
        confirmed=_after_start(events, spoken, SpeechConfirmed),
    )


def _after_start(events: Sequence[SpeechEvent], spoken: Sequence[tuple[float, float]], kind: type) -> tuple[float, ...]:
    """Return how long after each clip's start the first event of a kind came."""
    times = [event.at for event in events if isinstance(event, kind)]
    firsts = [next((at for at in times if begin <= at <= end), None) for begin, end in spoken]
    return tuple(at - begin for at, (begin, _) in zip(firsts, spoken, strict=True) if at is not None)
