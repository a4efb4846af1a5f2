"""Who a conversation belongs to: ids nobody can guess, identities that only the server binds."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from rasa.core.channels.channel import UserMessage

from assistant.requests import same_secret
from storage.encryption import Cipher
from storage.identity import Identity

OWN_CHANNEL = "wenban"
"""the channel of our own pages and commands, whose conversation ids the server has made"""


def new_conversation_id() -> str:
    """Return a conversation id of 128 random bits."""
    return secrets.token_hex(16)


class OwnMessage(UserMessage):
    """A message of our own pages and commands; no webhook can make one."""

    heard: float = 1.0
    """probability (0 to 1) that the words are those that were said; 1 for what was typed"""
    person_seq: int | None = None
    """its number among the messages for the person who has the conversation, or will; None where there is none"""
    question_heard: bool = True
    """whether the citizen had been given the whole of the question before it"""


def conversation_of(message: UserMessage, cipher: Cipher) -> str:
    """Return the conversation that a message may speak in.

    Rasa's own webhooks let the client choose `sender` and channel, so theirs are kept apart from ours and never carry
    an identity, whatever the client names; a hash stands for the sender, who may be named by a telephone number.
    """
    if isinstance(message, OwnMessage):
        return message.sender_id
    return f"rest:{cipher.blind_index(str(message.sender_id), 'webhook-sender')[:32]}"


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
