"""The form that runs every flow: Rasa asks it what comes next, the flow engine decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import provisional_news
from actions.applications import application_view
from actions.conversation import person_choices
from actions.flows.agency import AUTHORISATION
from actions.flows.engine import Intent, Message, Step, StepKind
from actions.offers import offer_person
from actions.papers.papers import Paper
from actions.reply import Choice, Reply
from actions.services import Services
from actions.status import AnswerStatus
from actions.turn import Turn, WenbanAction
from storage.handoffs import HandoffReason

FORM = "application_form"
STEP_SLOT = "application_step"
RESUME = "resume"
"""what the gate says in place of an intent when the citizen goes on with an application"""
COMPLAINT = "turn_message"
REPORT = "report"
"""what a flow delivers that takes a complaint"""
STARTS = frozenset({"turn_application", COMPLAINT})
ENDS = frozenset({StepKind.SUBMITTED, StepKind.CANCELLED, StepKind.AGENT_REFUSED, StepKind.NOT_ELIGIBLE, StepKind.NONE})

REPLY_INTENTS = frozenset({"inform", "affirm", "deny", "correct", "cancel", "wait"})

STATUS_OF_STEP = {
    StepKind.SUBMITTED: AnswerStatus.SUBMITTED,
    StepKind.CANCELLED: AnswerStatus.CANCELLED,
    StepKind.FAILED_THRICE: AnswerStatus.HANDOFF_OFFERED,
    StepKind.AGENT_REFUSED: AnswerStatus.ANSWERED,
    StepKind.NOT_ELIGIBLE: AnswerStatus.ANSWERED,
}


class ValidateApplicationForm(WenbanAction):
    """Take a turn of the running flow: start it, receive a reply, or ask again where it stood.

    The form has one slot that is never filled, so nothing personal reaches the tracker: the draft lives encrypted in
    the storage and the slot `expecting` holds only which field was asked.
    """

    def name(self) -> str:
        """Return the action's name in the domain."""
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Advance the flow by one step and say what it asks."""
        turn = Turn.of(tracker)
        step = self._step(turn, tracker)
        if step is None:
            return [ActionExecutionRejected(FORM)]
        kept = await self._kept(step)
        offered = self._offered(turn, step)
        if offered is not None:
            offer_person(self.services, tracker, offered)
        events = self.say(dispatcher, turn, self._reply(turn, step, kept))
        if step.kind in ENDS:
            return [
                *events,
                SlotSet("expecting", None),
                SlotSet("misunderstood", 0),
                SlotSet("requested_slot", None),
            ]
        return [
            *events,
            SlotSet("expecting", self._expecting(turn.conversation_id)),
            *self._focus(tracker, step),
            SlotSet("requested_slot", STEP_SLOT),
        ]

    def _step(self, turn: Turn, tracker: Tracker) -> Step | None:
        """Return the flow's next step, or None to let the rules deal with the message first."""
        engine = self.services.engine
        expecting: Mapping[str, Any] = tracker.get_slot("expecting") or {}
        if expecting.get("phase") == "start":
            return engine.start(turn.conversation_id, expecting["item"], expecting.get("opening", ""), None, {})
        if turn.intent == RESUME or _side_action_ran(tracker):
            return engine.resume(turn.conversation_id)
        bound = self.services.conversations.get(turn.conversation_id)
        identity = bound.identity if bound else None
        text = self.services.personal_values.reveal(turn.conversation_id, turn.text)
        if turn.outcome in STARTS and turn.item:
            focus: Mapping[str, Any] = tracker.get_slot("focus") or {}
            known = (focus.get("facts") or {}) if focus.get("item") == turn.item else {}
            facts = {key: value for key, value in {**known, **turn.facts}.items() if value is not None}
            return engine.start(turn.conversation_id, turn.item, text, identity, facts)
        if turn.outcome == "turn_reply":
            message = Message(text, _flow_intent(turn.intent), turn.question_heard)
            return engine.receive(turn.conversation_id, message, identity)
        return None

    async def _kept(self, step: Step) -> str | None:
        """Return what is said of a submission that its department has not taken; None where it has."""
        receipt = step.receipt_number
        if step.kind is not StepKind.SUBMITTED or receipt is None:
            return None
        kept = await self.services.provisional.after_submission(receipt)
        application = self.services.applications.by_receipt(receipt) if kept is not None else None
        if kept is None or application is None:
            return None
        return provisional_news.given(self.services, application, kept)

    def _offered(self, turn: Turn, step: Step) -> HandoffReason | None:
        """Return why a person is offered with a step, or None."""
        if step.kind is StepKind.FAILED_THRICE:
            return HandoffReason.FLOW_FAILED
        flow = self.services.flows.get(step.item_id or "")
        begins = turn.outcome == COMPLAINT and step.kind not in ENDS
        return HandoffReason.COMPLAINT if begins and flow is not None and flow.submit.delivers == REPORT else None

    def _reply(self, turn: Turn, step: Step, kept: str | None = None) -> Reply:
        texts = self.services.texts
        status = AnswerStatus.KEPT if kept else STATUS_OF_STEP.get(step.kind, AnswerStatus.FLOW_ASKED)
        text = kept or step.text
        labels = step.choices
        if step.kind is StepKind.CONFIRM:
            labels = tuple(texts(key) for key in ("confirm", "change", "give_up"))
        choices = tuple(Choice(label, does="reply") for label in labels)
        if step.kind is StepKind.FAILED_THRICE:
            text = "\n".join(part for part in (text, texts("flow_failed")) if part)
            choices = person_choices(texts, "continue_application")
        elif self._offered(turn, step) is HandoffReason.COMPLAINT:
            choices = (*choices, Choice(texts("call_person"), does="person"))
        if step.kind is StepKind.SUBMITTED and not self._is_service_item(step.item_id):
            status = AnswerStatus.COMPLAINT_TAKEN
        item = step.item_id if self._is_service_item(step.item_id) else None
        sentence, papers = self._written_authorisation(turn, step)
        return Reply(
            status=status,
            text=f"{text}\n{sentence}" if sentence else text,
            item=item,
            facet="apply" if item else None,
            choices=choices,
            application=application_view(self.services, step) if item else None,
            papers=papers,
        )

    def _written_authorisation(self, turn: Turn, step: Step) -> tuple[str, tuple[Paper, ...]]:
        """Return what to say of a written authorisation, and its form, when it is stated and on the receipt."""
        on_receipt = step.kind is StepKind.SUBMITTED and any(line.field == AUTHORISATION for line in step.summary)
        if step.kind is not StepKind.AUTHORISATION_ASKED and not on_receipt:
            return "", ()
        asked = self.services.papers.authorisation(self.services, turn.conversation_id, step.item_id)
        return ("", ()) if asked is None else (asked[0], (asked[1],))

    def _is_service_item(self, item_id: str | None) -> bool:
        return item_id in self.services.catalogue.items

    def _focus(self, tracker: Tracker, step: Step) -> list[EventType]:
        """Return to the item applied for, unless the citizen has just asked about another one."""
        focus: Mapping[str, Any] = tracker.get_slot("focus") or {}
        if not self._is_service_item(step.item_id) or focus.get("item") == step.item_id or _side_action_ran(tracker):
            return []
        return [SlotSet("focus", {"item": step.item_id, "facet": "apply", "facts": {}})]

    def _expecting(self, conversation_id: str) -> dict[str, Any] | None:
        expected = self.services.engine.expected(conversation_id)
        if expected is None:
            return None
        return {
            "item": expected.item_id,
            "phase": expected.phase,
            "field": expected.field,
            "type": expected.type,
        }


def asked_again(services: Services, conversation_id: str) -> Reply:
    """Return what the application under way waits for, as it is asked after something else was dealt with."""
    turn = Turn(conversation_id, "", "", RESUME, None, "apply", {}, (), 0.0, ())
    return ValidateApplicationForm(services)._reply(turn, services.engine.resume(conversation_id))


def _side_action_ran(tracker: Tracker) -> bool:
    """Tell whether a question, thanks or the like was dealt with since the citizen last spoke."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in (
            FORM,
            "action_listen",
            "action_extract_slots",
        ):
            return True
    return False


def _flow_intent(intent: str) -> Intent:
    """Return what the flow engine knows of an intent; a question that nothing else could answer is a reply to it."""
    return Intent(intent) if intent in REPLY_INTENTS else Intent.OTHER
