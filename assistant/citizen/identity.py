"""Who a conversation belongs to: ids nobody can guess, identities that only the server binds."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
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


def _for_ever(_conversation_id: str) -> int | None:
    return 0


@dataclass(frozen=True)
class ConversationTokens:
    """Bearer tokens that let a client speak in one conversation: an HMAC of its id, so nothing is stored.

    Where tokens can be taken back, those of a conversation have generations, of which one holds at a time.
    """

    key: bytes
    generation_of: Callable[[str], int | None] = _for_ever
    """gives the generation whose token holds; None for a conversation that is over, of which none does"""

    def issue(self, conversation_id: str) -> str:
        """Return the conversation's token."""
        return self._token(conversation_id, self.generation_of(conversation_id) or 0)

    def accepts(self, conversation_id: str, token: str) -> bool:
        """Tell whether the token is the conversation's, and holds."""
        generation = self.generation_of(conversation_id)
        return generation is not None and self.is_of(conversation_id, generation, token)

    def is_of(self, conversation_id: str, generation: int, token: str) -> bool:
        """Tell whether the token is the one of a generation, whether or not that holds."""
        return same_secret(self._token(conversation_id, generation), token)

    def hold(self, conversation_id: str) -> bool:
        """Tell whether the conversation goes on."""
        return self.generation_of(conversation_id) is not None

    def _token(self, conversation_id: str, generation: int) -> str:
        subject = f"{conversation_id}\0{generation}" if generation else conversation_id
        return hmac.new(self.key, subject.encode(), hashlib.sha256).hexdigest()


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
