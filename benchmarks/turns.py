"""Budget: a turn costs at most 1.6 times a bare Rasa bot's, measured beside it in one run."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benchmarks.bare_bot.bot import opened_bare_bot
from benchmarks.conversations import Conversation, load_conversations
from benchmarks.figures import Figure, Result, durations_table, milliseconds, result
from benchmarks.program import opened_assistant
from benchmarks.stages import StageClock, StageHooks, hooked

if TYPE_CHECKING:
    from rasa.core.agent import Agent

    from assistant.assistant import Assistant, TimedReply

ROUNDS = 4
"""times all conversations are played while measured; every play is a new conversation"""
WARM_UP_ROUNDS = 1
RATIO_BUDGET = 1.6
P95_BUDGET_MS = 60.0


class Pair:
    """The assistant and the bare bot, given the same messages in turn."""

    def __init__(self, assistant: Assistant, bare: Agent) -> None:
        """Begin with nothing measured."""
        self._assistant = assistant
        self._bare = bare
        self.ours: dict[str, list[float]] = defaultdict(list)
        """seconds by kind of turn"""
        self.bare: list[float] = []
        self.our_processor, self.bare_processor = 0.0, 0.0
        """seconds of processor time of all turns, other processes left out"""
        self.statuses: Counter[str] = Counter()
        self.back_office: list[float] = []
        """seconds of the back office's work, done between the conversations"""
        self.bare_replies = 0

    async def play(self, conversations: Iterable[Conversation], stages: StagesOfBoth | None = None) -> None:
        """Play conversations to both; who goes first changes with every turn."""
        for conversation in conversations:
            if stages:
                stages.hooks.clock = StageClock()
            self._let_back_office_work()
            identity = self._assistant.demo_identity(conversation.identity) if conversation.identity else None
            # One id for both, new to both: their trackers are in databases of their own.
            conversation_id = self._assistant.start(identity)
            for number, said in enumerate(conversation.turns):
                turns = (
                    self._our_turn(conversation_id, said.kind, said.text, stages),
                    self._bare_turn(conversation_id, said.text, stages),
                )
                for turn in turns if number % 2 else reversed(turns):
                    await turn

    def _let_back_office_work(self) -> None:
        """Issue what is due, as a server does beside its turns; else it falls on whichever turn asks next."""
        began = time.perf_counter()
        if self._assistant.services.connector.advance():
            self.back_office.append(time.perf_counter() - began)

    async def _our_turn(self, conversation_id: str, kind: str, text: str, stages: StagesOfBoth | None) -> None:
        if stages:
            stages.hooks.clock = stages.ours
        processor, began = time.process_time(), time.perf_counter()
        answered = await self._assistant.turn(conversation_id, text)
        self.ours[kind].append(time.perf_counter() - began)
        self.our_processor += time.process_time() - processor
        self.statuses[answered.reply.status.value] += 1
        if stages:
            stages.publish(conversation_id, answered)

    async def _bare_turn(self, conversation_id: str, text: str, stages: StagesOfBoth | None) -> None:
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        if stages:
            stages.hooks.clock = stages.bare
        channel = CollectingOutputChannel()
        processor, began = time.process_time(), time.perf_counter()
        await self._bare.handle_message(UserMessage(text, channel, conversation_id))
        self.bare.append(time.perf_counter() - began)
        self.bare_processor += time.process_time() - processor
        self.bare_replies += bool(channel.messages)

    @property
    def ours_in_all(self) -> list[float]:
        """Seconds of every turn of ours."""
        return [seconds for kind in self.ours.values() for seconds in kind]

    @property
    def ratio(self) -> float:
        """Our mean by the bare bot's."""
        ours = self.ours_in_all
        return (sum(ours) / len(ours)) / (sum(self.bare) / len(self.bare))


class StagesOfBoth:
    """The stage clocks of both bots, and the server's transcript, which is kept outside the turn."""

    def __init__(self, assistant: Assistant, hooks: StageHooks) -> None:
        """Begin with nothing measured."""
        from assistant.citizen.hub import ConversationHub

        self.hooks = hooks
        self.ours, self.bare, self.transcript = StageClock(), StageClock(), StageClock()
        self._hub = ConversationHub(assistant.services.transcripts)

    def publish(self, conversation_id: str, answered: TimedReply) -> None:
        """Keep message and reply as the server does."""
        from assistant.citizen.wire import EventType, reply_payload

        self.hooks.clock = self.transcript
        self._hub.publish(conversation_id, EventType.MESSAGE, {"text": answered.heard})
        self._hub.publish(conversation_id, EventType.REPLY, reply_payload(answered.reply, answered.latency_ms))


def measure() -> Result:
    """Measure turns of both bots, then once more with hooks for the breakdown."""
    with opened_assistant() as assistant, opened_bare_bot() as bare:
        return asyncio.run(_measure(assistant, bare))


async def _measure(assistant: Assistant, bare: Agent) -> Result:
    conversations = load_conversations()
    await Pair(assistant, bare).play(list(conversations) * WARM_UP_ROUNDS)
    rounds = []
    for _ in range(ROUNDS):
        pair = Pair(assistant, bare)
        await pair.play(conversations)
        rounds.append(pair)
    with hooked(assistant.agent.action_endpoint._executor.actions) as hooks:
        stages = StagesOfBoth(assistant, hooks)
        staged = Pair(assistant, bare)
        await staged.play(conversations, stages)
    turns = len(staged.bare)
    ours = milliseconds([seconds for pair in rounds for seconds in pair.ours_in_all])
    theirs = milliseconds([seconds for pair in rounds for seconds in pair.bare])
    kinds = {kind: milliseconds([s for pair in rounds for s in pair.ours[kind]]) for kind in staged.ours}
    back_office = [seconds for pair in (*rounds, staged) for seconds in pair.back_office]
    statuses: Counter[str] = sum((pair.statuses for pair in rounds), Counter())
    return result(
        [
            Figure(
                "our mean by the bare bot's",
                ours["mean"] / theirs["mean"],
                "×",
                RATIO_BUDGET,
                "by round " + ", ".join(f"{pair.ratio:.2f}" for pair in rounds),
            ),
            Figure(
                "the same in processor time",
                sum(pair.our_processor for pair in rounds) / sum(pair.bare_processor for pair in rounds),
                "×",
                None,
                "what other processes do counts less here",
            ),
            Figure(
                "our turn, processor time",
                sum(pair.our_processor for pair in rounds) / ours["count"] * 1000.0,
                "ms",
            ),
            Figure(
                "our turn, p95",
                ours["p95"],
                "ms",
                P95_BUDGET_MS,
                "one at a time; under load: the load benchmark",
            ),
            Figure("turns that ended in an error", float(statuses["error"]), "", 0.0),
        ],
        back_office=milliseconds(back_office) if back_office else None,
        ours=ours,
        bare=theirs,
        ours_by_kind=kinds,
        statuses=dict(statuses.most_common()),
        bare_turns_answered=sum(pair.bare_replies for pair in rounds),
        stages={"ours": stages.ours.per_turn(turns), "bare": stages.bare.per_turn(turns)},
        transcript=stages.transcript.per_turn(turns),
        sql_statements_per_turn={
            name: {database: round(count / turns, 2) for database, count in clock.statements.items()}
            for name, clock in (
                ("ours", stages.ours),
                ("bare", stages.bare),
                ("transcript", stages.transcript),
            )
        },
    )


def tables(measured: Result) -> list[Table]:
    """Return the durations, the kinds of turn and the stages of both bots side by side."""
    details = measured["details"]
    rows = {"ours": details["ours"], "bare bot": details["bare"]}
    if details["back_office"]:
        rows["back office, between conversations"] = details["back_office"]
    return [
        durations_table("turns, interleaved", rows),
        durations_table("our turns by kind", details["ours_by_kind"]),
        _stages_table(details),
    ]


def _stages_table(details: dict[str, Any]) -> Table:
    table = Table(
        "stage",
        "ours ms",
        "calls",
        "bare ms",
        "calls",
        title="a turn's stages, own time",
        title_justify="left",
    )
    for column in table.columns[1:]:
        column.justify = "right"
    ours, bare = details["stages"]["ours"], details["stages"]["bare"]
    for name in sorted({*ours, *bare}):
        cells = (_cells(side.get(name)) for side in (ours, bare))
        table.add_row(name, *(cell for pair in cells for cell in pair))
    table.add_section()
    table.add_row("all", f"{_total(ours):.2f}", "", f"{_total(bare):.2f}", "")
    for name, stage in details["transcript"].items():
        table.add_row(f"{name} (after the turn)", *_cells(stage), "", "")
    for name, counts in details["sql_statements_per_turn"].items():
        told = ", ".join(f"{database} {count:g}" for database, count in counts.items())
        table.add_row(f"SQL statements, {name}", told, "", "", "")
    return table


def _cells(stage: dict[str, float] | None) -> tuple[str, str]:
    return (f"{stage['ms']:.3f}", f"{stage['calls']:.2f}") if stage else ("", "")


def _total(stages: dict[str, dict[str, float]]) -> float:
    return sum(stage["ms"] for stage in stages.values())
