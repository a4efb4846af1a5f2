"""What is asked: the entries of data/eval, its open part and its locked one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

OPEN, LOCKED = "open", "locked"
PARTS = (OPEN, LOCKED)
KNOWN_FAILURES = "known_failures.yml"

Entry = TypeVar("Entry")


class NoEvaluationSet(Exception):
    """There is nothing to ask in a folder of the evaluation set."""


class EntryInvalid(Exception):
    """An entry of the evaluation set has not the form that its file needs."""


@dataclass(frozen=True)
class Question:
    """A question for the desk, with the item and facet that it asks about."""

    text: str
    item: str
    facet: str
    style: str = "plain"


@dataclass(frozen=True)
class Stranger:
    """A sentence that no item answers."""

    text: str
    kind: str


@dataclass(frozen=True)
class PassageQuestion:
    """A question that a passage answers."""

    text: str
    passage: str


@dataclass(frozen=True)
class AmbiguousQuestion:
    """A question that fits several items, likeliest first."""

    text: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Emergency:
    """A sentence of somebody in danger, with the number to call, or one that only sounds like it."""

    text: str
    emergency: bool
    number: str | None = None


@dataclass(frozen=True)
class Turn:
    """What a citizen says, and what is expected: field of the reply → value, or list of values."""

    user: str
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Dialogue:
    """A conversation, held as a demonstration identity or anonymously."""

    id: str
    turns: tuple[Turn, ...]
    identity: str | None = None


@dataclass(frozen=True)
class Part:
    """One part of the evaluation set."""

    name: str
    questions: tuple[Question, ...] = ()
    out_of_scope: tuple[Stranger, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()
    passages: tuple[PassageQuestion, ...] = ()
    ambiguous: tuple[AmbiguousQuestion, ...] = ()


def load_part(folder: Path, name: str) -> Part:
    """Load one part from its files; a missing file holds nothing.

    Raises:
        NoEvaluationSet: all are missing or empty.
        EntryInvalid: an entry lacks a key or has one that nobody reads.
    """
    source = folder / name
    part = Part(
        name,
        _load(source / "questions.yml", Question),
        _load(source / "out_of_scope.yml", Stranger),
        _load(source / "emergencies.yml", Emergency),
        _load(source / "dialogues.yml", _dialogue),
        _load(source / "passages.yml", PassageQuestion),
        _load(source / "ambiguous.yml", _ambiguous),
    )
    if part == Part(name):
        raise NoEvaluationSet(f"There is nothing to ask in {source}.")
    return part


def load_known_failures(folder: Path) -> dict[str, frozenset[str]]:
    """Load what of the open part is known to fail: section → texts, or id/turn number of dialogues."""
    return {name: frozenset(map(str, keys or ())) for name, keys in (_yaml(folder / KNOWN_FAILURES) or {}).items()}


def _load(path: Path, make: Callable[..., Entry]) -> tuple[Entry, ...]:
    entries = []
    for number, entry in enumerate(_yaml(path) or (), start=1):
        try:
            entries.append(make(**entry))
        except TypeError as error:
            raise EntryInvalid(f"{path}, entry {number}: {error}") from error
    return tuple(entries)


def _dialogue(id: str, turns: list[dict[str, Any]], identity: str | None = None) -> Dialogue:
    return Dialogue(id, tuple(Turn(**turn) for turn in turns), identity)


def _ambiguous(text: str, items: list[str]) -> AmbiguousQuestion:
    return AmbiguousQuestion(text, tuple(items))


def _yaml(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader) if path.exists() else None
