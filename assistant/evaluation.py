"""`wenban evaluate`: the questions, near misses, emergencies and dialogues of data/eval, put to the assistant."""

from __future__ import annotations

import asyncio
import json
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.batch import opened
from assistant.preparation import progress
from assistant.settings import Settings

ANSWERS = frozenset({AnswerStatus.ANSWERED, AnswerStatus.FLOW_ASKED, AnswerStatus.SUBMITTED})
"""statuses by which the assistant has committed itself to an item"""


@dataclass(frozen=True)
class Asked:
    """A question of the set and what came back."""

    text: str
    item: str
    facet: str
    style: str
    theme: str
    status: str
    got: str | None
    got_facet: str | None
    candidates: tuple[str, ...]
    confidence: float
    latency_ms: float

    @property
    def committed(self) -> bool:
        """Whether an item was answered."""
        return self.got is not None and AnswerStatus(self.status) in ANSWERS

    def rank(self) -> int | None:
        """Return the place of the right item among the candidates, from 1, or None."""
        return self.candidates.index(self.item) + 1 if self.item in self.candidates else None


@dataclass
class Evaluation:
    """Everything measured in one run."""

    questions: list[Asked] = field(default_factory=list)
    out_of_scope: list[dict[str, Any]] = field(default_factory=list)
    emergencies: list[dict[str, Any]] = field(default_factory=list)
    dialogues: list[dict[str, Any]] = field(default_factory=list)
    leaks: list[dict[str, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return the figures that are claimed (shares of 1, milliseconds)."""
        asked, beyond = self.questions, self.out_of_scope
        true = [one for one in self.emergencies if one["emergency"]]
        false = [one for one in self.emergencies if not one["emergency"]]
        turns = [turn for dialogue in self.dialogues for turn in dialogue["turns"]]
        return {
            "questions": len(asked),
            **question_figures(asked),
            "out_of_scope": len(beyond),
            "out_of_scope_answered": share(beyond, lambda one: one["committed"]),
            "emergencies": len(true),
            "emergencies_caught": share(true, lambda one: one["status"] == "emergency"),
            "emergency_look_alikes": len(false),
            "emergency_false_alarms": sum(one["status"] == "emergency" for one in false),
            "dialogues": len(self.dialogues),
            "dialogue_turns_right": share(turns, lambda turn: not turn["wrong"]),
            "leaked_sentences": len(self.leaks),
            "latency_p50_ms": statistics.median([one.latency_ms for one in asked] or [0.0]),
            "latency_p95_ms": percentile([one.latency_ms for one in asked], 0.95),
        }


def question_figures(asked: Sequence[Asked]) -> dict[str, float]:
    """Return hit@1, hit@3, MRR, facet and how often was answered right and wrong."""
    return {
        "hit@1": share(asked, lambda one: one.rank() == 1),
        "hit@3": share(asked, lambda one: (one.rank() or 9) <= 3),
        "mrr": mean_reciprocal_rank(asked),
        "facet": share(asked, lambda one: one.got_facet == one.facet),
        "answered_right": share(asked, lambda one: one.committed and one.got == one.item),
        "answered_wrong": share(asked, lambda one: one.committed and one.got != one.item),
    }


def mean_reciprocal_rank(asked: Sequence[Asked]) -> float:
    """Return the mean of 1 / rank of the right item (0 where it is not among the candidates)."""
    return statistics.fmean([1 / rank if (rank := one.rank()) else 0.0 for one in asked] or [0.0])


def evaluate_all(settings: Settings, out: Path) -> Evaluation:
    """Ask everything of data/eval in fresh conversations, print tables and failures, write JSON."""
    folder = settings.data / "eval"
    measured = Evaluation(leaks=find_leaks(settings))
    with opened(settings) as assistant, progress("Evaluating") as report:
        themes = {item_id: item.theme for item_id, item in assistant.services.catalogue.items.items()}
        questions = _load(folder / "questions.yml")
        for number, question in enumerate(questions):
            report("questions", 0.7 * number / len(questions))
            measured.questions.append(_ask(assistant, question, themes))
        report("out of scope", 0.7)
        for entry in _load(folder / "out_of_scope.yml"):
            reply = _turn(assistant, entry["text"]).reply
            committed = reply.status in ANSWERS and reply.item is not None
            measured.out_of_scope.append({**entry, **_said(reply), "committed": committed})
        report("emergencies", 0.85)
        for entry in _load(folder / "emergencies.yml"):
            measured.emergencies.append({**entry, **_said(_turn(assistant, entry["text"]).reply)})
        report("dialogues", 0.9)
        for dialogue in _load(folder / "dialogues.yml"):
            measured.dialogues.append(_hold(assistant, dialogue))
    print_tables(measured)
    out.mkdir(parents=True, exist_ok=True)
    record = {"figures": measured.figures(), **asdict(measured)}
    (out / "evaluation.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return measured


def find_leaks(settings: Settings) -> list[dict[str, str]]:
    """Return evaluation sentences that are (nearly) training sentences."""
    from knowledge_base.asks import load_asks, load_out_of_scope
    from knowledge_base.evaluation import leaks

    asks = load_asks(settings.data / "asks")
    training = [text for facets in asks.values() for texts in facets.values() for text in texts]
    training += [
        text for texts in load_out_of_scope(settings.data / "asks" / "out_of_scope.yml").values() for text in texts
    ]
    for intent in yaml.safe_load((settings.data / "nlu" / "intents.yml").read_text(encoding="utf-8"))["nlu"]:
        training += [line.removeprefix("- ").strip() for line in intent["examples"].splitlines() if line.strip()]
    folder = settings.data / "eval"
    asked = [entry["text"] for name in ("questions", "out_of_scope") for entry in _load(folder / f"{name}.yml")]
    return [{"evaluation": leak.text, "training": leak.trained} for leak in leaks(asked, training)]


def _load(path: Path) -> list[dict[str, Any]]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


def _turn(assistant: Any, text: str) -> Any:
    return asyncio.run(assistant.turn(assistant.start(), text))


def _ask(assistant: Any, question: Mapping[str, Any], themes: Mapping[str, str]) -> Asked:
    answered = _turn(assistant, question["text"])
    reply: Reply = answered.reply
    return Asked(
        text=question["text"],
        item=question["item"],
        facet=question["facet"],
        style=question.get("style", "plain"),
        theme=themes[question["item"]],
        status=reply.status.value,
        got=reply.item,
        got_facet=reply.facet,
        candidates=tuple(found["item"] for found in reply.candidates),
        confidence=reply.confidence,
        latency_ms=answered.latency_ms,
    )


def _said(reply: Reply) -> dict[str, Any]:
    return {
        "status": reply.status.value,
        "item": reply.item,
        "confidence": reply.confidence,
        "reply": reply.text,
    }


def _hold(assistant: Any, dialogue: Mapping[str, Any]) -> dict[str, Any]:
    """Hold a dialogue and note for each turn what was expected and did not come."""
    named = dialogue.get("identity")
    conversation = assistant.start(assistant.demo_identity(named) if named else None)
    turns = []
    for turn in dialogue["turns"]:
        reply: Reply = asyncio.run(assistant.turn(conversation, turn["user"])).reply
        got = {
            "status": reply.status.value,
            "item": reply.item,
            "facet": reply.facet,
            "state": reply.application.state if reply.application else None,
        }
        expected = turn.get("expect") or {}
        wrong = {
            name: {"expected": wanted, "got": got.get(name)}
            for name, wanted in expected.items()
            if got.get(name) not in (wanted if isinstance(wanted, list) else [wanted])
        }
        turns.append({"user": turn["user"], **got, "text": reply.text, "wrong": wrong})
    return {"id": dialogue["id"], "turns": turns}


def print_tables(measured: Evaluation, console: Console | None = None) -> None:
    """Print the figures, the breakdowns and every failure."""
    console = console or Console(width=140)
    table = Table(title="Evaluation", show_header=False)
    for name, value in measured.figures().items():
        table.add_row(name, _shown(value))
    console.print(table)
    for title, key in (("By style", "style"), ("By facet", "facet"), ("By theme", "theme")):
        console.print(_breakdown(title, measured.questions, key))
    _print_failures(measured, console)


def _breakdown(title: str, asked: Sequence[Asked], key: str) -> Table:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[getattr(one, key)].append(one)
    table = Table(title=title)
    names = ("hit@1", "hit@3", "facet", "answered_right", "answered_wrong")
    for heading in (key, "n", *names):
        table.add_column(heading)
    for name, members in sorted(groups.items()):
        figures = question_figures(members)
        table.add_row(name, str(len(members)), *(_shown(figures[figure]) for figure in names))
    return table


def _print_failures(measured: Evaluation, console: Console) -> None:
    def section(title: str, lines: Iterable[str]) -> None:
        lines = list(lines)
        console.print(f"\n[bold]{title}: {len(lines)}[/]")
        for line in lines:
            console.print("  " + line, markup=False, highlight=False)

    section(
        "Not ranked first",
        (
            f"{one.text} | {one.item} ({one.style}) | {', '.join(one.candidates[:3])} | {one.status}"
            for one in measured.questions
            if one.rank() != 1
        ),
    )
    section(
        "Answered wrong",
        (
            f"{one.text} | {one.item} | {one.got} {one.confidence:.2f}"
            for one in measured.questions
            if one.committed and one.got != one.item
        ),
    )
    statuses = Counter(one.status for one in measured.questions)
    section("Statuses of the questions", (f"{status}: {count}" for status, count in statuses.most_common()))
    section(
        "Right item first, not answered",
        (
            f"{one.text} | {one.item} {one.confidence:.2f} | {one.status}"
            for one in measured.questions
            if one.rank() == 1 and not one.committed
        ),
    )
    section(
        "Facet wrong",
        (f"{one.text} | {one.facet} | {one.got_facet}" for one in measured.questions if one.got_facet != one.facet),
    )
    section(
        "Out of scope, answered",
        (
            f"{one['text']} ({one['kind']}) | {one['item']} {one['confidence']:.2f}"
            for one in measured.out_of_scope
            if one["committed"]
        ),
    )
    section(
        "Emergencies missed",
        (one["text"] for one in measured.emergencies if one["emergency"] and one["status"] != "emergency"),
    )
    section(
        "False alarms",
        (one["text"] for one in measured.emergencies if not one["emergency"] and one["status"] == "emergency"),
    )
    section(
        "Dialogue turns that went wrong",
        (
            f"{dialogue['id']} | {turn['user']} | {turn['wrong']} | {turn['text'][:60]}"
            for dialogue in measured.dialogues
            for turn in dialogue["turns"]
            if turn["wrong"]
        ),
    )
    section("Leaked", (f"{leak['evaluation']} = {leak['training']}" for leak in measured.leaks))


def share(members: Sequence[Any], holds: Callable[[Any], bool]) -> float:
    """Return the share (0 to 1) of members for which something holds; 0 for none."""
    return sum(map(holds, members)) / len(members) if members else 0.0


def percentile(values: Sequence[float], at: float) -> float:
    """Return the value below which the share `at` of the values lies; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))] if ordered else 0.0


def _shown(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
