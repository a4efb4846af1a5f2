"""Fifty citizens who speak at the very same moment: each is answered, and whoever waits is told so aloud."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import numpy as np
from rich.table import Table

from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.program import opened_assistant
from benchmarks.spoken_clips import KNOWN_VOICES, ClipMaker, SpokenClip
from benchmarks.spoken_line import Exchange
from benchmarks.spoken_turns import SpokenTurn

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.speech.voice import Voice

SPEAKERS, QUICK_SPEAKERS = 50, 10
ROUNDS = ("我想开一张无犯罪记录证明", "找工作用的")
SPEED = 160
GIVEN_UP = frozenset({"unanswered", "recognizer_busy", "recognizer_stalled", "assistant_failed", "assistant_stalled"})
"""outcomes in which what was said came to nothing"""
SILENCE_BUDGET_S = 5.0
"""nobody is left without a word for longer, \"one moment\" being one"""


def measure(quick: bool = False) -> Result:
    """Let all of them say a wish at once, and then what it is for; fewer of them if quick."""
    from assistant.speech.voice import Voice

    maker, speakers = ClipMaker(), QUICK_SPEAKERS if quick else SPEAKERS
    rounds = [[maker.clip(text, voice, SPEED) for voice in KNOWN_VOICES] for text in ROUNDS]
    with opened_assistant() as assistant:
        voice = Voice.open(assistant.settings, assistant.services)
        turns = asyncio.run(_together(assistant, voice, rounds, speakers))
        description = voice.recognizer.model.description
    return {**summary(turns, speakers), "details": {"recogniser": description, **_details(turns)}}


def summary(turns: Sequence[SpokenTurn], speakers: int) -> Result:
    """Return the figures of a crowd's turns."""
    failed = [turn for turn in turns if turn.outcome in GIVEN_UP]
    silent = [turn.first_word for turn in turns if turn.first_word is not None]
    waited = [turn.first_sound for turn in turns if turn.first_sound is not None]
    told = sum(turn.first_word is not None and turn.first_word != turn.first_sound for turn in turns)
    p50, p95 = map(float, np.percentile(waited, [50, 95])) if waited else (None, None)
    longest = None if len(silent) < len(turns) else max(silent)
    return result(
        [
            Figure("utterances", len(turns), "", None, f"of {speakers} speakers at once"),
            Figure("utterances given up or not answered", len(failed), "", 0),
            Figure("longest silence after speech", longest, "s", SILENCE_BUDGET_S, f"{told} were told to wait first"),
            Figure("end of speech to the answer's first sound, p50", p50, "s"),
            Figure("end of speech to the answer's first sound, p95", p95, "s"),
        ]
    )


def tables(measured: Result) -> list[Table]:
    """Return how long each stage took."""
    details = measured["details"]
    outcomes = ", ".join(f"{name} {number}" for name, number in details["outcomes"].items())
    return [durations_table(f"from the last sample of speech ({outcomes})", details["waits"])]


def _details(turns: Sequence[SpokenTurn]) -> Result:
    waits = {
        "first word": [turn.first_word for turn in turns if turn.first_word is not None],
        "first sound of the answer": [turn.first_sound for turn in turns if turn.first_sound is not None],
    }
    return {
        "outcomes": dict(Counter(turn.outcome for turn in turns)),
        "waits": {name: milliseconds(values) for name, values in waits.items() if values},
    }


async def _together(
    assistant: Assistant, voice: Voice, rounds: Sequence[Sequence[SpokenClip]], speakers: int
) -> list[SpokenTurn]:
    """Let so many say the same at the same time, each in a conversation of their own; return the turns."""
    exchange = Exchange(assistant, voice)
    turns: list[SpokenTurn] = []
    try:
        await asyncio.to_thread(voice.synthesizer.warm_up)
        async with AsyncExitStack() as opened:
            lines = [await opened.enter_async_context(exchange.line()) for _ in range(speakers)]
            await asyncio.sleep(1.0)
            for clips in rounds:
                turns += await asyncio.gather(*(line.say(clips[n % len(clips)]) for n, line in enumerate(lines)))
    finally:
        await voice.aclose()
    return turns
