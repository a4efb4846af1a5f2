"""Budget: the last of two hundred turns in one conversation costs no more than the tenth."""

from __future__ import annotations

import asyncio
import time
from statistics import mean, median
from typing import TYPE_CHECKING

from rich.table import Table

from benchmarks.conversations import load_long_cycle
from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.program import opened_assistant

if TYPE_CHECKING:
    from assistant.assistant import Assistant

TURNS = 200
CONVERSATIONS = 5
EARLY = slice(5, 15)
"""turns 6 to 15"""
LATE = slice(190, 200)
"""turns 191 to 200, which say what turns 1 to 10 said"""
RATIO_BUDGET = 1.05
"""no more, and five parts in a hundred for what a machine's other work adds to ten turns"""


def measure() -> Result:
    """Measure conversations of two hundred turns, a warm-up one before them."""
    cycle = load_long_cycle()
    with opened_assistant() as assistant:
        conversations = asyncio.run(_play(assistant, cycle))
    # The middle one of the conversations for each turn: what disturbed a single turn does not count.
    typical = [median(turn) for turn in zip(*conversations, strict=True)]
    early, late = mean(typical[EARLY]), mean(typical[LATE])
    windows = {
        f"turns {start + 1} to {start + 20}": milliseconds(
            [s for turns in conversations for s in turns[start : start + 20]]
        )
        for start in range(0, TURNS, 20)
    }
    return result(
        [
            Figure("mean of turns 191–200 by turns 6–15", late / early, "×", RATIO_BUDGET),
            Figure("mean of turns 6–15", early * 1000.0, "ms", None, f"each the median of {CONVERSATIONS} plays"),
            Figure("mean of turns 191–200", late * 1000.0, "ms", None, f"each the median of {CONVERSATIONS} plays"),
        ],
        windows=windows,
        seconds=[[round(seconds, 5) for seconds in turns] for turns in conversations],
    )


async def _play(assistant: Assistant, cycle: tuple[str, ...]) -> list[list[float]]:
    """Return the seconds of each turn of each measured conversation."""
    conversations = []
    for number in range(CONVERSATIONS + 1):
        conversation_id = assistant.start(assistant.demo_identity("demo"))
        turns = []
        for turn in range(TURNS if number else TURNS // 4):
            began = time.perf_counter()
            await assistant.turn(conversation_id, cycle[turn % len(cycle)])
            turns.append(time.perf_counter() - began)
        conversations.append(turns)
    return conversations[1:]


def tables(measured: Result) -> list[Table]:
    """Return how turns went along the conversations."""
    return [durations_table("along the conversation", measured["details"]["windows"])]
