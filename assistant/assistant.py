"""The assistant as one object: models, knowledge, flows and storage wired together, one call a turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActiveLoop, SlotSet

from actions.answer import ActionAnswer, ActionClarify
from actions.application_form import ValidateApplicationForm
from actions.applications import ActionTrack, view
from actions.conversation import ActionChat, ActionDecline, ActionEmergency, ActionNotUnderstood, ActionRefuse
from actions.handoff import ActionRequestPerson
from actions.reply import Reply
from actions.services import Services
from actions.status import AnswerStatus
from assistant.action_endpoint import InProcessActions, check_results_quickly
from assistant.citizen.emergencies import EmergencyRules
from assistant.citizen.gate import GatedAgent
from assistant.citizen.identity import OWN_CHANNEL, DemoIdentity, load_demo_identities, new_conversation_id
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.citizen.reply_channel import ReplyChannel
from assistant.nlu import resources
from assistant.settings import Settings
from assistant.tracker_store import BoundedTrackerStore
from storage.applications import ApplicationState
from storage.identity import Identity

BOOK_TITLE_MARKS = "《》"

ACTIONS = (
    ActionAnswer,
    ActionClarify,
    ActionTrack,
    ActionChat,
    ActionDecline,
    ActionRefuse,
    ActionEmergency,
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


class Assistant:
    """Talk to citizens: start conversations, take turns."""

    def __init__(self, settings: Settings, services: Services, agent: GatedAgent) -> None:
        """Keep the wired parts; `open` makes them."""
        self.settings = settings
        self.services = services
        self.agent = agent
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
        resources.use(settings)
        services = Services.open(settings.data, settings.var, settings.database_url, settings.clock)
        check_results_quickly()
        agent = GatedAgent(
            tracker_store=BoundedTrackerStore(url=settings.tracker_url),
            action_endpoint=InProcessActions([action(services) for action in ACTIONS]),
        )
        agent.load_model(model)
        agent.open_gate(
            services,
            EmergencyRules.load(settings.data / "emergencies.yml"),
            PersonalDataGuard.load(settings.data / "texts" / "personal_data.yml", services.personal_values),
            settings.max_characters,
        )
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

    async def turn(self, conversation_id: str, text: str) -> TimedReply:
        """Take one message and return its reply."""
        began = time.perf_counter()
        channel = ReplyChannel()
        message = UserMessage(text, channel, conversation_id, input_channel=OWN_CHANNEL)
        await self.agent.handle_message(message)
        self.services.conversations.touch(conversation_id)
        reply = channel.reply() or Reply(AnswerStatus.ERROR, self.services.texts("error"))
        reply = self._with_notices(conversation_id, reply)
        return TimedReply(reply, round((time.perf_counter() - began) * 1000.0, 1), message.text or "")

    async def set_aside(self, conversation_id: str) -> None:
        """Set the running application aside; its draft is kept, and the citizen's next words are no answer to it."""
        async with self.agent.lock_store.lock(conversation_id):
            if not self.services.engine.pause(conversation_id):
                return
            tracker = await self.agent.tracker_store.retrieve(conversation_id)
            if tracker is None:
                return
            for event in (ActiveLoop(None), SlotSet("expecting"), SlotSet("requested_slot"), SlotSet("offered", [])):
                tracker.update(event)
            await self.agent.tracker_store.save(tracker)

    def warm_up(self) -> None:
        """Load what is loaded at first use: a conversation nobody sees is parsed once."""
        asyncio.run(
            self.agent.processor.parse_message(UserMessage(self.services.texts("greeting"), sender_id="warm-up"))
        )

    def issued_notices(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what conversations have yet to hear of their issued applications, and mark it as told."""
        for conversation_id in self.services.applications.conversations_with_notices():
            notices = self.services.applications.pending_notices(conversation_id)
            self.services.applications.mark_told([notice.id for notice in notices])
            for notice in notices:
                if notice.state is not ApplicationState.ISSUED:
                    continue
                application = self.services.applications.by_receipt(notice.receipt_number)
                if application is None:
                    continue
                shown = view(self.services, application)
                name = self._item_name(notice.item_id)
                yield (
                    conversation_id,
                    {
                        "receipt_number": notice.receipt_number,
                        "item_name": name,
                        "state_label": shown.state_label,
                        "documents": list(shown.documents),
                        "text": self.services.texts(
                            "issued_notice", item=name.strip(BOOK_TITLE_MARKS), receipt=notice.receipt_number
                        ),
                    },
                )

    def _item_name(self, item_id: str) -> str:
        """Return what an item is called; its guide may have been taken away since it was applied for."""
        item = self.services.catalogue.items.get(item_id)
        flow = self.services.flows.get(item_id)
        return item.name if item else flow.name if flow else item_id

    def _with_notices(self, conversation_id: str, reply: Reply) -> Reply:
        """Add what has become of the citizen's applications since they last heard."""
        pending = self.services.applications.pending_notices(conversation_id)
        if not pending:
            return reply
        lines = [
            self.services.texts(
                "issued_notice",
                item=self._item_name(notice.item_id).strip(BOOK_TITLE_MARKS),
                receipt=notice.receipt_number,
            )
            for notice in pending
            if notice.state is ApplicationState.ISSUED
        ]
        self.services.applications.mark_told([notice.id for notice in pending])
        return replace(reply, text="\n".join([*lines, reply.text])) if lines else reply


def latest_model(folder: Path) -> Path:
    """Return the newest trained model.

    Raises:
        NoModel: there is none.
    """
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise NoModel(NoModel.__doc__)
    return models[-1]
