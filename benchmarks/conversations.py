"""The conversations that the benchmarks play."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("conversations.yml")


@dataclass(frozen=True)
class Said:
    """One message and what kind of turn it makes: question, follow_up, chat, out_of_scope, flow …"""

    kind: str
    text: str


@dataclass(frozen=True)
class Conversation:
    """Messages in their order; `identity` names a demonstration identity or nobody."""

    identity: str | None
    turns: tuple[Said, ...]


def load_conversations(path: Path = FILE) -> tuple[Conversation, ...]:
    """Load the mixed conversations: services of many themes, follow-ups, chat, applications."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]
    return tuple(
        Conversation(entry.get("identity"), tuple(Said(kind, text) for kind, text in entry["turns"])) for entry in raw
    )


def load_long_cycle(path: Path = FILE) -> tuple[str, ...]:
    """Load the texts that a long conversation repeats, so that any so many turns in a row say the same."""
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))["long_cycle"])
