"""A gate with a dialogue of fixed words below it: what must hold whatever the dialogue says needs no trained model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from actions.reply import Reply
from actions.services import Services
from actions.status import AnswerStatus
from actions.waiting_room import WaitingRoom
from assistant.citizen.emergencies import EmergencyKind
from assistant.citizen.gate import GatedAgent
from assistant.citizen.identity import OWN_CHANNEL, OwnMessage
from assistant.citizen.muted_channel import as_message
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.citizen.reply_channel import ReplyChannel
from storage.audit import AuditTrail
from storage.conversations import Conversations
from storage.database import Database
from storage.desk_measures import DeskMeasures
from storage.handoffs import HandoffReason, Handoffs
from storage.personal_values import PersonalValues
from storage.standing import Standings
from storage.transcripts import Transcripts

PERSON, OFFER, FIRE = "转人工", "听不懂", "着火了"


class FixedEmergencies:
    """Takes one word for an emergency."""

    def recognise(self, text: str, is_answer: bool = False) -> EmergencyKind | None:
        import re

        return EmergencyKind("fire", "119", "请拨打119", re.compile(FIRE)) if FIRE in text else None


@dataclass
class Below:
    """What the dialogue below the gate does."""

    heard: list[str] = field(default_factory=list)
    """what reached it"""
    meanwhile: Callable[[], Any] | None = None
    """what happens elsewhere while it thinks"""


class FixedAgent(GatedAgent):
    """Replies to everything, queues whoever asks for a person, offers one for words it does not understand."""

    below: Below

    async def dialogue(self, message: Any) -> None:
        self.below.heard.append(message.text)
        handoffs, conversation_id = self.services.handoffs, message.sender_id
        reply = Reply(AnswerStatus.ANSWERED, f"答：{message.text}")
        if message.text == PERSON:
            handoffs.enqueue(handoffs.open(conversation_id, HandoffReason.ASKED_FOR, message.text).id)
            reply = Reply(AnswerStatus.HANDED_OVER, "已排队")
        elif message.text == OFFER:
            handoffs.open(conversation_id, HandoffReason.LOW_CONFIDENCE, message.text)
            reply = Reply(AnswerStatus.HANDOFF_OFFERED, "要不要转人工")
        if self.below.meanwhile is not None:
            meanwhile, self.below.meanwhile = self.below.meanwhile, None
            meanwhile()
        await message.output_channel.send_response(conversation_id, as_message(reply))

    async def remember(self, message: Any, turn: Any) -> None:
        """There is no tracker below."""

    async def begin(self, message: Any, turn: Any) -> None:
        self.below.heard.append(turn.outcome.value)
        reply = Reply(AnswerStatus.HANDED_OVER, "已排队")
        await message.output_channel.send_response(message.sender_id, as_message(reply))

    async def set_aside(self, conversation_id: str) -> None:
        self.services.engine.pause(conversation_id)

    async def begin_message(self, message: Any) -> None:
        reply = Reply(AnswerStatus.FLOW_ASKED, "请留一个手机号")
        await message.output_channel.send_response(message.sender_id, as_message(reply))


def gate_over(services: Services, below: Below | None = None) -> FixedAgent:
    """Return the gate over these services."""
    agent = FixedAgent()
    agent.below = below or Below()
    guard = PersonalDataGuard.load(services.data / "texts" / "personal_data.yml", services.personal_values)
    agent.open_gate(services, FixedEmergencies(), guard, AuditTrail(services.database), max_characters=500)  # type: ignore[arg-type]
    return agent


def say(agent: GatedAgent, conversation_id: str, text: str) -> Reply:
    """Say something in a conversation of ours."""
    channel = ReplyChannel()
    asyncio.run(agent.handle_message(OwnMessage(text, channel, conversation_id, input_channel=OWN_CHANNEL)))
    reply = channel.reply()
    assert reply is not None
    return reply


def on_another_database(services: Services, url: str, clock: Callable[[], Any]) -> Services:
    """Return the services as a program has them that has just started on this database."""
    database = Database(url, services.database.cipher, clock)
    handoffs, room = Handoffs(database), services.waiting_room
    return replace(
        services,
        database=database,
        clock=clock,
        handoffs=handoffs,
        conversations=Conversations(database),
        personal_values=PersonalValues(database, _labels(services.personal_values)),
        standings=Standings(database),
        transcripts=Transcripts(database),
        waiting_room=WaitingRoom(
            handoffs, DeskMeasures(database), room.practice, services.hours, services.handoff_texts, clock
        ),
    )


def opened(data: Path, var: Path, clock: Callable[[], Any]) -> Services:
    """Open services on a storage of their own."""
    return Services.open(data, var, f"sqlite:///{var / 'wenban.db'}", clock)


def _labels(values: PersonalValues) -> dict[Any, str]:
    return dict(values._labels)
