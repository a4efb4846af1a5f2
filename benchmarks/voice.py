"""A spoken session in real time: when the answer sounds, when words are shown, how many may speak at once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.table import Table

from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.program import opened_assistant
from benchmarks.recogniser_cost import beside_faster_whisper, recognition_cost
from benchmarks.sounds import RATE
from benchmarks.spoken_clips import KNOWN_VOICES, ClipMaker, SpokenClip, said
from benchmarks.spoken_line import LONGEST_WAIT_S, Exchange, SpokenLine
from benchmarks.spoken_turns import STAGES, SpokenTurn

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.speech.voice import Voice

CONVERSATION = ("我想开一张无犯罪记录证明", "找工作用的", "确认提交", "居住证到期了怎么续签")
"""a wish, a purpose, a yes, a question"""
LONG_SENTENCE = "我想问一下孩子刚刚出生，在这里上户口要带哪些材料，多少天可以办好"
SPEEDS = (150, 190)
CROWDS = (1, 2, 5, 10, 20, 50)
ROUNDS = 4
"""utterances of each of a crowd"""
EVERY_S = 10.0
_BESIDE_S = 4.0
P50_BUDGET_S, P95_BUDGET_S, PARTIAL_BUDGET_S = 1.2, 2.0, 0.7


def measure(quick: bool = False) -> Result:
    """Measure one citizen after the other, then several at once, then the recogniser alone; less of it if quick."""
    from assistant.speech.voice import Voice

    maker = ClipMaker()
    voices, speeds = (KNOWN_VOICES[:1], SPEEDS[:1]) if quick else (KNOWN_VOICES, SPEEDS)
    spoken = [[maker.clip(text, voice, speed) for text in CONVERSATION] for voice in voices for speed in speeds]
    long_clip = maker.speak(said(LONG_SENTENCE), "", SPEEDS[0])[: round(_BESIDE_S * RATE)]
    with opened_assistant() as assistant:
        voice = Voice.open(assistant.settings, assistant.services)
        alone, cost, crowds = asyncio.run(_sessions(assistant, voice, spoken, quick))
        clips = [clip for conversation in spoken for clip in conversation]
        recognition = recognition_cost(voice.recognizer, clips)
        beside = beside_faster_whisper(voice.recognizer, assistant.settings.recognizer, long_clip)
    lags = [lag for turn in alone for lag in turn.partial_lags]
    return result(
        [
            *_first_sound(alone),
            *_partials(lags, sum(turn.untold for turn in alone)),
            Figure(
                "compute for a second of speech, recognition alone", recognition["compute"], "s", None, "cores added"
            ),
            Figure("compute for a second of speech, whole path", cost, "s", None, "drafts, turn and voice included"),
            Figure(f"speakers with p95 of first sound ≤ {P95_BUDGET_S:g} s", carried(crowds), "", None, _tried(crowds)),
            Figure(
                f"{_BESIDE_S:g} s clip, ours by plain faster-whisper",
                beside["ratio"],
                "×",
                1.0,
                f"{1000 * beside['seconds']['ours']:.0f} and {1000 * beside['seconds']['plain']:.0f} ms",
            ),
        ],
        recogniser=voice.recognizer.model.description,
        outcomes=dict(Counter(turn.outcome for turn in alone)),
        stages={
            **{
                name: milliseconds(values) for name in STAGES if (values := [t.stages[name] for t in alone if t.stages])
            },
            **({"first sound": milliseconds(values)} if (values := _sounds(alone)) else {}),
            **({"partial transcript": milliseconds(lags)} if lags else {}),
        },
        crowds=crowds,
        recognition=recognition,
        beside=beside,
    )


def carried(crowds: Sequence[dict[str, Any]]) -> int:
    """Return the largest crowd up to which every one is answered in time."""
    most = 0
    for crowd in crowds:
        if crowd["p95_s"] is None or crowd["p95_s"] > P95_BUDGET_S:
            break
        most = crowd["speakers"]
    return most


def crowd_summary(speakers: int, turns: Sequence[SpokenTurn]) -> dict[str, Any]:
    """Return how a crowd was served; who was not answered counts as having waited to the end."""
    waited = [LONGEST_WAIT_S if turn.first_sound is None else turn.first_sound for turn in turns]
    p50, p95 = np.percentile(waited, [50, 95]) if waited else (None, None)
    return {
        "speakers": speakers,
        "utterances": len(turns),
        "p50_s": None if p50 is None else round(float(p50), 3),
        "p95_s": None if p95 is None else round(float(p95), 3),
        "busy": sum(turn.busy > 0 for turn in turns),
        "outcomes": dict(Counter(turn.outcome for turn in turns)),
    }


def tables(measured: Result) -> list[Table]:
    """Return the stages, and how crowds were served."""
    details = measured["details"]
    outcomes = ", ".join(f"{name} {number}" for name, number in details["outcomes"].items())
    crowds = Table(title="speakers at once, an utterance each every 10 s", title_justify="left")
    for column in ("speakers", "utterances", "first sound p50 s", "p95 s", "told of a queue", "cores", "outcomes"):
        crowds.add_column(column, justify="right")
    for crowd in details["crowds"]:
        named = ", ".join(f"{name} {number}" for name, number in crowd["outcomes"].items())
        cells = (crowd[key] for key in ("speakers", "utterances", "p50_s", "p95_s", "busy", "cores"))
        crowds.add_row(*map(str, cells), named)
    return [durations_table(f"from the last sample of speech ({outcomes})", details["stages"]), crowds]


async def _sessions(
    assistant: Assistant, voice: Voice, spoken: Sequence[Sequence[SpokenClip]], quick: bool
) -> tuple[list[SpokenTurn], float, list[dict[str, Any]]]:
    """Return the turns of one citizen after the other, compute for a second of their speech, and how crowds fared."""
    exchange = Exchange(assistant, voice)
    try:
        await asyncio.to_thread(voice.synthesizer.warm_up)
        await _converse(exchange, spoken[0])
        before = _compute_seconds()
        alone = [turn for clips in spoken for turn in await _converse(exchange, clips)]
        cost = (_compute_seconds() - before) / sum(clip.speech_s for clips in spoken for clip in clips)
        crowds = []
        for speakers in CROWDS[:2] if quick else CROWDS:
            before, began = _compute_seconds(), time.perf_counter()
            turns = await _crowd(exchange, speakers, spoken, ROUNDS // 2 if quick else ROUNDS)
            cores = (_compute_seconds() - before) / (time.perf_counter() - began)
            crowds.append({**crowd_summary(speakers, turns), "cores": round(cores, 2)})
    finally:
        await voice.aclose()
    return alone, cost, crowds


async def _converse(exchange: Exchange, clips: Sequence[SpokenClip]) -> list[SpokenTurn]:
    async with exchange.line() as line:
        await asyncio.sleep(0.5)
        return [await line.say(clip) for clip in clips]


async def _crowd(
    exchange: Exchange, speakers: int, spoken: Sequence[Sequence[SpokenClip]], rounds: int
) -> list[SpokenTurn]:
    """Let so many speak; each begins at a moment of its own."""
    random, began = Random(speakers), time.perf_counter()

    async def one(number: int, first: float) -> list[SpokenTurn]:
        clips = spoken[number % len(spoken)][:rounds]
        async with exchange.line() as line:
            return [await _at(line, clip, began + first + place * EVERY_S) for place, clip in enumerate(clips)]

    every = await asyncio.gather(*(one(number, random.uniform(0.5, EVERY_S)) for number in range(speakers)))
    return [turn for turns in every for turn in turns]


async def _at(line: SpokenLine, clip: SpokenClip, due: float) -> SpokenTurn:
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    return await line.say(clip)


def _compute_seconds() -> float:
    """Return the processor time of this process and those that it started."""
    import psutil

    process = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))


def _sounds(turns: Sequence[SpokenTurn]) -> list[float]:
    return [turn.first_sound for turn in turns if turn.first_sound is not None]


def _first_sound(turns: Sequence[SpokenTurn]) -> list[Figure]:
    summary = crowd_summary(1, turns)
    answered = f"{summary['outcomes'].get('reply', 0)} of {len(turns)} were understood"
    return [
        Figure("end of speech to first sound, p50", summary["p50_s"], "s", P50_BUDGET_S, answered),
        Figure("end of speech to first sound, p95", summary["p95_s"], "s", P95_BUDGET_S),
    ]


def _partials(lags: Sequence[float], untold: int) -> list[Figure]:
    p50, p95 = map(float, np.percentile(lags, [50, 95])) if lags else (None, None)
    share = f"{100 * untold / (untold + len(lags)):.0f} % of the characters came with the transcript only"
    return [
        Figure("a character said to a partial transcript with it, p50", p50, "s", PARTIAL_BUDGET_S, share),
        Figure("a character said to a partial transcript with it, p95", p95, "s"),
    ]


def _tried(crowds: Sequence[dict[str, Any]]) -> str:
    return f"tried: {', '.join(str(crowd['speakers']) for crowd in crowds)}"
