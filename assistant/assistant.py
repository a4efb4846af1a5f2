"""The assistant as one object: models, knowledge, flows and storage wired together, one call a turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet
from threadpoolctl import threadpool_limits

from actions.answer import ActionAnswer
from actions.application_form import ValidateApplicationForm
from actions.applications import ActionTrack
from actions.checklists import ActionChecklist
from actions.clarification import ActionClarify
from actions.comparison import ActionCompare
from actions.conversation import ActionChat, ActionDecline, ActionNotUnderstood, ActionRefuse
from actions.focus import focus_on
from actions.handoff import ActionRequestPerson
from actions.passages import ActionPassage
from actions.reply import Reply
from actions.services import Services
from actions.status import AnswerStatus
from assistant.action_endpoint import InProcessActions, trust_results_of_this_process
from assistant.citizen.emergencies import EmergencyRecogniser
from assistant.citizen.gate import GatedAgent
from assistant.citizen.identity import (
    OWN_CHANNEL,
    DemoIdentity,
    OwnMessage,
    load_demo_identities,
    new_conversation_id,
)
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.citizen.reply_channel import ReplyChannel
from assistant.nlu import resources
from assistant.settings import Settings
from assistant.staff.accounts import open_audit
from assistant.tracker_store import BoundedTrackerStore
from storage.identity import Identity

ACTIONS = (
    ActionAnswer,
    ActionCompare,
    ActionClarify,
    ActionPassage,
    ActionChecklist,
    ActionTrack,
    ActionChat,
    ActionDecline,
    ActionRefuse,
    ActionNotUnderstood,
    ActionRequestPerson,
    ValidateApplicationForm,
)


class NoModel(Exception):
    """There is no trained dialogue model yet: run `wenban prepare` first."""


class UnknownIdentity(Exception):
    """There is no demonstration identity of that name."""


@dataclass(frozen=True)
class TimedReply:
    """A reply, how long it took, and what was heard, personal data masked."""

    reply: Reply
    latency_ms: float
    heard: str
    person_seq: int | None = None
    """the message's number among those for the person who has the conversation, or will"""


class Assistant:
    """Talk to citizens: start conversations, take turns."""

    def __init__(self, settings: Settings, services: Services, agent: GatedAgent) -> None:
        """Keep the wired parts; `open` makes them."""
        self.settings = settings
        self.services = services
        self.agent = agent
        self.notices = agent.notices
        self.demo_identities: Mapping[str, DemoIdentity] = load_demo_identities(
            settings.data / "demo" / "identities.yml"
        )

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Load every model and open the storage.

        Raises:
            NoModel: the dialogue model has not been trained.
        """
        model = latest_model(settings.rasa_models)
        services = Services.open(
            settings.data,
            settings.var,
            settings.database_url,
            settings.clock,
            settings.knowledge,
            settings.language_model,
            departments=not settings.demo,
            desk=settings.desk,
        )
        resources.use(settings, services.guides)
        trust_results_of_this_process()
        agent = GatedAgent(
            tracker_store=BoundedTrackerStore(url=settings.tracker_url),
            action_endpoint=InProcessActions([action(services) for action in ACTIONS], services.texts("error")),
        )
        agent.load_model(model)
        agent.open_gate(
            services,
            EmergencyRecogniser.load(settings.data, settings.emergency_model),
            PersonalDataGuard.load(settings.data / "texts" / "personal_data.yml", services.personal_values),
            open_audit(settings, services.database),
            settings.max_characters,
        )
        # The matrices of a turn are small: a second thread spins beside it and takes the processor from other turns.
        threadpool_limits(1)
        return cls(settings, services, agent)

    def start(self, identity: Identity | None = None, channel: str = OWN_CHANNEL) -> str:
        """Begin a conversation, bound to an identity that the server vouches for, and return its id."""
        conversation_id = new_conversation_id()
        self.services.conversations.bind(conversation_id, identity, channel, demo=self.settings.demo)
        return conversation_id

    def demo_identity(self, name: str) -> Identity:
        """Return a demonstration identity; `demo` is the first.

        Raises:
            UnknownIdentity: no demonstration identity has that name.
        """
        if name not in self.demo_identities:
            raise UnknownIdentity(f"{UnknownIdentity.__doc__} Known: {', '.join(self.demo_identities)}.")
        return self.demo_identities[name].identity

    async def turn(
        self, conversation_id: str, text: str, heard: float = 1.0, question_heard: bool = True
    ) -> TimedReply:
        """Take one message and return its reply.

        `heard` is the probability (0 to 1) that these words were said. Unless the question before them was heard to its
        end, a yes settles nothing.
        """
        began = time.perf_counter()
        channel = ReplyChannel()
        message = OwnMessage(text, channel, conversation_id, input_channel=OWN_CHANNEL)
        message.heard, message.question_heard = heard, question_heard
        await self.agent.handle_message(message)
        reply = channel.reply() or Reply(AnswerStatus.ERROR, self.services.texts("error"))
        latency_ms = round((time.perf_counter() - began) * 1000.0, 1)
        return TimedReply(reply, latency_ms, message.text or "", message.person_seq)

    async def set_aside(self, conversation_id: str) -> None:
        """Set the running application aside; its draft is kept, and the citizen's next words are no answer to it."""
        await self.agent.set_aside(conversation_id)

    async def talk_about(self, conversation_id: str, item_id: str) -> None:
        """Put an item into the focus of a conversation, as if it had been asked about."""
        async with self.agent.lock_store.lock(conversation_id):
            tracker = await self.agent.tracker_store.retrieve(conversation_id)
            if tracker is None:
                return
            focus = focus_on(tracker.get_slot("focus") or {}, [item_id], "general", {})
            tracker.update(SlotSet(focus["name"], focus["value"]))
            await self.agent.tracker_store.save(tracker)

    async def focus_of(self, conversation_id: str) -> Mapping[str, Any]:
        """Return what a conversation is about, as `actions/focus.py` keeps it; empty where it is about nothing."""
        tracker = await self.agent.tracker_store.retrieve(conversation_id)
        return (tracker.get_slot("focus") if tracker is not None else None) or {}

    def warm_up(self) -> None:
        """Load what is loaded at first use: a conversation nobody sees is parsed once."""
        asyncio.run(
            self.agent.processor.parse_message(UserMessage(self.services.texts("greeting"), sender_id="warm-up"))
        )


def latest_model(folder: Path) -> Path:
    """Return the newest trained model.

    Raises:
        NoModel: there is none.
    """
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise NoModel(NoModel.__doc__)
    return models[-1]
