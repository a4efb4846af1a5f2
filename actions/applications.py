"""Applications as the citizen sees them, and the answer to "is it done yet?" and "hurry up"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import provisional_news
from actions.flows.engine import Step
from actions.office_news import due_of, due_words, state_label
from actions.reminding import remind, to_remind_of
from actions.reply import ApplicationView, Reply
from actions.services import Services
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from storage.applications import Application, ApplicationState
from storage.provisional_numbers import in_groups
from storage.receipts import receipt_in

REMINDER = "reminder"
"""the entity by which the gate says that the citizen reminds; its value is the receipt number that was named"""
DELIVERY = "delivery"
"""the field of a flow that says how the citizen wants to get the result"""
_BOOK_TITLE_MARKS = str.maketrans("", "", "《》")


class ActionTrack(WenbanAction):
    """Tell where the citizen's applications stand."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_track"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Say the state of the application that is meant, or of the latest ones.

        Of an application that is not the citizen's nothing is said, not even whether it exists.
        """
        turn = Turn.of(tracker)
        reminder = _reminder_in(tracker)
        receipt = receipt_in(reminder or turn.text)
        mine = applications_of(self.services, turn.conversation_id)
        if receipt is not None:
            found = [one for one in mine if one.receipt_number == receipt]
        else:
            found = [one for one in mine if one.item_id in self.services.catalogue.items]
        if not found:
            texts = self.services.texts
            text = texts("tracked_unknown_number", receipt=receipt) if receipt is not None else texts("tracked_none")
            return self.say(dispatcher, turn, Reply(AnswerStatus.TRACKED, text))
        if reminder is not None or self.services.back_office.words.names_reminder(turn.text):
            found = to_remind_of(found, _talked_about(tracker))
            lines = [kept_line(self.services, one) or self._reminded(one) for one in found]
        else:
            lines = [line_of(self.services, one) for one in found[:3]]
        reply = Reply(
            AnswerStatus.TRACKED,
            "\n".join(lines),
            item=found[0].item_id,
            facet="track",
            application=view(self.services, found[0]),
        )
        return [*self.say(dispatcher, turn, reply), SlotSet("misunderstood", 0)]

    def _reminded(self, application: Application) -> str:
        return remind(self.services, application, title_of(item_name(self.services, application.item_id)))


def kept_line(services: Services, application: Application) -> str | None:
    """Return what is said of an application that its department does not have yet; None where it has it."""
    kept = services.provisional.numbers.give(application.receipt_number or "")
    if kept is None:
        return None
    return provisional_news.line(services, application, title_of(item_name(services, application.item_id)), kept)


def line_of(services: Services, application: Application) -> str:
    """Return where an application stands, for whom it is known to belong to."""
    kept = kept_line(services, application)
    if kept is not None:
        return kept
    texts, receipt = services.texts, application.receipt_number
    item = title_of(item_name(services, application.item_id))
    if application.state is ApplicationState.ISSUED:
        how = delivered(services, application)
        return texts("tracked_issued", item=item, receipt=receipt, delivered=how)
    due = due_of(services, application)
    moment = application.updated_at.astimezone(services.clock().tzinfo)
    return texts(
        "tracked_line",
        item=item,
        receipt=receipt,
        state=state_label(services, application),
        at=f"{moment:%Y-%m-%d %H:%M}",
        due=texts("tracked_due", due=due_words(services, due)) if due else "",
    )


def applications_of(services: Services, conversation_id: str) -> list[Application]:
    """Return the applications of a conversation, and of its citizen where one is known, newest first."""
    applications = services.applications
    found = {one.id: one for one in applications.of_conversation(conversation_id)}
    bound = services.conversations.get(conversation_id)
    if bound and bound.identity:
        found.update({one.id: one for one in applications.of_citizen(bound.identity.id_number)})
    submitted = [one for one in found.values() if one.receipt_number and one.submitted_at]
    return sorted(submitted, key=lambda one: str(one.submitted_at), reverse=True)


def _reminder_in(tracker: Tracker) -> str | None:
    """Return what the gate says of a reminder, or None where it says nothing of one."""
    entities = (tracker.latest_message or {}).get("entities") or ()
    return next((str(one.get("value")) for one in entities if one.get("entity") == REMINDER), None)


def _talked_about(tracker: Tracker) -> str | None:
    """Return the item that the conversation is about; one that is just being applied for is no application yet."""
    focus: Mapping[str, Any] = tracker.get_slot("focus") or {}
    return None if tracker.get_slot("expecting") else focus.get("item")


def item_name(services: Services, item_id: str) -> str:
    """Return what an item is called; its guide may have been taken away since it was applied for."""
    item = services.catalogue.items.get(item_id)
    flow = services.flows.get(item_id)
    return item.name if item else flow.name if flow else item_id


def title_of(name: str) -> str:
    """Return a name without book title marks, to be put between them."""
    return name.translate(_BOOK_TITLE_MARKS)


def delivered(services: Services, application: Application) -> str:
    """Return how the result of an issued application reaches the citizen, to end a sentence with; it may be empty."""
    texts, flow = services.texts, services.flows.get(application.item_id)
    chosen = f"delivered_{application.fields.get(DELIVERY)}"
    if chosen in texts:
        return texts(chosen)
    if services.applications.documents(application.receipt_number or ""):
        return texts("delivered_document")
    otherwise = f"delivered_{flow.submit.delivers}" if flow else ""
    return texts(otherwise) if otherwise in texts else ""


def view(services: Services, application: Application) -> ApplicationView:
    """Return an application with its values masked and its documents as addresses."""
    receipt = application.receipt_number or ""
    documents = services.applications.documents(receipt) if receipt else ()
    return replace(
        bare_view(services, application),
        fields=tuple(vars(line) for line in services.engine.summary(application)),
        documents=tuple({"name": document.name, "url": f"/api/documents/{document.id}"} for document in documents),
    )


def bare_view(services: Services, application: Application) -> ApplicationView:
    """Return an application's numbers and state, and nothing of what it says."""
    receipt, numbers = application.receipt_number or "", services.provisional.numbers
    kept = numbers.give(receipt)
    if kept is not None:
        label = services.provisional.texts("state")
        return ApplicationView(None, provisional_news.KEPT, label, provisional_number=in_groups(kept.number))
    had = numbers.of(receipt)
    return ApplicationView(
        receipt_number=application.receipt_number,
        state=application.state.value,
        state_label=state_label(services, application),
        provisional_number=in_groups(had.number) if had is not None else None,
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
        state_label=services.engine.texts(f"state_{ApplicationState.DRAFT.value}"),
        fields=tuple(vars(line) for line in step.summary),
    )
