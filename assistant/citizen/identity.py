"""Who a conversation belongs to: ids nobody can guess, identities that only the server binds."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.requests import same_secret
from storage.identity import Identity

OWN_CHANNEL = "wenban"
"""the channel of our own pages and commands, whose conversation ids the server has made"""


def new_conversation_id() -> str:
    """Return a conversation id of 128 random bits."""
    return secrets.token_hex(16)


def conversation_of(channel: str | None, sender: str) -> str:
    """Return the conversation that a sender of a channel may speak in.

    Rasa's own webhooks let the client choose its `sender`, so theirs are kept apart from ours and never carry an
    identity, whatever id the client names.
    """
    if channel == OWN_CHANNEL:
        return sender
    return f"{channel or 'rasa'}:{sender}"


@dataclass(frozen=True)
class ConversationTokens:
    """Bearer tokens that let a client speak in one conversation: an HMAC of its id, so nothing is stored."""

    key: bytes

    def issue(self, conversation_id: str) -> str:
        """Return the conversation's token."""
        return hmac.new(self.key, conversation_id.encode(), hashlib.sha256).hexdigest()

    def accepts(self, conversation_id: str, token: str) -> bool:
        """Tell whether the token is the conversation's."""
        return same_secret(self.issue(conversation_id), token)


@dataclass(frozen=True)
class DemoIdentity:
    """A fictional citizen of the demonstration."""

    key: str
    label: str
    identity: Identity


def load_demo_identities(path: Path) -> Mapping[str, DemoIdentity]:
    """Load the demonstration identities, the first of which is `demo`."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        key: DemoIdentity(
            key,
            entry["label"],
            Identity.from_mapping({name: value for name, value in entry.items() if name != "label"}),
        )
        for key, entry in raw.items()
    }
