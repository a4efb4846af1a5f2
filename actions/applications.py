"""Applications as the citizen sees them, and the answer to "is it done yet?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.flows.engine import Step
from actions.reply import ApplicationView, Reply
from actions.services import Services
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from storage.applications import Application, ApplicationState
from storage.receipts import is_receipt_number

_RECEIPT = re.compile(r"\d{8}-?\d{7}")


class ActionTrack(WenbanAction):
    """Tell where the citizen's applications stand."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_track"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say the state of the application that is meant, or of the latest ones."""
        turn = Turn.of(tracker)
        found = self._mine(turn)
        named = _RECEIPT.search(turn.text)
        texts = self.services.texts
        if named and is_receipt_number(named.group()):
            found = [one for one in found if one.receipt_number == named.group()]
            if not found:
                text = texts("tracked_unknown_number", receipt=named.group())
                return self.say(dispatcher, turn, Reply(AnswerStatus.TRACKED, text))
        if not found:
            return self.say(dispatcher, turn, Reply(AnswerStatus.TRACKED, texts("tracked_none")))
        lines = [self._line(one) for one in found[:3]]
        reply = Reply(
            AnswerStatus.TRACKED,
            "\n".join(lines),
            item=found[0].item_id,
            facet="track",
            application=view(self.services, found[0]),
        )
        return [*self.say(dispatcher, turn, reply), SlotSet("misunderstood", 0)]

    def _mine(self, turn: Turn) -> list[Application]:
        """Return the applications of this conversation, and of its citizen where one is known, newest first."""
        applications = self.services.applications
        found = {one.id: one for one in applications.of_conversation(turn.conversation_id)}
        bound = self.services.conversations.get(turn.conversation_id)
        if bound and bound.identity:
            found.update({one.id: one for one in applications.of_citizen(bound.identity.id_number)})
        submitted = [
            one
            for one in found.values()
            if one.receipt_number and one.submitted_at and one.item_id in self.services.catalogue.items
        ]
        return sorted(submitted, key=lambda one: str(one.submitted_at), reverse=True)

    def _line(self, application: Application) -> str:
        guide = self.services.catalogue.items.get(application.item_id)
        item = (guide.name if guide else application.item_id).strip("《》")
        if application.state is ApplicationState.ISSUED:
            return self.services.texts("tracked_issued", item=item, receipt=application.receipt_number)
        return self.services.texts(
            "tracked_line",
            item=item,
            receipt=application.receipt_number,
            state=state_label(self.services, application.state),
            at=f"{application.updated_at:%Y-%m-%d %H:%M}",
        )


def state_label(services: Services, state: ApplicationState) -> str:
    """Return the state's name as the citizen reads it."""
    return services.engine.texts(f"state_{state.value}")


def view(services: Services, application: Application) -> ApplicationView:
    """Return an application with its values masked and its documents as addresses."""
    receipt = application.receipt_number or ""
    documents = services.applications.documents(receipt) if receipt else ()
    return ApplicationView(
        receipt_number=application.receipt_number,
        state=application.state.value,
        state_label=state_label(services, application.state),
        fields=tuple(vars(line) for line in services.engine.summary(application)),
        documents=tuple({"name": document.name, "url": f"/api/documents/{document.id}"} for document in documents),
    )


def application_view(services: Services, step: Step) -> ApplicationView | None:
    """Return the application that a step is about, or None before there is anything to show."""
    if step.receipt_number:
        submitted = services.applications.by_receipt(step.receipt_number)
        return view(services, submitted) if submitted else None
    if not step.summary:
        return None
    return ApplicationView(
        receipt_number=None,
        state=ApplicationState.DRAFT.value,
        state_label=state_label(services, ApplicationState.DRAFT),
        fields=tuple(vars(line) for line in step.summary),
    )
