"""Timing hooks: where the time of a turn goes. They are put in for a measurement and taken out again."""

from __future__ import annotations

import functools
import inspect
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

Label = Callable[..., str]


class StageClock:
    """Add up each stage's own time: what a stage calls that is a stage itself counts there."""

    def __init__(self) -> None:
        """Begin with nothing measured."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()
        """SQL statements by database"""
        self._inner: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        began = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole = time.perf_counter() - began
            self.seconds[name] += whole - self._inner.pop()
            self.calls[name] += 1
            if self._inner:
                self._inner[-1] += whole

    def per_turn(self, turns: int) -> dict[str, dict[str, float]]:
        """Return each stage's milliseconds and calls a turn, the longest first."""
        return {
            name: {"ms": round(seconds / turns * 1000.0, 4), "calls": round(self.calls[name] / turns, 3)}
            for name, seconds in sorted(self.seconds.items(), key=lambda stage: -stage[1])
        }


class StageHooks:
    """Wrap the methods that a turn passes through; `clock` receives what they take."""

    def __init__(self) -> None:
        """Begin without hooks."""
        self.clock = StageClock()
        self._originals: list[tuple[Any, str, Any]] = []
        self._registered: list[tuple[MutableMapping[str, Any], str, Any]] = []

    def put_in(self) -> None:
        """Hook the gate, Rasa's processor, graph nodes and actions, the stores and our own actions."""
        from rasa.core.actions.action import RemoteAction
        from rasa.core.processor import MessageProcessor
        from rasa.engine.graph import GraphNode
        from rasa_sdk.executor import ActionExecutor
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        from actions.flows.engine import FlowEngine
        from assistant.assistant import Assistant
        from assistant.citizen.emergencies import EmergencyRecogniser
        from assistant.citizen.gate import GatedAgent
        from assistant.citizen.hub import ConversationHub
        from assistant.citizen.personal_data import PersonalDataGuard
        from assistant.tracker_store import BoundedTrackerStore
        from storage.handoff_reader import HandoffReader
        from storage.standing import Standings

        self._watch(Assistant, "turn", "turn: the rest")
        self._watch(Standings, "of", "gate: where the conversation stands")
        self._watch(GatedAgent, "handle_message", "gate: the rest")
        self._watch(EmergencyRecogniser, "recognise", "gate: emergencies")
        self._watch(HandoffReader, "active", "gate: is a person answering")
        self._watch(HandoffReader, "is_with_person", "gate: may the assistant speak")
        self._watch(PersonalDataGuard, "mask", "gate: masking of personal data")
        self._watch(FlowEngine, "expected", "gate: what the application asked")
        self._watch(MessageProcessor, "handle_message", "Rasa: the rest")
        self._watch(MessageProcessor, "fetch_tracker_and_update_session", "Rasa: session")
        self._watch(MessageProcessor, "_parse_message_with_graph", "NLU: Rasa's graph runner")
        self._watch(MessageProcessor, "_check_for_unseen_features", "Rasa: check for unseen features")
        self._watch(MessageProcessor, "run_action_extract_slots", "Rasa: slot extraction")
        self._watch(MessageProcessor, "_predict_next_with_tracker", "policy: Rasa's graph runner")
        self._watch(MessageProcessor, "_run_action", "action: Rasa's side")
        self._watch(GraphNode, "__call__", _node)
        self._watch(RemoteAction, "_action_call_format", "action: tracker and domain as JSON")
        self._watch(RemoteAction, "_validate_action_result", "action: check of the result")
        self._watch(ActionExecutor, "run", "action: rasa_sdk's executor")
        self._watch(BoundedTrackerStore, "retrieve", "tracker store: retrieve")
        self._watch(BoundedTrackerStore, "save", "tracker store: save")
        self._watch(ConversationHub, "publish", "transcript: one event kept and sent")
        event.listen(Engine, "before_cursor_execute", self._count)

    def put_in_actions(self, registered: MutableMapping[str, Any]) -> None:
        """Hook the actions that an executor has registered, name → its bound `run`."""
        for name, run in list(registered.items()):
            self._registered.append((registered, name, run))
            registered[name] = self._watched(run, f"action: {name}")

    def take_out(self) -> None:
        """Put every method back."""
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        while self._originals:
            owner, name, original = self._originals.pop()
            setattr(owner, name, original)
        while self._registered:
            registered, name, run = self._registered.pop()
            registered[name] = run
        event.remove(Engine, "before_cursor_execute", self._count)

    def _watch(self, owner: Any, name: str, label: str | Label) -> None:
        original = owner.__dict__[name]
        self._originals.append((owner, name, original))
        setattr(owner, name, self._watched(original, label))

    def _watched(self, original: Callable[..., Any], label: str | Label) -> Callable[..., Any]:
        named = label if callable(label) else lambda *_: label
        if inspect.iscoroutinefunction(original):

            @functools.wraps(original)
            async def watched(*args: Any, **kwargs: Any) -> Any:
                with self.clock.stage(named(*args)):
                    return await original(*args, **kwargs)

        else:

            @functools.wraps(original)
            def watched(*args: Any, **kwargs: Any) -> Any:
                with self.clock.stage(named(*args)):
                    return original(*args, **kwargs)

        return watched

    def _count(self, connection: Any, _cursor: Any, _statement: str, *_: Any) -> None:
        self.clock.statements[str(connection.engine.url.database).rsplit("/", 1)[-1]] += 1


@contextmanager
def hooked(registered_actions: MutableMapping[str, Any]) -> Iterator[StageHooks]:
    """Put the hooks in for the block, the ones around an executor's registered actions included."""
    hooks = StageHooks()
    hooks.put_in()
    hooks.put_in_actions(registered_actions)
    try:
        yield hooks
    finally:
        hooks.take_out()


def _node(node: Any, *_: Any) -> str:
    """Return the stage of a graph node, named as in config.yml."""
    name = re.sub(r"^run_|\d+$", "", node._node_name)
    name = name.rsplit(".", 1)[-1]
    side = "policy" if name.endswith("Policy") or name in _POLICY_NODES else "NLU"
    return f"{side}: {name}"


_POLICY_NODES = frozenset({"select_prediction", "domain_provider", "rule_only_data_provider"})
